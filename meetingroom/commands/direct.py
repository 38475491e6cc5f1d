"""The short way of a command: what a page turn has to go through is what it is about, and no more.

A request of Flask's own (its contexts, the session, routing, a dozen hooks, a response object) takes longer than all
a meeting does for a page turn, and a hall waits for it. A command of somebody who is plainly signed in is done here by
the same functions (`guard`, `obeying.obey`). Everything else is left to Flask, which finds it as it came: nobody
signed in, a shared tablet, a session to be renewed, a body that is not plain JSON, a command for which the server makes
something or fills it in. What is refused or fails goes there as well, to be put into the reader's words: nothing is
done twice.
"""

import io
import re
from http import HTTPStatus

from flask import Flask, g
from werkzeug.wsgi import get_host

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.commands import obeying, preparing
from meetingroom.meeting import wire
from meetingroom.minutes.checkpoints import REST_ON_TEXTS
from meetingroom.monitoring import requests
from meetingroom.web import every_answer

ADDRESS = re.compile(r"/api/meetings/([a-zA-Z0-9_-]{1,64})/commands", re.ASCII)
LONGEST = 16_384  # bytes of a command that is plain
OK = f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}"


class Direct:
    """A WSGI program around Flask's."""

    def __init__(self, otherwise, app: Flask):
        self.otherwise, self.app = otherwise, app

    def __call__(self, environ, start_response):
        meeting = meeting_of(environ)
        answered = self.answer(meeting, environ) if meeting else None
        if answered is None:
            return self.otherwise(environ, start_response)
        start_response(OK, answered[0])
        return [answered[1]]

    def answer(self, meeting: str, environ) -> tuple[list[tuple[str, str]], bytes] | None:
        """The head and body of what came of a command; None if Flask is to say it."""
        try:
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        except OSError:
            return None
        environ["wsgi.input"] = io.BytesIO(body)
        wish = self.plain_wish(body) if len(body) == int(environ["CONTENT_LENGTH"]) else None
        if wish is None:
            return None
        with self.app.app_context():
            g.meeting = meeting
            requests.begin(environ.get("HTTP_X_REQUEST_ID", ""))
            try:
                g.user, role = plain_user(self.app, environ, meeting)
                if g.user is None:
                    return None
                done = obeying.obey(meeting, lambda: wish, role)
            except Exception as failed:
                environ[obeying.FAILED] = failed
                return None
            requests.end(self.app, wish["name"], "POST", obeying.ADDRESS, HTTPStatus.OK)
            reported = self.app.json.dumps(done, separators=(",", ":")).encode() + b"\n"
            return self.head(environ, len(reported)), reported

    def plain_wish(self, body: bytes) -> dict | None:
        """What a body says, if it is a command for which nothing but its rule is asked."""
        try:
            wish = self.app.json.loads(body)
        except ValueError:
            return None
        name = wish.get("name") if isinstance(wish, dict) else None
        kind = wire.commands().get(name) if isinstance(name, str) else None
        if kind is None or kind in preparing.makers or kind in REST_ON_TEXTS:
            return None
        return wish if kind not in log.fillers or kind in log.filled_plainly else None

    def head(self, environ, length: int) -> list[tuple[str, str]]:
        """As Flask would say it (tests/web/test_direct.py compares them)."""
        secure = environ["wsgi.url_scheme"] == "https" or self.app.extensions["meetingroom"].settings.secure_cookies
        return [
            ("Content-Type", "application/json"),
            ("Content-Length", str(length)),
            every_answer.MARK,
            *every_answer.headers(get_host(environ), secure),
            ("X-Request-Id", g.request_id),
            ("Vary", "Cookie"),
        ]


def meeting_of(environ) -> str:
    """The meeting, if this is a request with a command that has come in the way our own pages send it."""
    if environ["REQUEST_METHOD"] != "POST" or environ.get("HTTP_X_MEETINGROOM") != "1":
        return ""
    found = ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
    length = environ.get("CONTENT_LENGTH", "")
    plain = (
        found
        and environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() == "application/json"
        and "HTTP_TRANSFER_ENCODING" not in environ
        and "HTTP_EXPECT" not in environ
        and length.isascii()
        and length.isdigit()
        and int(length) <= LONGEST
    )
    return found[1] if found and plain else ""


def plain_user(app: Flask, environ, meeting: str) -> tuple[guard.User | None, str]:
    """Who is signed in, where nothing is in their way that `guard.load` would have to say; and their role, where
    nothing is in the way that `guard.require_member_or_clerk` would have to."""
    user, role = guard.user_and_role(app, environ, meeting)
    if user is None or guard.what_hinders(user, environ["PATH_INFO"]):
        return None, ""
    return (user, role) if environ.get("HTTP_X_MEETINGROOM_AS", user.id) in ("", user.id) else (None, "")

"""The short way of a command: what a page turn has to go through is what it is about, and no more.

A request of Flask's own (its contexts, the session, routing, a dozen hooks, a response object) takes longer than all
a meeting does for a page turn, and a hall waits for it. A command of somebody who is plainly signed in is done here by
the same functions (`guard`, `obeying.give`). Everything else is left to Flask, which finds it as it came: nobody
signed in, a shared tablet, a session to be renewed, a body that is not plain JSON, a command for which the server makes
something or fills it in. What is refused or fails goes there as well, to be put into the reader's words: nothing is
done twice.
"""

import io
import re
import time
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus

import orjson
from flask import Flask
from werkzeug.wsgi import get_host

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.commands import obeying, preparing
from meetingroom.live import again, outgoing
from meetingroom.meeting import wire
from meetingroom.meeting.kernel import Actor, Command
from meetingroom.minutes.checkpoints import REST_ON_TEXTS
from meetingroom.monitoring import logs, requests
from meetingroom.refused import Refused
from meetingroom.web import every_answer
from meetingroom.web.errors import Problem

ADDRESS = re.compile(r"/api/meetings/([a-zA-Z0-9_-]{1,64})/commands", re.ASCII)
LONGEST = 16_384  # bytes of a command that is plain
OK = f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}"


@dataclass(frozen=True)
class Sender:
    """What the head of a request says of whoever gives a command."""

    meeting: str
    path: str
    token: str  # of their session
    meant: str  # whose page it is, where it says so
    given: str  # what a proxy calls the request


class Elsewhere(Exception):
    """Flask is to answer: `failed` is what hindered a command that is not to be tried again, if that was it."""

    def __init__(self, failed: Exception | None = None):
        super().__init__()
        self.environ = {obeying.FAILED: failed} if failed else {}


class Direct:
    """A WSGI program around Flask's."""

    def __init__(self, otherwise, app: Flask):
        self.otherwise, self.app = otherwise, app
        self.context = app.extensions["meetingroom"]

    def __call__(self, environ, start_response):
        sender = self.sender_of(environ)
        if sender is None:
            return self.otherwise(environ, start_response)
        try:
            length = int(environ["CONTENT_LENGTH"])
            body = environ["wsgi.input"].read(length)
            environ["wsgi.input"] = io.BytesIO(body)
            headers, said = self.answer(sender, body if len(body) == length else b"")
        except OSError:  # the body did not come
            return self.otherwise(environ, start_response)
        except Elsewhere as elsewhere:
            environ.update(elsewhere.environ)
            return self.otherwise(environ, start_response)
        always = self.headers(environ)
        if keep := environ.get(again.KEEP):
            keep(again.Short(always, partial(self.answer_again, sender)))
        start_response(OK, [*always, *headers, ("Content-Length", str(len(said)))])
        return [said]

    def sender_of(self, environ) -> Sender | None:
        """None where Flask is to look who that is, and what came of it."""
        meeting = "" if obeying.FAILED in environ else meeting_of(environ)
        session: guard.Cookies = self.app.session_interface  # type: ignore[assignment]
        token = session.token(self.app, environ.get("HTTP_COOKIE", "")) if meeting else ""
        if not token:
            return None
        said = (environ.get(f"HTTP_X_{name}", "") for name in ("MEETINGROOM_AS", "REQUEST_ID"))
        return Sender(meeting, environ["PATH_INFO"], token, *said)

    def answer_again(self, sender: Sender, body: bytes) -> again.Answer | dict:
        """The same for a request whose head was read before."""
        try:
            return self.answer(sender, body)
        except Elsewhere as elsewhere:
            return elsewhere.environ

    def answer(self, sender: Sender, body: bytes) -> again.Answer:
        """What came of a command. Raises Elsewhere."""
        wish = plain_wish(body)
        try:
            wanted, command_id = obeying.read_wish(wish)
        except (Problem, Refused):  # Flask asks first who that is
            raise Elsewhere from None
        began = time.perf_counter()
        number = requests.number(sender.given)
        place = logs.short_way.set({"request": number, "meeting": sender.meeting})
        try:
            asker = partial(plain_actor, sender, wanted)
            done = obeying.give(self.context, sender.meeting, wanted, asker, command_id)
            took = time.perf_counter() - began
            requests.end(self.app, wish["name"], "POST", obeying.ADDRESS, HTTPStatus.OK, took)
        except Elsewhere:
            raise
        except Exception as failed:
            raise Elsewhere(failed) from None
        finally:
            logs.short_way.reset(place)
        return [("X-Request-Id", number)], outgoing.encode(done) + b"\n"

    def headers(self, environ) -> list[tuple[str, str]]:
        """As Flask would say them (tests/web/test_direct.py compares them)."""
        secure = environ["wsgi.url_scheme"] == "https" or self.context.settings.secure_cookies
        return [
            ("Content-Type", "application/json"),
            every_answer.MARK,
            *every_answer.headers(get_host(environ), secure),
            ("Vary", "Cookie"),
        ]


@cache
def plain_commands() -> frozenset[str]:
    """Those for which nothing but their rule is asked. All of them are known when the first one comes."""
    filled = log.fillers.keys() - log.filled_plainly
    return frozenset(
        name
        for name, kind in wire.commands().items()
        if kind not in preparing.makers and kind not in REST_ON_TEXTS and kind not in filled
    )


def plain_wish(body: bytes) -> dict:
    """What a body says, if it is a plain command. Raises Elsewhere."""
    try:
        wish = orjson.loads(body)
    except ValueError:
        raise Elsewhere from None
    name = wish.get("name") if isinstance(wish, dict) else None
    if not isinstance(name, str) or name not in plain_commands():
        raise Elsewhere
    return wish


def plain_actor(sender: Sender, wanted: Command, db) -> Actor:
    """Who gives a command, where nothing is in their way that `guard.load` and `guard.require_member_or_clerk` would
    have to say. Asked within the transaction of what they wish. Raises Elsewhere."""
    user, role = guard.user_and_role(db, sender.token, sender.meeting)
    if user is None or not role or sender.meant not in ("", user.id) or guard.what_hinders(user, sender.path):
        raise Elsewhere
    return Actor(user.id, obeying.acting_role(user, role, wanted))


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

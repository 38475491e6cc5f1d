"""What a request that cannot be done gets: JSON with a code for programs, a page in words for people."""

import logging
import re
import sqlite3
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from meetingroom import clock, disk
from meetingroom.config import MEGABYTE
from meetingroom.database import Busy
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.wire import Malformed
from meetingroom.printing import printer
from meetingroom.web.context import context
from meetingroom.web.messages import message, messages

logger = logging.getLogger(__name__)

# Refusals that are about who asks, not about the state of the meeting.
FORBIDDEN = {"not_allowed", "not_the_holder", "not_who_asked", "not_for_others", "not_yourself"}
CODES = {400: "malformed", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


class Problem(Exception):
    """Raised anywhere in a request: `code` becomes words, `details` are given along (`retry_after` as a header too).

    On the page that people get, `hint` says what to do, and `way` leads on: (address, words)."""

    def __init__(self, code: str, status: int = 400, **details):
        super().__init__(code)
        self.code, self.status, self.details = code, status, details


def status_of(refusal: Refused) -> int:
    """400 malformed, 403 not for you, 422 a field is wrong, 409 not in the meeting's present state."""
    if isinstance(refusal, Malformed):
        return 400
    if refusal.code in FORBIDDEN:
        return 403
    return 422 if "field" in refusal.details else 409


FOR_PEOPLE = ("hint", "way")  # of the details of a problem


def body(code: str, details: dict) -> dict:
    """`{"error": {"code", "message", "fields"?, …}}`, with words for every field that is wrong."""
    error: dict[str, Any] = {"code": code, "message": details.get("message") or message(code)}
    rest = {key: value for key, value in details.items() if key not in ("field", "fields", *FOR_PEOPLE)}
    if "field" in details:
        error["fields"] = {details["field"]: message(code)}
    if details.get("fields"):
        error["fields"] = details["fields"]
    return {"error": {**rest, **error}}


def answer(code: str, status: int, details: dict | None = None):
    details = details or {}
    if request.is_json or (request.path.startswith(("/api/", "/documents/")) and not opens_file()):
        response = jsonify(body(code, details))
    else:
        words = details.get("message") or message(code)
        seen = {"status": status, "words": words, "details": details, "now": clock.now(), "way": details.get("way")}
        seen["hint"] = details.get("hint") or hint(code, status)
        response = make_response(render_template("web/error.html", **seen, **ways_on(status)))
    response.status_code = status
    if status == 410:
        response.headers["Cache-Control"] = "no-store"  # in the place of the copy that was kept
    if "retry_after" in details:
        response.headers["Retry-After"] = str(details["retry_after"])
    return response


def opens_file() -> bool:
    """Somebody's browser goes to the address of a file: they get a page, not JSON, when there is none."""
    return (
        request.accept_mimetypes.provided
        and "text/html" in request.accept_mimetypes.values()
        and bool(FILES.search(request.path))
    )


FILES = re.compile(r"(\.(pdf|docx|xlsx|csv|zip|ics|png)|/file)$")


def hint(code: str, status: int) -> str:
    """What to do now, in a sentence or two; "" where the words say it already."""
    if code in ("no_space", "database_damaged", "file_lost"):
        return ""
    if status == 413:
        most = (request.max_content_length or 0) // 1_000_000
        then = _("Nothing of it was kept. Please choose a smaller file, or shorten the text, and send it again.")
        limit = _("At most %(most)s MB can be sent here.", most=most)
        return f"{limit} {then}" if most else then
    return str(HINTS.get(status, HINTS[500] if status >= 500 else ""))


HINTS = {
    400: _l("Please go back, load the page anew and try once more."),
    403: _l("If your work needs it, ask the organiser of the meeting, or the administrator of this system."),
    404: _l("Please check the address. Whoever sent you this link can see whether you are among those invited."),
    410: _l("The secretary of the meeting can tell you which paper holds now."),
    429: _l("Please wait a few seconds, then try again."),
    500: _l("If it happens again, please tell the administrator when it did."),
    503: _l("Please wait a moment, then try again. What was saved before is safe."),
}


def of_ours(path: str) -> str:
    """ "//somebody" would be another's address."""
    return "/" + path.lstrip("/\\")


def ways_on(status: int) -> dict:
    """{back?, again?}: the page somebody came from, and the address to be tried again."""
    ways = {}
    came = urlsplit(request.referrer or "")
    if came.netloc == request.host and came.path not in (request.path, "/", "/sign-in"):
        ways["back"] = of_ours(came.path) + (f"?{came.query}" if came.query else "")
    if request.method == "GET" and status >= 429:
        ways["again"] = of_ours(request.full_path.rstrip("?"))
    return ways


def code_of(error: Exception) -> str:
    """no_space, when the disk has none; database_damaged; otherwise internal."""
    sign = getattr(error, "sqlite_errorname", "") or ""
    if disk.is_full(error):
        return "no_space"
    if sign.startswith("SQLITE_IOERR"):
        # SQLite says so too when it cannot enlarge the files beside the database.
        return "no_space" if disk.free_bytes(context().settings.data) < MEGABYTE else "database_damaged"
    return "database_damaged" if sign in ("SQLITE_CORRUPT", "SQLITE_NOTADB") else "internal"


def init_app(app: Flask) -> None:
    """Give every kind of failure its one answer."""

    @app.errorhandler(Problem)
    def problem(error: Problem):
        return answer(error.code, error.status, error.details)

    @app.errorhandler(Refused)
    def refused(error: Refused):
        return answer(error.code, status_of(error), error.details)

    @app.errorhandler(Busy)
    def busy(error: Busy):
        return answer("busy", 503, {"retry_after": 1})

    @app.errorhandler(printer.TooMany)
    def too_many_documents(error: printer.TooMany):
        return answer("too_many_documents", 429, {"retry_after": 5})

    @app.errorhandler(printer.Failed)
    def no_document(error: printer.Failed):
        return answer("document_failed", 503, {"retry_after": 5})

    @app.errorhandler(sqlite3.DatabaseError)
    @app.errorhandler(OSError)
    def storage(error: Exception):
        code = code_of(error)
        logger.error("storage (%s): %s", code, error)
        return answer(code, 500 if code == "internal" else 503)

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError):
        return answer("form_expired" if "form_expired" in messages else "malformed", 400)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException):
        if error.code is None or error.code < 400:
            return error
        return answer(CODES.get(error.code, "malformed" if error.code < 500 else "internal"), error.code)

    @app.errorhandler(Exception)
    def internal(error: Exception):
        logger.exception("a request failed")
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise error
        return answer("internal", 500)

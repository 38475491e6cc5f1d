"""Every request gets an id, a line in the log and its place in the figures. On the way of every page turn: cheap."""

import itertools
import logging
import re
import secrets
import time

from flask import Flask, g, request
from werkzeug.exceptions import HTTPException

from meetingroom.meeting import wire
from meetingroom.monitoring import logs
from meetingroom.monitoring.metrics import Metrics

logger = logging.getLogger("meetingroom.requests")
PASSED_ON = re.compile(r"[\w.-]{1,64}")  # what a proxy in front may call a request
COMMAND = "commands.command"
START = secrets.token_hex(3)  # one for the length of the program
numbers = itertools.count(1)


def init_app(app: Flask, metrics: Metrics) -> None:
    app.extensions["meetingroom.answered_level"] = logging.INFO if logs.in_json() else logging.DEBUG
    app.extensions["meetingroom.metrics"] = metrics

    def arrived():
        begin(request.headers.get("X-Request-Id", ""))

    # Before everybody else: whoever refuses a request tells its id as well.
    app.before_request_funcs.setdefault(None, []).insert(0, arrived)

    @app.after_request
    def answered(response):
        response.headers["X-Request-Id"] = g.get("request_id", "")
        name = command_name() if request.endpoint == COMMAND else ""
        if not request.path.startswith("/static/"):
            took = time.perf_counter() - g.get("began", time.perf_counter())
            end(app, name, request.method, str(request.url_rule or "(none)"), response.status_code, took)
        return response


def begin(given: str) -> None:
    """A request has arrived; `given` is what a proxy calls it."""
    g.began = time.perf_counter()
    g.request_id = number(given)


def number(given: str) -> str:
    """What a request is called; `given` by a proxy, if that may be."""
    return given if given and PASSED_ON.fullmatch(given) else f"{START}{next(numbers):06x}"


def end(app: Flask, command: str, method: str, route: str, status: int, seconds: float) -> None:
    """It is answered. `route` is the pattern of the address, not the address: that may hold a code that signs in."""
    if command:
        app.extensions["meetingroom.metrics"].command(command, outcome(status), seconds)
    level = logging.WARNING if status >= 500 else app.extensions["meetingroom.answered_level"]
    if logger.isEnabledFor(level):
        about = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        logger.log(level, "answered", extra=about)


def command_name() -> str:
    """As it is known to the rules: what anybody could send must not become a name of its own in the figures."""
    try:
        body = request.get_json(silent=True)
    except HTTPException:  # a body that is too large is not read here either
        return "unknown"
    name = body.get("name") if isinstance(body, dict) else ""
    return name if isinstance(name, str) and name in wire.commands() else "unknown"


def outcome(status: int) -> str:
    return "done" if status < 400 else "refused" if status < 500 else "failed"

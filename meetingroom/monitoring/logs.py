"""How log lines look: for people by default, one JSON object a line with MEETINGROOM_LOG=json. Never content."""

import json
import logging
import os
from contextvars import ContextVar

from flask import g, has_app_context, has_request_context, request

from meetingroom import clock

PEOPLE = "%(asctime)s %(levelname).1s %(name)s%(where)s: %(message)s"
EXTRA = ("method", "route", "status", "ms")
NOWHERE: dict[str, str] = {}


def begin_logging(level: str) -> None:
    """Called once, before the first line."""
    handler = logging.StreamHandler()
    handler.setFormatter(Machine() if in_json() else People(PEOPLE, "%H:%M:%S"))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    logging.getLogger("pikepdf").setLevel(logging.WARNING)  # it says hello when it is imported


def in_json() -> bool:
    return os.environ.get("MEETINGROOM_LOG", "").strip().lower() == "json"


# {request, meeting} of a command that is done without a request of Flask's (commands/direct.py).
short_way: ContextVar[dict[str, str]] = ContextVar("short_way", default=NOWHERE)


def current_place() -> dict[str, str]:
    """`{request, meeting}` of the request in whose course a line is written."""
    if not has_app_context():
        return short_way.get()
    asked = (request.view_args or {}) if has_request_context() else {"meeting": g.get("meeting", "")}
    found = {"request": g.get("request_id", ""), "meeting": asked.get("meeting", "")}
    return {key: value for key, value in found.items() if value}


class People(logging.Formatter):
    """`20:14:03 W meetingroom.jobs.worker [a1b2c3]: …`, with the request's id where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        request = current_place().get("request", "")
        record.where = f" [{request}]" if request else ""
        return super().format(record)


class Machine(logging.Formatter):
    """One JSON object: time, level, logger, message, and what is known of request, meeting, method, route, status."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": clock.iso(int(record.created * 1000)),
            "level": record.levelname.lower(),
            "logger": record.name,
            **current_place(),
            **{key: record.__dict__[key] for key in EXTRA if key in record.__dict__},
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

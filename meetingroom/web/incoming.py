"""Bounds for what a request may bring: its length, how deep its JSON is, numbers that can be counted with, and text
that can be written down."""

import json
from typing import Any

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.routing import IntegerConverter

LARGEST = 2_000_000  # bytes: a note of 100,000 letters, however they are written
# What anybody may send who is not signed in, in bytes: a name, a password, a code. Everything is looked at letter by
# letter, before anybody knows who it is.
SMALL = 4096
SMALL_PATHS = ("/sign-in", "/api/session", "/in/", "/join", "/api/tablet", "/tablet", "/projector", "/api/screen",
               "/language", "/account", "/sign-out")  # fmt: skip
FIRST = 64_000  # the first visit: an agency's names, in a form's way of writing nine bytes a letter
REVOKED = 22_000_000  # a list of revoked certificates, and the form around it
LISTS = 12_000_000  # a list of people, or the thousand rows of its preview; what the tablets of an edge have said


class Cautious(DefaultJSONProvider):
    """Refuses (ValueError) what Python reads as JSON and nobody can keep or answer."""

    ensure_ascii = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        text = s.decode("utf-8") if isinstance(s, bytes) else s
        try:
            found = super().loads(text, **kwargs)
        except RecursionError:
            raise ValueError("nested too deep") from None
        if "\\ud" in text.lower():
            # Half a character, which JSON can spell and UTF-8 cannot.
            json.dumps(found, ensure_ascii=False).encode("utf-8")
        return found


class Number(IntegerConverter):
    """A number in an address, that a database and JavaScript can count with; there is no page with any other."""

    regex = "[0-9]{1,15}"


def init_app(app: Flask) -> None:
    app.json = Cautious(app)
    app.url_map.converters["int"] = Number

    @app.before_request
    def nothing_endless():
        """Papers come in by `documents/upload`, which counts for itself."""
        request.max_content_length = longest(request.path)


def longest(path: str) -> int:
    if path.startswith(SMALL_PATHS):
        return SMALL
    if path.startswith("/first"):
        return FIRST
    if path.startswith("/admin/signing"):
        return REVOKED
    return LISTS if path.startswith(("/admin/import", "/edge/")) else LARGEST

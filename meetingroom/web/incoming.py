"""What JSON a request may bring: not endless, not bottomless, and text that can be written down."""

import json
from typing import Any

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider

LARGEST = 2_000_000  # bytes: a note of 100,000 letters, however they are written


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


def init_app(app: Flask) -> None:
    app.json = Cautious(app)

    @app.before_request
    def no_endless_json():
        if request.is_json:
            request.max_content_length = LARGEST

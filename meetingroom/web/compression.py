"""Something to send, compressed once and beforehand; every browser gets the smallest form that it understands."""

import gzip
import hashlib
from dataclasses import dataclass

import brotli
from flask import Response, request

# Browsers take brotli over HTTPS only, so gzip is what most halls get. More would cost five times the time for 3 %.
BROTLI, GZIP = 5, 6


@dataclass(frozen=True)
class Packed:
    """The content by its encoding, best first, and what it is known by."""

    forms: dict[str, bytes]
    digest: str


def pack(content: bytes) -> Packed:
    """Takes some 60 ms for the largest script: not to be called on the event loop."""
    forms = {
        "br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=BROTLI),
        "gzip": gzip.compress(content, GZIP, mtime=0),
    }
    smaller = {name: form for name, form in forms.items() if len(form) < len(content)}
    return Packed(smaller | {"identity": content}, hashlib.sha256(content).hexdigest()[:20])


def answer_packed(held: Packed, kind: str) -> Response:
    """The answer to this request, 304 or a part of the content if that is what it asks for."""
    asked = request.accept_encodings
    # Parts are of the content itself: whoever asks for them puts them together.
    best = asked.best_match(list(held.forms), "identity") if asked and "Range" not in request.headers else "identity"
    body = held.forms[best]
    answer = Response(body, content_type=kind)
    answer.headers["Vary"] = "Accept-Encoding"
    answer.set_etag(held.digest if best == "identity" else f"{held.digest}-{best}")
    if best != "identity":
        answer.headers["Content-Encoding"] = best
    answer.make_conditional(request, accept_ranges=True, complete_length=len(body))
    return answer

"""A file that is checked as it comes and never stored: as the body itself, or as the field `file` of a form."""

import time
from collections.abc import Iterator

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, File, MultipartDecoder, NeedData
from werkzeug.wsgi import get_input_stream

PIECE = 256 * 1024


def pieces(environ: dict, limit: int) -> Iterator[bytes]:
    """Raises RequestEntityTooLarge, ValueError for a form that is none."""
    kind, options = parse_options_header(environ.get("CONTENT_TYPE"))
    body = read(environ, limit)
    yield from of_form(body, options.get("boundary", "")) if kind == "multipart/form-data" else body


def read(environ: dict, limit: int) -> Iterator[bytes]:
    if int(environ.get("CONTENT_LENGTH") or 0) > limit:
        raise RequestEntityTooLarge
    stream, left = get_input_stream(environ, max_content_length=limit), limit
    while piece := stream.read(PIECE):
        left -= len(piece)
        if left < 0:
            raise RequestEntityTooLarge
        yield piece
        time.sleep(0)  # the others of the event loop have their turn


def of_form(body: Iterator[bytes], boundary: str) -> Iterator[bytes]:
    decoder = MultipartDecoder(boundary.encode("latin1", "replace"), max_form_memory_size=None)
    inside = False
    for piece in body:
        decoder.receive_data(piece)
        while not isinstance(event := decoder.next_event(), (NeedData, Epilogue)):
            if isinstance(event, File):
                inside = event.name == "file"
            elif isinstance(event, Data):
                if inside and event.data:
                    yield bytes(event.data)
                inside = inside and event.more_data
        if isinstance(event, Epilogue):
            break
    for _ in body:
        pass

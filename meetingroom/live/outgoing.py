"""JSON that goes out to many, as bytes: by orjson, and in UTF-8. Python's own writes six bytes for a Vietnamese letter
with a mark, which a weak line pays for in every view."""

import json

import orjson

PLAIN = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
spelled = json.JSONEncoder(separators=(",", ":")).encode


def encode(value) -> bytes:
    """Raises TypeError for what is no JSON."""
    try:
        return orjson.dumps(value, None, PLAIN)
    except TypeError:  # half a letter, a number beyond 64 bits: Python's knows them, or says what it does not know
        return spelled(value).encode()

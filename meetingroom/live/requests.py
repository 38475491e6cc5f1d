"""A request to show a place (Xin chiếu): a signal to whoever holds the stage, kept nowhere."""

import re
from typing import Any

from meetingroom.live.pen import LONGEST, fits, whole

NAME = re.compile(r"[\w.:-]{1,64}")
EVERY = 6000  # ms in which somebody may ask three times more, after thirty at once
TITLE = 200


def read_request(data: Any) -> dict | None:
    """`{kind: "request", case, document, page, title?}`, `{…, case, map, node, title?}` or `{…, case, media, title?}`:
    of it only what is known; None for anything else."""
    if not isinstance(data, dict) or data.get("kind") != "request" or len(str(data)) > LONGEST:
        return None
    names = next((("case", one) for one in ("document", "media") if one in data), ("case", "map", "node"))
    if not all(fits(NAME, data.get(name)) for name in names):
        return None
    if "document" in data and not whole(data.get("page"), 1, 1_000_000):
        return None
    title = data.get("title", "")
    place = {name: data[name] for name in (*names, "page") if name in data and (name != "page" or "document" in data)}
    return {"kind": "request", **place, "title": title[:TITLE] if isinstance(title, str) else ""}

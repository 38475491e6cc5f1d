"""Thirty-two pages of a paper in one file, so that a tablet fetches a whole paper with a few requests.

A thousand tablets that fetch sixty pages one by one ask sixty thousand times who they are; with bundles, two thousand
times. The file is made of the pages when it is first asked for, and lies beside them:

    [[page, bytes], …] as JSON, a line feed, then the pictures (WebP, 1920 pixels) one after the other
"""

import json
from pathlib import Path

from meetingroom.config import Settings
from meetingroom.documents import content_store

PAGES = 32
SIZE = 1920


def bundle(settings: Settings, sha: str, number: int, pages: int) -> Path | None:
    """The file of bundle `number` (from 0) of a paper of so many pages; None if there is none, or a page is missing."""
    first, last = number * PAGES + 1, min(pages, (number + 1) * PAGES)
    if not 1 <= first <= last:
        return None
    found = content_store.ContentStore(settings, sha)
    path = found.folder / str(SIZE) / f"{number}.bundle"
    if not path.exists():
        try:
            pictures = [found.page(n, SIZE).read_bytes() for n in range(first, last + 1)]
        except FileNotFoundError:
            return None
        sizes = [[n, len(picture)] for n, picture in enumerate(pictures, first)]
        content_store.write_file(path, json.dumps(sizes, separators=(",", ":")).encode() + b"\n" + b"".join(pictures))
    return path

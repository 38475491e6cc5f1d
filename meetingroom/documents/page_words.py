"""The words of pages as they are sent: one page, or thirty-two in a file that a tablet keeps.

    {"t": 2, "pages": [{"page": 33, "width": 595.3, "height": 841.9, "source": "pdf", "conf": 100, "flat": true,
                        "texts": ["Báo", "cáo", …], "boxes": [x, y, width, height, …],
                        "broken": [[17, "12/BC-VKS", [x, y, width, height, …]], …]}, …]}

There, boxes are in ten-thousandths of the page's width and height. `broken` are the words that go on in the next line:
their number, how they are printed, and all their boxes.
"""

import gzip
import json
from pathlib import Path

from meetingroom.config import Settings
from meetingroom.documents import content_store
from meetingroom.documents.content_store import ContentStore
from meetingroom.documents.page_bundle import PAGES

FULL = 1920
FINENESS = 10_000
LOSSLESS = b"VP8L"  # of a WebP, from its thirteenth byte on
HEAD = 200  # bytes; where a record says these things, it says them first


def page(contents: ContentStore, number: int, t: int) -> bytes | None:
    """The record of a page as JSON, with the revision of its text; None if there is none."""
    try:
        record = contents.words(number).read_bytes()
    except FileNotFoundError:
        return None
    more: dict = {"t": t}
    if b'"source"' not in record[:HEAD]:  # made before records said so
        more |= {"source": "pdf", "conf": 100, "flat": is_flat(contents, number)}
    return json.dumps(more).encode()[:-1] + b", " + record.lstrip()[1:]


def is_flat(contents: ContentStore, number: int) -> bool:
    """Whether the page is text and plain colours: then it was stored without loss."""
    try:
        with contents.page(number, FULL).open("rb") as file:
            return file.read(16)[12:] == LOSSLESS
    except FileNotFoundError:
        return False


def bundle(settings: Settings, sha: str, number: int, pages: int, t: int) -> Path | None:
    """The file (gzip) of the words of bundle `number` (from 0); None if there is none, or a page is missing.

    Its name has the time of the newest words in it, so that words read anew are never missed.
    """
    first, last = number * PAGES + 1, min(pages, (number + 1) * PAGES)
    if not 1 <= first <= last:
        return None
    contents = ContentStore(settings, sha)
    try:
        newest = max(contents.words(n).stat().st_mtime_ns for n in range(first, last + 1))
    except FileNotFoundError:
        return None
    path = contents.words(first).with_name(f"{number}-{t}-{newest:x}.gz")
    if not path.exists():
        earlier = list(path.parent.glob(f"{number}-*.gz"))
        records = [json.loads(page(contents, n, t) or b"{}") for n in range(first, last + 1)]
        packed = json.dumps({"t": t, "pages": [pack(each) for each in records]}, ensure_ascii=False)
        content_store.write_file(path, gzip.compress(packed.encode(), 6, mtime=0))
        for each in earlier:
            each.unlink(missing_ok=True)
    return path


def pack(record: dict) -> dict:
    words = record.get("words", [])
    about = {key: record[key] for key in ("page", "width", "height", "source", "conf", "flat") if key in record}
    broken = [[n, word["printed"], whole(word["boxes"])] for n, word in enumerate(words) if "boxes" in word]
    packed = {**about, "texts": [word["text"] for word in words], "boxes": whole(word["box"] for word in words)}
    return {**packed, "broken": broken} if broken else packed


def whole(boxes) -> list[int]:
    return [round(part * FINENESS) for box in boxes for part in box]

"""All words of a paper in one file, so that they are searched in a moment. The worker makes it, else whoever asks.

    {"page": 1, "exact": "báo cáo …", "folded": "bao cao …", "boxes": "<base64>",
     "broken": [[17, "12/bc-vks", "12/bc-vks", [[x, y, width, height], …]], …]}

A line of JSON for each page. `boxes` are four whole numbers of 16 bits (little-endian) for each word, in
ten-thousandths of the page's width and height.
"""

import base64
import json
import sys
from array import array
from pathlib import Path

from meetingroom.config import MEGABYTE, Settings
from meetingroom.documents import content_store
from meetingroom.documents.content_store import ContentStore
from meetingroom.meeting import finding
from meetingroom.meeting.finding import Broken, PageText

FINENESS = 10_000
HELD = 48 * MEGABYTE  # of files, in memory: the papers that are being read now
_held: dict[str, list[PageText]] = {}
_sizes: dict[str, int] = {}


def pages_of(settings: Settings, sha: str, pages: int) -> list[PageText]:
    """The words of every page that has been read. Takes long for a paper that has no index yet."""
    path = make(settings, sha, pages)
    key = str(path)
    if (found := _held.pop(key, None)) is None:
        found = []
        for line in path.read_bytes().splitlines():
            found.append(unpack(json.loads(line)))
    _sizes[key] = path.stat().st_size
    _held[key] = found
    forget()
    return found


def forget() -> None:
    """The oldest go when there are too many."""
    while len(held := list(_held)) > 1 and sum(_sizes.get(key, 0) for key in held) > HELD:
        _held.pop(held[0], None)
        _sizes.pop(held[0], None)


def make(settings: Settings, sha: str, pages: int) -> Path:
    """The file. Its name has the time of the newest words in it, so that words read anew are never missed."""
    contents = ContentStore(settings, sha)
    newest = 0
    for number in range(1, pages + 1):
        try:
            newest = max(newest, contents.words(number).stat().st_mtime_ns)
        except FileNotFoundError:
            continue
    path = contents.folder / f"words-{pages}-{newest:x}.index"
    if not path.exists():
        earlier = list(contents.folder.glob("words-*.index"))
        lines = []
        for number in range(1, pages + 1):
            record = contents.record(number) or {}
            lines.append(json.dumps(pack(number, record.get("words", [])), ensure_ascii=False))
        content_store.write_file(path, "\n".join(lines).encode())
        for each in earlier:
            each.unlink(missing_ok=True)
    return path


def pack(number: int, words: list[dict]) -> dict:
    exact, folded = finding.joined(word["text"] for word in words)
    whole = (min(max(round(part * FINENESS), 0), 0xFFFF) for word in words for part in word["box"])
    boxes = array("H", whole)
    if sys.byteorder == "big":
        boxes.byteswap()
    broken = [
        [n, finding.exact_word(word["printed"]), finding.folded_word(word["printed"]), word["boxes"]]
        for n, word in enumerate(words)
        if "boxes" in word
    ]
    packed = base64.b64encode(boxes.tobytes()).decode()
    return {"page": number, "exact": exact, "folded": folded, "boxes": packed, "broken": broken}


def unpack(line: dict) -> PageText:
    boxes = array("H", base64.b64decode(line["boxes"]))
    if sys.byteorder == "big":
        boxes.byteswap()
    broken = {n: Broken(exact, folded, parts) for n, exact, folded, parts in line["broken"]}
    return PageText(line["page"], line["exact"], line["folded"], boxes, broken, FINENESS)

"""What the worker does: two documents are compared, page by page."""

import hashlib
from functools import cache
from pathlib import Path

from meetingroom.comparing import diff, pictures, store
from meetingroom.comparing.match import CHANGED, Match, Page, match, words_of
from meetingroom.comparing.store import MATCH
from meetingroom.documents import store as documents
from meetingroom.documents.content_store import ContentStore
from meetingroom.jobs import queue

FULL = 1920
AT_ONCE = 20  # pages between two signs of life


class Drawn:
    """The pages of a document as they lie on the disk."""

    def __init__(self, settings, row: dict):
        self.contents, self.pages = ContentStore(settings, row["sha"]), row["pages"]

    def words(self, number: int) -> list[dict]:
        return (self.contents.record(number) or {}).get("words", [])

    def picture(self, number: int) -> bytes:
        return read(self.contents.page(number, FULL))

    def page(self, number: int) -> Page:
        picture = self.picture(number)
        words = words_of(str(word.get("text", "")) for word in self.words(number))
        return Page(words, hashlib.sha256(picture).hexdigest() if picture else "")


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


@queue.task(MATCH, given_up=lambda context, subject: give_up(context, subject))
def match_versions(context, subject: str):
    """`subject` is "<old document>/<new document>"."""
    old, new = subject.split("/")
    with context.pool.lend() as db:
        rows = [documents.find_document(db, each) for each in (old, new)]
    ready = [Drawn(context.settings, row) for row in rows if row and row["status"] == "ready"]
    if len(ready) != len(rows):
        return give_up(context, subject)
    before, after = ready
    whole = compare(before, after, lambda: context.pause())
    pages = {
        str(b + n): changes(before, after, a + n, b + n)
        for a, b, count, kind in whole.runs
        for n in range(count)
        if kind == CHANGED
    }
    found = {
        "runs": whole.runs,
        "removed": whole.removed,
        "added": whole.added,
        "moved": whole.moved,
        "doubtful": whole.doubtful,
    }
    with context.pool.writing() as db:
        store.write_match(db, old, new, store.DONE, found, pages)
        context.heartbeat(db)
    return None


def give_up(context, subject: str) -> None:
    old, new = subject.split("/")
    with context.pool.writing() as db:
        store.write_match(db, old, new, store.FAILED, {}, {})


def compare(before: Drawn, after: Drawn, pause) -> Match:
    def pages(of: Drawn) -> list[Page]:
        found = []
        for number in range(1, of.pages + 1):
            if number % AT_ONCE == 0:
                pause()
            found.append(of.page(number))
        return found

    @cache
    def fingerprint(of: Drawn, number: int) -> int | None:
        picture = of.picture(number)
        return pictures.fingerprint(picture) if picture else None

    def distance(a: int, b: int) -> int:
        first, second = fingerprint(before, a), fingerprint(after, b)
        return 256 if first is None or second is None else pictures.bits_apart(first, second)

    def equal(a: int, b: int) -> bool:
        first, second = before.picture(a), after.picture(b)
        return bool(first and second) and pictures.are_equal(first, second)

    return match(pages(before), pages(after), equal, distance)


def changes(before: Drawn, after: Drawn, a: int, b: int) -> dict:
    """What has changed between these two pages, as `/documents/<new>/changes/<n>.json` says it."""
    found = diff.compare_words(before.words(a), after.words(b))
    rects: tuple = ()
    if not found.texts:
        first, second = before.picture(a), after.picture(b)
        if first and second:
            tiles, columns, rows = pictures.differing_tiles(first, second)
            rects = diff.rectangles(tiles, columns, rows)
    return {
        "old": a,
        "numbers": found.numbers,
        "removed": found.removed,
        "added": found.added,
        "texts": found.texts,
        "rects": [[round(part, 4) for part in rect] for rect in rects],
    }

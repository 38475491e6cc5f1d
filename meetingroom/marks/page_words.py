"""The words of a document's pages as they lie on the disk, for marks that are looked for in it."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from functools import cache

from meetingroom.documents.content_store import ContentStore
from meetingroom.marks.anchoring import Shape, Texts, anchored
from meetingroom.marks.merging import Mark

AT_ONCE = 60  # marks of one opening; the next one looks for more
REMEMBERED = 50_000
Key = tuple[str, int, str, int]

_missing: OrderedDict[Key, None] = OrderedDict()


class PageWords(Mapping[int, list[dict]]):
    """Read only as far as somebody asks."""

    def __init__(self, contents: ContentStore, pages: int):
        self._pages = pages
        self._read = cache(lambda n: (contents.record(n) or {}).get("words") or [])

    def __getitem__(self, n: int) -> list[dict]:
        if n not in self:
            raise KeyError(n)
        return self._read(n)

    def __contains__(self, n: object) -> bool:
        return isinstance(n, int) and 1 <= n <= self._pages

    def __iter__(self) -> Iterator[int]:
        return iter(range(1, self._pages + 1))

    def __len__(self) -> int:
        return self._pages


def key_of(mark: Mark, document: str, t: int) -> Key:
    return mark.id, mark.rev, document, t


def untried(wanted: list[tuple[Mark, int | None]], document: str, t: int) -> list[tuple[Mark, int | None]]:
    """Without those that were looked for in this revision of the text, and are not in it."""
    return [each for each in wanted if key_of(each[0], document, t) not in _missing][:AT_ONCE]


def remember_missing(marks: list[Mark], document: str, t: int) -> None:
    for mark in marks:
        _missing[key_of(mark, document, t)] = None
    while len(_missing) > REMEMBERED:
        _missing.popitem(last=False)


def find_again(
    wanted: list[tuple[Mark, int | None]], contents: ContentStore, pages: int, shape: Shape
) -> dict[tuple[str, int], Mark]:
    """Slow for a long paper: not in the event loop."""
    texts = Texts(PageWords(contents, pages))
    places = {(mark.id, mark.rev): anchored(mark, page, texts, shape) for mark, page in wanted}
    return {key: mark for key, mark in places.items() if mark}

"""A highlight goes to the place of its words on a page that has changed, where they are found there surely. Pure.

What was written freely has no words that it belongs to, nor has a highlight on a page without words: they stay where
they are, until their owner puts them over (`placed`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from meetingroom.comparing import anchor
from meetingroom.comparing.diff import boxes_of, joined
from meetingroom.marks.bodies import BOXES, HIGHLIGHT, NOTE, QUOTE
from meetingroom.marks.merging import Mark
from meetingroom.meeting.strokes import WIDTH, height_of

Shape = tuple[tuple[int, float, float], ...]


def has_words(mark: Mark) -> bool:
    return mark.kind == HIGHLIGHT and bool(mark.body.get("quote"))


class Texts(Mapping[int, anchor.Text]):
    """The words of each page of `pages` as one text; each page is made into one once, and only if it is asked for."""

    def __init__(self, pages: Mapping[int, list[dict]]):
        self.pages = pages
        self._made: dict[int, anchor.Text] = {}

    def __getitem__(self, n: int) -> anchor.Text:
        if n not in self._made:
            self._made[n] = anchor.Text.of([str(word.get("text", "")) for word in self.pages[n]])
        return self._made[n]

    def __contains__(self, n: object) -> bool:
        return n in self.pages

    def __iter__(self) -> Iterator[int]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)


def anchored(mark: Mark, page: int | None, texts: Texts, shape: Shape) -> Mark | None:
    """The mark on the page and the words where its own are found; `page` stands for the one it is on (None: none
    does)."""
    body = mark.body
    quote = anchor.Quote(*(str(body.get(part, "")) for part in ("quote", "before", "after")))
    found = anchor.find(quote, page, texts)
    if found is None:
        return None
    words = texts.pages[found.page]
    clean = [anchor.tidy(str(word.get("text", ""))) for word in words]
    boxes = list_boxes(words[found.first : found.last + 1], shape, found.page)
    text = " ".join(clean[found.first : found.last + 1])
    if not boxes or len(boxes) > BOXES or len(text) > QUOTE:
        return None
    around = {
        "before": " ".join(clean[max(0, found.first - anchor.CONTEXT) : found.first])[-anchor.CONTEXT :],
        "after": " ".join(clean[found.last + 1 : found.last + 1 + anchor.CONTEXT])[: anchor.CONTEXT],
    }
    kept = {name: value for name, value in body.items() if name not in around}
    new = {"boxes": boxes, "from": found.first, "to": found.last, "quote": text}
    return replace(mark, page=found.page, body={**kept, **new, **{name: said for name, said in around.items() if said}})


def list_boxes(words: list[dict], shape: Shape, page: int) -> list[list[int]]:
    """One for each line, in 1/10,000 of the page's width."""
    tallest = height_of(shape, page)
    down = next((height / width * WIDTH for first, width, height in reversed(shape) if first <= page), tallest)
    found = []
    for x, y, width, height in joined(boxes_of(words)):
        left, top = min(max(0, round(x * WIDTH)), WIDTH - 1), min(max(0, round(y * down)), tallest - 1)
        across, along = max(1, round(width * WIDTH)), max(1, round(height * down))
        found.append([left, top, min(across, WIDTH - left), min(along, tallest - top)])
    return found


def placed(mark: Mark, page: int, shape: Shape) -> Mark:
    """The mark on another page as it stands; what would lie below the end of a lower page is put at its end. Its words
    are no longer those that lie under it: it keeps their text, and not their numbers."""
    body, tallest = dict(mark.body), height_of(shape, page)
    if mark.kind == NOTE:
        body["y"] = min(body.get("y", 0), tallest)
    if mark.kind == HIGHLIGHT:
        body = {name: value for name, value in body.items() if name not in ("from", "to")}
        tall = [(box, min(box[3], tallest)) for box in body["boxes"]]
        body["boxes"] = [[box[0], min(box[1], tallest - high), box[2], high] for box, high in tall]
    return replace(mark, page=page, body=body)

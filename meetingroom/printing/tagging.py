"""What a page's marks are, for readers that do not see it: headings, paragraphs, tables, and what is only decoration.

ReportLab draws flowables and knows no structure. `TaggedFrame` notes of each flowable which marks on the page are its
own (marked content of ISO 32000-1, 14.6); `archival.finish` makes the tree of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Frame, Paragraph, Table

from meetingroom.printing import typefaces

typefaces.load()
TAGS_OF_STYLES = {"item": "H2", "sub": "H3"}


@dataclass
class Element:
    """A node of the tree. `marks` are (page from 0, number on that page); `attributes` a table's spans and scopes."""

    tag: str
    marks: list[tuple[int, int]] = field(default_factory=list)
    children: "list[Element]" = field(default_factory=list)
    attributes: dict[str, int | str] = field(default_factory=dict)


class Tags:
    """What has been marked in one document, in the order of reading."""

    def __init__(self):
        self.elements: list[Element] = []
        self._numbers: dict[int, int] = {}  # page -> marks on it
        self._by_key: dict[object, Element] = {}

    def element(self, tag: str, key: object = None) -> Element:
        """A new element of the document; the one before with the same `key`, of which this is a further part."""
        known = self._by_key.get(key) if key is not None else None
        if known is None:
            known = Element(tag)
            self.elements.append(known)
            if key is not None:
                self._by_key[key] = known
        return known

    def mark(self, element: Element, page: int) -> int:
        """The number of the next marks on a page, which belong to `element`."""
        number = self._numbers.get(page, 0)
        self._numbers[page] = number + 1
        element.marks.append((page, number))
        return number


def begin(canvas, element: Element) -> str:
    number = canvas.tags.mark(element, canvas.getPageNumber() - 1)
    return f"/{element.tag} <</MCID {number}>> BDC"


@contextmanager
def element(canvas, tag: str, key: object = None) -> Iterator[None]:
    """What is drawn inside is one element, or a further part of the one with this key."""
    if hasattr(canvas, "tags"):
        canvas._code.append(begin(canvas, canvas.tags.element(tag, key)))
        yield
        canvas._code.append("EMC")
    else:
        yield


@contextmanager
def artifact(canvas) -> Iterator[None]:
    """What is drawn inside is decoration: page numbers, lines, a watermark."""
    if hasattr(canvas, "tags"):
        canvas._code.append("/Artifact BMC")
        yield
        canvas._code.append("EMC")
    else:
        yield


class TaggedFrame(Frame):
    """A frame that notes which marks belong to which flowable, but for those that do so themselves (`tags_itself`)."""

    def _add(self, flowable, canv, trySplit=0):
        before = len(canv._code)
        added = super()._add(flowable, canv, trySplit)
        if added and len(canv._code) > before and not getattr(flowable, "tags_itself", False):
            element = canv.tags.element(tag_of(flowable), getattr(flowable, "key", None))
            canv._code.insert(before, begin(canv, element))
            canv._code.append("EMC")
        return added

    add = _add


def tag_of(flowable) -> str:
    if tag := getattr(flowable, "tag", ""):
        return tag
    return TAGS_OF_STYLES.get(getattr(getattr(flowable, "style", None), "name", ""), "P")


class Text(Paragraph):
    """A paragraph that remains one when it is parted by the end of a page."""

    def split(self, width, height):
        parts = super().split(width, height)
        if len(parts) > 1:
            self.key = getattr(self, "key", self)
            for part in parts:
                part.key = self.key
        return parts


class TaggedTable(Table):
    """A table whose rows and cells are told apart. A head that is repeated on a further page is decoration there."""

    tags_itself = True
    heads = 0  # rows at the top that are headings of columns
    first = True  # not the continuation of a table that was parted

    def split(self, width, height):
        parts = super().split(width, height)
        if len(parts) > 1:
            self.key = getattr(self, "key", self)
            for n, part in enumerate(parts):
                part.key, part.heads, part.first = self.key, self.heads, self.first and n == 0
        return parts

    def draw(self):
        if not hasattr(self.canv, "tags"):
            super().draw()
            return
        self._renderCB = Cells(self)
        try:
            super().draw()
        finally:
            del self._renderCB

    def _drawLines(self):
        with artifact(self.canv):
            super()._drawLines()


class Cells:
    """Told by a table of each cell that it draws (ReportLab's `_renderCB`)."""

    def __init__(self, table: TaggedTable):
        self.table, self.canvas = table, table.canv
        self.root = table.canv.tags.element("Table", getattr(table, "key", None))
        self.row: Element | None = None

    def __call__(self, table, event: str, *args) -> None:
        if event == "startRow":
            self.row = Element("TR")
        elif event == "startCell":
            self.start_cell(*args[:2])
        elif event == "endCell":
            self.canvas._code.append("EMC")
        elif event == "endRow" and self.row and self.row.children:
            self.root.children.append(self.row)

    def start_cell(self, y: int, x: int) -> None:
        heading = y < self.table.heads
        if heading and not self.table.first and y < self.table.repeatRows:
            self.canvas._code.append("/Artifact BMC")
            return
        cell = Element("TH" if heading else "TD")
        if heading:
            cell.attributes["Scope"] = "Column"
        for (left, top), reach in (getattr(self.table, "_spanRanges", None) or {}).items():
            if (left, top) == (x, y) and reach:
                cell.attributes |= spans(reach)
        self.row = self.row or Element("TR")
        self.row.children.append(cell)
        self.canvas._code.append(begin(self.canvas, cell))


def spans(reach: tuple[int, int, int, int]) -> dict[str, int | str]:
    left, top, right, bottom = reach
    wide, high = right - left + 1, bottom - top + 1
    return {key: n for key, n in (("ColSpan", wide), ("RowSpan", high)) if n > 1}


class SpacedText(PDFTextObject):
    """Lines that end with a space: read by structure, the last word of a line would grow together with the next."""

    def _textOut(self, text, TStar=0):
        super()._textOut(f"{text} " if TStar else text, TStar)

"""The parts of an official document that are not paragraphs, drawn by measure: head, title, signatures, recipients."""

from dataclasses import dataclass, replace

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from meetingroom.printing import glyphs, page_format, page_layout, tagging, typefaces
from meetingroom.printing.letterhead import Letterhead
from meetingroom.printing.wording import Words

KEPT_RECIPIENTS = 12  # stand on the page of the signatures, the label included; more of them run on


@dataclass(frozen=True)
class Text:
    """A line of text around `middle`; `y` runs downwards from the top of its piece, here to the line it stands on."""

    y: float
    middle: float
    text: str
    face: str
    size: float

    @property
    def reach(self) -> tuple[float, float]:
        return self.y - self.size * 0.85, self.y + self.size * 0.25  # less than a line, or nothing could be parted

    def draw(self, canvas, height: float) -> None:
        left = self.middle - page_layout.width(self.text, self.face, self.size) / 2
        glyphs.draw(canvas, left, height - self.y, f"{self.text} ", self.face, self.size)  # or lines grow together


class LeftText(Text):
    """A line of text that begins at `middle`."""

    def draw(self, canvas, height: float) -> None:
        glyphs.draw(canvas, self.middle, height - self.y, f"{self.text} ", self.face, self.size)


@dataclass(frozen=True)
class Rule:
    """A level line, `length` points long."""

    y: float
    middle: float
    length: float

    @property
    def reach(self) -> tuple[float, float]:
        return self.y - 1, self.y + 1

    def draw(self, canvas, height: float) -> None:
        canvas.setLineWidth(page_layout.RULE)
        canvas.line(self.middle - self.length / 2, height - self.y, self.middle + self.length / 2, height - self.y)


@dataclass(frozen=True)
class Boxed(Text):
    """A line of text in a frame, both of one colour."""

    colour: str = "black"

    @property
    def reach(self) -> tuple[float, float]:
        return self.y - 16, self.y + 8

    def draw(self, canvas, height: float) -> None:
        canvas.setFillColor(self.colour)
        canvas.setStrokeColor(self.colour)
        super().draw(canvas, height)
        wide, high = page_layout.box_of(self.text, self.face, self.size)
        canvas.setLineWidth(page_layout.RULE)
        canvas.rect(self.middle - wide / 2, height - self.y + self.size * 0.33 - high / 2, wide, high)
        canvas.setFillColor("black")
        canvas.setStrokeColor("black")


class Piece(Flowable):
    """Marks on a strip as wide as the text. One that is higher than its page goes on on the next, between two lines.

    `tag`: what it is for who does not see it.
    """

    tags_itself = True

    def __init__(self, marks: list, height: float, tag: str = "P"):
        super().__init__()
        self.marks, self.height, self.tag = marks, height, tag

    def wrap(self, available, _height):
        self.width = available
        return available, self.height

    def split(self, _width, height):
        if self.height <= height:
            return [self]
        end = height
        while crossing := [mark.reach[0] for mark in self.marks if mark.reach[0] < end < mark.reach[1]]:
            end = min(crossing)
        here = [mark for mark in self.marks if mark.reach[1] <= end]
        there = [replace(mark, y=mark.y - end) for mark in self.marks if mark not in here]
        return [Piece(here, end, self.tag), Piece(there, self.height - end, self.tag)] if here else []

    def draw(self):
        """Each text is an element of its own, but for the lines of a heading; lines and frames are decoration."""
        for mark in self.marks:
            key = self.marks[0] if self.tag != "P" else None
            is_text = isinstance(mark, Text)
            with tagging.element(self.canv, self.tag, key) if is_text else tagging.artifact(self.canv):
                mark.draw(self.canv, self.height)


def head(
    letterhead: Letterhead,
    _: Words,
    mark: str = "",
    numbered: bool = True,
    place_date: str = "",
    stamps: tuple[tuple[str, str], ...] = (),
) -> Piece:
    """Left the bodies and the number, right the country and its motto, each with its line; below the motto place and
    date, in line with the number. `stamps` are boxes under the number: (text, colour)."""
    measures = page_layout.header(letterhead.parent, _("SOCIALIST REPUBLIC OF VIET NAM"))
    size, room = measures.size, measures.left
    step, middle = size * 1.2, room / 2
    parent = page_layout.break_lines(letterhead.parent.upper(), typefaces.REGULAR, size, room)
    issuing = page_layout.break_lines(letterhead.issuing.upper(), typefaces.BOLD, size, room)
    number = numbered and _("No.: %(number)s", number=letterhead.full_number)
    lines = [*((typefaces.REGULAR, line) for line in parent), *((typefaces.BOLD, line) for line in issuing)]
    marks: list = [Text(size + n * step, middle, line, face, size) for n, (face, line) in enumerate(lines)]
    y = size + len(lines) * step
    if longest := max((page_layout.width(line, typefaces.BOLD, size) for line in issuing), default=0):
        marks.append(Rule(y - step + 5, middle, longest * page_layout.RULE_SHARE))
    if number:
        y += step * 0.4
        for line in page_layout.break_lines(number, typefaces.REGULAR, 13, room):
            marks.append(Text(y, middle, line, typefaces.REGULAR, 13))
            y += step
    for text, colour in (*((mark, "black"),) * bool(mark), *stamps):
        marks.append(Boxed(y + step * 0.55, middle, text, typefaces.BOLD, 13, colour))
        y += step * 1.9
    if place_date:
        right = page_layout.paper().text_width - measures.right / 2
        first = size + len(lines) * step + step * 0.4  # the number's own line
        marks.append(Text(max(first, size * 3.9), right, place_date, typefaces.ITALIC, 14))
        y = max(y, size * 3.9 + step)
    marks += country(page_layout.paper().text_width - measures.right / 2, size, _)
    return Piece(marks, max(y - size + (0 if number else step * 0.6), 3 * step) + 8)


def country(middle: float, size: float, _: Words) -> list:
    motto, larger = _("Independence - Freedom - Happiness"), size + page_layout.MOTTO_STEP
    below = size * 2.32  # a tenth more than a line
    return [
        Text(size, middle, _("SOCIALIST REPUBLIC OF VIET NAM"), typefaces.BOLD, size),
        Text(below, middle, motto, typefaces.BOLD, larger),
        Rule(below + 5, middle, page_layout.width(motto, typefaces.BOLD, larger)),
    ]


def title(kind: str, subject: str, *, label: str = "", aside: str = "") -> Piece:
    """The kind of document in capitals, its subject, and a line under them. An annex has its `label` above, and in
    italics (`aside`) what it belongs to."""
    room = page_layout.paper().text_width - 16
    lines = [(typefaces.BOLD, text) for text in (label, kind) if text]
    lines += [
        (typefaces.BOLD, line)
        for line in page_layout.break_lines(subject, typefaces.BOLD, page_layout.paper().body, room)
    ]
    lines += [
        (typefaces.ITALIC, line)
        for line in page_layout.break_lines(aside, typefaces.ITALIC, page_layout.paper().body, room)
    ]
    middle, y = page_layout.paper().text_width / 2, 14.0 + page_layout.paper().body
    marks: list = []
    for face, line in lines:
        marks.append(Text(y, middle, line, face, page_layout.paper().body))
        y += page_layout.paper().leading
    under = [
        page_layout.width(line, face, page_layout.paper().body) for face, line in lines[1:] if line not in (label, kind)
    ]
    marks.append(Rule(y - page_layout.paper().leading + 6, middle, max(under, default=0) * page_layout.RULE_SHARE))
    return Piece(marks, 14 + len(lines) * page_layout.paper().leading + 12, "H1")


def signatures(*signers: tuple[str, str]) -> Piece:
    """The secretary left, the chair right: office in capitals, room to sign, name."""
    wide, room = page_layout.paper().text_width / 2 - 12, page_layout.SIGNATURE_ROOM_MM * page_format.MM
    broken = [
        [page_layout.break_lines(t, typefaces.BOLD, page_layout.paper().body, wide) for t in (office.upper(), name)]
        for office, name in signers
    ]
    offices, names = (max(1, *(len(each[n]) for each in broken)) for n in (0, 1))
    below = (
        18.0 + page_layout.paper().body + (offices - 1) * page_layout.paper().leading + room + page_layout.paper().body
    )
    marks: list = []
    for place, texts in zip((0.25, 0.75), broken, strict=True):
        for lines, y in zip(texts, (18.0 + page_layout.paper().body, below), strict=True):
            middle = page_layout.paper().text_width * place
            marks += [
                Text(y + n * page_layout.paper().leading, middle, each, typefaces.BOLD, page_layout.paper().body)
                for n, each in enumerate(lines)
            ]
    return Piece(marks, 18 + page_layout.paper().body + room + (offices - 1 + names) * page_layout.paper().leading)


def signed_right(office: str, name: str, label: str, copies: tuple[str, ...]) -> list[Flowable]:
    """One signer on the right; who gets a copy on the left, in line with the office, as far as the signature reaches;
    the rest of them below."""
    wide, room = page_layout.paper().text_width / 2 - 12, page_layout.SIGNATURE_ROOM_MM * page_format.MM
    body, leading = page_layout.paper().body, page_layout.paper().leading
    offices = [
        line
        for part in office.upper().split("\n")
        for line in page_layout.break_lines(part, typefaces.BOLD, body, wide)
    ]
    named = page_layout.break_lines(name, typefaces.BOLD, body, wide)
    middle, y = page_layout.paper().text_width * 0.75, 18.0 + body
    marks: list = [Text(y + n * leading, middle, line, typefaces.BOLD, body) for n, line in enumerate(offices)]
    below = y + max(0, len(offices) - 1) * leading + room + body
    marks += [Text(below + n * leading, middle, line, typefaces.BOLD, body) for n, line in enumerate(named)]
    height = below + max(1, len(named)) * leading
    lines = [
        broken
        for line in recipient_lines(copies)
        for broken in page_layout.break_lines(line, typefaces.REGULAR, page_layout.RECIPIENTS, wide)
    ]
    fit = max(0, int((height - y - 15) // 13))
    if lines:
        marks.append(
            LeftText(y, 0, label, typefaces.BOLD_ITALIC, page_layout.RECIPIENTS_LABEL)
        )  # fmt: skip
        marks += [
            LeftText(y + 15 + n * 13, 0, line, typefaces.REGULAR, page_layout.RECIPIENTS)
            for n, line in enumerate(lines[:fit])
        ]
    rest = [
        LeftText(11 + n * 13, 0, line, typefaces.REGULAR, page_layout.RECIPIENTS) for n, line in enumerate(lines[fit:])
    ]
    return [Piece(marks, height), *([Piece(rest, len(rest) * 13 + 4)] if rest else [])]


def recipients(label: str, names: tuple[str, ...]) -> list[Paragraph]:
    """Who gets a copy: below the signatures, in the left half; a line each, over as many pages as it takes."""
    lines = recipient_lines(names)
    if not lines:
        return []
    half = page_layout.paper().text_width / 2
    heading = ParagraphStyle(
        "recipients", fontName=typefaces.BOLD_ITALIC, bulletFontName=typefaces.REGULAR,
        fontSize=page_layout.RECIPIENTS_LABEL, leading=15, spaceBefore=10, keepWithNext=1, rightIndent=half,
    )  # fmt: skip
    look = ParagraphStyle(
        "recipient", fontName=typefaces.REGULAR, bulletFontName=typefaces.REGULAR,
        fontSize=page_layout.RECIPIENTS, leading=13, rightIndent=half, splitLongWords=1,
    )  # fmt: skip
    listed = [Paragraph(glyphs.markup(line, typefaces.REGULAR), look) for line in lines]
    return [Paragraph(glyphs.markup(label, typefaces.BOLD_ITALIC), heading), *listed]


def recipient_lines(recipients: tuple[str, ...]) -> list[str]:
    """`- Như thành phần tham dự;` … `- Lưu: VT, Hồ sơ.`"""
    names = [page_layout.clean_text(name).strip(" -;.\t\n") for name in recipients]
    names = [name for name in names if name]
    return [f"- {name}{'.' if name is names[-1] else ';'}" for name in names]

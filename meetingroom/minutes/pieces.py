"""The parts of an official document that are not paragraphs, drawn by measure: head, title, signatures, recipients."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from meetingroom.minutes import glyphs, model, paper
from meetingroom.minutes.wording import Words


class Piece(Flowable):
    """As wide as the text, `height` points high; `y` in `draw_on` runs downwards from its top."""

    height = 0.0

    def wrap(self, available, _height):
        self.width = available
        return available, self.height

    def centred(self, text: str, middle: float, y: float, font: str, size: float) -> None:
        glyphs.draw(self.canv, middle - paper.width(text, font, size) / 2, self.height - y, text, font, size)

    def rule(self, middle: float, y: float, length: float) -> None:
        self.canv.setLineWidth(paper.RULE)
        self.canv.line(middle - length / 2, self.height - y, middle + length / 2, self.height - y)


class Head(Piece):
    """Left the bodies and the number, right the country and its motto, each with its line."""

    def __init__(self, letterhead: model.Letterhead, _: Words, mark: str = "", numbered: bool = True):
        super().__init__()
        self._ = _
        self.size = paper.header(letterhead.parent, _("SOCIALIST REPUBLIC OF VIET NAM"))
        size, room = self.size.size, self.size.left
        self.parent = paper.broken(letterhead.parent.upper(), paper.REGULAR, size, room)
        self.issuing = paper.broken(letterhead.issuing.upper(), paper.BOLD, size, room)
        said = _("No.: %(number)s", number=letterhead.full_number) if numbered else ""
        self.number = paper.broken(said, paper.REGULAR, 13, room)
        self.mark = mark
        self.step = size * 1.2
        rows = len(self.parent) + len(self.issuing) + (0.6 + len(self.number)) + (1.9 if mark else 0)
        self.height = max(rows, 3) * self.step + 8

    def draw(self):
        size, step, middle = self.size.size, self.step, self.size.left / 2
        y = float(size)
        for font, lines in ((paper.REGULAR, self.parent), (paper.BOLD, self.issuing)):
            for line in lines:
                self.centred(line, middle, y, font, size)
                y += step
        if longest := max((paper.width(line, paper.BOLD, size) for line in self.issuing), default=0):
            self.rule(middle, y - step + 5, longest * paper.RULE_SHARE)
        y += step * 0.4 if self.number else 0
        for line in self.number:
            self.centred(line, middle, y, paper.REGULAR, 13)
            y += step
        if self.mark:
            self.boxed(self.mark, middle, y + step * 0.55)
        self.country(self.width - self.size.right / 2)

    def country(self, middle: float) -> None:
        motto, larger = self._("Independence - Freedom - Happiness"), self.size.size + paper.MOTTO_STEP
        self.centred(self._("SOCIALIST REPUBLIC OF VIET NAM"), middle, self.size.size, paper.BOLD, self.size.size)
        self.centred(motto, middle, self.size.size + self.step * 1.1, paper.BOLD, larger)
        self.rule(middle, self.size.size + self.step * 1.1 + 5, paper.width(motto, paper.BOLD, larger))

    def boxed(self, text: str, middle: float, y: float) -> None:
        half = paper.width(text, paper.BOLD, 13) / 2 + 6
        self.centred(text, middle, y, paper.BOLD, 13)
        self.canv.setLineWidth(paper.RULE)
        self.canv.rect(middle - half, self.height - y - 5, half * 2, 20)


class Title(Piece):
    """The kind of document in capitals, its subject, and a line under them."""

    def __init__(self, kind: str, subject: str):
        super().__init__()
        self.kind = kind
        self.lines = paper.broken(subject, paper.BOLD, paper.BODY, paper.TEXT_WIDTH - 16)
        self.height = 14 + (len(self.lines) + 1) * paper.LEADING + 12

    def draw(self):
        middle, y = self.width / 2, 14.0 + paper.BODY
        self.centred(self.kind, middle, y, paper.BOLD, paper.BODY)
        for line in self.lines:
            y += paper.LEADING
            self.centred(line, middle, y, paper.BOLD, paper.BODY)
        longest = max((paper.width(line, paper.BOLD, paper.BODY) for line in self.lines), default=0)
        self.rule(middle, y + 6, longest * paper.RULE_SHARE)


class Signatures(Piece):
    """The secretary left, the chair right: office in capitals, room to sign, name."""

    def __init__(self, *signers: tuple[str, str]):
        super().__init__()
        room = paper.TEXT_WIDTH / 2 - 12
        self.signers = [
            [paper.broken(text, paper.BOLD, paper.BODY, room) for text in (office.upper(), name)]
            for office, name in signers
        ]
        self.room = paper.SIGNATURE_ROOM_MM * paper.MM
        self.offices = max(1, *(len(office) for office, _ in self.signers))
        names = max(1, *(len(name) for _, name in self.signers))
        self.height = 18 + paper.BODY + self.room + (self.offices - 1 + names) * paper.LEADING

    def draw(self):
        for place, (office, name) in zip((0.25, 0.75), self.signers, strict=True):
            middle, y = self.width * place, 18.0 + paper.BODY
            for line in office:
                self.centred(line, middle, y, paper.BOLD, paper.BODY)
                y += paper.LEADING
            y = 18.0 + paper.BODY + (self.offices - 1) * paper.LEADING + self.room + paper.BODY
            for line in name:
                self.centred(line, middle, y, paper.BOLD, paper.BODY)
                y += paper.LEADING


LABEL = ParagraphStyle(
    "recipients", fontName=paper.BOLD_ITALIC, bulletFontName=paper.REGULAR, fontSize=paper.RECIPIENTS_LABEL,
    leading=15, spaceBefore=10, keepWithNext=1, rightIndent=paper.TEXT_WIDTH / 2,
)  # fmt: skip
RECIPIENT = ParagraphStyle(
    "recipient", fontName=paper.REGULAR, bulletFontName=paper.REGULAR, fontSize=paper.RECIPIENTS, leading=13,
    rightIndent=paper.TEXT_WIDTH / 2, splitLongWords=1,
)  # fmt: skip


def recipients(label: str, names: tuple[str, ...]) -> list[Paragraph]:
    """Who gets a copy: below the signatures, in the left half; a line each, over as many pages as it takes."""
    lines = recipient_lines(names)
    if not lines:
        return []
    listed = [Paragraph(glyphs.markup(line, paper.REGULAR), RECIPIENT) for line in lines]
    return [Paragraph(glyphs.markup(label, paper.BOLD_ITALIC), LABEL), *listed]


def recipient_lines(recipients: tuple[str, ...]) -> list[str]:
    """`- Như thành phần tham dự;` … `- Lưu: VT, Hồ sơ.`"""
    names = [paper.clean(name).strip(" -;.\t\n") for name in recipients]
    names = [name for name in names if name]
    return [f"- {name}{'.' if name is names[-1] else ';'}" for name in names]

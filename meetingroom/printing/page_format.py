"""The paper of official documents: sizes of Decree 30/2020/NĐ-CP, annex I. Points, if not _MM. Pure."""

from dataclasses import dataclass

MM = 72 / 25.4
PAGE_MM = (210, 297)
WIDTH, HEIGHT = PAGE_MM[0] * MM, PAGE_MM[1] * MM


@dataclass(frozen=True)
class Paper:
    """What an agency may choose within the decree: its margins (mm), the size of the text (points), the distance of
    lines in ems, the gap between paragraphs and the indent of their first lines. The properties are in points."""

    top_mm: float = 20
    bottom_mm: float = 20
    left_mm: float = 30
    right_mm: float = 15
    body: float = 14
    spacing: float = 1.25
    gap: float = 6
    indent_mm: float = 12.7

    @property
    def top(self) -> float:
        return self.top_mm * MM

    @property
    def bottom(self) -> float:
        return self.bottom_mm * MM

    @property
    def left(self) -> float:
        return self.left_mm * MM

    @property
    def right(self) -> float:
        return self.right_mm * MM

    @property
    def size(self) -> tuple[float, float]:
        return WIDTH, HEIGHT

    @property
    def text_width(self) -> float:
        return self.size[0] - self.left - self.right

    @property
    def text_height(self) -> float:
        return self.size[1] - self.top - self.bottom

    @property
    def leading(self) -> float:
        return self.spacing * self.body

    @property
    def indent(self) -> float:
        return self.indent_mm * MM


@dataclass(frozen=True)
class Landscape(Paper):
    """The same paper on its side, for tables that are no annex (annex I, I.1)."""

    @property
    def size(self) -> tuple[float, float]:
        return HEIGHT, WIDTH


def on_its_side(paper: Paper) -> Landscape:
    return Landscape(**vars(paper))

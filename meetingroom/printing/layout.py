"""How a unit's documents look: its names, marks and measures, from a day on. Pure.

Values outside Decree 30/2020/NĐ-CP (annex I) are refused with the place that says so.
"""

import datetime
from dataclasses import dataclass, field, fields, replace
from typing import Any

from meetingroom.printing.letterhead import Letterhead
from meetingroom.printing.page_format import Paper

# Field of Paper: least, most, and where the decree says so.
RANGES = {
    "top_mm": (20, 25, "PL I, I.2"),
    "bottom_mm": (20, 25, "PL I, I.2"),
    "left_mm": (30, 35, "PL I, I.2"),
    "right_mm": (15, 20, "PL I, I.2"),
    "body": (13, 14, "PL I, II.6"),
    "spacing": (1.0, 1.5, "PL I, II.6"),
    "gap": (6, 12, "PL I, II.6"),
}
INDENTS = (10, 12.7)
LONGEST = 500
URGENT = ("", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")
CIRCULATION = ("", "LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI")


class OutsideTheDecree(ValueError):
    """A value that the decree does not allow: `field`, and `article` where it says so ("" if it is just no value)."""

    def __init__(self, field: str, article: str = ""):
        super().__init__(field)
        self.field, self.article = field, article


@dataclass(frozen=True)
class Layout:
    """The settings of one unit. `signers` and `recipients` are by kind of document, a line each."""

    parent: str = ""
    issuing: str = ""
    short: str = ""
    place: str = ""  # before the date: Lạc Giang
    address: str = ""  # at the foot of the first page
    urgency: str = ""
    circulation: str = ""
    signers: dict[str, str] = field(default_factory=dict)  # kind -> office, a line each
    names: dict[str, str] = field(default_factory=dict)  # kind -> who signs
    recipients: dict[str, str] = field(default_factory=dict)
    paper: Paper = Paper()

    def on_letterhead(self, letterhead: Letterhead) -> Letterhead:
        """The letterhead that the units tell, with what is set here before it."""
        return replace(
            letterhead,
            issuing=self.issuing or letterhead.issuing,
            parent=self.parent or letterhead.parent,
            short=self.short or letterhead.short,
        )


DEFAULT = Layout()


def read_layout(data: dict[str, Any]) -> Layout:
    """From JSON. Raises OutsideTheDecree."""
    if not isinstance(data, dict):
        raise OutsideTheDecree("layout")
    known = {each.name for each in fields(Layout)}
    if unknown := set(data) - known:
        raise OutsideTheDecree(min(unknown))
    texts: dict[str, Any] = {
        key: read_text(data.get(key, ""), key) for key in ("parent", "issuing", "short", "place", "address")
    }
    marks: dict[str, Any] = {
        key: read_choice(data.get(key, ""), key, choices)
        for key, choices in (("urgency", URGENT), ("circulation", CIRCULATION))
    }
    by_kind: dict[str, Any] = {key: read_texts(data.get(key, {}), key) for key in ("signers", "names", "recipients")}
    return Layout(**texts, **marks, **by_kind, paper=read_paper(data.get("paper", {})))


def read_text(value: Any, key: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise OutsideTheDecree(key)
    return value.strip()


def read_texts(value: Any, key: str) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > 20:
        raise OutsideTheDecree(key)
    return {str(kind)[:40]: text for kind, each in value.items() if (text := read_text(each, key))}


def read_choice(value: Any, key: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise OutsideTheDecree(key, "PL I, II.10")
    return value


def read_paper(value: Any) -> Paper:
    if not isinstance(value, dict) or set(value) - {*RANGES, "indent_mm"}:
        raise OutsideTheDecree("paper")
    for key, number in value.items():
        if not isinstance(number, (int, float)) or isinstance(number, bool):
            raise OutsideTheDecree(key)
        least, most, article = RANGES.get(key, (min(INDENTS), max(INDENTS), "PL I, II.6"))
        if not least <= number <= most or (key == "indent_mm" and number not in INDENTS):
            raise OutsideTheDecree(key, article)
    return Paper(**value)


def written(layout: Layout) -> dict[str, Any]:
    """As JSON; `read_layout(written(x)) == x`."""
    found = {each.name: getattr(layout, each.name) for each in fields(Layout) if each.name != "paper"}
    return {**found, "paper": {each.name: getattr(layout.paper, each.name) for each in fields(Paper)}}


def current(layouts: list[tuple[str, Layout]], day: datetime.date) -> Layout:
    """Of [(from which day, settings)] those of a day: a document keeps the layout of its date."""
    valid = [(since, layout) for since, layout in layouts if since <= day.isoformat()]
    return max(valid, key=lambda each: each[0])[1] if valid else DEFAULT

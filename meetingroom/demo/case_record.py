"""The file of the demo's case LG-2026-017: eight volumes, 482 sheets, and what they say. Fiction."""

from dataclasses import dataclass
from datetime import date

from meetingroom.demo.typeset import TEXTS

CODE = "LG-2026-017"
TITLE = "Vụ án Nguyễn Văn A và Trần Thị B – Lừa đảo chiếm đoạt tài sản; làm giả con dấu, tài liệu"
VOLUMES = (
    "Thủ tục tố tụng",
    "Biện pháp ngăn chặn, lý lịch",
    "Lời khai bị can",
    "Lời khai bị hại, người làm chứng, đối chất",
    "Khám xét, thu giữ, vật chứng",
    "Giám định, dữ liệu điện tử, sao kê",
    "Nhân thân, dân sự, kê biên",
    "Kết thúc điều tra",
)
CHARGES = (
    {
        "law": "Bộ luật Hình sự",
        "article": "174",
        "clause": "4",
        "point": "a",
        "version": "2015, sửa đổi năm 2017, 2025",
        "name": "Lừa đảo chiếm đoạt tài sản",
    },
    {
        "law": "Bộ luật Hình sự",
        "article": "341",
        "clause": "2",
        "point": "c",
        "version": "2015, sửa đổi năm 2017, 2025",
        "name": "Làm giả con dấu, tài liệu của cơ quan, tổ chức; sử dụng con dấu, tài liệu giả",
    },
)
PARTIES = (
    ("Nguyễn Văn A", "bị can"),
    ("Trần Thị B", "bị can"),
    ("Lê Thị C", "bị hại"),
    ("Phạm Văn D", "bị hại"),
    ("Hoàng Thị Đ", "bị hại"),
    ("Vũ Văn E", "bị hại"),
    ("Đỗ Thị G", "bị hại"),
    ("Mai Văn H", "người làm chứng"),
)


@dataclass(frozen=True)
class Sheets:
    """One document of the file: sheets `first` to `last` (bút lục) of a volume, drawn by the form of this name."""

    volume: int
    first: int
    last: int
    form: str  # don | bb | qd | hoi | bang | tin | anh | van
    day: date
    title: str

    @property
    def pages(self) -> int:
        return self.last - self.first + 1


def rows(name: str) -> list[list[str]]:
    """The lines of a table of texts, cut at their bars."""
    lines = (TEXTS / f"{name}.txt").read_text("utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if line and not line.startswith("#")]


def documents() -> list[Sheets]:
    """Every document of the file, in the order of its sheets."""
    found = []
    for volume, sheets, form, day, title in rows("ho-so"):
        first, _, last = sheets.partition("-")
        found.append(Sheets(int(volume), int(first), int(last or first), form, date.fromisoformat(day), title))
    return found


def passages() -> dict[int, list[str]]:
    """What certain sheets say, which the map cites; by the sheet."""
    found: dict[int, list[str]] = {}
    for sheet, text in rows("loi-khai"):
        found.setdefault(int(sheet), []).append(text)
    return found

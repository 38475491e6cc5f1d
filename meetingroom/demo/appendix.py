"""Phụ lục số liệu: nine landscape pages of tables, with the report of the year."""

from datetime import date
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Paragraph, Spacer

from meetingroom.demo.figures import (
    CRIMES,
    INDEX,
    INDICATORS,
    MONTHS,
    REPORTS_2025,
    REPORTS_2026,
    SURVEY,
    SURVEY_COLUMNS,
    UNITS,
    by_unit,
    change,
    number,
    percent,
)
from meetingroom.demo.typeset import PART, UNDER, Report, faces, grid

WIDE = A4[1] - 35 * mm


def make(path: Path, day: date) -> int:
    """Write the appendix; returns its pages."""
    faces()
    report = Report(path, "Phụ lục số liệu", wide=True)
    under = f"(Kèm theo Báo cáo số 412/BC-VKS ngày {day:%d/%m/%Y} của VKSND tỉnh Lạc Giang)"
    story = [Paragraph("PHỤ LỤC SỐ LIỆU", PART), Paragraph(under, UNDER)]
    for i, (title, table) in enumerate(TABLES, 1):
        story += [Paragraph(f"Biểu số {i:02}. {title}", PART), table(), PageBreak(), Spacer(1, 1)]
    report.build(story[:-2])
    return report.page


def widths(*parts: float) -> list[float]:
    return [WIDE * part / sum(parts) for part in parts]


def overview():
    rows: list[list] = [["STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2025", "Năm 2026", "Tăng, giảm", "Tỷ lệ"]]
    for i, (name, unit, before, now) in enumerate(INDICATORS.values(), 1):
        more = f"{'+' if now > before else ''}{number(now - before)}"
        rows.append([i, name, unit, number(before), number(now), more, change(before, now)])
    return grid(rows, widths(1, 7, 2, 2, 2, 2, 2), align="clcrrrr", size=11, pad=1.5)


def units(*keys: str, rate: tuple[str, str] | None = None):
    """A row per unit; for each indicator 2025, 2026 and the change; `rate` adds a quotient in 2026."""

    def table():
        parts = {key: by_unit(key) for key in {*keys, *(rate or ())}}
        head = ["Đơn vị"]
        for key in keys:
            head += [f"{INDICATORS[key][0]} 2025", "2026", "Tăng, giảm"]
        rows = [head + (["Tỷ lệ 2026"] if rate else [])]
        for i, unit in enumerate((*UNITS, "Toàn tỉnh")):
            pair = {k: INDICATORS[k][2:] if i == len(UNITS) else p[i] for k, p in parts.items()}
            row = [unit]
            for key in keys:
                row += [number(pair[key][0]), number(pair[key][1]), change(*pair[key])]
            rows.append([*row, percent(pair[rate[0]][1], pair[rate[1]][1])] if rate else row)
        return grid(rows, widths(5, *([2.2, 1.5, 1.7] * len(keys)), *([1.6] if rate else [])),
                    align="l" + "rrr" * len(keys) + ("r" if rate else ""), size=12, total=True, pad=5.5)  # fmt: skip

    return table


def crimes():
    rows: list[list] = [
        ["STT", "Nhóm tội phạm", "Số vụ 2025", "Tỷ trọng", "Số vụ 2026", "Tỷ trọng", "Tăng, giảm", "Bị can 2026"]
    ]
    before, now, accused = (sum(row[k] for row in CRIMES) for k in (1, 2, 3))
    for i, (name, old, new, people) in enumerate(CRIMES, 1):
        rows.append([i, name, old, percent(old, before), new, percent(new, now), change(old, new), people])
    rows.append(["", "Cộng", before, "100%", now, "100%", change(before, now), number(accused)])
    return grid(rows, widths(1, 6, 2, 2, 2, 2, 2, 2), align="clrrrrrr", size=13, total=True, pad=9)


def months():
    names = ("12/2025", *(f"{m}/2026" for m in MONTHS[1:]))
    rows: list[list] = [
        ["Tháng", "Năm công tác 2025", "Năm công tác 2026", "Tăng, giảm", "Lũy kế 2026", "Tỷ trọng trong năm"]
    ]
    total = 0
    for name, before, now in zip(names, REPORTS_2025, REPORTS_2026, strict=True):
        total += now
        rows.append([name, before, now, change(before, now), number(total), percent(now, sum(REPORTS_2026))])
    before, now = sum(REPORTS_2025), sum(REPORTS_2026)
    rows.append(["Cộng", number(before), number(now), change(before, now), number(now), "100%"])
    return grid(rows, widths(2, 3, 3, 2, 2, 3), align="crrrrr", size=13, total=True, pad=4.5)


def survey():
    rows: list[list] = [["Đơn vị", *SURVEY_COLUMNS]]
    rows += [[unit, *row[:12]] for unit, row in zip(UNITS, SURVEY, strict=True)]
    totals: list = [sum(row[k] for row in SURVEY) for k in range(12)]
    totals[9] = "-"
    rows.append(["Toàn tỉnh", *totals])
    return grid(rows, widths(5.6, *([1.7] * 12)), align="l" + "c" * 12, size=11, total=True, pad=5)


def index():
    rows: list[list] = [["Nhóm", "Nội dung", "Điểm tối đa", "Năm 2025", "Tỷ lệ", "Năm 2026", "Tỷ lệ", "Tăng"]]
    for i, (name, most, old, new) in enumerate((*INDEX, ("Tổng điểm", 1000, 728, 845)), 1):
        first = i if i <= len(INDEX) else ""
        rows.append([first, name, number(most), old, percent(old, most), new, percent(new, most), f"+{new - old}"])
    return grid(rows, widths(1.2, 7, 2, 2, 2, 2, 2, 2), align="clrrrrrr", size=13, total=True, pad=9)


TABLES = (
    ("Tổng hợp các chỉ tiêu chủ yếu", overview),
    ("Tố giác, tin báo về tội phạm", units("tin_thu_ly", "tin_giai_quyet", rate=("tin_giai_quyet", "tin_thu_ly"))),
    ("Khởi tố, điều tra, truy tố", units("khoi_to", "dieu_tra", "truy_to")),
    ("Án khởi tố mới theo nhóm tội phạm", crimes),
    ("Tố giác, tin báo thụ lý theo tháng", months),
    ("Kiểm sát giải quyết vụ việc dân sự", units("dan_su", "dan_su_xong", rate=("dan_su_xong", "dan_su"))),
    ("Số hóa hồ sơ, báo cáo án bằng sơ đồ tư duy", units("so_hoa", "trang", "so_do")),
    ("Hạ tầng, nhân lực công nghệ thông tin của 10 đơn vị", survey),
    ("Chỉ số ứng dụng công nghệ thông tin", index),
)

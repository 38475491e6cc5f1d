"""Figures and computed tables of the report of the year."""

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from meetingroom.demo import charts
from meetingroom.demo.charts import PRINT, Figure, Theme
from meetingroom.demo.diagrams import SAMPLE_CASE, mind_map, organisation
from meetingroom.demo.exhibits.registry import EXHIBITS, by_units, compared, exhibit
from meetingroom.demo.figures import (
    CRIMES,
    INDICATORS,
    MONTHS,
    REPORTS_2025,
    REPORTS_2026,
    SHORT,
    by_unit,
    change,
    number,
)
from meetingroom.demo.typeset import WIDTH, grid

YEARS = ("Năm 2025", "Năm 2026")
HIGHLIGHTS = (
    ("1.284", "tin báo, tố giác đã giải quyết"),
    ("96,4%", "tỷ lệ giải quyết tin báo"),
    ("671", "vụ án truy tố"),
    ("94", "vụ án báo cáo bằng sơ đồ tư duy"),
    ("148.750", "trang bút lục đã số hóa"),
    ("845", "điểm chỉ số ứng dụng CNTT"),
)


def highlights() -> list:
    """The six figures of the first page, in a band."""

    def paint(c, box):
        slot = box.w / 3
        for i, (big, small) in enumerate(HIGHLIGHTS):
            x, y = box.x + slot * (i % 3), box.y + box.h / 2 * (1 - i // 3)
            charts.write(c, x + slot / 2, y + 30, big, size=23, bold=True, colour=PRINT.palette[1], align="c")
            charts.write(c, x + slot / 2, y + 13, small, size=11, align="c")
            if i % 3:
                c.setStrokeColor(PRINT.line)
                c.setLineWidth(0.8)
                c.line(x, y + 12, x, y + 48)
        c.setStrokeColor(PRINT.palette[1])
        c.setLineWidth(1.2)
        for edge in (box.y, box.y + box.h):
            c.line(box.x, edge, box.x + box.w, edge)

    return [Spacer(1, 4), Figure(124, paint), Spacer(1, 10)]


EXHIBITS["highlights"] = highlights


@exhibit("chart-first", "Kết quả một số mặt công tác chính, năm 2025 và năm 2026")
def first():
    keys = ("tin_giai_quyet", "khoi_to", "truy_to", "yeu_cau", "so_tham", "so_hoa")
    labels: tuple[str, ...] = (
        "Tin báo đã giải quyết",
        "Vụ án khởi tố",
        "Vụ án truy tố",
        "Yêu cầu điều tra",
        "Vụ án sơ thẩm",
    )
    labels += ("Hồ sơ số hóa",)
    series = ([INDICATORS[key][2] for key in keys], [INDICATORS[key][3] for key in keys])
    return Figure(134, lambda c, box: charts.columns(c, box, labels, series, YEARS))


@exhibit("table-crimes", "Bảng 1. Án khởi tố mới theo nhóm tội phạm")
def crimes():
    rows: list[list] = [["STT", "Nhóm tội phạm", "Số vụ 2025", "Số vụ 2026", "Tăng, giảm", "Bị can 2026"]]
    for i, (name, before, now, accused) in enumerate(CRIMES, 1):
        rows.append([str(i), name, number(before), number(now), change(before, now), number(accused)])
    totals = [sum(row[k] for row in CRIMES) for k in (1, 2, 3)]
    rows.append(["", "Cộng", number(totals[0]), number(totals[1]), change(*totals[:2]), number(totals[2])])
    widths = (12 * mm, WIDTH - 100 * mm, 20 * mm, 20 * mm, 24 * mm, 24 * mm)
    return grid(rows, widths, align="clcccc", total=True)


@exhibit("chart-crimes", "Hình 1. Cơ cấu án khởi tố mới năm 2026 theo nhóm tội phạm")
def crimes_ring():
    rows = [(name, now) for name, _, now, _ in CRIMES]
    return Figure(165, lambda c, box: charts.ring(c, box, rows, centre=("768", "vụ án")))


@exhibit("chart-reports", "Hình 2. Số tố giác, tin báo thụ lý theo tháng của năm công tác")
def reports():
    labels, series = [f"T{m}" for m in MONTHS], (REPORTS_2025, REPORTS_2026)
    return Figure(185, lambda c, box: charts.curves(c, box, labels, series, YEARS, low=80))


Named = tuple[tuple[str, str, tuple[str, ...]], ...]
COMPARISONS: Named = (
    ("table-key", "Bảng 3. Một số chỉ tiêu về nguồn tin, điều tra, truy tố",
     ("tin_giai_quyet", "truy_to", "yeu_cau", "so_do")),
    ("table-civil", "Bảng 6. Kiểm sát giải quyết vụ việc dân sự, hôn nhân và gia đình",
     ("dan_su", "dan_su_xong", "khang_nghi", "kien_nghi")),
)  # fmt: skip
UNIT_TABLES: Named = (
    ("table-prosecution", "Bảng 4. Kết quả điều tra, truy tố theo đơn vị năm 2026",
     ("dieu_tra", "truy_to", "yeu_cau", "so_hoa")),
    ("table-trials", "Bảng 5. Phiên tòa rút kinh nghiệm theo đơn vị năm 2026",
     ("so_tham", "rut_kinh_nghiem", "truc_tuyen")),
    ("table-civil-units", "Bảng. Công tác kiểm sát dân sự, thi hành án theo đơn vị năm 2026",
     ("dan_su", "dan_su_xong", "khang_nghi", "kien_nghi", "thi_hanh")),
    ("table-digital-units", "Bảng. Số hóa hồ sơ, sơ đồ tư duy theo đơn vị năm 2026",
     ("so_hoa", "trang", "so_do", "truc_tuyen")),
)  # fmt: skip
UNIT_CHARTS = (
    ("chart-mindmaps", "Hình 3. Số vụ án báo cáo bằng sơ đồ tư duy theo đơn vị", "so_do"),
    ("chart-digital", "Hình 5. Hồ sơ vụ án đã số hóa theo đơn vị", "so_hoa"),
    ("chart-civil-units", "Hình. Vụ việc dân sự thụ lý kiểm sát theo đơn vị", "dan_su"),
    ("chart-reports-units", "Hình. Tố giác, tin báo đã giải quyết theo đơn vị", "tin_giai_quyet"),
)


def unit_chart(key: str):
    parts = by_unit(key)
    series = ([before for before, _ in parts], [now for _, now in parts])
    return Figure(190, lambda c, box: charts.columns(c, box, SHORT, series, YEARS))


for name, caption, keys in COMPARISONS:
    exhibit(name, caption)(lambda keys=keys: compared(*keys))
for name, caption, keys in UNIT_TABLES:
    exhibit(name, caption)(lambda keys=keys: by_units(*keys))
for name, caption, key in UNIT_CHARTS:
    exhibit(name, caption)(lambda key=key: unit_chart(key))


@exhibit("chart-enforcement", "Hình 4. Việc thi hành án dân sự thụ lý kiểm sát theo đơn vị năm 2026")
def enforcement():
    parts = [now for _, now in by_unit("thi_hanh")]
    return Figure(170, lambda c, box: charts.columns(c, box, SHORT, (parts,)))


@exhibit("chart-roadmap", "Lộ trình chuyển đổi số năm 2027")
def roadmap():
    steps: tuple[tuple[str, str], ...] = (
        ("01/2027", "Số hóa 100% hồ sơ mới"),
        ("02/2027", "Mỗi đơn vị 02 vụ án bằng sơ đồ"),
    )
    steps += (("3/2027", "Tự chấm chỉ số quý I"), ("6/2027", "Đủ máy quét, đường dự phòng"))
    steps += (("9/2027", "Hội thi sơ đồ tư duy"), ("11/2027", "Tổng kết, nhân rộng"))
    return Figure(130, lambda c, box: charts.road(c, box, steps))


exhibit("chart-organisation")(lambda: Figure(470, organisation))
exhibit("chart-case", "Vụ án giả định, ký hiệu LG-2026-017; số bên cạnh mỗi ý là bút lục")(
    lambda: Figure(400, lambda c, box: mind_map(c, box, "Vụ án\nA - B\nLừa đảo CĐTS", SAMPLE_CASE, Theme(size=8)))
)

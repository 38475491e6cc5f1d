"""The two long reports: the year's work (48 pages) and the state of IT (16 pages)."""

from datetime import date
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Spacer

from meetingroom.demo import charts, exhibits
from meetingroom.demo.charts import Figure
from meetingroom.demo.figures import INDICATORS, by_unit, change, number, percent
from meetingroom.demo.typeset import (
    BODY,
    PART,
    WIDTH,
    Report,
    faces,
    flow,
    grid,
    heading,
    letterhead,
    signatures,
    text,
)

DEPUTY = ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG", "Trần Thị Bình")


def dated(day: date) -> str:
    """`Lạc Giang, ngày 05 tháng 01 năm 2026`: a leading nought before day 10, and for months 1 and 2 only."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"Lạc Giang, ngày {day.day:02} tháng {month} năm {day.year}"


class Contents(Flowable):
    """The list of contents, drawn when the last page is known (a form that the page refers to)."""

    def wrap(self, width, height):
        self.width, self.height = width, height - 1
        return width, self.height

    def draw(self):
        self.canv.doForm("contents")


def contents(report: Report, width: float, height: float) -> None:
    """Fill in the form that `Contents` refers to."""
    c = report.canv
    c.beginForm("contents", 0, 0, width, height)
    charts.write(c, width / 2, height - 16, "MỤC LỤC", size=14, bold=True, align="c")
    y = height - 44
    step = min(17.5, (y - 4) / len(report.headings))
    for level, title, page in report.headings:
        x, bold = (0, 12, 26)[level], level < 2
        lines = charts.wrapped(title, "Serif-Bold" if bold else "Serif", 12, width - x - 50)
        words = lines[0] + (" …" if len(lines) > 1 else "")
        charts.write(c, x, y, words, size=12, bold=bold)
        end = x + c.stringWidth(words, "Serif-Bold" if bold else "Serif", 12) + 6
        charts.write(c, width, y, str(page), size=12, bold=bold, align="r")
        c.setDash(1, 3)
        c.setLineWidth(0.6)
        c.line(end, y + 2, width - 22, y + 2)
        c.setDash()
        y -= step
    c.endForm()


def year(path: Path, day: date) -> int:
    """Báo cáo tổng kết công tác kiểm sát năm 2026; returns its pages."""
    faces()
    report = Report(path, "Báo cáo tổng kết công tác kiểm sát năm 2026")
    makers = {"contents": lambda: [Contents()], "units": units}
    story = [letterhead("Số: 412/BC-VKS", dated(day))]
    story += heading("BÁO CÁO", "Tổng kết công tác kiểm sát năm 2026,", "phương hướng, nhiệm vụ công tác năm 2027")
    story += flow(text("bao-cao-tong-ket"), lambda name: makers.get(name, lambda: exhibits.insert(name))())
    copies = ["VKSND tối cao (để báo cáo);", "Thường trực Tỉnh ủy, HĐND, UBND tỉnh;", "Lãnh đạo Viện;"]
    copies += ["Các phòng, VKSND khu vực 1 - 9;", "Lưu: VT, VP."]
    story.append(signatures(*DEPUTY, copies))
    story += appendices(
        ("SƠ ĐỒ TỔ CHỨC VIỆN KIỂM SÁT NHÂN DÂN HAI CẤP", "chart-organisation"),
        ("DANH MỤC KẾ HOẠCH ĐÃ BAN HÀNH NĂM 2026", "long-plans"),
        ("PHIÊN TÒA TRỰC TUYẾN KẾT NỐI ĐẾN TRỤ SỞ NĂM 2026", "long-trials"),
        ("LỊCH CÔNG TÁC TRỌNG TÂM NĂM 2027", "long-year"),
        ("SƠ ĐỒ TƯ DUY MẪU PHỤC VỤ BÁO CÁO ÁN", "chart-case"),
    )
    report.build(story, canvasmaker=finishing(report))
    return report.page


def appendices(*exhibits_of) -> list:
    """Each on its own page: Phụ lục 1, 2, …"""
    story: list = []
    for i, (title, name) in enumerate(exhibits_of, 1):
        story += [PageBreak(), *flow(f"% Phụ lục {i} / {title}"), Spacer(1, 6), *exhibits.insert(name)]
    return story


def finishing(report: Report):
    """A canvas class that draws the contents just before the file is closed."""
    from reportlab.pdfgen.canvas import Canvas

    class Finishing(Canvas):
        def save(self):
            contents(report, WIDTH, report.pagesize[1] - 40 * mm - 1)
            super().save()

    return Finishing


def units() -> list:
    """A page for every two departments, then one for each regional procuracy."""
    story = flow(text("don-vi"), exhibits.insert)
    remarks = text("khu-vuc").strip().split("\nKV")
    for n, remark in enumerate(remarks, 1):
        _, good, poor = remark.split("\n", 2)
        story += [PageBreak(), *region(n, good, poor.strip())]
    return story


OPENINGS = (  # how the report on a region begins, so that not all nine begin alike
    "Trong năm, đơn vị thụ lý kiểm sát {tin_thu_ly} tố giác, tin báo về tội phạm, đã giải quyết {tin_giai_quyet} tin, "
    "đạt {rate}; truy tố {truy_to} vụ án; ban hành {yeu_cau} bản yêu cầu điều tra; kiểm sát giải quyết {dan_su_xong} "
    "vụ việc dân sự và {thi_hanh} việc thi hành án.",
    "Đơn vị đã giải quyết {tin_giai_quyet}/{tin_thu_ly} tố giác, tin báo ({rate}), truy tố {truy_to} vụ án, tham gia "
    "{so_tham} phiên tòa hình sự sơ thẩm. Trong lĩnh vực dân sự, Tòa án đã giải quyết {dan_su_xong} vụ việc; đơn vị "
    "ban hành {kien_nghi} kiến nghị khắc phục vi phạm.",
    "Kết quả nổi bật: {rate} tố giác, tin báo được giải quyết ({tin_giai_quyet} tin); {yeu_cau} bản yêu cầu điều tra "
    "được ban hành; số hóa {so_hoa} hồ sơ với {trang} trang bút lục; {so_do} vụ án được báo cáo bằng sơ đồ tư duy.",
)
KEYS = ("tin_giai_quyet", "truy_to", "yeu_cau", "so_tham", "dan_su_xong", "kien_nghi", "so_do", "so_hoa")


def region(n: int, good: str, poor: str) -> list:
    """One regional procuracy: what it did in figures, what was good, what is to be mended."""
    seen = {key: by_unit(key)[n] for key in (*KEYS, "tin_thu_ly", "trang", "thi_hanh", "don")}
    now = {key: number(value[1]) for key, value in seen.items()}
    rate = percent(seen["tin_giai_quyet"][1], seen["tin_thu_ly"][1])
    opening = OPENINGS[n % 3].format(rate=rate, **now)
    rows = [["Chỉ tiêu", "2025", "2026", "Tăng, giảm"]]
    rows += [[INDICATORS[key][0], number(seen[key][0]), number(seen[key][1]), change(*seen[key])] for key in KEYS]
    table = grid(rows, (WIDTH - 80 * mm, 24 * mm, 24 * mm, 32 * mm), align="lccc")
    labels = ("Tin báo", "Truy tố", "Yêu cầu điều tra", "Sơ thẩm", "Số hóa")
    picked = ("tin_giai_quyet", "truy_to", "yeu_cau", "so_tham", "so_hoa")
    series = ([seen[k][0] for k in picked], [seen[k][1] for k in picked])
    chart = Figure(165, lambda c, box: charts.columns(c, box, labels, series, ("Năm 2025", "Năm 2026")))
    title = f"## {n + 6}. VKSND khu vực {n} - Lạc Giang"
    return [
        *flow(f"{title}\n\n{opening}\n\n{good}"),
        Spacer(1, 4),
        table,
        *flow(f"Tồn tại, hạn chế: {poor[0].lower() + poor[1:]}" if poor[:3] not in ("Địa", "VKS") else poor),
        CondPageBreak(180),
        chart,
    ]


def computing(path: Path, day: date) -> int:
    """Báo cáo chuyên đề hạ tầng, nhân lực và chỉ số ứng dụng CNTT; returns its pages."""
    faces()
    report = Report(path, "Báo cáo chuyên đề hạ tầng, nhân lực CNTT")
    issuer = ("VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH LẠC GIANG")
    story = [letterhead("Số: 413/BC-VKS", dated(day), issuer=issuer)]
    story += heading("BÁO CÁO CHUYÊN ĐỀ", "Thực trạng hạ tầng, nhân lực công nghệ thông tin",
                     "và chỉ số ứng dụng công nghệ thông tin năm 2026")  # fmt: skip
    story += flow(text("chuyen-de"), exhibits.insert)
    copies = ["Lãnh đạo Viện;", "Các phòng, VKSND khu vực 1 - 9;", "Lưu: VT, TKTP&amp;CNTT."]
    story.append(signatures("TL. VIỆN TRƯỞNG", "TRƯỞNG PHÒNG TKTP&amp;CNTT", "Bùi Thị Hạnh", copies))
    story += appendices(
        ("PHIẾU KHẢO SÁT", "long-form"),
        ("DANH MỤC THIẾT BỊ ĐỀ NGHỊ BỔ SUNG", "long-wanted"),
        ("SƠ ĐỒ KẾT NỐI CÁC ĐIỂM CẦU", "chart-network"),
    )
    report.build(story)
    return report.page


__all__ = ["BODY", "PART", "Paragraph", "computing", "dated", "year"]

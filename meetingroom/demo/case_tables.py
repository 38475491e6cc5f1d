"""Bank statements, lists and extracted messages among the sheets of the demo's case file."""

from datetime import date, timedelta
from random import Random

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from meetingroom.demo.case_record import Sheets, documents
from meetingroom.demo.charts import wrapped
from meetingroom.demo.figures import number as grouped

INK, LINE = Color(0.13, 0.12, 0.15), Color(0.45, 0.44, 0.46)
LEFT, RIGHT = 24 * mm, A4[0] - 18 * mm
ROW = 16
# What came into the account of B: (sheet, day, from whom, million đồng). 23 payments, 1.400 together.
PAID = (
    (302, date(2025, 2, 12), "LE THI C chuyen tien lan 1", 100),
    (303, date(2025, 2, 20), "LE THI C chuyen tien", 50),
    (304, date(2025, 3, 5), "LE THI C lam giay to dat", 50),
    (305, date(2025, 3, 18), "LE THI C lan 2", 100),
    (305, date(2025, 3, 19), "LE THI C lan 2 bo sung", 50),
    (306, date(2025, 4, 2), "LE THI C", 50),
    (307, date(2025, 4, 15), "LE THI C lan 3", 100),
    (307, date(2025, 4, 16), "LE THI C lan 3 tiep", 100),
    (308, date(2025, 5, 6), "PHAM VAN D chuyen tien", 50),
    (309, date(2025, 5, 8), "PHAM VAN D thu tuc dat", 150),
    (309, date(2025, 5, 9), "PHAM VAN D thu tuc dat", 100),
    (310, date(2025, 5, 14), "PHAM VAN D", 50),
    (311, date(2025, 5, 20), "PHAM VAN D", 50),
    (312, date(2025, 5, 28), "PHAM VAN D lan cuoi", 50),
    (313, date(2025, 8, 4), "VU VAN E dat coc", 20),
    (314, date(2025, 8, 6), "VU VAN E", 30),
    (315, date(2025, 8, 8), "VU VAN E", 50),
    (316, date(2025, 8, 11), "VU VAN E", 50),
    (317, date(2025, 8, 12), "VU VAN E", 50),
    (318, date(2025, 8, 18), "VU VAN E", 50),
    (319, date(2025, 8, 20), "VU VAN E", 50),
    (320, date(2025, 10, 3), "DO THI G", 20),
    (321, date(2025, 10, 10), "DO THI G", 30),
)
BACK = (322, date(2025, 11, 17), "TRAN THI B chuyen LE THI C (tra lai tien)", -200)
CHAT = (
    ("A", "Có khách mới, tối nay em xem giúp anh tiền về chưa"),
    ("B", "Về rồi anh, 50 triệu"),
    ("A", "Em rút ra cho anh, nhớ chừa phần của em"),
    ("B", "Chị C hỏi bao giờ có giấy, em trả lời sao"),
    ("A", "Bảo đang làm, tuần sau có"),
    ("B", "Vâng"),
    ("A", "Anh E muốn gặp, em dẫn anh ấy qua quán nhé"),
    ("B", "Để em nói là đã có người làm được rồi"),
)


def table(c: Canvas, sheets: Sheets, number: int, y: float, bottom: float) -> None:
    """The part of a list that stands on this sheet."""
    if "Sao kê" in sheets.title:
        return statement(c, sheets, number, y, bottom)
    if "thống kê" in sheets.title:
        share = documents()[(number - sheets.first) * 28 :][:28]
        lines = [
            (str(k), each.title, f"{each.first}-{each.last}" if each.pages > 1 else str(each.first))
            for k, each in enumerate(share, 1)
        ]
        return grid(c, ("STT", "Tên tài liệu", "Bút lục"), (0.1, 0.72, 0.18), lines, y, bottom)
    if number == 410:
        paid = (("Lê Thị C", 600), ("Phạm Văn D", 450), ("Hoàng Thị Đ", 350), ("Vũ Văn E", 500), ("Đỗ Thị G", 250))
        rows = [(str(k), name, f"{grouped(sum_)}.000.000") for k, (name, sum_) in enumerate(paid, 1)]
        total = [("", "Cộng", "2.150.000.000"), ("", "Đã trả lại Lê Thị C", "200.000.000"),
                 ("", "Còn phải bồi thường", "1.950.000.000")]  # fmt: skip
        return grid(c, ("STT", "Bị hại", "Số tiền (đồng)"), (0.1, 0.55, 0.35), [*rows, *total], y, bottom)
    random = Random(number)  # noqa: S311 - the rows of an example, not a secret
    rows = [
        (str(k), f"Mục {number - sheets.first + 1}.{k}: đối chiếu theo lời khai và tài liệu kèm theo",
         f"BL {random.randint(max(1, sheets.first - 90), sheets.first)}")
        for k in range(1, 15)
    ]  # fmt: skip
    return grid(c, ("STT", "Nội dung", "Ghi chú"), (0.1, 0.68, 0.22), rows, y, bottom)


def statement(c: Canvas, sheets: Sheets, number: int, y: float, bottom: float) -> None:
    """A page of a bank statement: what the file speaks of, between everyday payments."""
    random = Random(number)  # noqa: S311 - the rows of an example, not a secret
    payments = [each for each in (*PAID, BACK) if each[0] == number] if "Trần Thị B" in sheets.title else []
    first = payments[0][1] if payments else date(2025, 1, 6) + timedelta(days=(number - sheets.first) * 10)
    rows = [(day, text, f"{grouped(millions)}.000.000") for _, day, text, millions in payments]
    for k in range(18 - len(rows)):
        text = random.choice(("Thanh toan QR", "Nap tien dien thoai", "Chuyen khoan noi bo", "Phi quan ly tai khoan"))
        rows.append((first + timedelta(days=k // 4 - 2), text, f"-{grouped(random.randint(2, 90) * 11)}.000"))
    in_order = [(f"{day:%d/%m/%Y}", *rest) for day, *rest in sorted(rows, key=lambda row: row[0])]
    grid(c, ("Ngày", "Nội dung giao dịch", "Số tiền (đồng)"), (0.2, 0.52, 0.28), in_order, y, bottom)


def messages(c: Canvas, number: int, y: float, bottom: float) -> None:
    """Messages as they were taken from a telephone: time, who wrote, what."""
    random = Random(number)  # noqa: S311 - minutes of an example, not a secret
    start = number % len(CHAT) if number > 341 else 0
    rows = []
    for k in range(11):
        who, text = CHAT[(start + k) % len(CHAT)]
        rows.append((f"{8 + k:02}:{random.randint(10, 59)}", "Nguyễn Văn A" if who == "A" else "Trần Thị B", text))
    grid(c, ("Giờ", "Người gửi", "Nội dung tin nhắn"), (0.13, 0.25, 0.62), rows, y, bottom)


def grid(c: Canvas, heads, parts, rows, y: float, bottom: float) -> None:
    """A ruled table down to `bottom`; a cell that is too long wraps."""
    edges = [LEFT + (RIGHT - LEFT) * sum(parts[:k]) for k in range(len(parts) + 1)]
    c.setStrokeColor(LINE)
    c.setLineWidth(0.5)
    for n, row in enumerate((heads, *rows)):
        face = "Serif" if n else "Serif-Bold"
        cells = [wrapped(str(cell), face, 11, edges[k + 1] - edges[k] - 8) or [""] for k, cell in enumerate(row)]
        high = 14 * max(map(len, cells)) + 5
        if y - high < bottom:
            return
        c.setFillColor(INK)
        for k, lines in enumerate(cells):
            c.rect(edges[k], y - high, edges[k + 1] - edges[k], high)
            c.setFont(face, 11)
            for m, line in enumerate(lines):
                c.drawString(edges[k] + 4, y - 13 - 14 * m, line)
        y -= high

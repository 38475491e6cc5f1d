"""The six slides that show one fictional case (LG-2026-017) as a map, a course, money, proof, gaps and a leaf."""

from reportlab.lib.colors import HexColor

from meetingroom.demo import charts
from meetingroom.demo.charts import Box, Theme, write
from meetingroom.demo.diagrams import SAMPLE_CASE, card, mind_map
from meetingroom.demo.slides import (
    AMBER,
    BODY,
    DECK,
    GREEN,
    GREY,
    INK,
    LINE,
    RED,
    SLATE,
    WASH,
    H,
    W,
    arrow,
    badge,
    block,
    panel,
)

NOTE = "Vụ án giả định LG-2026-017 · số in đậm là bút lục"


def whole(deck):
    with deck.slide("Toàn cảnh vụ án trên một trang", NOTE) as c:
        theme = Theme("Sans", "Sans-Bold", 11.5, INK, GREY, LINE, DECK.palette)
        box = Box(36, 52, W - 72, H - 158)
        mind_map(c, box, "Vụ án\nNguyễn Văn A\nTrần Thị B", SAMPLE_CASE, theme)


def course(deck):
    steps = (
        ("01/2025", "A tự giới thiệu làm được thủ tục đất (BL 84-86)"),
        ("02-04/2025", "Nhận 600 triệu của Lê Thị C (BL 152-158)"),
        ("05/2025", "Nhận 450 triệu của Phạm Văn D (BL 161-164)"),
        ("06/2025", "Nhận 350 triệu tiền mặt (BL 168-170)"),
        ("08/2025", "Nhận 500 triệu, giao 01 giấy giả (BL 174-179)"),
        ("10/2025", "Nhận 250 triệu, giao 02 giấy giả (BL 183-187)"),
        ("11/2025", "Trả lại C 200 triệu; bị tố giác (BL 1-4, 322)"),
    )
    with deck.slide("Lớp 1: diễn biến theo thời gian", NOTE) as c:
        theme = Theme("Sans", "Sans-Bold", 14, INK, GREY, LINE, DECK.palette)
        charts.road(c, Box(BODY.x + 16, BODY.y + 20, BODY.w - 32, BODY.h - 40), steps, theme)


def money(deck):
    victims = (("Lê Thị C", 600), ("Phạm Văn D", 450), ("Hoàng Thị Đ", 350), ("Vũ Văn E", 500), ("Đỗ Thị G", 250))
    with deck.slide("Dòng tiền: 2.150 triệu đồng của 5 bị hại", NOTE) as c:
        step, left = BODY.h / 5, BODY.x
        account = Box(BODY.x + 320, BODY.y + BODY.h - 148, 190, 86)
        cash = Box(BODY.x + 320, BODY.y + 58, 190, 86)
        for k, (name, sum_of) in enumerate(victims):
            y = BODY.y + BODY.h - step * (k + 1) + 8
            card(c, Box(left, y, 190, step - 16), f"{name}\n{sum_of} triệu", DECK, fill=WASH, edge=LINE, size=15)
            goal = cash if name == "Hoàng Thị Đ" else account
            arrow(c, left + 196, y + step / 2 - 8, goal.x - 6, goal.y + goal.h / 2, SLATE, 1 + sum_of / 140)
            if name in ("Vũ Văn E", "Đỗ Thị G"):
                arrow(c, left + 196, y + step / 2 - 14, cash.x - 6, cash.y + cash.h / 2 - 10, SLATE, 1.6)
        card(c, account, "Tài khoản của B\n1.400 triệu", DECK, fill="#eef1f4", edge=SLATE, bold=True, size=16)
        card(c, cash, "Tiền mặt\n750 triệu", DECK, fill="#eef1f4", edge=SLATE, bold=True, size=16)
        a = Box(BODY.x + 640, BODY.y + BODY.h / 2 - 50, 190, 100)
        for box in (account, cash):
            arrow(c, box.x + box.w + 6, box.y + box.h / 2, a.x - 6, a.y + a.h / 2, RED, 5)
        card(c, a, "Nguyễn Văn A\nchiếm đoạt\n2.150 triệu", DECK, fill=RED, edge=RED, ink="#ffffff", bold=True, size=17)
        arrow(c, a.x + a.w / 2, a.y - 6, a.x + a.w / 2, BODY.y + 74, GREEN, 3)
        write(c, a.x + a.w / 2, BODY.y + 50, "trả lại C 200 triệu", DECK, size=15, bold=True, colour=GREEN, align="c")
        write(c, a.x + a.w / 2, BODY.y + 26, "còn phải bồi thường 1.950 triệu", DECK, size=15, colour=GREY, align="c")


PROOF = (  # what has to be proved, then the strength of six kinds of evidence: 2 strong, 1 weak, 0 none
    ("Hành vi gian dối trước khi nhận tiền", (2, 2, 1, 0, 2, 1)),
    ("Số tiền chiếm đoạt", (1, 2, 2, 0, 1, 0)),
    ("Làm giả giấy chứng nhận, con dấu", (2, 1, 0, 2, 0, 2)),
    ("Ý thức chủ quan của B", (1, 1, 1, 0, 2, 0)),
    ("Thiệt hại, bồi thường", (1, 2, 2, 0, 0, 0)),
)
KINDS = ("Lời khai bị can", "Lời khai bị hại", "Sao kê", "Giám định", "Tin nhắn", "Khám xét")


def proof(deck):
    with deck.slide("Lớp 2: vấn đề phải chứng minh và chứng cứ", NOTE) as c:
        first, step = 330, BODY.h / 6.4
        slot = (BODY.w - first) / len(KINDS)
        for k, name in enumerate(KINDS):
            x = BODY.x + first + slot * (k + 0.5)
            block(c, x - slot / 2 + 2, BODY.y + BODY.h + 4, slot - 4, name, size=14, bold=True, colour=GREY, align="c")
        for i, (what, marks) in enumerate(PROOF):
            y = BODY.y + BODY.h - step * (i + 1.72)
            panel(
                c,
                Box(BODY.x, y, BODY.w, step - 10),
                fill=WASH if i % 2 == 0 else "#ffffff",
                edge="" if i % 2 == 0 else LINE,
            )
            write(c, BODY.x + 20, y + step / 2 - 11, what, DECK, size=16, bold=True)
            for k, mark in enumerate(marks):
                x, middle = BODY.x + first + slot * (k + 0.5), y + step / 2 - 5
                c.setStrokeColor(HexColor(RED if mark else LINE))
                c.setFillColor(HexColor((WASH, "#e9b9bd", RED)[mark]))
                c.setLineWidth(1.6)
                c.circle(x, middle, 11, stroke=1, fill=1)
        for k, (name, fill) in enumerate((("Đủ, thống nhất", RED), ("Có nhưng yếu", "#e9b9bd"), ("Chưa có", WASH))):
            x = BODY.x + 20 + k * 190
            c.setFillColor(HexColor(fill))
            c.setStrokeColor(HexColor(RED if k < 2 else LINE))
            c.circle(x, BODY.y + 2, 8, stroke=1, fill=1)
            write(c, x + 16, BODY.y - 3, name, DECK, size=14, colour=GREY)


def gaps(deck):
    conflicts = (
        ("B: bản cung 2 “có biết”, bản cung 5 “không biết”", "121 / 133"),
        ("Tiền mặt: A khai 700 triệu, bị hại khai 750 triệu", "92 / 168"),
        ("Ngày giao giấy cho E: 12/8 hay 21/8/2025", "97 / 177"),
    )
    missing = (
        ("Chưa đối chất A và B về mức độ biết của B", "225"),
        ("Chưa thu sao kê tài khoản thứ hai của A", "chưa có"),
        ("Chưa làm rõ nguồn phôi giấy in", "236"),
    )
    with deck.slide("Hai nhánh bắt buộc: mâu thuẫn và phần còn thiếu", NOTE) as c:
        for k, (head, colour, rows) in enumerate((("Mâu thuẫn", AMBER, conflicts), ("Còn thiếu", RED, missing))):
            x = BODY.x + k * (BODY.w / 2 + 12)
            wide = BODY.w / 2 - 12
            write(c, x, BODY.y + BODY.h - 22, head, DECK, size=22, bold=True, colour=colour)
            for i, (text, page) in enumerate(rows):
                box = Box(x, BODY.y + BODY.h - 138 - i * 108, wide, 94)
                panel(c, box, bar=colour)
                block(c, box.x + 26, box.y + 84, wide - 160, text, size=16.5)
                panel(c, Box(box.x + wide - 118, box.y + 28, 100, 38), fill="#ffffff", edge=colour, round=19)
                write(
                    c,
                    box.x + wide - 68,
                    box.y + 41,
                    f"BL {page}" if page != "chưa có" else page,
                    DECK,
                    size=14,
                    bold=True,
                    colour=colour,
                    align="c",
                )
        write(
            c,
            BODY.x,
            BODY.y,
            "Đề xuất: trả hồ sơ để điều tra bổ sung, 04 yêu cầu, hạn 10 ngày.",
            DECK,
            size=17,
            bold=True,
        )


def leaf(deck):
    with deck.slide("Chạm vào số bút lục, mở đúng trang gốc", "Điều làm nên khác biệt") as c:
        node = Box(BODY.x, BODY.y + BODY.h - 110, 300, 70)
        card(c, node, "Sao kê 23 giao dịch, 1.400 triệu", DECK, fill="#ffffff", edge=RED, size=16, bold=True, round=10)
        badge(c, node.x + 300, node.y, "BL 301", r=31, size=13)
        block(
            c, BODY.x, BODY.y + BODY.h - 150, 330, "Người nghe hỏi: “Khoản nào chuyển ngày 14/3?”", size=18, bold=True
        )
        lines = "\n".join(LEAF_LINES)
        block(c, BODY.x, BODY.y + BODY.h - 212, 340, lines, size=16.5, colour=GREY, lead=1.6)
        arrow(c, BODY.x + 352, BODY.y + BODY.h / 2, BODY.x + 440, BODY.y + BODY.h / 2, RED, 5)
        page = Box(BODY.x + 462, BODY.y - 8, 386, BODY.h + 16)
        panel(c, page, fill="#ffffff", edge="#b9b4aa", round=3)
        write(
            c,
            page.x + page.w - 18,
            page.y + page.h - 26,
            "BL 301",
            DECK,
            size=12,
            bold=True,
            colour=BLUE_INK,
            align="r",
        )
        write(c, page.x + page.w / 2, page.y + page.h - 50, "SAO KÊ TÀI KHOẢN", DECK, size=14, bold=True, align="c")
        for i, (day, what, much) in enumerate(STATEMENT):
            y = page.y + page.h - 84 - i * 25
            if day == "14/3/2025":
                c.setFillColor(HexColor("#fdeeb8"))
                c.rect(page.x + 12, y - 8, page.w - 24, 24, stroke=0, fill=1)
            for x, text, align in ((20, day, "l"), (120, what, "l"), (page.w - 20, much, "r")):
                write(c, page.x + x, y, text, DECK, size=13, bold=day == "14/3/2025", align=align)
            c.setStrokeColor(HexColor(LINE))
            c.setLineWidth(0.6)
            c.line(page.x + 16, y - 8, page.x + page.w - 16, y - 8)


LEAF_LINES = (
    "Chạm một lần: mở trang 301 của tập 6.",
    "Phóng to đúng dòng cần xem, mọi màn hình cùng thấy.",
    "Trở về sơ đồ, báo cáo tiếp.",
)
BLUE_INK = "#2b4a9b"
STATEMENT = (
    ("12/2/2025", "Lê Thị C chuyển", "200.000.000"),
    ("14/2/2025", "Rút tại quầy", "-150.000.000"),
    ("02/3/2025", "Rút tại quầy", "-40.000.000"),
    ("14/3/2025", "Lê Thị C chuyển", "200.000.000"),
    ("15/3/2025", "Chuyển đi", "-180.000.000"),
    ("09/4/2025", "Lê Thị C chuyển", "200.000.000"),
    ("10/4/2025", "Rút tại quầy", "-190.000.000"),
    ("11/5/2025", "Phạm Văn D chuyển", "450.000.000"),
    ("12/5/2025", "Chuyển đi", "-400.000.000"),
    ("19/8/2025", "Vũ Văn E chuyển", "250.000.000"),
    ("20/8/2025", "Rút tại quầy", "-230.000.000"),
)

"""Tham luận của Phòng 1: xây dựng sơ đồ tư duy phục vụ báo cáo án; twenty-four slides."""

from pathlib import Path

from reportlab.lib.colors import HexColor

from meetingroom.demo import charts, deck_case
from meetingroom.demo.charts import Box, write
from meetingroom.demo.figures import SHORT, by_unit
from meetingroom.demo.slides import (
    AMBER,
    BLUE,
    BODY,
    DECK,
    GREEN,
    GREY,
    INK,
    PLUM,
    RED,
    SLATE,
    WASH,
    Deck,
    H,
    W,
    arrow,
    badge,
    block,
    cover,
    divider,
    figure,
    panel,
    tiles,
)

TITLE = "Tham luận: xây dựng sơ đồ tư duy phục vụ báo cáo án"


def make(path: Path) -> int:
    """Write the deck; returns its slides."""
    deck = Deck(path, TITLE, "VKSND tỉnh Lạc Giang · Phòng 1 · Sơ đồ tư duy phục vụ báo cáo án")
    who = "Đồng chí Hoàng Văn Em, Trưởng phòng 1\nTham luận tại Hội nghị tổng kết công tác kiểm sát năm 2026"
    cover(
        deck,
        ("Xây dựng sơ đồ tư duy", "phục vụ báo cáo án"),
        "Một trang nhìn thấy cả vụ án, một chạm mở đúng bút lục",
        who,
    )
    why(deck)
    contents(deck)
    divider(deck, "1", "Từ hồ sơ giấy đến hồ sơ số", "Kết quả hai năm thực hiện ở 10/10 đơn vị")
    before_after(deck)
    quarters(deck)
    units(deck)
    kinds(deck)
    divider(deck, "2", "Cách lập một sơ đồ", "Bảy bước, hai lớp, một nguyên tắc: ý nào cũng có bút lục")
    steps(deck)
    layers(deck)
    deck_case.whole(deck)
    deck_case.course(deck)
    deck_case.money(deck)
    deck_case.proof(deck)
    deck_case.gaps(deck)
    deck_case.leaf(deck)
    divider(deck, "3", "Trình bày tại phiên báo cáo án", "Người báo cáo dẫn dắt, người nghe nhìn thẳng vào chứng cứ")
    fifty(deck)
    rules(deck)
    results(deck)
    hard(deck)
    road(deck)
    thanks(deck)
    return deck.save()


def why(deck):
    cards = (
        (
            "Hồ sơ dày",
            "Vụ án nhiều bị can, nhiều bị hại có hàng nghìn bút lục; người nghe không thể nhớ hết khi chỉ nghe đọc.",
            RED,
        ),
        ("Tìm chậm", "Mỗi câu hỏi của lãnh đạo cần 3 đến 5 phút để tìm đúng trang trong hồ sơ giấy.", AMBER),
        ("Dễ sót", "Mâu thuẫn giữa các lời khai nằm ở những tập khác nhau, khó đặt cạnh nhau để so sánh.", SLATE),
    )
    with deck.slide("Vì sao phải thay đổi cách báo cáo án?", "Đặt vấn đề") as c:
        for i, (box, (head, text, colour)) in enumerate(zip(tiles(BODY, 3, 24), cards, strict=True), 1):
            panel(c, box)
            c.setFillColor(HexColor(colour))
            c.roundRect(box.x, box.y + box.h - 8, box.w, 8, 3, stroke=0, fill=1)
            write(c, box.x + 24, box.y + box.h - 92, f"0{i}", DECK, size=52, bold=True, colour=colour)
            write(c, box.x + 24, box.y + box.h - 146, head, DECK, size=24, bold=True)
            block(c, box.x + 24, box.y + box.h - 164, box.w - 48, text, size=17, colour=GREY)


def contents(deck):
    parts = (
        ("Từ hồ sơ giấy đến hồ sơ số", "Kết quả, số liệu, những loại án phù hợp"),
        ("Cách lập một sơ đồ", "Bảy bước, hai lớp; minh họa bằng một vụ án giả định"),
        ("Trình bày tại phiên báo cáo án", "50 phút, ba nguyên tắc, kết quả và lộ trình"),
    )
    with deck.slide("Nội dung tham luận", "Ba phần") as c:
        for i, (head, text) in enumerate(parts):
            y = BODY.y + BODY.h - 118 * (i + 1)
            panel(c, Box(BODY.x, y, BODY.w, 100), bar=RED)
            write(c, BODY.x + 62, y + 34, str(i + 1), DECK, size=46, bold=True, colour=RED, align="c")
            write(c, BODY.x + 120, y + 56, head, DECK, size=24, bold=True)
            write(c, BODY.x + 120, y + 26, text, DECK, size=16.5, colour=GREY)


def before_after(deck):
    lanes = (
        (
            "Trước đây",
            (("Đọc báo cáo đề xuất", 48, "#b9a692"), ("Hỏi, tìm bút lục", 31, "#cdbfae"), ("Kết luận", 16, "#9aa5b1")),
            "95 phút",
        ),
        (
            "Hiện nay",
            (("Sơ đồ 1", 9, RED), ("Sơ đồ 2", 14, "#c94a54"), ("Hỏi, mở bút lục", 17, AMBER), ("Kết luận", 12, SLATE)),
            "52 phút",
        ),
    )
    with deck.slide("95 phút còn 52 phút", "Một phiên báo cáo án trung bình") as c:
        for k, (name, parts, total) in enumerate(lanes):
            y, x = BODY.y + BODY.h - 130 - k * 150, BODY.x
            write(c, x, y + 92, name, DECK, size=18, bold=True)
            for label, minutes, colour in parts:
                wide = minutes * (BODY.w - 110) / 95
                c.setFillColor(HexColor(colour))
                c.roundRect(x, y, wide - 4, 76, 6, stroke=0, fill=1)
                block(
                    c,
                    x + 6,
                    y + 66,
                    wide - 16,
                    label,
                    size=13.5 if wide > 90 else 11.5,
                    bold=True,
                    colour="#ffffff",
                    align="c",
                )
                write(
                    c,
                    x + wide / 2 - 2,
                    y + 12,
                    f"{minutes}′".replace("′", " ph"),
                    DECK,
                    size=13,
                    colour="#ffffff",
                    align="c",
                )
                x += wide
            write(c, x + 14, y + 26, total, DECK, size=24, bold=True, colour=RED if k else GREY)
        words = "Thời gian đọc gần như không còn; thời gian trao đổi chứng cứ và kết luận được giữ nguyên chất lượng."
        block(c, BODY.x, BODY.y + 52, BODY.w, words, size=17, colour=GREY)


def quarters(deck):
    labels = ("Quý IV/2025", "Quý I/2026", "Quý II/2026", "Quý III/2026", "Quý IV/2026")
    with deck.slide("Giảm đều qua từng quý", "Thời gian báo cáo trung bình một vụ án (phút)") as c:
        charts.columns(
            c, Box(BODY.x, BODY.y - 10, BODY.w * 0.66, BODY.h + 10), labels, ((95, 84, 71, 60, 52),), theme=DECK
        )
        box = Box(BODY.x + BODY.w * 0.7, BODY.y, BODY.w * 0.3, BODY.h)
        panel(c, box, bar=RED)
        write(c, box.x + 30, box.y + box.h - 78, "-45%", DECK, size=54, bold=True, colour=RED)
        words = "sau năm quý, trong khi số bút lục được mở xem tại phiên báo cáo tăng từ 6 lên 19 trang mỗi vụ."
        y = block(c, box.x + 30, box.y + box.h - 96, box.w - 54, words, size=16.5, colour=INK)
        block(c, box.x + 30, y - 22, box.w - 54, "Nhanh hơn nhưng kỹ hơn.", size=18, bold=True, colour=RED)


def units(deck):
    parts = by_unit("so_do")
    with deck.slide("94 vụ án, 10/10 đơn vị", "Vụ án báo cáo bằng sơ đồ tư duy theo đơn vị") as c:
        series = ([before for before, _ in parts], [now for _, now in parts])
        charts.columns(c, BODY, SHORT, series, ("Năm 2025", "Năm 2026"), DECK)


def kinds(deck):
    rows: tuple[tuple[str, int], ...] = (
        ("Lừa đảo, lạm dụng tín nhiệm", 27),
        ("Ma túy", 18),
        ("Giết người, cố ý gây thương tích", 16),
    )
    rows += (("Kinh tế, tham nhũng, chức vụ", 14), ("Trộm cắp nhiều lần, nhiều bị can", 11), ("Dân sự, hành chính", 8))
    with deck.slide("Loại án nào được lập sơ đồ?", "Cơ cấu 94 vụ án năm 2026") as c:
        charts.ring(c, Box(BODY.x - 10, BODY.y, BODY.w, BODY.h), rows, DECK, centre=("94", "vụ án"))


def steps(deck):
    names = (
        ("Nhận hồ sơ số", "đủ bút lục, đúng tập"),
        ("Đọc, ghi ý", "mỗi ý một dòng"),
        ("Chọn loại sơ đồ", "theo thời gian hay theo vấn đề"),
        ("Dựng nhánh chính", "5 đến 9 nhánh"),
        ("Gắn bút lục", "ý nào cũng có số"),
        ("Tìm mâu thuẫn", "đặt hai lời khai cạnh nhau"),
        ("Đề xuất", "phương án, căn cứ"),
    )
    with deck.slide("Bảy bước lập sơ đồ", "Cách làm") as c:
        slot, y = BODY.w / 7, BODY.y + BODY.h / 2 + 72
        c.setStrokeColor(HexColor("#e0c3c6"))
        c.setLineWidth(6)
        c.line(BODY.x + slot / 2, y, BODY.x + BODY.w - slot / 2, y)
        for i, (head, text) in enumerate(names):
            x = BODY.x + slot * (i + 0.5)
            badge(c, x, y, str(i + 1), r=30, size=26, fill=RED if i != 4 else AMBER)
            bottom = block(c, x - slot / 2 + 4, y - 46, slot - 8, head, size=16, bold=True, align="c")
            block(c, x - slot / 2 + 4, bottom - 4, slot - 8, text, size=13.5, colour=GREY, align="c")
        note = "Bước 5 quyết định giá trị của sơ đồ: ý không có bút lục thì không được đưa vào báo cáo."
        panel(c, Box(BODY.x, BODY.y + 4, BODY.w, 54), fill="#fbf1e2", bar=AMBER)
        write(c, BODY.x + 30, BODY.y + 24, note, DECK, size=17, bold=True, colour="#7a4d0d")


def layers(deck):
    with deck.slide("Một vụ án, hai lớp sơ đồ", "Cách làm") as c:
        left, right = tiles(BODY, 2, 60)
        for box, head, colour, lines in (
            (
                left,
                "Lớp 1 · Diễn biến",
                SLATE,
                (
                    "Ai làm gì, khi nào, ở đâu",
                    "Thiệt hại của từng người",
                    "Quá trình tố tụng, thời hạn",
                    "Đọc từ trái sang phải, theo thời gian",
                ),
            ),
            (
                right,
                "Lớp 2 · Chứng cứ",
                RED,
                (
                    "Từng vấn đề phải chứng minh",
                    "Chứng cứ buộc tội, gỡ tội",
                    "Mâu thuẫn, phần còn thiếu",
                    "Đọc từ giữa ra ngoài, theo vấn đề",
                ),
            ),
        ):
            panel(c, box)
            c.setFillColor(HexColor(colour))
            c.roundRect(box.x, box.y + box.h - 64, box.w, 64, 10, stroke=0, fill=1)
            write(c, box.x + 26, box.y + box.h - 41, head, DECK, size=23, bold=True, colour="#ffffff")
            for k, line in enumerate(lines):
                y = box.y + box.h - 116 - k * 58
                badge(c, box.x + 40, y + 6, str(k + 1), r=14, size=13, fill=colour)
                write(c, box.x + 70, y, line, DECK, size=17.5)
        arrow(c, left.x + left.w + 8, BODY.y + BODY.h / 2 + 16, right.x - 8, BODY.y + BODY.h / 2 + 16, INK, 3)
        arrow(c, right.x - 8, BODY.y + BODY.h / 2 - 16, left.x + left.w + 8, BODY.y + BODY.h / 2 - 16, INK, 3)


def fifty(deck):
    parts = (
        ("Giới thiệu vụ án", 3, SLATE),
        ("Diễn biến (lớp 1)", 9, BLUE),
        ("Chứng cứ (lớp 2)", 14, RED),
        ("Hỏi, mở bút lục", 14, AMBER),
        ("Đề xuất", 4, PLUM),
        ("Kết luận chỉ đạo", 6, GREEN),
    )
    with deck.slide("Kịch bản 50 phút", "Phiên báo cáo án") as c:
        x, y, total = BODY.x, BODY.y + BODY.h - 110, sum(p[1] for p in parts)
        for _, minutes, colour in parts:
            wide = BODY.w * minutes / total
            c.setFillColor(HexColor(colour))
            c.rect(x, y, wide - 3, 84, stroke=0, fill=1)
            write(c, x + wide / 2, y + 32, str(minutes), DECK, size=28, bold=True, colour="#ffffff", align="c")
            x += wide
        for k, (name, minutes, colour) in enumerate(parts):
            column, row = k % 2, k // 2
            px, py = BODY.x + column * BODY.w / 2, y - 62 - row * 62
            badge(c, px + 20, py + 7, str(k + 1), fill=colour)
            write(c, px + 52, py, name, DECK, size=20, bold=True)
            write(c, px + BODY.w / 2 - 40, py, f"{minutes} phút", DECK, size=18, colour=GREY, align="r")


def rules(deck):
    rows = (
        ("Không đọc nguyên văn", "Người nghe đã có tài liệu từ ba ngày trước; chỉ nói điều cần quyết định."),
        ("Không nói điều không có bút lục", "Mỗi nhận định đi kèm số trang; được hỏi là mở được ngay."),
        ("Không giấu ý kiến khác", "Ý kiến bảo lưu của Kiểm sát viên được ghi thành một nhánh riêng, không bị ghi đè."),
    )
    with deck.slide("Nguyên tắc “ba không”", "Phiên báo cáo án") as c:
        for i, (head, text) in enumerate(rows):
            y = BODY.y + BODY.h - 118 * (i + 1)
            panel(c, Box(BODY.x, y, BODY.w, 100))
            badge(c, BODY.x + 56, y + 50, str(i + 1), r=28, size=24)
            write(c, BODY.x + 116, y + 56, head, DECK, size=23, bold=True)
            write(c, BODY.x + 116, y + 26, text, DECK, size=16.5, colour=GREY)


def results(deck):
    cells = (
        ("94", "vụ án báo cáo bằng sơ đồ tư duy, tăng 154%"),
        ("148.750", "trang bút lục đã số hóa"),
        ("6", "vụ án trả hồ sơ điều tra bổ sung, giảm 3 vụ"),
        ("0", "trường hợp đình chỉ vì không phạm tội"),
    )
    with deck.slide("Kết quả năm 2026", "Những con số biết nói") as c:
        top = Box(BODY.x, BODY.y + 150, BODY.w, BODY.h - 166)
        for k, (box, (big, small)) in enumerate(zip(tiles(top, 4), cells, strict=True)):
            figure(c, box, big, small, colour=(RED, RED, SLATE, GREEN)[k])
        panel(c, Box(BODY.x, BODY.y, BODY.w, 104), fill="#f9ecec", bar=RED)
        words = "“Trước đây tôi nghe báo cáo rồi mới đọc hồ sơ. Bây giờ tôi nghe báo cáo ngay trên hồ sơ.”"
        block(c, BODY.x + 34, BODY.y + 92, BODY.w - 60, words, size=20, bold=True, colour=INK)
        write(c, BODY.x + 34, BODY.y + 18, "Ý kiến tại hội nghị rút kinh nghiệm quý III", DECK, size=14, colour=GREY)


def hard(deck):
    rows = (
        ("Mất thời gian lập sơ đồ lần đầu", 64),
        ("Thiếu máy quét, máy tính cấu hình đủ mạnh", 52),
        ("Chưa quen thao tác trình chiếu", 41),
        ("Tài liệu mờ, khó quét", 33),
        ("Chưa có mẫu cho loại án của mình", 28),
    )
    with deck.slide("Vướng mắc của người làm", "Khảo sát 159 Kiểm sát viên, Kiểm tra viên (% ý kiến)") as c:
        charts.bars(c, BODY, rows, DECK, left=0.42, top=80, unit="%", marks=(0, 1))


def road(deck):
    marks = (
        ("12/2026", "Ban hành quy trình, mẫu"),
        ("01/2027", "Tập huấn tại chỗ 14 lớp"),
        ("02/2027", "Mỗi đơn vị 02 vụ án"),
        ("5/2027", "Thư viện 30 sơ đồ mẫu"),
        ("9/2027", "Hội thi cấp tỉnh"),
        ("11/2027", "188 vụ án trong năm"),
    )
    with deck.slide("Lộ trình năm 2027", "Đề xuất") as c:
        theme = charts.Theme("Sans", "Sans-Bold", 16.5, INK, GREY, "#e3e0da", DECK.palette)
        charts.road(c, Box(BODY.x, BODY.y + 90, BODY.w, BODY.h - 90), marks, theme)
        panel(c, Box(BODY.x, BODY.y, BODY.w, 76), bar=RED)
        write(c, BODY.x + 32, BODY.y + 44, "Đề nghị hội nghị:", DECK, size=17, bold=True, colour=RED)
        words = "thông qua chỉ tiêu 100% vụ án thuộc diện báo cáo lãnh đạo Viện được báo cáo bằng sơ đồ từ quý II/2027."
        write(c, BODY.x + 32, BODY.y + 18, words, DECK, size=15.5)


def thanks(deck):
    with deck.slide() as c:
        c.setFillColor(HexColor(WASH))
        c.rect(0, 0, W, H, stroke=0, fill=1)
        c.setFillColor(HexColor(RED))
        c.rect(0, 0, W, 14, stroke=0, fill=1)
        write(c, W / 2, H / 2 + 46, "Trân trọng cảm ơn!", DECK, size=50, bold=True, colour=RED, align="c")
        write(
            c,
            W / 2,
            H / 2 - 8,
            "Phòng 1, VKSND tỉnh Lạc Giang, sẵn sàng hướng dẫn trực tiếp tại đơn vị",
            DECK,
            size=18,
            align="c",
        )
        motto = "Công minh, chính trực, khách quan, thận trọng, khiêm tốn"
        write(c, W / 2, 64, motto, DECK, size=15, colour=GREY, align="c")

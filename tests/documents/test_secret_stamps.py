"""A paper whose own words have the stamp of a state secret is for the staff alone, from its first moment."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from meetingroom import log
from meetingroom.documents import secret_stamps
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.readers import SetReaders
from tests.documents import papers


def record(*lines, body: int = 20) -> dict:
    """A page of (text, x, y, size) in points, over a text of so many lines."""
    said = [*lines, *((papers.LINE, 60, 300 + 20 * n, 13) for n in range(body))]
    words = []
    for text, x, y, size in said:
        for word in text.split():
            wide = 0.55 * size * len(word)
            words.append({"text": word, "box": [x / A4[0], y / A4[1], wide / A4[0], size / A4[1]]})
            x += wide + size / 4
    return {"width": A4[0], "height": A4[1], "words": words}


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        ([("TỐI MẬT", 60, 90, 20)], "TỐI MẬT"),
        ([("MẬT", 60, 90, 13)], "MẬT"),  # typed, as small as the text
        ([("M Ậ T", 60, 90, 13)], "MẬT"),
        ([("MẬT", 60, 51, 18), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 250, 50, 13)], "MẬT"),
        ([("Mật", 60, 90, 20)], ""),
        ([("BẢO MẬT", 60, 90, 20)], ""),
        ([("Độ mật: MẬT", 60, 90, 13)], ""),
        ([("MẬT", 60, 500, 20)], ""),
        ([("MẬT", 60, 90, 13), ("TỐI MẬT", 200, 90, 13), ("TUYỆT MẬT", 350, 90, 13)], ""),  # the head of a table
    ],
)
def test_a_stamp_stands_alone_at_the_top(lines, meant):
    assert secret_stamps.find_printed(record(*lines)) == meant


def test_a_page_without_words_or_size_has_none():
    assert secret_stamps.find_printed({}) == secret_stamps.find_printed(record(body=0)) == ""


def test_a_printed_stamp_holds_the_paper_until_somebody_says_why_it_is_none(room, tmp_path):
    path = tmp_path / "bao-cao.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for number in (1, 2):
        canvas.setFont(papers.font(), 13)
        for line in range(30):
            canvas.drawString(60, 620 - line * 18, papers.LINE)
        if number == 2:
            canvas.setFont(papers.font(), 14)
            canvas.rect(52, 765, 80, 26)
            canvas.drawString(72, 773, "MẬT")
        canvas.showPage()
    canvas.save()
    document = room.paper(path)
    page = f"/documents/{document}/pages/1.webp"
    assert [room.get(name, page).status_code for name in ("mai", "em")] == [200, 404]
    warning = room.get("mai", f"/api/documents/{document}").get_json()["warnings"][0]
    assert (warning["code"], warning["page"], warning["detail"]) == ("secret_stamp", 2, "MẬT")
    with pytest.raises(Refused, match="held_for_stamp"):
        room.releases(document)
    room.does("mai", SetReaders(room.key(document), readers=("all",), reason="Mẫu dấu trong phụ lục, không mật"))
    assert room.get("em", page).status_code == 200
    assert log.state(room.pool, "m1").papers[room.key(document)].held == ""

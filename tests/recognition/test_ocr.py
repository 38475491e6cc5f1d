"""What tesseract says becomes words; stamps are told from everyday words."""

import unicodedata

import pytest

from meetingroom.documents import secret_stamps
from meetingroom.recognition import ocr
from meetingroom.recognition.ocr import Found


def row(text, conf: float | str = 90, line=1, word=1):
    return "\t".join(map(str, (5, 1, 1, 1, line, word, 10, 10, 40, 20, conf, text)))


def found(text, *, y=100, height=20, line=1, x=50, conf=90):
    """The words of a line, a little apart."""
    words = []
    for word in text.split():
        words.append(Found(word, conf, (x, y, 12 * len(word), height), (1, 1, line)))
        x += 12 * len(word) + 10
    return words


BODY = [word for n in range(5) for word in found("các đồng chí kiểm sát viên", y=500 + 30 * n, line=10 + n)]


def test_the_table_has_words_and_other_rows():
    table = "level\tpage_num\n4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n" + row("Viện", 96.4) + "\n" + row("kiểm", 88)
    words = ocr.read_table(table)
    assert [(word.text, word.conf, word.box, word.line) for word in words] == [
        ("Viện", 96, (10, 10, 40, 20), (1, 1, 1)),
        ("kiểm", 88, (10, 10, 40, 20), (1, 1, 1)),
    ]


def test_words_are_composed_and_dirt_is_left_out():
    decomposed = unicodedata.normalize("NFD", "Điều")
    table = "\n".join([row(decomposed, 20), row("|~", 29), row("|~", 31), row("12", 29), row(" ", 95), row("a", "x")])
    assert [word.text for word in ocr.read_table(table)] == ["Điều", "|~"]


def test_a_page_is_as_sure_as_its_letters():
    assert ocr.sureness([*found("dài-dài-dài", conf=90), *found("ng", conf=25)]) == 80
    assert ocr.sureness([]) == 0


def test_a_word_cut_at_the_end_of_a_line_is_found_whole_as_well():
    words = [*found("nghiệp vụ com-", line=1), *found("puter mới", line=2)]
    assert ocr.search_text(words) == "nghiệp vụ com- computer puter mới"
    assert ocr.search_text([*found("số 12-", line=1), *found("VKS", line=2)]) == "số 12- VKS"


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_stamp_stands_alone_large_and_at_the_top(stamp):
    assert secret_stamps.find_stamp([*found(stamp, height=34), *BODY], 1000) == stamp


@pytest.mark.parametrize(("read", "meant"), [("TÓI MẶT", "TỐI MẬT"), ("|TUYỆT MAT|", "TUYỆT MẬT"), ("MẬT.", "MẬT")])
def test_marks_and_frames_that_were_misread_hide_no_stamp(read, meant):
    assert secret_stamps.find_stamp([*found(read, height=34), *BODY], 1000) == meant


def test_a_stamp_beside_the_name_of_the_state_stands_alone():
    beside = [*found("MẬT", height=34), *found("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", x=400)]
    assert secret_stamps.find_stamp([*beside, *BODY], 1000) == "MẬT"


@pytest.mark.parametrize(
    "words",
    [
        found("BẢO MẬT", height=34),
        found("BÍ MẬT NHÀ NƯỚC", height=34),
        found("Tối mật", height=34),
        found("MẶT TRẬN", height=34),
        found("TỐI MẬT", height=22),
        found("TỐI MẬT", height=34, y=600),
    ],
)
def test_everyday_words_are_no_stamp(words):
    assert secret_stamps.find_stamp([*words, *BODY], 1000) == ""


def test_a_red_stamp_is_measured_by_the_words_of_the_page():
    assert secret_stamps.find_stamp(found("MẠT", height=34), 1000, BODY) == "MẬT"
    assert secret_stamps.find_stamp(found("MẬT", height=20), 1000, BODY) == ""

"""What a text cites of a case file: every form that is used, and none where nothing is cited."""

import random
import time
import unicodedata

import pytest

from meetingroom.cases.citation import parse


def read(text: str, *, field: bool = False) -> str:
    """In short: "vol. 3: 84–86", "VKS: 3"; what is only read so is marked with ~, what is reversed with !."""
    said = []
    for each in parse(text, field=field):
        marks = "~" * any(s.guessed for s in each.spans) + "!" * any(s.reversed for s in each.spans)
        where = f"vol. {each.volume}: " if each.volume else ""
        said.append(f"{each.numbering + ': ' if each.numbering else ''}{where}{each}{marks}")
    return " · ".join(said)


ROWS = {
    "(BL 15)": "15",
    "B.L 15": "15",
    "BL.15": "15",
    "but luc 15": "15",
    "BL 15-17": "15–17",
    "BL: 15-17": "15–17",
    "BL 15, 88, 201-206": "15, 88, 201–206",
    "bút lục số 15 đến 17": "15–17",
    "Bút lục từ số 15 đến số 17": "15–17",
    "BL từ 101 đến BL 110": "101–110",
    "các BL 101, 102 và 105": "101, 102, 105",
    "BL01; 03; 05–07": "1, 3, 5–7",
    "BL số: 27 – 29; 33": "27–29, 33",
    "BL 15, BL 16 và BL 18": "15, 16, 18",
    "BL 12a": "12a",
    "BL 45 bis, 46": "45bis, 46",
    "BL 12a-12c": "12a–12c",
    "BL 12 (mặt sau)": "12 (mặt sau)",
    "BL 121 ↔ 133": "121 ↔ 133",
    "BL 92 ↔ 168, 187": "92 ↔ 168, 187",
    "tập 3, BL 84-86": "vol. 3: 84–86",
    "BL 84-86 (tập 3)": "vol. 3: 84–86",
    "T3: BL 84": "vol. 3: 84",
    "Tập III, BL 84": "vol. 3: 84",
    "BL 15; tập 2: BL 41": "15 · vol. 2: 41",
    "BL-VKS 3": "VKS: 3",
    "bút lục của VKS 3": "VKS: 3",
    "BL CQĐT 15-17": "CQĐT: 15–17",
    "BL 1.234": "1234",
    "BL 12.1": "12.1",
    "BL 12/1": "12/1",
    "BL 201-6": "201–206~",
    "BL 17-15": "17–15!",
    "BL 322, 200 tr": "322",
    "BL 15 và 03 bị hại": "15",
    "BL 15, 12/11/2025": "15",
    "BL 15 đến nay": "15",
    "Điều 174 BLHS": "",
    "BLTTHS 2015": "",
    "BL không có số": "",
    "KLGĐ (BL 285-290), sao kê (BL 301–330)": "285–290 · 301–330",
    "điểm a khoản 4 Điều 174 BLHS (BL 84)": "84",
}
FIELDS = {
    "225 (chỉ có đối chất A–E)": "225",
    "–": "",
    "": "",
    "84-86, 152": "84–86, 152",
    "121 ↔ 133": "121 ↔ 133",
    "92 ↔ 168, 187": "92 ↔ 168, 187",
    "171, 470-472": "171, 470–472",
    "T3: 84-86; T4: 152": "vol. 3: 84–86 · vol. 4: 152",
    "VKS 3": "VKS: 3",
    "225 (chỉ có đối chất A–E), 230": "225, 230",
    "3": "3",
}
MORE = {
    "BL [15]": "15",
    "BL 15, số 12/QĐ-VKS": "15",
    "BL 15, 14h30 cùng ngày": "15",
    "BL 15, 14:30": "15",
    "BL 15, 2,5 triệu đồng": "15",
    "BL 15, 1.950 tr": "15",
    "BL 15, 1.400.000 đồng": "15",
    "BL 15 và 16 thể hiện rõ": "15, 16",
    "BL 15, 01/2025": "15",
    "BL 12/11/2025": "",
    "BL 123456": "",
    "BL 0": "",
    "BL 285-90": "285–290~",
    "BL 12a-c": "12a–12c~",
    "BL 101 - BL 110": "101–110",
    "BL 15 - Bản cung số 2": "15",
    "BL 15, tập 2: BL 41": "15 · vol. 2: 41",
    "BL 15 (tập 3), BL 16 (tập 4)": "vol. 3: 15 · vol. 4: 16",
    "bl 125": "125",
    "BÚT LỤC 125": "125",
    "BL 121 <-> BL 133": "121 ↔ 133",
    "BL 15;\n2. Về tội danh": "15",
    "KSBL 15": "",
    "BL 15, BL-VKS 3": "15 · VKS: 3",
    "BL tập 3: 84": "vol. 3: 84",
    "BL 20%": "",
    "hồ sơ có 482 bút lục, 08 tập": "",
    "BL 84.": "84",
    "BL 1,2,3": "1, 2, 3",
    "BL 15 (mặt trước), 16": "15, 16",
}


@pytest.mark.parametrize("text", ROWS)
def test_what_is_cited_in_a_text(text):
    assert read(text) == ROWS[text]


@pytest.mark.parametrize("text", ROWS)
def test_the_same_is_read_in_a_field(text):
    assert read(text, field=True) == ROWS[text]


@pytest.mark.parametrize("text", FIELDS)
def test_a_field_needs_no_lead(text):
    assert read(text, field=True) == FIELDS[text]


@pytest.mark.parametrize("text", MORE)
def test_a_list_ends_before_what_is_something_else(text):
    assert read(text) == MORE[text]


@pytest.mark.parametrize("text", [*FIELDS, "03 bị hại", "12/11/2025", "2150 tr", "4 Điều 174", "15 khai rằng", "số 5"])
def test_a_text_without_the_lead_cites_nothing(text):
    assert read(text) == ""


@pytest.mark.parametrize("text", ["03 bị hại", "12/11/2025", "2150 tr", "4 Điều 174", "15 khai rằng", "Lê Thị C"])
def test_a_field_with_a_sentence_cites_nothing(text):
    assert read(text, field=True) == ""


@pytest.mark.parametrize("text", [*ROWS, *MORE])
def test_decomposed_letters_are_read_alike_and_given_back_as_typed(text):
    typed = unicodedata.normalize("NFD", f"Lời khai: {text}")
    assert read(typed) == (ROWS | MORE)[text]
    for each in parse(typed):
        assert typed[each.start : each.end] == each.text


def test_the_text_is_given_as_it_was_typed():
    (found,) = parse("xem tập 3, BL  84 – 86 và lời khai")
    assert found.text == "tập 3, BL  84 – 86"


PIECES = [
    "BL", " ", "15", "-", "–", ",", ";", "và", "tập", "3", ":", "(", ")", "a", "bis", "↔", "<->", ".", "/", "đến", "số",
    "VKS", "\n", "của", "mặt sau", "tr", "2025", "bút lục", "́", "T", "III", "0", "99999", "x", "﻿", "١",
]  # fmt: skip


def test_nothing_that_can_be_typed_raises():
    chance = random.Random(7)
    for _ in range(3000):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(30)))
        for field in (False, True):
            for each in parse(text, field=field):
                assert each.spans
                assert text[each.start : each.end] == each.text


def test_free_text_without_a_lead_finds_nothing_whatever_it_says():
    chance = random.Random(8)
    without = [each for each in PIECES if each not in ("BL", "bút lục")]
    for _ in range(2000):
        assert parse("".join(chance.choice(without) for _ in range(40))) == []


@pytest.mark.parametrize(
    "piece", [*PIECES, "BL 1", "BL 1,", "1,", "tập 3 ", "BL " * 3, "1-", "1.", "T1: ", "( ", "BL - "]
)
def test_ten_thousand_letters_take_no_time(piece):
    text = (piece * 10_000)[:10_000]
    for said in (text, f"BL {text}"):
        started = time.process_time()
        parse(said, field=True)
        assert time.process_time() - started < 1

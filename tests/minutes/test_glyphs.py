"""No character vanishes from an official document, and nothing runs off its paper."""

import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.pdf import attendance_pdf, minutes_pdf
from meetingroom.minutes.rich import Run, plain_of
from meetingroom.minutes.rich_pdf import portions
from meetingroom.printing import glyphs, page_format, page_layout, typefaces
from meetingroom.printing.letterhead import Letterhead
from tests.minutes.story import MINUTES as SMALL

SAME = "☐ ☑ ☒ ✓ ✗ ⇒ → ➢ ★ ℃ Ⅰ ⅩⅡ ① ⑩ ❖ № ≤ ½ 👍 ✅ 😀 “” – … ₫ Đ ế ợ"
LIKE = {"15\u201120": "15-20", "Ａ１": "A1", "⑳": "(20)", "ﬁ": "fi", "e\u0302\u0301": "ế", "㎡": "m2"}
WORD = {"\uf0fc": "✓", "\uf0fe": "☑", "\uf0a8": "◻", "\uf0d8": "➢", "\uf0b7": "•", "\uf0e0": "→",
        "\uf0ab": "★", "\uf099": "▪"}  # fmt: skip


def test_what_nothing_may_hold_up_names_the_letter_that_no_face_has():
    assert glyphs.printed("Ông 漢 & ✓") == "Ông [U+6F22] & ✓"
    assert glyphs.marked_up("VKSND A & B <1>\n✓ 漢") == (
        f'VKSND A &amp; B &lt;1&gt;<br/><font name="{glyphs.face_of("✓")}">✓</font> [U+6F22]'
    )


def with_text(text: str):
    return replace(SMALL, title=text[:80] or "x", opening=(text,))


def pages(pdf: bytes):
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return [document[n] for n in range(len(document))]


def text_of_docx(file: bytes) -> str:
    return unescape(zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()).replace("\xa0", " ")


def text_of(pdf: bytes) -> str:
    return (
        "\n".join(page.get_textpage().get_text_range() for page in pages(pdf))
        .replace("\r\n", "\n")
        .replace("\xa0", " ")
    )


def outside(pdf: bytes) -> list[str]:
    """Characters whose boxes leave the paper's margins."""
    found = []
    for page in pages(pdf):
        layer = page.get_textpage()
        for n in range(layer.count_chars()):
            left, bottom, right, top = layer.get_charbox(n, loose=False)
            inside = (
                left >= page_layout.paper().left - 1
                and right <= page_format.WIDTH - page_layout.paper().right + 1
                and bottom >= page_layout.paper().bottom - 6
            )
            if (
                right > left and not inside and top < page_format.HEIGHT - page_layout.paper().top + 2
            ):  # but for the number of the page
                found.append(layer.get_text_range(n, 1))
    return [letter for letter in found if not letter.isspace()]  # a space stands behind the last word of a line


@pytest.mark.parametrize("sign", [sign for sign in SAME.split() if ord(sign[0]) < 0x10000])
def test_a_sign_is_drawn_as_it_is(sign):
    assert sign in text_of(minutes_pdf(with_text(f"Ghi: {sign} hết")))
    assert glyphs.unprintable(sign) == ""


@pytest.mark.parametrize("emoji", ["👍", "😀", "🎉", "✅"])
def test_an_emoji_from_a_telephone_is_drawn_in_black(emoji):
    assert glyphs.unprintable(emoji) == ""
    [drawn] = [part for face, part in glyphs.runs(f"Nhất trí {emoji}", typefaces.REGULAR) if face != typefaces.REGULAR]
    assert drawn == emoji
    assert outside(minutes_pdf(with_text(f"Nhất trí {emoji}"))) == []


@pytest.mark.parametrize(("written", "printed"), LIKE.items())
def test_what_has_no_glyph_is_drawn_as_what_means_the_same(written, printed):
    assert f"từ {printed} tháng" in text_of(minutes_pdf(with_text(f"từ {written} tháng")))


@pytest.mark.parametrize(("written", "printed"), WORD.items())
def test_the_marks_that_word_writes_in_letters_of_its_own_are_marks(written, printed):
    assert f"{printed} Việc" in text_of(minutes_pdf(with_text(f"{written} Việc")))
    assert f"{printed} Việc" in text_of_docx(minutes_docx(with_text(f"{written} Việc")))


def test_what_cannot_be_printed_is_named_and_no_document_is_made_with_a_hole():
    with pytest.raises(glyphs.NoGlyph, match="漢字"):
        minutes_pdf(with_text("Ông 漢字 phát biểu 漢"))
    with pytest.raises(glyphs.NoGlyph):
        attendance_pdf(replace(SMALL, people=(replace(SMALL.people[0], name="漢"), *SMALL.people[1:])))
    assert "漢字" in text_of_docx(
        minutes_docx(with_text("Ông 漢字 phát biểu"))
    )  # a word processor has faces of its own


def test_controls_and_halves_of_characters_are_in_no_file():
    text = "a\x00b\x0bc\ufffed\u202ee\u200bf"
    assert "abcdef" in text_of(minutes_pdf(with_text(text)))
    assert "abcdef" in text_of_docx(minutes_docx(with_text(text)))


@pytest.mark.parametrize("n", [1, 12, 55, 60, 500])
def test_any_number_of_recipients_is_printed(n):
    minutes = replace(SMALL, recipients=tuple(f"Nơi nhận {k}" for k in range(n)))
    file = minutes_pdf(minutes)
    assert text_of(file).count("- Nơi nhận ") == n
    assert outside(file) == []


LONG = "Viện kiểm sát nhân dân tối cao (Vụ kiểm sát và giải quyết đơn khiếu nại, tố cáo trong hoạt động tư pháp; Vụ 12)"


@pytest.mark.parametrize("text", [LONG, "W" * 500, "123456789" * 40, "a\xa0b" * 100, "👍" * 200, "①" * 200, "ế" * 300])
def test_whatever_is_long_is_wrapped(text):
    people = (replace(SMALL.people[0], name=text[:100], title=text[:150], unit=text[:200], reason=text),
              *SMALL.people[1:])  # fmt: skip
    letterhead = Letterhead(text[:200], text[:200], short="VKS", number=text[:60], symbol="BB-VKS")
    chair = people[0]
    minutes = replace(
        SMALL, title=text, opening=(text,), recipients=(text[:200], "Lưu"), people=people, letterhead=letterhead,
        place=text, chair=chair, secretary=chair,
    )  # fmt: skip
    assert outside(minutes_pdf(minutes)) == []
    assert outside(attendance_pdf(minutes)) == []


def test_two_agencies_with_names_as_long_as_can_be_typed_go_on_on_the_next_page():
    minutes = replace(SMALL, letterhead=Letterhead("W" * 500, "W" * 500, number="9" * 60))
    assert outside(minutes_pdf(minutes)) == []
    assert text_of(minutes_pdf(minutes)).count("W") >= 1000


def test_marks_without_a_letter_push_nothing_over_the_margin():
    marks = "\u0323" * 61
    assert outside(minutes_pdf(with_text(f"lk, {marks} ({'➢' * 151}; đồng chí {marks} dự thay"))) == []


def test_an_emoji_is_copied_and_found_as_the_character_it_is():
    assert "nhất trí 👍 😀" in text_of(minutes_pdf(with_text("nhất trí 👍 😀")))


@pytest.mark.parametrize("text", ["x" * 60_000, "từ ☑ 15-20 " * 4_000], ids=["one word", "words and signs"])
def test_the_longest_paragraph_is_whole_and_in_parts_of_two_pages(text):
    """ReportLab breaks what is left of a paragraph anew on every page: half a minute for a hundred thousand letters."""
    parts = [plain_of(part) for part in portions((Run(text),))]
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert max(map(len, parts)) <= 5000
    assert text_of(minutes_pdf(replace(SMALL, opening=(text,)))).count(text[0]) >= text.count(text[0])


def test_a_row_higher_than_a_page_stays_on_its_pages():
    person = replace(SMALL.people[0], name="x", title="👍" * 445, unit="Ã", state="excused", reason="👍" * 445)
    assert outside(attendance_pdf(replace(SMALL, people=(person,) * 12))) == []


def test_a_paragraph_and_a_cell_longer_than_a_page_are_split():
    long = "Đồng chí phát biểu về nhiều việc. " * 900
    people = (replace(SMALL.people[0], state="excused", reason="bận việc gia đình, " * 400), *SMALL.people[1:])
    minutes = replace(SMALL, opening=(long,), people=people)
    for file in (minutes_pdf(minutes), attendance_pdf(minutes)):
        assert len(pages(file)) > 1
        assert outside(file) == []


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=TEXTS, note=TEXTS, recipient=TEXTS, name=TEXTS)
def test_any_text_is_printed_inside_the_margins_or_named(title, note, recipient, name):
    people = (replace(SMALL.people[0], name=name), *SMALL.people[1:])
    minutes = replace(SMALL, title=title, opening=(note,), recipients=(recipient, "Lưu"), people=people)
    assert minutes_docx(minutes)
    if missing := glyphs.unprintable(minutes):
        with pytest.raises(glyphs.NoGlyph, match=re.escape(missing)):
            minutes_pdf(minutes)
    else:
        assert outside(minutes_pdf(minutes)) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_runs_are_the_text_and_each_face_has_its_letters(text):
    fitted = glyphs.fit_text(text)
    runs = glyphs.runs(fitted, typefaces.BOLD)
    assert "".join(part for _, part in runs) == fitted
    for face, part in runs:
        if face != typefaces.BOLD:
            assert all(ord(letter) in glyphs.glyphs(face) for letter in part)


@pytest.mark.parametrize(
    ("written", "bound"),
    [
        ("04 giờ 22", "04\xa0giờ\xa022"), ("ngày 05 tháng 01 năm 2026", "ngày\xa005\xa0tháng\xa001\xa0năm\xa02026"),
        ("VKSND khu vực 4", "VKSND khu\xa0vực\xa04"), ("khoản 2 Điều 5", "khoản\xa02 Điều\xa05"),
        ("điểm a) khoản 1", "điểm\xa0a) khoản\xa01"), ("62,5 %", "62,5\xa0%"), ("Phòng 9 và 10", "Phòng\xa09 và 10"),
        ("05 đại biểu", "05\xa0đại biểu"), ("ngày mai", "ngày mai"), ("năm nay", "năm nay"),
    ],
)  # fmt: skip
def test_no_line_ends_between_a_number_and_its_word(written, bound):
    assert page_layout.bound_text(written) == bound

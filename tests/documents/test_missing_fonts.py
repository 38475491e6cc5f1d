"""A paper asks for a face that this server has not: who owns it is told its name."""

import pytest
from docx import Document
from docx.oxml.ns import qn

from meetingroom.documents import missing_fonts, office
from meetingroom.documents.kinds import KINDS
from tests.documents import papers
from tests.documents.saving import saved_as
from tests.documents.test_office_shows import Shown

LETTERS = "àảãáạằẳẵắặăầẩẫấậâèẻẽéẹềểễếệêìỉĩíịòỏõóọồổỗốộôờởỡớợơùủũúụừửữứựưỳỷỹýỵđ"


def said(path, *pairs):
    """What fontconfig writes of (asked, given)."""
    lines = [
        f'Match Pattern has 28 elts (size 32)\n\tfamily: "{asked}"(s) "DejaVu Sans"(w)\n\tslant: 0(i)(s)\n\n'
        f'Best score 0 0\nPattern has 9 elts (size 16)\n\tfamily: "{given}"(w)\n\tstyle: "Regular"(w)\n\n'
        for asked, given in pairs
    ]
    path.write_text("".join(lines))
    return path


def written(path, *faces, words="Viện kiểm sát"):
    document = Document()
    for face in faces:
        run = document.add_paragraph().add_run(words)
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:ascii", "w:hAnsi"):
            fonts.set(qn(name), face)
    document.save(str(path))
    return path


def missing(tmp_path, *pairs, ending="docx"):
    path = written(tmp_path / f"a.{ending}", *(asked for asked, _ in pairs))
    return missing_fonts.missing_faces(said(tmp_path / "said", *pairs), path, KINDS[ending])


def test_a_face_is_missing_where_nothing_with_its_measures_stands_in(tmp_path):
    pairs = [
        ("Times New Roman", "Liberation Serif"),
        ("Arial", "Arimo"),
        ("Calibri", "Carlito"),
        ("Noto Sans", "Noto Sans"),
        ("Aptos", "Noto Sans"),
        ("Georgia", "Noto Serif"),
        ("Aptos", "Noto Sans"),
    ]
    assert missing(tmp_path, *pairs) == ["Aptos", "Georgia"]
    assert missing(tmp_path, ("Calibri", "DejaVu Sans")) == ["Calibri"]


def test_signs_old_letters_and_faces_of_east_asia_are_no_missing_faces(tmp_path):
    names = ("Wingdings", ".VnTime", "VNI-Times", "MS Mincho", "Yu Gothic", "思源宋体")
    assert missing(tmp_path, *((name, "Noto Sans") for name in names)) == []
    assert missing(tmp_path, ("Century Gothic", "Noto Sans")) == ["Century Gothic"]


def test_what_only_libreoffice_asks_for_or_a_template_lists_is_not_told(tmp_path):
    path = papers.docx(tmp_path / "a.docx", paragraphs=1)  # its template lists Cambria
    asked = said(tmp_path / "said", ("Segoe UI", "Noto Sans"), ("Cambria", "Liberation Serif"), ("Aptos", "Noto Sans"))
    assert missing_fonts.missing_faces(asked, path, KINDS["docx"]) == []
    assert missing(tmp_path, ("Cambria", "Liberation Serif")) == ["Cambria"]


def test_of_very_many_faces_some_are_told(tmp_path):
    pairs = [(f"Face {n}", "Noto Sans") for n in range(100, 400)]
    assert len(missing(tmp_path, *pairs)) == missing_fonts.MOST
    assert missing_fonts.missing_faces(tmp_path / "nothing", tmp_path / "a.docx", KINDS["docx"]) == []


@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["docx", "doc", "rtf", "odt"])
def test_the_owner_is_told_the_name_of_each_missing_face_and_no_letter_is_lost(tmp_path, ending):
    faces = ("Times New Roman", "UTM Avo", "Arial", "Face of Nobody", "Calibri Light")
    path = written(tmp_path / "a.docx", *faces, words=LETTERS)
    shown = Shown(path if ending == "docx" else saved_as(path, ending, tmp_path), tmp_path)
    named = [line["detail"] for line in shown.warnings if line["code"] == "font_missing"]
    assert [name for name in named if name != "Calibri Light"] == ["UTM Avo", "Face of Nobody"]
    assert shown.words.replace(" ", "") == LETTERS * len(faces)

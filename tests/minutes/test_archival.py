"""The PDF that is kept for good: PDF/A-2b, tagged, in its language; said by validators that are not ours."""

import subprocess
from io import BytesIO
from unittest import mock

import pdfua
import pikepdf
import pytest

from meetingroom.minutes.pdf import attendance_pdf, minutes_pdf
from meetingroom.printing import archival
from tests.minutes.story import long_minutes
from tests.minutes.test_rich_files import TEXT, with_text

JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "jaxb-api", "javax.activation")
TABLE = f"<table><tr><th>Cột A<th>Cột B{'<tr><td>dòng<td>chữ' * 80}</table>"
DOCUMENTS = {
    "minutes": lambda: minutes_pdf(with_text(TEXT + TABLE)),
    "list": lambda: attendance_pdf(with_text("")),
    "twenty pages": lambda: minutes_pdf(long_minutes(20)),
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_screen_reader_finds_its_way(document, tmp_path):
    file = tmp_path / "document.pdf"
    file.write_bytes(DOCUMENTS[document]())
    found = pdfua.validate(file).findings
    assert [str(finding) for finding in found if finding.severity is pdfua.Severity.ERROR] == []


def test_an_independent_validator_finds_nothing_against_the_archive(tmp_path):
    """Preflight knows PDF/A-1b: the same document as a file of that part."""
    finish, file = archival.finish, tmp_path / "minutes.pdf"
    with mock.patch.object(archival, "finish", lambda *args: finish(*args, part=1)):
        file.write_bytes(DOCUMENTS["minutes"]())
    jars = ":".join(f"/usr/share/java/{name}.jar" for name in JARS)
    command = ["java", "-cp", jars, "org.apache.pdfbox.preflight.Validator_A1b", str(file)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "is a valid PDF/A-1b file" in run.stdout, run.stdout + run.stderr


def test_the_structure_is_headings_paragraphs_and_tables_in_the_order_of_reading(tmp_path):
    file = tmp_path / "minutes.pdf"
    file.write_bytes(DOCUMENTS["minutes"]())
    tree = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, text=True, check=True).stdout
    texts = " ".join(line.strip().strip('"') for line in tree.splitlines())
    for line in ("H1 (block) BIÊN BẢN", "H2 (block) 2. Báo cáo tổng kết", "H3 (block) Ý kiến", "TH: /Scope /Column"):
        assert line in texts, line
    assert "Nhất trí cao với dự thảo; riêng Phòng 1 bổ sung." in texts.replace("\xa0", " ")
    assert texts.count("Cột A") == 1  # a head that is repeated is said once
    assert tree.index("Báo cáo tổng kết") < tree.index("Ý kiến") < tree.index("THƯ KÝ")


def test_lines_of_a_paragraph_do_not_grow_together(tmp_path):
    file = tmp_path / "minutes.pdf"
    file.write_bytes(minutes_pdf(with_text("<p>" + "kế hoạch " * 60 + "</p>")))
    tree = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, text=True, check=True).stdout
    assert "hoạchkế" not in tree


def test_what_the_file_says_of_itself():
    with pikepdf.open(BytesIO(DOCUMENTS["minutes"]())) as pdf:
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        fonts = [font for page in pdf.pages for font in page.resources.Font.values()]
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_the_same_minutes_give_the_same_bytes():
    assert DOCUMENTS["minutes"]() == DOCUMENTS["minutes"]()

"""The copy LibreOffice gets: what is changed in it, and that no file keeps the worker busy for ever."""

import io

import pytest

from meetingroom.documents import opc, saved_fields
from tests.documents import papers

MUCH = 3_000_000


def through(rule, data: bytes) -> bytes:
    return b"".join(saved_fields.change_parts(io.BytesIO(data), rule))


@pytest.mark.parametrize(
    ("rule", "hostile"),
    [
        (saved_fields.WordRule, b"<w:instrText "),
        (saved_fields.WordRule, b"<w:fldSimple instr="),
        (saved_fields.SlideRule, b'<a:fld type="datetime">'),
        (saved_fields.SlideRule, b"<a:fld "),
        (saved_fields.SheetRule, b"<f "),
        (saved_fields.SheetRule, b"<f>TODAY("),
        (saved_fields.SheetRule, b"<f>TODAY()</f>"),
        (saved_fields.OpenRule, b' table:formula="'),
        (saved_fields.OpenRule, b"<text:date "),
        (saved_fields.OpenRule, b' table:formula="TODAY('),
        (saved_fields.RichRule, b"\\fldinst\\a\\a"),
        (saved_fields.RichRule, b"\\fldinst{ "),
    ],
)
def test_pieces_that_never_end_keep_nobody_busy(rule, hostile):
    data = hostile * (MUCH // len(hostile))
    assert len(through(rule(), data)) <= len(data)


def test_what_lies_across_two_pieces_is_changed_as_well(monkeypatch):
    monkeypatch.setattr(saved_fields, "PIECE", 7)
    data = b"<w:p><w:instrText> DATE </w:instrText></w:p>" * 20
    assert through(saved_fields.WordRule(), data).count(b"AS_SAVED") == 20


def test_lists_of_names_that_never_end_are_read_soon(tmp_path):
    import zipfile

    path = papers.docx(tmp_path / "a.docx", paragraphs=1)
    kept = {
        **papers.entries(path),
        "_rels/.rels": b"<Relationship " * (MUCH // 14),
        "[Content_Types].xml": b"PartName='" * (MUCH // 10),
    }
    with zipfile.ZipFile(papers.zipped(path, kept)) as archive:
        assert opc.restore_names(archive) == {}

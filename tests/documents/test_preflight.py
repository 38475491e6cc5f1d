"""Every file that is refused before anything opens it, and the honest ones that must not be."""

import contextlib
import random
import zipfile

import pytest

from meetingroom.documents import default_password, preflight
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.kinds import KINDS
from tests.documents import papers


def refusal(deed, *args) -> str:
    with pytest.raises(FileRejected) as caught:
        deed(*args)
    return caught.value.code


def looked_at(path):
    """At the door and in the worker."""
    preflight.inspect(path, preflight.inspect_quickly(path, path.name))


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (papers.pdf, "báo cáo.pdf"),
        (papers.jpeg, "ảnh.JPG"),
        (papers.docx, "a.docx"),
        (papers.xlsx, "a.xlsx"),
        (papers.odt, "a.odt"),
        (papers.rtf, "a.rtf"),
        (papers.owner_locked_pdf, "a.pdf"),
    ],
)
def test_honest_files_pass(tmp_path, make, name):
    looked_at(make(tmp_path / name))


def test_old_word_files_pass(tmp_path):
    looked_at(papers.ole(tmp_path / "a.doc", ["1Table", "WordDocument"]))


def test_the_name_is_found_in_a_later_sector_of_the_directory(tmp_path):
    looked_at(papers.ole(tmp_path / "a.doc", [f"Stream {n}" for n in range(20)] + ["WordDocument"]))


def test_an_old_file_whose_directory_lies_far_behind_passes(tmp_path):
    """Above 7.1 MB the header has no room for all of the allocation table."""
    path = papers.ole(tmp_path / "a.ppt", ["PowerPoint Document"], far=True)
    assert path.stat().st_size > 7_100_000
    looked_at(path)


@pytest.mark.parametrize(("name", "stream"), [("a.doc", "WORDDOCUMENT"), ("a.xls", "WORKBOOK"), ("a.xls", "BOOK")])
def test_the_streams_of_old_files_may_be_named_in_capitals(tmp_path, name, stream):
    looked_at(papers.ole(tmp_path / name, [stream]))


@pytest.mark.parametrize(
    ("make", "main"),
    [(papers.docx, "word/document"), (papers.xlsx, "xl/workbook")],
)
def test_the_main_part_may_have_another_name(tmp_path, make, main):
    """Word on the web writes word/document2.xml; what is the main part is said in [Content_Types].xml."""
    path = make(tmp_path / f"a.{make.__name__}")
    looked_at(papers.renamed(path, f"{main}.xml", f"{main}2.xml"))


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase, lambda name: f"/{name}"])
def test_names_inside_may_be_spelled_otherwise(tmp_path, change):
    path = papers.docx(tmp_path / "a.docx", paragraphs=1)
    looked_at(papers.zipped(path, {change(name): data for name, data in papers.entries(path).items()}))


def test_white_paper_scanned_as_a_bitmap_is_no_bomb(tmp_path):
    path = papers.docx(tmp_path / "a.docx", paragraphs=1)
    kept = papers.entries(path)
    looked_at(papers.zipped(path, {**kept, "word/media/image1.bmp": papers.white_bitmap()}))


def test_white_bitmaps_without_end_are_a_bomb(tmp_path):
    path = papers.docx(tmp_path / "a.docx", paragraphs=1)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for n in range(7):
            papers.add_repeated(archive, f"word/media/image{n}.bmp", bytes(1_000_000), 100)
    assert refusal(looked_at, path) == "bomb"


@pytest.mark.parametrize(
    ("make", "name", "ending"),
    [
        (papers.rtf, "a.doc", "rtf"),
        (papers.docx, "a.doc", "docx"),
        (papers.xlsx, "a.xls", "xlsx"),
        (lambda path: papers.ole(path, ["WordDocument"]), "a.docx", "doc"),
        (papers.jpeg, "a.png", "jpg"),
        (papers.jpeg, "IMG_0001.HEIC", "jpg"),
        (papers.heic, "a.jpg", "heic"),
        (papers.rtf, "a.txt", "rtf"),
        (papers.jpeg, "a.jfif", "jfif"),
    ],
)
def test_what_every_program_opens_under_a_sibling_s_name_is_taken_for_what_it_is(tmp_path, make, name, ending):
    path = make(tmp_path / name)
    kind = preflight.inspect_quickly(path, name)
    preflight.inspect(path, kind)
    assert kind.ending == ending


def test_a_pdf_may_begin_some_bytes_late(tmp_path):
    path = papers.pdf(tmp_path / "a.pdf")
    path.write_bytes(b"\xef\xbb\xbf\r\n" + path.read_bytes())
    looked_at(path)


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a", "pdf", "a.pdf.exe", "a.docm"])
def test_other_kinds_are_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7 whatever")
    assert refusal(preflight.inspect_quickly, path, name) == "unsupported_type"


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("a.XLSM", "xlsx"),
        ("a.xlsb", "xlsx"),
        ("a.ppsx", "pptx"),
        ("a.pptm", "pptx"),
        ("a.potx", "pptx"),
        ("a.dotx", "docx"),
    ],
)
def test_macros_templates_and_shows_are_told_what_to_be_saved_as(tmp_path, name, instead):
    papers.random_bytes(tmp_path / name)
    with pytest.raises(FileRejected) as caught:
        preflight.inspect_quickly(tmp_path / name, name)
    assert (caught.value.code, caught.value.details["save_as"]) == ("unsupported_type", instead)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.png"])
def test_an_empty_file_is_refused(tmp_path, name):
    (tmp_path / name).touch()
    assert refusal(preflight.inspect_quickly, tmp_path / name, name) == "empty_file"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.pptx", "a.xls", "a.png", "a.jpg", "a.rtf"])
def test_random_bytes_under_any_name_are_refused(tmp_path, name):
    assert refusal(looked_at, papers.random_bytes(tmp_path / name)) == "disguised"


def test_a_web_page_called_pdf_is_refused(tmp_path):
    (tmp_path / "a.pdf").write_text("<html><img src='http://example.org/'></html>" * 50)
    assert refusal(looked_at, tmp_path / "a.pdf") == "disguised"


def test_a_workbook_called_docx_is_refused(tmp_path):
    assert refusal(looked_at, papers.xlsx(tmp_path / "a.docx")) == "disguised"


def test_an_old_workbook_called_doc_is_refused(tmp_path):
    assert refusal(looked_at, papers.ole(tmp_path / "a.doc", ["Workbook"])) == "disguised"


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.xlsx"])
def test_an_office_file_with_a_password_is_told_at_the_door(tmp_path, name):
    assert refusal(preflight.inspect_quickly, papers.encrypted_office(tmp_path / name), name) == "encrypted"


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_a_workbook_that_excel_locked_with_a_password_of_its_own_is_opened(tmp_path, name):
    path = papers.locked_workbook(tmp_path / name)
    kind = preflight.inspect_quickly(path, name)
    with default_password.opened(path, kind, tmp_path / "work") as (copy, found):
        preflight.inspect(copy, found)
        assert (found.ending, copy == path) == ("xlsx", False)
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new"), [(b'spinCount="100000"', b'spinCount="9000000"'), (b"?>", b"?><!DOCTYPE encryption>")]
)
def test_a_lock_that_would_keep_the_worker_busy_is_not_tried(tmp_path, old, new):
    data = papers.locked_workbook(tmp_path / "a.xlsx").read_bytes()
    assert old in data
    at = data.index(old)
    end = data.index(b"\0" * 16, at)  # the stream keeps its length
    part = data[at:end].replace(old, new)
    rest = data[end:].removeprefix(b"\0" * (len(part) - (end - at)))
    (tmp_path / "b.xlsx").write_bytes(data[:at] + part + rest)
    with (
        pytest.raises(FileRejected, match="encrypted"),
        default_password.opened(tmp_path / "b.xlsx", KINDS["xlsx"], tmp_path / "work"),
    ):
        pass


@pytest.mark.parametrize(
    ("name", "stream", "locked"),
    [
        ("a.doc", "WordDocument", bytes(10) + b"\x00\x01" + bytes(20)),
        ("a.xls", "Workbook", b"\x09\x08\x04\x00\x00\x06\x05\x00" + b"\x2f\x00\x02\x00\x00\x00"),
        ("a.ppt", "Current User", bytes(12) + b"\xdf\xc4\xd1\xf3" + bytes(16)),
    ],
)
def test_the_password_of_an_old_file_is_known_as_one(tmp_path, name, stream, locked):
    kind = KINDS[name[2:]]
    assert preflight.has_password(papers.ole(tmp_path / name, [stream], locked), kind)
    assert not preflight.has_password(papers.ole(tmp_path / name, [stream], bytes(64)), kind)
    assert not preflight.has_password(papers.random_bytes(tmp_path / name), kind)


@pytest.mark.parametrize("seed", range(20))
def test_a_broken_container_of_the_old_format_is_refused_soon_and_without_a_fault(tmp_path, seed):
    path = papers.ole(tmp_path / "a.doc", [f"Stream {n}" for n in range(40)] + ["WordDocument"])
    data, chance = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(60):
        data[chance.randrange(24, len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data))
    with contextlib.suppress(FileRejected):
        looked_at(path)


def test_a_truncated_office_file_is_damaged(tmp_path):
    assert refusal(looked_at, papers.truncated(papers.docx(tmp_path / "a.docx"))) == "damaged"


def test_a_flipped_bit_is_damage(tmp_path):
    assert refusal(looked_at, papers.bit_flipped(papers.docx(tmp_path / "a.docx"))) == "damaged"


def test_a_zip_that_says_it_unfolds_to_a_gigabyte_is_a_bomb(tmp_path):
    assert refusal(looked_at, papers.zip_bomb(tmp_path / "a.docx")) == "bomb"


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    assert refusal(looked_at, papers.lying_zip(tmp_path / "a.docx")) in {"bomb", "damaged"}


def test_billion_laughs_are_a_bomb_in_utf_8_and_utf_16(tmp_path):
    laughs = papers.billion_laughs()
    assert refusal(looked_at, papers.with_document_xml(tmp_path / "a.docx", laughs)) == "bomb"
    wide = laughs.decode().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")
    assert refusal(looked_at, papers.with_document_xml(tmp_path / "b.docx", wide)) == "bomb"


def test_entities_hidden_behind_a_long_comment_are_found(tmp_path):
    hidden = papers.billion_laughs().replace(b"?>", b"?><!--" + b"x" * 2_000_000 + b"-->", 1)
    assert refusal(looked_at, papers.with_document_xml(tmp_path / "a.docx", hidden)) == "bomb"

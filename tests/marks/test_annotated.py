"""A copy of a paper with marks: in the right place however the page lies, and seen by a viewer that is not ours."""

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from meetingroom.documents import page_pictures
from meetingroom.marks import annotated
from meetingroom.marks.sheet import sheet_of
from meetingroom.meeting import strokes
from tests.documents import papers, pdfs

D = strokes.encode([(1000, 1000, 50), (3000, 1000, 80), (3000, 2000, 20)])
COMMON = {"id": "mark-01", "page": 1, "at": 1_750_000_000_000, "author": "Nguyễn Văn An"}
STROKE = {**COMMON, "t": "pen", "c": "red", "w": 200, "d": D}
HIGHLIGHT = {**COMMON, "id": "mark-02", "boxes": [[4000, 1000, 2000, 500]], "c": "yellow", "note": "Xem lại"}
NOTE = {**COMMON, "id": "mark-03", "x": 8000, "y": 1000, "text": "Đề nghị bổ sung số liệu", "c": "green"}
BOOKMARK = {**COMMON, "id": "mark-04", "name": "Mục II"}
PLACES = {"red": (2000, 1000), "yellow": (5000, 1250)}


def made(tmp_path, source, kind="annots", pictures=(), **more) -> Path:
    about = {"source": str(source), "pictures": list(pictures), "shape": [[1, 400.0, 300.0]], "kind": kind,
             "out": str(tmp_path / f"{kind}.pdf"), "language": "vi", "title": "Báo cáo", "author": "Nguyễn Văn An",
             "written": 1_750_000_000_000, "strokes": [STROKE], "highlights": [HIGHLIGHT], "notes": [NOTE],
             "bookmarks": [BOOKMARK], **more}  # fmt: skip
    (tmp_path / "asked.json").write_text(json.dumps(about))
    assert annotated.print_marks({"file": str(tmp_path / "asked.json")}) == ({}, b"")
    return Path(about["out"])


def picture(path, page=0):
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[page].render(scale=1.5, may_draw_forms=False).to_pil().convert("RGB")


def looks(path, x, y, page=0):
    """The colour's name at a place of the shown page, in the unit of marks."""
    shown = picture(path, page)
    red, green, blue = shown.getpixel((int(x * shown.width / 10_000), int(y * shown.width / 10_000)))
    if red > 180 and green < 90:
        return "red"
    return "yellow" if red > 200 and green > 180 and blue < 150 else "white" if blue > 200 else (red, green, blue)


def turned(tmp_path, turn, crop=True):
    path = tmp_path / f"{turn}.pdf"
    box = "/CropBox[50 100 550 800]" if crop else ""
    return pdfs.one_page(path, "", page=f"/Rotate {turn}{box}")


@pytest.mark.parametrize("kind", ["annots", "flat"])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_ink_lies_where_it_was_drawn_on_a_turned_and_cropped_page(tmp_path, turn, kind):
    path = made(tmp_path, turned(tmp_path, turn), kind)
    assert {name: looks(path, *place) for name, place in PLACES.items()} == {"red": "red", "yellow": "yellow"}
    assert looks(path, 2000, 1800) == "white"


def test_annotations_have_author_text_and_an_appearance(tmp_path):
    with pikepdf.open(made(tmp_path, turned(tmp_path, 90))) as pdf:
        found = {str(each.Subtype): each for each in pdf.pages[0].Annots}
        assert set(found) == {"/Ink", "/Highlight", "/Text"}
        assert {str(each.T) for each in found.values()} == {"Nguyễn Văn An"}
        assert all(each.F == 4 and "/N" in each.AP for each in found.values())
        assert (str(found["/Text"].Contents), str(found["/Highlight"].Contents)) == (NOTE["text"], "Xem lại")
        assert str(found["/Highlight"].AP.N.Resources.ExtGState.G.BM) == "/Multiply"
        assert len(found["/Highlight"].QuadPoints) == 8
        with pdf.open_outline() as outline:
            assert [child.title for child in outline.root[0].children] == ["1. Mục II"]


def test_a_flat_copy_has_no_annotation_and_a_list_of_the_notes(tmp_path):
    path = made(tmp_path, turned(tmp_path, 0), "flat")
    with pikepdf.open(path) as pdf:
        assert [len(page.obj.get("/Annots", [])) for page in pdf.pages] == [0, 0]
    with pypdfium2.PdfDocument(path) as pdf:
        words = pdf[1].get_textpage().get_text_range()
    assert all(each in words for each in ("DANH SÁCH GHI CHÚ", NOTE["text"], "Xem lại", "Mục II"))


def test_the_same_marks_make_the_same_file(tmp_path):
    source = papers.pdf(tmp_path / "a.pdf", 1)
    assert made(tmp_path, source).read_bytes() == made(tmp_path, source).read_bytes()
    assert made(tmp_path, source, "flat").read_bytes() == made(tmp_path, source, "flat").read_bytes()


def test_black_letters_stay_black_under_a_highlight(tmp_path):
    black = pdfs.one_page(tmp_path / "b.pdf", "0 g 0 0 595 842 re f")
    for kind in ("annots", "flat"):
        assert looks(made(tmp_path, black, kind), 5000, 1250)[0] < 20


@pytest.mark.parametrize("form", [True, False])
def test_of_a_signed_file_the_copy_says_that_it_is_one(tmp_path, form):
    source = pdfs.signed(tmp_path / "signed.pdf", form=form)
    before = source.read_bytes()
    path = made(tmp_path, source)
    assert source.read_bytes() == before
    assert b"ByteRange" not in path.read_bytes()
    with pypdfium2.PdfDocument(path) as pdf:
        assert "Chữ ký số" in pdf[0].get_textpage().get_text_range()
    assert looks(path, *PLACES["red"]) == "red"


def test_a_picture_becomes_a_page_with_the_picture(tmp_path):
    path = made(tmp_path, "", pictures=[str(papers.jpeg(tmp_path / "anh.jpg"))])
    assert looks(path, *PLACES["red"]) == "red"
    damaged = papers.random_bytes(tmp_path / "x.pdf")
    assert looks(made(tmp_path, damaged, pictures=[str(tmp_path / "anh.jpg")]), *PLACES["red"]) == "red"


def test_a_paper_locked_by_its_owner_is_copied_as_well(tmp_path):
    assert looks(made(tmp_path, papers.owner_locked_pdf(tmp_path / "c.pdf")), *PLACES["red"]) == "red"


def test_a_crop_outside_of_the_page_is_none():
    assert sheet_of([0, 0, 100, 200], [300, 300, 400, 400], 90).box == (0, 0, 100, 200)
    assert sheet_of(None, None, 45) == sheet_of([0, 0, 612, 792], None, 0)
    assert sheet_of([0, 0, 100, 200], [-10, 50, 90, 900], -90).size == (150, 90)


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_recognised_words_are_unseen_and_lie_where_they_are_printed(tmp_path, turn):
    box = [0.3, 0.4, 0.2, 0.03]
    words = {"1": [["Phượng", box], ["05/BC-VKS", [0.6, 0.4, 0.2, 0.03]]]}
    marks = {"strokes": [], "highlights": [], "notes": [], "bookmarks": []}
    path = made(tmp_path, turned(tmp_path, turn), what="words", words=words, **marks)
    assert picture(path).tobytes() == picture(turned(tmp_path, turn)).tobytes(), "nothing is seen of them"
    paper = page_pictures.open_paper(path, "pdf")
    found, _codes = paper.read(1, paper.image(1, 1920))
    assert [word["text"] for word in found] == ["Phượng", "05/BC-VKS"]
    x, y, width, height = found[0]["box"]
    assert (x + width / 2, y + height / 2) == pytest.approx((0.4, 0.415), abs=0.01)

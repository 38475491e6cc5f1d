"""A picture that was cut off is not called ready with a grey rest; one that only lacks the mark of its end is read."""

import io
import zlib

import pikepdf
import pytest
from PIL import Image

from meetingroom.documents import jpeg_end, page_pictures, sheets, tiff_pages
from meetingroom.documents.file_rejected import FileRejected
from tests.documents import papers

THUMBNAIL = b"\xff\xe1\x00\x10 \xff\xd8\xff\xda \xff\xd9      "  # the notes of a camera: a whole small picture
BEGINNING = b"\xff\xd8" + THUMBNAIL + b"\xff\xda\x00\x02"


@pytest.mark.parametrize(
    ("file", "marked"),
    [
        (BEGINNING + b"picture\xff\xd9", True),
        (BEGINNING + b"picture\xff\xd9" + bytes(5000), True),
        (BEGINNING + b"pict", False),
        (BEGINNING + b"picture\xff", False),
        (BEGINNING + b"picture\xff\xd0more\xff\xc4\x00\x04\xff\xd9again\xff\xda\x00\x02\xff\x00more", False),
        (b"\xff\xd8" + THUMBNAIL, False),
        (b"\xff\xd8\xff\xd9", False),
        (b"\xff\xd8" + b"\xff\xfe\x00\x02" * 20_000, False),
        (b"", False),
    ],
)
def test_an_end_is_that_of_the_picture_not_of_the_one_in_its_notes(file, marked):
    assert jpeg_end.has_mark(file) == marked


def photograph(**options) -> bytes:
    out = io.BytesIO()
    papers.photograph(400, 300).save(out, "JPEG", quality=80, **options)
    return out.getvalue()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"optimize": True}])
@pytest.mark.parametrize("rest", [b"", bytes(200_000), b"\xff" * 1000, jpeg_end.END])
@pytest.mark.parametrize("part", [0.3, 0.99])
def test_a_photograph_that_was_cut_off_is_damaged(tmp_path, options, rest, part):
    """Also where a broken download has filled it up, or has been given a mark."""
    whole = photograph(**options)
    (tmp_path / "a.jpg").write_bytes(whole[: int(part * len(whole))] + rest)
    with pytest.raises(FileRejected, match="damaged"):
        page_pictures.Picture(tmp_path / "a.jpg")
    assert rest == jpeg_end.END or sheets.read(tmp_path / "a.jpg") is None


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("colour", [255, 128, 127, 0])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
def test_an_empty_page_is_whole_also_a_grey_one(mode, colour, options):
    out = io.BytesIO()
    Image.new(mode, (250, 130), (colour,) * len(mode) if len(mode) > 1 else colour).save(out, "JPEG", **options)
    for whole in (out.getvalue(), out.getvalue() + b"\r\n\0 mail"):
        assert not jpeg_end.is_cut(whole, (1920, 1920))


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
@pytest.mark.parametrize("change", [lambda one: one[:-1], lambda one: one[:-2], lambda one: one + b"\r\n\0 mail"])
def test_a_photograph_that_only_lacks_its_mark_or_has_more_behind_is_drawn(tmp_path, options, change):
    whole = photograph(**options)
    (tmp_path / "a.jpg").write_bytes(change(whole))
    drawn = page_pictures.Picture(tmp_path / "a.jpg").image(1, 1920)
    assert drawn.tobytes() == Image.open(io.BytesIO(whole)).tobytes()


def test_a_fax_that_was_cut_off_shows_what_is_there_and_says_where_it_ends(tmp_path):
    paper = page_pictures.Picture(papers.truncated(papers.fax(tmp_path / "a.tif", pages=4), 0.7))
    assert (paper.pages, paper.warnings) == (3, [{"code": "cut_off", "page": 3}])
    assert len(page_pictures.shape_of(paper, 9)) == 2
    with pytest.raises(FileRejected, match="page_damaged"):
        paper.image(3, 480)
    assert [max(paper.image(number, 480).size) for number in (2, 1)] == [480, 480]


def scan(path, packed: str, rows: int, page: Image.Image | None = None) -> list[tuple[int, int]]:
    """A TIFF of two pages; (place, length) of the strips of the second."""
    page = page or papers.photograph(400, 300)
    page = page.convert("1") if packed.startswith("group") else page
    more = {"save_all": True, "append_images": [page], "tiffinfo": {278: rows}}
    page.save(path, "TIFF", compression=None if packed == "raw" else packed, **more)
    with Image.open(path) as opened:
        opened.seek(1)
        return list(zip(opened.tag_v2[273], opened.tag_v2[279], strict=True))


PACKINGS = ["group3", "group4", "tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "jpeg"]


@pytest.mark.parametrize("packed", PACKINGS)
@pytest.mark.parametrize("rows", [64, 300])
def test_a_scan_that_was_filled_up_with_zeros_says_on_which_page(tmp_path, packed, rows):
    at, length = scan(tmp_path / "a.tif", packed, rows)[-1]
    whole = bytearray((tmp_path / "a.tif").read_bytes())
    kept = max(0, length - tiff_pages.PADDING) // 2
    whole[at + kept : at + length] = bytes(length - kept)
    (tmp_path / "a.tif").write_bytes(whole)
    paper = page_pictures.Picture(tmp_path / "a.tif")
    assert max(paper.image(1, 480).size) == 400
    with pytest.raises(FileRejected, match="page_damaged"):
        paper.image(2, 480)


@pytest.mark.parametrize("packed", [*PACKINGS, "packbits", "raw"])
@pytest.mark.parametrize("colour", ["white", "black", None])
def test_a_whole_scan_is_whole_also_an_empty_one(tmp_path, packed, colour):
    scan(tmp_path / "a.tif", packed, 64, colour and Image.new("RGB", (400, 300), colour))
    paper = page_pictures.Picture(tmp_path / "a.tif")
    assert [max(paper.image(number, 480).size) for number in (1, 2)] == [400, 400]


def picture_in(pdf, file: bytes, *packed: str) -> pikepdf.Stream:
    """`packed`: the filters besides its own, the outermost first."""
    for packing in reversed(packed):
        file = {"/FlateDecode": zlib.compress, "/ASCIIHexDecode": lambda one: one.hex().encode() + b">"}[packing](file)
    picture = pikepdf.Stream(pdf, b"")
    picture.write(file, filter=pikepdf.Array([*map(pikepdf.Name, packed), pikepdf.Name.DCTDecode]))
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 400, 300, 8
    picture.ColorSpace = pikepdf.Name.DeviceRGB
    return picture


def within(pdf, picture, times: int) -> pikepdf.Stream:
    """A form within a form …; the innermost holds the outermost, too."""
    inner = first = form_with(pdf, picture)
    for _ in range(times - 1):
        inner = form_with(pdf, inner)
    first.Resources.XObject.Again = inner
    return inner


def form_with(pdf, picture, **also) -> pikepdf.Stream:
    form = pikepdf.Stream(pdf, b"/P Do", Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture)), **also)
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 400, 300]
    return form


def on_page(pdf, one) -> None:
    pdf.add_blank_page(page_size=(400, 300))
    pdf.pages[-1].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=one))
    pdf.pages[-1].Contents = pdf.make_stream(b"400 0 0 300 0 0 cm /P Do")


def warned_pages(pdf, place) -> list[bool]:
    pdf.save(place)
    paper = page_pictures.Pdf(place)
    found = [paper.read(number)[1] for number in range(1, paper.pages + 1)]
    assert set(map(tuple, found)) <= {(), ("picture_cut_off",)}
    return [bool(each) for each in found]


def test_a_picture_that_was_cut_off_before_it_came_into_a_pdf_is_told(tmp_path):
    whole = photograph()
    with pikepdf.new() as pdf:
        half = whole[: len(whole) // 2]
        for file in (whole, half, whole[:-2], half + jpeg_end.END):
            on_page(pdf, picture_in(pdf, file))
        assert warned_pages(pdf, tmp_path / "a.pdf") == [False, True, False, True]


@pytest.mark.parametrize("packed", [["/FlateDecode"], ["/ASCIIHexDecode", "/FlateDecode"]])
def test_it_is_told_however_the_picture_is_packed(tmp_path, packed):
    whole = photograph()
    with pikepdf.new() as pdf:
        for file in (whole, whole[: len(whole) // 2]):
            on_page(pdf, picture_in(pdf, file, *packed))
        assert warned_pages(pdf, tmp_path / "a.pdf") == [False, True]


def test_it_is_told_wherever_the_picture_stands(tmp_path):
    """In forms within forms, in a pattern, in what a mark looks like, among what all pages share."""
    whole = photograph()
    for number, file in enumerate((whole, whole[: len(whole) // 2])):
        with pikepdf.new() as pdf:
            picture = picture_in(pdf, file)
            on_page(pdf, within(pdf, picture, 12))
            pdf.add_blank_page(page_size=(400, 300))
            pdf.pages[-1].Resources = pikepdf.Dictionary(Pattern=pikepdf.Dictionary(T=form_with(pdf, picture)))
            pdf.add_blank_page(page_size=(400, 300))
            mark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 400, 300])
            mark.AP = pikepdf.Dictionary(N=form_with(pdf, picture))
            pdf.pages[-1].Annots = pikepdf.Array([pdf.make_indirect(mark)])
            on_page(pdf, picture)
            pdf.Root.Pages.Resources = pdf.pages[-1].Resources
            del pdf.pages[-1].obj["/Resources"]
            assert warned_pages(pdf, tmp_path / "a.pdf") == [bool(number)] * 4

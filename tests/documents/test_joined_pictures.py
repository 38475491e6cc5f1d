"""The pictures of a scanner and of a telephone as one document: as they came where a PDF can hold that, the right way
up, a page each."""

import io
import struct

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps

from meetingroom.documents import joined_pictures, sheets, tiff_pages
from tests.documents import papers

# The head of a picture of 65,000 × 65,000 dots
HUGE = bytes.fromhex(
    "ffd8 ffe0 0010 4a46494600 0101 00 0001 0001 00 00 ffc0 0011 08 fde8 fde8 03 012200 021101 031101 ffd9"
)


def jpeg(path, size=(80, 60), held=1, mode="RGB", **options):
    """Red at the top left, blue at the bottom right, where it is not told to be held otherwise."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    picture.paste("blue", (size[0] // 2, size[1] // 2, *size))
    exif = Image.Exif()
    exif[sheets.EXIF_HELD] = held
    picture.convert(mode).save(path, "JPEG", quality=95, exif=exif, **options)
    return path


def join(pictures, target, most=100) -> int:
    return joined_pictures.join(pictures, target, target.parent, most)


def drawn(path, page=0, scale=1.0):
    return pypdfium2.PdfDocument(path)[page].render(scale=scale).to_pil().convert("RGB")


def colours(picture) -> list[str]:
    """Of the four quarters, as they are read."""
    places = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
    found = [picture.getpixel((int(x * picture.width), int(y * picture.height))) for x, y in places]
    return ["red" if red > 200 > green else "blue" if blue > 200 > green else "white" for red, green, blue in found]


@pytest.mark.parametrize("held", range(1, 9))
def test_a_picture_stands_as_it_was_held(tmp_path, held):
    source = jpeg(tmp_path / "a.jpg", held=held)
    join([source], tmp_path / "a.pdf")
    upright = ImageOps.exif_transpose(Image.open(source)).convert("RGB")
    page = drawn(tmp_path / "a.pdf")
    assert colours(page) == colours(upright)
    assert (page.width > page.height) == (upright.width > upright.height)


def test_every_picture_is_a_page_and_goes_in_byte_by_byte(tmp_path, monkeypatch):
    monkeypatch.setattr(joined_pictures, "PART", 2)
    sources = [jpeg(tmp_path / f"{n}.jpg", size=(60 + n, 40)) for n in range(5)]
    join(sources, tmp_path / "all.pdf")
    with pikepdf.open(tmp_path / "all.pdf") as pdf:
        kept = [page.Resources.XObject.P.read_raw_bytes() for page in pdf.pages]
    assert kept == [source.read_bytes() for source in sources]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
    join(sources, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "all.pdf").read_bytes()


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_scans_and_those_of_a_printing_house_keep_their_colours(tmp_path, mode):
    source = jpeg(tmp_path / "a.jpg", mode=mode)
    join([source], tmp_path / "a.pdf")
    page, picture = drawn(tmp_path / "a.pdf"), Image.open(source).convert("RGB")
    for x, y in ((0.2, 0.2), (0.8, 0.2)):
        one = page.getpixel((int(x * page.width), int(y * page.height)))
        other = picture.getpixel((int(x * picture.width), int(y * picture.height)))
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 60, (one, other)


def test_a_sheet_is_as_large_as_its_scanner_says(tmp_path):
    jpeg(tmp_path / "scan.jpg", size=(1654, 2339), dpi=(200, 200))
    jpeg(tmp_path / "phone.jpg", size=(4000, 3000), dpi=(72, 72))
    join([tmp_path / "scan.jpg", tmp_path / "phone.jpg"], tmp_path / "two.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "two.pdf")
    assert [[round(edge) for edge in page.get_size()] for page in pdf] == [[595, 842], [842, 632]]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_picture_whose_notes_are_broken_is_a_page_all_the_same(tmp_path):
    Image.new("RGB", (80, 60), "red").save(tmp_path / "a.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01")
    join([tmp_path / "a.jpg"], tmp_path / "a.pdf")
    assert drawn(tmp_path / "a.pdf").width > drawn(tmp_path / "a.pdf").height


@pytest.mark.parametrize("what", [b"\xff\xd8\xff\xe0 no picture", b"", b"GIF89a", HUGE])
def test_which_of_them_is_no_picture_is_said(tmp_path, what):
    (tmp_path / "b.jpg").write_bytes(what)
    with pytest.raises(joined_pictures.Unreadable) as unreadable:
        join([jpeg(tmp_path / "a.jpg"), tmp_path / "b.jpg", tmp_path / "missing.jpg"], tmp_path / "a.pdf")
    codes = {turn: rejected.code for turn, rejected in unreadable.value.found.items()}
    assert codes == {1: "picture_too_large" if what is HUGE else "damaged", 2: "upload_lost"}
    assert [path.name for path in tmp_path.iterdir() if path.is_dir() or path.suffix == ".pdf"] == []


def letters(size=(160, 120)):
    """Black on white: which is which shows at once."""
    picture = Image.new("1", size, 255)
    picture.paste(0, (0, 0, size[0] // 2, size[1] // 2))
    return picture


def save(picture, path, **options):
    picture.save(path, **options)
    return path


def raw_of(path, page=0):
    with pikepdf.open(path) as pdf:
        found = pdf.pages[page].Resources.XObject.P
        return str(found.Filter), found.read_raw_bytes()


def corner(path, page=0):
    """(top left, bottom right), of light"""
    picture = drawn(path, page).convert("L")
    return [picture.getpixel((int(at * picture.width), int(at * picture.height))) > 127 for at in (0.25, 0.75)]


@pytest.mark.parametrize("white", [0, 1])
@pytest.mark.parametrize("order", [1, 2])
def test_a_black_and_white_sheet_of_a_scanner_goes_in_byte_by_byte(tmp_path, white, order):
    """Whichever way it is written down: white as 0 or 1, and from the left or the right of a byte."""
    picture = letters() if white else ImageChops.invert(letters())
    about = {"dpi": (204, 98), "strip_size": 2**31 - 1, "tiffinfo": {tiff_pages.FILL_ORDER: order}}
    source = save(picture, tmp_path / "a.tif", compression="group4", **about)
    if not white:  # Pillow does not write it this way
        entry = struct.pack("<HHIH", tiff_pages.PHOTOMETRIC, 3, 1, 1)
        source.write_bytes(source.read_bytes().replace(entry, entry[:-2] + bytes(2)))
    shown = Image.open(source)
    assert [shown.convert("L").getpixel(at) for at in ((40, 30), (120, 90))] == [0, 255]
    join([source], tmp_path / "a.pdf")
    at, length = shown.tag_v2[tiff_pages.STRIPS][0], shown.tag_v2[tiff_pages.STRIP_BYTES][0]
    strip = source.read_bytes()[at : at + length]
    packing, kept = raw_of(tmp_path / "a.pdf")
    assert (packing, kept) == ("/CCITTFaxDecode", strip if order == 1 else strip.translate(sheets.REVERSED))
    assert corner(tmp_path / "a.pdf") == [False, True]
    size = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_size()
    assert [round(edge) for edge in size] == [round(160 / 204 * 72), round(120 / 98 * 72)]  # a fax is not squashed


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_a_png_goes_in_byte_by_byte(tmp_path, mode):
    picture = Image.open(jpeg(tmp_path / "a.jpg")).convert(mode)
    source = save(picture, tmp_path / "a.png", dpi=(200, 200))
    join([source], tmp_path / "a.pdf")
    packing, kept = raw_of(tmp_path / "a.pdf")
    assert (packing, kept in source.read_bytes()) == ("/FlateDecode", True)
    page, picture = drawn(tmp_path / "a.pdf", scale=200 / 72), picture.convert("RGB")
    for at in ((20, 15), (60, 45)):
        assert max(abs(a - b) for a, b in zip(page.getpixel(at), picture.getpixel(at), strict=True)) < 8


def in_three_strips():
    """As many scanners write: each strip is packed for itself."""
    out = io.BytesIO()
    letters((320, 900)).save(out, "TIFF", compression="group4", strip_size=12000)
    assert len(Image.open(out).tag_v2[tiff_pages.STRIPS]) == 3
    return out.getvalue()


def many(kinds_of_pages):
    out, (first, *others) = io.BytesIO(), kinds_of_pages
    first.save(out, "TIFF", save_all=True, append_images=others, compression="tiff_lzw", dpi=(200, 200))
    return out.getvalue()


def test_what_a_pdf_cannot_hold_is_decoded_behind_the_wall_and_pages_are_counted(tmp_path, monkeypatch):
    colours_of_it = Image.open(jpeg(tmp_path / "a.jpg", (200, 160))).convert("RGB")
    glass = colours_of_it.convert("RGBA")
    glass.putalpha(0)
    wide = Image.new("I;16", (60, 40), 0xFFFF)
    exif = Image.Exif()
    exif[sheets.EXIF_HELD] = 6
    pictures = {
        "1.tif": many([letters(), colours_of_it, colours_of_it.convert("L")]),
        "2.tif": in_three_strips(),
        "3.png": b"",
        "4.webp": b"",
        "5.png": b"",
        "6.heic": b"",
    }
    for name, data in pictures.items():
        (tmp_path / name).write_bytes(data)
    glass.save(tmp_path / "3.png")
    colours_of_it.save(tmp_path / "4.webp", quality=95, exif=exif)
    wide.save(tmp_path / "5.png")
    papers.heic(tmp_path / "6.heic")
    monkeypatch.setattr(joined_pictures, "PART", 2)
    # Nothing is decoded here.
    monkeypatch.setattr(Image.Image, "tobytes", None)
    assert join([tmp_path / name for name in pictures], tmp_path / "all.pdf") == 8
    monkeypatch.undo()
    packings = [raw_of(tmp_path / "all.pdf", page)[0] for page in range(8)]
    fax, flate, lossy = "/CCITTFaxDecode", "/FlateDecode", "/DCTDecode"
    assert packings == [fax, flate, flate, fax, flate, lossy, flate, lossy]
    assert corner(tmp_path / "all.pdf") == corner(tmp_path / "all.pdf", 3) == [False, True]
    assert colours(drawn(tmp_path / "all.pdf", 1)) == ["red", "white", "white", "blue"]
    assert colours(drawn(tmp_path / "all.pdf", 4)) == ["white"] * 4
    turned = drawn(tmp_path / "all.pdf", 5)
    assert colours(turned) == ["white", "red", "blue", "white"]
    assert turned.height > turned.width
    assert corner(tmp_path / "all.pdf", 6) == [True, True]
    telephone = drawn(tmp_path / "all.pdf", 7)
    assert (telephone.width, telephone.height, colours(telephone)[0]) == (842, 421, "red")
    with pytest.raises(joined_pictures.Unreadable):
        join([tmp_path / "1.tif"], tmp_path / "few.pdf", most=2)


def test_a_photograph_without_the_mark_of_its_end_is_a_page(tmp_path):
    source = jpeg(tmp_path / "a.jpg")
    source.write_bytes(source.read_bytes()[:-2])
    join([source], tmp_path / "a.pdf")
    assert colours(drawn(tmp_path / "a.pdf")) == ["red", "white", "white", "blue"]


@pytest.mark.parametrize("cut", ["truncated", "photograph", "fax", "changed", "circle"])
def test_a_broken_scan_is_named(tmp_path, cut):
    source = save(letters(), tmp_path / "a.tif", compression="group4", strip_size=2**31 - 1)
    whole = source.read_bytes()
    if cut == "truncated":
        source = tmp_path / "a.png"
        Image.effect_noise((300, 300), 50).save(source)
        source.write_bytes(source.read_bytes()[:-5000])
    elif cut == "photograph":
        source = papers.truncated(jpeg(tmp_path / "a.jpg"), 0.9)
    elif cut == "fax":
        source = papers.truncated(papers.fax(source), 0.7)
    elif cut == "changed":
        source.write_bytes(whole[:8] + b"\xff" * (len(whole) - 8))
    else:
        at = int.from_bytes(whole[4:8], "little")
        tags = int.from_bytes(whole[at : at + 2], "little")
        end = at + 2 + 12 * tags
        source.write_bytes(whole[:end] + at.to_bytes(4, "little") + whole[end + 4 :])
    if cut == "circle":
        with source.open("rb") as file:
            assert tiff_pages.count(file, 4000) == 1
        assert join([source], tmp_path / "a.pdf") == 1
        return
    with pytest.raises(joined_pictures.Unreadable) as unreadable:
        join([jpeg(tmp_path / "b.jpg"), source], tmp_path / "a.pdf")
    assert [(turn, rejected.code) for turn, rejected in unreadable.value.found.items()] == [(1, "damaged")]

"""The pictures of a scanner as one document: as they came, the right way up, a page each."""

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageOps

from meetingroom.documents import joined_pictures
from meetingroom.documents.file_rejected import FileRejected

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
    exif[joined_pictures.ORIENTATION] = held
    picture.convert(mode).save(path, "JPEG", quality=95, exif=exif, **options)
    return path


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
    joined_pictures.join([source], tmp_path / "a.pdf")
    upright = ImageOps.exif_transpose(Image.open(source)).convert("RGB")
    page = drawn(tmp_path / "a.pdf")
    assert colours(page) == colours(upright)
    assert (page.width > page.height) == (upright.width > upright.height)


def test_every_picture_is_a_page_and_goes_in_byte_by_byte(tmp_path, monkeypatch):
    monkeypatch.setattr(joined_pictures, "PART", 2)
    sources = [jpeg(tmp_path / f"{n}.jpg", size=(60 + n, 40)) for n in range(5)]
    joined_pictures.join(sources, tmp_path / "all.pdf")
    with pikepdf.open(tmp_path / "all.pdf") as pdf:
        kept = [page.Resources.XObject.P.read_raw_bytes() for page in pdf.pages]
    assert kept == [source.read_bytes() for source in sources]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
    joined_pictures.join(sources, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "all.pdf").read_bytes()


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_scans_and_those_of_a_printing_house_keep_their_colours(tmp_path, mode):
    source = jpeg(tmp_path / "a.jpg", mode=mode)
    joined_pictures.join([source], tmp_path / "a.pdf")
    page, picture = drawn(tmp_path / "a.pdf"), Image.open(source).convert("RGB")
    for x, y in ((0.2, 0.2), (0.8, 0.2)):
        one = page.getpixel((int(x * page.width), int(y * page.height)))
        other = picture.getpixel((int(x * picture.width), int(y * picture.height)))
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 60, (one, other)


def test_a_sheet_is_as_large_as_its_scanner_says(tmp_path):
    jpeg(tmp_path / "scan.jpg", size=(1654, 2339), dpi=(200, 200))
    jpeg(tmp_path / "phone.jpg", size=(4000, 3000), dpi=(72, 72))
    joined_pictures.join([tmp_path / "scan.jpg", tmp_path / "phone.jpg"], tmp_path / "two.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "two.pdf")
    assert [[round(edge) for edge in page.get_size()] for page in pdf] == [[595, 842], [842, 632]]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_picture_whose_notes_are_broken_is_a_page_all_the_same(tmp_path):
    Image.new("RGB", (80, 60), "red").save(tmp_path / "a.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01")
    joined_pictures.join([tmp_path / "a.jpg"], tmp_path / "a.pdf")
    assert drawn(tmp_path / "a.pdf").width > drawn(tmp_path / "a.pdf").height


@pytest.mark.parametrize("what", [b"\xff\xd8\xff\xe0 no picture", b"", b"GIF89a", HUGE])
def test_what_is_no_picture_is_said(tmp_path, what):
    (tmp_path / "a.jpg").write_bytes(what)
    with pytest.raises(FileRejected) as rejected:
        joined_pictures.join([tmp_path / "a.jpg"], tmp_path / "a.pdf")
    assert rejected.value.code == "damaged"
    assert not (tmp_path / "a.pdf").exists()

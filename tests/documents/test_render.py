"""What a page looks like when it is drawn."""

from io import BytesIO

import pytest
from PIL import Image, TiffImagePlugin

from meetingroom.documents import font_substitutes, page_pictures, placeholder
from meetingroom.documents.file_rejected import FileRejected
from tests.documents import papers, pdfs


def seen(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def lossless(data: bytes) -> bool:
    return b"VP8L" in data[:32]


def test_an_upright_page_is_1920_high_and_a_slide_1920_wide(tmp_path):
    paper = page_pictures.Pdf(papers.mixed_pdf(tmp_path / "a.pdf"))
    assert paper.image(1, 1920).size == (1358, 1920)
    assert paper.image(3, 1920).size == (1920, 1080)
    assert paper.image(3, 2880).size == (2880, 1620)


def test_the_shape_names_the_first_page_of_each_run(tmp_path):
    paper = page_pictures.Pdf(papers.mixed_pdf(tmp_path / "a.pdf"))
    assert page_pictures.shape_of(paper, 10) == [[1, 595.3, 841.9], [3, 960.0, 540.0], [4, 595.3, 841.9]]


def test_text_is_stored_without_loss_and_paper_stays_white(tmp_path):
    page = page_pictures.encode(page_pictures.Pdf(papers.pdf(tmp_path / "a.pdf")).image(1, 1920))
    assert lossless(page)
    assert seen(page).getpixel((5, 5)) == (255, 255, 255)


def test_text_loses_at_most_eight_of_256_levels(tmp_path):
    drawn = page_pictures.Pdf(papers.pdf(tmp_path / "a.pdf")).image(1, 1920)
    stored = seen(page_pictures.encode(drawn))
    from PIL import ImageChops

    assert max(high for _, high in ImageChops.difference(drawn, stored).getextrema()) <= 8


def test_a_photograph_is_stored_with_loss_and_bearably_small(tmp_path):
    page = page_pictures.encode(page_pictures.Pdf(papers.pdf_of_pictures(tmp_path / "a.pdf")).image(1, 1920))
    assert not lossless(page)
    assert len(page) < 600_000


def test_a_soft_gradient_behind_a_title_is_not_cut_into_bands():
    slide = Image.linear_gradient("L").resize((1920, 1080)).point(lambda v: 200 + v // 8).convert("RGB")
    assert not page_pictures.is_flat(slide)


def test_tables_with_coloured_cells_are_flat(tmp_path):
    from PIL import ImageDraw

    page = page_pictures.Pdf(papers.pdf(tmp_path / "a.pdf")).image(1, 1920)
    ImageDraw.Draw(page).rectangle((100, 100, 1200, 300), fill="#c8d8ee")
    assert page_pictures.is_flat(page)


def test_a_photograph_lies_as_the_camera_was_held(tmp_path):
    # Orientation 6: the camera was turned; what it saw left (red) belongs at the top.
    picture = page_pictures.Picture(papers.jpeg(tmp_path / "a.jpg", orientation=6))
    assert picture.size(1) == (300 * 0.75, 400 * 0.75)
    red, _, blue = picture.image(1, 1920).getpixel((150, 20))
    assert red > 200 > 60 > blue


def test_a_fax_of_several_pages_is_drawn_page_by_page(tmp_path):
    paper = page_pictures.Picture(papers.fax(tmp_path / "a.tif"))
    assert page_pictures.shape_of(paper, 10) == [[1, 595.4, 841.7], [2, 841.7, 595.4], [3, 595.4, 841.7]]
    for number in (1, 3, 2):
        page = paper.image(number, 1920)
        black = [page.getpixel((100 * n + 50, 50)) == (0, 0, 0) for n in range(4)]
        assert black.count(True) == number
    with pytest.raises(FileRejected, match="too_many_pages"):
        page_pictures.shape_of(paper, 2)


def test_a_sheet_of_a_fax_that_lay_on_its_side_has_the_shape_of_its_picture(tmp_path):
    sheets = [Image.new("1", (400, 300), 1) for _ in range(2)]
    turned = TiffImagePlugin.ImageFileDirectory_v2()
    turned[0x0112] = 6
    with TiffImagePlugin.AppendingTiffWriter(str(tmp_path / "a.tif"), True) as file:
        for sheet, about in zip(sheets, (None, turned), strict=True):
            sheet.save(file, "TIFF", **({"tiffinfo": about} if about else {}))
            file.newFrame()
    paper = page_pictures.Picture(tmp_path / "a.tif")
    assert page_pictures.shape_of(paper, 9) == [[1, 300, 225], [2, 225, 300]]
    assert [paper.image(number, 480).size for number in (2, 1)] == [(300, 400), (400, 300)]


def test_a_picture_of_a_telephone_is_drawn(tmp_path):
    picture = page_pictures.Picture(papers.heic(tmp_path / "a.heic"))
    assert (picture.pages, picture.size(1)) == (1, (64 * 0.75, 32 * 0.75))
    red, _, blue = picture.image(1, 480).getpixel((10, 10))
    assert red > 200 > 60 > blue
    with pytest.raises(FileRejected, match="damaged"):
        page_pictures.Picture(papers.truncated(tmp_path / "a.heic", 0.8))


def test_a_small_picture_is_not_blown_up(tmp_path):
    assert page_pictures.Picture(papers.jpeg(tmp_path / "a.jpg")).image(1, 1920).size == (400, 300)


def test_what_is_transparent_becomes_paper(tmp_path):
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(tmp_path / "a.png")
    assert page_pictures.Picture(tmp_path / "a.png").image(1, 480).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["png", "tiff"])
@pytest.mark.parametrize("size", [(20, 20), (4000, 20), (9000, 200)])  # a page is 2,880 long at most
def test_sixteen_bits_of_grey_are_scaled_not_cut(tmp_path, size, kind):
    Image.new("I;16", size, 32768).save(tmp_path / f"a.{kind}")
    picture = page_pictures.Picture(tmp_path / f"a.{kind}")
    assert 120 <= picture.image(1, 480).getpixel((5, 0))[0] <= 136


def test_a_print_shop_jpeg_in_cmyk_is_read(tmp_path):
    Image.new("CMYK", (50, 50), (0, 0, 0, 0)).save(tmp_path / "a.jpg")
    assert page_pictures.Picture(tmp_path / "a.jpg").image(1, 480).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (papers.encrypted_pdf, "encrypted"),
        (lambda path: papers.truncated(papers.pdf(path), 0.1), "damaged"),
        (papers.random_bytes, "damaged"),
        (pdfs.for_certificates, "encrypted_for"),
    ],
)
def test_a_pdf_that_cannot_be_opened_says_why(tmp_path, make, code):
    with pytest.raises(FileRejected) as caught:
        page_pictures.Pdf(make(tmp_path / "a.pdf"))
    assert caught.value.code == code


def test_a_pdf_that_only_forbids_printing_is_shown(tmp_path):
    assert page_pictures.Pdf(papers.owner_locked_pdf(tmp_path / "a.pdf")).pages == 3


@pytest.mark.parametrize("make", [lambda p: papers.truncated(papers.jpeg(p), 0.2), papers.random_bytes])
def test_a_damaged_picture_says_so(tmp_path, make):
    with pytest.raises(FileRejected, match="damaged"):
        page_pictures.Picture(make(tmp_path / "a.jpg"))


def test_a_picture_of_900_million_pixels_is_refused_unread(tmp_path):
    with pytest.raises(FileRejected, match="picture_too_large"):
        page_pictures.Picture(papers.png_bomb(tmp_path / "a.png"))


@pytest.mark.parametrize("box", ["0 0 1 90000", "0 0 0.5 0.5", "0 0 900000 900000"])
def test_a_page_of_absurd_measurements_has_those_of_a_sheet_and_is_named(tmp_path, box):
    paper = page_pictures.Pdf(papers.raw_pdf(tmp_path / "a.pdf", f"/MediaBox[{box}]"))
    assert page_pictures.shape_of(paper, 10) == [[1, *page_pictures.A4]]
    with pytest.raises(FileRejected) as caught:
        page_pictures.check_shape(paper, 1)
    assert (caught.value.code, caught.value.details) == ("absurd_page", {"page": 1})


def test_letters_of_a_font_that_is_not_in_the_file_are_all_drawn(tmp_path):
    words = "ệểáâỉạếđịởốềổứằẵữ"
    for name in ("TimesNewRomanPSMT", "ArialMT", "Courier", "Unheard-Of"):
        page = page_pictures.Pdf(pdfs.font_left_out(tmp_path / "a.pdf", words, name)).image(1, 1920)
        widths = [30 + n * 0.556 * 12 for n in range(len(words) + 1)]
        blank = [
            letter
            for letter, left, right in zip(words, widths, widths[1:], strict=False)
            if not pdfs.ink(page, (left, 128, right, 146))
        ]
        assert not blank, name


def test_fonts_missing_on_the_server_are_replaced_by_our_own(monkeypatch, tmp_path):
    monkeypatch.setattr(font_substitutes, "INSTALLED", tmp_path / "nowhere")
    for name in ("Arial", "CourierNew", "Helvetica-Bold"):
        assert font_substitutes.find_substitute(name, 400, False, 0).is_relative_to(font_substitutes.FONTS)
        assert font_substitutes.find_substitute(name, 700, True, 0).name == "LiberationSerif-BoldItalic.ttf"


@pytest.mark.parametrize("form", [True, False])
def test_the_picture_of_a_signature_is_drawn_with_and_without_a_form(tmp_path, form):
    page = page_pictures.Pdf(pdfs.signed(tmp_path / "a.pdf", form=form)).image(1, 842)
    assert page.crop((300, 642, 500, 742)).getextrema() != ((255, 255),) * 3


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1", "CMYK"])
def test_a_large_picture_is_made_small_and_keeps_what_it_shows(tmp_path, mode):
    large = Image.new("RGB", (4000, 3000), "white")
    large.paste("black", (0, 0, 2000, 3000))
    large.convert(mode).save(tmp_path / "a", "JPEG" if mode == "CMYK" else "PNG")
    picture = page_pictures.Picture(tmp_path / "a")
    assert picture.size(1) == (3000, 2250)
    page = picture.image(1, 1920)
    assert page.size == (1920, 1440)
    assert page.getpixel((100, 100)) < (60, 60, 60) < (250, 250, 250) <= page.getpixel((1800, 100))


def test_more_pages_than_allowed_are_refused(tmp_path):
    paper = page_pictures.Pdf(papers.pdf(tmp_path / "a.pdf", pages=11, lines=1))
    with pytest.raises(FileRejected) as caught:
        page_pictures.shape_of(paper, 10)
    assert caught.value.details == {"pages": 11, "limit": 10}


def test_the_placeholder_has_the_proportions_of_its_page():
    assert seen(placeholder.draw(7, 960, 540, 1920)).size == (1920, 1080)
    assert len(seen(placeholder.draw(7, 595, 842, 480)).getcolors(10_000)) > 2

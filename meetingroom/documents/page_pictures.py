"""A page of a PDF, or a picture, as WebP. Runs inside a render process, never in the server or the worker.

Sizes are the long edge in pixels: 1920 is what tablets show, 480 the thumbnail, 2880 what a zoom asks for.
"""

import codecs
import ctypes
import math
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageOps, UnidentifiedImageError

from meetingroom.documents import font_substitutes, jpeg_end, page_text, tiff_pages
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.pdf_structure import Anatomy
from meetingroom.documents.sheets import PIXELS_LIMIT

FULL, THUMBNAIL, SHARP = 1920, 480, 2880
SIZES = (THUMBNAIL, FULL, SHARP)

POINTS_PER_PIXEL = 0.75
A4 = (595.3, 841.9)
NARROWEST = 1 / 60  # a page this much longer than wide (or the reverse) is a mistake or an attack
SMALLEST, LARGEST = 3, 200_000  # points; the largest is some 70 m
FORMATS = ("PNG", "JPEG", "TIFF", "HEIF", "WEBP")  # of pictures, as Pillow calls them

MOST_PAGES = 100_000  # that are counted
# What Pillow raises for what is no picture, or only a part of one
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError, TypeError, KeyError,
          IndexError, OverflowError, ZeroDivisionError, struct.error)  # fmt: skip

# Text is stored without loss after rounding to 16 levels a channel: half the size of a lossy page, white stays white.
LEVELS = [round(value / 17) * 17 for value in range(256)] * 3
LOSSLESS_LIMIT = 450_000  # bytes; above it the lossy form is tried as well (drawings, dense maps)

LOCKED = {raw.FPDF_ERR_PASSWORD: "encrypted", raw.FPDF_ERR_SECURITY: "encrypted_for"}


def load_libraries(family: str) -> None:
    """Everything loaded that Python loads when it is first wanted: a sheet is drawn once."""
    for name in ("latin-1", "utf-16-le", "utf-16-be", "utf-16", "cp1252", "ascii", "idna", "unicode_escape"):
        codecs.lookup(name)
    Image.init()
    out = BytesIO()
    with pdfium.PdfDocument.new() as sheet:
        sheet.new_page(100, 100)
        sheet.save(out)
    paper = Pdf(BytesIO(out.getvalue()))
    encode(paper.image(1, THUMBNAIL))
    webp(paper.image(1, THUMBNAIL), quality=80, method=2)
    paper.words(1)
    if family != "pdf":
        read_heif()


class Pdf:
    """An open PDF. Raises FileRejected: damaged | encrypted | encrypted_for | empty_file."""

    def __init__(self, path: Path | BinaryIO):
        font_substitutes.install()
        try:
            self.pdf = pdfium.PdfDocument(path)
            self.pages = len(self.pdf)
            self.anatomy = Anatomy(path)
            self.warnings = self.anatomy.warnings
            if self.anatomy.mended:
                self.pdf = pdfium.PdfDocument(self.anatomy.mended)
        except pdfium.PdfiumError as error:
            raise FileRejected(LOCKED.get(error.err_code, "damaged")) from error
        if not self.pages:
            raise FileRejected("empty_file")
        # Without this, filled-in forms and the pictures of signatures are not drawn.
        self.pdf.init_forms()
        self._open = (0, None)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points, as shown."""
        return self.pdf.get_page_size(number - 1)

    def image(self, number: int, long_edge: int) -> Image.Image:
        page = self.page(number)
        # A hundredth less, for the bitmap's size is rounded up.
        scale = (long_edge - 0.01) / max(page.get_size())
        return page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")

    def words(self, number: int) -> list[dict]:
        return self.read(number)[0]

    def read(self, number: int, picture: Image.Image | None = None) -> tuple[list[dict], list[str]]:
        """(words, codes of warnings) of what a screen shows: words on hidden layers are none, those in fields are."""
        words, codes = self._read_words(number, picture)
        return words, [*codes, "picture_cut_off"] if self.anatomy.has_cut_picture(number) else codes

    def _read_words(self, number: int, picture: Image.Image | None) -> tuple[list[dict], list[str]]:
        if visible := self.anatomy.visible(number):
            with pdfium.PdfDocument(visible) as shown:
                return page_text.read_text(flatten(shown, 0), picture)
        page = self.page(number)
        if raw.FPDFPage_GetAnnotCount(page.raw):
            self.close_page()
            try:
                return page_text.read_text(flatten(self.pdf, number - 1), picture)
            finally:
                self.close_page()
        return page_text.read_text(page, picture)

    def page(self, number: int):
        """One page at a time is open: it is drawn and read, and then makes room."""
        if self._open[0] != number:
            self.close_page()
            page = self.pdf[number - 1]
            if self.pdf.formenv is None:
                show_stamps(page)
            self._open = (number, page)
        return self._open[1]

    def close_page(self) -> None:
        if self._open[1]:
            self._open[1].close()
        self._open = (0, None)


def flatten(pdf: pdfium.PdfDocument, index: int):
    """The page with its marks and fields as part of it, in memory only: their words are words of the page."""
    page = pdf[index]
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    page.close()
    return pdf[index]


def show_stamps(page) -> None:
    """Fields and the pictures of signatures on a page are drawn by the form; where the file has none, as stamps."""
    stamp = ("Stamp\0").encode("utf-16-le")
    words = (ctypes.c_ushort * (len(stamp) // 2)).from_buffer_copy(stamp)
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        if mark := raw.FPDFPage_GetAnnot(page.raw, index):
            if raw.FPDFAnnot_GetSubtype(mark) == raw.FPDF_ANNOT_WIDGET:
                raw.FPDFAnnot_SetStringValue(mark, b"Subtype", words)  # in memory only
            raw.FPDFPage_CloseAnnot(mark)


class Picture:
    """An uploaded photograph or scan, turned the way the camera was held: one page, of a TIFF as many as it holds.

    Of a TIFF whose end is missing, the page after the last one that is there stands for those that are not. Raises
    FileRejected: damaged | picture_too_large; of one page of several page_damaged.
    """

    def __init__(self, path: Path | BinaryIO):
        self.path = path
        self.opened = open_picture(path)
        self._number = 0
        with opening_picture():
            found, cut = count_pages(self.opened)
            self.pages = found + cut
            self.missing = self.pages if cut else 0
            if found == 1:
                self._read(1)
        self.warnings = [{"code": "cut_off", "page": self.missing}] if cut else []

    def size(self, number: int) -> tuple[float, float]:
        if number != self._number and self.pages > 1:
            with opening_picture(number):
                self._turn_to(number)
                return self._measure(*self.opened.size)  # as it is held: Pillow has looked
        upright = (self.picture.width > self.picture.height) == (self.width > self.height)
        return self._measure(*((self.width, self.height) if upright else (self.height, self.width)))

    def image(self, number: int, long_edge: int) -> Image.Image:
        """Made smaller where it is larger; never made larger, the screen does that as well."""
        if number != self._number:
            with opening_picture(number if self.pages > 1 else 0):
                self._read(number)
        return fit_into(self.picture, long_edge)

    def words(self, number: int) -> list[dict]:
        return []

    def read(self, number: int, picture: Image.Image | None = None) -> tuple[list[dict], list[str]]:
        return [], []

    def _turn_to(self, number: int) -> None:
        if number == self.missing:
            raise EOFError("the end of the file is missing")
        self.opened.seek(number - 1)

    def _read(self, number: int) -> None:
        self._number = 0
        if self.pages > 1:
            self._turn_to(number)
        opened = self.opened
        if opened.width * opened.height > PIXELS_LIMIT:
            raise FileRejected("picture_too_large", limit=PIXELS_LIMIT // 1_000_000)
        self.width, self.height = opened.size
        if opened.format == "TIFF" and is_filled_up(opened):
            raise OSError("the end of a strip is missing")
        jpeg_end.load(opened, lambda: open_picture(self.path), (SHARP, SHARP))
        # Small first: of 120 million pixels there is room for one copy, not for three.
        self.picture = ImageOps.exif_transpose(put_on_white(scale_down(opened)))
        self._number = number

    def _measure(self, width: int, height: int) -> tuple[float, float]:
        """In points. Of a scan by what the scanner says; whoever photographs does not know."""
        across = self.opened.info.get("dpi", (0, 0))[0] if self.opened.format == "TIFF" else 0
        scale = 72 / float(across) if 50 <= across <= 2400 else POINTS_PER_PIXEL
        return width * scale, height * scale


def open_picture(path: Path | BinaryIO) -> Image.Image:
    """Its head is read, nothing is decoded. Raises FileRejected: damaged | picture_too_large."""
    Image.MAX_IMAGE_PIXELS = PIXELS_LIMIT // 2  # Pillow refuses at twice this
    read_heif()
    with opening_picture():
        return Image.open(path, formats=FORMATS)


def count_pages(opened: Image.Image) -> tuple[int, bool]:
    """(how many, whether its end is missing). Of a TIFF each picture is one; of what moves, the first is shown."""
    if opened.format != "TIFF":
        return 1, False
    found, cut = tiff_pages.look(cast("Any", opened).fp, MOST_PAGES)
    return (found, cut) if found else (1, False)


def is_filled_up(opened: Image.Image) -> bool:
    """Of the picture of a TIFF at which it stands."""
    tags, file = cast("Any", opened).tag_v2, cast("Any", opened).fp
    strips = (tags.get(name, ()) for name in (tiff_pages.STRIPS, tiff_pages.STRIP_BYTES))
    tiles = (tags.get(name, ()) for name in (tiff_pages.TILES, tiff_pages.TILE_BYTES))
    packed = tags.get(tiff_pages.COMPRESSION, 1)
    return any(tiff_pages.is_filled_up(file, packed, *lists) for lists in (strips, tiles))


@contextmanager
def opening_picture(page: int = 0) -> Iterator[None]:
    """`page`: of one that has several."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise FileRejected("picture_too_large", limit=PIXELS_LIMIT // 1_000_000) from error
    except BROKEN as error:
        raise FileRejected("page_damaged", page=page) if page else FileRejected("damaged") from error


def read_heif() -> None:
    """Pillow knows what telephones of Apple write, too."""
    import pi_heif  # here: only pictures need it

    pi_heif.options.DECODE_THREADS = 1
    pi_heif.register_heif_opener(thumbnails=False)


def scale_down(picture: Image.Image) -> Image.Image:
    """Not larger than it will ever be shown."""
    if max(picture.size) <= SHARP:
        return picture
    if picture.mode in {"P", "1"}:
        see_through = "transparency" in picture.info
        picture = picture.convert("RGBA" if see_through else "L" if picture.mode == "1" else "RGB")
    elif picture.mode == "I":
        picture = picture.reduce(max(1, max(picture.size) // SHARP))
    elif "transparency" in picture.info:
        picture = picture.convert("RGBA")
    info = picture.info
    factor = max(picture.size) // SHARP
    if ("A" in picture.mode or picture.mode.startswith("I;16")) and factor > 1:
        # Strip by strip: Pillow would copy all of it before it makes it smaller.
        whole = Image.new("RGB", (-(-picture.width // factor), -(-picture.height // factor)), "white")
        for top in range(0, picture.height, 64 * factor):
            strip = picture.crop((0, top, picture.width, min(picture.height, top + 64 * factor)))
            whole.paste(put_on_white(strip).reduce(factor), (0, top // factor))
        picture = whole
    elif picture.mode.startswith("I;16"):
        picture = put_on_white(picture)
    picture = fit_into(picture, SHARP)
    picture.info = info  # how it was held
    return picture


def put_on_white(picture: Image.Image) -> Image.Image:
    """RGB; what is transparent becomes paper."""
    if picture.mode in {"I;16", "I;16B", "I;16L", "I", "F"}:
        # Pillow would cut 16 bits off at 255 instead of scaling them.
        picture = picture.convert("F").point(lambda value: value / 257, "F").convert("L")
    if "A" in picture.mode or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture)
        picture = white
    return picture.convert("RGB")


def fit_into(picture: Image.Image, long_edge: int) -> Image.Image:
    """At most `long_edge` pixels long; the same picture if it is already."""
    longest = max(picture.size)
    if longest <= long_edge:
        return picture
    if longest % long_edge == 0:
        return picture.reduce(longest // long_edge)  # four times faster than the general way
    factor = long_edge / longest
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def open_paper(path: Path | BinaryIO, family: str) -> Pdf | Picture:
    return Picture(path) if family == "image" else Pdf(path)


def shape_of(paper: Pdf | Picture, limit: int) -> list[list[float]]:
    """[[first page, width, height], …] in points, a run for each change of size.

    A page without sensible measurements has those of the page before it. Raises FileRejected: too_many_pages.
    """
    if paper.pages > limit:
        raise FileRejected("too_many_pages", pages=paper.pages, limit=limit)
    runs: list[list[float]] = []
    for number in range(1, paper.pages + 1):
        try:
            width, height = check_shape(paper, number)
        except FileRejected:
            width, height = runs[-1][1:] if runs else A4
        if not runs or runs[-1][1:] != [width, height]:
            runs.append([number, width, height])
    return runs


def check_shape(paper: Pdf | Picture, number: int) -> tuple[float, float]:
    """Width and height in points. Raises FileRejected: absurd_page."""
    try:
        width, height = (round(edge, 1) for edge in paper.size(number))
    except (pdfium.PdfiumError, ValueError, OverflowError) as error:
        raise FileRejected("absurd_page", page=number) from error
    short, long = sorted((width, height))
    if not (math.isfinite(long) and short >= SMALLEST and long <= LARGEST and short / long >= NARROWEST):
        raise FileRejected("absurd_page", page=number)
    return width, height


def encode(picture: Image.Image) -> bytes:
    """WebP: text without loss, everything else at quality 80."""
    if is_flat(picture):
        # The next better effort takes twice the time and saves a sixth.
        flat = webp(picture.point(LEVELS), lossless=True, quality=80, method=0)
        if len(flat) <= LOSSLESS_LIMIT:
            return flat
        return min(flat, webp(picture, quality=80, method=2), key=len)
    return webp(picture, quality=80, method=2)


def encode_thumbnail(picture: Image.Image) -> bytes:
    """480 of a 1920: letters are grey mush at this size, so nothing is gained without loss."""
    return webp(fit_into(picture, THUMBNAIL), quality=60, method=1)


def webp(picture: Image.Image, **options) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", **options)
    return out.getvalue()


def is_flat(picture: Image.Image) -> bool:
    """Whether the page is text and plain colours, without photographs and gradients.

    A plain colour is a brightness that many pixels have and its neighbours have not. What is neither plain nor a thin
    edge of a letter (a whole block of 4 x 4 pixels in between) is a picture; a two-hundredth of the page is enough.
    """
    grey = picture.convert("L")
    counts = grey.histogram()
    between = grey.point([0 if is_plain(counts, level) else 255 for level in range(256)]).reduce(4)
    pictured = between.histogram()[255]
    return pictured * 200 <= between.width * between.height


def is_plain(counts: list[int], level: int) -> bool:
    """Ink and paper always are: rounding them shows on nothing."""
    if level < 16 or level >= 248:
        return True
    beside = max(counts[level - 1], counts[level + 1])
    return counts[level] * 400 >= sum(counts) and counts[level] > 3 * beside

"""The pictures of a scanner become one PDF, a page each. What a PDF can hold goes in byte by byte, of a stranger's
picture only the head is read here (`sheets.py`); the rest is decoded in a render process (`loose_picture.py`)."""

import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from meetingroom.documents import render_slots, sheets
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.render_pool import OPEN_SECONDS, PAGE_SECONDS, opening_failures
from meetingroom.documents.render_process import Died, RenderProcess, TookTooLong
from meetingroom.documents.sheets import Sheet

PART, PART_BYTES = 40, sheets.LARGEST  # what is in memory at once
LOOSE = "loose"  # the family of `loose_picture.py`, which nothing but a render process loads
LONG_EDGE = 842  # points: A4
COLOURS = {"Gray": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
# Where the picture's unit square goes on a page of 1 × 1, by the eight ways a camera may have been held (EXIF 2.32,
# 4.6.4): a b c d e f of PDF's `cm`.
HELD = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


class Unreadable(Exception):
    """Raised when some of the pictures cannot be pages: `found` says by their places why. {0: FileRejected}"""

    def __init__(self, found: dict[int, FileRejected]):
        super().__init__(found)
        self.found = found


def join(
    pictures: Sequence[Path],
    target: Path,
    work: Path,
    most: int,
    pause: Callable[[], None] = lambda: None,
    tell: Callable[[int], None] = lambda done: None,
) -> int:
    """Writes `target`, of `most` pages, by way of the folder `work`; `tell` hears how many pictures are done. The same
    pictures make the same file. Returns its pages. Raises Unreadable, when all of them have been looked at;
    FileRejected: too_many_pages."""
    with tempfile.TemporaryDirectory(dir=work, prefix="join-") as folder, ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        found = opened.enter_context(closing(Pages(pictures, Path(folder), most, pause, tell).parts()))
        for turn, part in enumerate(found):
            place = Path(folder) / f"{turn}.pdf"
            write_part(part, place)
            # Its pictures stay on the disk until the whole is written.
            whole.pages.extend(opened.enter_context(pikepdf.open(place)).pages)
            if len(whole.pages) > most:
                raise FileRejected("too_many_pages", limit=most)
        whole.save(target, deterministic_id=True)
        return len(whole.pages)


class Pages:
    """The sheets of all pictures, some at a time."""

    def __init__(self, pictures: Sequence[Path], folder: Path, most: int, pause, tell):
        self.pictures, self.folder, self.most, self.pause, self.tell = pictures, folder, most, pause, tell

    def parts(self) -> Generator[list[Sheet]]:
        """Raises Unreadable at its end."""
        part: list[Sheet] = []
        wrong: dict[int, FileRejected] = {}
        for turn, picture in enumerate(self.pictures):
            self.pause()
            try:
                with closing(self.sheets_of(picture)) as sheets_of:
                    for sheet in sheets_of:
                        if part and (len(part) >= PART or size_of(part) + len(sheet.data) > PART_BYTES):
                            yield part
                            part = []
                        if not wrong:
                            part.append(sheet)
            except FileRejected as rejected:
                wrong[turn] = rejected
            self.tell(turn + 1)
        if wrong:
            raise Unreadable(wrong)
        if part:
            yield part

    def sheets_of(self, picture: Path) -> Generator[Sheet]:
        """Raises FileRejected: damaged | picture_too_large | too_many_pages | page_slow | page_crashed."""
        try:
            as_they_are = sheets.read(picture, self.most)
        except FileNotFoundError:
            raise FileRejected("upload_lost") from None
        yield from self.decoded(picture) if as_they_are is None else as_they_are

    def decoded(self, picture: Path) -> Generator[Sheet]:
        with render_slots.shared.place(self.pause):
            with opening_failures():
                process = RenderProcess(picture, LOOSE, self.folder / LOOSE, seconds=OPEN_SECONDS)
            with process:
                if process.pages > self.most:
                    raise FileRejected("too_many_pages", limit=self.most)
                for page in range(1, process.pages + 1):
                    self.pause()
                    yield self.loosen(process, page)

    def loosen(self, process: RenderProcess, page: int) -> Sheet:
        """What comes from behind the wall is a stranger's picture, too."""
        place = self.folder / LOOSE / str(page)
        try:
            answer = process.ask("loosen", seconds=PAGE_SECONDS, page=page)
        except TookTooLong:
            raise FileRejected("page_slow") from None
        except Died:
            raise FileRejected("page_crashed") from None
        found = sheets.read(place)
        place.unlink()
        if not found or answer["held"] not in HELD:
            raise FileRejected("damaged")
        dots = sheets.believable(answer["dots"], sheets.BY_SCANNER)
        return replace(found[0], dots=dots, held=answer["held"])


def size_of(part: list[Sheet]) -> int:
    return sum(len(sheet.data) for sheet in part)


def write_part(part: list[Sheet], place: Path) -> None:
    with pikepdf.new() as pdf:
        for sheet in part:
            add_page(pdf, sheet)
        pdf.save(place, deterministic_id=True)


def add_page(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    picture = pikepdf.Stream(pdf, b"")
    picture.write(sheet.data, filter=PACKINGS[sheet.packing][0], decode_parms=PACKINGS[sheet.packing][1](sheet))
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = *sheet.size, sheet.bits
    picture.ColorSpace = COLOURS[sheet.colours]
    if sheet.palette:
        last = min(len(sheet.palette) // 3, 2**sheet.bits) - 1
        picture.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, last, pikepdf.String(sheet.palette[: 3 * last + 3])])
    if sheet.inverted and sheet.packing == "DCT":
        picture.Decode = Array([1, 0] * 4)
    across, down = points(sheet.size, sheet.dots)
    width, height = (across, down) if sheet.held < 5 else (down, across)
    a, b, c, d, e, f = HELD[sheet.held]
    matrix = (a * width, b * height, c * width, d * height, e * width, f * height)
    drawn = f"q {' '.join(f'{value:.2f}' for value in matrix)} cm /P Do Q"
    pdf.add_blank_page(page_size=(round(width, 2), round(height, 2)))
    page = pdf.pages[-1]
    page.Resources = Dictionary(XObject=Dictionary(P=pdf.make_indirect(picture)))
    page.Contents = pdf.make_stream(drawn.encode())


def rows(sheet: Sheet) -> Dictionary:
    """Rows with PNG's filters (PDF 2.0, 7.4.4.4)."""
    channels = sheets.CHANNELS[sheet.colours]
    return Dictionary(Predictor=15, Colors=channels, BitsPerComponent=sheet.bits, Columns=sheet.size[0])


def fax(sheet: Sheet) -> Dictionary:
    """Group 4 (PDF 2.0, 7.4.6)."""
    return Dictionary(K=-1, Columns=sheet.size[0], Rows=sheet.size[1], BlackIs1=sheet.inverted)


PACKINGS = {
    "DCT": (Name.DCTDecode, lambda sheet: None),
    "Flate": (Name.FlateDecode, rows),
    "CCITT": (Name.CCITTFaxDecode, fax),
}


def points(size: tuple[int, int], dots: tuple[float, float]) -> tuple[float, float]:
    """How large it is on paper: as the scanner says, or as a sheet of A4."""
    across, down = (72 / each for each in dots) if all(dots) else (LONG_EDGE / max(size),) * 2
    return size[0] * across, size[1] * down

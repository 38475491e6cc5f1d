"""The pictures of a scanner become one PDF, a page each. A JPEG goes in as it came, byte by byte: nothing is decoded
here, and nothing lost. Of a stranger's picture only its head is read."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import pikepdf
from pikepdf import Array, Name
from PIL import Image

from meetingroom.documents.file_rejected import FileRejected

PART = 40  # pictures that are in memory at once
SCANNED = (100, 1200)  # dots an inch; whoever photographs says 72 and does not know
LONG_EDGE = 842  # points: A4
ORIENTATION = 0x0112  # of EXIF
COLOURS = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
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


def join(pictures: Sequence[Path], target: Path, pause: Callable[[], None] = lambda: None) -> None:
    """Writes `target`. The same pictures make the same file. Raises FileRejected: damaged."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="join-") as folder, ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        for first in range(0, len(pictures), PART):
            place = Path(folder) / f"{first}.pdf"
            write_part(pictures[first : first + PART], place, pause)
            # Its pictures stay on the disk until the whole is written.
            whole.pages.extend(opened.enter_context(pikepdf.open(place)).pages)
        whole.save(target, deterministic_id=True)


def write_part(pictures: Sequence[Path], place: Path, pause: Callable[[], None]) -> None:
    with pikepdf.new() as pdf:
        for picture in pictures:
            pause()
            add_page(pdf, picture)
        pdf.save(place, deterministic_id=True)


def add_page(pdf: pikepdf.Pdf, path: Path) -> None:
    size, colours, inverted, dots, held = read_head(path)
    picture = pikepdf.Stream(pdf, b"")
    picture.write(path.read_bytes(), filter=Name.DCTDecode)
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = *size, 8
    picture.ColorSpace = colours
    if inverted:
        picture.Decode = Array([1, 0] * 4)
    across, down = points(size, dots)
    width, height = (across, down) if held < 5 else (down, across)
    a, b, c, d, e, f = HELD[held]
    matrix = (a * width, b * height, c * width, d * height, e * width, f * height)
    drawn = f"q {' '.join(f'{value:.2f}' for value in matrix)} cm /P Do Q"
    pdf.add_blank_page(page_size=(round(width, 2), round(height, 2)))
    page = pdf.pages[-1]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=pdf.make_indirect(picture)))
    page.Contents = pdf.make_stream(drawn.encode())


def read_head(path: Path) -> tuple[tuple[int, int], Name, bool, float, int]:
    """((width, height) in dots, colours, is ink written as 0, dots an inch or 0, how it was held). Raises FileRejected:
    damaged."""
    try:
        with Image.open(path, formats=("JPEG",)) as head:
            dots = float(head.info.get("dpi", (0, 0))[0])
            held = read_held(head)
            inverted = head.mode == "CMYK" and "adobe" in head.info  # so do Adobe's programs
            return head.size, COLOURS[head.mode], inverted, dots, held if held in HELD else 1
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, Image.DecompressionBombError) as error:
        raise FileRejected("damaged") from error


def read_held(head: Image.Image) -> int:
    """A camera's own notes may be broken; the picture is a page all the same."""
    try:
        return head.getexif().get(ORIENTATION, 1)
    except Exception:
        return 1


def points(size: tuple[int, int], dots: float) -> tuple[float, float]:
    """How large it is on paper: as the scanner says, or as a sheet of A4."""
    scale = 72 / dots if SCANNED[0] <= dots <= SCANNED[1] else LONG_EDGE / max(size)
    return size[0] * scale, size[1] * scale

"""tesseract, behind the walls of the sandbox: bounded in time and memory, with one thread, last in the queue."""

import shutil
import tempfile
from pathlib import Path

from PIL import Image

from meetingroom.documents import content_store, sandbox
from meetingroom.documents.recognisable import LANGUAGE
from meetingroom.documents.sandbox import GIGABYTE, Limits

LIMITS = Limits(seconds=60, memory=GIGABYTE, file=64 * 1024 * 1024)
WHOLE_PAGE, SCATTERED = 3, 11  # how it looks for lines


def recognise(picture: Image.Image, dots: int, work: Path, *, layout: int = WHOLE_PAGE) -> str:
    """The table of words (TSV) of a grey picture with so many dots an inch; "" if it could not be had in time."""
    work.mkdir(parents=True, exist_ok=True)
    place = tempfile.mkdtemp(prefix=content_store.CONVERSION, dir=sandbox.choose_ground(work))
    folder = Path(place).resolve()
    try:
        picture.save(folder / "page.pgm", "PPM")
        command = ["tesseract", "page.pgm", "words", "-l", LANGUAGE, "--psm", str(layout), "--dpi", str(dots), "tsv"]
        try:
            sandbox.run(command, work=folder, limits=LIMITS, environment={"OMP_THREAD_LIMIT": "1"})
        except sandbox.TookTooLong:
            return ""
        table = folder / "words.tsv"
        return table.read_text("utf-8", "replace") if table.is_file() and not table.is_symlink() else ""
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""The job that looks at each page of a case's file: what is stamped in its corners, and what it looks like.

Only read, never believed: `proposal.py` makes runs of it, which a person confirms. It steps aside for whatever is more
urgent, and a killed worker loses the pages it was at.
"""

import logging
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from meetingroom.cases import corner, store_numbers
from meetingroom.cases.citation import HIGHEST
from meetingroom.documents import content_store, recognisable, sandbox
from meetingroom.documents.content_store import ContentStore
from meetingroom.documents.progress import open_upload
from meetingroom.documents.store import INGEST
from meetingroom.jobs.queue import JobContext, Requeue
from meetingroom.recognition.tesseract import LIMITS

logger = logging.getLogger(__name__)

TOGETHER = 20  # pages whose corners one process reads: most of the time goes into its start
SURE = 20.0  # of 100: what is less sure than this is dirt
BLOCK = "6"  # how tesseract looks for lines


def read_stamps(context: JobContext, document: str) -> None:
    """Raises Requeue after some pages, when something more urgent waits."""
    upload = open_upload(context, document)
    if upload is None or upload.row["status"] != "ready":
        return
    sha = upload.row["sha"]
    with context.pool.lend() as db:
        known = store_numbers.list_looked(db, sha)
    todo = [page for page in range(1, (upload.row["pages"] or 0) + 1) if page not in known]
    for start in range(0, len(todo), TOGETHER):
        pages = todo[start : start + TOGETHER]
        context.pause()
        if context.wanted(INGEST):
            raise Requeue
        found = look_at(context, upload.contents, pages)
        with context.pool.writing() as db:
            for page, values in found.items():
                store_numbers.keep_look(db, sha, page, **values)
            context.heartbeat(db)


def look_at(context: JobContext, contents: ContentStore, pages: Sequence[int]) -> dict[int, dict]:
    """{page: {top, bottom, turned, picture, ink}} of some pages; numbers are 0 where none was read, EMPTY where
    nothing stands."""
    found: dict[int, dict] = {}
    corners: list[tuple[int, str, Image.Image]] = []
    for page in pages:
        values: dict = dict.fromkeys(corner.PLACES, 0)
        try:
            with Image.open(contents.page(page, 1920), formats=("WEBP",)) as opened:
                picture = opened.convert("RGB")
        except (OSError, ValueError):  # it could not be drawn: a finding of its own
            found[page] = {**values, "picture": "", "ink": -1.0}
            continue
        seen = corner.look(picture)
        found[page] = {**values, "picture": seen.picture, "ink": seen.ink}
        cut = {place: corner.corner(picture, place) for place in corner.PLACES}
        corners += [(page, place, each) for place, each in cut.items() if each is not None]
        found[page] |= {place: store_numbers.EMPTY for place, each in cut.items() if each is None}
    if corners and context.settings.recognise and recognisable.is_installed():
        numbers = read_corners([each for _, _, each in corners], content_store.work_folder(context.settings))
        for (page, place, _), number in zip(corners, numbers, strict=True):
            found[page][place] = number
    return found


def read_corners(corners: Sequence[Image.Image], work: Path) -> list[int]:
    """The number in each corner; 0 where none was read."""
    work.mkdir(parents=True, exist_ok=True)
    place = tempfile.mkdtemp(prefix=content_store.CONVERSION, dir=sandbox.choose_ground(work))
    folder = Path(place).resolve()
    try:
        for n, each in enumerate(corners):
            each.save(folder / f"{n}.pgm", "PPM")
        (folder / "corners.txt").write_text("".join(f"{n}.pgm\n" for n in range(len(corners))), "ascii")
        command = ["tesseract", "corners.txt", "digits", "-l", recognisable.LANGUAGE, "--psm", BLOCK, "--dpi", "300",
                   "-c", "tessedit_char_whitelist=0123456789", "tsv"]  # fmt: skip
        try:
            sandbox.run(command, work=folder, limits=LIMITS, environment={"OMP_THREAD_LIMIT": "1"})
        except sandbox.TookTooLong:
            logger.warning("the corners of %s pages took too long to read", len(corners))
        table = folder / "digits.tsv"
        text = table.read_text("utf-8", "replace") if table.is_file() and not table.is_symlink() else ""
        return numbers_in(text, len(corners))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def numbers_in(table: str, corners: int) -> list[int]:
    """Tesseract's TSV of several pictures: of each the digits that stand highest and alone."""
    best: dict[int, tuple[float, int]] = {}
    for row in table.splitlines():
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != "5":
            continue
        text = cells[11].strip()
        try:
            picture, height, conf = int(cells[1]) - 1, float(cells[9]), float(cells[10])
        except ValueError:
            continue
        if not (text.isascii() and text.isdigit()) or conf < SURE or not 0 < int(text) <= HIGHEST:
            continue
        worth = height * (1 + conf / 100)
        if worth > best.get(picture, (0.0, 0))[0]:
            best[picture] = (worth, int(text))
    return [best.get(n, (0.0, 0))[1] for n in range(corners)]

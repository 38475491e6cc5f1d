"""Where originals and pages lie on the disk, all by the SHA-256 of the original: the same file is kept and drawn once.

files/ab/ab12…               the original, as it came
files/incoming/…             uploads that are not complete yet
pages/ab/ab12…/paper.pdf     what was made of it (office files and plain text only)
               findings.json what it found that its owner should know
               1920/7.webp   page 7; also 480 (thumbnail) and 2880 (for zooming in)
               words/7.json  its words with boxes; written last, so the page is complete when this exists
               outline.json  contents, labels and links (`outline.py`)
               words-….index all words, to be searched (`word_index.py`)
               words/7.noted what the owner should know of the page
               scan/7.ppm    the page while its words are recognised
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from meetingroom.config import Settings
from meetingroom.documents.kinds import Kind
from meetingroom.documents.sandbox import NOBODY

SIZES = (480, 1920, 2880)
A_DAY, AN_HOUR = 86400, 3600
CONVERSION = "meetingroom-"  # how the folder of a conversion begins, also where that is the system's own place
OF_CASES = "case-"  # how what comes to a case begins among what is incoming
RECORDING = f"{CONVERSION}media-"  # … and that of a recording, in the system's own place alone


def incoming_folder(settings: Settings) -> Path:
    folder = settings.files / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def original_path(settings: Settings, sha: str) -> Path:
    return settings.files / sha[:2] / sha


def take_in(settings: Settings, arrived: Path, sha: str) -> None:
    """An upload that is complete takes its place; also over an earlier copy, which a power cut may have shortened."""
    place = original_path(settings, sha)
    place.parent.mkdir(parents=True, exist_ok=True)
    arrived.replace(place)


def work_folder(settings: Settings) -> Path:
    """Where the worker keeps what it needs for a moment only."""
    return settings.data / "work"


def list_leftovers(settings: Settings) -> Iterator[Path]:
    """What nobody is at any more, when the only worker starts."""
    if work_folder(settings).exists():
        yield from work_folder(settings).iterdir()
    for path in incoming_folder(settings).iterdir():
        if path.name.startswith(OF_CASES):  # waits for its sender for days (cases/arrivals.py)
            continue
        if time.time() - path.stat().st_mtime > A_DAY:
            yield path
    # Another worker of this machine may be at one of these; none goes an hour without a new file in it.
    for path in Path(tempfile.gettempdir()).glob(f"{CONVERSION}*"):
        about = path.lstat()
        known = path.name.startswith(RECORDING) or (path / "profile").is_dir()
        ours = about.st_uid in {os.geteuid(), NOBODY} and known and not path.is_symlink()
        if ours and time.time() - about.st_mtime > AN_HOUR:
            yield path
    yield from (*settings.files.glob("??/*.gone"), *settings.pages.glob("??/*.gone"))


class ContentStore:
    """The pages of one original."""

    def __init__(self, settings: Settings, sha: str):
        self.folder = settings.pages / sha[:2] / sha
        self.original = original_path(settings, sha)

    def pdf(self) -> Path:
        return self.folder / "paper.pdf"

    def findings(self) -> Path:
        return self.folder / "findings.json"

    def found(self) -> list[dict]:
        """What LibreOffice found: [{code, detail?}]."""
        try:
            return json.loads(self.findings().read_bytes())
        except (FileNotFoundError, ValueError):
            return []

    def source(self, kind: Kind) -> Path:
        """The file that is drawn: the PDF, or the picture as it came."""
        return self.pdf() if kind.is_converted else self.original

    def outline(self) -> Path:
        return self.folder / "outline.json"

    def page(self, number: int, size: int) -> Path:
        return self.folder / str(size) / f"{number}.webp"

    def words(self, number: int) -> Path:
        return self.folder / "words" / f"{number}.json"

    def record(self, number: int) -> dict | None:
        """{width, height, words, error?} of a complete page, else None."""
        try:
            return json.loads(self.words(number).read_bytes())
        except (FileNotFoundError, ValueError):
            return None

    def noted(self, number: int) -> list[dict]:
        """What was noticed on a page when it was drawn: [{code, page}]."""
        try:
            return json.loads(self.words(number).with_suffix(".noted").read_bytes())
        except (FileNotFoundError, ValueError):
            return []

    def scan(self, number: int) -> Path:
        return self.folder / "scan" / f"{number}.ppm"

    def is_sharp(self, number: int) -> bool:
        return self.page(number, 2880).exists()

    def discard(self) -> Iterator[Path]:
        """Take original and pages out of their places, at once; yields what is left to delete, which may take long."""
        for path in (self.original, self.folder):
            aside = path.with_name(f"{path.name}.gone")
            try:
                path.rename(aside)
            except FileNotFoundError:
                continue
            yield aside


def delete_file(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def write_file(path: Path, data: bytes) -> None:
    """Whole or not at all: written aside, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    aside.write_bytes(data)
    aside.rename(path)


def link_or_copy(path: Path, source: Path) -> None:
    """`path` becomes another name of `source`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    aside.unlink(missing_ok=True)
    try:
        os.link(source, aside)
    except PermissionError:  # it was made by another user of the system
        shutil.copyfile(source, aside)
    aside.rename(path)

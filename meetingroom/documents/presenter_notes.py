"""What the presenter wrote under the slides of a PowerPoint file (PPTX). Such a file comes from outside: it is read
with bounds, declarations of a document type are refused, and whatever cannot be read has no notes.
"""

import posixpath
import zipfile
import zlib
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from meetingroom.documents.opc import fold_name

LARGEST = 5 * 1024 * 1024  # bytes of one part, unpacked
ALL = 50 * 1024 * 1024  # and of all that are read
SLIDES = 2000
LONGEST = 20_000  # letters of one note
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PRESENTATION = "ppt/presentation.xml"


class Unreadable(Exception):
    """Nothing is told of such a file."""


class Parts:
    """The parts of a file by their names, in any case; each within bounds."""

    def __init__(self, archive: zipfile.ZipFile):
        self._archive, self._left = archive, ALL
        self._names = {fold_name(each): each for each in archive.namelist()}

    def read(self, name: str) -> ET.Element | None:
        """None where there is no such part. Raises Unreadable."""
        if (there := self._names.get(fold_name(name))) is None:
            return None
        with self._archive.open(there) as file:
            data = file.read(min(LARGEST, self._left) + 1)
        self._left -= len(data)
        if len(data) > LARGEST or self._left < 0 or b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
            raise Unreadable(name)
        try:
            return ET.fromstring(data)  # noqa: S314 (bounded, and without a document type)
        except ET.ParseError:
            raise Unreadable(name) from None

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """{id: (kind, name)} of what a part refers to within the file."""
        folder, base = posixpath.split(name)
        found = self.read(f"{folder}/_rels/{base}.rels")
        targets = {}
        for each in found if found is not None else ():
            target = unquote(each.get("Target", ""))
            if each.get("TargetMode") != "External" and target:
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                targets[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], path)
        return targets


def notes_of(path: Path, pages: int) -> dict[str, str] | None:
    """{page: text} of a PPTX file that has become so many pages. A hidden slide has no page, so that pages are counted
    by what is seen. None if it cannot be read, or its slides are not its pages."""
    try:
        with zipfile.ZipFile(path) as archive:
            return read_notes(Parts(archive), pages)
    except (Unreadable, OSError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError):
        return None


def read_notes(parts: Parts, pages: int) -> dict[str, str] | None:
    presentation, targets = parts.read(PRESENTATION), parts.targets(PRESENTATION)
    if presentation is None:
        return None
    seen = 0
    found: dict[str, str] = {}
    for each in list(presentation.iterfind(f"{P}sldIdLst/{P}sldId"))[:SLIDES]:
        kind, name = targets.get(each.get(f"{R}id", ""), ("", ""))
        slide = parts.read(name) if kind == "slide" else None
        if slide is None or slide.get("show") in ("0", "false"):
            continue
        seen += 1
        notes = next((path for kind, path in parts.targets(name).values() if kind == "notesSlide"), "")
        page = parts.read(notes) if notes and seen <= pages else None
        if page is not None and (text := text_of(page)):
            found[str(seen)] = text
    return found if seen >= pages else None


def text_of(notes: ET.Element) -> str:
    """The words of the body; the picture of the slide, its number and the date are no notes."""
    lines = []
    for shape in notes.iter(f"{P}sp"):
        place = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if place is None or place.get("type") != "body":
            continue
        for paragraph in shape.iter(f"{A}p"):
            words = (
                (each.text or "") if each.tag == f"{A}t" else "\n" * (each.tag == f"{A}br") for each in paragraph.iter()
            )
            lines.append("".join(words).strip())
    return "\n".join(lines).strip()[:LONGEST]

"""What a render process does when asked: the shape of the paper, a page in its first sizes, a page to zoom into,
a picture for a PDF."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2 as pdfium

from meetingroom.documents import content_store, loose_picture, outline, page_pictures
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.pdf_structure import UNREADABLE

SCAN_DPI, SCAN_LONGEST = 200, 3400  # the longest: A3


class PageRenderer:
    """An open paper and the folder its pages go to."""

    def __init__(self, source: Path | BinaryIO, family: str, folder: Path):
        loose = family == loose_picture.FAMILY
        self.paper: Any = loose_picture.LoosePicture(source) if loose else page_pictures.open_paper(source, family)
        self.folder = folder

    def do(self, message: dict) -> dict:
        """Answers one message of `render_process.py`. Raises FileRejected, MemoryError."""
        details = {key: value for key, value in message.items() if key != "do"}
        deeds: dict[str, Callable] = {
            "shape": self.shape,
            "draw": self.draw,
            "sharpen": self.sharpen,
            "scan": self.scan,
            "outline": self.outline,
            "loosen": self.loosen,
        }
        return deeds[message["do"]](**details)

    def shape(self, limit: int) -> dict:
        return {"shape": page_pictures.shape_of(self.paper, limit), "warnings": list(self.paper.warnings)}

    def draw(self, page: int) -> dict:
        """1920 and 480, then the words: a page is complete when its words are there."""
        picture = self.picture(page, page_pictures.FULL)
        self.file(page, page_pictures.SHARP).unlink(missing_ok=True)  # it may be a placeholder's
        content_store.write_file(self.file(page, page_pictures.FULL), page_pictures.encode(picture))
        content_store.write_file(self.file(page, page_pictures.THUMBNAIL), page_pictures.encode_thumbnail(picture))
        width, height = (round(edge, 1) for edge in self.paper.size(page))
        words, codes = self.words(page, picture)
        noted = [{"code": code, "page": page} for code in codes]
        notes = self.folder / "words" / f"{page}.noted"
        notes.unlink(missing_ok=True)
        if noted:
            content_store.write_file(notes, json.dumps(noted).encode())
        if self.is_recognised(page):
            return {"page": page, "width": width, "height": height}  # a picture that was lost; its words were not
        about = {"source": "pdf", "conf": 100, "flat": page_pictures.is_flat(picture)}
        record = {"page": page, **about, "width": width, "height": height, "words": words}
        content_store.write_file(
            self.folder / "words" / f"{page}.json", json.dumps(record, ensure_ascii=False).encode()
        )
        return {"page": page, "width": width, "height": height}

    def sharpen(self, page: int) -> dict:
        """2880; where there is no more to see than in 1920, the same file under both names."""
        picture = self.picture(page, page_pictures.SHARP)
        if max(picture.size) <= page_pictures.FULL:
            content_store.link_or_copy(self.file(page, page_pictures.SHARP), self.file(page, page_pictures.FULL))
        else:
            content_store.write_file(self.file(page, page_pictures.SHARP), page_pictures.encode(picture))
        return {"page": page}

    def outline(self, pages: int) -> dict:
        """Contents, labels and links of the first so many pages."""
        found = outline.EMPTY
        if isinstance(self.paper, page_pictures.Pdf):
            found = outline.outline_of(self.paper.pdf, min(pages, self.paper.pages))
        content_store.write_file(self.folder / "outline.json", json.dumps(found, ensure_ascii=False).encode())
        return {}

    def scan(self, page: int) -> dict:
        """The page as a scanner would see it, for recognition (`recognition/`): 200 dots an inch, without loss."""
        dots = max(1, round(max(self.paper.size(page)) / 72 * SCAN_DPI))
        whole = isinstance(self.paper, page_pictures.Picture)  # nobody knows how many dots an inch it has
        picture = self.picture(page, SCAN_LONGEST if whole else min(dots, SCAN_LONGEST))
        out = BytesIO()
        picture.save(out, "PPM")
        content_store.write_file(self.folder / "scan" / f"{page}.ppm", out.getvalue())
        return {"page": page}

    def loosen(self, page: int) -> dict:
        """A picture as a PDF can hold it (`loose_picture.py`)."""
        return {"page": page, **self.paper.write(page, self.folder / str(page))}

    def is_recognised(self, page: int) -> bool:
        try:
            with (self.folder / "words" / f"{page}.json").open("rb") as file:
                return b'"source": "ocr"' in file.read(200)
        except FileNotFoundError:
            return False

    def picture(self, page: int, size: int):
        try:
            page_pictures.check_shape(self.paper, page)
            return self.paper.image(page, size)
        except (pdfium.PdfiumError, ValueError) as error:
            raise FileRejected("page_damaged", page=page) from error

    def words(self, page: int, picture) -> tuple[list[dict], list[str]]:
        """None of them is worth losing the picture for."""
        try:
            return self.paper.read(page, picture)
        except (pdfium.PdfiumError, *UNREADABLE):
            return [], []

    def file(self, page: int, size: int) -> Path:
        return self.folder / str(size) / f"{page}.webp"

"""What a painter does when asked: the shape of the paper, a page in its first sizes, a page to zoom into."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pypdfium2 as pdfium

from meetingroom.documents import render, shelf
from meetingroom.documents.anatomy import UNREADABLE
from meetingroom.documents.unfit import Unfit


class Brush:
    """An open paper and the folder its pages go to."""

    def __init__(self, source: Path | BinaryIO, family: str, folder: Path):
        self.paper = render.open_paper(source, family)
        self.folder = folder

    def do(self, message: dict) -> dict:
        """One message of `painter.py`. Raises Unfit, MemoryError."""
        details = {key: value for key, value in message.items() if key != "do"}
        deeds: dict[str, Callable] = {"shape": self.shape, "draw": self.draw, "sharpen": self.sharpen}
        return deeds[message["do"]](**details)

    def shape(self, limit: int) -> dict:
        return {"shape": render.shape(self.paper, limit), "warnings": list(self.paper.warnings)}

    def draw(self, page: int) -> dict:
        """1920 and 480, then the words: a page is complete when its words are there."""
        picture = self.picture(page, render.FULL)
        self.file(page, render.SHARP).unlink(missing_ok=True)  # it may be a placeholder's
        shelf.write(self.file(page, render.FULL), render.encode(picture))
        shelf.write(self.file(page, render.THUMBNAIL), render.encode_thumbnail(picture))
        width, height = (round(edge, 1) for edge in self.paper.size(page))
        words, codes = self.words(page, picture)
        noted = [{"code": code, "page": page} for code in codes]
        notes = self.folder / "words" / f"{page}.noted"
        notes.unlink(missing_ok=True)
        if noted:
            shelf.write(notes, json.dumps(noted).encode())
        record = {"page": page, "width": width, "height": height, "words": words}
        shelf.write(self.folder / "words" / f"{page}.json", json.dumps(record, ensure_ascii=False).encode())
        return {"page": page, "width": width, "height": height}

    def sharpen(self, page: int) -> dict:
        """2880; where there is no more to see than in 1920, the same file under both names."""
        picture = self.picture(page, render.SHARP)
        if max(picture.size) <= render.FULL:
            shelf.same(self.file(page, render.SHARP), self.file(page, render.FULL))
        else:
            shelf.write(self.file(page, render.SHARP), render.encode(picture))
        return {"page": page}

    def picture(self, page: int, size: int):
        try:
            render.sensible(self.paper, page)
            return self.paper.image(page, size)
        except (pdfium.PdfiumError, ValueError) as error:
            raise Unfit("page_damaged", page=page) from error

    def words(self, page: int, picture) -> tuple[list[dict], list[str]]:
        """None of them is worth losing the picture for."""
        try:
            return self.paper.read(page, picture)
        except (pdfium.PdfiumError, *UNREADABLE):
            return [], []

    def file(self, page: int, size: int) -> Path:
        return self.folder / str(size) / f"{page}.webp"

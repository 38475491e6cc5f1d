"""Where what is made of a recording lies on the disk: beside the pages of the same original, by its SHA-256.

pages/ab/ab12…/media/view.mp4     what is shown (view.m4a of audio)
                     poster.webp  a still of it
                     about.json   {kind, seconds, width, height, transcoded, missing?}; written last: all is there
                                  when this is
                     making/      while it is being made; survives a worker that was killed
A photo is drawn as a page is (1920/1.webp and the like), with its own `about.json`.
"""

import json
from pathlib import Path

from meetingroom.cases.media.formats import AUDIO, PHOTO
from meetingroom.config import Settings
from meetingroom.documents.content_store import ContentStore, write_file

SHARP, THUMBNAIL = 2880, 480


class MediaPlace:
    """The files of one original."""

    def __init__(self, settings: Settings, sha: str):
        self.contents = ContentStore(settings, sha)
        self.original = self.contents.original
        self.folder = self.contents.folder / "media"
        self.making = self.folder / "making"

    def view(self, kind: str) -> Path:
        if kind == PHOTO:
            return self.contents.page(1, SHARP)
        return self.folder / ("view.m4a" if kind == AUDIO else "view.mp4")

    def poster(self, kind: str) -> Path:
        return self.contents.page(1, THUMBNAIL) if kind == PHOTO else self.folder / "poster.webp"

    def about(self) -> dict | None:
        """What was made, if all of it is there."""
        try:
            found = json.loads((self.folder / "about.json").read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return found if self.view(found["kind"]).exists() else None

    def finish(self, about: dict) -> None:
        write_file(self.folder / "about.json", json.dumps(about).encode())


MIMES = {"photo": "image/webp", "audio": "audio/mp4", "video": "video/mp4"}

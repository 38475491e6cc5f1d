"""Whether words can be recognised on this machine, and how far recognition of a paper is."""

import os
import shutil
from pathlib import Path

from meetingroom.config import Settings

LANGUAGE = "vie"
HARD = 60  # of 100: a page below is hard to recognise
NONE = 100  # nothing was to be recognised
PLACES = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share")


def is_installed() -> bool:
    """tesseract, and what it knows of Vietnamese. Looks at files only: the server runs no programs for this."""
    if not shutil.which("tesseract"):
        return False
    chosen = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(chosen), Path(chosen) / "tessdata"] if chosen else []
    for place in map(Path, PLACES):
        folders += [place, place / "tessdata", *place.glob("*/tessdata")]
    return any((folder / f"{LANGUAGE}.traineddata").exists() for folder in folders)


def describe(settings: Settings, of: int | None, pages: dict[int, int]) -> dict | None:
    """{state: waiting | done | off | missing, done, of, found, hard: [pages]}; None where there is nothing to do.

    On `found` of the `done` pages words were recognised; the others are empty, or have a few words of their own.
    `missing`: tesseract is not installed here; `hard` are the pages that can hardly be read.
    """
    if not of:
        return None
    done = len(pages)
    state = "done" if done >= of else "off" if not settings.recognise else "" if is_installed() else "missing"
    hard = [page for page, conf in pages.items() if conf < HARD]
    found = sum(conf < NONE for conf in pages.values())
    return {"state": state or "waiting", "done": done, "of": max(of, done), "found": found, "hard": hard}

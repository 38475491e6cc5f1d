"""One catalogue out of the areas' files: `vi/LC_MESSAGES/*.po` → `messages.mo`, made anew when any of them changed."""

import gettext
import hashlib
import os
import struct
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).parent
STAMP = "#sources"  # an entry of the compiled file that no page asks for


def area_files(folder: Path = HERE) -> list[Path]:
    return sorted((folder / "vi" / "LC_MESSAGES").glob("*.po"))


def read_file(path: Path) -> list[Message]:
    """The entries of one area's file, in order. ValueError when it is not a well-formed .po file."""
    with path.open("rb") as file:
        try:
            catalogue = read_po(file, locale="vi", charset="utf-8", abort_invalid=True)
        except Exception as error:
            raise ValueError(f"{path}: {error}") from error
    return [message for message in catalogue if message.id]


def merge_areas(files: Iterable[Path]) -> Catalog:
    """All entries of all areas. Where two areas claim the same text the first one has it; the check forbids it."""
    whole = Catalog(locale="vi", charset="utf-8", project="meetingroom")
    for path in files:
        for message in read_file(path):
            if message.id not in whole and message.string:
                whole.add(message.id, message.string)
    return whole


def compiled_folder(data: Path, folder: Path = HERE) -> Path:
    """The folder that holds an up-to-date `vi/LC_MESSAGES/messages.mo`: beside the sources, or below the data folder
    where the program's own folder may not be written (installed for all by root, run by a user of its own)."""
    stamp = fingerprint(area_files(folder))
    places = [folder, data / "translations"]
    for place in places:
        if stamp == stamp_of(place / "vi" / "LC_MESSAGES" / "messages.mo"):
            return place
    whole = merge_areas(area_files(folder))
    whole.add(STAMP, stamp)
    for place in places[:-1]:
        try:
            write_catalogue(whole, place / "vi" / "LC_MESSAGES" / "messages.mo")
            return place
        except OSError:
            continue
    write_catalogue(whole, places[-1] / "vi" / "LC_MESSAGES" / "messages.mo")
    return places[-1]


def write_catalogue(whole: Catalog, path: Path) -> None:
    """Aside and renamed: the server and its worker start at the same moment and both may write."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".messages-")
    try:
        with os.fdopen(handle, "wb") as file:
            write_mo(file, whole)
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def stamp_of(path: Path) -> str:
    """Which sources a compiled catalogue was made of; empty when there is none that can be read."""
    try:
        return str(compile_catalogue(path).get(STAMP, ""))
    except (OSError, ValueError, struct.error):
        return ""


def translations(folder: Path) -> dict[str, str]:
    """Text → Vietnamese, of a compiled catalogue. A text with a plural stands under its singular."""
    known = compile_catalogue(folder / "vi" / "LC_MESSAGES" / "messages.mo")
    texts = {key[0] if isinstance(key, tuple) else key: text for key, text in known.items()}
    return {key: text for key, text in texts.items() if key not in ("", STAMP)}


def compile_catalogue(path: Path) -> dict:
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]

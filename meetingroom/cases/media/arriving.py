"""A file that has come becomes a photo or a recording of a case."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from meetingroom.cases import fields, scan_names
from meetingroom.cases.media import formats, store
from meetingroom.documents import content_store, file_names, kinds
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.jobs import queue

CAPTION_LENGTH, BL_LENGTH = 2000, 200
TEXTS = {
    "title": fields.text("title", fields.TITLE_LENGTH),
    "caption": fields.text("caption", CAPTION_LENGTH, lines=True),
    "bl": fields.text("bl", BL_LENGTH),
}
FAMILY = "media"  # as a kind of file, beside those that become papers


def read_fields(body: Mapping[str, Any]) -> dict[str, str]:
    """{title?, caption?, bl?} as somebody typed them. Raises fields.Wrong."""
    return {key: read(body[key]) for key, read in TEXTS.items() if key in body}


def recording(path: Path) -> kinds.Kind:
    """The kind of a recording, by its first bytes. Raises FileRejected: empty_file | media_unknown."""
    with path.open("rb") as file:
        head = file.read(formats.HEAD)
    if not head:
        raise FileRejected("empty_file")
    found = formats.of_head(head)
    if found is None:
        raise FileRejected("media_unknown")
    return kinds.Kind(found.name, FAMILY, b"", found.mime)


def photo_or_recording(path: Path) -> str:
    """The format of what shall be shown as it is: a picture's ending, or a recording's format. Raises FileRejected."""
    with path.open("rb") as file:
        head = file.read(formats.HEAD)
    return formats.picture_of(head) or recording(path).ending


def is_recording(type: str) -> bool:
    """Of an upload's `type`: whether it can become nothing else."""
    return type in formats.FORMATS


def may_be_shown(type: str) -> bool:
    return is_recording(type) or formats.is_picture(type)


def medium_id(upload: str) -> str:
    """The one that an upload becomes: the same however often it is asked for."""
    return hashlib.sha256(f"media/{upload}".encode()).hexdigest()[:16]


def add(db, case: str, file: Mapping[str, Any], said: Mapping[str, Any], by: str) -> str:
    """`file`: {id, filename, sha, type, length}. What nobody said, the file's name says. Returns its id."""
    name = file["filename"].rpartition("/")[2]
    guess = scan_names.read_name(file["filename"])
    form = formats.FORMATS.get(file["type"])
    id = store.add(
        db,
        case=case,
        id=medium_id(file["id"]),
        kind=form.kind if form else formats.PHOTO,
        title=said.get("title") or file_names.title_of(name),
        caption=said.get("caption", ""),
        bl=said["bl"] if "bl" in said else span(guess["bl_from"], guess["bl_to"]),
        filename=name,
        sha=file["sha"],
        bytes=file["length"],
        format=file["type"],
        by=by,
    )
    queue.request_once(db, store.CONVERT, id)
    return id


def span(first: str, last: str) -> str:
    return f"{first}-{last}" if first and last and first != last else first


def take_in(settings, arrival, type: str) -> dict:
    """A file that came in one request takes its place: {sha, type, length} of it."""
    content_store.take_in(settings, arrival.path, arrival.sha)
    return {"sha": arrival.sha, "type": type, "length": arrival.size}

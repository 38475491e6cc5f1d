"""A file that has come becomes a document of a volume: its row, its place, and the job that draws it."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.cases import fields, log_store, numbers, scan_names, store
from meetingroom.documents import store as documents
from meetingroom.jobs import queue

SHEET_LENGTH = 20
TEXTS = {
    "title": fields.text("title", fields.TITLE_LENGTH),
    "kind": fields.text("kind", fields.SHORT),
    "volume_title": fields.text("volume_title", fields.TITLE_LENGTH),
    "bl_from": fields.text("bl_from", SHEET_LENGTH),
    "bl_to": fields.text("bl_to", SHEET_LENGTH),
    "date": fields.day("date"),
}


def read_row(body: Mapping[str, Any]) -> dict[str, Any]:
    """What a person says of a file: {volume?, volume_title?, title?, kind?, date?, bl_from?, bl_to?}. Raises
    fields.Wrong."""
    found: dict[str, Any] = {key: read(body[key]) for key, read in TEXTS.items() if key in body}
    if "volume" in body:
        found["volume"] = read_volume(body["volume"])
    return found


def read_volume(value: Any) -> int:
    """The number of a volume, also from a form."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 4:
        value = int(value)
    if type(value) is not int or not 0 < value <= scan_names.MOST_VOLUMES:
        raise fields.Wrong("volume", "choice")
    return value


def titles(db, case: str, uploads: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """{path: title} of what waits, as the names propose it: two that lie in different folders are not called alike."""
    return scan_names.titles_of([each["filename"] for each in uploads], store.list_titles(db, case))


def document_id(upload: str) -> str:
    """The document that an upload becomes: the same however often it is asked for."""
    return hashlib.sha256(f"case/{upload}".encode()).hexdigest()[:16]


def add(db, case: str, file: Mapping[str, Any], said: Mapping[str, Any], by: str) -> str:
    """`file`: {id, filename, sha, type, length}. What nobody said, the file's name says. Returns the document."""
    guess = scan_names.read_name(file["filename"])
    number = said.get("volume") or guess["volume"] or 1
    volume = store.volume_of(db, case, number, said.get("volume_title", ""))
    name = file["filename"].rpartition("/")[2]
    title = said.get("title") or guess["title"] or _("Volume %(number)s", number=number)
    document = documents.add_document(
        db,
        meeting="",
        item="",
        sha=file["sha"],
        filename=name,
        title=title,
        ending=file["type"],
        size=file["length"],
        by=by,
        id=document_id(file["id"]),
        home=store.HOME + case,
    )
    first = said["bl_from"] if "bl_from" in said else guess["bl_from"]
    db["case_documents"].insert(
        {
            "document": document,
            "case": case,
            "volume": volume,
            "place": store.next_place(db, case, volume),
            "title": title,
            "kind": said.get("kind", ""),
            "date": said["date"] if "date" in said else guess["date"],
            "bl_from": first,
            "bl_to": (said["bl_to"] if "bl_to" in said else guess["bl_to"]) or first,
            "original": file["filename"],
            "sha": file["sha"],
            "by": by,
            "at": clock.now(),
        }
    )
    numbers.pages_changed(db, case, {volume}, by)
    queue.request_job(db, store.FIRST, document)
    return document


def note_stamp(db, case: str, by: str, name: str, stamp: str, reason: str) -> None:
    """Why a name that looks like the stamp of a state secret is none stands in the log of the case."""
    if stamp:
        log_store.add(db, case, "stamp_overridden", by, file=name, stamp=stamp, reason=reason.strip()[:500])

"""XMind files: those of 2020 and later (`content.json`), and the container of both (`xmind8.py` has the other)."""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from meetingroom.cases.formats import archive, limits, topics, xmind8
from meetingroom.cases.formats.archive import Archive
from meetingroom.cases.formats.limits import MapRejected
from meetingroom.spelling import compose

CREATOR = {"name": "Meeting room", "version": "1"}
RESOURCE = re.compile(r'xap:((?:resources|attachments)/[^"\\]+)')
NESTED = 400  # levels of JSON that 200 of topics need, and more
SIGNS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}
# What `content.xml` of a file with `content.json` says, in older programs.
STUB = ('<?xml version="1.0" encoding="UTF-8" standalone="no"?><xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0" '
        'version="2.0"><sheet id="s1"><topic id="t1"><title>Đề nghị mở tệp này bằng XMind bản 2020 trở lên.</title>'
        "</topic><title>XMind</title></sheet></xmap-content>")  # fmt: skip


def read(file: IO[bytes], folder: Path | None = None) -> dict:
    """{sheets, resources: {name: {sha, bytes, type, lost?}}, remarks: [{code, text}]}; the bytes of resources go into
    `folder`, by their SHA-256. Raises MapRejected."""
    zipped = Archive(file)
    remarks: list[dict] = []
    if zipped.dropped:
        remarks.append({"code": "revisions_dropped", "text": str(zipped.dropped)})
    refuse_encrypted(zipped)
    # JSON first, always: beside it lies a `content.xml` that only says "cannot be opened".
    if "content.json" in zipped:
        sheets = read_json(zipped.read("content.json"))
    elif "content.xml" in zipped:
        sheets = xmind8.read(zipped)
    else:
        raise MapRejected("map_unreadable")
    if not sheets:
        raise MapRejected("map_empty")
    if len(sheets) > limits.SHEETS:
        raise MapRejected("map_topics", most=limits.SHEETS)
    return {"sheets": sheets, "resources": resources(zipped, sheets, remarks, folder), "remarks": remarks}


def refuse_encrypted(zipped: Archive) -> None:
    for name in ("manifest.json", "META-INF/manifest.xml"):
        if name in zipped and b"encryption-data" in zipped.read(name, limits.MEGABYTE * 4):
            raise MapRejected("map_encrypted")


def read_json(data: bytes) -> list[dict]:
    try:
        found = json.loads(data, parse_constant=lambda _name: None)
    except RecursionError:
        raise MapRejected("map_too_deep", most=limits.DEPTH) from None
    except ValueError:
        raise MapRejected("map_unreadable") from None
    if depth(found) > 2 * NESTED:
        raise MapRejected("map_too_deep", most=limits.DEPTH)
    sheets = [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]
    return [without_halves(sheet) for sheet in sheets]


def depth(value: Any) -> int:
    row, levels = [value], 0
    while row:
        levels += 1
        row = [
            child
            for each in row
            if isinstance(each, (dict, list))
            for child in (each.values() if isinstance(each, dict) else each)
        ]
    return levels


def without_halves(sheet: dict) -> dict:
    """Half a character, which JSON can spell and UTF-8 cannot, becomes a sign for that."""
    spelled = json.dumps(sheet, ensure_ascii=False)
    if not re.search("[\ud800-\udfff]", spelled):
        return sheet
    return json.loads(re.sub("[\ud800-\udfff]", "\ufffd", spelled))


def resources(zipped: Archive, sheets: list[dict], remarks: list[dict], folder: Path | None) -> dict[str, dict]:
    """What topics name of the file, by its name there; with its kind by its bytes."""
    spelled = json.dumps(sheets, ensure_ascii=False)
    found: dict[str, dict] = {}
    room = limits.RESOURCES
    for name in sorted({match[1] for match in RESOURCE.finditer(spelled)}):
        if name not in zipped:
            remarks.append({"code": "resource_missing", "text": name[-80:]})
            continue
        room -= zipped.members[name].file_size
        if room < 0:
            remarks.append({"code": "resource_too_large", "text": name[-80:]})
            continue
        data = zipped.read(name, limits.RESOURCES)
        sha = hashlib.sha256(data).hexdigest()
        found[name] = {"sha": sha, "bytes": len(data), "type": kind_of(data[:16])}
        if found[name]["type"] == "application/octet-stream" and b"<svg" in data[:2000].lower():
            remarks.append({"code": "svg_attached", "text": name[-80:]})
        if folder:
            (folder / sha).write_bytes(data)
    return found


def kind_of(head: bytes) -> str:
    """By content: what a name says is nothing to rely on."""
    return next((kind for sign, kind in SIGNS.items() if head.startswith(sign)), "application/octet-stream")


# Out


def write(sheets: list[dict], files: dict[str, bytes], thumbnail: bytes = b"") -> bytes:
    """An .xmind for XMind 2020 and later; `files` by their names in it (`resources/…`)."""
    metadata = {
        "dataStructureVersion": "2", "creator": CREATOR, "activeSheetId": sheets[0]["id"],
        "layoutEngineVersion": "3",
    }  # fmt: skip
    members = {
        "content.json": dump([{**sheet, "rootTopic": with_comments(sheet["rootTopic"])} for sheet in sheets]),
        "metadata.json": dump(metadata),
        "content.xml": STUB.encode(),
        **dict(sorted(files.items())),
        **({"Thumbnails/thumbnail.png": thumbnail} if thumbnail else {}),
    }
    entries: dict[str, dict] = {name: {} for name in ("manifest.json", *members)}
    return archive.packed({**members, "manifest.json": dump({"file-entries": entries})})


def with_comments(topic: dict) -> dict:
    """XMind 8 keeps comments in a file of their own, which there is none of here: they join the note."""
    below = {kind: [with_comments(each) for each in row] if kind in ("attached", "detached") else row
             for kind, row in (topic.get("children") or {}).items()}  # fmt: skip
    topic = {**topic, **({"children": below} if below else {})}
    if "comments" in topic:
        comments = topic.pop("comments")
        notes = topic.get("notes") or {}
        said = topics.read_note({"notes": notes, "comments": comments})
        topic["notes"] = {**notes, "plain": {"content": said}}
    return topic


def dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def make_ids(seed: str):
    """Ids for what XMind has not given one: the same for the same map."""
    return lambda key: hashlib.sha256(f"{seed}/{key}".encode()).hexdigest()[:26]


def named_files(sheets: list[dict], names: Iterable[str]) -> list[str]:
    """The names of the files that these sheets need, of `names`."""
    spelled = json.dumps(sheets, ensure_ascii=False)
    return [name for name in names if f"xap:{name}" in spelled]


def renamed(sheet: dict, name: str, other: str) -> dict:
    """With a file called otherwise: another sheet has one of this name."""
    return json.loads(json.dumps(sheet).replace(json.dumps(f"xap:{name}"), json.dumps(f"xap:{other}")))


def title_of(sheet: dict) -> str:
    return compose(topics.text(sheet.get("title"))).strip()

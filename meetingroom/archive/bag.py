"""BagIt 1.0 (RFC 8493) in a ZIP, written in one go: every file is hashed as it passes, none is held in memory.

The same contents give the same bytes. The file gets its name when it is whole and on the disk.
"""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from meetingroom.documents.zip_files import Member, add, lines, sync_folder

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True)
class Written:
    """The file as it now lies there."""

    sha256: str
    bytes: int
    payload: int  # files
    oxum: str  # bytes.files of the payload, as BagIt says it


def write(target: Path, name: str, members: Iterable[Member], info: dict[str, str], when: datetime) -> Written:
    """`target`, a ZIP with the bag `name`. `info` goes into bag-info.txt; `when` is the date of every file in it.

    Raises OSError (a full disk), and then nothing is there.
    """
    aside = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with aside.open("w+b") as file:
            payload, size = write_bag(file, name, members, info, when)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            sha = hashlib.file_digest(file, "sha256").hexdigest()
        aside.rename(target)
        sync_folder(target.parent)
    finally:
        with contextlib.suppress(FileNotFoundError):
            aside.unlink()
    return Written(sha, target.stat().st_size, payload, f"{size}.{payload}")


def write_bag(file, name: str, members: Iterable[Member], info: dict[str, str], when: datetime) -> tuple[int, int]:
    """(files, bytes) of the payload."""
    stamp = when.timetuple()[:6]
    manifest: dict[str, str] = {}
    tags: dict[str, str] = {}
    size = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as zip_:
        for member in members:
            into = manifest if member.path.startswith("data/") else tags
            if member.path in into:
                raise ValueError(f"twice in one bag: {member.path}")
            into[member.path], length = add(zip_, f"{name}/{member.path}", member, stamp)
            size += length if into is manifest else 0
        info = {**info, "Payload-Oxum": f"{size}.{len(manifest)}"}
        for path, text in (
            ("bagit.txt", DECLARATION),
            ("bag-info.txt", "".join(f"{key}: {one_line(value)}\n" for key, value in info.items()).encode()),
            ("manifest-sha256.txt", lines(manifest)),
        ):
            tags[path], _ = add(zip_, f"{name}/{path}", Member(path, text), stamp)
        add(zip_, f"{name}/tagmanifest-sha256.txt", Member("tagmanifest-sha256.txt", lines(tags)), stamp)
    return len(manifest), size


def one_line(text: str) -> str:
    return " ".join(text.split())

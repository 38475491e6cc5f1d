"""BagIt 1.0 (RFC 8493) in a ZIP, written in one go: every file is hashed as it passes, none is held in memory.

The same contents give the same bytes. The file gets its name when it is whole and on the disk.
"""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

PIECE = 1024 * 1024
STORED = frozenset({".pdf", ".webp", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".pptx"})  # are compressed already
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True)
class Member:
    """A file of the bag: its path within it (ASCII, `data/…` for the payload) and its bytes, or where they lie."""

    path: str
    source: bytes | Path

    def pieces(self) -> Iterator[bytes]:
        if isinstance(self.source, bytes):
            yield self.source
            return
        with self.source.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


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


def add(zip_: zipfile.ZipFile, path: str, member: Member, stamp) -> tuple[str, int]:
    """(SHA-256, length) of what was written."""
    entry = zipfile.ZipInfo(path, stamp)
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    entry.compress_type = zipfile.ZIP_STORED if Path(path).suffix in STORED else zipfile.ZIP_DEFLATED
    digest, length = hashlib.sha256(), 0
    if isinstance(member.source, Path):
        entry.file_size = member.source.stat().st_size
    with zip_.open(entry, "w") as out:
        for piece in member.pieces():
            digest.update(piece)
            length += len(piece)
            out.write(piece)
    return digest.hexdigest(), length


def lines(manifest: dict[str, str]) -> bytes:
    """As `sha256sum` writes and reads it."""
    return "".join(f"{sha}  {path}\n" for path, sha in sorted(manifest.items())).encode()


def one_line(text: str) -> str:
    return " ".join(text.split())


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

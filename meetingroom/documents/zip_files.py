"""Files into a ZIP in one go: every one is hashed as it passes, none is held in memory. The same contents give the same
bytes."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIECE = 1024 * 1024
# Are compressed already.
STORED = frozenset({".pdf", ".webp", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".pptx", ".mp4", ".m4a", ".mp3"})


@dataclass(frozen=True)
class Member:
    """A file: its path inside (ASCII; in a bag `data/…` for the payload) and its bytes, or where they lie."""

    path: str
    source: bytes | Path

    def pieces(self) -> Iterator[bytes]:
        if isinstance(self.source, bytes):
            yield self.source
            return
        with self.source.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


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


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

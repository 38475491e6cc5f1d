"""The ZIP file that an .xmind is: looked at before anything is unfolded, counted while it is."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from meetingroom.cases.formats import limits
from meetingroom.cases.formats.limits import MapRejected

CHUNK = 1 << 16
ENCRYPTED = 0x1
# Old states of the map and its old picture: what the author deleted stands in them. Never opened.
DROPPED = ("revisions/", "thumbnails/")


class Archive:
    """Members by name. Raises MapRejected where one is not as it should be."""

    def __init__(self, file: IO[bytes]):
        try:
            self.zip = zipfile.ZipFile(file)
            members = self.zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
            raise MapRejected("map_unreadable") from None
        if len(members) > limits.MEMBERS:
            raise MapRejected("map_members", most=limits.MEMBERS)
        self.left = limits.UNFOLDED
        self.members = {}
        for member in members:
            name = member.filename.lstrip("/")
            if is_unsafe(member.filename):
                raise MapRejected("map_names", name=member.filename[:80])
            if member.flag_bits & ENCRYPTED:
                raise MapRejected("map_encrypted")
            self.members[name] = member
        # What is dropped is not unfolded either.
        if sum(member.file_size for name, member in self.members.items() if not is_dropped(name)) > limits.UNFOLDED:
            raise MapRejected("map_unfolded", most=limits.UNFOLDED // limits.MEGABYTE)

    def __contains__(self, name: str) -> bool:
        return name in self.members

    @property
    def dropped(self) -> int:
        """Members with old states of the map."""
        return sum(name.lower().startswith("revisions/") and not name.endswith("/") for name in self.members)

    def read(self, name: str, most: int = limits.CONTENT) -> bytes:
        return b"".join(self.pieces(name, most))

    def pieces(self, name: str, most: int) -> Iterator[bytes]:
        if self.members[name].file_size > most:
            raise MapRejected("map_unfolded", most=most // limits.MEGABYTE)
        try:
            with self.zip.open(self.members[name]) as member:
                while piece := member.read(CHUNK):
                    most, self.left = most - len(piece), self.left - len(piece)
                    if most < 0 or self.left < 0:
                        raise MapRejected("map_unfolded", most=limits.UNFOLDED // limits.MEGABYTE)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise MapRejected("map_unreadable") from None


def is_dropped(name: str) -> bool:
    return name.lower().startswith(DROPPED)


def is_unsafe(name: str) -> bool:
    """A name that would lead out of a folder, were anything written under it."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or (len(parts[0]) == 2 and parts[0][1] == ":") or "\0" in name


def digest(pieces: Iterator[bytes]) -> tuple[str, int]:
    """(SHA-256, bytes)."""
    found, size = hashlib.sha256(), 0
    for piece in pieces:
        found.update(piece)
        size += len(piece)
    return found.hexdigest(), size


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP with these members, the same bytes for the same members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()

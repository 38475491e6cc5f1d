"""Whether a file may become a paper, before anything heavy opens it. Reads files; writes and starts nothing.

`glance` is for the server: it reads a few kilobytes. `inspect` is for the worker: it reads what it must to be sure
that LibreOffice gets a sound file of bounded size. PDFs and pictures are judged by the painter (`painter.py`), which
may die of them without harm. Every reason is an `Unfit` with a code.
"""

import re
import struct
import zipfile
import zlib
from pathlib import Path

from meetingroom.documents.kinds import OLE, Kind, by_name
from meetingroom.documents.unfit import Unfit

HEAD = 4096
MEGABYTE = 1024 * 1024

# What a container may unfold to. A deck full of photographs hardly unfolds at all; text unfolds 10 to 20 times.
UNFOLDED_LIMIT = 1500 * MEGABYTE
XML_LIMIT = 300 * MEGABYTE
ENTRIES_LIMIT = 20_000
RATIO_LIMIT = 200  # of one large entry
LARGE = 20 * MEGABYTE
DIRECTORY_SECTORS = 200  # of an old container, far above what documents have

ENCRYPTED_STREAMS = ("EncryptedPackage", "EncryptionInfo")
ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def glance(path: Path, filename: str) -> Kind:
    """The kind of a file by its name and first bytes.

    Raises Unfit: empty_file | unsupported_type | disguised | encrypted.
    """
    kind = by_name(filename)
    if kind is None:
        raise Unfit("unsupported_type")
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not head:
            raise Unfit("empty_file")
        if looks_like(head, kind):
            return kind
        # Word, Excel and PowerPoint put an encrypted document into a container of the old format.
        if kind.family == "zip" and any(name in ENCRYPTED_STREAMS for name in streams(file, head)):
            raise Unfit("encrypted")
    raise Unfit("disguised", ending=kind.ending)


def looks_like(head: bytes, kind: Kind) -> bool:
    if kind.family == "pdf":
        # The standard lets a few bytes stand before the mark, and some scanners put them there.
        return kind.magic in head[:1024]
    return head.startswith(kind.magic)


def inspect(path: Path, kind: Kind) -> None:
    """Raises Unfit when an office file is damaged, encrypted, not what its name says, or a bomb."""
    if path.stat().st_size == 0:
        raise Unfit("empty_file")
    if kind.family == "zip":
        inspect_zip(path, kind)
    elif kind.family == "ole":
        inspect_ole(path, kind)


def inspect_zip(path: Path, kind: Kind) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            check_sizes(entries)
            check_contents(archive, kind)
            for entry in entries:
                check_entry(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, KeyError) as error:
        raise Unfit("damaged") from error
    except (NotImplementedError, RuntimeError) as error:  # an unknown packing, an entry with a password
        raise Unfit("encrypted" if "password" in str(error) else "damaged") from error


def check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """What the archive says of itself; `check_entry` counts what really comes out."""
    if len(entries) > ENTRIES_LIMIT:
        raise Unfit("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unfit("encrypted")
    if sum(entry.file_size for entry in entries) > UNFOLDED_LIMIT:
        raise Unfit("bomb")
    if sum(entry.file_size for entry in entries if is_xml(entry.filename)) > XML_LIMIT:
        raise Unfit("bomb")
    if any(entry.file_size > LARGE and entry.file_size > RATIO_LIMIT * entry.compress_size for entry in entries):
        raise Unfit("bomb")


def check_contents(archive: zipfile.ZipFile, kind: Kind) -> None:
    """That it is a document, and the kind of document its name says."""
    names = set(archive.namelist())
    part, *mime = kind.inside
    if part not in names:
        raise Unfit("disguised", ending=kind.ending)
    if mime:
        if "mimetype" not in names or archive.read("mimetype").strip() != mime[0].encode():
            raise Unfit("disguised", ending=kind.ending)
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Unfit("encrypted")


def check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unfold one entry to nowhere: its checksum, its true size, and no entities declared in XML (billion laughs)."""
    unfolded, tail = 0, b""
    with archive.open(entry) as stream:
        while block := stream.read(MEGABYTE):
            unfolded += len(block)
            if unfolded > entry.file_size:
                raise Unfit("bomb")
            if is_xml(entry.filename):
                # Text never holds a bare "<!"; UTF-16 is read as ASCII by leaving out its zeros.
                if ENTITY.search((tail + block).replace(b"\x00", b"")):
                    raise Unfit("bomb")
                tail = block[-32:]


def is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def inspect_ole(path: Path, kind: Kind) -> None:
    """The old container: it holds the stream its ending promises, and its first sectors do not say "encrypted"."""
    with path.open("rb") as file:
        head = file.read(512)
        names = streams(file, head)
    if not names:
        raise Unfit("damaged")
    if any(name in ENCRYPTED_STREAMS for name in names):
        raise Unfit("encrypted")
    if not any(name in names for name in kind.inside):
        raise Unfit("disguised", ending=kind.ending)


def streams(file, head: bytes) -> list[str]:
    """The names in the directory of an OLE container; empty when it is none, or broken."""
    if len(head) < 512 or not head.startswith(OLE):
        return []
    shift, first = struct.unpack_from("<H", head, 30)[0], struct.unpack_from("<I", head, 48)[0]
    if shift not in (9, 12):
        return []
    size = 1 << shift
    names: list[str] = []
    seen: set[int] = set()
    table = struct.unpack_from("<109I", head, 76)  # where the parts of the allocation table lie

    def sector(number: int) -> bytes:
        file.seek((number + 1) << shift)
        return file.read(size)

    while first < 0xFFFFFFF0 and first not in seen and len(seen) < DIRECTORY_SECTORS:
        seen.add(first)
        block = sector(first)
        names += [name for at in range(0, len(block) - 127, 128) if (name := stream_name(block[at : at + 128]))]
        part, place = divmod(first, size // 4)
        if part >= len(table) or table[part] >= 0xFFFFFFF0:
            break
        following = sector(table[part])[place * 4 : place * 4 + 4]
        first = struct.unpack("<I", following)[0] if len(following) == 4 else 0xFFFFFFFF
    return names


def stream_name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: length - 2].decode("utf-16-le", "replace") if 2 <= length <= 64 else ""

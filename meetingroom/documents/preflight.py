"""Whether a file may become a paper, before anything heavy opens it. Reads files; writes and starts nothing.

`inspect_quickly` is for the server: it reads a few kilobytes. `inspect` is for the worker: it reads what it must to be
sure that LibreOffice gets a sound file of bounded size. PDFs and pictures are judged by the render process, which may
die of them without harm. Every reason is a `FileRejected` with a code.
"""

import re
import struct
import zipfile
import zlib
from pathlib import Path

import olefile

from meetingroom.documents import default_password, plain_text
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.kinds import OLE, PDF, RTF, SAVE_AS, ZIP, Kind, by_content, by_name, ending_of

HEAD = 4096
MEGABYTE = 1024 * 1024

# What a container may unfold to. A deck full of photographs hardly unfolds at all; text unfolds 10 to 20 times.
UNFOLDED_LIMIT = 1500 * MEGABYTE
XML_LIMIT = 300 * MEGABYTE
ENTRIES_LIMIT = 20_000
RATIO_LIMIT = 200  # of a large entry. White paper, scanned as BMP, packs better: there is a limit to all of it together
BLANK_LIMIT = 600 * MEGABYTE
LARGE = 20 * MEGABYTE
DOOR_LIMIT = 16 * MEGABYTE  # of an old container that the server looks into
TYPES_LARGEST = 10 * MEGABYTE

MAIN = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.(wordprocessing|spreadsheet|presentation)ml\."
    rb"(?:document|sheet|template|presentation|slideshow)"
    rb"|ms-(word|excel|powerpoint)\.[\w.]{0,60}macroEnabled(?:Template)?)\.main",
    re.IGNORECASE,
)
MAIN_OF = {
    b"wordprocessing": "docx",
    b"word": "docx",
    b"spreadsheet": "xlsx",
    b"excel": "xlsx",
    b"presentation": "pptx",
}
MAIN_OF |= {b"powerpoint": "pptx"}
ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def inspect_quickly(path: Path, filename: str) -> Kind:
    """The kind of a file by its name and first bytes: that of its contents where programs open it all the same.

    Raises FileRejected: empty_file | unsupported_type | disguised | encrypted.
    """
    kind = by_name(filename)
    if kind is None:
        raise FileRejected("unsupported_type", **save_as(filename))
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise FileRejected("empty_file")
    # Word, Excel and PowerPoint put an encrypted document into a container of the old format.
    small = path.stat().st_size <= DOOR_LIMIT  # of a larger one the worker finds it
    if head.startswith(OLE) and kind.family == "zip" and small and set(streams(path)) & set(default_password.STREAMS):
        if default_password.may_open(path, kind):
            return kind  # whose password it is, the worker finds: that takes a tenth of a second
        raise FileRejected("encrypted")
    if looks_like(head, kind):
        return kind
    if other := by_content(kind, head):
        return other
    raise FileRejected("disguised", ending=kind.ending)


def save_as(filename: str) -> dict[str, str]:
    """{ending, save_as} of what Office can save as something that is shown; {} of everything else."""
    ending = ending_of(filename)
    return {"ending": ending, "save_as": SAVE_AS[ending]} if ending in SAVE_AS else {}


def looks_like(head: bytes, kind: Kind) -> bool:
    if kind.family == "pdf":
        # The standard lets a few bytes stand before the mark, and some scanners put them there.
        return PDF in head[:1024]
    if kind.family == "text":
        return plain_text.is_text(head) and not head.startswith((PDF, RTF, ZIP))
    return kind.begins(head)


def inspect(path: Path, kind: Kind) -> None:
    """Raises FileRejected when an office file is damaged, encrypted, not what its name says, or a bomb."""
    if path.stat().st_size == 0:
        raise FileRejected("empty_file")
    if kind.family == "zip":
        inspect_zip(path, kind)
    elif kind.family == "ole":
        inspect_ole(path, kind)
    elif kind.family == "folder":
        inspect_folder(path)


def inspect_zip(path: Path, kind: Kind) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            check_sizes(entries)
            check_contents(archive, kind)
            for entry in entries:
                check_entry(archive, entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, KeyError) as error:
        raise FileRejected("damaged") from error
    except (NotImplementedError, RuntimeError) as error:  # an unknown packing, an entry with a password
        raise FileRejected("encrypted" if "password" in str(error) else "damaged") from error


def inspect_folder(path: Path) -> None:
    """What lies in it is judged file by file (`unpacking.py`)."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(archive.infolist())
    except (zipfile.BadZipFile, EOFError, OSError, struct.error, ValueError, KeyError) as error:
        raise FileRejected("damaged") from error


def check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """What the archive says of itself; `check_entry` counts what really comes out."""
    if len(entries) > ENTRIES_LIMIT:
        raise FileRejected("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRejected("encrypted")
    if sum(entry.file_size for entry in entries) > UNFOLDED_LIMIT:
        raise FileRejected("bomb")
    if sum(entry.file_size for entry in entries if is_xml(entry.filename)) > XML_LIMIT:
        raise FileRejected("bomb")
    blank = [entry for entry in entries if entry.file_size > LARGE and is_too_thin(entry)]
    if any(is_xml(entry.filename) for entry in blank) or sum(entry.file_size for entry in blank) > BLANK_LIMIT:
        raise FileRejected("bomb")


def is_too_thin(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_LIMIT * entry.compress_size


def check_contents(archive: zipfile.ZipFile, kind: Kind) -> None:
    """That it is a document, and the kind of document its name says."""
    names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
    part, *mime = kind.inside
    if not mime:
        if main_kind(archive, names) != kind.ending and part not in names:
            raise FileRejected("disguised", ending=kind.ending)
        return
    if part not in names or "mimetype" not in names:
        raise FileRejected("disguised", ending=kind.ending)
    if archive.read(names["mimetype"])[:200].strip() not in (mime[0].encode(), f"{mime[0]}-template".encode()):
        raise FileRejected("disguised", ending=kind.ending)
    manifest = names.get("meta-inf/manifest.xml")
    if manifest and b"encryption-data" in archive.read(manifest):
        raise FileRejected("encrypted")


def main_kind(archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    """What [Content_Types].xml says the main part is, wherever it lies ("word/document2.xml"): "docx" …, or ""."""
    types = names.get("[content_types].xml")
    if types is None or archive.getinfo(types).file_size > TYPES_LARGEST:
        return ""
    found = MAIN.search(archive.read(types).replace(b"\x00", b""))
    return MAIN_OF[(found[1] or found[2]).lower()] if found else ""


def check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unfold one entry to nowhere: its checksum, its true size, and no entities declared in XML (billion laughs)."""
    unfolded, tail = 0, b""
    with archive.open(entry) as stream:
        while block := stream.read(MEGABYTE):
            unfolded += len(block)
            if unfolded > entry.file_size:
                raise FileRejected("bomb")
            if is_xml(entry.filename):
                # Text never holds a bare "<!"; UTF-16 is read as ASCII by leaving out its zeros.
                if ENTITY.search((tail + block).replace(b"\x00", b"")):
                    raise FileRejected("bomb")
                tail = block[-32:]


def is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def inspect_ole(path: Path, kind: Kind) -> None:
    """The old container: it holds the stream its ending promises, and nothing that says "encrypted"."""
    names = streams(path)
    if not names:
        raise FileRejected("damaged")
    if set(names) & set(default_password.STREAMS):
        raise FileRejected("encrypted")
    if not any(name.lower() in names for name in kind.inside):
        raise FileRejected("disguised", ending=kind.ending)


def streams(path: Path) -> list[str]:
    """The names at the top of an OLE container, in small letters; empty when it is none, or broken."""
    try:
        with olefile.OleFileIO(str(path)) as ole:
            return [entry[0].lower() for entry in ole.listdir()]
    except Exception:  # it raises many kinds for damaged files
        return []


def has_password(path: Path, kind: Kind) -> bool:
    """Whether an old file says that it is encrypted. Asked when LibreOffice could not open it: Excel has a password of
    its own for workbooks that are only locked, which LibreOffice knows."""
    try:
        with olefile.OleFileIO(str(path)) as ole:
            return bool(ENCRYPTED[kind.ending](ole)) if kind.ending in ENCRYPTED else False
    except Exception:
        return False


def locked_doc(ole: olefile.OleFileIO) -> bool:
    """[MS-DOC] 2.5.2, FibBase.fEncrypted."""
    with ole.openstream("WordDocument") as stream:
        return bool(struct.unpack_from("<H", stream.read(12), 10)[0] & 0x0100)


def locked_xls(ole: olefile.OleFileIO) -> bool:
    """[MS-XLS] 2.4.117: a FilePass record near the beginning."""
    name = "Workbook" if ole.exists("Workbook") else "Book"
    with ole.openstream(name) as stream:
        for _ in range(100):
            head = stream.read(4)
            if len(head) < 4:
                return False
            record, length = struct.unpack("<HH", head)
            if record == 0x002F:
                return True
            stream.seek(length, 1)
    return False


def locked_ppt(ole: olefile.OleFileIO) -> bool:
    """[MS-PPT] 2.3.2, CurrentUserAtom.headerToken."""
    with ole.openstream("Current User") as stream:
        return struct.unpack_from("<I", stream.read(16), 12)[0] == 0xF3D1C4DF


ENCRYPTED = {"doc": locked_doc, "xls": locked_xls, "ppt": locked_ppt}

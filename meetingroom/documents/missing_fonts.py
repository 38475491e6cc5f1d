"""Which faces a paper asks for that this server has not, and nothing with the same measures in their place.

fontconfig says itself what it was asked for and what it gave (FC_DEBUG=1), so only faces that letters are set in are
named, not all that a file lists. LibreOffice asks for faces of its own windows as well: those count only where the
contents of the file name them.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from meetingroom.documents.kinds import Kind

ASKING = {"FC_DEBUG": "1"}  # FC_DBG_MATCH
READ = 16 * 1024 * 1024  # of what fontconfig says: some thousand faces
PIECE = 1024 * 1024
MOST = 10  # faces told of one paper

MATCH = re.compile(
    r'^Match Pattern has .*\n\tfamily: "(?P<asked>[^"\n]{1,100})"(?:.*\n)*?\tfamily: "(?P<given>[^"\n]{1,100})"',
    re.MULTILINE,
)

# The same widths, letter by letter, and all of Vietnamese.
TIMES, ARIAL, COURIER = {"liberation serif", "tinos"}, {"liberation sans", "arimo"}, {"liberation mono", "cousine"}
SAME_MEASURES = {
    **dict.fromkeys(("times new roman", "times"), TIMES),
    **dict.fromkeys(("arial", "helvetica"), ARIAL),
    **dict.fromkeys(("courier new", "courier"), COURIER),
    "calibri": {"carlito"},
    "georgia": {"gelasio"},
    "arial narrow": {"liberation sans narrow"},
}
# Signs, which LibreOffice finds by what they mean, and scripts of East Asia, which a file names beside each Latin face.
SIGNS = {"symbol", "opensymbol", "starsymbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "zapfdingbats"}
EASTERN = re.compile(
    r"mincho|gothic|song|sun$|ming|batang|gulim|dotum|lohit|hei$|meiryo|jhenghei|yahei|mangal|devanagari"
)
WESTERN = {"century gothic", "franklin gothic", "copperplate gothic"}
# Of LibreOffice's own windows; and what templates bring along for headings, with a stand-in of ours that is near
# (office.py): what has Cambria's measures has no Vietnamese.
ONLY_IF_CHOSEN = {"segoe ui", "tahoma", "dejavu sans", "cantarell", "noto sans", "cambria", "calibri light"}
LISTS = re.compile(r"(?i)(fonttable|styles|theme\d*|settings)\.xml$")


def missing_faces(said: Path, paper: Path, kind: Kind) -> list[str]:
    """The names of these faces, in the order in which they were asked for. `said` is what fontconfig wrote."""
    asked = dict.fromkeys(asked.strip() for asked, given in matches(said) if not stands_in(asked, given))
    faces = {name: name.lower() for name in asked if is_latin(name.lower())}
    found = names_in(paper, kind, set(faces.values()))
    return [name for name, low in faces.items() if low in found][:MOST]


def matches(said: Path) -> Iterator[tuple[str, str]]:
    """(asked, given)."""
    try:
        with said.open("rb") as file:
            words = file.read(READ).decode("utf-8", "replace")
    except OSError:
        return
    for found in MATCH.finditer(words):
        yield found["asked"], found["given"]


def stands_in(asked: str, given: str) -> bool:
    """Whether nobody sees the difference: it is there, or what has its measures is."""
    asked, given = asked.lower().strip(), given.lower()
    return given == asked or given in SAME_MEASURES.get(asked, set())


def is_latin(name: str) -> bool:
    """Whether it is a face for letters like ours; .Vn and VNI- are turned into Unicode (legacy_encodings.py)."""
    if not name.isascii() or name in SIGNS or name.startswith((".vn", "vni-")):
        return False
    return any(name.startswith(each) for each in WESTERN) or not EASTERN.search(name)


def names_in(paper: Path, kind: Kind, faces: set[str]) -> set[str]:
    """Which of these names the file holds; some only count outside of its lists of fonts and styles."""
    left, found = set(faces), set()
    for piece, is_list in pieces_of(paper, kind):
        there = {face for face in left if face.encode() in piece and not (is_list and face in ONLY_IF_CHOSEN)}
        found |= there
        left -= there
        if not left:
            break
    return found


def pieces_of(paper: Path, kind: Kind) -> Iterator[tuple[bytes, bool]]:
    """The file in small letters, piece by piece, and whether it is a list of what might be used. In old files, where
    everything is one stream, all is such a list."""
    if kind.family != "zip":
        with paper.open("rb") as file:
            tail = b""
            while piece := file.read(PIECE):
                # Old files write UTF-16, or the bytes of Windows.
                yield (tail + piece).replace(b"\x00", b"").lower(), True
                tail = piece[-400:]
        return
    with zipfile.ZipFile(paper) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith(".xml"):
                with archive.open(entry) as stream:
                    tail = b""
                    while piece := stream.read(PIECE):
                        yield (tail + piece).lower(), bool(LISTS.search(entry.filename))
                        tail = piece[-200:]

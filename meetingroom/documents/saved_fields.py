"""What an office file shows is what its author saw when it was saved: dates that would become today's stay as they are.

LibreOffice computes such fields anew when it opens a file. So the copy it gets has them as plain text: in Word's files
the field is given a name nobody knows, which is drawn as its saved text; in slides it becomes text; a cell with TODAY()
becomes its value. The names of entries are spelled as the file's own lists spell them (opc.py). Entries are changed in
pieces, never held in memory; most files are copied as they are.
"""

import re
import shutil
import warnings
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, ClassVar

from meetingroom.documents import opc
from meetingroom.documents.kinds import Kind

PIECE = 1024 * 1024
LONGEST = 8 * PIECE  # of one paragraph or cell; what is longer is cut where it is

FIELDS = rb"DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|EDITTIME|FILENAME|FILESIZE|LASTSAVEDBY|USERNAME|USERINITIALS"
VOLATILE = rb"TODAY|NOW|RAND|RANDBETWEEN|CELL|INFO"
# Every repetition is bounded: a hostile file must not keep the worker busy.
INSTRUCTION = re.compile(rb"(<(?:\w+:)?instrText\b[^<>]{0,500}>\s{0,100})(?:%s)\b" % FIELDS, re.IGNORECASE)
SIMPLE = re.compile(rb"(<(?:\w+:)?fldSimple\b[^<>]{0,500}?instr=[\"']\s{0,100})(?:%s)\b" % FIELDS, re.IGNORECASE)
RICH = re.compile(
    rb"(\\fldinst\b(?>(?:[\s{}]|\\\*|\\(?!fldinst)[a-z]{1,32}-?\d{0,10}){0,40}))(?:%s)\b" % FIELDS, re.IGNORECASE
)
SLIDE = re.compile(
    rb"<(\w+:)fld\b[^<>]{0,500}?type=[\"']datetime[^<>]{0,500}>((?:(?!<\w+:fld\b).){0,2000}?)</\1fld>", re.DOTALL
)
OF_PARAGRAPH = re.compile(rb"<(\w+:)pPr\b(?:[^>]*/>|.*?</\1pPr>)", re.DOTALL)
FORMULA = re.compile(rb"<((?:\w+:)?)f\b(?P<how>[^<>]{0,500}?)(?:/>|>(?P<text>[^<]{0,20000})</\1f>)(?=\s{0,100}<\1v\b)")
CALLS = re.compile(rb"\b(?:%s)\s*\(" % VOLATILE, re.IGNORECASE)
SHARED = re.compile(rb"\bsi=[\"'](\d+)")
OPEN_FIELD = re.compile(rb"<(/?)text:(?:date|time|file-name)(?![-\w])(?:[^<>/]|/(?!>)){0,2000}>")
OPEN_FORMULA = re.compile(rb"\stable:formula=\"[^\"<>]{0,20000}?\b(?:%s)\([^\"]*\"" % VOLATILE, re.IGNORECASE)


def keep_saved(source: Path, kind: Kind, target: Path) -> None:
    """`target` is a copy of `source` in which such fields stay as they were saved. The source has passed preflight."""
    if kind.family == "zip" and rewrite(source, kind, target):
        return
    if kind.family == "rtf":
        with source.open("rb") as old, target.open("wb") as new:
            new.writelines(change_parts(old, RichRule()))
        return
    shutil.copyfile(source, target)


def rewrite(source: Path, kind: Kind, target: Path) -> bool:
    """Whether there was anything to be changed; only then `target` is there."""
    with zipfile.ZipFile(source) as old:
        entries = {entry: rule for entry in old.infolist() if (rule := rule_for(entry.filename, kind))}
        names = opc.restore_names(old)
        if not names and not any(needs_rewrite(old, entry, rule) for entry, rule in entries.items()):
            return False
        with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compresslevel=1) as new:
            warnings.simplefilter("ignore")  # an entry that is there twice
            for entry in old.infolist():
                copy = zipfile.ZipInfo(names.get(entry.filename, entry.filename), entry.date_time)
                rule = entries.get(entry)
                copy.compress_type = zipfile.ZIP_DEFLATED if rule else zipfile.ZIP_STORED
                with old.open(entry) as stream, new.open(copy, "w", force_zip64=True) as out:
                    for piece in change_parts(stream, rule()) if rule else split_xml(stream):
                        out.write(piece)
    return True


def needs_rewrite(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, rule: "type[Rule]") -> bool:
    tail = b""
    with archive.open(entry) as stream:
        for piece in split_xml(stream):
            if rule.trigger.search(tail + piece):
                return True
            tail = piece[-64:]
    return False


def split_xml(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def change_parts(stream: IO[bytes], rule: "Rule") -> Iterator[bytes]:
    """The stream with the rule applied, cut where nothing is torn."""
    rest = b""
    for piece in split_xml(stream):
        rest += piece
        cut = max(at + len(end) if (at := rest.rfind(end)) >= 0 else 0 for end in rule.ends)
        if not cut and len(rest) > LONGEST:
            cut = len(rest)
        if cut:
            yield rule.apply(rest[:cut])
            rest = rest[cut:]
    yield rule.apply(rest)


class Rule(ABC):
    """How one kind of entry is changed. `trigger`: not without this; `ends`: where it may be cut."""

    trigger: ClassVar[re.Pattern[bytes]]
    ends: ClassVar[tuple[bytes, ...]] = (b"p>",)

    @abstractmethod
    def apply(self, data: bytes) -> bytes: ...


class WordRule(Rule):
    trigger = re.compile(rb"instrText|fldSimple")

    def apply(self, data: bytes) -> bytes:
        return SIMPLE.sub(rb"\1AS_SAVED", INSTRUCTION.sub(rb"\1AS_SAVED", data))


class RichRule(Rule):
    """Rich text: a field's instruction may be wrapped in groups and settings."""

    trigger = re.compile(rb"fldinst")
    ends = (b"\\par",)

    def apply(self, data: bytes) -> bytes:
        return RICH.sub(rb"\1AS_SAVED", data)


class SlideRule(Rule):
    trigger = re.compile(rb"type=[\"']datetime")

    def apply(self, data: bytes) -> bytes:
        return SLIDE.sub(lambda m: b"<%br>%b</%br>" % (m[1], OF_PARAGRAPH.sub(b"", m[2]), m[1]), data)


@dataclass
class SheetRule(Rule):
    """The cells that share a formula with a changed one come after it, and lose theirs as well."""

    trigger: ClassVar = CALLS
    ends: ClassVar = (b"</c>", b":c>")
    shared: set[bytes] = field(default_factory=set)

    def apply(self, data: bytes) -> bytes:
        return FORMULA.sub(self.value, data)

    def value(self, found: re.Match[bytes]) -> bytes:
        key = SHARED.search(found["how"])
        if CALLS.search(found["text"] or b""):
            if key:
                self.shared.add(key[1])
            return b""
        return b"" if key and key[1] in self.shared and not found["text"] else found[0]


class OpenRule(Rule):
    """OpenDocument."""

    trigger = re.compile(rb"<text:(?:date|time|file-name)(?![-\w])|%s" % CALLS.pattern)
    ends = (b"p>", b"cell>")

    def apply(self, data: bytes) -> bytes:
        return OPEN_FORMULA.sub(b"", OPEN_FIELD.sub(rb"<\1text:span>", data))


RULES: tuple[tuple[re.Pattern[str], type[Rule]], ...] = (
    (re.compile(r"word/[^/]*\.xml"), WordRule),
    (re.compile(r"ppt/(slides|slidelayouts|slidemasters)/[^/]*\.xml"), SlideRule),
    (re.compile(r"xl/worksheets/[^/]*\.xml"), SheetRule),
    (re.compile(r"(content|styles)\.xml"), OpenRule),
)


def rule_for(name: str, kind: Kind) -> type[Rule] | None:
    """None also for the heads of an OpenDocument workbook: their dates are saved as zeros, so they are computed, and
    the owner is told."""
    name = name.replace("\\", "/").lstrip("/").lower()
    if (kind.ending, name) == ("ods", "styles.xml"):
        return None
    return next((rule for pattern, rule in RULES if pattern.fullmatch(name)), None)

"""Whether a package is whole, and if not, exactly which file is missing, added or changed, and the first broken fact.

Everything in it is read once, as it comes; nothing is stored. Pure.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from meetingroom.archive import zip_stream
from meetingroom.archive.zip_stream import Entry, NotAZip

MANIFESTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
LONGEST_LINE = 4_000_000  # letters of one fact
LONGEST_TEXT = 32_000_000  # of a manifest


@dataclass
class Verdict:
    """What was found. `error`: it could not be read to its end; `fact`: the number of the first broken one."""

    sha256: str = ""
    bytes: int = 0
    name: str = ""
    meeting: str = ""
    files: int = 0
    facts: int = 0
    withheld: int = 0
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    fact: int = 0
    error: str = ""

    @property
    def whole(self) -> bool:
        return not (self.missing or self.added or self.changed or self.fact or self.error)


def check(pieces: Iterable[bytes], limits: zip_stream.Limits | None = None) -> Verdict:
    """Of a ZIP as it comes. Never raises for what is in it."""
    found = Verdict()
    digest = hashlib.sha256()

    def counted() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            found.bytes += len(piece)
            yield piece

    source = counted()
    try:
        check_entries(zip_stream.read(source, limits), found)
    except NotAZip as wrong:
        found.error = str(wrong)
    for _ in source:  # to its end: its SHA-256 is said in any case
        pass
    found.sha256 = digest.hexdigest()
    return found


def check_entries(entries: Iterable[Entry], found: Verdict) -> None:
    sums: dict[str, str] = {}
    manifests: dict[str, str] = {}
    names: set[str] = set()
    for entry in entries:
        bag, _, path = entry.name.partition("/")
        if entry.name.endswith("/"):
            continue
        if not path or (found.name and bag != found.name):
            found.added.append(entry.name)
            continue
        found.name = bag
        if path in names:
            found.added.append(path)
            continue
        names.add(path)
        sums[path] = take(entry, path, manifests, found)
    compare(sums, manifests, found)


def take(entry: Entry, path: str, manifests: dict[str, str], found: Verdict) -> str:
    """The SHA-256 of a file; what is needed of it is read on the way."""
    digest, text, chain = hashlib.sha256(), bytearray(), Chain(found)
    for piece in entry.pieces:
        digest.update(piece)
        if path in MANIFESTS and len(text) < LONGEST_TEXT:
            text += piece
        elif path == "data/log.jsonl":
            chain.feed(piece)
    if path in MANIFESTS:
        manifests[path] = text.decode("utf-8", "replace")
    if path == "data/log.jsonl":
        chain.end()
    return digest.hexdigest()


class Chain:
    """The facts, line by line as they come."""

    def __init__(self, found: Verdict):
        self.found, self.held, self.last = found, b"", ""

    def feed(self, piece: bytes) -> None:
        *lines, self.held = (self.held + piece).split(b"\n")
        for line in lines:
            self.line(line)
        if len(self.held) > LONGEST_LINE:
            self.broken()
            self.held = b""

    def end(self) -> None:
        if self.held:
            self.line(self.held)

    def broken(self) -> None:
        self.found.fact = self.found.fact or self.found.facts

    def line(self, line: bytes) -> None:
        found = self.found
        found.facts += 1
        try:
            fact = json.loads(line)
            row = [fact[key] for key in ("meeting", "seq", "at", "by", "name")]
            if "withheld" in fact:
                found.withheld += 1
                right = fact["seq"] == found.facts and isinstance(fact["hash"], str)
            else:
                row.append(fact["written"] if "written" in fact else plain(fact["data"]))
                right = fact["seq"] == found.facts and fact["hash"] == chained(self.last, row)
        except (ValueError, KeyError, TypeError, RecursionError):
            self.broken()
            return
        found.meeting = found.meeting or str(fact["meeting"])[:80]
        if not right or fact["meeting"] != found.meeting:
            self.broken()
        self.last = str(fact["hash"])


def plain(value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained(last: str, row: list) -> str:
    return hashlib.sha256((last + plain(row)).encode("utf-8", "replace")).hexdigest()


def compare(sums: dict[str, str], manifests: dict[str, str], found: Verdict) -> None:
    """What came with what the manifests say."""
    found.files = len(sums)
    digests: dict[str, str] = {}
    for name in MANIFESTS:
        if name not in manifests:
            found.missing.append(name)
        for line in manifests.get(name, "").splitlines():
            if match := LINE.fullmatch(line):
                digests[match[2]] = match[1]
            else:
                found.changed.append(name)
                break
    if "bagit.txt" not in sums:
        found.missing.append("bagit.txt")
    found.missing += sorted(set(digests) - set(sums) - set(found.missing))
    found.added += sorted(set(sums) - set(digests) - set(MANIFESTS) - ({"bagit.txt"} if not digests else set()))
    found.changed += [path for path, sha in digests.items() if path in sums and sums[path] != sha]
    found.changed = sorted(set(found.changed))


def read_file(path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(zip_stream.PIECE):
            yield piece

"""A ZIP read in one go, as it arrives: each file's bytes once, nothing kept, nothing stored. Pure.

Read are files as packages have them: stored or deflated, also with their length behind them if deflated. The list at
the end must name the very files that came, where they came.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

LOCAL, CENTRAL, END, END64, LOCATOR64 = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
DESCRIPTOR = b"PK\x07\x08"
STORED, DEFLATED = 0, 8
ENCRYPTED, LENGTH_BEHIND, UTF8 = 0x1, 0x8, 0x800
PIECE = 256 * 1024


class NotAZip(ValueError):
    """It is no ZIP, damaged, or of a kind that is not read here."""


@dataclass(frozen=True)
class Limits:
    """What one file may hold; beyond it, NotAZip."""

    files: int = 100_000
    bytes: int = 64 * 1024**3
    ratio: int = 200  # of what is unpacked to what came, beyond the first 10 MB


class Source:
    """Pieces of bytes, taken in the lengths that are needed."""

    def __init__(self, pieces: Iterable[bytes]):
        self.pieces, self.held, self.offset = iter(pieces), b"", 0

    def more(self) -> bool:
        """Whether another piece came."""
        for piece in self.pieces:
            if piece:
                self.held += piece
                return True
        return False

    def take(self, length: int) -> bytes:
        """Exactly so many bytes (a header's)."""
        while len(self.held) < length:
            if not self.more():
                raise NotAZip("it ends in the middle")
        taken, self.held = self.held[:length], self.held[length:]
        self.offset += length
        return taken

    def take_some(self, most: int) -> bytes:
        if not self.held and not self.more():
            raise NotAZip("it ends in the middle")
        taken, self.held = self.held[:most], self.held[most:]
        self.offset += len(taken)
        return taken

    def give_back(self, data: bytes) -> None:
        self.held = data + self.held
        self.offset -= len(data)

    def rest(self) -> int:
        """How much follows; it is passed over."""
        length = len(self.held)
        self.held = b""
        while self.more():
            length += len(self.held)
            self.held = b""
        return length


@dataclass
class Entry:
    """A file in it; `pieces` have to be taken before the next one comes."""

    name: str
    offset: int
    pieces: Iterator[bytes] = field(repr=False)


def read(pieces: Iterable[bytes], limits: Limits | None = None) -> Iterator[Entry]:
    """Every file in its order. Raises NotAZip, at the latest after the last one."""
    limits, source = limits or Limits(), Source(pieces)
    count = Count(limits, source)
    seen: list[tuple[str, int]] = []
    while True:
        mark = source.take(4)
        if mark != LOCAL:
            break
        entry = open_entry(source, count)
        seen.append((entry.name, entry.offset))
        if len(seen) > limits.files:
            raise NotAZip("too many files")
        yield entry
        for _ in entry.pieces:  # what the caller has not taken
            pass
    check_list(source, mark, seen)


@dataclass
class Count:
    """How much was unpacked so far."""

    limits: Limits
    source: Source
    unpacked: int = 0

    def add(self, length: int) -> None:
        self.unpacked += length
        if self.unpacked > self.limits.bytes:
            raise NotAZip("too large")
        if self.unpacked > 10_000_000 and self.unpacked > self.limits.ratio * max(1, self.source.offset):
            raise NotAZip("it unpacks to far more than it is")


def open_entry(source: Source, count: Count) -> Entry:
    at = source.offset - 4
    head = source.take(26)
    _, flags, method, _, _, crc, packed, size, name_length, extra_length = struct.unpack("<HHHHHIIIHH", head)
    name = read_name(source.take(name_length), flags)
    extra = source.take(extra_length)
    if flags & ENCRYPTED:
        raise NotAZip("encrypted")
    if method not in (STORED, DEFLATED):
        raise NotAZip("compressed in an unknown way")
    packed, size = long_lengths(extra, packed, size)
    if flags & LENGTH_BEHIND and method == STORED and not packed and name[-1:] != "/":
        raise NotAZip("a stored file that does not say how long it is")
    return Entry(name, at, contents(source, count, method, packed, crc, bool(flags & LENGTH_BEHIND)))


def read_name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8" if flags & UTF8 else "ascii")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def long_lengths(extra: bytes, packed: int, size: int) -> tuple[int, int]:
    """Of files beyond 4 GB they stand elsewhere."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == 1:
            if size == 0xFFFFFFFF and len(body) >= 8:
                size, body = struct.unpack("<Q", body[:8])[0], body[8:]
            if packed == 0xFFFFFFFF and len(body) >= 8:
                packed = struct.unpack("<Q", body[:8])[0]
    return packed, size


def contents(source: Source, count: Count, method: int, packed: int, crc: int, behind: bool) -> Iterator[bytes]:
    found = 0
    for piece in stored(source, packed) if method == STORED else inflated(source, packed, behind):
        count.add(len(piece))
        found = zlib.crc32(piece, found)
        yield piece
    if behind:
        mark = source.take(4)
        crc = struct.unpack("<I", source.take(4) if mark == DESCRIPTOR else mark)[0]
        skip_lengths(source)
    if found != crc:
        raise NotAZip("a file in it is damaged")


def skip_lengths(source: Source) -> None:
    """Two lengths of 4 bytes, or of 8: what follows is the next header."""
    source.take(8)
    following = source.take(4)
    if following[:2] != b"PK":
        source.take(4)
    else:
        source.give_back(following)


def stored(source: Source, left: int) -> Iterator[bytes]:
    while left:
        piece = source.take_some(min(PIECE, left))
        left -= len(piece)
        yield piece


def inflated(source: Source, left: int, behind: bool) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not inflate.eof:
            most = PIECE if behind else min(PIECE, left)
            data = inflate.unconsumed_tail or (source.take_some(most) if most else b"")
            if not data:
                raise NotAZip("a file in it is damaged")
            if not inflate.unconsumed_tail:
                left -= 0 if behind else len(data)
            if piece := inflate.decompress(data, PIECE):
                yield piece
    except zlib.error as error:
        raise NotAZip("a file in it is damaged") from error
    if inflate.unused_data:
        if not behind:
            raise NotAZip("a file in it is longer than it says")
        source.give_back(inflate.unused_data)
    if left and not behind:
        raise NotAZip("a file in it is shorter than it says")


def check_list(source: Source, mark: bytes, seen: list[tuple[str, int]]) -> None:
    listed = []
    while mark == CENTRAL:
        head = source.take(42)
        flags = struct.unpack("<H", head[4:6])[0]
        name_length, extra_length, comment_length = struct.unpack("<HHH", head[24:30])
        offset = struct.unpack("<I", head[38:42])[0]
        name = read_name(source.take(name_length), flags)
        extra = source.take(extra_length)
        source.take(comment_length)
        if offset == 0xFFFFFFFF:
            offset = long_offset(extra, head)
        listed.append((name, offset))
        mark = source.take(4)
    if mark == END64:
        (length,) = struct.unpack("<Q", source.take(8))
        if length > 10_000:
            raise NotAZip("its end is damaged")
        source.take(length)
        mark = source.take(4)
    if mark == LOCATOR64:
        source.take(16)
        mark = source.take(4)
    if mark != END:
        raise NotAZip("it is no ZIP, or it is damaged")
    comment = struct.unpack("<H", source.take(18)[16:])[0]
    source.take(comment)
    if source.rest():
        raise NotAZip("something follows after its end")
    if listed != seen:
        raise NotAZip("its list of files is another than the files in it")


def long_offset(extra: bytes, head: bytes) -> int:
    packed, size = struct.unpack("<II", head[16:24])
    skip = 8 * ((packed == 0xFFFFFFFF) + (size == 0xFFFFFFFF))
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == 1 and len(body) >= skip + 8:
            return struct.unpack("<Q", body[skip : skip + 8])[0]
    return -1

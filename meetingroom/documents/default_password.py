"""Workbooks that only look encrypted: Excel locks one whose structure is protected with a password of its own, which
every spreadsheet program knows, and asks nobody for it. Such a file is opened; any other password is its owner's.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import olefile

from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.kinds import KINDS, Kind

PASSWORD = "VelvetSweatshop"  # noqa: S105 — [MS-OFFCRYPTO] 2.4.2.3 Default Password; no secret
STREAMS = ("encryptedpackage", "encryptioninfo")  # the old container does not tell "a" from "A"
ENDINGS = ("xlsx", "xls")  # an .xls may hold today's format
LARGEST = 32 * 1024 * 1024  # it is decrypted in memory
INFO_LARGEST = 64 * 1024
SPINS_MOST = 1_000_000  # rounds of the hash; Excel asks for 100,000


def may_open(path: Path, kind: Kind) -> bool:
    """Whether it could be such a workbook; whose password it is, is not tried."""
    try:
        with lock_of(path):
            return is_locked(path, kind)
    except Exception:
        return False


def is_locked(path: Path, kind: Kind) -> bool:
    """Whether a workbook of today's format lies encrypted in a container of the old one."""
    if kind.ending not in ENDINGS:
        return False
    try:
        with olefile.OleFileIO(str(path)) as ole:
            return set(STREAMS) <= {entry[0].lower() for entry in ole.listdir()}
    except Exception:  # it raises many kinds for what is no such container, or broken
        return False


@contextmanager
def opened(path: Path, kind: Kind, work: Path) -> Iterator[tuple[Path, Kind]]:
    """The file and its kind as they are, or its decrypted copy, which is gone afterwards.

    Raises FileRejected("encrypted") when the password is another.
    """
    if not is_locked(path, kind):
        yield path, kind
        return
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work) as folder:
        copy = Path(folder) / "opened.xlsx"
        decrypt(path, copy)
        yield copy, KINDS["xlsx"]


def decrypt(path: Path, copy: Path) -> None:
    try:
        with lock_of(path) as lock, copy.open("wb") as target:
            lock.load_key(password=PASSWORD, verify_password=True)
            lock.decrypt(target)
    except Exception as error:  # another password, another kind of lock, or a broken one
        raise FileRejected("encrypted") from error


@contextmanager
def lock_of(path: Path) -> Iterator[Any]:
    """How it is encrypted. Raises ValueError for what would keep the worker busy or fill its memory, and many kinds of
    errors for what is broken."""
    from msoffcrypto.format.ooxml import OOXMLFile  # and with it cryptography, for the few files that are locked

    with path.open("rb") as source:
        with olefile.OleFileIO(source) as ole, ole.openstream("EncryptionInfo") as stream:
            info = stream.read(INFO_LARGEST + 1)
        # UTF-16 is read as ASCII by leaving out its zeros.
        if path.stat().st_size > LARGEST or len(info) > INFO_LARGEST or b"<!" in info.replace(b"\x00", b""):
            raise ValueError("too large, or not what a program writes")
        lock = OOXMLFile(source)
        if lock.info.get("spinValue", 0) > SPINS_MOST:
            raise ValueError("it would take too long")
        yield lock

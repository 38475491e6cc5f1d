"""Pictures of signatures and of the seal: encrypted in the database, with a key that lies elsewhere.

Only this area reads them, and no route gives one back: a picture without its certificate would be a forged paper. The
key is a file outside the data folder (`MEETINGROOM_SIGNING_KEY`; without it, beside that folder), so that neither a
copy of the folder nor a backup can show a picture. After a restore on another machine, they are brought again.
"""

import contextlib
import os
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from meetingroom.config import Settings


class NoKey(Exception):
    """The key's file cannot be made or read; the argument is its path."""


def key_path(settings: Settings) -> Path:
    if settings.signing_key:
        return Path(settings.signing_key)
    data = settings.data.absolute()
    return data.with_name(f"{data.name}.signing.key")


def box(path: Path, make: bool = False) -> SecretBox:
    """Raises NoKey."""
    try:
        if make and not path.exists():
            with contextlib.suppress(FileExistsError):
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(random(SecretBox.KEY_SIZE))
                    file.flush()
                    os.fsync(file.fileno())
        return SecretBox(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NoKey(str(path)) from error


def lock(path: Path, picture: bytes) -> bytes:
    return bytes(box(path, make=True).encrypt(picture))


def unlock(path: Path, locked: bytes | None) -> bytes | None:
    """None where the key is not the one it was locked with: the signature is shown in words."""
    try:
        return bytes(box(path).decrypt(locked)) if locked else None
    except (NoKey, CryptoError):
        return None

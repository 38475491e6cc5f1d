"""Room on the disk: how much is left, how much is always kept, and what an error says about it."""

import errno
import shutil
from pathlib import Path

from meetingroom.config import MEGABYTE

KEPT_FREE = 200 * MEGABYTE  # for the log of the meeting that is running: less counts as full


def free_bytes(folder: Path) -> int:
    """Bytes that can still be written in a folder."""
    return shutil.disk_usage(folder).free


def has_room(folder: Path, more: int = 0) -> bool:
    """Whether `more` bytes can be written and what is always kept free stays free."""
    return free_bytes(folder) >= more + KEPT_FREE


def is_full(error: BaseException) -> bool:
    """Whether something failed because the disk (or the share of this user) is full: told by the system or SQLite."""
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or (
        getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
    )

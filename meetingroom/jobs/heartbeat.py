"""What the worker lets others know of itself: that it lives, and behind which wall it works."""

import time
from pathlib import Path

from meetingroom.config import Settings

SILENT_AFTER = 15  # seconds without a heartbeat: the worker does not live


def heartbeat_file(settings: Settings) -> Path:
    return settings.data / "worker.heart"


def worker_alive(settings: Settings) -> bool:
    """Whether the worker lives: for `/readyz` and for the preparation screen."""
    try:
        # Either way: where the clock was set back, a heart that stopped lies in the future.
        return abs(time.time() - heartbeat_file(settings).stat().st_mtime) < SILENT_AFTER
    except OSError:
        return False


def worker_wall(settings: Settings) -> str:
    """Behind which wall the worker opens strangers' files: bubblewrap | unshare | plain, "" while it has not said.

    "unshare own" and "plain own" where the file is read with the rights of the worker's user.
    """
    try:
        return (settings.data / "worker.wall").read_text()
    except OSError:
        return ""

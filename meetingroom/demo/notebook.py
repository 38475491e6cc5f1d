"""What the demo keeps beside the database: when it was first laid out, whether that is done, and its password."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from meetingroom import clock
from meetingroom.auth import passwords
from meetingroom.config import Settings


@dataclass(frozen=True)
class Notes:
    """`first_run` in ms: every date of the demo is counted from it, so that a half-finished layout is completed."""

    first_run: int
    laid_out: bool = False


def notes(settings: Settings) -> Notes | None:
    """What is known of the demo in this folder; None if there is none."""
    try:
        return Notes(**json.loads(place(settings).read_text()))
    except FileNotFoundError:
        return None


def begin(settings: Settings, first_run: int = 0) -> Notes:
    """The notes of this folder, made if there are none."""
    if found := notes(settings):
        return found
    made = Notes(first_run or clock.now())
    write(place(settings), json.dumps(asdict(made)))
    return made


def finished(settings: Settings, known: Notes) -> None:
    write(place(settings), json.dumps(asdict(replace(known, laid_out=True))))


def place(settings: Settings) -> Path:
    return settings.data / "demo.json"


def password_file(settings: Settings) -> Path:
    return settings.data / "demo-password.txt"


def kept_password(settings: Settings) -> str:
    """The password of the accounts as they are now; "" before there are any."""
    try:
        return password_file(settings).read_text().strip()
    except FileNotFoundError:
        return ""


def configured_password(settings: Settings) -> str:
    """MEETINGROOM_DEMO_PASSWORD, else the one kept, else a random one."""
    return os.environ.get("MEETINGROOM_DEMO_PASSWORD") or kept_password(settings) or passwords.make_temporary()


def keep_password(settings: Settings, password: str) -> None:
    if password != kept_password(settings):
        write(password_file(settings), password + "\n")


def write(path: Path, text: str) -> None:
    """Whole or not at all, for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.new")
    aside.touch(0o600)
    aside.chmod(0o600)
    aside.write_text(text)
    aside.rename(path)

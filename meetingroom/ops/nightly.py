"""A backup every day by the worker: made, read back, copied to a second folder; old ones go; one is restored for trial.
The newest is read through once a week, as it lies there by then.

`MEETINGROOM_BACKUP` is the folder (default: `<data>-backups` beside the data folder; `off`: none is made),
`MEETINGROOM_BACKUP_SECOND` the second one (a USB disk, a share), `MEETINGROOM_BACKUP_HOUR` the hour. While a secret
ballot is open it is put off: a restored copy could not count it.
"""

import contextlib
import logging
import os
import re
import shutil
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from meetingroom import clock
from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.jobs import queue
from meetingroom.ops import backup, backup_store, inspection
from meetingroom.ops.startup_errors import StartupError

logger = logging.getLogger(__name__)
KIND, CHECK = "backup", "backup_check"
DAILY, WEEKLY, MONTHLY = 7, 5, 12
TRIAL_DAYS, CHECK_DAYS = 30, 7
A_DAY = 86_400_000
OFF = "off"
NAME = re.compile(r"meetingroom-(\d{8})-(\d{6})\.tar")


def folder(settings: Settings) -> Path:
    given = os.environ.get("MEETINGROOM_BACKUP", "")
    return Path(given) if given else settings.data.resolve().with_name(f"{settings.data.resolve().name}-backups")


def second_folder() -> Path | None:
    given = os.environ.get("MEETINGROOM_BACKUP_SECOND", "")
    return Path(given) if given else None


def hour() -> int:
    given = os.environ.get("MEETINGROOM_BACKUP_HOUR", "2")
    return int(given) if given.isdecimal() and int(given) < 24 else 2


def look(settings: Settings, pool: Pool, now: int) -> bool:
    """Whether a backup was asked for: it is past the hour and today has none; none while a secret ballot is open, and
    one that failed is tried again after an hour."""
    local = clock.local(now)
    if os.environ.get("MEETINGROOM_BACKUP") == OFF or local.hour < hour():
        return False
    with pool.lend() as db:
        last = backup_store.last_at(db)
        if last and clock.local(last).date() >= local.date():
            return False
        if queue.is_unfinished(db, KIND, "") or backup_store.has_open_box(db):
            return False
        if backup_store.tried_lately(db, KIND, now):
            return False
    with pool.writing() as db:
        queue.request_job(db, KIND, "")
    return True


def look_at_newest(pool: Pool, now: int) -> bool:
    """Whether a reading through was asked for: the newest backup has lain there for a week since the last one."""
    if os.environ.get("MEETINGROOM_BACKUP") == OFF or clock.local(now).hour < hour():
        return False
    with pool.lend() as db:
        last = backup_store.last(db)
        if not last or now - max(backup_store.last_check(db), backup_store.first_at(db)) < CHECK_DAYS * A_DAY:
            return False
        if queue.is_unfinished(db, CHECK, "") or backup_store.tried_lately(db, CHECK, now):
            return False
    with pool.writing() as db:
        queue.request_job(db, CHECK, "")
    return True


def check_newest(context, _subject: str) -> None:
    with context.pool.lend() as db:
        last = backup_store.last(db)
    if last:
        outcome = read_through(context.settings, last)
        with context.pool.writing() as db:
            backup_store.write_check(db, last["file"], outcome)


def read_through(settings: Settings, row: dict) -> str:
    """`ok: 12`, the number of meetings in it, or what is wrong with the file or its second copy: a disk may lose what
    was well when it was written."""
    copies = [folder(settings) / row["file"]]
    if row["second"] == "ok" and (second := second_folder()) and second.is_dir():
        copies.append(second / row["file"])
    for copy in copies:
        try:
            if inspection.hash_file(copy) != row["sha256"]:
                return f"changed: {copy}"
        except FileNotFoundError:
            return f"not there: {copy}"
        except OSError as error:
            return f"{error.strerror or error}: {copy}"
    return try_restore(settings, copies[0])


def make(context, _subject: str) -> None:
    """One backup, from its making to its trial."""
    settings = context.settings
    with context.pool.lend() as db:
        if backup_store.has_open_box(db):
            return  # looked for again with the next heartbeat
    target = folder(settings) / backup.default_name()
    try:
        problems = backup.make_backup(settings, target)
    except StartupError as error:
        logger.error("the daily backup could not be made: %s", error)
        return
    second = copy_to_second(target)
    with context.pool.writing() as db:
        backup_store.add(db, target.name, target.stat().st_size, inspection.hash_file(target), problems, second)
    for place in filter(None, (target.parent, second_folder())):
        rotate(place)
    with context.pool.lend() as db:
        tried = backup_store.last_trial(db)
    if clock.now() - tried >= TRIAL_DAYS * A_DAY:
        outcome = try_restore(settings, target)
        with context.pool.writing() as db:
            backup_store.write_trial(db, target.name, outcome)


def copy_to_second(made: Path) -> str:
    """`ok`, "" where none is wanted, or why there is no second copy. It is read back as well."""
    place = second_folder()
    if place is None:
        return ""
    if not place.is_dir():  # a disk that is not plugged in: nothing is written where it would be mounted
        return f"not there: {place}"
    aside = place / f"{made.name}.part"
    try:
        with made.open("rb") as source, aside.open("wb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())
        if inspection.hash_file(aside) != inspection.hash_file(made):
            return "the copy is another than the original"
        aside.rename(place / made.name)
    except OSError as error:
        return error.strerror or str(error)
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
    return "ok"


def select_kept(names: list[str]) -> set[str]:
    """Which of these backups stay: the last of each of 7 days, of 5 weeks, of 12 months. Pure."""
    made = sorted((match[1] + match[2], name) for name in names if (match := NAME.fullmatch(name)))
    found: set[str] = set()
    for most, of in ((DAILY, "%Y%m%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y%m")):
        last = {datetime.strptime(stamp, "%Y%m%d%H%M%S").strftime(of): name for stamp, name in made}
        found |= {last[key] for key in sorted(last)[-most:]}
    return found


def rotate(place: Path) -> None:
    """Backups of ours that are kept no more go; nothing else is touched."""
    with contextlib.suppress(OSError):
        names = [path.name for path in place.glob("meetingroom-*.tar")]
        for name in set(names) - select_kept(names):
            if NAME.fullmatch(name):
                (place / name).unlink(missing_ok=True)


def try_restore(settings: Settings, made: Path) -> str:
    """`ok: 12`, the number of meetings, or what went wrong: restored into a folder of its own, looked through, thrown
    away."""
    place = Path(tempfile.mkdtemp(dir=made.parent, prefix=".trial-"))
    try:
        report = backup.restore(replace(settings, data=place / "data"), made).report
        return f"ok: {report.meetings}" if not report.problems else report.problems[0]
    except (StartupError, OSError) as error:
        return str(error)
    finally:
        shutil.rmtree(place, ignore_errors=True)

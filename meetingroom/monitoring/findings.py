"""How the system is, in words: what an administrator looks at before the guests come. Each finding says what to do."""

import os

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from meetingroom import clock, disk, log
from meetingroom.cases.media import ffmpeg
from meetingroom.config import MEGABYTE
from meetingroom.documents import render_process, render_slots, sandbox
from meetingroom.jobs import heartbeat, scheduler
from meetingroom.monitoring import store
from meetingroom.monitoring.edges import edges
from meetingroom.monitoring.found import BAD, GOOD, WATCH, Finding
from meetingroom.search import store as search_store
from meetingroom.signing import store as trust_store
from meetingroom.web import dates

DISK_SUGGESTED = 5000 * MEGABYTE
MEMORY_SUGGESTED = 3500 * MEGABYTE  # what a computer sold with 4 GB says that it has
BACKUP_DAYS = 2
SLOW_MS = 3000


def findings(context, person: str = "") -> list[Finding]:
    """`person`: who looks at them; "" for nobody's eyes in particular."""
    with context.pool.lend() as db:
        running, work = store.running(db, person), store.jobs(db)
    return [
        room_on_disk(context),
        worker(context, work),
        wall(context),
        memory(),
        *recordings(),
        backup(context),
        *backup_details(context),
        database(context),
        search(context),
        *revocations(context),
        push(context),
        *edges(context),
        *time(),
        *meetings(context, running),
    ]


def room_on_disk(context) -> Finding:
    free = disk.free_bytes(context.settings.data)
    words = _("%(size)s free", size=amount(free))
    todo = _("Delete old backups, or move the data folder to a larger disk.")
    if free < disk.KEPT_FREE:
        full = _("%(size)s free: entries and uploads are refused when nothing is left", size=amount(free))
        return Finding(_("Disk"), BAD, full, todo)
    return Finding(_("Disk"), WATCH, words, todo) if free < DISK_SUGGESTED else Finding(_("Disk"), GOOD, words)


def worker(context, work: list[dict]) -> Finding:
    waiting = sum(row["n"] for row in work if row["status"] in ("queued", "running"))
    if not heartbeat.worker_alive(context.settings):
        todo = _("It is started again by itself within a minute; if not, restart the server: meetings go on.")
        return Finding(_("Preparing papers"), BAD, _("The worker does not answer; new papers are not prepared"), todo)
    words = ngettext("%(num)s job is waiting", "%(num)s jobs are waiting", waiting) if waiting else _("Nothing waits")
    return Finding(_("Preparing papers"), GOOD, words)


def wall(context) -> Finding:
    """Behind which wall strangers' files are opened, as the worker told it."""
    todo = _("Install bubblewrap on the server and restart it (see the operations guide).")
    about = _("Opening of files")
    match heartbeat.worker_wall(context.settings):
        case "bubblewrap":
            return Finding(about, GOOD, _("Files are opened in a closed room (bubblewrap), without network and rights"))
        case "unshare":
            return Finding(
                about, WATCH, _("Files are opened without network and rights, but in sight of the disk"), todo
            )
        case "plain":
            return Finding(about, BAD, _("Files are opened without rights, but could reach the network"), todo)
        case "unshare own":
            return Finding(about, WATCH, _("Files are opened without network, with the rights of the server"), todo)
        case "plain own":
            rights = _("Files are opened with the rights of the server, and could reach the network")
            return Finding(about, BAD, rights, todo)
    return Finding(about, WATCH, _("The worker has not said yet how it opens files"))


def memory() -> Finding:
    """What the files of others can take at most, beside what this computer has."""
    renderers, office = render_slots.shared.most * render_process.MEMORY, sandbox.Limits(0).memory
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    words = _(
        "Drawing pages takes %(renderers)s at most, opening an Office file %(office)s (%(number)s at a time);"
        " this computer has %(there)s",
        renderers=amount(renderers), office=amount(office), number=scheduler.LARGE, there=amount(there),
    )  # fmt: skip
    todo = _("Give the server 4 GB of memory: with less, large papers may have to be prepared again.")
    little = there < MEMORY_SUGGESTED
    return Finding(_("Memory for papers"), WATCH if little else GOOD, words, todo if little else "")


def recordings() -> list[Finding]:
    """Only where something is to be done."""
    if ffmpeg.available():
        return []
    words = _("ffmpeg is not installed: audio and video of case files are kept, but cannot be played.")
    return [Finding(_("Audio and video"), WATCH, words, _("Install ffmpeg and start the program again."))]


def backup(context) -> Finding:
    todo = _("Run the backup command, best every night (see the operations guide).")
    try:
        made = int((context.settings.data / "backup.made").stat().st_mtime * 1000)
    except OSError:
        return Finding(_("Backup"), WATCH, _("No backup has been made yet"), todo)
    days = (clock.now() - made) // 86_400_000
    when = f"{clock.local(made):%H:%M, %d/%m/%Y}"
    words = _("The last backup was made at %(when)s", when=when)
    return Finding(_("Backup"), WATCH, words, todo) if days >= BACKUP_DAYS else Finding(_("Backup"), GOOD, words)


def revocations(context):
    """A line where the agency trusts somebody: how old the lists of revoked certificates are."""
    with context.pool.lend() as db:
        trusted = [row for row in trust_store.list_trust(db) if row["confirmed"]]
    lists = [row for row in trusted if row["kind"] == "crl"]
    about, todo = _("Signatures"), _("Add the authority’s newest list under Administration, Digital signatures.")
    if not lists:
        if trusted:
            yield Finding(about, WATCH, _("There is no list of revoked certificates"), todo)
        return
    oldest = min(lists, key=lambda row: row["since"])
    days = (clock.now() - oldest["since"]) // 86_400_000
    words = ngettext("The oldest list of revoked certificates is %(num)s day old",
                     "The oldest list of revoked certificates is %(num)s days old", days)  # fmt: skip
    late = any(row["until"] and row["until"] < clock.now() for row in lists)
    yield Finding(about, WATCH if late else GOOD, words, todo if late else "")


def backup_details(context):
    """The copy in the second folder, what was found wrong, and the last trial restore: each with its own lamp."""
    with context.pool.lend() as db:
        last = store.last_backup(db)
    if not last:
        return
    if last["problems"]:
        todo = _("Run run.py verify; restore what is missing from an older backup.")
        yield Finding(_("Contents of the backup"), BAD, last["problems"].splitlines()[0], todo)
    if last["second"] == "ok":
        yield Finding(_("Second copy"), GOOD, _("Copied to the second folder and read back"))
    elif last["second"]:
        todo = _("Plug the disk in, or mend the share; the next backup is copied again.")
        yield Finding(_("Second copy"), BAD, last["second"], todo)
    else:
        todo = _("Set MEETINGROOM_BACKUP_SECOND: two copies on two media are asked for.")
        yield Finding(_("Second copy"), WATCH, _("No second folder is set"), todo)
    yield weekly_check(last)
    if last["tried"]:
        when = f"{clock.local(last['tried_at']):%d/%m/%Y}"
        if last["tried"].startswith("ok: "):
            words = _("Restored for trial on %(day)s: %(n)s meetings", day=when, n=last["tried"][4:])
            yield Finding(_("Trial restore"), GOOD, words)
        else:
            yield Finding(_("Trial restore"), BAD, last["tried"], _("Make a new backup and look at the disk."))


def weekly_check(last: dict) -> Finding:
    """The newest backup, read through once a week as it lies on its disk."""
    about = _("Weekly check of the backup")
    if not last["checked"]:
        return Finding(about, GOOD, _("The first one is a week after the first backup"))
    when = f"{clock.local(last['checked_at']):%d/%m/%Y}"
    if last["checked"].startswith("ok: "):
        return Finding(
            about, GOOD, _("%(file)s was read through on %(day)s: whole", file=last["checked_file"], day=when)
        )
    return Finding(about, BAD, last["checked"], _("Make a new backup and look at the disk."))


def database(context) -> Finding:
    files = [context.settings.database, context.settings.database.with_name(context.settings.database.name + "-wal")]
    size = sum(path.stat().st_size for path in files if path.exists())
    return Finding(_("Database"), GOOD, amount(size))


def search(context) -> Finding:
    """How much of what there is can be found."""
    with context.pool.lend() as db:
        every, left, rows = search_store.progress(db)
    if left:
        done = {"done": format_decimal(every - left), "num": format_decimal(every)}
        words = _("%(done)s of %(num)s papers can be found; the others are being read", **done)
        return Finding(_("Search of papers"), GOOD, words)
    words = _(
        "All %(num)s papers can be found (%(rows)s entries)", num=format_decimal(every), rows=format_decimal(rows)
    )
    return Finding(_("Search of papers"), GOOD, words)


def push(context) -> Finding:
    here = len(context.presence.screens)
    words = ngettext("%(num)s screen is connected", "%(num)s screens are connected", here)
    if context.push.alive:
        return Finding(_("Screens"), GOOD, words)
    todo = _("Restart the server: the screens come back by themselves.")
    return Finding(_("Screens"), BAD, _("The screens are no longer told what happens"), todo)


def time():
    """A line only where the computer's clock was set in the middle of a meeting."""
    seconds = round(abs(clock.program.astray) / 1000)
    if seconds:
        words = ngettext(
            "The computer’s clock was set by %(num)s second during a meeting; the meeting keeps its time",
            "The computer’s clock was set by %(num)s seconds during a meeting; the meeting keeps its time",
            seconds,
        )
        todo = _("Nothing now. The new time counts as soon as no meeting is in session.")
        yield Finding(_("Clock"), WATCH, words, todo)


def meetings(context, running: list[dict]):
    """A line for each meeting in session, with its title where who looks is a member of it (an administrator as such is
    none), else named as the log of the server names it; and one for each of its sites that is slow."""
    hurt = context.push.hurt
    for row in running:
        state = log.state(context.pool, row["id"])
        seen = context.presence.summary(row["id"], state.sites.main)
        connected = seen["screens"] - seen["lost"] + sum(wall["state"] != "lost" for wall in seen["projectors"])
        here = ngettext("%(num)s screen is here", "%(num)s screens are here", connected)
        if row["id"] in hurt:
            words = _("In session, but not every screen is told what is new. %(here)s", here=here)
            todo = _(
                "It is tried again by itself. If it stays, ask people to load the page again, and look into the log."
            )
            yield Finding(called(row), BAD, words, todo)
        else:
            yield Finding(called(row), GOOD, _("In session. %(here)s", here=here))
        for key, site in seen["sites"].items():
            if site["late_ms"] < SLOW_MS:
                continue
            name = state.sites.sites[key].name if key in state.sites.sites else _("Main hall")
            slowest = format_decimal(round(site["late_ms"] / 1000, 1))
            late = _("%(on)s of %(all)s screens have the page; the slowest needed %(s)s s",
                     on=site["on_page"], all=site["here"], s=slowest)  # fmt: skip
            todo = _("Look at the network of this site; ask its technician.")
            yield Finding(name, WATCH, late, todo)


def called(row: dict) -> str:
    """`Cuộc họp ngày 16/12/2026, 08 giờ 00 (m1a2b3)`; by its title where that may be said."""
    day, hour = dates.day(row["starts_at"]), dates.hour(row["starts_at"])
    if row["title"]:
        return _("“%(title)s”, %(day)s, %(hour)s", title=row["title"], day=day, hour=hour)
    return _("Meeting of %(day)s, %(hour)s (%(id)s)", day=day, hour=hour, id=row["id"])


def amount(size: float) -> str:
    """`48,2 GB`, `3,1 MB`."""
    unit, step = ("GB", 1024 * MEGABYTE) if size >= 1000 * MEGABYTE else ("MB", MEGABYTE)
    return f"{format_decimal(round(size / step, 1))} {unit}"

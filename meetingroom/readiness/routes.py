"""“Sẵn sàng 100 %”: the board before a meeting, the signal that lets devices fetch all pages, and their reports."""

from dataclasses import asdict

from flask import Blueprint, current_app, g, jsonify, render_template, request
from flask_babel import gettext as _

from meetingroom import clock, log
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.cases.scripts import trial_store
from meetingroom.config import Settings
from meetingroom.devices import screen_store
from meetingroom.devices.screens import current_screen
from meetingroom.devices.tablets import current_tablet
from meetingroom.documents import office
from meetingroom.documents import store as documents
from meetingroom.documents.content_store import ContentStore
from meetingroom.meeting.papers import documents_of
from meetingroom.meeting.rights import open_to_all
from meetingroom.meeting.state import MeetingState
from meetingroom.monitoring import findings
from meetingroom.readiness import (
    checks,
    device_check,
    questions,  # noqa: F401  (registers)
)
from meetingroom.readiness.checks import Device, Found, Paper, Script
from meetingroom.readiness.cures import cure
from meetingroom.readiness.device_check import DeviceChecks
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("readiness", __name__)
SHOWN = 1920  # the size of page that every screen fetches
KEPT = 50  # meetings whose reports are remembered


@bp.record_once
def prepare(state) -> None:
    state.app.extensions["meetingroom.device_checks"] = {}


@bp.get("/meetings/<meeting>/readiness")
@signed_in
def board(meeting: str):
    """The page that says what is still missing before the meeting."""
    state = staff_sees(meeting)
    boot = {"meeting": meeting, "screen": "readiness"}
    return render_template("web/readiness.html", meeting=meeting, frame=state.meeting, boot=boot)


@bp.get("/api/meetings/<meeting>/readiness")
@signed_in
def readiness(meeting: str):
    """`{percent, checks: [{code, group, state, words, todo?, who?, go?, go_words?}], devices, check, started_at?}`."""
    found = find_out(staff_sees(meeting))
    answers = checks.checks(found)
    now = found.device_checks
    return jsonify(
        percent=checks.percent(answers),
        checks=[
            {key: value for key, value in asdict(each).items() if value != ""}
            | cure(each, meeting, administers=g.user.role == "admin")
            for each in answers
        ],
        devices=[row for device in found.devices for row in rows(device, now)],
        check=now.n,
        started_at=now.started_at,
        now=clock.now(),
    )


@bp.post("/api/meetings/<meeting>/readiness/check")
@signed_in
def begin(meeting: str):
    """Every connected device of the meeting fetches all pages and reports. → 202 `{check}`."""
    state = staff_sees(meeting)
    n = device_checks_of(meeting).begin()
    context().announce(meeting, "preload", read_wanted(state, n))
    return {"check": n}, 202


@bp.get("/api/meetings/<meeting>/readiness/check")
def under_way(meeting: str):
    """For a device that comes later: `{check: 0}`, or what the others were told."""
    who_reports(meeting)
    n = device_checks_of(meeting).n
    return read_wanted(log.state(context().pool, meeting), n) if n else {"check": 0}


@bp.post("/api/meetings/<meeting>/readiness/report")
def report(meeting: str):
    """`{check, device, pages_cached, of, failed, screen, browser, latency_ms, battery?, charging?, site_pages?,
    site_of?}` → 204. `site_pages`: how many the server at the site was seen to have, of `site_of`."""
    who, sent = who_reports(meeting), request.get_json(silent=True)
    body = sent if isinstance(sent, dict) else {}
    try:
        reported = device_check.read_report(body, who, request.user_agent.string or "")
    except ValueError:
        raise Problem("malformed", 400) from None
    if body.get("check") == device_checks_of(meeting).n:
        device_checks_of(meeting).heard(reported)
    return "", 204


def read_wanted(state: MeetingState, n: int) -> dict:
    """What a device is to fetch: every page that all members may see and a device may keep."""
    papers = [
        {"document": paper.document, "pages": paper.pages}
        for paper in state.papers.values()
        if open_to_all(paper) and paper.mode != "restricted"
    ]
    return {"check": n, "papers": papers}


def device_checks_of(meeting: str) -> DeviceChecks:
    kept: dict[str, DeviceChecks] = current_app.extensions["meetingroom.device_checks"]
    while len(kept) > KEPT:
        kept.pop(next(iter(kept)))
    return kept.setdefault(meeting, DeviceChecks())


def who_reports(meeting: str) -> str:
    """Who reports: a member, a projector or a shared tablet of this meeting. Raises Problem for everybody else."""
    if g.user and not g.user.tablet:
        guard.require_member(meeting)
        return f"user:{g.user.id}"
    for kind, screen in (("tablet", current_tablet()), ("screen", current_screen())):
        if screen and screen["meeting"] == meeting:
            return f"{kind}:{screen['id']}"
    raise Problem("not_signed_in", 401)


def staff_sees(meeting: str) -> MeetingState:
    guard.require_staff(meeting)
    return log.state(context().pool, meeting)


def find_out(state: MeetingState) -> Found:
    here = context()
    with here.pool.lend() as db:
        uploads = documents.list_documents(db, state.id)
        paired = screen_store.list_screens(db, state.id)
        tried = {case: trial_store.outcome(db, state.id, case) for case in state.exhibits}
    attached = {paper.document: paper.title for paper in state.papers.values()}
    on_paper = [(row["id"], row["sha"], row["pages"], tuple(row["failed_pages"])) for row in uploads]
    broken = here.in_thread(not_there, here.settings, [each for each in on_paper if each[0] in attached])
    known = {document for paper in state.papers.values() for document in documents_of(paper)}
    loose = [row for row in uploads if row["id"] not in known]
    everybody = here.presence.of(state.id) if here.presence else {}
    screens = {sid: screen for sid, screen in everybody.items() if not screen.onlooker}  # a page of the office is none
    return Found(
        state,
        papers=tuple(Paper(attached[id], pages, broken[id]) for id, _sha, pages, _bad in on_paper if id in attached),
        failed=tuple(row["title"] or row["filename"] for row in loose if row["status"] == "failed"),
        processing=sum(row["status"] == "processing" for row in uploads),
        server=(findings.room_on_disk(here), findings.worker(here, []), findings.backup(here), findings.push(here)),
        office=office.available(),
        paired=len(paired),
        projecting=sum(screen.role == "screen" for screen in screens.values()),
        here=frozenset({g.user.id, *(screen.person for screen in everybody.values() if screen.person)}),
        sites_here=count_devices(site_of(state, screen.site) for screen in screens.values() if screen.role != "screen"),
        devices=devices(state, screens),
        device_checks=device_checks_of(state.id),
        scripts=tuple(script_of(state, case, each) for case, each in tried.items() if each),
    )


def script_of(state: MeetingState, case: str, tried: dict) -> Script:
    """By the name that the meeting knows the case by."""
    exhibit = state.exhibits[case]
    return Script(exhibit.title or exhibit.code, tried["of"], tried["painted"], tried["failed"])


def not_there(settings: Settings, papers: list[tuple]) -> dict[str, tuple[int, ...]]:
    """The pages of each document that could not be drawn, or whose picture is not on the disk."""
    found = {}
    for id, sha, pages, failed in papers:
        contents = ContentStore(settings, sha)
        missing = {n for n in range(1, pages + 1) if not contents.page(n, SHOWN).exists()}
        found[id] = tuple(sorted(missing | set(failed)))
    return found


def count_devices(keys) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
    return found


def site_of(state: MeetingState, site: str) -> str:
    """Who has no site is in the main hall."""
    return site or state.sites.main


def devices(state: MeetingState, screens: dict) -> tuple[Device, ...]:
    """Everything that is connected or has reported; of those connected, how many windows owe a report."""
    now, visitors = device_checks_of(state.id), context().visitors
    connected: dict[str, list] = {}
    for sid, screen in screens.items():
        kind = {"screen": "screen", "tablet": "tablet"}.get(screen.role, "user")
        visitor = visitors.get(sid)
        key = screen.person if kind == "user" else (visitor.screen if visitor else "")
        connected.setdefault(f"{kind}:{key}", []).append(screen)
    everybody = [*connected, *(report.who for report in now.reports.values() if report.who not in connected)]
    made = []
    for who in dict.fromkeys(everybody):
        windows = connected.get(who, [])
        site = site_of(state, windows[0].site) if windows else ""
        owed = max(0, len(windows) - len(now.of(who))) if now.n else 0
        made.append(Device(who, name_of(state, who), short_site(state, site), len(windows), owed))
    return tuple(made)


def name_of(state: MeetingState, who: str) -> str:
    kind, _colon, key = who.partition(":")
    if kind == "user":
        person = state.roll.people.get(key)
        return person.name if person else _("Somebody no longer invited")
    return _("Projector") if kind == "screen" else _("Shared tablet")


def short_site(state: MeetingState, site: str) -> str:
    found = state.sites.sites.get(site)
    return (found.short or found.name) if found else ""


def rows(device: Device, now: DeviceChecks) -> list[dict]:
    """A line of the board for each report, and one for what has not reported."""
    base = {"name": device.name, "site": device.site, "connected": device.connected > 0}
    reported = [
        {**base, "cached": r.cached, "of": r.of, "screen": r.screen, "browser": r.browser, "latency": r.latency,
         "battery": r.battery, "complaints": r.complaints}
        for r in now.of(device.who)
    ]  # fmt: skip
    return reported + [{**base, "silent": True}] * (device.silent or (not reported and 1))

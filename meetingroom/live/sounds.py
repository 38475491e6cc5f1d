"""What a meeting that plays recordings needs besides the view: one screen of each site is heard, and who presents knows
which screens are ready."""

from meetingroom import log
from meetingroom.live.presence import Screen
from meetingroom.meeting.state import MeetingState

COUNTS = ("meeting", "key", "screens", "on_page", "loading", "browsing", "lost", "projectors")


def heard(screens: dict[str, Screen], main_site: str) -> set[str]:
    """The socket ids of the screens that recordings are heard from: of each site the big screen that came first, else
    the first screen of a technician. A room full of tablets that all sound echoes. Big screens hang in the main one."""
    chosen: dict[str, str] = {}
    big = [(sid, each) for sid, each in screens.items() if each.role == "screen" and not each.onlooker]
    beside = [(sid, each) for sid, each in screens.items() if each.role == "technician" and not each.onlooker]
    for sid, screen in [*big, *beside]:
        chosen.setdefault(screen.site or main_site, sid)
    return set(chosen.values())


def choose(server, here, meeting: str) -> None:
    """Each big screen and each technician's is told, where it is news to it."""
    screens = here.presence.of(meeting)
    sounding = heard(screens, log.state(here.pool, meeting).sites.main)
    for sid, screen in screens.items():
        if screen.role in ("screen", "technician") and screen.sounds != (sid in sounding):
            screen.sounds = sid in sounding
            server.emit("signal", {"kind": "sound", "here": screen.sounds, "meeting": meeting}, to=sid)


def send_to_holder(server, here, meeting: str, found: dict) -> None:
    """Who presents and is not of the staff learns how many screens have what is shown, and which big ones; no names of
    people."""
    state: MeetingState = log.state(here.pool, meeting)
    body = {name: found[name] for name in COUNTS if name in found}
    for sid, screen in here.presence.of(meeting).items():
        if (
            screen.person
            and screen.person == state.stage.holder
            and screen.audience == "members"
            and screen.role != "technician"
        ):
            server.emit("presence", body, to=sid)

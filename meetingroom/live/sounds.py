"""What a meeting that plays recordings needs besides the view: one screen of each site is heard, and who presents knows
which screens are ready. Nothing of it is said before there is a recording or a photo on the stage."""

from meetingroom.live.presence import Screen
from meetingroom.meeting.playing import media_now
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


def send(server, here, state: MeetingState, found: dict) -> None:
    """After each summary `found` of a meeting's presence."""
    if media_now(state) is None:
        return
    screens = here.presence.of(state.id)
    send_to_holder(server, screens, state, found)
    choose(server, screens, state)


def choose(server, screens: dict[str, Screen], state: MeetingState) -> None:
    """Each big screen and each technician's is told, where it is news to it."""
    sounding = heard(screens, state.sites.main)
    for sid, screen in screens.items():
        if screen.role in ("screen", "technician") and screen.sounds != (sid in sounding):
            screen.sounds = sid in sounding
            server.emit("signal", {"kind": "sound", "here": screen.sounds, "meeting": state.id}, to=sid)


def send_to_holder(server, screens: dict[str, Screen], state: MeetingState, found: dict) -> None:
    """Who presents and is not of the staff learns how many screens have what is shown, and which big ones; no names of
    people."""
    body = {name: found[name] for name in COUNTS if name in found}
    for sid, screen in screens.items():
        if (
            screen.person
            and screen.person == state.stage.holder
            and screen.audience == "members"
            and screen.role != "technician"
        ):
            server.emit("presence", body, to=sid)

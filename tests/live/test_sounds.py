"""Of each site one screen is heard; who presents knows which screens are ready."""

from types import SimpleNamespace

from meetingroom.live import sounds
from meetingroom.live.presence import Presence, Screen, describe_projector
from meetingroom.live.presence import Shown as OnStage
from tests.given import state_of
from tests.meeting.repeating import BEGUN
from tests.meeting.rounds_exhibits import ATTACHED
from tests.meeting.rounds_media import VIDEO


def screen(role: str, site: str = "", **more) -> Screen:
    return Screen("m1", "screens" if role == "screen" else "members", role=role, site=site, **more)


def test_one_screen_of_each_site_is_heard_and_no_tablet():
    room = {
        "tablet": screen("delegate", "s1"),
        "technician": screen("technician", "s1"),
        "wall": screen("screen"),
        "other wall": screen("screen"),
        "far": screen("technician", "s2"),
        "far, too": screen("technician", "s2"),
        "page about it": screen("technician", "s3", onlooker=True),
    }
    assert sounds.heard(room, "s1") == {"wall", "far"}
    del room["wall"]
    assert sounds.heard(room, "s1") == {"other wall", "far"}
    del room["other wall"], room["far"]
    assert sounds.heard(room, "s1") == {"technician", "far, too"}
    assert sounds.heard({}, "") == set()


def test_each_is_told_once_and_a_chair_sees_which_is_silent():
    said = []
    server = SimpleNamespace(emit=lambda event, body, to: said.append((to, event, body)))
    here = SimpleNamespace(presence=Presence())
    state = state_of(ATTACHED, VIDEO)
    assert state.stage.holder == "an"
    here.presence.screens = {
        "wall": screen("screen"),
        "second": screen("screen"),
        "an": screen("delegate", person="an"),
    }
    found = {"meeting": "m1", "key": "media:v1", "screens": 2, "on_page": 1, "states": {"an": "lost"}, "projectors": []}
    sounds.send(server, here, state_of(BEGUN), found)
    assert said == []  # without a recording a page turn pays nothing for it
    for _ in range(2):
        sounds.send(server, here, state, found)
    signals = [(to, body["here"]) for to, event, body in said if event == "signal"]
    assert signals == [("wall", True), ("second", False)]
    del here.presence.screens["wall"], said[:]
    sounds.send(server, here, state, found)
    (to, event, body), news = said
    assert (to, event, "states" in body, body["on_page"]) == ("an", "presence", False, 1)
    assert news == ("second", "signal", {"kind": "sound", "here": True, "meeting": "m1"})
    silent = screen("screen", silent=True, painted="media:v1")
    assert describe_projector(silent, OnStage("media:v1"))["silent"] is True

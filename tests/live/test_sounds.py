"""Of each site one screen is heard; who presents knows which screens are ready."""

from types import SimpleNamespace

from meetingroom.live import sounds
from meetingroom.live.presence import Presence, Screen, describe_projector
from meetingroom.live.presence import Shown as OnStage


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


def test_each_is_told_once_and_a_chair_sees_which_is_silent(monkeypatch):
    said = []
    server = SimpleNamespace(emit=lambda event, body, to: said.append((to, event, body)))
    here = SimpleNamespace(presence=Presence(), pool=None)
    stage = SimpleNamespace(holder="em")
    state = SimpleNamespace(sites=SimpleNamespace(main="s1"), stage=stage)
    monkeypatch.setattr(sounds.log, "state", lambda pool, meeting: state)
    here.presence.screens = {
        "wall": screen("screen"),
        "second": screen("screen"),
        "em": screen("delegate", person="em"),
    }
    for _ in range(2):
        sounds.choose(server, here, "m1")
    assert [(to, body["here"]) for to, _, body in said] == [("wall", True), ("second", False)]
    del here.presence.screens["wall"]
    sounds.choose(server, here, "m1")
    assert said[-1] == ("second", "signal", {"kind": "sound", "here": True, "meeting": "m1"})
    found = {"meeting": "m1", "key": "media:v1", "screens": 2, "on_page": 1, "states": {"an": "lost"}, "projectors": []}
    sounds.send_to_holder(server, here, "m1", found)
    assert said[-1][:2] == ("em", "presence")
    assert "states" not in said[-1][2]
    silent = screen("screen", silent=True, painted="media:v1")
    assert describe_projector(silent, OnStage("media:v1"))["silent"] is True

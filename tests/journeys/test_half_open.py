"""A tablet that vanishes without a word (out of the Wi-Fi, battery empty) is noticed; the others are not disturbed."""

import json
import shutil
import time

import pytest
import websocket

from meetingroom.config import Settings
from tests.rooms import Room

pytestmark = pytest.mark.journey


@pytest.fixture(params=["eventlet", "threading"])
def quick(prepared, tmp_path, request):
    """The meeting on a server that asks every second whether a tablet lives."""
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    environment = {"MEETINGROOM_PING_INTERVAL": "1", "MEETINGROOM_PING_TIMEOUT": "2"}
    environment["MEETINGROOM_ASYNC_MODE"] = request.param
    room = Room(tmp_path / "data", people, meeting, worker=False, **environment).start()
    yield room
    room.stop()


def mute(room: Room, username: str) -> websocket.WebSocket:
    """A tablet that joins and then says nothing any more, not even that it lives."""
    cookies = "; ".join(f"{c.name}={c.value}" for c in room.person(username).session.cookies)
    address = room.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    found = websocket.create_connection(address, cookie=cookies, timeout=30)
    assert found.recv().startswith("0{")
    found.send("40")
    assert found.recv().startswith("40{")
    found.send("420" + json.dumps(["join", {"meeting": room.meeting}]))
    while not found.recv().startswith("430"):
        continue
    return found


def here(room: Room) -> int:
    metrics = room.person("admin").get("/metrics").text
    return int(float(next(line for line in metrics.splitlines() if line.startswith("meetingroom_screens ")).split()[1]))


def test_a_half_open_connection_is_found_and_the_others_stay(quick):
    em = quick.person("em").connect()
    lost = mute(quick, "phuong")
    assert here(quick) == 2
    began = time.monotonic()
    em.wait(lambda: here(quick) == 1, timeout=45)
    took = time.monotonic() - began
    assert took < 20, f"{took:.1f} s with 1 + 2 s, where 14 + 10 s are the rule"
    time.sleep(2)
    assert here(quick) == 1
    quick.person("an").does("open_meeting")
    em.until(lambda view: view["meeting"]["status"] == "live")
    em.leave()
    lost.close()


def test_who_only_listens_and_lives_stays_however_long(quick):
    listener = mute(quick, "phuong")
    end, pings = time.monotonic() + 7, 0  # the library's own threads give up after 1 + 2 s of silence
    while time.monotonic() < end:
        if listener.recv() == "2":  # else: of those who were here before, one has been gone for a while
            listener.send("3")
            pings += 1
    assert pings >= 5
    quick.person("an").does("open_meeting")
    while (message := listener.recv()) == "2":
        continue
    assert message.startswith('42["patch"')
    listener.close()


def test_with_the_usual_settings_it_takes_less_than_30_seconds():
    assert Settings().ping_interval + Settings().ping_timeout < 25

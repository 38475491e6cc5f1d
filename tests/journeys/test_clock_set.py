"""Somebody sets the clock of the server's computer in the middle of a meeting."""

import json
import shutil

import pytest

from tests.rooms import Room

pytestmark = pytest.mark.journey

# The computer's clock is what a file says it is: read by every process of the server.
SET_BY = """
import os, time
def by():
    try:
        return int(open(os.environ["CLOCK_SET_BY"]).read())
    except (OSError, ValueError):
        return 0
real, real_ns = time.time, time.time_ns
time.time = lambda: real() + by()
time.time_ns = lambda: real_ns() + by() * 10**9
"""


@pytest.fixture
def computer(prepared, tmp_path):
    """(the room, `set_clock(seconds)`): a server whose computer's clock can be set."""
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    own = tmp_path / "python"
    own.mkdir()
    (own / "sitecustomize.py").write_text(SET_BY)
    environment = {"PYTHONPATH": str(own), "CLOCK_SET_BY": str(tmp_path / "set-by")}
    room = Room(tmp_path / "data", people, meeting, worker=False, **environment).start()
    yield room, lambda seconds: (tmp_path / "set-by").write_text(str(seconds))
    room.kill()


def facts(room) -> list[dict]:
    log = room.person("mai").get(f"/api/meetings/{room.meeting}/log").text
    return [json.loads(line) for line in log.splitlines()]


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_ballot_closes_in_time_a_speech_is_as_long_as_it_was_and_nobody_is_signed_out(computer, hours):
    room, set_clock = computer
    an, mai = room.person("an"), room.person("mai")
    an.does("open_meeting")
    an.does("grant_floor", person=room.people["em"], seconds=300)
    mai.does("draft_ballot", question="Thông qua?", preset="UBKS_NQ", seconds=2)
    ballot = mai.read_view()["ballots"]["order"][0]
    an.does("open_ballot", ballot=ballot)
    set_clock(hours * 3600)
    em = room.person("em").connect()
    em.until(lambda view: view["ballots"]["items"][ballot]["state"] == "closed")
    answer = em.socket.call("clock", {"t0": 1})
    an.does("end_speech")
    log = facts(room)
    spoken = next(fact["data"]["spoken"] for fact in log if fact["name"] == "SpeechEnded")
    assert spoken < 60
    assert [fact["at"] for fact in log] == sorted(fact["at"] for fact in log)
    closed = next(fact for fact in log if fact["name"] == "BallotClosed")
    opened = next(fact for fact in log if fact["name"] == "BallotOpened")
    assert opened["at"] < closed["at"]
    assert abs(answer["now"] - em.get(f"/api/meetings/{room.meeting}").json()["now"]) < 60_000
    em.leave()
    assert "keeps its time" in (room.data.parent / f"server-{room.port}.log").read_text()

    # A server that is killed goes on with the meeting's time, not with the clock that was set.
    room.kill()
    room.start()
    an.does("grant_floor", person=room.people["em"], seconds=300)
    an.does("end_speech")
    spoken = [fact["data"]["spoken"] for fact in facts(room) if fact["name"] == "SpeechEnded"]
    assert max(spoken) < 60
    again = [fact["at"] for fact in facts(room)]
    assert again == sorted(again)
    assert room.person("mai").get("/api/session").status_code == 200

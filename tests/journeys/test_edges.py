"""A meeting at two sites, each at an edge of its own: what is shown here is shown there, whatever is killed."""

import os
import shutil
import signal

import pytest
import requests
import socketio

from tests.conftest import first_paper
from tests.edges import REDIS, SECRET, EdgeRoom, Redis, with_edges
from tests.journeys.test_whole_meeting import hold

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not REDIS, reason="redis-server is missing: apt install redis-server"),
]


STROKE = {"id": "stroke1", "t": "pen", "c": "red", "w": 28, "d": "AAAA"}


@pytest.fixture
def sites(prepared, tmp_path):
    """(origin, an edge, another)"""
    yield from begun(prepared, tmp_path, ("Khu vực 1", "Khu vực 2"))


@pytest.fixture
def three(prepared, tmp_path):
    """(origin, three edges)"""
    yield from begun(prepared, tmp_path, ("Hội trường", "Khu vực 1", "Khu vực 2"))


def begun(prepared, folder, names):
    data, people, meeting = prepared
    shutil.copytree(data, folder / "data")
    redis = Redis(folder).start()
    origin = with_edges(folder / "data", people, meeting, redis).start()
    edges = [EdgeRoom(origin, redis, name) for name in names]
    try:
        for edge in edges:
            edge.begin()
        for edge in edges:
            edge.wait()
        yield (origin, *edges)
    finally:
        for each in (*edges, origin):
            each.stop()
        redis.kill()


def board(person, **wanted) -> None:
    """Wait until the chair's board says so."""
    person.wait(lambda: wanted.items() <= {key: person.presence.get(key) for key in wanted}.items())


def paints(person, page: int) -> None:
    stage = person.until(lambda view: view["stage"].get("page") == page)["stage"]
    person.socket.emit("painted", {"meeting": person.room.meeting, "paper": stage["paper"], "page": page})


def test_a_meeting_at_two_edges(sites):
    origin, one, two = sites
    an, mai = origin.person("an").connect(), origin.person("mai")
    em, ich, phuong = one.person("em").connect(), two.person("ich").connect(), one.person("phuong").connect()
    an.does("open_meeting")
    an.does("show_paper", paper=first_paper(an))

    # A page turn: the same numbers and the same view at every edge; who has painted it is on the chair's board.
    an.does("turn_page", page=3)
    for person in (an, em, ich, phuong):
        paints(person, 3)
    board(an, screens=4, on_page=4, lost=0)
    assert em.view == ich.view == em.read_view()
    assert [em.gaps, ich.gaps] == [0, 0]

    # The chair at an edge: commands are passed on, and done once under their id.
    there = one.person("an")
    first = there.send("turn_page", id="once", page=2).json()
    assert there.send("turn_page", id="once", page=2).json() == first
    ich.until(lambda view: view["stage"]["page"] == 2)

    strangers_hear_nothing(origin, one)

    # A pen of whoever holds the stage passes through the centre to the other edge.
    an.leave()
    an = one.person("an").connect()
    points = []
    ich.socket.on("signal", points.append)
    an.socket.emit("signal", {"meeting": one.meeting, "kind": "pointer", "x": 0.5, "y": 0.25})
    ich.wait(lambda: points)
    assert (points[0]["x"], points[0]["by"]) == (0.5, an.id)

    # Redis forgets: what is missing is asked of the origin, while it is away and when it is back. A stroke is a fact
    # like others; "fetch all pages" stands in no view, and comes with a beat.
    fetching = []
    ich.socket.on("preload", fetching.append)
    one.redis.kill()
    an.does("turn_page", page=4)
    for person in (an, em, ich, phuong):
        paints(person, 4)
    board(an, screens=4, on_page=4)
    stage = an.read_view()["stage"]
    an.does("draw_ink", paper=stage["paper"], page=4, strokes=[STROKE])
    drawn = f"{stage['document']}/4"
    ich.until(lambda view: view["ink"].get(drawn, {}).get("ops", {}).get("1", {}).get("draw") == [STROKE], timeout=20)
    mai.post(f"/api/meetings/{one.meeting}/readiness/check").raise_for_status()
    ich.wait(lambda: fetching, timeout=20)
    assert len(fetching) == 1
    one.redis.start()
    em.wait(lambda: one.health()["redis"] and two.health()["redis"])
    an.does("turn_page", page=5)
    for person in (em, ich):
        paints(person, 5)
        assert person.gaps == 0

    # Put out: at once, wherever they are.
    mai.does("remove_person", person=phuong.id)
    phuong.wait(lambda: phuong.dismissed, timeout=20)
    assert phuong.dismissed[0]["code"] == "removed"
    assert phuong.join()["error"]["code"] == "not_found"

    # The centre is not heard: the site stays together and says so. Nothing is done twice when it is back.
    heard = []
    em.socket.on("centre", heard.append)
    os.killpg(origin.process.pid, signal.SIGSTOP)
    em.wait(lambda: heard)
    assert (heard[0]["heard"], heard[0]["since"] > 0) == (False, True)
    assert em.join(after=em.seq)["patches"] == []
    refused = there.send("turn_page", id="later", page=1)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "centre_unheard")
    os.killpg(origin.process.pid, signal.SIGCONT)
    em.wait(lambda: heard[-1]["heard"])
    there.does("turn_page", page=1)
    ich.until(lambda view: view["stage"]["page"] == 1, timeout=20)

    # An edge is killed: its tablets are missed, and are there again at the other.
    an.leave()
    an = two.person("an").connect()
    board(an, lost=0, screens=3)
    one.kill()
    board(an, lost=1)
    em = two.person("em").connect()
    paints(em, 1)
    board(an, lost=0, screens=3)

    # The origin is killed and started: everybody is on the right page, and known to it.
    origin.kill()
    origin.start()
    mai.does("turn_page", page=3) if mai.read_view()["stage"]["holder"] == mai.id else an.does("turn_page", page=3)
    for person in (an, em, ich):
        paints(person, 3)
        assert person.gaps == 0
    board(an, screens=3, on_page=3)
    for person in (an, em, ich):
        person.leave()


def strangers_hear_nothing(origin, edge) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        socketio.Client(reconnection=False).connect(edge.url, transports=["websocket"])
    lan = edge.person("lan")
    with pytest.raises(AssertionError, match="not_found"):
        lan.connect()
    lan.leave()
    # Nobody without the secret speaks for others, also not through an edge.
    for url in (origin.url, edge.url):
        for secret in ("", "x", SECRET + "x"):
            headers = {"X-Meetingroom-Edge": secret, "X-Meetingroom-Version": "1.0.0/1"}
            assert requests.post(url + "/edge/beat", json={}, headers=headers).status_code == 404
    other = {"X-Meetingroom-Edge": SECRET, "X-Meetingroom-Version": "0.9.0/1", "X-Edge-Name": "K%C5%A9"}
    answer = requests.post(origin.url + "/edge/beat", json={}, headers=other)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "other_version")
    assert "0.9.0/1" in origin.person("admin").get("/admin/health").text


def test_a_whole_meeting_over_three_edges(three):
    """Nobody but the secretary is at the origin: roll, pages, floor, ballot and minutes are as they are there."""
    origin, hall, one, two = three
    seats = {"an": hall, "mai": origin, "em": hall, "phuong": one, "ich": two, "tho": two}
    hold(origin, lambda name: seats[name].person(name), hall)

"""Who hears what: rights at the join and when they change, and nothing to strangers."""

import json
import sqlite3

import pytest
import requests
import socketio

from tests.rooms import PASSWORD, Person

pytestmark = pytest.mark.journey


def test_a_stranger_gets_no_socket(opened):
    client = socketio.Client(reconnection=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(opened.url, transports=["websocket"])


def test_who_is_not_invited_does_not_join(opened):
    lan = opened.person("lan")
    with pytest.raises(AssertionError, match="not_found"):
        lan.connect()
    lan.leave()


def test_staff_and_members_see_different_things_of_one_fact(opened):
    mai, em = opened.person("mai").connect(), opened.person("em").connect()
    mai.does("record_note", item="general", text="Ghi chép của thư ký")
    mai.until(lambda view: "general" in view["record"].get("notes", {}))
    em.wait(lambda: em.seq == mai.seq)
    assert em.patches[-1]["patch"] == {}
    assert em.view["record"] == {}
    for person in (mai, em):
        person.leave()


def turned_over_a_hole(room, page: int) -> None:
    """A fact with a number that does not follow on the last, as the push has never seen one go by."""
    db = sqlite3.connect(room.data / "meetingroom.db", timeout=20)
    seq, at = db.execute("select seq, at from events where meeting = ? order by seq desc", [room.meeting]).fetchone()
    paper = json.loads(db.execute("select data from events where name = 'PaperShown' order by id desc").fetchone()[0])[
        "paper"
    ]
    row = (room.meeting, seq + 2, at, room.people["an"], "PageTurned", json.dumps({"paper": paper, "page": page}), "")
    db.execute("insert into events (meeting, seq, at, by, name, data, hash) values (?, ?, ?, ?, ?, ?, ?)", row)
    db.commit()
    db.close()


def test_over_a_hole_in_the_numbers_everybody_is_sent_the_whole_view(opened):
    mai, em = opened.person("mai").connect(), opened.person("em").connect()
    before = em.seq
    turned_over_a_hole(opened, 4)
    for person in (mai, em):
        person.until(lambda view: view["stage"]["page"] == 4)
        assert (person.seq, person.gaps, person.view) == (before + 2, 0, person.read_view())
    opened.person("an").does("turn_page", page=2)
    em.until(lambda view: view["stage"]["page"] == 2)
    for person in (mai, em):
        person.leave()


def test_a_page_of_another_person_does_not_join(opened):
    em = opened.person("em").connect()
    meant = {"meeting": opened.meeting, "as": opened.people["phuong"]}
    assert em.socket.call("join", meant, timeout=45)["error"]["code"] == "another_person"
    assert "view" in em.socket.call("join", meant | {"as": em.id}, timeout=45)
    em.leave()


def test_who_is_removed_is_put_out_at_once_and_hears_nothing_more(opened):
    mai, em = opened.person("mai"), opened.person("em").connect()
    seq = em.seq
    mai.does("remove_person", person=em.id)
    em.wait(lambda: em.dismissed)
    assert em.dismissed[0]["code"] == "removed"
    opened.person("an").does("turn_page", page=2)
    assert em.join() == {"error": em.join()["error"]}
    assert em.join()["error"]["code"] == "not_found"
    assert em.seq <= seq + 1
    em.leave()


def test_a_new_role_means_new_eyes(opened):
    mai, em = opened.person("mai"), opened.person("em").connect()
    mai.does("change_role", person=em.id, role="cochair")
    em.wait(lambda: em.dismissed)
    assert em.dismissed[0]["code"] == "role_changed"
    assert em.join()["audience"] == "staff"
    em.leave()


def test_signing_out_closes_the_sockets(opened):
    phuong = Person(opened, "phuong", browser_of(opened, "phuong")).connect()
    assert phuong.delete("/api/session").status_code in (200, 204)
    phuong.wait(lambda: phuong.dismissed or not phuong.socket.connected)


def browser_of(room, username: str) -> requests.Session:
    """Somebody in a browser of their own: the room's people share one each."""
    session = requests.Session()
    session.headers["X-Meetingroom"] = "1"
    signs_in(room, session, username)
    return session


def signs_in(room, session: requests.Session, username: str) -> None:
    form = {"username": username, "password": PASSWORD}
    assert session.post(room.url + "/api/session", json=form, timeout=30).status_code == 200


def in_the_database(room, sql: str, *values) -> None:
    db = sqlite3.connect(room.data / "meetingroom.db", timeout=20)
    db.execute(sql, values)
    db.commit()
    db.close()


def test_another_sign_in_in_the_same_browser_closes_the_sockets_of_the_first(opened):
    session = browser_of(opened, "phuong")
    phuong, other = Person(opened, "phuong", session).connect(), opened.person("em").connect()
    signs_in(opened, session, "mai")
    phuong.wait(lambda: not phuong.socket.connected)
    assert phuong.dismissed[0]["code"] == "signed_out"
    opened.person("an").does("turn_page", page=3)
    other.until(lambda view: view["stage"]["page"] == 3)
    assert phuong.view["stage"]["page"] == 1
    other.leave()


@pytest.mark.parametrize(
    "end",
    [
        "delete from sessions where user = ?",
        "update sessions set expires_at = 1 where user = ?",
        "update users set active = 0 where id = ?",
    ],
)
def test_a_session_that_ends_by_itself_or_elsewhere_takes_its_sockets_along(opened, end):
    phuong, em = Person(opened, "phuong", browser_of(opened, "phuong")).connect(), opened.person("em").connect()
    in_the_database(opened, end, phuong.id)
    phuong.wait(lambda: not phuong.socket.connected)
    assert phuong.dismissed[0]["code"] == "signed_out"
    assert em.join()["audience"] == "members"
    em.leave()


def test_a_projector_that_is_unpaired_shows_a_code_again(opened):
    mai = opened.person("mai")
    big = opened.screen(mai).connect()
    assert "people" not in big.view["roll"]
    (found,) = mai.get(f"/api/meetings/{opened.meeting}/screens").json()
    assert found["name"] == "Màn hình lớn"
    assert mai.delete(f"/api/meetings/{opened.meeting}/screens/{found['id']}").status_code == 204
    big.wait(lambda: big.dismissed or not big.socket.connected)
    assert "meeting" not in big.get("/api/screen").json()
    em = opened.person("em")
    assert em.get(f"/api/meetings/{opened.meeting}/screens").status_code == 403


def test_only_the_holders_pointer_is_passed_on(opened):
    an, em, mai = (opened.person(name).connect() for name in ("an", "em", "mai"))
    heard = []
    mai.socket.on("signal", heard.append)
    em.socket.emit("signal", {"meeting": opened.meeting, "kind": "pointer", "x": 0.1, "y": 0.1})
    an.socket.emit("signal", {"meeting": opened.meeting, "kind": "pointer", "x": 0.5, "y": 0.5})
    mai.wait(lambda: heard)
    assert [(body["by"], body["x"]) for body in heard] == [(an.id, 0.5)]
    for person in (an, em, mai):
        person.leave()


def test_a_stroke_in_motion_reaches_everybody_and_then_is_kept(opened):
    an, em = (opened.person(name).connect() for name in ("an", "em"))
    stage = an.view["stage"]
    about = {"meeting": opened.meeting, "kind": "ink", "document": stage["document"], "page": stage["page"]}
    points = {"s": "stroke1", "t": "pen", "c": "red", "w": 28, "i": 0, "d": "AAAA"}
    heard = []
    em.socket.on("signal", heard.append)
    an.socket.emit("signal", {**about, "page": 99, **points})  # of a page that nobody sees
    an.socket.emit("signal", {**about, **points})
    em.wait(lambda: heard)
    assert heard == [{**about, **points, "by": an.id}]
    stroke = {"id": "stroke1", "t": "pen", "c": "red", "w": 28, "d": "AAAA"}
    an.does("draw_ink", paper=stage["paper"], page=stage["page"], strokes=[stroke])
    place = f"{stage['document']}/{stage['page']}"
    em.until(lambda view: view["ink"].get(place, {}).get("rev") == 1)
    assert em.view["ink"][place]["ops"]["1"]["draw"] == [stroke]
    answer = em.get(f"/api/meetings/{opened.meeting}/ink/{place}?rev=1")
    assert "immutable" in answer.headers["Cache-Control"]
    (kept,) = answer.json()["strokes"]
    assert (answer.json()["rev"], kept | {"at": 0}) == (1, {**stroke, "by": an.id, "at": 0})
    assert "immutable" not in em.get(f"/api/meetings/{opened.meeting}/ink/{place}?rev=7").headers["Cache-Control"]
    for nowhere in (f"{stage['document']}/99", f"{stage['document']}/0", "nobody/1"):
        assert em.get(f"/api/meetings/{opened.meeting}/ink/{nowhere}").status_code == 404
    assert em.get(f"/api/meetings/another/ink/{place}").status_code == 404
    # Whoever does not hold the stage writes nothing, and what is no stroke is a wrong field.
    about = {"paper": stage["paper"], "page": stage["page"]}
    assert em.refused("draw_ink", **about, strokes=[stroke]) == "not_the_holder"
    for wrong in ({"c": "#d00"}, {"w": 5000}, {"d": "A" * 40_000}, {"id": "x"}):
        assert an.refused("draw_ink", **about, strokes=[{**stroke, **wrong}]) == "bad_stroke"
    an.socket.emit("painted", {"meeting": opened.meeting, **about, "ink": 1})
    an.wait(lambda: an.presence.get("ink") == 1)
    assert an.socket.call("clock", {"t0": 1}, timeout=45)["pen_ms"] == 50
    # Whoever sees the meeting again sees the page as it was.
    an.does("erase_ink", **about, strokes=["stroke1"])
    kept = lambda rev: em.get(f"/api/meetings/{opened.meeting}/ink/{place}?rev={rev}").json()  # noqa: E731
    assert (kept(1)["rev"], kept(2)["strokes"]) == (2, [])
    an.does("close_meeting")
    assert (kept(1)["rev"], [each["id"] for each in kept(1)["strokes"]], kept(2)["rev"]) == (1, ["stroke1"], 2)
    for person in (an, em):
        person.leave()


@pytest.mark.parametrize("nonsense", [None, 4, "m", {}, {"meeting": 7}, {"meeting": "x", "after": "y"}, []])
def test_nonsense_is_answered_and_hurts_nobody(opened, nonsense):
    em = opened.person("em").connect()
    assert em.socket.call("join", nonsense, timeout=45)["error"]["code"] == "not_found"
    for event in ("painted", "signal", "leave", "clock"):
        em.socket.emit(event, nonsense)
    assert em.socket.call("clock", {"t0": 1}, timeout=45)["t0"] == 1
    em.leave()


def test_a_technician_is_told_of_the_screens_of_their_own_site_only(opened):
    tho, em = opened.person("tho").connect(), opened.person("em").connect()
    main, remote = tho.view["sites"]["order"]
    tho.wait(lambda: tho.presence)
    assert set(tho.presence["sites"]) == {remote}
    assert "late" not in tho.presence
    assert (tho.presence["page"], main in tho.presence["sites"]) == (1, False)
    assert em.presence == {}
    for person in (tho, em):
        person.leave()


def test_a_tablet_out_of_reach_stays_on_the_board_and_one_that_leaves_does_not(opened):
    an, em, phuong = (opened.person(name).connect() for name in ("an", "em", "phuong"))
    paper = an.view["stage"]["paper"]
    for person in (an, em, phuong):
        person.socket.emit("painted", {"meeting": opened.meeting, "paper": paper, "page": 1})
    an.wait(lambda: an.presence.get("on_page") == 3)
    em.vanish()
    an.wait(lambda: an.presence.get("lost") == 1)
    assert (an.presence["screens"], an.presence["on_page"], an.presence["states"]) == (3, 2, {em.id: "lost"})
    phuong.leave()
    an.wait(lambda: an.presence["screens"] == 2)
    em.connect()
    em.socket.emit("painted", {"meeting": opened.meeting, "paper": paper, "page": 1})
    an.wait(lambda: (an.presence["screens"], an.presence["on_page"], an.presence["lost"]) == (2, 2, 0))
    opened.person("mai").does("excuse", person=em.id, reason="Việc đột xuất")
    em.vanish()
    an.wait(lambda: (an.presence["screens"], an.presence["lost"]) == (1, 0))
    an.leave()


def test_what_a_device_says_of_itself_is_believed_only_if_it_makes_sense(opened):
    an, em = opened.person("an").connect(), opened.person("em").connect()
    for page in (-1, 10**12, "1", None, True, [1]):
        em.socket.emit("painted", {"meeting": opened.meeting, "paper": "x" * 5000, "page": page, "browsing": "yes"})
    em.socket.emit("painted", {"meeting": opened.meeting, "paper": ["x"], "page": 1, "browsing": True, "shows": {}})
    an.wait(lambda: an.presence.get("browsing") == 1)
    for device in ("d" * 5000, 4, None, {}):
        assert "error" not in em.socket.call("join", {"meeting": opened.meeting, "device": device}, timeout=30)
    an.wait(lambda: an.presence.get("screens") == 2)
    for person in (an, em):
        person.leave()

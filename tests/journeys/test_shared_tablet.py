"""A shared tablet through the real server: it follows by itself, its people act by PIN, and it can be let go."""

import re

import pypdfium2
import pytest
import requests

from tests.rooms import Person, Room

pytestmark = pytest.mark.journey

CODE = re.compile(r"[A-Z2-9]{3}-[A-Z2-9]{3}-[A-Z2-9]{3}")


def shared_tablet(room: Room, *usernames: str) -> Person:
    """A tablet without anybody signed in, enrolled by the secretary for these people."""
    session = requests.Session()
    session.headers["X-Meetingroom"] = "1"
    session.get(room.url + "/tablet")
    code = session.get(room.url + "/api/tablet").json()["code"]
    body = {"code": code, "people": [room.people[name] for name in usernames]}
    made = room.person("mai").post(f"/api/meetings/{room.meeting}/tablets", json=body)
    assert made.status_code == 201, made.text
    return Person(room, "", session)


def card(room: Room, username: str) -> str:
    path = f"/api/meetings/{room.meeting}/nameplates.pdf?person={room.people[username]}"
    page = pypdfium2.PdfDocument(room.person("mai").get(path).content)[0]
    return CODE.search(page.get_textpage().get_text_range())[0]


def with_pin(tablet: Person, username: str, pin: str) -> None:
    """A first PIN, by the card on the table."""
    person = tablet.room.people[username]
    fields = {"person": person, "code": card(tablet.room, username), "pin": pin}
    assert tablet.post("/api/tablet/pin", json=fields).status_code == 200
    assert tablet.post("/api/tablet/act", json={"person": person, "pin": pin}).status_code == 200


def test_a_shared_tablet_follows_without_a_pin_and_votes_with_one(opened):
    an, mai = opened.person("an"), opened.person("mai")
    tablet = shared_tablet(opened, "em", "phuong").connect()
    assert tablet.view["roll"]["people"], "it sees what members see"
    assert "record" in tablet.view
    assert not tablet.view["record"].get("notes")
    an.does("turn_page", page=3)
    tablet.until(lambda view: view["stage"]["page"] == 3)
    document = tablet.view["papers"][tablet.view["stage"]["paper"]]["document"]
    assert tablet.get(f"/documents/{document}/pages/3.webp").status_code == 200
    assert tablet.send("check_in").status_code == 401

    with_pin(tablet, "em", "4711")
    tablet.does("check_in", mode="onsite")
    tablet.until(lambda view: view["roll"]["people"][opened.people["em"]]["state"] == "onsite")
    assert tablet.send("request_floor").status_code == 401, "one thing, then the PIN again"

    mai.does("draft_ballot", question="Thông qua kế hoạch?", preset="UBKS_NQ")
    ballot = mai.read_view()["ballots"]["order"][0]
    an.does("open_ballot", ballot=ballot)
    with_pin(tablet, "phuong", "5093")
    tablet.does("cast_vote", ballot=ballot, choice="yes")
    assert mai.read_view()["ballots"]["items"][ballot]["voted"] == {opened.people["phuong"]: True}
    assert tablet.gaps == 0
    tablet.leave()


def test_a_secret_vote_needs_a_device_of_ones_own(opened):
    an, mai = opened.person("an"), opened.person("mai")
    tablet = shared_tablet(opened, "em", "phuong")
    mai.does("draft_ballot", question="Đề nghị tặng Cờ thi đua", preset="THAM_KHAO", options=["Phòng 1", "Phòng 3"])
    ballot = mai.read_view()["ballots"]["order"][0]
    an.does("open_ballot", ballot=ballot)
    with_pin(tablet, "em", "4711")
    assert tablet.refused("cast_vote", ballot=ballot, choice="o1") == "own_device_needed"

    phone = Person(opened, "", requests.Session())
    phone.session.headers["X-Meetingroom"] = "1"
    assert phone.get(f"/join/{card(opened, 'em')}").url.endswith("/arrive")
    assert phone.does("cast_vote", ballot=ballot, choice="o1")["receipt"]


def test_a_tablet_that_is_let_go_is_out_at_once_and_a_card_that_is_revoked_too(opened):
    mai = opened.person("mai")
    tablet = shared_tablet(opened, "em", "phuong").connect()
    (known,) = mai.get(f"/api/meetings/{opened.meeting}/tablets").json()
    assert mai.delete(f"/api/meetings/{opened.meeting}/tablets/{known['id']}").status_code == 204
    tablet.wait(lambda: tablet.dismissed)
    assert tablet.get("/api/tablet").json().keys() == {"code"}

    phone = Person(opened, "", requests.Session())
    phone.get(f"/join/{card(opened, 'ich')}")
    phone.connect()
    mai.post(f"/api/meetings/{opened.meeting}/nameplates/revoke", json={"person": opened.people["ich"]})
    phone.wait(lambda: phone.dismissed)
    assert phone.get(f"/api/meetings/{opened.meeting}").status_code == 401


def test_a_card_does_not_open_the_socket_of_another_meeting(opened):
    dung = opened.person("dung")
    starts = mine_starts(dung)
    other = dung.post(
        "/api/meetings",
        json={
            "title": "Họp khác",
            "kind": "briefing",
            "starts_at": starts,
            "ends_at": starts + 3_600_000,
            "place": "x",
        },
    ).json()["id"]
    invited = dung.post(
        f"/api/meetings/{other}/commands",
        json={"id": "i1", "name": "invite", "args": {"person": opened.people["em"], "role": "delegate"}},
    )
    assert invited.status_code == 200, invited.text
    phone = Person(opened, "", requests.Session())
    phone.get(f"/join/{card(opened, 'em')}")
    phone.connect()
    assert phone.socket.call("join", {"meeting": other}, timeout=30)["error"]["code"] == "not_found"
    phone.leave()


def mine_starts(person: Person) -> int:
    return person.read_view()["meeting"]["starts_at"]

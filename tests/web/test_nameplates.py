"""Nameplates and the codes on them: who is let in, to what, for how long."""

import io
import re

import pypdfium2
import pytest

from meetingroom import clock, log
from meetingroom.auth import account_store
from meetingroom.database import fetch_all
from meetingroom.devices import join_code_store, pins
from meetingroom.devices.nameplates import Nameplate, Occasion
from meetingroom.devices.nameplates_pdf import nameplates_pdf
from meetingroom.web import address
from tests.people.conftest import PASSWORD
from tests.web.desk import HOUR

CODE = re.compile(r"\b[A-Z2-9]{3}-[A-Z2-9]{3}-[A-Z2-9]{3}\b")


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(pdf))]


def card_of(desk, username, meeting="m1") -> str:
    """The code on a freshly printed card."""
    answer = desk.browser("mai").get(f"/api/meetings/{meeting}/nameplates.pdf?person={desk.people[username]}")
    assert answer.status_code == 200
    return CODE.search(pages(answer.data)[0])[0]


def who(browser):
    answer = browser.api("GET", "/api/session")
    return answer.json["user"]["username"] if answer.status_code == 200 else None


def presence(desk, username, meeting="m1") -> str:
    return log.state(desk.context.pool, meeting).roll.people[desk.people[username]].presence


@pytest.fixture
def later(monkeypatch):
    """`later(hours)`: so much later it is from now on."""
    real = clock.now

    def move(hours):
        monkeypatch.setattr(clock, "now", lambda: real() + round(hours * HOUR))

    return move


def test_every_person_of_the_roll_has_a_card_with_name_office_and_code(desk):
    desk.published("m1", "Họp giao ban tháng 11")
    answer = desk.browser("mai").get("/api/meetings/m1/nameplates.pdf")
    (page,) = pages(answer.data)
    assert answer.mimetype == "application/pdf"
    for text in (
        "NGUYỄN VĂN AN",
        "Viện trưởng",
        "HOÀNG VĂN EM",
        "Trưởng phòng 1",
        "VKSND TỈNH LẠC GIANG",
        "Họp giao ban",
    ):
        assert text in page
    assert len(set(CODE.findall(page))) == 3


def test_eight_cards_lie_on_a_page_and_the_longest_name_stays_on_its_card():
    name = "Công Tằng Tôn Nữ Thị Hồng Nhung Phương Thảo"
    cards = [
        Nameplate(name, "Phó Trưởng phòng " * 9, "VKSND khu vực 9 " * 6, "ĐC09", "CFG-234-HJK", "http://h/join/x")
    ] * 17
    pdf = nameplates_pdf(cards, Occasion("Viện kiểm sát " * 9, "Hội nghị " * 40, "h/join"))
    assert [page.count("CFG-234-HJK") for page in pages(pdf)] == [8, 8, 1]
    for page in pypdfium2.PdfDocument(io.BytesIO(pdf)):
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        assert min(box[0] for box in boxes) > 15
        assert max(box[2] for box in boxes) < page.get_width() - 15


def test_a_card_brings_its_owner_into_the_meeting_as_often_as_they_like(desk):
    desk.published("m1")
    code = card_of(desk, "em")
    for _device in range(2):
        phone = desk.browser()
        assert phone.get(f"/join/{code}").location == "/meetings/m1/arrive"
        assert who(phone) == "em"
        assert phone.get("/meetings/m1/room").status_code == 200
        assert phone.get(f"/join/{code}").location == "/meetings/m1/arrive"


def test_a_code_may_be_typed_as_it_comes(desk):
    desk.published("m1")
    code = card_of(desk, "em")
    phone = desk.browser()
    led = phone.get("/join?code=" + code.lower().replace("-", "%20")).location
    assert led == f"/join/{code}"
    phone.get(led)
    assert who(phone) == "em"


def test_one_tap_checks_in_and_leads_to_the_room(desk):
    desk.published("m1")
    phone = desk.browser()
    phone.get(f"/join/{card_of(desk, 'em')}")
    page = phone.page("/meetings/m1/arrive")
    assert "Present here" in page
    assert "Attending online" in page
    answer = phone.send("/meetings/m1/arrive", mode="online", at="/meetings/m1/arrive")
    assert answer.location == "/meetings/m1/room"
    assert presence(desk, "em") == "online"
    assert phone.get("/meetings/m1/arrive").location == "/meetings/m1/room"


def test_one_may_enter_without_checking_in(desk):
    desk.published("m1")
    phone = desk.browser()
    phone.get(f"/join/{card_of(desk, 'em')}")
    assert phone.send("/meetings/m1/arrive", mode="", at="/meetings/m1/arrive").location == "/meetings/m1/room"
    assert presence(desk, "em") == "waiting"


def test_a_card_opens_one_meeting_and_nothing_else(desk):
    desk.published("m1")
    desk.published("m2")
    phone = desk.browser()
    phone.get(f"/join/{card_of(desk, 'em')}")
    assert phone.api("GET", "/api/meetings/m1").status_code == 200
    assert phone.api("GET", "/api/meetings/m2").status_code == 403
    assert phone.get("/meetings/m2").location == "/meetings/m1"
    for elsewhere in ("/", "/account", "/account/password", "/admin/people"):
        assert phone.get(elsewhere).location == "/meetings/m1", elsewhere
    assert "/account" not in phone.page("/meetings/m1").replace("/account/settings", "")


def test_the_card_of_an_administrator_is_no_key_to_the_administration(desk):
    desk.meeting("m1")
    desk.does("m1", "mai", "organiser", "invite", person=desk.people["admin"], role="delegate")
    desk.does("m1", "mai", "organiser", "publish_meeting")
    phone = desk.browser()
    phone.get(f"/join/{card_of(desk, 'admin')}")
    assert phone.api("GET", "/api/session").json["user"]["role"] == "member"
    assert phone.api("POST", "/api/meetings", {"title": "x"}).status_code == 403


def test_a_card_does_not_send_its_owner_to_choose_a_password_first(desk):
    desk.published("m1")
    desk.write(account_store.set_password, desk.people["em"], desk.hashed, must_change=True)
    phone = desk.browser()
    phone.get(f"/join/{card_of(desk, 'em')}")
    assert phone.get("/meetings/m1/room").status_code == 200


def test_a_code_is_good_until_twelve_hours_after_the_end(desk, later):
    desk.published("m1", days=1, hours=2)
    code, phone = card_of(desk, "em"), desk.browser()
    ends = log.state(desk.context.pool, "m1").meeting.ends_at
    left = (ends - clock.now()) / HOUR
    later(left + 11.9)
    phone.get(f"/join/{code}")
    assert who(phone) == "em"
    later(left + 12.1)
    assert who(phone) is None
    assert desk.browser().get(f"/join/{code}").status_code == 404


def test_a_meeting_that_runs_longer_than_planned_takes_its_codes_along(desk, later):
    desk.opened("m1", hours=1)
    code = card_of(desk, "em")
    later(72)
    phone = desk.browser()
    phone.get(f"/join/{code}")
    assert who(phone) == "em"


def test_looking_at_pages_does_not_make_a_cards_session_longer(desk, later):
    desk.published("m1", days=1)
    phone = desk.browser()
    phone.get(f"/join/{card_of(desk, 'em')}")
    (before,) = desk.read(fetch_all, "select expires_at from sessions where kind = 'card'")
    later(0.2)
    phone.page("/meetings/m1")
    (after,) = desk.read(fetch_all, "select expires_at, seen_at from sessions where kind = 'card'")
    assert after["expires_at"] == before["expires_at"]
    assert after["seen_at"] == pytest.approx(clock.now(), abs=5000)


def test_a_draft_and_a_cancelled_meeting_open_for_nobody(desk):
    desk.meeting("m1")
    code = card_of(desk, "em")
    assert desk.browser().get(f"/join/{code}").status_code == 404
    desk.does("m1", "mai", "organiser", "publish_meeting")
    assert desk.browser().get(f"/join/{code}").status_code == 302
    desk.does("m1", "mai", "organiser", "cancel_meeting", reason="bão")
    assert desk.browser().get(f"/join/{code}").status_code == 404


def test_printing_again_leaves_the_cards_on_the_table_good(desk):
    desk.published("m1")
    first, second = card_of(desk, "em"), card_of(desk, "em")
    assert first != second
    assert {desk.browser().get(f"/join/{code}").status_code for code in (first, second)} == {302}


def test_a_lost_card_is_revoked_and_who_came_in_by_it_is_out(desk):
    desk.published("m1")
    codes, other = (card_of(desk, "em"), card_of(desk, "em")), card_of(desk, "an")
    phone, sent = desk.browser(), []
    phone.get(f"/join/{codes[0]}")
    desk.context.dismiss_session = sent.append
    answer = desk.browser("mai").api("POST", "/api/meetings/m1/nameplates/revoke", {"person": desk.people["em"]})
    assert answer.json == {"revoked": 2, "signed_out": 1}
    assert who(phone) is None
    assert len(sent) == 1
    assert {desk.browser().get(f"/join/{code}").status_code for code in codes} == {404}
    assert desk.browser("an").get(f"/join/{other}").status_code == 302


# A card lies on the table: whoever photographs it has it, too


def opens(browser, code, **form):
    """Opens a card and answers what it asks."""
    return browser.send(f"/join/{code}", form, at=f"/join/{code}")


@pytest.mark.parametrize("form", [{}, {"password": "falsch falsch"}, {"pin": "1234"}, {"pin": "9" * 2000}])
def test_a_photograph_of_the_chairs_card_opens_nothing(desk, form):
    desk.opened("m1")
    code, phone = card_of(desk, "an"), desk.browser()
    page = phone.get(f"/join/{code}")
    assert (page.status_code, "runs the meeting" in page.text) == (200, True)
    assert opens(phone, code, **form).status_code in (401, 403, 409, 422)
    assert who(phone) is None
    assert phone.get("/meetings/m1/room").status_code == 302


def with_pin(desk, username: str, pin: str) -> None:
    hashed = pins.hash_pin(pin, desk.people[username], desk.app.secret_key)
    desk.write(account_store.edit_user, desk.people[username], pin=hashed)


def test_the_chair_opens_the_card_with_the_password_or_the_pin(desk):
    desk.opened("m1")
    with_pin(desk, "an", "4711")
    for form in ({"password": PASSWORD}, {"pin": "4711"}):
        code, phone = card_of(desk, "an"), desk.browser()
        assert opens(phone, code, **form).location == "/meetings/m1/arrive"
        body = {"id": "by-" + "".join(form), "name": "show_title", "args": {}}
        assert phone.api("POST", "/api/meetings/m1/commands", body).status_code == 200


def test_the_pin_of_a_card_is_not_guessed(desk):
    desk.opened("m1")
    with_pin(desk, "an", "4711")
    code, phone = card_of(desk, "an"), desk.browser()
    tried = [opens(phone, code, pin=f"82{n:02}").status_code for n in range(6)]
    assert tried == [403] * 5 + [429]
    assert opens(phone, code, pin="4711").status_code == 429


def test_who_came_in_by_a_card_prints_no_cards(desk):
    desk.opened("m1")
    phone = desk.browser()
    opens(phone, card_of(desk, "an"), password=PASSWORD)
    refused = phone.get("/api/meetings/m1/nameplates.pdf")
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "not_with_a_card")


def test_a_delegate_who_becomes_secretary_shows_more_than_the_card(desk):
    desk.opened("m1")
    phone = desk.browser()
    phone.get(f"/join/{card_of(desk, 'em')}")
    assert phone.get("/meetings/m1/room").status_code == 200
    desk.does("m1", "mai", "organiser", "change_role", person=desk.people["em"], role="secretary")
    refused = phone.api("GET", "/api/meetings/m1")
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "proof_needed")
    assert phone.get("/meetings/m1/room").status_code == 403
    body = {"id": "x", "name": "start_item", "args": {"item": "i1"}}
    assert phone.api("POST", "/api/meetings/m1/commands", body).status_code == 403


def test_what_came_of_a_card_goes_with_it(desk):
    """A screen and a tablet that were let in from its session, and a PIN that was chosen by it."""
    desk.opened("m1")
    phone, wall, tablet = desk.browser(), desk.browser(), desk.browser()
    card = card_of(desk, "em")
    opens(phone, card_of(desk, "an"), password=PASSWORD)
    wall.get("/projector")
    shown = wall.api("GET", "/api/screen").json["code"]
    assert phone.api("POST", "/api/meetings/m1/screens", {"code": shown}).status_code == 201
    tablet.get("/tablet")
    shown = tablet.api("GET", "/api/tablet").json["code"]
    both = [desk.people["em"], desk.people["an"]]
    assert phone.api("POST", "/api/meetings/m1/tablets", {"code": shown, "people": both}).status_code == 201
    body = {"person": desk.people["em"], "code": card, "pin": "4711"}
    assert tablet.api("POST", "/api/tablet/pin", body).status_code == 200
    assert desk.user("em")["pin"]
    desk.browser("mai").api("POST", "/api/meetings/m1/nameplates/revoke", {})
    assert "meeting" not in wall.api("GET", "/api/screen").json
    assert "meeting" not in tablet.api("GET", "/api/tablet").json
    assert desk.user("em")["pin"] == ""


def test_nobody_chooses_the_chairs_pin_by_a_card(desk):
    desk.opened("m1")
    tablet = desk.browser()
    tablet.get("/tablet")
    shown, both = tablet.api("GET", "/api/tablet").json["code"], [desk.people["em"], desk.people["an"]]
    desk.browser("mai").api("POST", "/api/meetings/m1/tablets", {"code": shown, "people": both})
    body = {"person": desk.people["an"], "code": card_of(desk, "an"), "pin": "4711"}
    refused = tablet.api("POST", "/api/tablet/pin", body)
    assert (refused.status_code, refused.json["error"]["code"]) == (403, "pin_in_account")


def test_somebody_no_longer_invited_does_not_get_in(desk):
    desk.published("m1")
    code = card_of(desk, "em")
    desk.does("m1", "mai", "organiser", "remove_person", person=desk.people["em"])
    assert desk.browser().get(f"/join/{code}").status_code == 404


def test_the_database_holds_no_code(desk):
    desk.published("m1")
    code = card_of(desk, "em")
    rows = str(desk.read(fetch_all, "select * from invitations"))
    assert code not in rows
    assert join_code_store.normalise_code(code) not in rows


def test_a_card_asks_before_it_signs_somebody_else_out(desk):
    desk.published("m1")
    code, browser = card_of(desk, "em"), desk.browser("an")
    assert "Hoàng Văn Em" in browser.page(f"/join/{code}")
    assert who(browser) == "an"
    browser.send(f"/join/{code}", at=f"/join/{code}")
    assert who(browser) == "em"


def test_who_is_signed_in_already_keeps_their_own_session(desk):
    desk.published("m1")
    browser = desk.browser("em")
    assert browser.get(f"/join/{card_of(desk, 'em')}").location == "/meetings/m1/arrive"
    assert browser.get("/account").status_code == 200


def test_codes_cannot_be_guessed_at_leisure_but_a_hall_may_enter_at_once(desk):
    desk.published("m1")
    code = card_of(desk, "em")
    assert {desk.browser().get(f"/join/{code}").status_code for _ in range(60)} == {302}
    tried = [desk.browser(address="10.0.0.66").get(f"/join/CCC-CCC-C{n:02}").status_code for n in range(45)]
    assert tried == [404] * 40 + [429] * 5
    assert desk.browser().get(f"/join/{code}").status_code == 302


def test_a_right_card_is_not_locked_out_by_its_neighbours(desk):
    desk.published("m1")
    code = card_of(desk, "em")
    tried = [desk.browser().get(f"/join/CCC-CCC-C{n:02}").status_code for n in range(60)]
    assert tried[-1] == 429
    assert desk.browser().get(f"/join/{code}").status_code == 302
    guessed = [desk.browser().get(f"/join/FFF-CCC-C{n:02}").status_code for n in range(600)]
    assert set(guessed) == {429}
    assert desk.browser().get(f"/join/{code}").status_code == 429  # nobody opens ten cards a second


def test_only_the_staff_print_and_revoke(desk):
    desk.published("m1")
    em, lan = desk.browser("em"), desk.browser("lan")
    assert em.get("/api/meetings/m1/nameplates.pdf").status_code == 403
    assert em.api("POST", "/api/meetings/m1/nameplates/revoke", {}).status_code == 403
    assert lan.get("/api/meetings/m1/nameplates.pdf").status_code == 404


def test_the_staff_see_whose_code_has_been_used(desk):
    desk.published("m1")
    code = card_of(desk, "em")
    mai = desk.browser("mai")
    assert mai.api("GET", "/api/meetings/m1/nameplates").json == {desk.people["em"]: {"cards": 1, "used": 0}}
    desk.browser().get(f"/join/{code}")
    assert mai.api("GET", "/api/meetings/m1/nameplates").json[desk.people["em"]]["used"] > 0


def test_the_access_log_tells_of_cards(desk):
    desk.published("m1")
    desk.browser().get(f"/join/{card_of(desk, 'em')}")
    page = desk.browser("admin").page("/admin/audit")
    assert "Lý Thị Mai printed nameplates: 1" in page
    assert "Hoàng Văn Em signed in by the code on a nameplate" in page


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("http://localhost:8000", "http://192.168.1.5:8000"),
        ("http://127.0.0.1:8000", "http://192.168.1.5:8000"),
        ("http://[::1]:8000", "http://192.168.1.5:8000"),
        ("http://hop.local", "http://hop.local"),
        ("https://10.0.0.3", "https://10.0.0.3"),
    ],
)
def test_a_code_made_at_the_server_itself_does_not_lead_telephones_to_themselves(desk, monkeypatch, typed, public):
    monkeypatch.setattr(address, "own_address", lambda: "192.168.1.5")
    with desk.app.test_request_context(base_url=typed):
        assert address.public_address() == public


def test_a_room_at_the_server_itself_names_no_tablet_localhost(desk, monkeypatch):
    monkeypatch.setattr(address, "own_address", lambda: "192.168.1.5")
    desk.published("m1")
    assert '"address": "192.168.1.5' in desk.browser("an").page("/meetings/m1/room").replace("&#34;", '"')

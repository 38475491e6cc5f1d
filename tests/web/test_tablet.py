"""A tablet that two or three people share: who may act at it, for how long, and what is never done there."""

import pytest

from meetingroom import clock, log
from meetingroom.auth import account_store
from meetingroom.devices import pins
from tests.web.desk import Desk
from tests.web.test_nameplates import card_of

PIN = "4711"


class Shared:
    """A meeting that is running, and a tablet of `em` and `an` in it."""

    def __init__(self, desk: Desk):
        self.desk = desk
        desk.opened("m1")
        self.em, self.an = desk.people["em"], desk.people["an"]
        for person in (self.em, self.an):
            desk.write(account_store.edit_user, person, pin=pins.hash_pin(PIN, person, desk.app.secret_key))
        self.tablet = desk.browser()
        self.enrol([self.em, self.an])
        self.sent = 0

    def enrol(self, people, username="mai", code=None):
        assert self.tablet.get("/tablet").status_code == 200
        code = code or self.tablet.api("GET", "/api/tablet").json["code"]
        return self.desk.browser(username).api("POST", "/api/meetings/m1/tablets", {"code": code, "people": people})

    def pin(self, person, pin=PIN):
        return self.tablet.api("POST", "/api/tablet/act", {"person": person, "pin": pin})

    def gives(self, command, id=None, **args):
        self.sent += 1
        body = {"id": id or f"tablet-{self.sent}", "name": command, "args": args}
        return self.tablet.api("POST", "/api/meetings/m1/commands", body)

    def ballot(self, **more) -> str:
        voters = [self.em, self.an]
        self.desk.does("m1", "mai", "organiser", "draft_ballot", question="Thông qua?", voters=voters, **more)
        key = self.state.ballots.order[-1]
        self.desk.does("m1", "an", "chair", "open_ballot", ballot=key, despite=True)
        return key

    @property
    def state(self):
        return log.state(self.desk.context.pool, "m1")


@pytest.fixture
def shared(desk):
    return Shared(desk)


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.json["error"]["code"]


def test_a_tablet_shows_a_code_until_the_staff_enrol_it(desk):
    desk.opened("m1")
    tablet = desk.browser()
    assert tablet.get("/tablet").status_code == 200
    asked = tablet.api("GET", "/api/tablet").json
    assert len(asked["code"]) == 6
    people = [desk.people["em"], desk.people["an"]]
    body = {"code": f"{asked['code'][:3]} {asked['code'][3:]}", "people": people}
    assert desk.browser("mai").api("POST", "/api/meetings/m1/tablets", body).status_code == 201
    known = tablet.api("GET", "/api/tablet").json
    assert known["meeting"] == "m1"
    assert known["people"] == [{"id": person, "pin": False} for person in people]


def test_only_two_or_three_people_of_the_roll_share_a_tablet(desk, shared):
    other = desk.browser()
    other.get("/tablet")
    digits = other.api("GET", "/api/tablet").json["code"]
    everybody = [shared.em, shared.an, desk.people["mai"], desk.people["lan"]]
    for people in ([], [shared.em], [shared.em, shared.em], everybody, [shared.em, desk.people["lan"]], "em", [1, 2]):
        assert code(shared.enrol(people, code=digits)) == (422, "two_or_three"), people
    assert shared.enrol(everybody[:3], code=digits).status_code == 201


def test_only_the_staff_enrol_tablets_and_a_code_enrols_once(desk, shared):
    other = desk.browser()
    other.get("/tablet")
    digits, people = other.api("GET", "/api/tablet").json["code"], [shared.em, shared.an]
    assert shared.enrol(people, "em", digits).status_code == 403
    assert shared.enrol(people, "lan", digits).status_code == 404
    assert shared.enrol(people, "an", digits).status_code == 201
    assert code(shared.enrol(people, "an", digits)) == (422, "no_such_tablet_code")


def test_by_pin_somebody_does_one_thing_and_the_log_says_who(shared):
    assert shared.pin(shared.em).json == {"person": shared.em, "left": 60_000}
    assert shared.gives("check_in", mode="onsite").status_code == 200
    assert shared.state.roll.people[shared.em].presence == "onsite"
    assert shared.state.by == shared.em
    assert code(shared.gives("request_floor")) == (401, "not_signed_in")
    assert shared.state.floor.queue == ()


def test_a_command_whose_answer_was_lost_is_sent_again_and_answered_the_same(shared):
    shared.pin(shared.em)
    first = shared.gives("request_floor", id="same")
    again = shared.gives("request_floor", id="same")
    assert (first.status_code, again.json) == (200, first.json)
    assert len(shared.state.floor.queue) == 1


def test_what_the_rules_refuse_does_not_use_the_pin_up(shared):
    shared.pin(shared.em)
    assert code(shared.gives("withdraw_request")) == (409, "no_such_request")
    assert shared.gives("request_floor").status_code == 200


def test_after_a_minute_the_pin_is_asked_again(shared, monkeypatch):
    shared.pin(shared.em)
    later = clock.now() + 60_001
    monkeypatch.setattr(clock, "now", lambda: later)
    assert code(shared.gives("check_in", mode="onsite")) == (401, "not_signed_in")


def test_who_has_finished_leaves_nothing_behind(shared):
    shared.pin(shared.em)
    assert shared.tablet.api("DELETE", "/api/tablet/act").status_code == 200
    assert code(shared.gives("check_in", mode="onsite")) == (401, "not_signed_in")


def test_the_next_one_acts_as_themselves(shared):
    shared.pin(shared.em)
    shared.pin(shared.an)
    shared.gives("check_in", mode="onsite")
    assert shared.state.roll.people[shared.an].presence == "onsite"
    assert shared.state.roll.people[shared.em].presence == "waiting"


def test_five_wrong_pins_then_a_wait(shared):
    tried = [shared.pin(shared.em, "0815") for _ in range(6)]
    assert [code(answer) for answer in tried] == [(403, "pin_wrong")] * 5 + [(429, "too_many_pins")]
    assert [answer.json["error"].get("left") for answer in tried[:5]] == [4, 3, 2, 1, 0]
    assert int(tried[5].headers["Retry-After"]) > 200
    assert shared.pin(shared.em).status_code == 429
    assert shared.pin(shared.an).status_code == 200


def test_only_the_tablets_own_people_act_there(desk, shared):
    desk.write(
        account_store.edit_user, desk.people["mai"], pin=pins.hash_pin(PIN, desk.people["mai"], desk.app.secret_key)
    )
    assert shared.pin(desk.people["mai"]).status_code == 404
    assert desk.browser().api("POST", "/api/tablet/act", {"person": shared.em, "pin": PIN}).status_code == 401


def test_the_session_is_worth_nothing_on_another_device(desk, shared):
    shared.pin(shared.em)
    stolen = desk.browser()
    stolen.client.set_cookie("meetingroom", shared.tablet.client.get_cookie("meetingroom").value)
    assert stolen.api("GET", "/api/session").status_code == 401
    assert shared.tablet.api("GET", "/api/session").status_code == 200


def test_an_open_vote_is_cast_by_pin(shared):
    key = shared.ballot(preset="UBKS_NQ")
    shared.pin(shared.em)
    assert shared.gives("cast_vote", ballot=key, choice="yes").status_code == 200
    assert shared.state.ballots.ballots[key].votes[shared.em].choices == ("yes",)


def test_a_secret_vote_is_refused_with_the_way_out_in_words(shared):
    key = shared.ballot(preset="THAM_KHAO", options=["Phòng 1", "Phòng 3"])
    shared.pin(shared.em)
    mine = shared.tablet.api("GET", "/api/meetings/m1/me").json["ballots"][key]
    assert (mine["may_vote"], mine["why"]) == (False, "own_device_needed")
    answer = shared.gives("cast_vote", ballot=key, choice="o1")
    assert code(answer) == (409, "own_device_needed")
    assert "Use your own phone" in answer.json["error"]["message"]
    assert shared.state.ballots.ballots[key].voted == {}


def test_the_same_person_casts_the_secret_vote_on_their_own_phone(desk, shared):
    key = shared.ballot(preset="THAM_KHAO", options=["Phòng 1", "Phòng 3"])
    phone = desk.browser()
    phone.get(f"/join/{card_of(desk, 'em')}")
    body = {"id": "p1", "name": "cast_vote", "args": {"ballot": key, "choice": "o1"}}
    assert phone.api("POST", "/api/meetings/m1/commands", body).json["receipt"]


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("close_meeting", {}),
        ("turn_page", {"page": 2}),
        ("record_note", {"item": "general", "text": "x"}),
        ("check_in", {"person": "em", "mode": "onsite"}),
        ("request_floor", {"person": "em"}),
        ("withdraw_request", {"request": "r1"}),
    ],
)
def test_a_meeting_is_not_run_from_a_shared_tablet(shared, command, args):
    """Not even by the chair, who may do all this elsewhere."""
    args = {key: shared.em if value == "em" else value for key, value in args.items()}
    shared.pin(shared.an)
    assert code(shared.gives(command, **args)) == (403, "not_on_a_shared_tablet")


def test_by_pin_nobody_reads_what_the_staff_read(shared):
    shared.pin(shared.an)
    for path in (
        "/api/meetings/m1",
        "/api/meetings/m1/log",
        "/api/meetings/m1/timeline",
        "/api/meetings/m1/nameplates.pdf",
        "/api/meetings/m1/tablets",
    ):
        assert shared.tablet.api("GET", path).status_code == 403, path
    assert shared.tablet.get("/meetings/m1").location == "/tablet"
    assert shared.tablet.get("/account").location == "/tablet"


def test_somebody_without_a_pin_sets_the_first_one_by_their_card(desk, shared):
    desk.write(account_store.edit_user, shared.em, pin="")
    assert code(shared.pin(shared.em)) == (409, "pin_unset")

    def choose(card, pin="5093", person=shared.em):
        return shared.tablet.api("POST", "/api/tablet/pin", {"person": person, "code": card, "pin": pin})

    mine, other = card_of(desk, "em"), card_of(desk, "an")
    assert code(choose(other)) == (422, "not_your_card")
    assert code(choose(mine, "1111")) == (422, "pin_too_easy")
    assert choose(mine).status_code == 200
    assert shared.pin(shared.em, "5093").status_code == 200
    assert code(choose(mine, "6021")) == (409, "pin_set")


def test_a_tablet_let_go_is_nobodys(desk, shared):
    sent = []
    desk.context.dismiss_screen = sent.append
    mai = desk.browser("mai")
    (known,) = mai.api("GET", "/api/meetings/m1/tablets").json
    assert known["people"] == [shared.em, shared.an]
    shared.pin(shared.em)
    assert mai.api("DELETE", f"/api/meetings/m1/tablets/{known['id']}").status_code == 204
    assert len(sent) == 1
    assert shared.gives("check_in", mode="onsite").status_code == 401
    assert shared.pin(shared.em).status_code == 401
    assert "code" in shared.tablet.api("GET", "/api/tablet").json


def test_a_tablet_forgets_a_meeting_that_is_over_since_half_a_day(desk, shared, monkeypatch):
    desk.does("m1", "an", "chair", "close_meeting")
    assert shared.tablet.api("GET", "/api/tablet").json["meeting"] == "m1"
    later = shared.state.meeting.ends_at + 12 * 3_600_000 + 1
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "code" in shared.tablet.api("GET", "/api/tablet").json


def test_a_device_somebody_is_signed_in_on_is_not_shared_before_they_leave(desk):
    browser = desk.browser("an")
    assert "Nguyễn Văn An is signed in on this device" in browser.page("/tablet")
    assert browser.send("/tablet", at="/tablet").location == "/tablet"
    assert browser.api("GET", "/api/session").status_code == 401
    assert browser.get("/tablet").status_code == 200
    assert len(browser.api("GET", "/api/tablet").json["code"]) == 6


def test_ones_own_pin_is_chosen_changed_and_removed_in_the_account(desk):
    browser = desk.browser("em")
    assert "You have none" in browser.page("/account")
    answer = browser.send("/account/pin", pin="1234", again="1234")
    assert (answer.status_code, "too easy to guess" in answer.text) == (422, True)
    assert browser.send("/account/pin", pin="4711", again="4712").status_code == 422
    assert browser.send("/account/pin", pin="4711", again="4711").status_code == 302
    assert "You have a PIN." in browser.page("/account")
    assert "4711" not in str(desk.user("em"))
    browser.send("/account/pin", remove="1")
    assert desk.user("em")["pin"] == ""


def test_with_a_card_nobody_reaches_the_account_to_choose_a_pin(desk):
    desk.published("m1")
    phone = desk.browser()
    phone.get(f"/join/{card_of(desk, 'em')}")
    assert phone.get("/account/pin").location == "/meetings/m1"


def test_an_enrolled_tablets_page_brings_what_members_see(shared):
    assert '"audience":"members"' in shared.tablet.get("/tablet").text
    assert 'id="first-view"' not in shared.desk.browser().get("/tablet").text


def test_a_tablets_and_a_big_screens_window_say_which_meeting_is_theirs(shared):
    desk = shared.desk
    title = log.state(desk.app.extensions["meetingroom"].pool, "m1").meeting.title
    wall = desk.browser()
    assert title not in wall.get("/projector").text
    shown = wall.api("GET", "/api/screen").json["code"]
    assert desk.browser("mai").api("POST", "/api/meetings/m1/screens", {"code": shown}).status_code == 201
    for html in (shared.tablet.get("/tablet").text, wall.get("/projector").text):
        assert f" · {title}</title>" in html

"""The page of a meeting, the form that makes one, who may open its preparation."""

import re

import pytest

from meetingroom import log
from meetingroom.desk import programme

FORM = {
    "secrecy": "none",
    "title": "Hội nghị tổng kết công tác kiểm sát",
    "kind": "conference",
    "day": "16/12/2026",
    "starts": "08:00",
    "ends": "11:00",
    "place": "Hội trường tầng 3",
}


def create(browser, **changes):
    return browser.send("/meetings/new", {**FORM, **changes, "id": changes.pop("id", "form-1")}, at="/meetings/new")


def made(desk, answer):
    """The state of the meeting the form led to."""
    assert answer.status_code == 302, re.findall(r'class="error".*?</span>', answer.text, re.DOTALL)
    key = re.fullmatch(r"/meetings/(\w+)/prepare", answer.location)[1]
    return log.state(desk.context.pool, key)


# The new meeting


def test_an_organiser_makes_a_meeting_and_is_led_to_its_preparation(desk):
    state = made(desk, create(desk.browser("mai")))
    frame = state.meeting
    assert (frame.title, frame.kind, frame.status, frame.place) == (
        "Hội nghị tổng kết công tác kiểm sát",
        "conference",
        "draft",
        "Hội trường tầng 3",
    )
    assert frame.ends_at - frame.starts_at == 3 * 3_600_000
    assert {person: p.role for person, p in state.roll.people.items()} == {desk.people["mai"]: "organiser"}


def test_a_double_click_makes_one_meeting(desk):
    mai = desk.browser("mai")
    assert create(mai, id="form-7").location == create(mai, id="form-7").location
    assert len(mai.api("GET", "/api/meetings").json) == 1
    create(mai, id="form-8")
    assert len(mai.api("GET", "/api/meetings").json) == 2


def test_every_form_carries_an_id_of_its_own(desk):
    mai = desk.browser("mai")
    ids = {re.search(r'name="id" value="(\w+)"', mai.page("/meetings/new"))[1] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize("username", ["em", "an"])
def test_who_may_not_make_meetings_has_no_form(desk, username):
    browser = desk.browser(username)
    assert browser.get("/meetings/new").status_code == 403
    assert create(browser).status_code == 403


@pytest.mark.parametrize("answer", ["secret", "unsure"])
def test_what_is_or_may_be_secret_leaves_a_shell_without_title(desk, answer):
    changes = {"secrecy": answer, "title": "Họp về vụ án X", "motto": "Đoàn kết", "copies": "12"}
    frame = made(desk, create(desk.browser("mai"), **changes)).meeting
    assert (frame.title, frame.motto, frame.secrecy, frame.copies) == ("", "", answer, 12)
    with desk.context.pool.lend() as db:
        assert "vụ án X" not in "\n".join(db.conn.iterdump()), "not a word of it is kept"


def test_the_question_on_secrecy_must_be_answered(desk):
    mai = desk.browser("mai")
    answer = create(mai, secrecy="")
    assert answer.status_code == 422
    assert "Answer this question first." in answer.text
    assert "Does the content belong to the list of state secrets?" in mai.page("/meetings/new")
    assert "checked" not in mai.page("/meetings/new"), "no answer is suggested"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "   "}, "Give the meeting a title."),
        ({"title": "x" * 501}, "At most 500 characters; this has 501."),
        ({"place": "x" * 600}, "At most 500 characters; this has 600."),
        ({"day": ""}, "Choose the day."),
        ({"day": "31/02/2026"}, "Choose the day."),
        ({"day": "ngày mai"}, "Choose the day."),
        ({"starts": ""}, "Choose the hour at which it begins."),
        ({"starts": "25:00"}, "Choose the hour at which it begins."),
        ({"ends": "xx"}, "Choose the hour at which it ends."),
        ({"ends": "07:59"}, "The meeting must end after it begins."),
        ({"ends": "08:00"}, "The meeting must end after it begins."),
        ({"last_day": "15/12/2026"}, "The meeting must end after it begins."),
        ({"last_day": "32/12/2026"}, "Choose the day."),
        ({"last_day": "16/02/2027"}, "A meeting lasts 30 days at the most."),
        ({"day": "16/12/2226"}, "This day cannot be right."),
        ({"secrecy": "secret", "copies": "-1"}, "A number from 0 to 10,000."),
        ({"secrecy": "secret", "copies": "mười"}, "A number from 0 to 10,000."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(desk, changes, said):
    mai = desk.browser("mai")
    answer = create(mai, **changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert mai.api("GET", "/api/meetings").json == []
    if "place" not in changes:
        assert 'value="Hội trường tầng 3"' in answer.text


def test_a_title_of_three_hundred_letters_is_a_title(desk):
    title = "Hội nghị " * 33 + "hết"
    assert made(desk, create(desk.browser("mai"), title=title)).meeting.title == title


@pytest.mark.parametrize("starts", ["8", "8h", "8:00", "0800", "8 giờ 00", "08.00", "8 GIỜ"])
@pytest.mark.parametrize("day", ["16/12/2026", "16.12.2026", "16-12-2026", "2026-12-16"])
def test_days_and_hours_may_be_typed_as_people_type_them(desk, day, starts):
    frame = made(desk, create(desk.browser("mai"), day=day, starts=starts)).meeting
    assert frame.starts_at == 1_797_382_800_000


def test_a_conference_may_last_two_days(desk):
    frame = made(desk, create(desk.browser("mai"), last_day="17/12/2026", ends="11:00")).meeting
    assert frame.ends_at - frame.starts_at == 27 * 3_600_000


def test_the_form_of_another_site_makes_nothing(desk):
    mai = desk.browser("mai")
    assert mai.client.post("/meetings/new", data={**FORM, "id": "form-1"}).status_code == 400
    assert mai.api("GET", "/api/meetings").json == []


# The page


def test_the_page_says_what_when_where_and_as_whom(desk):
    desk.published("m1", "Hội nghị tổng kết", days=1, place="Hội trường tầng 3")
    page = desk.browser("em").page("/meetings/m1")
    for said in ("Hội nghị tổng kết", "08:00 – 10:00", "Hội trường tầng 3", "Delegate", "Nguyễn Văn An", "Viện trưởng"):
        assert said in page


def test_those_who_are_not_invited_learn_nothing(desk):
    desk.opened("m1", "Hội nghị tổng kết")
    strangers = [desk.browser("lan").get("/meetings/m1"), desk.browser("admin").get("/meetings/m1")]
    nowhere = desk.browser("lan").get("/meetings/m9")
    assert {answer.status_code for answer in strangers} == {404} == {nowhere.status_code}
    assert "Hội nghị tổng kết" not in strangers[0].text
    main = [answer.text.partition("<main")[2] for answer in (*strangers, nowhere)]
    assert main[0] == main[1] == main[2], "the same answer as for what does not exist"


def test_a_delegate_does_not_see_a_draft(desk):
    desk.meeting("m1", days=1)
    for door in ("/meetings/m1", "/meetings/m1/room"):
        assert desk.browser("em").get(door).status_code == 404
        assert desk.browser("an").get(door).status_code == 200
    assert desk.browser("em").api("GET", "/api/meetings").json == []
    assert [m["id"] for m in desk.browser("an").api("GET", "/api/meetings").json] == ["m1"]


def test_the_door_opens_for_delegates_an_hour_before_and_for_the_staff_at_once(desk):
    desk.published("m1", days=2)
    assert "/meetings/m1/room" not in desk.browser("em").page("/meetings/m1")
    assert "The room opens one hour before the meeting." in desk.browser("em").page("/meetings/m1")
    assert "/meetings/m1/room" in desk.browser("an").page("/meetings/m1")
    desk.opened("m2")
    assert "/meetings/m2/room" in desk.browser("em").page("/meetings/m2")


@pytest.mark.parametrize("minutes", [59, 0, -30])
def test_a_room_is_open_from_an_hour_before(minutes):
    frame = {"status": "published", "starts_at": 10_000_000_000}
    assert programme.room_is_open(frame, "delegate", 10_000_000_000 - minutes * 60_000)
    assert not programme.room_is_open(frame, "delegate", 10_000_000_000 - 61 * 60_000)


@pytest.mark.parametrize("status", ["draft", "closed", "archived", "cancelled"])
def test_a_room_that_is_over_or_not_published_has_no_door(status):
    assert not programme.room_is_open({"status": status, "starts_at": 0}, "chair", 1)


def test_the_agenda_tells_when_each_item_begins(desk):
    desk.meeting("m1", days=1)
    for title, minutes in (("Khai mạc", 10), ("Báo cáo", 25), ("Nghỉ", 0), ("Kết luận", 15)):
        desk.does("m1", "mai", "organiser", "add_item", title=title, minutes=minutes, presenters=[desk.people["an"]])
    page = desk.browser("an").page("/meetings/m1")
    assert re.findall(r"\d\d:\d\d – \d\d:\d\d", page)[1:] == ["08:00 – 08:10", "08:10 – 08:35", "08:35 – 08:50"]
    assert "50 min" in page
    assert page.count("Nguyễn Văn An") >= 4


def test_papers_for_the_staff_are_not_named_to_delegates(desk):
    key = desk.published("m1", days=1)
    desk.does(key, "mai", "organiser", "add_item", title="Báo cáo", minutes=10, presenters=[])
    desk.write(
        lambda db: db["documents"].insert_all(
            {
                "id": f"d{n}", "meeting": key, "sha": "0", "filename": f"{n}.pdf", "title": title, "status": "ready",
                "pages": 4, "shape": "[[1, 595, 842]]", "detail": "{}",
            }
            for n, title in enumerate(("Báo cáo tổng kết", "Phương án nhân sự"))
        )
    )  # fmt: skip
    item = log.state(desk.context.pool, key).agenda.order[0]
    for n in range(2):
        desk.does(key, "mai", "organiser", "attach_paper", item=item, document=f"d{n}")
    second = log.state(desk.context.pool, key).agenda.items[item].papers[1]
    desk.does(key, "mai", "organiser", "edit_paper", paper=second, readers="staff")
    assert "Phương án nhân sự" in desk.browser("an").page("/meetings/m1")
    page = desk.browser("em").page("/meetings/m1")
    assert "Báo cáo tổng kết" in page
    assert "Phương án nhân sự" not in page
    assert "data-release" not in page
    assert "data-release" not in desk.browser("an").page("/meetings/m1"), "it is not held, it is theirs"
    found = '[{"code": "comments", "page": 1}]'
    desk.write(lambda db: db.conn.execute("update documents set warnings = ? where id = 'd1'", (found,)))
    for who in ("an", "mai"):
        assert f'data-release="{second}"' in desk.browser(who).page("/meetings/m1")
    desk.does(key, "an", "chair", "edit_paper", paper=second, readers="members")
    assert "data-release" not in desk.browser("an").page("/meetings/m1")


def test_people_stand_by_role_and_then_in_protocol_order(desk):
    key = desk.published("m1", days=1)
    desk.does(key, "mai", "organiser", "invite", person=desk.people["lan"], role="delegate")
    desk.does(key, "mai", "organiser", "move_person", person=desk.people["lan"], before=desk.people["em"])
    page = desk.browser("em").page("/meetings/m1")
    listed = re.findall(r"<li><b>([^<]+)</b>", page.partition("people-title")[2])
    assert listed == ["Nguyễn Văn An", "Lý Thị Mai", "Đỗ Thị Lan", "Hoàng Văn Em"]


def test_a_cancelled_meeting_says_why(desk):
    desk.published("m1", days=1)
    desk.does("m1", "mai", "organiser", "cancel_meeting", reason="Chuyển sang tuần sau")
    page = desk.browser("em").page("/meetings/m1")
    assert "Cancelled: Chuyển sang tuần sau" in page
    assert "/meetings/m1/room" not in page


def test_a_secret_shell_shows_time_and_place_and_nothing_else(desk):
    desk.published("m1", "", days=1, secrecy="unsure", copies=6)
    page = desk.browser("em").page("/meetings/m1")
    assert "Meeting without a title" in page
    assert "6 copies are prepared." in page
    assert 'id="agenda"' not in page


def test_minutes_are_offered_to_the_staff_from_the_opening_and_to_all_once_approved(desk):
    desk.published("m1")
    assert "/meetings/m1/minutes" not in desk.browser("an").page("/meetings/m1")
    desk.opened("m2")
    assert "/meetings/m2/minutes" in desk.browser("an").page("/meetings/m2")
    assert "/meetings/m2/minutes" not in desk.browser("em").page("/meetings/m2")
    desk.closed("m3")
    assert "/meetings/m3/minutes" in desk.browser("an").page("/meetings/m3")
    assert "/meetings/m3/minutes" not in desk.browser("em").page("/meetings/m3")
    assert "Minutes: draft" in desk.browser("em").page("/")
    an = desk.browser("an")
    read = an.client.get("/api/meetings/m3/minutes.json").json["approval"]
    desk.does("m3", "an", "chair", "approve_minutes", version=read["version"], digest=read["digest"])
    assert "/meetings/m3/minutes" in desk.browser("em").page("/meetings/m3")
    assert "Minutes to be approved" not in desk.browser("an").page("/")
    assert "Minutes: approved" in desk.browser("em").page("/")


def test_the_unit_is_not_said_twice():
    assert programme.about({"title": "Trưởng phòng 1", "unit": "Phòng 1"}) == "Trưởng phòng 1"
    assert programme.about({"title": "Viện trưởng VKSND khu vực 1", "unit": "VKSND khu vực 1 - Lạc Giang"}) == (
        "Viện trưởng VKSND khu vực 1"
    )
    assert programme.about({"title": "Kiểm sát viên", "unit": "Phòng 3"}) == "Kiểm sát viên, Phòng 3"
    assert programme.about({"unit": "Phòng 3"}) == "Phòng 3"
    assert programme.about({}) == ""


# The preparation


def test_the_preparation_is_for_the_staff(desk):
    desk.published("m1", days=1)
    assert desk.browser("mai").get("/meetings/m1/prepare").status_code == 200
    assert desk.browser("an").get("/meetings/m1/prepare").status_code == 200
    assert desk.browser("em").get("/meetings/m1/prepare").status_code == 403
    assert desk.browser("lan").get("/meetings/m1/prepare").status_code == 404


# The directory


def test_the_directory_finds_people_with_and_without_diacritics(desk):
    mai = desk.browser("mai")

    def names(query):
        return [person["name"] for person in mai.api("GET", f"/api/people?q={query}").json["people"]]

    assert names("nguyen van an") == ["Nguyễn Văn An"]
    assert names("An Nguyễn") == ["Nguyễn Văn An"]
    assert names("truong phong 1") == ["Hoàng Văn Em"], "by title"
    assert names("%25") == []
    assert len(names("van phong")) == 5, "by unit"


def test_the_directory_is_in_the_order_of_given_names_and_without_those_who_left(desk):
    mai = desk.browser("mai")
    desk.write(lambda db: db["users"].update(desk.people["lan"], {"active": 0}))
    found = [person["name"] for person in mai.api("GET", "/api/people").json["people"]]
    assert found == ["Nguyễn Văn An", "Hoàng Văn Em", "Bùi Thị Hạnh", "Lý Thị Mai"]


def test_the_directory_says_in_which_order_of_rank_people_are_invited(desk):
    desk.add("binh", "Trần Thị Bình", title="Phó Viện trưởng")
    people = desk.browser("mai").api("GET", "/api/people").json["people"]
    by_rank = [person["name"] for person in sorted(people, key=lambda person: person["rank"])]
    assert by_rank.index("Nguyễn Văn An") < by_rank.index("Trần Thị Bình") < by_rank.index("Hoàng Văn Em")


def test_the_directory_can_be_narrowed_to_a_unit(desk):
    mai = desk.browser("mai")
    units = {unit["name"]: unit["id"] for unit in mai.api("GET", "/api/units").json["units"]}
    desk.add("binh", "Trần Thị Bình", unit=units["VKSND tỉnh Lạc Giang"])
    found = mai.api("GET", f"/api/people?unit={units['VKSND tỉnh Lạc Giang']}").json
    assert [(person["name"], person["unit"]) for person in found["people"]] == [
        ("Trần Thị Bình", "VKSND tỉnh Lạc Giang")
    ]
    assert found["more"] == 0


def test_the_directory_is_for_those_who_prepare_meetings(desk):
    assert desk.browser().api("GET", "/api/people").status_code == 401
    for path in ("/api/people", "/api/units"):
        assert desk.browser("em").api("GET", path).status_code == 403
    desk.meeting("m1", days=1)
    desk.does("m1", "mai", "organiser", "change_role", person=desk.people["em"], role="secretary")
    assert desk.browser("em").api("GET", "/api/people").status_code == 200
    desk.does("m1", "mai", "organiser", "cancel_meeting", reason="Hoãn")
    assert desk.browser("em").api("GET", "/api/people").status_code == 403, "only while there is something to prepare"


def test_the_directory_tells_no_more_than_an_invitation_needs(desk):
    person = desk.browser("mai").api("GET", "/api/people?q=nguyen van an").json["people"][0]
    assert set(person) == {"id", "name", "title", "unit", "unit_id", "rank"}

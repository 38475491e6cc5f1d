"""What somebody finds at home: what is live, what waits for them, their meetings by day."""

import re

import pytest

from meetingroom.desk import routes_home

DAY = 86_400_000
NOON = 1_797_397_200_000  # 16/12/2026 12:00 in Viet Nam


def meeting(status="published", days=0, hours=0, lasts=2, **more):
    starts = NOON + days * DAY + hours * 3_600_000
    return {"id": "m", "status": status, "starts_at": starts, "ends_at": starts + lasts * 3_600_000, **more}


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("live", meeting("live")),
        ("live", meeting("adjourned", days=-1)),
        ("today", meeting()),
        ("today", meeting("draft", hours=-11)),
        ("today", meeting("closed", hours=-3)),
        ("today", meeting("cancelled", hours=5)),
        ("today", meeting(days=-1, lasts=30)),  # the second day of two
        ("coming", meeting(days=1, hours=-12)),
        ("coming", meeting("cancelled", days=3)),
        ("past", meeting(days=-1)),  # published and never opened
        ("past", meeting("closed", days=-1)),
        ("past", meeting("closed", days=-1, lasts=30)),  # of two days, over on the first
        ("past", meeting("archived", days=-20)),
    ],
)
def test_a_meeting_has_one_place_on_the_page(where, what):
    groups = routes_home.group_by_place([what], NOON)
    assert [name for name, found in groups.items() if found] == [where]


def test_the_day_changes_at_midnight_of_the_agency_not_of_greenwich():
    late = meeting(hours=11, lasts=0.5)  # 23:00
    assert routes_home.group_by_place([late], NOON + 43_100_000)["today"] == [late]
    assert routes_home.group_by_place([late], NOON + 43_300_000)["past"] == [late]


def test_coming_meetings_stand_soonest_first_and_past_ones_latest_first():
    mine = [meeting(days=days) for days in (-9, -2, 1, 4)]
    groups = routes_home.group_by_place(mine, NOON)
    assert groups["coming"] == mine[2:]
    assert groups["past"] == [mine[1], mine[0]]


def test_a_stranger_is_led_to_the_sign_in(desk):
    assert desk.browser().get("/").location == "/sign-in"


def test_who_has_no_meeting_is_told_when_one_would_appear(desk):
    page = desk.browser("lan").page("/")
    assert "No meetings yet" in page
    assert "Create the first meeting" not in page
    assert "Create the first meeting" in desk.browser("admin").page("/")


def test_a_live_meeting_has_a_large_door(desk):
    desk.opened("m1", "Hội nghị tổng kết")
    card = re.search(r'<section class="live-card".*?</section>', desk.browser("em").page("/"), re.DOTALL)[0]
    assert "Hội nghị tổng kết" in card
    assert 'href="/meetings/m1/room"' in card
    assert "You attend as: Delegate" in card


def test_a_draft_is_seen_by_those_who_prepare_and_the_chair_only(desk):
    desk.meeting("m1", "Họp kín tiếng", days=1)
    assert "Họp kín tiếng" in desk.browser("mai").page("/")
    assert "Họp kín tiếng" in desk.browser("an").page("/")
    assert "Họp kín tiếng" not in desk.browser("em").page("/")
    assert "Họp kín tiếng" not in desk.browser("em").page("/?q=kin+tieng")


def test_nobody_learns_of_a_meeting_they_are_not_invited_to(desk):
    desk.opened("m1", "Hội nghị của người khác")
    for other in ("lan", "admin"):
        assert "Hội nghị của người khác" not in desk.browser(other).page("/")
        assert "Hội nghị của người khác" not in desk.browser(other).page("/?q=hoi")


def test_what_waits_is_named_with_the_place_where_it_is_done(desk):
    desk.meeting("m1", "Bản nháp", days=1)
    desk.closed("m2", "Đã họp xong")
    organiser, chair = desk.browser("mai").page("/"), desk.browser("an").page("/")
    assert "Not published yet" in organiser
    assert 'href="/meetings/m1/prepare"' in organiser
    assert "Not published yet" not in chair
    assert "Minutes to be approved" in chair
    assert 'href="/meetings/m2/minutes"' in chair
    assert "Waiting for you" not in desk.browser("em").page("/")


def test_papers_that_failed_wait_for_those_who_prepare(desk):
    desk.published("m1", days=1)
    row = {"id": "d1", "meeting": "m1", "sha": "0", "filename": "hỏng.pdf", "status": "failed"}
    desk.write(lambda db: db["documents"].insert(row))
    assert "1 paper could not be processed" in desk.browser("mai").page("/")
    assert "could not be processed" not in desk.browser("an").page("/")


def test_papers_to_read_are_counted_as_this_person_may_read_them(desk):
    desk.published("m1", days=2)
    rows = [
        {"id": f"p{n}", "meeting": "m1", "item": "i1", "document": f"d{n}", "title": "Báo cáo", "readers": readers}
        for n, readers in enumerate(("members", "members", "staff"))
    ]
    desk.write(lambda db: db["papers"].insert_all(rows))
    assert "2 papers to read before the meeting" in desk.browser("em").page("/")
    assert "3 papers to read before the meeting" in desk.browser("an").page("/")


def test_conclusions_wait_for_the_chair_and_those_given_back_for_the_secretary(desk):
    desk.opened("m1")
    desk.does("m1", "mai", "organiser", "invite", person=desk.people["lan"], role="secretary")
    desk.does("m1", "an", "chair", "record_conclusion", text="Ban hành Kế hoạch")
    desk.does("m1", "an", "chair", "close_meeting")
    assert "Conclusions to be approved" not in desk.browser("an").page("/")
    desk.does("m1", "lan", "secretary", "submit_conclusions")
    assert "Conclusions to be approved" in desk.browser("an").page("/")
    assert "Conclusions to be approved" not in desk.browser("lan").page("/")
    desk.does("m1", "an", "chair", "return_conclusions", reason="sai")
    assert "Conclusions to be approved" not in desk.browser("an").page("/")
    assert "Conclusions were given back" in desk.browser("lan").page("/")


def test_what_only_two_may_do_waits_for_the_second(desk):
    desk.closed("m1")
    desk.add("quantri", "Lê Văn Quản", role="admin")
    asked = {"meeting": "m1", "seq": 1, "reason": "Nhầm", "by": desk.people["admin"], "at": 1}
    desk.write(lambda db: db["redactions"].insert(asked))
    assert "1 entry to be withheld waits for your decision" in desk.browser("an").page("/")
    assert 'href="/meetings/m1/redactions"' in desk.browser("an").page("/")
    assert "to be withheld" not in desk.browser("mai").page("/")
    row = {"meeting": "m1", "title": "Họp", "kind": "", "unit": "", "started_at": 1, "archived_at": 1, "code": "5N"}
    row |= {"keep_until": "2020-12-31", "problem": "gave_up"}
    desk.write(lambda db: db["archives"].insert(row))
    assert "The retention period of 1 dossier is over" in desk.browser("admin").page("/")
    decision = {"meeting": "m1", "decision": "12/QĐ", "date": "2026-01-05", "keep_title": 0, "at": 1}
    desk.write(lambda db: db["destructions"].insert(decision | {"by": desk.people["admin"]}))
    assert "retention period of" not in desk.browser("admin").page("/")
    for who in ("an", "quantri"):
        assert "To be destroyed by decision 12/QĐ" in desk.browser(who).page("/")
    for who in ("admin", "mai", "em"):
        assert "To be destroyed" not in desk.browser(who).page("/")
    desk.write(lambda db: db.conn.execute("update meetings set status = 'archived'"))
    assert "The package could not be made" in desk.browser("an").page("/")
    assert "The package could not be made" not in desk.browser("em").page("/")


def test_a_meeting_is_found_by_words_without_diacritics(desk):
    desk.published("m1", "Hội nghị tập huấn số hóa hồ sơ", days=-3)
    desk.published("m2", "Họp giao ban", days=5)
    page = desk.browser("em").page("/?q=so+hoa")
    assert "1 meeting found" in page
    assert "Hội nghị tập huấn số hóa hồ sơ" in page
    assert "Họp giao ban" not in page
    assert "0 meetings found" in desk.browser("em").page("/?q=khong+co")


def test_what_is_searched_for_is_shown_back_as_text(desk):
    desk.published("m1")
    page = desk.browser("em").get("/?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_long_past_is_shown_on_demand(desk):
    for n in range(routes_home.PAST_SHOWN + 2):
        desk.closed(f"m{n}", f"Giao ban số {n:02}", days=-n - 1)
    page = desk.browser("em").page("/")
    assert "Giao ban số 07" in page
    assert "Giao ban số 08" not in page
    assert "Show 2 earlier meetings" in page
    assert "Giao ban số 09" in desk.browser("em").page("/?past=all")


def test_hours_and_days_are_written_as_an_office_writes_them(desk):
    desk.published("m1", days=1, hour=8)
    desk.write(lambda db: db["users"].update(desk.people["em"], {"language": "vi"}))
    page = desk.browser("em").page("/")
    assert "08\u00a0giờ\u00a000 – 10\u00a0giờ\u00a000" in page
    assert "Sắp tới" in page
    assert "Đại biểu" in page


def test_the_list_of_my_meetings_is_the_same_for_programs(desk):
    desk.published("m1", "Họp một", days=1)
    desk.published("m2", "Họp hai", days=2)
    answer = desk.browser("em").api("GET", "/api/meetings").json
    assert [(row["id"], row["title"], row["status"], row["role"]) for row in answer] == [
        ("m2", "Họp hai", "published", "delegate"),
        ("m1", "Họp một", "published", "delegate"),
    ]

"""“Sẵn sàng 100 %”: every question of the board, the number, and what the devices report."""

from dataclasses import replace

import pytest
from flask_babel import force_locale

from meetingroom.config import Settings
from meetingroom.meeting.state import Frame, MeetingState, Person, Roll, Site, Sites
from meetingroom.monitoring.found import BAD, GOOD, WATCH, Finding
from meetingroom.readiness import device_check, questions  # noqa: F401  (registers the questions)
from meetingroom.readiness.checks import Device, Found, Paper, Script, checks, percent, ranges
from meetingroom.readiness.cures import cure
from meetingroom.readiness.device_check import DeviceChecks, Report

PEOPLE = {
    "an": Person("Nguyễn Văn An", "Viện trưởng", role="chair", site="s0"),
    "mai": Person("Lý Thị Mai", "Chuyên viên", role="secretary", site="s0"),
    "em": Person("Hoàng Văn Em", "Trưởng phòng 1", site="s0"),
    "tho": Person("Lê Văn Thợ", "Kỹ thuật viên", role="technician", site="s1"),
}
SITES = Sites(("s0", "s1"), {"s0": Site("Hội trường", "ĐC00", main=True), "s1": Site("VKSND khu vực 1", "ĐC01")})
STATE = MeetingState("m1", meeting=Frame("Họp", status="published"), roll=Roll(tuple(PEOPLE), PEOPLE), sites=SITES)
DONE = Report("user:em", "d1", 9, 9)


def checked(*reports: Report) -> DeviceChecks:
    return DeviceChecks(1, 1000, {(report.who, report.device): report for report in reports})


ALL_WELL = Found(
    STATE,
    papers=(Paper("Báo cáo", 9),),
    server=(Finding("Đĩa", GOOD, "còn trống"),),
    paired=1,
    projecting=1,
    here=frozenset({"an", "mai", "em"}),
    sites_here={"s0": 3, "s1": 1},
    devices=(Device("user:em", "Hoàng Văn Em", "ĐC00"),),
    device_checks=checked(DONE),
)


@pytest.fixture(autouse=True)
def in_english(desk):
    with desk.app.test_request_context(), force_locale("en"):
        yield


def asked(**changes) -> dict:
    """The answers by their code, to a meeting in which all is well but for the changes."""
    return {answer.code: answer for answer in checks(replace(ALL_WELL, **changes))}


def number(**changes) -> int:
    return percent(checks(replace(ALL_WELL, **changes)))


def person(key: str, **changes) -> MeetingState:
    people = {**PEOPLE, key: replace(PEOPLE[key], **changes)}
    return replace(STATE, roll=Roll(tuple(people), people))


def test_when_all_is_well_it_is_one_hundred_and_nobody_has_to_do_anything():
    answers = checks(ALL_WELL)
    assert percent(answers) == 100
    assert [answer.todo + answer.who for answer in answers] == [""] * len(answers)


@pytest.mark.parametrize(
    ("changes", "code", "state"),
    [
        ({"state": replace(STATE, meeting=Frame("Họp", status="draft"))}, "published", "bad"),
        ({"papers": (Paper("Báo cáo", 900, (7,)),)}, "pages", "bad"),
        ({"failed": ("ke-hoach.docx",)}, "uploads", "bad"),
        ({"processing": 1}, "uploads", "todo"),
        ({"scripts": (Script("Vụ án", 9, 4),)}, "scripts_tried", "todo"),
        ({"scripts": (Script("Vụ án", 9, 8, {"no_codec": 1}),)}, "scripts_tried", "bad"),
        ({"here": frozenset({"mai"})}, "chair", "todo"),
        ({"state": person("an", role="delegate")}, "chair", "bad"),
        ({"here": frozenset({"an"})}, "secretary", "todo"),
        ({"state": person("em", site="")}, "without_site", "todo"),
        ({"sites_here": {"s0": 3}}, "sites_here", "bad"),
        ({"state": person("tho", role="guest")}, "technicians", "todo"),
        ({"projecting": 0}, "projector", "todo"),
        ({"device_checks": DeviceChecks()}, "preloaded", "todo"),
        ({"device_checks": checked(replace(DONE, cached=8))}, "preloaded", "todo"),
        ({"devices": (Device("user:em", "Hoàng Văn Em", "", silent=1),)}, "preloaded", "todo"),
        ({"device_checks": checked(replace(DONE, battery=12))}, "complaints", "todo"),
        ({"device_checks": checked(replace(DONE, at_site=8, at_site_of=9))}, "pages_at_sites", "todo"),
        ({"server": (Finding("Sao lưu", WATCH, "chưa có", "Sao lưu đi"),)}, "server", "todo"),
        ({"server": (Finding("Đĩa", BAD, "đầy", "Dọn đi"),)}, "server", "bad"),
    ],
)
def test_whatever_is_missing_is_named_and_it_is_not_one_hundred(changes, code, state):
    answer = asked(**changes)[code]
    assert answer.state == state
    assert answer.todo, "says what to do"
    way = cure(answer, "m1", administers=True)
    assert way["go"].startswith("/"), "leads to where it is put right"
    assert way["go_words"]
    assert number(**changes) < 100


def test_what_is_ready_leads_nowhere_and_the_server_only_its_administrator():
    assert [cure(answer, "m1") for answer in checks(ALL_WELL)] == [{}] * len(checks(ALL_WELL))
    full = asked(server=(Finding("Đĩa", BAD, "đầy", "Dọn đi"),))["server"]
    assert cure(full, "m1") == {}
    assert cure(full, "m1", administers=True)["go"] == "/admin/health"


def test_the_board_says_who_mends_what():
    assert asked(papers=(Paper("Báo cáo", 9, (3,)),))["pages"].who == "Lý Thị Mai"
    assert asked(sites_here={"s0": 1})["sites_here"].who == "Lê Văn Thợ"
    contact = Sites(SITES.order, {**SITES.sites, "s1": replace(SITES.sites["s1"], contact="0912 345 678")})
    state = replace(person("tho", role="guest"), sites=contact)
    assert asked(sites_here={"s0": 1}, state=state)["sites_here"].who == "0912 345 678"
    assert asked(server=(Finding("Đĩa", BAD, "đầy", "Dọn đi"),))["server"].who == "the administrator of the system"


def test_a_site_with_a_server_of_its_own_says_how_many_pages_lie_there():
    """Of several devices the one that has seen most; of a site without a server nothing is said."""
    assert "pages_at_sites" not in asked()
    devices = (*ALL_WELL.devices, Device("user:tho", "Lê Văn Thợ", "ĐC01"), Device("screen:1", "Máy chiếu", "ĐC01"))
    tho, wall = (
        replace(DONE, who="user:tho", at_site=4, at_site_of=9),
        replace(DONE, who="screen:1", at_site=9, at_site_of=9),
    )
    half = asked(devices=devices, device_checks=checked(DONE, tho))["pages_at_sites"]
    assert (half.words, half.who) == ("Pages at the server of the site: ĐC01 4/9.", "Lê Văn Thợ")
    all_there = asked(devices=devices, device_checks=checked(DONE, tho, wall))["pages_at_sites"]
    assert (all_there.state, all_there.words) == ("good", "Pages at the server of the site: ĐC01 9/9.")


def test_pages_that_cannot_be_shown_are_named():
    papers = (Paper("Báo cáo", 9), Paper("Kế hoạch", 20, (3, 4, 5, 12)))
    assert asked(papers=papers)["pages"].words == "4 pages cannot be shown: “Kế hoạch”, pages 3–5, 12."
    assert ranges((1, 2, 3, 7)) == "1–3, 7"


def test_the_chair_on_the_roll_is_here_without_a_screen():
    assert asked(here=frozenset({"mai"}), state=person("an", presence="onsite"))["chair"].state == "good"


def test_a_meeting_in_one_hall_is_not_asked_for_sites():
    state = replace(STATE, sites=Sites(("s0",), {"s0": SITES.sites["s0"]}))
    found = asked(state=state, sites_here={})
    assert not {"sites_here", "without_site", "technicians"} & set(found)


def test_the_number_grows_with_the_pages_on_the_devices():
    numbers = [number(device_checks=checked(replace(DONE, cached=n))) for n in range(10)]
    assert numbers == sorted(numbers)
    assert numbers[8] < 100
    assert numbers[9] == 100


def test_a_note_does_not_count():
    assert asked(office=False)["office"].state == "note"
    assert number(office=False) == 100
    assert number(papers=()) == 100


# What a device says

GOOD_REPORT = {
    "check": 1,
    "device": "d1",
    "pages_cached": 5,
    "of": 9,
    "failed": 0,
    "screen": "1280×800",
    "latency_ms": 12,
}
SAFARI = (
    "Mozilla/5.0 (iPad; CPU OS {os} like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko)"
    " Version/{v} Mobile/15E148 Safari/604.1"
)
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{v}.0.0.0 Safari/537.36"


def test_a_report_is_read_as_it_comes():
    report = device_check.read_report({**GOOD_REPORT, "battery": 55, "charging": True}, "user:em", CHROME.format(v=120))
    assert (report.cached, report.of, report.done, report.battery, report.charging) == (5, 9, False, 55, True)
    assert report.browser == "Chrome · Windows"
    assert report.complaints == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"pages_cached": 10},
        {"pages_cached": -1},
        {"of": "9"},
        {"of": None},
        {"failed": True},
        {"latency_ms": float("nan")},
    ],
)
def test_a_report_that_cannot_be_is_none(wrong):
    with pytest.raises(ValueError):
        device_check.read_report({**GOOD_REPORT, **wrong}, "user:em", "")


@pytest.mark.parametrize(
    ("agent", "old"),
    [
        (SAFARI.format(os="14_8", v="14.1.2"), True),
        (SAFARI.format(os="15_0", v="15.0"), False),
        (CHROME.format(v=89), True),
        (CHROME.format(v=90), False),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:91.0) Gecko/20100101 Firefox/91.0", True),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", False),
        ("something new", False),
    ],
)
def test_browsers_that_are_too_old_are_known(agent, old):
    assert device_check.too_old(agent) is old


def test_what_will_be_trouble_is_complained_of():
    report = Report("user:em", "d1", 7, 9, failed=2, latency=900, battery=10, old=True)
    assert report.complaints == ["unreadable_pages", "old_browser", "slow_line", "low_battery"]
    assert replace(report, failed=0, old=False, latency=-1, charging=True).complaints == []


# The address


def test_only_the_staff_see_the_board_and_start_the_check(desk):
    desk.published("m1")
    em, lan, mai = desk.browser("em"), desk.browser("lan"), desk.browser("mai")
    for method, path in (("GET", "/api/meetings/m1/readiness"), ("POST", "/api/meetings/m1/readiness/check")):
        assert em.api(method, path).status_code == 403
        assert lan.api(method, path).status_code == 404
    assert em.get("/meetings/m1/readiness").status_code == 403
    assert "readiness-board" in mai.page("/meetings/m1/readiness")


def test_the_check_is_told_to_all_rooms_and_to_who_comes_later(desk):
    desk.published("m1")
    reported = []
    desk.context.announce = lambda *said: reported.append(said)
    em, mai = desk.browser("em"), desk.browser("mai")
    assert em.api("GET", "/api/meetings/m1/readiness/check").json == {"check": 0}
    assert mai.api("POST", "/api/meetings/m1/readiness/check").json == {"check": 1}
    assert reported == [("m1", "preload", {"check": 1, "papers": []})]
    assert em.api("GET", "/api/meetings/m1/readiness/check").json == {"check": 1, "papers": []}


def test_reports_stand_on_the_board_until_the_next_check(desk):
    desk.published("m1")
    em, mai = desk.browser("em"), desk.browser("mai")
    mai.api("POST", "/api/meetings/m1/readiness/check")
    assert em.api("POST", "/api/meetings/m1/readiness/report", GOOD_REPORT).status_code == 204
    (row,) = mai.api("GET", "/api/meetings/m1/readiness").json["devices"]
    assert (row["name"], row["cached"], row["of"], row["connected"]) == ("Hoàng Văn Em", 5, 9, False)
    em.api("POST", "/api/meetings/m1/readiness/report", {**GOOD_REPORT, "pages_cached": 9})
    (row,) = mai.api("GET", "/api/meetings/m1/readiness").json["devices"]
    assert row["cached"] == 9
    mai.api("POST", "/api/meetings/m1/readiness/check")
    em.api("POST", "/api/meetings/m1/readiness/report", GOOD_REPORT)  # of the check before
    assert mai.api("GET", "/api/meetings/m1/readiness").json["devices"] == []


def test_strangers_report_nothing_and_nonsense_is_refused(desk):
    desk.published("m1")
    path = "/api/meetings/m1/readiness/report"
    assert desk.browser("lan").api("POST", path, GOOD_REPORT).status_code == 404
    assert desk.browser().api("POST", path, GOOD_REPORT).status_code == 401
    for wrong in (None, [], {}, {**GOOD_REPORT, "pages_cached": 99}):
        assert desk.browser("em").api("POST", path, wrong).status_code == 400


def test_a_paper_whose_pages_are_gone_from_the_disk_is_found(tmp_path):
    from meetingroom.documents.content_store import ContentStore
    from meetingroom.readiness.routes import not_there

    settings = Settings(data=tmp_path)
    for n in (1, 2, 4):
        path = ContentStore(settings, "ab12").page(n, 1920)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"webp")
    assert not_there(settings, [("f1", "ab12", 5, (2,))]) == {"f1": (2, 3, 5)}

"""Series over HTTP: the next meeting knows whom it gathers, what was left over, and what became of the last one."""

from datetime import timedelta

from meetingroom import clock, log
from meetingroom.auth import account_store

DAY = 86_400_000


def new_series(bureau, **more) -> str:
    wish = {"id": "one", "name": "Giao ban tháng", "kind": "briefing", **more}
    answer = bureau.browser("mai").api("POST", "/api/series", wish)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def next_meeting(bureau, series: str, **more) -> str:
    wish = {"starts_at": clock.now() + DAY, "id": "next", **more}
    answer = bureau.browser("mai").api("POST", f"/api/series/{series}/meetings", wish)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def state(bureau, meeting: str):
    return log.state(bureau.context.pool, meeting)


def titles(bureau, meeting: str) -> list[str]:
    agenda = state(bureau, meeting).agenda
    return [agenda.items[key].title for key in agenda.order]


def test_a_series_is_made_once_and_seen_by_those_who_make_meetings(bureau):
    assert new_series(bureau) == new_series(bureau)
    assert [row["name"] for row in bureau.browser("mai").api("GET", "/api/series").json["series"]] == ["Giao ban tháng"]
    assert bureau.browser("em").api("GET", "/api/series").status_code == 403
    assert bureau.browser("em").get("/series").status_code == 403
    for bad in ({"name": ""}, {"name": "x", "kind": "dance"}, {"name": "x", "people": 7}, {"name": "x", "items": [1]},
                {"name": ["x"]}, {"name": "x", "unit": "none"}):  # fmt: skip
        assert bureau.browser("mai").api("POST", "/api/series", bad).status_code in (400, 422)


def test_the_next_meeting_has_the_people_the_agenda_and_first_what_became_of_the_last(bureau):
    series = new_series(bureau)
    first = bureau.directive("m1", due=bureau.day(-3), text="Việc quá hạn", series=series)
    key = next_meeting(bureau, series)
    assert key == next_meeting(bureau, series)
    new = state(bureau, key)
    assert titles(bureau, key)[:2] == ["Thông qua biên bản kỳ trước", "Kiểm điểm việc thực hiện kết luận"]
    assert {new.roll.people[bureau.people[who]].role for who in ("an",)} == {"chair"}
    assert new.roll.people[bureau.people["em"]].role == "delegate"
    assert (new.meeting.status, new.papers, new.record.notes) == ("draft", {}, {})
    page = bureau.browser("mai").page(f"/meetings/{key}")
    assert "Việc quá hạn" in page
    bureau.does(key, "mai", "organiser", "publish_meeting")
    bureau.does(key, "an", "chair", "open_meeting")
    bureau.does(key, "an", "chair", "start_item", item=new.agenda.order[1])
    (row,) = state(bureau, key).agenda.items[new.agenda.order[1]].followup
    assert (row["task"], row["unit"], row["late"]) == (first, "Văn phòng", "3")
    minutes = bureau.browser("mai").api("GET", f"/api/meetings/{key}/minutes.json").json
    assert any("Việc quá hạn" in block["text"] for block in minutes["blocks"])


def test_what_was_not_reached_is_on_the_next_agenda_once(bureau):
    series = new_series(bureau)
    bureau.meeting("m1", "Giao ban", series=series)
    bureau.does("m1", "mai", "organiser", "add_item", title="Việc còn lại", minutes=20)
    item = state(bureau, "m1").agenda.order[0]
    bureau.does("m1", "mai", "organiser", "carry_item", item=item, how="move")
    assert state(bureau, "m1").agenda.order == ()
    assert titles(bureau, next_meeting(bureau, series))[2:] == ["Việc còn lại"]
    assert "Việc còn lại" not in titles(bureau, next_meeting(bureau, series, id="other"))


def test_a_template_is_the_agenda_of_the_first_meeting_too(bureau):
    people = [{"person": bureau.people["an"], "role": "chair"}, {"person": bureau.people["em"]}]
    series = new_series(bureau, people=people, items=[{"title": "Báo cáo tháng", "minutes": 30}])
    key = next_meeting(bureau, series)
    assert titles(bureau, key)[2:] == ["Báo cáo tháng"]
    assert set(state(bureau, key).roll.people) == {bureau.people[who] for who in ("mai", "an", "em")}


def test_a_clone_has_people_places_and_agenda_and_nothing_else(bureau):
    bureau.meeting("m1", "Họp chuyên đề")
    bureau.does("m1", "mai", "organiser", "add_site", name="Trụ sở", short="TS", main=True)
    bureau.does("m1", "mai", "organiser", "add_item", title="Thảo luận", minutes=30, presenters=[bureau.people["em"]])
    answer = bureau.browser("mai").api("POST", "/api/meetings/m1/clone", {"id": "c", "title": "Họp lần hai"})
    assert answer.status_code == 201, answer.text
    new, old = state(bureau, answer.json["id"]), state(bureau, "m1")
    assert new.meeting.title == "Họp lần hai"
    assert timedelta(milliseconds=new.meeting.starts_at - clock.now()) > timedelta(days=6)
    assert [site.name for site in new.sites.sites.values()] == ["Trụ sở"]
    assert list(new.roll.people) == list(old.roll.people)
    assert [(item.title, item.minutes) for item in new.agenda.items.values()] == [("Thảo luận", 30)]
    assert bureau.browser("em").api("POST", "/api/meetings/m1/clone", {}).status_code == 403
    assert bureau.browser("admin").api("POST", "/api/meetings/m1/clone", {}).status_code == 404
    wrong = bureau.browser("mai").api("POST", "/api/meetings/m1/clone", {"starts_at": "mai"})
    assert wrong.status_code == 422


def test_the_pages_of_a_series_work_as_plain_forms(bureau):
    browser = bureau.browser("mai")
    made = browser.send("/series", name="Giao ban quý", kind="briefing", id="f1")
    page = made.location
    browser.send(f"{page}/backlog", title="Việc chờ")
    assert "Việc chờ" in browser.page(page)
    assert browser.send(f"{page}/meetings", day="32/13/2026", starts="8h", id="f2").location == page
    day = clock.local(clock.now() + 3 * DAY)
    prepared = browser.send(f"{page}/meetings", day=f"{day:%d/%m/%Y}", starts="8h", id="f3").location
    assert prepared.endswith("/prepare")
    assert "Việc chờ" in titles(bureau, prepared.split("/")[2])


def test_nobody_comes_to_a_series_by_making_a_meeting_of_it(bureau):
    series = new_series(bureau)
    bureau.directive("m1", text="Việc của kỳ trước", series=series)
    soon = {"kind": "briefing", "starts_at": clock.now() + DAY, "ends_at": clock.now() + DAY + 3_600_000}
    bureau.add("hoa", "Trần Thị Hòa", role="organiser")

    def made(who: str, series: str):
        return bureau.browser(who).api("POST", "/api/meetings", {**soon, "title": "Họp", "series": series})

    for who, key in (("mai", "none"), ("hoa", series)):
        assert (made(who, key).status_code, made(who, key).json["error"]["code"]) == (422, "no_such_series")
    wish = {"starts_at": clock.now() + DAY, "title": "Kỳ này"}
    assert bureau.browser("hoa").api("POST", f"/api/series/{series}/meetings", wish).status_code == 422
    assert made("mai", series).status_code == 201


def test_who_presented_and_is_not_here_any_more_is_not_on_the_next_agenda(bureau):
    bureau.meeting("m1", "Họp chuyên đề")
    names = [bureau.people["em"], "Bùi Thị Hạnh"]
    bureau.does("m1", "mai", "organiser", "add_item", title="Thảo luận", minutes=30, presenters=names)
    with bureau.context.pool.writing() as db:
        account_store.edit_user(db, bureau.people["em"], active=0)
    key = bureau.browser("mai").api("POST", "/api/meetings/m1/clone", {"id": "c"}).json["id"]
    assert [item.presenters for item in state(bureau, key).agenda.items.values()] == [("Bùi Thị Hạnh",)]


FORM = {"secrecy": "none", "title": "Giao ban tháng 12", "kind": "briefing", "day": "16/12/2030", "starts": "08:00"}
FORM |= {"ends": "11:00", "id": "f9"}


def test_a_new_meeting_is_made_in_a_series_with_a_template(bureau):
    series = new_series(bureau)
    bureau.directive("m1", due=bureau.day(-3), text="Việc quá hạn", series=series)
    mai = bureau.browser("mai")
    mai.send("/agenda-templates", {"from": bureau.meeting("m2"), "name": "Trống", "id": "t1"}, at="/meetings/m2")
    assert "Trống" not in mai.page("/agenda-templates"), "nothing to keep"
    bureau.does("m2", "mai", "organiser", "add_item", title="Báo cáo số liệu", minutes=20)
    for _twice in range(2):
        mai.send("/agenda-templates", {"from": "m2", "name": "  Giao ban   tháng ", "id": "t1"}, at="/meetings/m2")
    (template,) = mai.api("GET", "/api/series").json["templates"]
    assert (template["name"], template["items"][0]["title"]) == ("Giao ban tháng", "Báo cáo số liệu")
    page = mai.page("/meetings/new")
    assert series in page
    assert template["id"] in page
    wish = {**FORM, "series": series, "template": template["id"]}
    made = [mai.send("/meetings/new", wish, at="/meetings/new").location for _twice in range(2)]
    assert made[0] == made[1]
    key = made[0].split("/")[2]
    assert titles(bureau, key)[2:] == ["Báo cáo số liệu"]
    assert state(bureau, key).meeting.series == series
    assert bureau.people["em"] in state(bureau, key).roll.people
    assert "Việc quá hạn" in mai.page(f"/meetings/{key}")
    assert mai.send("/meetings/new", {**wish, "template": "gone"}, at="/meetings/new").status_code == 422
    bureau.add("hoa", "Trần Thị Hòa", role="organiser")
    assert series not in bureau.browser("hoa").page("/meetings/new")
    assert bureau.browser("hoa").send("/meetings/new", wish, at="/meetings/new").status_code == 422


def test_a_template_is_named_otherwise_and_deleted_and_its_series_goes_on(bureau):
    series = new_series(bureau, items=[{"title": "Báo cáo tháng", "minutes": 30}])
    mai = bureau.browser("mai")
    where = f"/agenda-templates/{series}"
    mai.send(where, name="", at="/agenda-templates")
    mai.send(where, name="Khung giao ban", at="/agenda-templates")
    assert [row["name"] for row in mai.api("GET", "/api/series").json["templates"]] == ["Khung giao ban"]
    mai.send(where, delete="yes", at="/agenda-templates")
    assert mai.api("GET", "/api/series").json["templates"] == []
    assert len(titles(bureau, next_meeting(bureau, series))) == 2
    assert mai.send(where, name="x", at="/agenda-templates").status_code == 404
    assert bureau.browser("em").get("/agenda-templates").status_code == 403


def test_a_meeting_joins_a_series_leaves_it_and_becomes_one(bureau):
    series, mai = new_series(bureau), bureau.browser("mai")
    bureau.closed("m1", "Họp chuyên đề")
    page = "/meetings/m1"
    assert "Join this series" in mai.page(page)
    mai.send(f"{page}/series", series=series, at=page)
    assert state(bureau, "m1").meeting.series == series
    assert "Họp chuyên đề" in mai.page(f"/series/{series}")
    mai.send(f"{page}/series", series="", at=page)
    assert state(bureau, "m1").meeting.series == ""
    made = mai.send(
        "/series", {"name": "Chuyên đề quý", "kind": "briefing", "from": "m1", "id": "s1"}, at=page
    ).location
    assert state(bureau, "m1").meeting.series == made.split("/")[2]
    assert "Họp chuyên đề" in mai.page(made)
    bureau.directive("m3", text="Việc", series=series)
    mai.send("/meetings/m3/series", series="", at="/meetings/m3")
    assert state(bureau, "m3").meeting.series == series
    assert "given out tasks" in mai.page("/meetings/m3")
    bureau.add("hoa", "Trần Thị Hòa", role="organiser")
    assert bureau.browser("hoa").send("/meetings/m1/series", series="", at="/").status_code == 404


def test_a_series_has_another_name_and_template_and_is_retire(bureau):
    series, mai = new_series(bureau), bureau.browser("mai")
    page = f"/series/{series}"
    mai.send(page, name="Giao ban quý", template="none", at=page)
    assert "Giao ban quý" in mai.page(page)
    bureau.add("hoa", "Trần Thị Hòa", role="organiser")
    assert bureau.browser("hoa").send(page, name="Khác", at=page).status_code == 403
    mai.send(page, retire="yes", at=page)
    assert mai.api("GET", "/api/series").json["series"] == []

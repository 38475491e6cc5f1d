"""Every screen there is, looked at for what keeps somebody out: axe, targets, width, language, headings."""

from playwright.sync_api import expect

from tests.browser.rooms import barriers
from tests.browser.walk import Walk, a_unit, amiss
from tests.journeys.test_shared_tablet import shared_tablet

QUESTION = "Thông qua Kế hoạch chuyển đổi số năm 2027?"


def test_the_walk_sees_what_is_amiss(screen):
    page = screen()
    page.set_content("""<html lang="vi"><title>Họp</title><main><h1>Họp</h1><h1>Hai</h1>
      <p style="width:2000px">Sign in</p>
      <p>Nothing of this was translated</p><p>đồng chí Sign in</p><button title="Leave the room">x</button></main>""")
    found = amiss(page)
    assert {"Sign in", "Nothing of this was translated", "Leave the room", "2 h1"} <= set(found)
    assert any("wider than the screen" in one for one in found)
    assert any("<button" in one for one in found)
    assert "đồng chí Sign in" not in found, "a text is compared whole"
    page.set_content('<html lang="vi"><title>Họp</title><main><h1>Họp</h1><img src="data:,"></main>')
    assert [id for id, _ in barriers(page)] == ["image-alt"]


def test_everybody_can_use_every_page_of_the_desk(screen, opened):
    walk, meeting = Walk(screen, opened), f"/meetings/{opened.meeting}"
    nobody = ("/sign-in", "/tablet", "/projector", "/join", "/join/AAA-AAA-AAA", "/in/nothing", "/nowhere")
    walk.desk("", *nobody)
    walk.desk("em", "/", meeting, f"{meeting}/arrive", "/account", "/account/password", "/account/pin", "/signatures")
    parts = ("agenda", "people", "sites", "details", "publish")
    prepare = [f"{meeting}/prepare#{part}" for part in parts]
    walk.desk("dung", "/", "/meetings/new", meeting, *prepare, f"{meeting}/readiness", f"{meeting}/minutes")
    admin = ("people", "people/new", f"people/{opened.people['em']}", "units", f"units/{a_unit(opened)}")
    walk.desk("admin", *(f"/admin/{page}" for page in (*admin, "import", "signing", "audit", "health")))
    assert walk.findings == {}


def test_everybody_can_use_every_room(screen, opened):
    """At rest, with each dialog, with a ballot that is open, answered and closed."""
    walk = Walk(screen, opened)
    an, mai = opened.person("an"), opened.person("mai")
    seats = (("an", "chair"), ("mai", "secretary"), ("tho", "site"), ("em", "participant"))
    chair, secretary, site, delegate = (walk.enter(*seat) for seat in seats)
    wall = walk.device(opened.screen(mai), "/projector")
    tablet = walk.device(shared_tablet(opened, "em", "phuong"), "/tablet")
    rooms = {"chair": chair, "secretary": secretary, "site": site, "delegate": delegate, "wall": wall, "tablet": tablet}
    mai.does("request_floor", person=opened.people["phuong"])
    for name, page in rooms.items():
        walk.tabs(name, page)
    for name, *openers in (
        ("chair", ".top staff-menu button"),
        ("chair", ".desk-start"),
        ("chair", ".desk-start", ".desk-new"),
        ("chair", ".roll-open"),
        ("chair", ".top staff-menu button", "text=Phím tắt (?)"),
        ("chair", "text=Kết thúc họp"),
        ("secretary", ".top staff-menu button", "text=Màn hình trình chiếu"),
        ("secretary", ".top staff-menu button", "text=Máy dùng chung"),
        ("delegate", "room-menu button"),
        ("delegate", "[data-opens=papers]"),
        ("delegate", "floor-button button"),
        ("delegate", "service-call button"),
        ("tablet", "shared-tablet-card button"),
    ):
        walk.over(name, rooms[name], *openers)
    mai.does("draft_ballot", question=QUESTION, seconds=600)
    ballot = an.read_view()["ballots"]["order"][-1]
    an.does("open_ballot", ballot=ballot)
    for page in (chair, secretary, delegate, wall, tablet):
        page.get_by_text(QUESTION).first.wait_for(state="attached")
    for name, page in rooms.items():
        walk.look(f"{name}, ballot", page)
    opened.person("em").does("cast_vote", ballot=ballot, choice="yes")
    expect(delegate.locator("ballot-card .ballot-mine")).to_be_visible()
    walk.look("delegate, voted", delegate)
    walk.look("tablet, voted", tablet)
    an.does("close_ballot", ballot=ballot)
    expect(delegate.locator("ballot-card .ballot-mine")).to_have_count(0)
    for name, page in rooms.items():
        walk.look(f"{name}, closed", page)
    assert walk.findings == {}

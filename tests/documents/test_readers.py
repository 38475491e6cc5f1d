"""Who may read a paper, at its addresses: to all others it does not exist."""

import pytest

from meetingroom import clock, log
from meetingroom.live import timers
from meetingroom.meeting.archiving import RedactFact
from meetingroom.meeting.ink import DrawInk, InkDrawn
from meetingroom.meeting.lifecycle import CloseMeeting, OpenMeeting
from meetingroom.meeting.readers import SetReaders
from meetingroom.meeting.stage import ShowPaper
from tests.documents import papers

FOREVER = "private, max-age=31536000, immutable"


@pytest.fixture
def paper(room, tmp_path):
    return room.paper(papers.pdf(tmp_path / "Kết luận.pdf", pages=2))


def addresses(document):
    pages = f"/documents/{document}/pages"
    each = [f"{pages}/{n}.webp?w={size}" for n in (1, 2) for size in (480, 1920, 2880)]
    texts = [f"{pages}/1.json?t=1", f"{pages}/words-1?t=1", f"{pages}/bundle-1"]
    more = [f"/documents/{document}/file", f"/api/documents/{document}", f"/api/meetings/m1/ink/{document}/1"]
    asked = [f"/documents/{document}/outline.json", f"/documents/{document}/find?q=trang"]
    return [*each, *texts, *more, *asked]


def statuses(room, who, document):
    return {room.get(who, each).status_code for each in addresses(document)}


def sets(room, document, **rights):
    room.does("mai", SetReaders(room.key(document), **rights))


def me(room, who):
    return room.get(who, "/api/meetings/m1/me").get_json()["papers"]


def view(room, who):
    return room.get(who, "/api/meetings/m1").get_json()["view"]["papers"]


def test_who_is_not_named_gets_404_at_every_address(room, paper):
    sets(room, paper, readers=(f"person:{room.ids['em']}",))
    assert statuses(room, "khach", paper) == {404}
    assert statuses(room, "nobody", paper) == {404}
    assert room.get("em", addresses(paper)[0]).status_code == 200
    assert room.get("mai", addresses(paper)[0]).status_code == 200
    assert room.get("khach", addresses(paper)[0]).data == room.get("khach", addresses("nosuch")[0]).data


def test_each_screen_has_its_own_list_and_the_room_hears_no_title(room, paper):
    sets(room, paper, readers=("role:guest",))
    key = room.key(paper)
    assert me(room, "khach")[key]["title"] == "Kết luận"
    assert me(room, "em") == {}
    assert list(view(room, "em")) == list(view(room, "khach")) == ["limited"]
    assert "Kết luận" not in room.get("em", "/api/meetings/m1").text
    assert "Kết luận" not in room.get("em", "/meetings/m1").text


def test_only_what_all_may_read_without_an_end_is_kept_for_good(room, paper):
    page = addresses(paper)[0]
    sets(room, paper, mode="view")
    assert room.get("em", page).headers["Cache-Control"] == FOREVER
    sets(room, paper, until=clock.now() + 60_000)
    assert room.get("em", page).headers["Cache-Control"] == "private, max-age=86400"
    sets(room, paper, until=0, recall_after="close")
    assert room.get("em", page).headers["Cache-Control"] == "private, max-age=86400"
    sets(room, paper, recall_after="none", readers=("role:delegate",))
    assert room.get("em", page).headers["Cache-Control"] == "private, no-store"


def test_a_window_holds_to_the_millisecond_also_before_the_bell(room, paper, monkeypatch):
    begins = clock.now() + 100_000
    sets(room, paper, from_=begins, until=begins + 1000)
    page = addresses(paper)[0]
    for moment, status in ((begins - 1, 404), (begins, 200), (begins + 999, 200), (begins + 1000, 404)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert room.get("em", page).status_code == status
        assert room.get("mai", page).status_code == 200


def test_the_bell_rings_once_at_each_end_also_while_nobody_meets(room, paper, monkeypatch):
    begins = clock.now() + 100_000
    sets(room, paper, from_=begins, until=begins + 1000)
    context, key = room.app.extensions["meetingroom"], room.key(paper)
    seen = []
    for moment in (begins - 1, begins, begins + 1, begins + 1000, begins + 2000):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        timers.ring_readings(context, moment)
        seen.append(key in view(room, "em"))
    assert seen == [False, True, True, False, False]
    with room.pool.lend() as db:
        names = [type(fact.event).__name__ for fact in log.read(db, "m1")]
    assert names[-2:] == ["ReadingOpened", "ReadingEnded"]


def test_of_a_limited_paper_on_the_stage_others_get_the_shown_page_alone(room, paper):
    sets(room, paper, readers=("role:guest",))
    room.does("an", OpenMeeting())
    room.does("an", ShowPaper(room.key(paper), 1, to_all=True))
    first, second = addresses(paper)[1], addresses(paper)[4]
    assert [room.get("em", each).status_code for each in (first, second)] == [200, 404]
    assert room.get("khach", second).status_code == 200
    room.turns(2)
    assert [room.get("em", each).status_code for each in (first, second)] == [404, 200]
    room.hides()
    assert statuses(room, "em", paper) == {404}


def test_viewed_only_it_is_not_downloaded(room, paper):
    sets(room, paper, mode="view")
    assert room.get("em", f"/documents/{paper}/file").status_code == 403
    assert room.get("mai", f"/documents/{paper}/file").status_code == 200


def test_a_stroke_that_was_withheld_is_in_no_copy_that_the_server_holds(room, paper):
    """The revisions are counted anew then, and what was revision 1 before is another page than revision 1 now."""
    room.shows(paper)
    for n, colour in enumerate(("red", "blue"), 1):
        stroke = {"id": f"stroke{n}", "t": "pen", "c": colour, "w": 28, "d": "AAAA"}
        room.does("an", DrawInk(room.key(paper), 1, (stroke,)))
    address = f"/api/meetings/m1/ink/{paper}/1"
    colours = lambda: [each["c"] for each in room.get("em", f"{address}?rev=1").get_json()["strokes"]]  # noqa: E731
    room.does("an", CloseMeeting())
    assert colours() == ["red"]
    with room.pool.lend() as db:
        facts = log.read(db, "m1")
    drawn = next(fact for fact in facts if isinstance(fact.event, InkDrawn))
    with room.pool.writing() as db:
        db.conn.execute("update users set role = 'admin' where id = ?", (room.ids["nobody"],))
    asked = {"seq": drawn.seq, "reason": "Nhầm trang"}
    assert room.browser("nobody").api("POST", "/api/meetings/m1/redactions", asked).status_code == 201
    room.does("an", RedactFact(**asked))
    assert colours() == ["blue"]

"""Who sees which page, and what a browser may keep."""

import gzip
import json
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from meetingroom import create_app
from meetingroom.config import Settings
from meetingroom.documents import store
from meetingroom.documents.page_bundle import PAGES
from meetingroom.live import timers
from meetingroom.meeting.lifecycle import PublishMeeting
from meetingroom.meeting.papers import EditPaper, WithdrawPaper
from meetingroom.meeting.people import Invite, RemovePerson
from meetingroom.meeting.stage import GiveStage, TakeStage
from tests.documents import papers
from tests.documents.room import PEOPLE
from tests.people.conftest import Browser

FOREVER = "private, max-age=31536000, immutable"


@pytest.fixture
def paper(room, tmp_path):
    """A report of two pages in the meeting."""
    return room.paper(papers.pdf(tmp_path / "Báo cáo số 1.pdf", pages=2))


def page(document, number=1, width=None):
    return f"/documents/{document}/pages/{number}.webp" + (f"?w={width}" if width else "")


@pytest.mark.parametrize(
    ("who", "status"),
    [("mai", 200), ("an", 200), ("em", 200), ("khach", 200), ("lan", 404), ("nobody", 404), (None, 401)],
)
def test_pages_are_for_the_people_of_the_meeting(room, paper, who, status):
    assert room.get(who, page(paper)).status_code == status
    assert room.get(who, f"/documents/{paper}/pages/1.json").status_code == status
    assert room.get(who, f"/api/documents/{paper}").status_code == status


def test_to_others_a_paper_that_exists_looks_like_one_that_does_not(room, paper):
    there = room.get("nobody", page(paper))
    nowhere = room.get("nobody", page("nosuchdocument"))
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)


def test_who_had_a_paper_that_was_withdrawn_is_told_so_and_to_others_it_does_not_exist(room, paper):
    """Who could read it, too: until its file is deleted as well, for then nothing tells of which meeting it was."""
    assert room.get("em", page(paper)).status_code == 200
    timers.write_noted(room.app.extensions["meetingroom"])
    room.does("mai", WithdrawPaper(room.key(paper)))
    room.does("mai", Invite(room.ids["nobody"], "delegate"))  # too late to have read it
    assert room.get("khach", page(paper)).get_json()["error"]["code"] == "paper_withdrawn"
    for address in (page(paper), f"/api/documents/{paper}", f"/documents/{paper}/find?q=a"):
        answer = room.get("em", address)
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (410, "paper_withdrawn")
        assert [room.get(who, address).status_code for who in ("lan", "nobody", None)] == [404, 404, 401]
    assert room.browser("mai").api("DELETE", f"/api/documents/{paper}").status_code == 204
    assert room.get("khach", page(paper)).data == room.get("khach", page("nosuchdocument")).data
    opened = room.get("em", f"/documents/{paper}/file", Accept="text/html")
    assert (opened.status_code, opened.mimetype) == (410, "text/html")
    assert "taken out of the meeting" in opened.text
    assert 'href="/meetings/m1"' in opened.text
    room.does("mai", RemovePerson(room.ids["em"]))
    assert room.get("em", page(paper)).data == room.get("em", page("nosuchdocument")).data


def test_a_paper_that_was_for_the_staff_when_it_was_withdrawn_never_existed_for_others(room, paper):
    room.does("mai", EditPaper(room.key(paper), readers="staff"))
    room.does("mai", WithdrawPaper(room.key(paper)))
    assert room.get("em", page(paper)).data == room.get("em", page("nosuchdocument")).data


def test_a_page_is_a_webp_of_the_size_asked_for(room, paper):
    for width, edge in ((480, 480), (None, 1920), (1920, 1920)):
        answer = room.get("em", page(paper, 1, width))
        assert answer.mimetype == "image/webp"
        assert max(Image.open(BytesIO(answer.data)).size) == edge


def test_a_released_page_is_kept_for_ever_and_does_not_depend_on_the_cookie(room, paper):
    answer = room.get("em", page(paper))
    assert answer.headers["Cache-Control"] == FOREVER
    assert "Vary" not in answer.headers
    again = room.get("em", page(paper), **{"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_while_the_sharp_page_is_not_there_the_next_smaller_comes_and_is_not_kept(room, paper):
    soon = room.get("em", page(paper, 1, 2880))
    assert max(Image.open(BytesIO(soon.data)).size) == 1920
    assert soon.headers["Cache-Control"] == "private, no-cache"
    room.work()
    sharp = room.get("em", page(paper, 1, 2880), **{"If-None-Match": soon.headers["ETag"]})
    assert sharp.status_code == 200
    assert max(Image.open(BytesIO(sharp.data)).size) == 2880
    assert sharp.headers["Cache-Control"] == FOREVER


def test_other_sizes_and_pages_are_not_there(room, paper):
    assert {room.get("em", page(paper, 1, width)).status_code for width in (1000, "big", "-480")} == {400}
    assert room.get("em", page(paper, 3)).status_code == 404
    assert room.get("em", page(paper, 0)).status_code == 404


def test_words_come_with_boxes(room, paper):
    words = room.get("em", f"/documents/{paper}/pages/2.json").get_json()
    assert (words["page"], words["width"], words["height"]) == (2, 595.3, 841.9)
    assert words["words"][1]["text"] == "2"
    assert all(0 <= part <= 1 for word in words["words"] for part in word["box"])


def test_words_are_kept_for_ever_only_under_the_revision_they_have(room, paper):
    address = f"/documents/{paper}/pages/1.json"
    assert room.get("em", f"/api/documents/{paper}").get_json()["t"] == 1
    first = room.get("em", f"{address}?t=1")
    assert first.headers["Cache-Control"] == FOREVER
    body = first.get_json()
    assert (body["t"], body["source"], body["conf"], body["flat"]) == (1, "pdf", 100, True)
    for other in ("", "?t=2", "?t=x"):
        assert room.get("em", f"{address}{other}").headers["Cache-Control"] == "private, no-cache"
    with room.pool.writing() as db:
        assert store.renew_text(db, room.document(paper)["sha"], source="ocr", done=2, of=2, conf=80) == [paper]
    later = room.get("em", f"{address}?t=2", **{"If-None-Match": first.headers["ETag"]})
    assert (later.status_code, later.get_json()["t"], later.headers["Cache-Control"]) == (200, 2, FOREVER)
    assert room.get("em", f"{address}?t=1").headers["Cache-Control"] == "private, no-cache"


def test_words_of_before_revisions_say_what_later_ones_say(room, paper):
    path = room.contents(paper).words(1)
    record = json.loads(path.read_bytes())
    path.write_text(json.dumps({key: record[key] for key in ("page", "width", "height", "words")}))
    body = room.get("em", f"/documents/{paper}/pages/1.json?t=1").get_json()
    assert body == {**record, "t": 1}


def test_the_words_of_many_pages_come_packed(room, tmp_path):
    long = room.paper(papers.pdf(tmp_path / "Báo cáo dài.pdf", pages=34))
    answer = room.get("em", f"/documents/{long}/pages/words-1?t=1", **{"Accept-Encoding": "gzip"})
    assert (answer.headers["Content-Encoding"], answer.headers["Cache-Control"]) == ("gzip", FOREVER)
    packed = json.loads(gzip.decompress(answer.data))
    plain = room.get("em", f"/documents/{long}/pages/words-1?t=1").get_json()
    assert plain == packed
    assert (packed["t"], [each["page"] for each in packed["pages"]]) == (1, [33, 34])
    one = room.get("em", f"/documents/{long}/pages/33.json?t=1").get_json()["words"]
    assert packed["pages"][0]["texts"] == [word["text"] for word in one]
    assert packed["pages"][0]["boxes"][:4] == [round(part * 10_000) for part in one[0]["box"]]
    assert room.get("em", f"/documents/{long}/pages/words-2?t=1").status_code == 404
    assert room.get("lan", f"/documents/{long}/pages/words-0?t=1").status_code == 404
    assert room.get(None, f"/documents/{long}/pages/words-0?t=1").status_code == 401
    room.restricts(long)
    room.shows(long)
    assert answers(room, "em", [f"/documents/{long}/pages/words-{n}?t=1" for n in (0, 1)]) == {404}


def test_words_that_are_read_anew_are_packed_anew(room, paper):
    before = room.get("em", f"/documents/{paper}/pages/words-0").get_json()
    path = room.contents(paper).words(1)
    record = json.loads(path.read_bytes())
    path.write_text(json.dumps({**record, "words": record["words"][:1]}))
    after = room.get("em", f"/documents/{paper}/pages/words-0").get_json()
    assert len(after["pages"][0]["texts"]) == 1 < len(before["pages"][0]["texts"])
    assert len(list(path.parent.glob("*.gz"))) == 1


def test_a_restricted_paper_is_for_the_staff_until_it_is_shown(room, paper):
    room.restricts(paper)
    assert room.get("em", page(paper)).status_code == 404
    assert room.get("mai", page(paper)).headers["Cache-Control"] == "private, no-store"
    room.shows(paper)
    seen = room.get("em", page(paper))
    assert (seen.status_code, seen.headers["Cache-Control"]) == (200, "private, no-store")
    assert room.get("em", f"/documents/{paper}/file").status_code == 403
    room.hides()
    assert room.get("em", page(paper)).status_code == 404


def every_page(document, number):
    """All that is served of one page."""
    pages = f"/documents/{document}/pages/{number}"
    return [f"{pages}.webp", f"{pages}.webp?w=480", f"{pages}.webp?w=2880", f"{pages}.json"]


def answers(room, who, addresses):
    return {room.get(who, each).status_code for each in addresses}


def test_of_a_restricted_paper_on_the_stage_others_get_the_shown_page_alone(room, tmp_path):
    paper = room.paper(papers.pdf(tmp_path / "c.pdf", pages=3))
    room.restricts(paper)
    room.shows(paper, 2)
    assert answers(room, "em", every_page(paper, 2)) == {200}
    assert answers(room, "em", [*every_page(paper, 1), *every_page(paper, 3)]) == {404}
    assert answers(room, "mai", every_page(paper, 3)) == {200}
    room.turns(3)
    assert answers(room, "em", every_page(paper, 3)) == {200}
    assert answers(room, "em", every_page(paper, 2)) == {404}
    room.hides()
    assert answers(room, "em", every_page(paper, 3)) == {404}


def test_who_is_given_the_stage_sees_the_pages_there_are_to_turn_and_saves_none(room, paper):
    room.restricts(paper)
    room.shows(paper)
    room.does("an", GiveStage(room.ids["em"]))
    assert answers(room, "em", every_page(paper, 2)) == {200}
    assert answers(room, "khach", every_page(paper, 2)) == {404}
    assert room.get("em", page(paper, 2)).headers["Cache-Control"] == "private, no-store"
    assert room.get("em", f"/documents/{paper}/file").status_code == 403
    room.does("an", TakeStage())
    assert answers(room, "em", every_page(paper, 2)) == {404}


def test_the_papers_of_a_draft_are_the_staffs_until_it_is_published(room, tmp_path):
    item = room.meeting("m3", PEOPLE, published=False)
    paper = room.paper(papers.pdf(tmp_path / "Dự thảo.pdf", pages=2), meeting="m3", item=item)
    every = [page(paper), f"/documents/{paper}/pages/1.json", f"/documents/{paper}/file", f"/api/documents/{paper}"]
    assert {room.get("mai", path).status_code for path in every} == {200}
    assert {room.get("em", path).status_code for path in every} == {404}
    room.does("mai", PublishMeeting(), meeting="m3")
    assert {room.get("em", path).status_code for path in every} == {200}


def test_a_withdrawn_paper_is_closed_to_members(room, paper):
    room.withdraws(paper)
    assert room.get("em", page(paper)).status_code == 410
    assert room.get("mai", page(paper)).status_code == 200


def test_pages_that_are_ready_are_seen_by_the_preparers_while_the_rest_is_drawn(room, tmp_path):
    document = room.sends("mai", papers.pdf(tmp_path / "a.pdf", pages=2)).get_json()["id"]
    assert room.get("mai", page(document)).status_code == 404
    room.work("ingest")
    room.withdraws(document)
    with room.pool.writing() as db:
        db.conn.execute("update documents set status = 'processing' where id = ?", (document,))
        db.conn.execute("delete from pages where document = ? and n = 2", (document,))
    first = room.get("mai", page(document))
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "private, no-cache")
    assert room.get("mai", page(document, 2)).status_code == 404
    assert room.get("em", page(document)).status_code == 410


def test_a_placeholder_is_not_kept(room, paper):
    with room.pool.writing() as db:
        db.conn.execute("update pages set status = 'failed' where document = ? and n = 1", (paper,))
    assert room.get("em", page(paper)).headers["Cache-Control"] == "private, no-cache"
    assert room.get("em", f"/api/documents/{paper}").get_json()["failed_pages"] == [1]


def test_the_original_is_saved_under_its_own_name_and_never_run(room, paper):
    answer = room.get("em", f"/documents/{paper}/file")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="B_o c_o s_ 1.pdf"')
    assert unquote(disposition.rpartition("''")[2]) == "Báo cáo số 1.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_without_the_right_to_download_only_the_staff_saves_the_original(room, paper):
    room.forbids_download(paper)
    assert room.get("em", f"/documents/{paper}/file").status_code == 403
    assert room.get("mai", f"/documents/{paper}/file").status_code == 200
    assert room.get("lan", f"/documents/{paper}/file").status_code == 404
    assert room.get(None, f"/documents/{paper}/file").status_code == 401


def test_a_paired_screen_sees_the_papers_of_its_meeting_and_saves_none(room, paper, tmp_path):
    restricted = room.paper(papers.pdf(tmp_path / "b.pdf", pages=2))
    room.restricts(restricted)
    screen = Browser(room.app)
    assert screen.get(page(paper)).status_code == 401
    screen.get("/projector")
    assert screen.get(page(paper)).status_code == 401  # nobody's yet
    code = screen.get("/api/screen").get_json()["code"]
    paired = room.browser("mai").api("POST", "/api/meetings/m1/screens", {"code": code, "name": "Hall"})
    assert paired.status_code == 201
    assert screen.get(page(paper)).status_code == 200
    assert screen.get(page(restricted)).status_code == 404
    assert screen.get(f"/documents/{paper}/file").status_code == 401
    room.shows(restricted)
    assert screen.get(page(restricted)).status_code == 200
    assert screen.get(page(restricted, 2)).status_code == 404


def test_a_paired_screen_of_another_meeting_sees_nothing(room, paper):
    screen = Browser(room.app)
    screen.get("/projector")
    code = screen.get("/api/screen").get_json()["code"]
    assert room.browser("lan").api("POST", "/api/meetings/m2/screens", {"code": code}).status_code == 201
    assert screen.get(page(paper)).status_code == 404


def test_behind_nginx_the_files_are_sent_by_nginx(room, paper):
    app = create_app(Settings(data=room.settings.data, async_mode="threading", testing=True, accel_redirect="/kept/"))
    browser = Browser(app)
    from tests.people.conftest import PASSWORD

    browser.api("POST", "/api/session", {"username": "em", "password": PASSWORD})
    answer = browser.get(page(paper))
    sha = room.document(paper)["sha"]
    assert answer.headers["X-Accel-Redirect"] == f"/kept/pages/{sha[:2]}/{sha}/1920/1.webp"
    assert (answer.data, answer.mimetype) == (b"", "image/webp")
    original = browser.get(f"/documents/{paper}/file")
    assert original.headers["X-Accel-Redirect"] == f"/kept/files/{sha[:2]}/{sha}"
    app.extensions["meetingroom"].pool.close()


def test_a_document_tells_members_what_they_need_and_no_more(room, paper):
    answer = room.get("em", f"/api/documents/{paper}").get_json()
    assert (answer["status"], answer["pages"], answer["ready_pages"]) == ("ready", 2, 2)
    assert not {"sha", "by", "detail"} & set(answer)
    assert answer["attached"]


def test_a_bundle_holds_the_same_pages_as_are_served_one_by_one(room, tmp_path):
    long = room.paper(papers.pdf(tmp_path / "Báo cáo dài.pdf", pages=34))
    for number, expected in ((0, range(1, 33)), (1, range(33, 35))):
        answer = room.get("em", f"/documents/{long}/pages/bundle-{number}")
        assert answer.headers["Cache-Control"] == FOREVER
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        head, body = answer.data.split(b"\n", 1)
        sizes = json.loads(head)
        assert [n for n, _ in sizes] == list(expected)
        for n, size in sizes:
            assert body[:size] == room.get("em", page(long, n)).data
            body = body[size:]
        assert not body
    assert room.get("em", f"/documents/{long}/pages/bundle-2").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("mai", 200), ("em", 200), ("lan", 404), ("nobody", 404), (None, 401)])
def test_bundles_are_for_the_people_of_the_meeting(room, paper, who, status):
    assert room.get(who, f"/documents/{paper}/pages/bundle-0").status_code == status


def test_tablets_count_a_bundle_as_the_server_does():
    script = (Path(__file__).parents[2] / "static/js/pages/page-files.js").read_text("utf-8")
    assert f"export const BUNDLE = {PAGES}\n" in script


def test_of_a_restricted_paper_there_are_no_bundles(room, paper):
    room.restricts(paper)
    room.shows(paper)
    assert room.get("em", page(paper)).status_code == 200
    assert room.get("em", f"/documents/{paper}/pages/bundle-0").status_code == 404


def test_a_lost_page_is_asked_for_one_by_one(room, paper):
    room.contents(paper).page(2, 1920).unlink()
    assert room.get("em", f"/documents/{paper}/pages/bundle-0").status_code == 404


def test_the_same_is_looked_up_for_a_paper_that_exists_and_for_one_that_does_not(room, paper):
    """Counted, not timed: how long a refusal takes tells nothing."""
    room.get("nobody", page(paper))
    asked: dict[str, list[str]] = {}
    with room.app.extensions["meetingroom"].pool.lend() as db:  # the connection used last is used next
        kept = db.conn
    for document in (paper, "nosuchdocument"):
        asked[document] = []
        kept.set_trace_callback(lambda sql, where=asked[document]: where.append(sql.partition(" where ")[0]))
        assert room.get("nobody", page(document)).status_code == 404
        kept.set_trace_callback(None)
    assert asked[paper] == asked["nosuchdocument"]
    assert len(asked[paper]) > 3

"""A meeting that is over is seen again: by whom, what of it, and what never."""

from dataclasses import replace

import pytest

from meetingroom import log
from meetingroom.archive import replay, routes_replay, snapshot_store
from meetingroom.log import canonical_json as log_text
from meetingroom.meeting import view
from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.ink import InkDrawn
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.lifecycle import MeetingOpened
from meetingroom.meeting.pairs import PairShown
from meetingroom.meeting.papers import PaperAttached, PaperWithdrawn
from meetingroom.meeting.stage import PaperShown
from meetingroom.meeting.strokes import encode
from tests.archive.conftest import MEETING, WHISPER
from tests.given import NINE, PUBLISHED, flat


def test_a_closed_meeting_is_replayed_for_its_members(sealed):
    answer = sealed.client("em").get(f"/api/meetings/{MEETING}/replay.json")
    assert [at for at, _ in answer.json["patches"]] == sorted(at for at, _ in answer.json["patches"])
    assert answer.json["view"]["meeting"]["status"] == "published"
    assert WHISPER not in answer.text
    assert sealed.client("la").get(f"/api/meetings/{MEETING}/replay.json").status_code == 404


def test_marks_lead_to_what_happened(sealed):
    body = sealed.client("em").get(f"/api/meetings/{MEETING}/replay.json").json
    kinds = [mark["kind"] for mark in body["marks"]]
    assert kinds[0] == "item"
    assert {"page", "conclusion", "close"} <= set(kinds)
    assert [mark["page"] for mark in body["marks"] if mark["kind"] == "page"][-2:] == [1, 3]
    assert kinds[-1] == "close"


def test_a_paper_that_is_the_staffs_or_was_taken_back_is_not_seen_again(sealed):
    def stages(who):
        body = sealed.client(who).get(f"/api/meetings/{MEETING}/replay.json").json
        views, seen = [body["view"]], body["view"]
        for _at, change in body["patches"]:
            seen = view.merge(seen, change)
            views.append(seen)
        return body, [each["stage"] for each in views], [set(each["papers"]) for each in views]

    assert "d2" in set().union(*stages("em")[2])
    sealed.happens("17:00", "mai", PaperWithdrawn("d2"))
    body, stage, papers = stages("em")
    assert "d2" not in set().union(*papers)
    assert not [each for each in stage if each.get("paper") == "d2"]
    assert any(each.get("withheld") for each in stage)
    assert not [mark for mark in body["marks"] if mark["kind"] == "page" and mark["text"] == "Báo cáo tổng kết năm"]
    assert "d2" in set().union(*stages("mai")[2])  # its staff know it


def test_nothing_written_on_a_paper_that_is_not_seen_again_comes_with_it():
    stroke = {"id": "stroke1", "t": "pen", "c": "red", "w": 28, "d": encode([(100, 200, 50), (300, 400, 60)])}
    facts = [ItemAdded("i1", "Báo cáo"), PaperAttached("p1", "d1", "i1", "Báo cáo", 9)]
    facts += [PaperAttached("p2", "d2", "i1", "Phụ lục", 9), MeetingOpened("an"), PaperShown("p1", 1)]
    facts += [InkDrawn("d1", 1, (stroke,)), PaperShown("p2", 1), InkDrawn("d2", 1, (stroke,))]
    log = [Recorded(n, NINE + n, "an", fact) for n, fact in enumerate(flat([PUBLISHED, *facts]), 1)]
    seen = log_text(replay.build("m1", log, {"p2"}))
    assert '"d2/1"' in seen
    assert "d1" not in seen
    assert '"d1/1"' in log_text(replay.build("m1", log, None))


@pytest.mark.parametrize(("who", "status"), [("em", 200), ("mai", 200), ("la", 404), ("quantri", 404)])
def test_the_page_of_a_replay_is_for_the_members(sealed, who, status):
    assert sealed.client(who).get(f"/meetings/{MEETING}/replay?at=x").status_code == status


def test_nothing_of_a_meeting_on_secrets_is_seen_again(sealed, monkeypatch):
    state = log.state(sealed.pool, MEETING)
    hidden = replace(state, meeting=replace(state.meeting, secrecy="top"))
    monkeypatch.setattr(routes_replay.log, "state", lambda *_: hidden)
    for path in (f"/meetings/{MEETING}/replay", f"/api/meetings/{MEETING}/replay.json"):
        assert sealed.client("mai").get(path).status_code == 404


def test_a_running_meeting_is_not_replayed(held):
    assert held.client("em").get(f"/api/meetings/{MEETING}/replay.json").status_code == 409


def test_a_pair_of_pages_of_a_case_is_told_and_never_opened_again():
    sides = [{"case": "c1", "document": "e1", "page": n, "title": "Bản cung", "label": str(80 + n)} for n in (2, 3)]
    paper = [ItemAdded("i1", "Báo cáo"), PaperAttached("p1", "d1", "i1", "Báo cáo", 9)]
    facts = [*paper, MeetingOpened("an"), PairShown(*sides)]
    mixed = PairShown({"paper": "p1", "page": 4}, sides[0])
    story = [Recorded(n, NINE + n, "an", fact) for n, fact in enumerate([*flat(PUBLISHED), *facts, mixed], 1)]
    for papers in (None, set()):
        assert not [mark for mark in replay.build("m1", story, papers)["marks"] if mark["kind"] == "page"]
    last = len(story)
    assert snapshot_store.documents_shown(story) == {last - 1: [], last: [("d1", 4)]}

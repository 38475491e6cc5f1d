"""A new version of a paper over the wire: compared first, then in its place; the old pages stay readable."""

import pytest

from meetingroom import log
from meetingroom.comparing import jobs as comparing  # noqa: F401 (the worker is the test itself)
from meetingroom.comparing.store import MATCH
from meetingroom.documents import store
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.papers import AttachPaper, EditPaper
from meetingroom.meeting.readers import SetReaders
from meetingroom.meeting.versions import ReplacePaper
from tests.documents.papers import Canvas, font


def report(path, pages: list[str]):
    """Each page: its own title, ten lines of its own."""
    canvas = Canvas(str(path))
    for text in pages:
        canvas.setFont(font(), 13)
        for n in range(10):
            canvas.drawString(60, 740 - 20 * n, f"{text}: dòng thứ {n} của phần này nói về {text}")
        canvas.showPage()
    canvas.save()
    return path


OLD = [f"phần {n} số liệu {n}40 vụ" for n in range(1, 13)]


@pytest.fixture
def versions(room, tmp_path):
    """The report and, uploaded beside it, its second version: a digit on page 4, a page after 7, 9 out, 10 and 11
    in each other's place."""
    new = [*OLD]
    new[3] = "phần 4 số liệu 441 vụ"
    new.insert(7, "trang chèn thêm")
    del new[9]
    new[9], new[10] = new[10], new[9]
    old = room.paper(report(tmp_path / "Báo cáo.pdf", OLD))
    second = room.sends("mai", report(tmp_path / "Báo cáo bản 2.pdf", new), item="").get_json()["id"]
    return old, second


def match(room, old, new, who="mai"):
    answer = room.get(who, f"/api/documents/{new}/match?old={old}")
    return answer.status_code, answer.get_json()


def test_a_new_version_is_compared_before_it_can_take_its_place(room, versions):
    old, new = versions
    paper = next(iter(log.state(room.pool, "m1").papers))
    assert match(room, old, new)[0] == 202
    with pytest.raises(Refused, match="not_compared"):
        room.does("mai", ReplacePaper(paper, new))
    with pytest.raises(Refused, match="no_such_version"):
        room.does("mai", ReplacePaper(paper, "nosuch"))
    room.work(store.INGEST)
    assert match(room, old, new) == (202, {"status": "comparing"})
    assert match(room, old, new)[0] == 202
    with pytest.raises(Refused, match="not_compared"):
        room.does("mai", ReplacePaper(paper, new))
    room.work(MATCH)
    status, found = match(room, old, new)
    assert status == 200
    assert found["map"] == [
        [1, 1, 3, "same"], [4, 4, 1, "changed"], [5, 5, 3, "same"], [8, 9, 1, "same"],
        [10, 11, 1, "same"], [11, 10, 1, "same"], [12, 12, 1, "same"],
    ]  # fmt: skip
    assert (found["same"], found["added"], found["removed"]) == (10, [8], [9])
    assert [(page["new"], page["numbers"]) for page in found["changed"]] == [(4, True)]
    assert match(room, old, new, "em")[0] == 404  # it is no paper yet

    room.does("mai", ReplacePaper(paper, new, note="Sửa số liệu"))
    state = log.state(room.pool, "m1")
    assert state.papers[paper].document == new
    assert [list(run) for run in state.papers[paper].versions[-1].map] == found["map"]

    # Readers: both versions, what has changed, and which one is the newest.
    for document in (old, new):
        assert room.get("em", f"/documents/{document}/pages/1.webp").status_code == 200
    about = room.get("em", f"/api/documents/{old}").get_json()
    assert about["newest"] == {"paper": paper, "document": new, "version": 2}
    assert about["n"] == 1
    assert about["attached"]
    assert match(room, old, new, "em")[0] == 200
    changed = room.get("em", f"/documents/{new}/changes/4.json").get_json()
    assert (changed["kind"], changed["numbers"]) == ("changed", True)
    assert changed["old"] == {"document": old, "page": 4}
    assert changed["texts"][0] == ["440", "441"]
    assert len(changed["added"]) == len(changed["removed"]) == 20
    assert room.get("em", f"/documents/{new}/changes/8.json").get_json()["kind"] == "added"
    assert room.get("em", f"/documents/{new}/changes/99.json").status_code == 404
    assert room.get("nobody", f"/documents/{new}/changes/4.json").status_code == 404
    assert match(room, old, new, "nobody")[0] == 404
    assert room.api("mai", "DELETE", f"/api/documents/{old}").status_code == 409

    # What ends for the paper ends for its earlier versions, too.
    room.does("mai", EditPaper(paper, readers="staff"))
    assert room.get("em", f"/documents/{old}/pages/1.webp").status_code == 404
    assert match(room, old, new, "em")[0] == 404


def test_of_a_restricted_paper_it_is_told_where_it_has_changed_and_no_word(room, versions):
    old, new = versions
    room.work(store.INGEST)
    match(room, old, new)
    room.work(MATCH)
    paper = room.key(old)
    room.does("mai", ReplacePaper(paper, new))
    room.does("mai", SetReaders(paper, readers=("role:delegate",), mode="restricted"))
    for who in ("em", "mai"):
        answer = room.get(who, f"/documents/{new}/changes/4.json")
        assert (answer.get_json()["texts"], len(answer.get_json()["added"])) == ([], 20)
        assert "no-store" in answer.headers["Cache-Control"]
        assert [page["texts"] for page in match(room, old, new, who)[1]["changed"]] == [[]]
    assert room.get("khach", f"/documents/{new}/changes/4.json").status_code == 404
    assert match(room, old, new, "khach")[0] == 404


def test_who_may_not_see_the_old_one_hears_nothing_of_what_is_new(room, versions, tmp_path):
    """A page that was added has no page on the other side, whose readers would be asked for."""
    old, new = versions
    room.work(store.INGEST)
    match(room, old, new)
    room.work(MATCH)
    room.restricts(old)
    room.does("mai", AttachPaper(room.item, new))
    assert room.get("mai", f"/documents/{new}/changes/8.json?old={old}").get_json()["kind"] == "added"
    assert room.get("em", f"/documents/{new}/pages/8.webp").status_code == 200
    assert room.get("em", f"/documents/{new}/changes/8.json?old={old}").status_code == 404
    assert room.get("em", f"/documents/{new}/changes/8.json").status_code == 404


def test_readers_do_not_have_papers_compared_that_are_no_versions_of_each_other(room, versions):
    """Each pair is work for minutes; of a hundred papers there are ten thousand."""
    old, new = versions
    room.work(store.INGEST)
    room.does("mai", AttachPaper(room.item, new))
    assert match(room, old, new, "em")[0] == 404
    assert match(room, old, new, "mai")[0] == 202


def test_one_that_lies_in_another_meeting_is_none(room, versions, tmp_path):
    old, _ = versions
    other = room.sends("lan", report(tmp_path / "khac.pdf", OLD), meeting="m2").get_json()["id"]
    room.work(store.INGEST)
    assert match(room, old, other)[0] == 404
    assert match(room, old, old)[0] == 404
    assert match(room, old, "nosuch")[0] == 404
    with pytest.raises(Refused, match="no_such_version"):
        room.does("mai", ReplacePaper(next(iter(log.state(room.pool, "m1").papers)), other))

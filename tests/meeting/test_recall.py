"""Papers are taken back."""

from dataclasses import replace

from meetingroom.meeting.agenda import ItemAdded
from meetingroom.meeting.lifecycle import MeetingClosed
from meetingroom.meeting.papers import PaperAttached, WithdrawPaper, of_person
from meetingroom.meeting.readers import ReadersSet
from meetingroom.meeting.recall import (
    CloseRecall,
    CountReceipts,
    PapersRecalled,
    RecallClosed,
    RecallPapers,
    ReceiptsCounted,
    RingRecall,
    recall_at,
)
from meetingroom.meeting.rights import may_open
from meetingroom.meeting.stage import PaperShown, ShowPaper, TitleShown
from meetingroom.meeting.view import view
from tests.given import AN, EM, MAI, NINE, OPENED, PROGRAM, given, state_of
from tests.meeting.repeating import BEGUN, beginnings, repeated

TWO = [ItemAdded("i1", "Báo cáo"), *(PaperAttached(f"p{n}", f"d{n}", "i1", f"Tài liệu {n}", 5) for n in (1, 2))]
READY = [*OPENED, *TWO]
GONE = PapersRecalled("r1", ("p1",), "Kết thúc cuộc họp", 31)


def test_the_chair_or_the_secretary_takes_papers_back_and_the_stage_lets_go():
    shown = given(READY, PaperShown("p1", 2))
    facts = shown.when(MAI, RecallPapers(("p1", "p1"), "Kết thúc", 31)).outcome
    assert [type(fact) for fact in facts] == [TitleShown, PapersRecalled]
    assert (facts[1].papers, facts[1].reason, facts[1].asked) == (("p1",), "Kết thúc", 31)
    given(READY).when(EM, RecallPapers(("p1",), "x")).refused("not_allowed")
    given(READY).when(AN, RecallPapers((), "x")).refused("papers_empty")
    given(READY).when(AN, RecallPapers(("p1",), " ")).refused("empty")
    given(READY).when(AN, RecallPapers(("p9",), "x")).refused("no_such_paper")
    given(READY, GONE).when(AN, RecallPapers(("p1",), "x")).refused("recalled")


def test_nobody_but_the_staff_reads_what_was_taken_back():
    state = state_of(READY, GONE)
    assert may_open(state, "p1", "mai")
    assert not may_open(state, "p1", "em")
    assert list(view(state, "members")["papers"]) == ["p2", "limited"]
    assert view(state, "staff")["papers"]["p1"]["recalled"] == "r1"
    assert of_person(state, "em", NINE) == {}
    given(READY, GONE).when(AN, ShowPaper("p1")).refused("recalled")
    given(READY, GONE).when(MAI, WithdrawPaper("p1")).refused("recalled")


def test_the_staff_see_the_count_and_the_chair_closes_it():
    counted = ReceiptsCounted("r1", 31, 27)
    given(READY, GONE).when(PROGRAM, CountReceipts("r1", 31, 27)).then(counted)
    given(READY, GONE, counted).when(PROGRAM, CountReceipts("r1", 31, 27)).then()
    seen = view(state_of(READY, GONE, counted), "staff")["recall"]
    assert {key: seen[key] for key in ("id", "asked", "signed")} == {"id": "r1", "asked": 31, "signed": 27}
    assert view(state_of(READY, GONE), "members")["recall"] == {"last": 1}
    counts = {"asked": 31, "signed": 27, "failed": 0}
    closed = RecallClosed("r1", counts)
    given(READY, GONE).when(AN, CloseRecall("r1", counts)).then(closed)
    given(READY, GONE, closed).when(AN, CloseRecall("r1", counts)).then()
    given(READY, GONE).when(MAI, CloseRecall("r1", counts)).refused("not_allowed")
    given(READY).when(AN, CloseRecall("r1")).refused("no_such_recall")


def test_the_bell_takes_back_what_was_to_end_with_the_meeting():
    ends = ReadersSet("p1", "view", ("all",), 0, 0, "close")
    later = ReadersSet("p2", "view", ("all",), 0, 0, "30")
    state = state_of(READY, ends, later, MeetingClosed())
    closed = state.meeting.closed_at
    assert recall_at(state, state.papers["p1"]) == closed
    assert recall_at(state, state.papers["p2"]) == closed + 30 * 86_400_000
    assert recall_at(state_of(READY, ends), state_of(READY, ends).papers["p1"]) == 0
    bell = replace(PROGRAM, at=closed + 1000)
    facts = given(READY, ends, later, MeetingClosed()).when(bell, RingRecall(("p1", "p2", "p9"))).outcome
    assert [(type(fact), fact.papers) for fact in facts] == [(PapersRecalled, ("p1",))]


@repeated
def recall_papers(meeting, n):
    for each in [key for key, paper in meeting.state.papers.items() if not paper.recalled][:1]:
        meeting.does(AN, RecallPapers((each,), f"Lần {n}"))


@repeated
def ring_recall(meeting, n):
    meeting.does(PROGRAM, RingRecall(tuple(meeting.state.papers)))


@repeated
def count_receipts(meeting, n):
    recall_papers(meeting, n)
    for recall in list(meeting.state.recalls)[-1:]:
        meeting.does(PROGRAM, CountReceipts(recall, 31, min(n, 31)))


@repeated
def close_recall(meeting, n):
    recall_papers(meeting, n)
    for recall in list(meeting.state.recalls)[-1:]:
        meeting.does(AN, CloseRecall(recall, {"asked": 31, "signed": 27, "failed": 0}))


beginnings["ring_recall"] = [BEGUN, ReadersSet("p1", "view", ("all",), 0, 0, "close"), MeetingClosed()]

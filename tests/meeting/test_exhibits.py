"""A case on the stage: who brings it, what the others may see of it, the map and the way back to its node."""

from meetingroom.meeting.evidence import EvidenceShown, EvidenceTurned
from meetingroom.meeting.exhibits import (
    AttachCase,
    CalloutCleared,
    CalloutShown,
    CaseDetached,
    CaseReleased,
    ClearCallout,
    DetachCase,
    ReleaseCase,
    ShowCallout,
    ShowEvidence,
)
from meetingroom.meeting.lifecycle import MeetingClosed
from meetingroom.meeting.map_stage import Back, NodeShown, ShowMap, ShowNode
from meetingroom.meeting.pairs import PairShown, ShowPair
from meetingroom.meeting.removed_exhibits import ExhibitRemoved, TakeOffStage
from meetingroom.meeting.sides import key_of, pages_on_stage
from meetingroom.meeting.stage import (
    CoverStage,
    PageTurned,
    PaperShown,
    StageCovered,
    StageGiven,
    StageTaken,
    TitleShown,
    TurnPage,
    Zoom,
    Zoomed,
)
from meetingroom.meeting.view import patch, view
from tests.given import AN, BINH, EM, KHACH, MAI, PROGRAM, PUBLISHED, given, state_of
from tests.meeting.repeating import BEGUN
from tests.meeting.rounds_exhibits import CASE, MAP, ROLES, evidence, known, node

READY = [*BEGUN, CASE, StageGiven("em")]
SHAPE = ((1, 595.0, 842.0),)


def shown(page: int, node: str = "") -> EvidenceShown:
    return EvidenceShown("e1", page, str(80 + page), "3", node, "c1", "Bản cung", 40, SHAPE)


def stage(*facts, audience="members"):
    return view(state_of(READY, *facts), audience)["stage"]


def test_only_its_owner_or_a_leader_of_it_brings_a_case():
    filled = {"title": "Vụ án Lương Tuấn Kiệt", "code": "LG-2026-017", "open": True, "roles": ROLES}
    given(PUBLISHED).when(EM, AttachCase("c1", **filled)).then(CASE).when(EM, AttachCase("c1", **filled)).then()
    given(PUBLISHED).when(AN, AttachCase("c1", **filled)).then(CASE)
    for other in (MAI, BINH, KHACH):
        given(PUBLISHED).when(other, AttachCase("c1", **filled)).refused("no_such_case")
    given(PUBLISHED).when(EM, AttachCase("c9")).refused("no_such_case")
    given(PUBLISHED).when(EM, AttachCase("c1", **{**filled, "open": False})).refused("case_closed")
    given(PUBLISHED).when(EM, AttachCase("c1", **{**filled, "cleared": False})).refused("case_not_cleared")
    given(PUBLISHED, CASE).when(EM, DetachCase("c1", ROLES)).then(CaseDetached("c1"))
    given(PUBLISHED, CASE).when(MAI, DetachCase("c1", ROLES)).refused("not_allowed")
    given(READY, shown(4)).when(EM, DetachCase("c1", ROLES)).refused("case_was_shown")


def test_the_chair_says_what_the_others_may_see():
    given(READY).when(AN, ReleaseCase("c1", "whole")).then(CaseReleased("c1", "whole"))
    given(READY).when(AN, ReleaseCase("c1", "anchored")).then()
    given(READY).when(EM, ReleaseCase("c1", "whole")).refused("not_allowed")
    given(READY).when(AN, ReleaseCase("c1", "all")).refused("not_a_choice")
    given(READY).when(AN, ReleaseCase("c9", "whole")).refused("no_such_case")


def test_a_page_of_the_case_is_on_every_screen_under_its_number():
    given(READY).when(EM, evidence(4, node="N43")).then(shown(4, "N43"))
    given(READY).when(AN, evidence(4)).refused("not_the_holder")
    given(READY).when(AN, evidence(4, take=True)).then(StageTaken("an"), shown(4))
    given(READY, StageGiven("an")).when(EM, evidence(4, take=True)).refused("not_the_holder")
    given(READY, CaseReleased("c1", "shown"), shown(4)).when(BINH, evidence(4, take=True)).then(
        StageTaken("binh"), shown(4)
    )
    given(READY).when(EM, ShowEvidence("c1", "e9", 1)).refused("no_such_evidence")
    given(READY).when(EM, ShowEvidence("c9", "e1", 1)).refused("no_such_case")
    for audience in ("staff", "members", "screens"):
        seen = stage(shown(4, "N43"), audience=audience)
        assert seen["kind"] == "evidence"
        assert seen["key"] == "ev:e1/4"
        about = {"case": "c1", "document": "e1", "page": 4, "pages": 40, "label": "84", "volume": "3"}
        assert seen | about == seen
        assert seen["from_node"] == "N43"
    state = state_of(READY, shown(4))
    assert pages_on_stage(state, "e1") == {4}
    assert view(state, "members")["exhibits"]["c1"]["shown"]["e1/4"]["label"] == "84"
    assert view(state, "screens")["exhibits"] == {"c1": {"title": CASE.title, "code": CASE.code}}


def test_somebody_of_no_list_shows_what_is_released_to_everybody():
    holds = [*READY, StageGiven("binh")]
    given(holds).when(BINH, evidence(4)).then(shown(4))  # anchored in the map
    given(holds, CaseReleased("c1", "shown")).when(BINH, evidence(4)).refused("no_such_evidence")
    hidden = known(5)
    hidden["about"]["e1/5"]["anchored"] = 0
    given(holds).when(BINH, ShowEvidence("c1", "e1", 5, **hidden)).refused("no_such_evidence")
    given(holds, CaseReleased("c1", "whole")).when(BINH, ShowEvidence("c1", "e1", 5, **hidden)).then(shown(5))


def test_a_page_that_is_not_drawn_yet_is_said_to_be_so_and_only_to_who_may_show_it():
    waits = known(5)
    waits["about"]["e1/5"] |= {"drawn": 0, "anchored": 0}
    given(READY).when(EM, ShowEvidence("c1", "e1", 5, **waits)).refused("page_not_drawn")
    given([*READY, StageGiven("binh")]).when(BINH, ShowEvidence("c1", "e1", 5, **waits)).refused("no_such_evidence")
    beyond = known(41)
    beyond["about"]["e1/41"]["drawn"] = 0
    given(READY).when(EM, ShowEvidence("c1", "e1", 41, **beyond)).refused("no_such_page")
    beyond["about"]["e1/41"]["pages"] = 0  # nobody has counted them yet
    given(READY).when(EM, ShowEvidence("c1", "e1", 41, **beyond)).refused("page_not_drawn")


def test_its_pages_turn_as_those_of_a_paper():
    filled = {key: value for key, value in known(5).items() if key != "shapes"}
    turned = EvidenceTurned("e1", 5, "85", "3")
    given(READY, shown(4)).when(EM, TurnPage(5, **filled)).then(turned)
    given(READY, shown(4)).when(EM, TurnPage(41, **filled)).refused("no_such_page")
    seen = stage(shown(4), CalloutShown(((0.1, 0.1, 0.5, 0.2),)), turned)
    assert (seen["page"], seen["label"], seen["key"]) == (5, "85", "ev:e1/5")
    assert "callouts" not in seen
    rect = (0.1, 0.1, 0.5, 0.5)
    given(READY, shown(4)).when(EM, Zoom(rect)).then(Zoomed(rect))
    given(READY, shown(4)).when(EM, CoverStage()).then(StageCovered())


def test_excerpts_stand_over_the_page_until_it_goes():
    rects = ((0.1, 0.1, 0.5, 0.1), (0.1, 0.5, 0.5, 0.1))
    given(READY, shown(4)).when(EM, ShowCallout(rects)).then(CalloutShown(rects))
    given(READY, shown(4), CalloutShown(rects)).when(EM, ShowCallout(rects)).then()
    given(READY, shown(4), CalloutShown(rects)).when(EM, ClearCallout()).then(CalloutCleared())
    given(READY, shown(4)).when(EM, ShowCallout(rects * 2)).refused("too_many")
    given(READY).when(EM, ShowCallout(rects)).refused("nothing_shown")
    given(READY, shown(4)).when(AN, ShowCallout(rects)).refused("not_the_holder")
    assert stage(shown(4), CalloutShown(rects))["callouts"] == [list(rect) for rect in rects]
    for after in (TitleShown(), shown(5), MAP, PaperShown("p1", 1)):
        assert "callouts" not in stage(shown(4), CalloutShown(rects), after)


def test_words_are_marked_within_the_excerpts_and_go_with_them():
    rects, line = ((0.1, 0.1, 0.5, 0.1),), (0.12, 0.11, 0.3, 0.02)
    marked = CalloutShown(rects, (line,))
    given(READY, shown(4), CalloutShown(rects)).when(EM, ShowCallout(rects, (line, line))).then(marked)
    given(READY, shown(4), marked).when(EM, ShowCallout(rects, (line,))).then()
    given(READY, shown(4), marked).when(EM, ShowCallout(rects)).then(CalloutShown(rects))
    cut = CalloutShown(rects, ((0.5, 0.11, 0.1, 0.02),))
    given(READY, shown(4)).when(EM, ShowCallout(rects, ((0.5, 0.11, 0.15, 0.02),))).then(cut)
    given(READY, shown(4)).when(EM, ShowCallout(rects, ((0.1, 0.5, 0.3, 0.02),))).refused("mark_outside")
    nothing = ((0.2, 0.12, 0.0, 0.02), (0.2, 0.12, float("nan"), 0.02), (0.2, 0.12, float("inf"), 0.02))
    for each in nothing:
        given(READY, shown(4)).when(EM, ShowCallout(rects, (each,))).refused("bad_mark")
    many = tuple((0.1 + n / 1000, 0.1, 0.01, 0.01) for n in range(61))
    given(READY, shown(4)).when(EM, ShowCallout(rects, many)).refused("too_many_marks")
    assert stage(shown(4), marked)["marks"] == [list(line)]
    for after in (TitleShown(), shown(5), MAP, PaperShown("p1", 1), CalloutCleared(), CalloutShown(rects)):
        assert "marks" not in stage(shown(4), marked, after)


def test_the_map_goes_from_node_to_node_and_a_page_leads_back_to_it():
    about_map = {"title": MAP.title, "node_title": "Gốc", "result": "there", "step": 1, "steps": 62}
    given(READY).when(EM, ShowMap("c1", "m1", "N1", 7, **about_map)).then(MAP)
    given(READY).when(EM, ShowMap("c1", "m9", "N1")).refused("no_such_map")
    given(READY).when(EM, node(2)).refused("no_map_shown")
    given(READY, MAP).when(EM, ShowNode("N9", result="hidden")).refused("hidden_node")
    given(READY, MAP).when(EM, ShowNode("N99", result="none")).refused("no_such_node")
    given(READY, MAP).when(EM, node(2, open=("N" * 65,))).refused("too_long")
    given(READY, MAP).when(EM, node(2, open=("N1",) * 61)).refused("too_many")
    given(READY, MAP).when(EM, node(2, levels=10)).refused("not_a_choice")
    at = NodeShown("N43", "Nút 43", 43, ("N40",))
    given(READY, MAP).when(EM, node(43, open=("N40",))).then(at)
    given(READY, MAP, at).when(EM, node(43, open=("N40",))).then()
    given(READY, MAP, at).when(EM, Back()).then()
    given(READY, MAP, at, shown(4, "N43")).when(EM, Back()).then(at)
    given(READY, MAP, at, PaperShown("p1", 2)).when(EM, Back()).then(at)
    given(READY, shown(4)).when(EM, Back()).refused("no_map_shown")
    given(READY, MAP, at, StageCovered()).when(EM, Back()).then(at)
    before = stage(MAP, at)
    after = stage(MAP, at, shown(4, "N43"), EvidenceTurned("e1", 5, "85", "3"), at)
    assert before["key"] == "map:m1/7/N43"
    assert {**before, "since": 0} == {**after, "since": 0}
    assert stage(MAP, at, shown(4))["map"]["node"] == "N43"
    seen = view(state_of(READY, MAP, at, shown(4, "N43"), shown(5, "N50")), "staff")["exhibits"]["c1"]
    assert seen["visited"] == {"m1": {"N1": 1, "N43": 2}}


def test_a_step_costs_little():
    before = state_of(READY, MAP, NodeShown("N42", "Nút 42", 42))
    after = state_of(READY, MAP, NodeShown("N42", "Nút 42", 42), NodeShown("N43", "Nút 43", 43, ("N40", "N38")))
    for audience in ("staff", "members", "screens"):
        filled = str(patch(view(before, audience), view(after, audience)))
        assert len(filled) <= 300, filled


def test_two_pages_of_the_case_stand_side_by_side_with_a_line():
    left, right = {"case": "c1", "document": "e1", "page": 40}, {"case": "c1", "document": "e1", "page": 7}
    filled = {"about": known(40)["about"] | known(7)["about"], "people": known(7)["people"], "shapes": {"e1": SHAPE}}
    names = {"title": "Bản cung", "volume": "3", "pages": 40}
    fact = PairShown(
        {**left, **names, "label": "120"},
        {**right, **names, "label": "87"},
        (0.2, 0.3, 0.4, 0.5),
        "Lệch ngày",
        {"e1": SHAPE},
    )
    asked = ShowPair(left, right, line=(0.2, 0.3, 0.4, 0.5), text="Lệch ngày", **filled)
    given(READY).when(EM, asked).then(fact)
    given(READY).when(EM, ShowPair(left, right)).refused("no_such_evidence")
    given(READY).when(EM, ShowPair({**left, "paper": "p1"}, right)).refused("bad_place")
    seen = stage(fact)
    assert seen["key"] == "ev:e1/40|ev:e1/7"
    assert [seen["pair"][side]["label"] for side in ("left", "right")] == ["120", "87"]
    assert seen["contradiction"] == {"line": [0.2, 0.3, 0.4, 0.5], "text": "Lệch ngày"}
    turned = {key: value for key, value in known(8).items() if key != "shapes"}
    given(READY, fact).when(EM, TurnPage(8, "right", **turned)).then(EvidenceTurned("e1", 8, "88", "3", "right"))
    assert stage(fact, EvidenceTurned("e1", 8, "88", "3", "right"))["pair"]["right"]["label"] == "88"
    mixed = PairShown({"paper": "p1", "page": 3}, fact.right, shapes={"e1": SHAPE})
    assert stage(mixed)["key"] == "p:p1/3|ev:e1/7"
    assert stage(mixed, PageTurned("p1", 4, "left"))["key"] == "p:p1/4|ev:e1/7"
    assert key_of(state_of(READY, mixed, TitleShown())) == ""


def test_with_the_close_nothing_of_the_case_stays_on_the_screens():
    seen = stage(MAP, shown(4), MeetingClosed())
    assert seen["kind"] == "title"
    assert "map" not in seen


def test_what_is_removed_from_its_case_leaves_the_screens_and_the_way_back_to_it():
    map_, page = TakeOffStage("c1", map="m1", title="Nội dung"), TakeOffStage("c1", document="e1", title="Bản cung")
    gone = ExhibitRemoved("c1", "m1", title="Nội dung")
    given(READY, MAP).when(AN, map_).refused("not_allowed")
    given(READY, MAP).when(PROGRAM, map_).then(gone).when(PROGRAM, map_).then()
    given(READY, MAP).when(PROGRAM, page).then()
    given(READY, MAP).when(PROGRAM, TakeOffStage("c2")).then()
    given(READY, MAP, MeetingClosed()).when(PROGRAM, map_).then()
    assert (stage(MAP, gone)["kind"], stage(MAP, gone)["removed"]) == ("title", "Nội dung")
    assert "removed" not in stage(MAP, gone, audience="screens")
    assert "removed" not in stage(MAP, gone, shown(4))
    given(READY, MAP, shown(4)).when(PROGRAM, map_).then(gone).when(EM, Back()).refused("no_map_shown")
    assert stage(MAP, shown(4), gone)["page"] == 4
    given(READY, MAP, shown(4)).when(PROGRAM, page).then(ExhibitRemoved("c1", document="e1", title="Bản cung"))
    assert stage(MAP, shown(4), ExhibitRemoved("c1", document="e1"))["map"]["map"] == "m1"
    whole = ExhibitRemoved("c1", title="Vụ án A")
    given(READY, MAP, shown(4)).when(PROGRAM, TakeOffStage("c1", title="Vụ án A")).then(whole)
    assert "map" not in stage(MAP, shown(4), whole)

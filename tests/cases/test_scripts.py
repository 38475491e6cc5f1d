"""The presentation script of a case: who reads and writes it, what its steps lead to, how it comes onto the screens."""

import itertools

from meetingroom.cases.scripts import excerpts, printed, trial_store
from meetingroom.cases.scripts import trial as trials
from meetingroom.commands.case_fields import clip_of_step
from tests.cases.test_on_the_stage import Session

COUNT = itertools.count()


def sends(room, name, wish, *, rev=None, id=""):
    rev = room.api("em", "GET", room.at("/script")).json["rev"] if rev is None else rev
    return room.api(name, "POST", room.at("/script/ops"), {"id": id or f"op{next(COUNT)}", "rev": rev, **wish})


def adds(room, *steps, **where):
    answer = sends(room, "em", {"add": {"steps": list(steps), **where}})
    assert answer.status_code == 200, answer.text


def steps(room, name="em") -> list[dict]:
    return room.api(name, "GET", room.at("/script")).json["steps"]


def page(id, document, n, **more) -> dict:
    return {"id": id, "kind": "evidence", "document": document, "page": n, **more}


def at(document, n) -> dict:
    return {"document": document, "page": n}


def prepared(room) -> tuple[Session, str]:
    """A numbered document, a published map, a meeting that has the case."""
    session = Session(room)
    document = room.filed(pages=5)
    session.numbers(document, 4)
    session.maps()
    session.does("em", "attach_case", case=room.case)
    return session, document


def test_a_script_is_written_by_editors_and_read_by_the_list(room):
    document = room.filed(pages=3)
    assert room.api("lan", "GET", room.at("/script")).status_code == 404
    assert room.api("admin", "GET", room.at("/script")).status_code == 404
    assert room.api("phuong", "GET", room.at("/script")).json["steps"] == []
    adds(room, page("a", document, 1, note="nói chậm"), page("b", document, 2))
    assert sends(room, "phuong", {"remove": {"steps": ["a"]}}).status_code == 403
    assert sends(room, "lan", {"remove": {"steps": ["a"]}}).status_code == 404
    assert [each["note"] for each in steps(room)] == ["nói chậm", ""]
    assert [each["note"] for each in steps(room, "an")] == ["", ""]
    elsewhere = {"add": {"steps": [page("c", "other", 1)]}}
    assert sends(room, "em", elsewhere).json["error"]["code"] == "not_of_case"
    assert sends(room, "em", {"add": {"steps": [page("c", document, 4)]}}).json["error"]["code"] == "not_of_case"
    assert sends(room, "em", {"sing": {}}).status_code == 400

    # The same operation again does nothing; one's own last one is taken back.
    first = sends(room, "em", {"move": {"step": "b", "before": "a"}}, rev=1, id="once")
    again = sends(room, "em", {"move": {"step": "b", "before": "a"}}, rev=1, id="once")
    assert first.json == again.json
    assert [each["id"] for each in steps(room)] == ["b", "a"]
    assert sends(room, "nam", {"undo": {"op": "once"}}).json["error"]["code"] == "no_such_op"
    assert sends(room, "em", {"undo": {"op": "once"}}).status_code == 200
    assert [each["id"] for each in steps(room)] == ["a", "b"]
    seen = room.api("em", "GET", room.at("/script")).json["rev"]
    assert sends(room, "em", {"edit": {"step": "a", "set": {"title": "Một"}}}, rev=seen).status_code == 200
    late = sends(room, "nam", {"edit": {"step": "a", "set": {"title": "Hai"}}}, rev=seen)
    assert late.status_code == 409
    assert late.json["error"]["conflicts"] == {"title": {"mine": "Hai", "theirs": "Một"}}
    assert room.api("em", "GET", room.at(f"/script?since={seen + 1}")).json == {"rev": seen + 1}
    assert room.log().count("script_changed") == 1

    # That it was tried on a screen counts as long as the step shows the same.
    tried = room.at(f"/scripts/{first_script(room)}/tried")
    assert room.api("phuong", "POST", tried, {"steps": ["a"]}).status_code == 403
    assert room.api("em", "POST", tried, {"steps": ["a", "x"], "screen": "1920×1080"}).json == {"tried": 1}
    assert [bool(each.get("painted")) for each in steps(room)] == [True, False]

    # Another script beside it, chosen to be presented; the case goes, and everything with it.
    made = room.api("em", "POST", room.at("/scripts"), {"title": "Bản ngắn", "from": first_script(room)}).json["id"]
    assert room.api("em", "PATCH", room.at(f"/scripts/{made}"), {"is_default": True}).json["is_default"] is True
    assert room.api("em", "GET", room.at("/script")).json["title"] == "Bản ngắn"
    assert len(steps(room)) == 2
    assert room.api("em", "PATCH", room.at(f"/scripts/{made}"), {"removed": True}).status_code == 409
    gone = room.api("em", "DELETE", room.at(), {"code": "LG-2026-017", "reason": "thử"})
    assert gone.status_code in (200, 204), gone.text
    with room.pool.lend() as db:
        assert [table for table in ("scripts", "script_ops") if db[table].count] == []


def first_script(room) -> str:
    return room.api("em", "GET", room.at("/script")).json["id"]


def test_a_step_says_what_is_wrong_with_it(room):
    session, document = prepared(room)
    node, other = session.node("Lời khai"), session.node("Giám định")
    adds(
        room,
        {"id": "node", "kind": "node", "map": session.map, "node": node},
        {"id": "hidden", "kind": "node", "map": session.map, "node": other},
        {"id": "lost", "kind": "node", "map": session.map, "node": "N99"},
        page("good", document, 1),
        page("bare", document, 5),
        {"id": "pair", "kind": "pair", "left": at(document, 1), "right": at(document, 3)},
    )
    edit = {"id": "op-hide", "rev": room.api("em", "GET", room.at(f"/maps/{session.map}.json")).json["rev"],
            "edit": {"node": other, "set": {"audience": "owner"}}}  # fmt: skip
    assert room.api("em", "POST", room.at(f"/maps/{session.map}/ops"), edit).status_code == 200
    session.publish()
    found = {each["id"]: each["about"] for each in steps(room)}
    states = {id: about["state"] for id, about in found.items()}
    assert states == {"node": "unnumbered", "hidden": "hidden", "lost": "gone", "good": "ok", "bare": "unnumbered",
                      "pair": "ok"}  # fmt: skip
    assert (found["good"]["pages"][0]["label"], found["good"]["pages"][0]["volume"]) == ("1", "1")
    with room.pool.writing() as db:
        db["case_documents"].delete(document)
    assert {each["about"]["state"] for each in steps(room) if each["kind"] == "evidence"} == {"gone"}


def test_a_meeting_goes_through_the_script_and_knows_where_it_is(room):
    session, document = prepared(room)
    rect, line = [0.1, 0.1, 0.5, 0.1], [0.12, 0.12, 0.2, 0.02]
    adds(
        room,
        {"id": "s1", "kind": "node", "map": session.map, "node": session.node("Lời khai")},
        {"id": "s2", "kind": "callout", "document": document, "page": 2, "rects": [rect], "marks": [line]},
        {"id": "s3", "kind": "pair", "left": at(document, 1), "right": at(document, 3), "text": "Lệch ngày"},
        page("s4", document, 4, note="riêng tôi"),
    )
    session.does("an", "open_meeting")
    # The pages of the script are among those that are released with the map.
    assert session.sees("lan", document, 1, 2, 3, 4, 5) == [200, 200, 200, 200, 404]
    assert session.refused("em", "show_step", case=room.case, step="s1") == "not_the_holder"
    assert session.refused("an", "show_step", case=room.case, step="nothing") == "no_such_step"
    session.does("an", "give_stage", person=room.people["em"])
    session.does("em", "show_step", case=room.case, step="s1")
    assert session.stage()["map"]["node"] == session.node("Lời khai")
    session.does("em", "show_step", case=room.case, step="s2")
    stage = session.stage()
    assert (stage["kind"], stage["label"], stage["callouts"]) == ("evidence", "2", [rect])
    assert stage["marks"] == [line]
    session.does("em", "show_step", case=room.case, step="s3")
    stage = session.stage()
    assert (stage["key"], stage["contradiction"]) == (f"ev:{document}/1|ev:{document}/3", {"text": "Lệch ngày"})
    exhibit = view(session, "em")
    script = first_script(room)
    assert exhibit["script"] == {"script": script, "step": "s3", "n": 3, "of": 4}
    assert list(exhibit["steps"][script]) == ["s1", "s2", "s3"]
    # Off the script, and on with it: the place in it stays.
    session.does("em", "show_evidence", case=room.case, document=document, page=5)
    assert view(session, "em")["script"]["step"] == "s3"
    assert sends(room, "em", {"remove": {"steps": ["s4"]}}).status_code == 200
    assert session.refused("em", "show_step", case=room.case, step="s4") == "no_such_step"
    assert "riêng tôi" not in room.api("lan", "GET", f"/api/meetings/{session.meeting}").text
    # Who chairs takes the stage and shows in one.
    session.does("an", "show_step", case=room.case, step="s2", take=True)
    assert session.stage()["holder"] == room.people["an"]


def view(session, name) -> dict:
    return session.room.api(name, "GET", f"/api/meetings/{session.meeting}").json["view"]["exhibits"][session.room.case]


def test_an_excerpt_stays_on_its_page_and_is_looked_at_on_another_scan(room):
    document = room.filed(pages=3)
    rects = [[0.02, 0.02, 0.9, 0.3]]
    wish = {"id": "k1", "document": document, "page": 2, "rects": rects, "name": "Số tiền"}
    assert room.api("lan", "POST", room.at("/callouts"), wish).status_code == 404
    assert room.api("phuong", "POST", room.at("/callouts"), wish).status_code == 403
    assert [room.api("em", "POST", room.at("/callouts"), wish).status_code for _ in range(2)] == [201, 201]
    again = room.api("nam", "POST", room.at("/callouts"), {**wish, "id": "k2", "name": "Tiền"})  # the same frames
    assert (again.status_code, again.json) == (200, {"id": "k1", "name": "Số tiền"})
    assert room.api("em", "POST", room.at("/callouts"), {**wish, "id": "k2", "page": 4}).status_code == 422
    assert (
        room.api("em", "POST", room.at("/callouts"), {**wish, "id": "k2", "rects": [[0, 0, 2, 1]]}).status_code == 400
    )
    session = Session(room)
    session.numbers(document, 3)
    seen = f"/callouts?document={document}&page=2"
    (found,) = room.api("phuong", "GET", room.at(seen)).json["callouts"]
    assert (found["name"], found["rects"], found["label"], found["check"]) == ("Số tiền", rects, "2", False)
    assert room.api("em", "GET", room.at(f"/callouts?document={document}&page=1")).json["callouts"] == []
    with room.pool.writing() as db:
        sha = db["documents"].get(document)["sha"]
        db["documents"].update(document, {"sha": "f" * 64})
    assert room.api("em", "GET", room.at(seen)).json["callouts"][0]["check"] is True
    at = room.at("/callouts/k1")
    assert room.api("em", "PATCH", at, {"rev": 1, "checked": True}).json["check"] is False
    late = room.api("nam", "PATCH", at, {"rev": 1, "name": "Tiền"})
    assert (late.status_code, late.json["error"]["now"]["rev"]) == (409, 2)
    assert room.api("nam", "PATCH", at, {"removed": True}).json["removed"] is True
    assert room.api("em", "GET", room.at("/callouts")).json["callouts"] == []
    assert room.api("em", "PATCH", at, {"removed": False}).status_code == 200
    assert room.log().count("callout_kept") == 2

    # All of the case: what is in them, what their page was called, where they are shown; a step goes with its frame.
    with room.pool.writing() as db:
        db["documents"].update(document, {"sha": sha})
    step = {"id": "s", "kind": "callout", "document": document, "page": 2, "rects": rects}
    adds(room, step, {**step, "id": "t", "rects": [[0.1, 0.6, 0.5, 0.1]]})

    def listed(name="phuong"):
        return room.api(name, "GET", room.at("/callouts?all=1")).json["callouts"][0]

    assert (listed()["used"][0]["step"], listed()["was"], listed()["words"]) == ("s", "", "Trang 2 / 3")
    session.numbers(document, 1)
    assert (listed()["label"], listed()["was"]) == ("", "2")
    drawn = [[0.05, 0.1, 0.5, 0.3]]
    assert room.api("nam", "PATCH", at, {"rects": drawn}).json["steps"] == 1
    assert room.log()[-1] == "script_changed"
    assert [each["rects"] for each in steps(room)] == [drawn, [[0.1, 0.6, 0.5, 0.1]]]
    assert (listed()["was"], len(listed()["used"])) == ("", 1)
    with room.pool.writing() as db:
        db["case_documents"].delete(document)
    assert (listed()["gone"], listed()["words"]) == (True, "")
    assert room.browser("phuong").get(f"/cases/{room.case}/excerpts").status_code == 200
    assert [room.browser(name).get(f"/cases/{room.case}/excerpts").status_code for name in ("lan", "admin")] == [
        404
    ] * 2


def test_marked_words_stay_with_their_excerpt_and_its_steps(room):
    document = room.filed(pages=3)
    rects, line, low = [[0, 0, 0.9, 0.3]], [0.05, 0.02, 0.2, 0.02], [0.05, 0.25, 0.2, 0.02]
    at = room.at("/callouts")
    wish = {"id": "k1", "document": document, "page": 2, "rects": rects}

    def code(answer):
        return answer.status_code, answer.json["error"]["code"]

    assert code(room.api("em", "POST", at, {**wish, "marks": [[0.1, 0.8, 0.2, 0.02]]})) == (400, "mark_outside")
    assert code(room.api("em", "POST", at, {**wish, "marks": [line] * 61})) == (400, "too_many_marks")
    assert code(room.api("em", "POST", at, {**wish, "marks": [[0.1, 0.1, "1", 0.02]]})) == (400, "malformed")
    assert room.api("em", "POST", at, wish).status_code == 201
    step = {"id": "s", "kind": "callout", "document": document, "page": 2, "rects": rects}
    own = {**step, "id": "t", "marks": [low]}
    adds(room, step, own)
    kept = room.api("nam", "PATCH", f"{at}/k1", {"marks": [line, low]}).json
    assert (kept["marks"], kept["steps"]) == ([line, low], 1), "what is marked in a step alone stays with it"
    assert [each.get("marks") for each in steps(room)] == [[line, low], [low]]
    listed = room.api("phuong", "GET", f"{at}?all=1").json["callouts"][0]
    assert listed["marks"] == [line, low]
    drawn = room.api("nam", "PATCH", f"{at}/k1", {"rects": [[0, 0.2, 0.9, 0.3]]}).json
    assert (drawn["marks"], drawn["steps"]) == ([low], 2), "what the frame does not hold is marked no longer"
    assert [each.get("marks") for each in steps(room)] == [[low], [low]]
    assert room.api("phuong", "PATCH", f"{at}/k1", {"marks": []}).status_code == 403


def test_excerpts_on_nodes_are_listed_and_looked_at_on_another_scan(room, monkeypatch):
    session, document = prepared(room)
    node, other = session.node("Lời khai"), session.node("Giám định")
    maps, at = room.at(f"/maps/{session.map}/ops"), room.at("/callouts")
    rect, line = [0.02, 0.02, 0.9, 0.3], [0.05, 0.02, 0.2, 0.02]

    def op(id, **wish):
        rev = room.api("em", "GET", room.at(f"/maps/{session.map}.json")).json["rev"]
        return room.api("em", "POST", maps, {"id": id, "rev": rev, **wish})

    anchors = [{"document": document, "page": 2, "rect": rect, "marks": [line]}, {"document": document, "page": 3}]
    for n, key in enumerate((node, other)):
        assert op(f"o{n}", edit={"node": key, "set": {"anchors": anchors}}).status_code == 200
    far = [{**anchors[0], "marks": [[0.1, 0.9, 0.1, 0.02]]}]
    assert op("far", edit={"node": node, "set": {"anchors": far}}).status_code == 400

    def listed(name="em"):
        return room.api(name, "GET", f"{at}?all=1").json["of_nodes"]

    assert [each["node"] for each in listed()] == [node, other]
    monkeypatch.setattr(excerpts, "LISTED", 1)
    few = room.api("em", "GET", f"{at}?all=1").json
    assert ([each["node"] for each in few["of_nodes"]], few["unlisted"]) == ([node], 1)
    monkeypatch.undo()
    assert [each["node"] for each in listed("phuong")] == [], "a reader sees what was published"
    first = listed()[0]
    assert (first["rects"], first["marks"], first["text"]) == ([rect], [line], "Lời khai")
    assert (first["words"], first["label"], first["check"]) == ("Trang 2 / 5", "2", False)
    with room.pool.writing() as db:
        db["documents"].update(document, {"sha": "f" * 64})
    assert [each["check"] for each in listed()] == [True, True]

    here = f"{at}/nodes/{session.map}/{node}"
    place = {"document": document, "page": 2, "rect": rect}
    assert room.api("lan", "PATCH", here, {**place, "checked": True}).status_code == 404
    assert room.api("phuong", "PATCH", here, {**place, "checked": True}).status_code == 403
    assert room.api("em", "PATCH", here, {**place, "rect": [0, 0, 1, 0.1], "checked": True}).status_code == 409
    assert room.api("em", "PATCH", here, {**place, "set": {"name": "x"}}).status_code == 400
    assert room.api("em", "PATCH", here, {**place, "checked": True}).json == {}
    assert [each["check"] for each in listed()] == [False, True]
    drawn = [0, 0.01, 0.8, 0.2]
    assert room.api("nam", "PATCH", here, {**place, "set": {"rect": drawn}}).status_code == 200
    assert (listed()[0]["rects"], listed()[0]["marks"]) == ([drawn], [line])
    gone = room.api("nam", "PATCH", here, {**place, "rect": drawn, "removed": True}).json
    assert [each["node"] for each in listed()] == [other]
    kept = room.api("em", "GET", room.at(f"/maps/{session.map}.json")).json["nodes"][node]["anchors"]
    assert kept == [{"document": document, "page": 2}, {"document": document, "page": 3}]
    back = {"id": "back", "rev": 0, "undo": {"op": gone["op"]}}
    assert room.api("nam", "POST", maps, back).status_code == 200
    assert (listed()[0]["node"], listed()[0]["check"]) == (node, False)
    assert op("bl", edit={"node": node, "set": {"bl": "2"}}).status_code == 200
    assert listed()[0]["rects"] == [drawn], "the page is still meant, its excerpt stays"


def test_a_script_is_tried_on_the_projector_before_the_meeting_begins(room, monkeypatch):
    session, document = prepared(room)
    node = session.node("Lời khai")
    adds(
        room,
        page("a", document, 1),
        {"id": "node", "kind": "node", "map": session.map, "node": node},
        {"id": "lost", "kind": "node", "map": session.map, "node": "N99"},
        page("b", document, 2),
    )
    board, wall = f"/api/meetings/{session.meeting}", room.browser()
    trial = room.at(f"/scripts/{first_script(room)}/trial")
    wall.get("/projector")
    assert wall.get(f"{board}/trial").status_code == 401  # it hangs in no meeting
    code = wall.api("GET", "/api/screen").json["code"]
    assert room.api("nam", "POST", f"{board}/screens", {"code": code}).status_code == 201
    wall.api("GET", "/api/screen")
    assert wall.api("GET", f"{board}/trial").json == {"trial": ""}
    wish = {"meeting": session.meeting}
    assert room.api("phuong", "POST", trial, wish).status_code == 403
    assert room.api("lan", "POST", trial, wish).status_code == 404
    assert room.api("em", "POST", trial, {"meeting": "another"}).status_code == 404
    assert room.api("em", "POST", trial, wish).json["error"]["code"] == "no_projector"

    monkeypatch.setattr(trials, "projecting", lambda meeting: 1)
    # A helper who only sits there has no right to its screens; nam prepares the meeting.
    room.api("em", "POST", room.at("/people"), {"person": room.people["phuong"], "role": "helper"})
    assert room.api("phuong", "POST", trial, wish).json["error"]["code"] == "not_your_trial"
    assert [room.api(name, "GET", trial).json["meetings"][0]["may"] for name in ("em", "nam", "phuong")] == [
        True, True, False,
    ]  # fmt: skip
    assert room.api("nam", "POST", trial, wish).status_code == 202
    assert room.api("phuong", "DELETE", trial, wish).status_code == 403
    assert room.api("nam", "DELETE", trial, wish).status_code == 204
    assert room.api("em", "POST", trial, wish).json == {"of": 4}

    def says(step, why="", trial=None):
        body = {"trial": trial or seen["trial"], "step": step, "why": why, "glass": "1920×1080"}
        return wall.api("POST", f"{board}/trial", body)

    def sees(n):
        return wall.get(f"/documents/{document}/pages/{n}.webp").status_code

    seen = wall.api("GET", f"{board}/trial").json
    assert (seen["n"], seen["of"], seen["step"]["id"], seen["step"].get("note")) == (1, 4, "a", None)
    assert [sees(1), sees(2)] == [200, 404]
    assert room.api("lan", "GET", f"{board}/trial").status_code == 401
    assert wall.get("/api/meetings/another/trial").status_code == 404
    assert says("a", "because").status_code == 400
    assert says("b").json["n"] == 1  # not the one that is shown
    assert says("a").json["n"] == 2
    map = f"/cases/{room.case}/maps/{session.map}/1.json"
    assert [sees(1), wall.get(map).status_code] == [404, 200]
    assert says("node").json["n"] == 3
    assert says("lost").json["n"] == 4  # which it cannot have shown
    assert says("b", "no_font").json == {"trial": ""}
    assert [sees(2), wall.get(map).status_code] == [404, 404]
    came = room.api("em", "GET", trial).json["meetings"][0]["outcome"]
    assert (came["painted"], came["failed"]) == (2, {"stuck": 1, "no_font": 1})
    assert [bool(each.get("painted")) for each in steps(room)] == [True, True, False, False]
    checks = room.api("nam", "GET", f"{board}/readiness").json["checks"]
    assert next(each for each in checks if each["code"] == "scripts_tried")["state"] == "bad"

    # What a step shows was changed: it counts no more. A meeting that begins ends every trial.
    assert room.api("em", "POST", trial, wish).status_code == 202
    assert sends(room, "em", {"remove": {"steps": ["a"]}}).status_code == 200
    with room.pool.lend() as db:
        assert trial_store.outcome(db, session.meeting, room.case)["painted"] == 1
    assert sees(1) == 200
    session.does("an", "open_meeting")
    assert (sees(1), wall.api("GET", f"{board}/trial").json) == (404, {"trial": ""})
    assert room.api("em", "GET", trial).json == {"meetings": []}


def test_a_script_is_printed(room):
    document = room.filed(pages=2)
    adds(room, page("a", document, 1, note="Riêng tôi"), {**page("b", document, 2), "title": "Lời khai"})
    for name, path in (("em", "/script.pdf?notes=1"), ("phuong", "/script.pdf?notes=1")):
        answer = room.browser(name).client.get(room.at(path))
        assert answer.data.startswith(b"%PDF"), answer.text[:200]
        words = pages_words(answer.data)
        assert "Lời khai" in words
        assert ("Riêng tôi" in words) == (name == "em")
    assert room.api("lan", "GET", room.at("/script.pdf")).status_code == 404


def pages_words(pdf: bytes) -> str:
    import pypdfium2

    found = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_bounded() for page in found)


def test_a_recording_stands_on_paper_under_its_title_and_its_number():
    about = {"title": "Ghi hình hỏi cung", "bl": "T3: 12", "pages": [], "state": "ok"}
    step = {"kind": "media", "title": "", "about": about}
    assert (printed.name_of(step), printed.numbers(step), printed.under(step)) == ("Ghi hình hỏi cung", "T3: 12", "")
    assert printed.under({**step, "title": "Lời nhận tội"}) == "Ghi hình hỏi cung"


def test_a_step_that_says_only_where_a_recording_begins_goes_to_its_end():
    assert clip_of_step({}) is None
    assert clip_of_step({"from": 1500, "to": 4000}) == (1.5, 4.0)
    first, last = clip_of_step({"from": 60_000})
    assert first == 60.0
    assert last > 24 * 3600  # cut to what there is of it (media_stage.clip_of)

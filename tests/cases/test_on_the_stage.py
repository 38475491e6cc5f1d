"""A case in a meeting: who sees which of its pages, and for how long."""

import gzip
import hashlib
import itertools
import json
import sqlite3
from unittest.mock import Mock

import pytest

from meetingroom.cases import jobs, off_stage, room_maps, store
from meetingroom.cases.media import store as media_store
from meetingroom.cases.media.place import MediaPlace
from meetingroom.documents import stamp
from meetingroom.jobs.queue import JobContext

COUNT = itertools.count()
MAP = """Vụ án
\tLời khai (BL 5)
\t\tĐối chất
\tGiám định
"""


class Session:
    """A meeting of an (chair), em (in charge of the case), lan (on no list of it)."""

    def __init__(self, room):
        self.room = room
        with room.pool.writing() as db:
            db["users"].update(room.people["nam"], {"role": "organiser"})
        about = {"title": "Họp báo cáo án", "kind": "conference", "starts_at": "2026-12-01T08:00", "secrecy": "none"}
        about["ends_at"] = "2026-12-01T11:00"
        answer = room.api("nam", "POST", "/api/meetings", about)
        assert answer.status_code == 201, answer.text
        self.meeting = answer.json["id"]
        for name, role in (("an", "chair"), ("em", "delegate"), ("lan", "delegate"), ("phuong", "guest")):
            self.does("nam", "invite", person=room.people[name], role=role)
        self.does("nam", "publish_meeting")

    def sends(self, name, command, **args):
        body = {"id": f"c{next(COUNT)}", "name": command, "args": args}
        return self.room.api(name, "POST", f"/api/meetings/{self.meeting}/commands", body)

    def does(self, name, command, **args):
        answer = self.sends(name, command, **args)
        assert answer.status_code == 200, (command, answer.text)

    def refused(self, name, command, **args) -> str:
        return self.sends(name, command, **args).json["error"]["code"]

    def wall(self):
        """A big screen that hangs in the meeting."""
        wall = self.room.browser()
        wall.get("/projector")
        code = wall.api("GET", "/api/screen").json["code"]
        answer = self.room.api("nam", "POST", f"/api/meetings/{self.meeting}/screens", {"code": code})
        assert answer.status_code == 201, answer.text
        wall.api("GET", "/api/screen")
        return wall

    def stage(self, name="lan") -> dict:
        return self.room.api(name, "GET", f"/api/meetings/{self.meeting}").json["view"]["stage"]

    def sees(self, name, document, *pages) -> list[int]:
        return [self.room.api(name, "GET", f"/documents/{document}/pages/{n}.webp").status_code for n in pages]

    def there(self, name, document, page) -> int:
        return self.room.api(name, "GET", f"/api/documents/{document}/pages/{page}/there").status_code

    def kinds(self, name, document) -> list[str]:
        """What the second page comes as, small, whole and magnified; WebP is as it was filed."""
        pages = [f"/documents/{document}/pages/2.webp?w={size}" for size in (480, 1920, 2880)]
        return [self.room.api(name, "GET", page).headers["Content-Type"] for page in pages]

    def numbers(self, document, pages):
        numbering = self.room.api("em", "POST", self.room.at("/numberings"), {"name": "BL-CQĐT"}).json["id"]
        runs = [{"document": document, "first": 1, "last": pages, "start": 1}]
        answer = self.room.api("em", "PUT", self.room.at(f"/numberings/{numbering}/runs"), {"runs": runs})
        assert answer.status_code == 200, answer.text

    def maps(self) -> str:
        self.map = self.room.api("em", "POST", self.room.at("/maps"), {"title": "Nội dung", "text": MAP}).json["id"]
        self.publish()
        return self.map

    def publish(self):
        answer = self.room.api("em", "POST", self.room.at(f"/maps/{self.map}/versions"), {})
        assert answer.status_code == 201, answer.text

    def node(self, text, version=1) -> str:
        """As the room sees it."""
        nodes = self.room.api("em", "GET", f"/cases/{self.room.case}/maps/{self.map}/{version}.json").json["nodes"]
        return next(key for key, node in nodes.items() if node["text"] == text)

    def sees_map(self, name, version=1) -> int:
        return self.room.api(name, "GET", f"/cases/{self.room.case}/maps/{self.map}/{version}.json").status_code


@pytest.fixture
def session(room):
    return Session(room)


def test_a_case_is_seen_in_a_meeting_page_by_page_and_no_longer_than_that(session, room):
    document = room.filed(pages=5)
    session.numbers(document, 5)
    assert session.refused("lan", "attach_case", case=room.case) == "no_such_case"
    assert session.refused("nam", "attach_case", case=room.case) == "no_such_case"  # a helper
    session.does("em", "attach_case", case=room.case)
    session.does("an", "open_meeting")
    session.does("an", "release_case", case=room.case, level="shown")
    session.does("an", "give_stage", person=room.people["em"])
    assert session.sees("lan", document, 1, 2, 3) == [404, 404, 404]
    assert session.sees("phuong", document, 1) == [200]  # on the list of the case

    session.does("em", "show_evidence", case=room.case, document=document, page=2)
    seen = session.stage()
    assert (seen["kind"], seen["document"], seen["page"], seen["pages"]) == ("evidence", document, 2, 5)
    assert (seen["label"], seen["volume"]) == ("2", "1")
    assert session.sees("lan", document, 1, 2, 3) == [404, 200, 404]
    picture = room.api("lan", "GET", f"/documents/{document}/pages/2.webp")
    assert (picture.headers["Content-Type"], picture.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert room.api("lan", "GET", f"/documents/{document}/pages/2.json").status_code == 404
    assert room.api("lan", "GET", f"/documents/{document}/file").status_code == 403
    about = room.api("lan", "GET", f"/api/documents/{document}").json
    assert about.keys() == {"id", "status", "pages", "shape", "t"}  # not what the file was called
    # Who is on the list has the words of the page and its small picture, and their name on what can be read.
    assert session.kinds("em", document) == ["image/webp", "image/jpeg", "image/jpeg"]
    assert room.api("em", "GET", f"/documents/{document}/pages/2.json").status_code == 200
    session.does("em", "turn_page", page=3)
    assert session.stage()["page"] == 3
    assert session.sees("lan", document, 2, 3, 4) == [200, 200, 404]
    assert [session.there("lan", document, page) for page in (3, 4, 6)] == [204, 404, 404]
    assert session.refused("em", "turn_page", page=6) == "no_such_page"
    assert session.refused("em", "show_evidence", case=room.case, document="nothing") == "no_such_evidence"

    # Who is on no list shows what is released, and learns nothing of the rest.
    session.does("an", "give_stage", person=room.people["lan"])
    assert session.refused("lan", "show_evidence", case=room.case, document=document, page=5) == "no_such_evidence"
    assert session.refused("lan", "turn_page", page=4) == "no_such_evidence"
    session.maps()
    assert session.sees_map("lan") == 404
    assert session.sees("lan", document, 5) == [404]
    session.does("an", "release_case", case=room.case, level="anchored")
    assert session.sees("lan", document, 4, 5) == [404, 200]
    assert session.sees_map("lan") == 200
    session.does("lan", "show_evidence", case=room.case, document=document, page=5, node="N2")
    session.does("an", "release_case", case=room.case, level="whole")
    assert session.sees("lan", document, 1, 4) == [200, 200]
    session.does("nam", "invite", person=room.people["admin"], role="guest")
    assert session.sees("admin", document, 5) == [404]
    assert session.sees_map("admin") == 404

    session.does("an", "close_meeting")
    assert session.kinds("em", document) == ["image/webp"] * 3
    assert session.sees("lan", document, 1, 2, 5) == [404, 404, 404]
    assert session.sees("phuong", document, 1) == [200]
    assert session.sees_map("lan") == 404
    read = room.api("em", "GET", room.at("/reads")).json
    assert session.there("phuong", document, 4) == 204
    assert room.api("em", "GET", room.at("/reads")).json == read
    assert room.api("em", "DELETE", room.at(f"/documents/{document}")).status_code == 204
    assert session.there("phuong", document, 1) == 404


def test_the_pages_of_the_node_on_the_stage_lie_ready_before_they_are_shown(session, room, monkeypatch):
    document = room.filed(pages=5)
    session.numbers(document, 5)
    session.does("em", "attach_case", case=room.case)
    session.does("an", "open_meeting")
    session.maps()

    def ahead(name, page, **more):
        headers = {"X-Meetingroom-Ahead": "1", **more}
        return room.browser(name).client.get(f"/documents/{document}/pages/{page}.webp", headers=headers)

    def reads(name):
        found = room.api("em", "GET", room.at("/reads")).json["reads"]
        return sorted((each["page"], each["how"]) for each in found if each["person"] == room.people[name])

    # Released: the page with one's name comes before it is shown; it is opened once it is on the glass.
    session.does("an", "give_stage", person=room.people["em"])
    session.does("em", "show_map", case=room.case, map=session.map, node=session.node("Lời khai"))
    assert ahead("lan", 5).headers["Content-Type"] == "image/jpeg"
    assert ahead("lan", 4).status_code == 404
    assert reads("lan") == [(5, "fetched")]
    assert room.api("lan", "POST", f"/api/documents/{document}/pages/5/opened", {}).status_code == 204
    for page in (4, 0, 2**63):
        assert room.api("lan", "POST", f"/api/documents/{document}/pages/{page}/opened", {}).status_code == 404
    assert room.browser("em").get(f"/documents/{document}/pages/{2**63}.webp").status_code == 404
    assert reads("lan") == [(5, "opened")]
    assert ahead("em", 5).status_code == 200
    session.wall()  # has ready what the node on it leads to, and is asked for no more
    assert [ahead(None, page).status_code for page in (5, 4)] == [200, 404]
    assert session.sees(None, document, 5) == [404]
    opened = f"/api/documents/{document}/pages/5/opened"
    assert room.api(None, "POST", opened, {}).status_code == 404

    # Only what is shown: nothing goes out before, the server alone has it ready.
    session.does("an", "release_case", case=room.case, level="shown")
    assert ahead("lan", 4).status_code == 404
    for name in ("lan", None):
        answer = ahead(name, 5)
        assert (answer.status_code, answer.data) == (204, b"")
    assert ahead("admin", 5).status_code == 404
    drawn = []
    with monkeypatch.context() as seen:  # a site asks whether a copy of its own may be given out
        seen.setattr(stamp, "draw_ahead", lambda *_: drawn.append(1))
        assert ahead("lan", 5, **{"X-Site-Asks": "right"}).status_code == 403
    assert not drawn
    session.does("em", "show_node", node=session.node("Giám định"))
    assert ahead("lan", 5).status_code == 404
    session.does("em", "show_evidence", case=room.case, document=document, page=5, node=session.node("Lời khai"))
    assert room.api(None, "POST", opened, {}).status_code == 204
    session.does("an", "close_meeting")
    assert [ahead(name, 5).status_code for name in ("lan", None)] == [404, 404]


def test_of_a_volume_that_is_still_being_drawn_the_pages_that_are_there_can_be_shown(session, room):
    document = room.filed(pages=5)
    session.numbers(document, 5)
    with room.pool.writing() as db:
        db["documents"].update(document, {"status": "processing"})
        db.conn.execute("delete from pages where document = ? and n in (3, 4)", (document,))
    session.does("em", "attach_case", case=room.case)
    session.does("an", "open_meeting")
    session.does("an", "give_stage", person=room.people["em"])
    session.does("em", "show_evidence", case=room.case, document=document, page=2)
    seen = session.stage()
    assert (seen["page"], seen["pages"], seen["label"]) == (2, 5, "2")
    assert seen["shape"]
    assert session.sees("lan", document, 2) == [200]
    assert session.refused("em", "turn_page", page=3) == "page_not_drawn"
    assert session.refused("em", "turn_page", page=6) == "no_such_page"
    left, right = ({"case": room.case, "document": document, "page": page} for page in (2, 4))
    assert session.refused("em", "show_pair", left=left, right=right) == "page_not_drawn"
    session.does("em", "turn_page", page=5)

    with room.pool.writing() as db:  # nobody has opened the file yet
        db["documents"].update(document, {"pages": None, "shape": None})
        db.conn.execute("delete from pages where document = ?", (document,))
    wish = {"case": room.case, "document": document, "page": 1}
    assert session.refused("em", "show_evidence", **wish) == "page_not_drawn"
    with room.pool.writing() as db:
        db["documents"].update(document, {"status": "failed"})
    assert session.refused("em", "show_evidence", **wish) == "no_such_evidence"


def test_a_node_a_page_and_back(session, room, monkeypatch):
    document = room.filed(pages=5)
    session.numbers(document, 5)
    session.does("em", "attach_case", case=room.case)
    session.does("an", "open_meeting")
    assert session.refused("an", "back") == "no_map_shown"
    assert session.refused("an", "show_map", case=room.case, map="nothing") == "no_such_map"
    map = session.maps()
    session.does("an", "show_map", case=room.case, map=map)
    about = {"case": room.case, "map": map, "version": 1, "title": "Nội dung", "step": 1, "steps": 4}
    assert session.stage()["map"] == about | {"node": session.node("Vụ án")}
    node = session.node("Đối chất")
    session.does("an", "show_node", node=node, open=[session.node("Giám định")])
    before = session.stage()
    assert before["key"] == f"map:{map}/1/{node}"
    assert session.refused("an", "show_node", node="N9") == "no_such_node"
    session.does("an", "show_evidence", case=room.case, document=document, page=2, node=node)
    session.does("an", "show_callout", rects=[[0.1, 0.1, 0.4, 0.1]])
    assert session.stage()["callouts"] == [[0.1, 0.1, 0.4, 0.1]]
    session.does("an", "back")
    after = session.stage()
    assert {**after, "since": 0} == {**before, "since": 0}
    pair = {"case": room.case, "document": document}
    session.does("an", "show_pair", left={**pair, "page": 1}, right={**pair, "page": 3}, text="Lệch ngày")
    assert session.stage()["contradiction"] == {"text": "Lệch ngày"}

    # What is shown is a version: the editors go on, and bring the next one to the same node, or to what is left above.
    ops = f"/api/cases/{room.case}/maps/{map}/ops"
    rev = room.api("em", "GET", f"/api/cases/{room.case}/maps/{map}.json").json["rev"]
    hidden = {"id": "op1", "rev": rev, "edit": {"node": session.node("Giám định"), "set": {"audience": "owner"}}}
    removed = {"id": "op2", "rev": rev + 1, "remove": {"node": node}}
    for op in (hidden, removed):
        assert room.api("em", "POST", ops, op).status_code == 200
    assert session.stage()["map"]["version"] == 1
    gone = session.node("Giám định")
    session.publish()
    session.does("an", "show_map", case=room.case, map=map)
    assert (session.stage()["map"]["version"], session.stage()["map"]["node"]) == (2, session.node("Lời khai", 2))
    assert session.refused("an", "show_node", node=gone) == "hidden_node"
    seen = room.api("lan", "GET", f"/cases/{room.case}/maps/{map}/2.json")
    assert gone not in seen.json["nodes"]
    assert seen.json["labels"] == {f"{document}/5": {"label": "5", "volume": "1", "checked": False}}
    assert seen.json["documents"] == {document: {"title": "Trang", "pages": 5}}
    asked_for = room.browser("lan").client.get(seen.request.path, headers={"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(asked_for.data)) == seen.json
    screen = room.browser("lan").client.get(f"/meetings/{session.meeting}/room").text
    assert f'class="first-map" value="{seen.request.path}"' in screen
    # The node itself stands in the first HTML, as the room may see it.
    assert '<div class="node-map" data-node="N2">' in screen
    assert "<h2>Lời khai</h2>" in screen
    assert "Giám định" not in seen.text + screen
    session.does("nam", "invite", person=room.people["admin"], role="guest")
    screen = room.browser("admin").client.get(f"/meetings/{session.meeting}/room").text
    assert "first-map" not in screen
    assert "first-node" not in screen

    # A map that is removed while it is shown leaves every screen, the first HTML too, until it is shown again.
    def take_out(removed: bool, status: int, *, shown: bool):
        answer = room.api("em", "PATCH", f"/api/cases/{room.case}/maps/{map}", {"removed": removed})
        assert answer.status_code == 200, answer.text
        assert session.sees_map("lan", 2) == status
        screen = room.browser("lan").client.get(f"/meetings/{session.meeting}/room").text
        assert ["first-map" in screen, "first-node" in screen] == [shown] * 2

    take_out(True, 404, shown=False)
    assert (session.stage()["kind"], session.stage()["removed"]) == ("title", "Nội dung")
    assert session.refused("an", "back") == "no_map_shown"
    assert session.refused("an", "show_map", case=room.case, map=map) == "no_such_map"
    take_out(False, 200, shown=False)
    session.does("an", "show_map", case=room.case, map=map)
    take_out(False, 200, shown=True)
    # The worker finds what a server did that was killed in between.
    context = JobContext(room.settings, room.pool)
    with room.pool.writing() as db:
        db["maps"].update(map, {"removed_at": 1})
        wish = off_stage.ask(db, room.case, "Nội dung", map=map)
    jobs.take_off_stage(context, wish)
    assert session.stage()["kind"] == "title"
    # A page on the stage goes with its document, a recording with itself, the way back with its map, all with the case.
    take_out(False, 200, shown=False)
    session.does("an", "show_map", case=room.case, map=map)
    session.does("an", "show_evidence", case=room.case, document=document, page=2)
    take_out(True, 404, shown=False)
    assert session.stage()["kind"] == "evidence"
    assert session.refused("an", "back") == "no_map_shown"
    assert room.api("em", "DELETE", f"/api/cases/{room.case}/documents/{document}").status_code == 204
    assert (session.stage()["kind"], session.stage()["removed"]) == ("title", "Trang")
    video = recording(room, "Hỏi cung")
    session.does("an", "show_media", case=room.case, media=video)
    with monkeypatch.context() as full:  # no room on the disk for the fact: it is removed, and the worker does the rest
        full.setattr(off_stage, "do", Mock(side_effect=sqlite3.OperationalError("database or disk is full")))
        assert room.api("em", "DELETE", f"/api/cases/{room.case}/media/{video}").status_code == 204
    assert session.stage()["kind"] == "media"
    room.work(off_stage.OFF_STAGE)
    assert session.stage()["removed"] == "Hỏi cung"
    session.does("an", "close_meeting")
    timeline = room.api("nam", "GET", f"/api/meetings/{session.meeting}/log").text
    assert "EvidenceShown" in timeline


def recording(room, title: str) -> str:
    """A video of the case that is ready to be shown; its file is three letters."""
    sha = hashlib.sha256(title.encode()).hexdigest()
    view = MediaPlace(room.settings, sha).view("video")
    view.parent.mkdir(parents=True)
    view.write_bytes(b"mp4")
    about = {"title": title, "caption": "", "bl": "", "filename": "a.mp4", "bytes": 3, "format": "mp4"}
    with room.pool.writing() as db:
        return media_store.add(
            db, case=room.case, kind="video", sha=sha, **{**about, "state": "ready", "seconds": 90.0}
        )


def test_a_recording_is_fetched_while_it_is_shown_or_released_and_no_longer_than_the_meeting(session, room):
    shown, other = recording(room, "Hỏi cung bị can A"), recording(room, "Camera")

    def sees(name, *media):
        return [room.api(name, "GET", f"/cases/{room.case}/media/{each}/view").status_code for each in media]

    session.does("em", "attach_case", case=room.case)
    session.does("an", "open_meeting")
    session.does("an", "release_case", case=room.case, level="shown")
    assert sees("lan", shown, other) == [404, 404]
    session.does("an", "show_media", case=room.case, media=shown, clip=[5, 65])
    seen = session.stage()
    assert (seen["kind"], seen["key"]) == ("media", f"media:{shown}")
    assert (seen["media"]["title"], seen["media"]["seconds"], seen["media"]["clip"]) == (
        "Hỏi cung bị can A",
        90,
        [5, 65],
    )
    assert sees("lan", shown, other) == [200, 404]
    assert sees("admin", shown) == [404]
    assert session.refused("an", "show_media", case=room.case, media="nothing") == "no_such_media"
    assert session.refused("lan", "play") == "not_the_holder"
    session.does("an", "play", rate=1.5)
    assert (session.stage()["media"]["playing"], session.stage()["media"]["position"]) == (True, 5)
    session.does("an", "pause", position=7.5)
    assert session.stage()["media"]["position"] == 7.5

    session.does("an", "show_title")
    assert sees("lan", shown, other) == [200, 404]  # it was shown
    session.does("an", "give_stage", person=room.people["lan"])
    assert session.refused("lan", "show_media", case=room.case, media=other) == "no_such_media"
    session.does("an", "release_case", case=room.case, level="whole")
    session.does("lan", "show_media", case=room.case, media=other)
    assert sees("lan", shown, other) == [200, 200]
    step = {"id": "a", "kind": "media", "media": shown, "from": 5000, "to": 65000}
    wish = {"id": "op1", "rev": room.api("em", "GET", room.at("/script")).json["rev"], "add": {"steps": [step]}}
    assert room.api("em", "POST", room.at("/script/ops"), wish).status_code == 200
    session.does("lan", "show_step", case=room.case, step="a")
    assert (session.stage()["key"], session.stage()["media"]["clip"]) == (f"media:{shown}", [5, 65])

    # The node leads to it, and more is released than what is shown: it lies ready, and nobody has opened it.
    late = recording(room, "Lời khai")
    session.maps()
    rev = room.api("em", "GET", room.at(f"/maps/{session.map}.json")).json["rev"]
    edit = {"edit": {"node": session.node("Đối chất"), "set": {"anchors": [{"media": late}]}}}
    ops = room.at(f"/maps/{session.map}/ops")
    assert room.api("em", "POST", ops, {"id": "op1", "rev": rev, **edit}).status_code == 200
    session.publish()
    wall, view = session.wall(), f"/cases/{room.case}/media/{late}/view"

    def gets(path):
        return [browser.get(path).status_code for browser in (room.browser("lan"), wall)]

    def reads(media):
        found = room.api("em", "GET", room.at("/reads")).json["reads"]
        return {(each["person"], each["how"]) for each in found if each["document"] == media}

    session.does("an", "take_stage")
    session.does("an", "show_map", case=room.case, map=session.map, node=session.node("Đối chất", 2))
    session.does("an", "release_case", case=room.case, level="shown")
    assert gets(f"{view}?ahead=1") == [404, 404]
    session.does("an", "release_case", case=room.case, level="anchored")
    assert gets(view) == [200, 404]
    assert gets(f"{view}?ahead=1") == [200, 200]
    still = view.replace("view", "poster.webp?ahead=1")
    poster = MediaPlace(room.settings, hashlib.sha256("Lời khai".encode()).hexdigest()).poster("video")
    poster.write_bytes(b"webp")
    assert (gets(still), gets(still.split("?")[0])) == ([200, 200], [200, 404])
    assert room.browser("admin").get(f"{view}?ahead=1").status_code == 404
    assert {how for person, how in reads(late) if person.startswith("screen:")} == {"fetched"}
    opened = f"/api{view.removesuffix('view')}opened"
    assert wall.api("POST", opened).status_code == 404  # it is not shown
    session.does("an", "show_media", case=room.case, media=late)
    assert wall.api("POST", opened).status_code == 204
    assert {how for person, how in reads(late) if person.startswith("screen:")} == {"opened"}
    session.does("an", "show_map", case=room.case, map=session.map, node=session.node("Giám định", 2))
    assert gets(f"{view}?ahead=1") == [200, 404]
    session.does("an", "close_meeting")
    assert sees("lan", shown, other) == [404, 404]
    assert sees("phuong", shown) == [200]
    assert gets(f"{view}?ahead=1") == [404, 404]


def test_citations_in_the_texts_of_the_meeting_are_links_for_the_list_alone(session):
    session.numbers(session.room.filed(pages=3), 3)
    text = "Ý kiến: bị can thừa nhận (BL 2), chưa rõ BL 999."
    session.does("em", "attach_case", case=session.room.case)
    path = f"/api/meetings/{session.meeting}/citations"
    (found,) = session.room.api("em", "POST", path, {"texts": [text]}).json["answers"]
    assert [text[each["start"] : each["end"]] for each in found] == ["BL 2"]
    assert session.room.browser("em").client.get(found[0]["href"]).status_code == 200
    assert session.room.api("lan", "POST", path, {"texts": [text]}).json["answers"] == [[]]
    assert session.room.api("admin", "POST", path, {"texts": [text]}).status_code == 404
    assert session.room.api("em", "POST", path, {"texts": "x"}).status_code == 400


def test_a_number_that_one_may_not_see_is_answered_as_one_that_is_not_there(session, room, monkeypatch):
    document = room.filed(pages=5)
    session.numbers(document, 5)
    session.does("em", "attach_case", case=room.case)
    session.does("an", "open_meeting")
    session.does("an", "release_case", case=room.case, level="shown")
    session.does("an", "give_stage", person=room.people["em"])
    session.does("em", "show_evidence", case=room.case, document=document, page=2)

    def cited(q, name="lan"):
        (found,) = room.browser(name).client.get(room.at("/cite"), query_string={"q": q}).json
        pages, nearest = ([each["label"] for each in found[key]] for key in ("pages", "nearest"))
        return found["result"], pages, found["missing"], nearest, found["count"]

    assert cited("BL 2") == ("one", ["2"], [], [], 1)
    assert cited("BL 4") == ("none", [], ["4"], ["2"], 0)
    assert cited("BL 9") == ("none", [], ["9"], ["2"], 0)
    assert cited("BL 1-3") == ("one", ["2"], ["1", "3"], ["2"], 1)
    assert cited("BL 1-3", "em") == ("one", ["1", "2", "3"], [], [], 3)

    # However many documents the case has, what is released of it is looked up once; for a stranger nothing is.
    asked = []
    for owner, name in ((room_maps, "Anchored"), (store, "document_ids")):
        monkeypatch.setattr(owner, name, counting(asked, name, getattr(owner, name)))
    session.does("an", "release_case", case=room.case, level="anchored")
    room.laid(["Một", "Hai"])
    asked.clear()
    assert cited("BL 2")[0] == "one"
    assert sorted(asked) == ["Anchored", "document_ids"]
    session.does("an", "close_meeting")
    asked.clear()
    assert room.api("lan", "GET", room.at("/cite?q=2")).status_code == 404
    assert asked == []


def counting(asked: list, name: str, does):
    def counted(*args):
        asked.append(name)
        return does(*args)

    return counted

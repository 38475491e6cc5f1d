"""A case outside the office: asked for, consented to, made, taken out, back; and nothing in it but what was meant."""

import hashlib
import io
import json
import re
import zipfile
from datetime import timedelta

import pypdfium2
import pytest

from meetingroom import clock
from meetingroom.cases import store_maps, tree
from meetingroom.cases.media import store as media_store
from meetingroom.cases.packages import contents, gathering, making, rules, store, viewer
from meetingroom.cases.packages import jobs as package_jobs
from meetingroom.cases.packages.contents import Named
from meetingroom.documents import content_store
from meetingroom.documents import store as documents
from meetingroom.jobs import queue

MAP = """Vụ án
\tLời khai (BL 2)
\t\tĐối chất (BL 3-4)
\tGiám định (BL 5)
\tĐánh giá riêng (BL 6)
"""
HIDDEN = "Đánh giá riêng"


def in_days(n: int) -> str:
    return (clock.local(clock.now()).date() + timedelta(days=n)).isoformat()


def draw(db, case: str, text: str) -> dict:
    """A map of an indented text; the branch HIDDEN is for its owner alone."""
    map: dict = {}
    way: list[str] = []
    for n, line in enumerate(text.splitlines()):
        depth = len(line) - len(line.lstrip("\t"))
        said, _, bl = line.strip(" \t)").partition(" (BL ")
        node = {"id": f"N{n}", "text": said, "kind": "act", "bl": bl, "anchors": store_maps.anchors_of(db, case, bl)}
        node |= {"audience": "owner"} if said == HIDDEN else {}
        wish = {"id": f"o{n}", "rev": n, "add": {"node": node, "parent": way[depth - 1] if depth else ""}}
        map = tree.apply(map, wish | {"rev": map["rev"]}) if depth else tree.new_map(said, f"N{n}")
        way[depth:] = [f"N{n}"]
    return map


class Packages:
    """The case of `room` with six numbered pages and a published map, one branch of which is for its owner alone."""

    def __init__(self, room, map=MAP, labels=((1, 6, 1),)):
        self.room = room
        self.document = room.filed(pages=6, words="Biên bản")
        numbering = room.api("em", "POST", room.at("/numberings"), {"name": "BL-CQĐT"}).json["id"]
        runs = [{"document": self.document, "first": first, "last": last, "start": n} for first, last, n in labels]
        room.api("em", "PUT", room.at(f"/numberings/{numbering}/runs"), {"runs": runs})
        with room.pool.writing() as db:
            drawn = draw(db, room.case, map)
            self.map = store_maps.add_map(db, room.case, "Chứng cứ", drawn, room.people["em"])
            row = store_maps.find_map(db, room.case, self.map)
            store_maps.publish(db, row, room.people["em"])

    def asks(self, name="em", **more):
        body = {"purpose": "Trình chiếu tại phiên tòa", "court": "TAND tỉnh Lạc Giang", "due": in_days(5), **more}
        return self.room.api(name, "POST", self.room.at("/packages"), body)

    def asked(self, **more) -> str:
        answer = self.asks(**more)
        assert answer.status_code == 201, answer.text
        return answer.json["id"]

    def does(self, name, id, what, body=None):
        return self.room.api(name, "POST", self.room.at(f"/packages/{id}/{what}"), body or {})

    def made(self, **more) -> str:
        id = self.asked(**more)
        assert self.does("an", id, "approve").status_code == 200
        self.room.work()
        return id

    def fetched(self, name="em"):
        return self.room.browser(name).get(self.room.at("/package"))

    def latest(self, name="em") -> dict:
        return self.room.api(name, "GET", self.room.at("/packages")).json["packages"][0]


@pytest.fixture
def packages(room):
    return Packages(room)


def test_nothing_leaves_the_office_without_the_consent_of_a_leader(room, packages):
    assert packages.fetched().status_code == 404
    id = packages.asked()
    assert (packages.fetched().status_code, packages.fetched().json["error"]["code"]) == (409, "package_waiting")
    for name, status in (("em", 403), ("nam", 403), ("phuong", 404), ("lan", 404), ("admin", 404)):
        assert packages.does(name, id, "approve").status_code == status, name
    for name, status in (("an", 403), ("nam", 403), ("phuong", 404), ("lan", 404), ("admin", 404)):
        assert packages.fetched(name).status_code == status, name
        assert packages.asks(name).status_code == status, name
    assert "TAND tỉnh Lạc Giang" in room.browser("an").get("/").text
    assert packages.latest("an")["may"] == ["approve", "refuse"]  # who does not consent says why
    assert packages.does("an", id, "withdraw").status_code == 403
    assert packages.latest("em")["may"] == ["withdraw"]
    assert packages.does("an", id, "refuse", {"reason": " "}).status_code == 422
    assert packages.does("an", id, "refuse", {"reason": "Chưa cần thiết"}).json["state"] == "refused"
    assert packages.fetched().status_code == 403
    assert packages.does("an", id, "approve").status_code == 409

    second = packages.asked()
    assert packages.asks().status_code == 409  # one at a time
    assert packages.does("an", second, "approve").json["state"] == "building"
    assert packages.fetched().json["error"]["code"] == "package_building"
    assert packages.latest("an")["may"] == ["withdraw"]
    assert "Take the consent back" in room.browser("an").get(f"/cases/{room.case}/packages").text
    room.work()
    known = packages.latest()
    assert (known["state"], known["serial"], known["consent"]) == (
        "ready", f"GNT-{clock.local(clock.now()).year}-0001", f"1/{clock.local(clock.now()).year}",
    )  # fmt: skip
    answer = packages.fetched()
    assert answer.mimetype == "application/zip"
    assert hashlib.sha256(answer.data).hexdigest() == known["sha"]
    assert packages.latest()["state"] == "out"
    assert room.log()[-4:] == ["package_asked", "package_approved", "package_built", "package_downloaded"]
    text = room.browser("an").get(f"/cases/{room.case}/log").text
    assert known["serial"] in text
    assert known["sha"] in text

    assert room.api("lan", "POST", f"/api/packages/{second}/return", {"how": "deleted"}).status_code == 404
    assert room.api("em", "POST", f"/api/packages/{second}/return", {"how": "lost"}).status_code == 422
    assert room.api("em", "POST", f"/api/packages/{second}/return", {"how": "deleted"}).status_code == 200
    assert room.api("em", "POST", f"/api/packages/{second}/return", {"how": "deleted"}).status_code == 409
    assert packages.fetched().json["error"]["code"] == "package_over"
    room.work()
    assert not content_store.original_path(room.settings, known["sha"]).exists()
    register = pypdfium2.PdfDocument(io.BytesIO(room.browser("an").get(room.at("/packages.pdf")).data))
    printed = " ".join("".join(page.get_textpage().get_text_bounded() for page in register).split())
    for words in ("Độc lập - Tự do - Hạnh phúc", known["serial"], "Hoàng Văn Em", "Chưa cần thiết",
                  "Chứng cứ (version 1)"):  # fmt: skip
        assert words in printed, words
    assert room.browser("phuong").get(room.at("/packages.pdf")).status_code == 404


def test_a_part_of_a_package_is_a_package_that_is_out(room, packages):
    packages.made()
    part = room.browser("em").get(room.at("/package"), Range="bytes=1-")
    assert (part.status_code, part.data[:1]) == (206, b"K")
    assert (packages.latest()["state"], room.log()[-1]) == ("out", "package_downloaded")
    lines = len(room.log())
    room.browser("em").get(room.at("/package"), Range="bytes=100-")  # the same download goes on
    assert len(room.log()) == lines
    room.browser("em").get(room.at("/package"), Range="bytes=0-")
    assert room.log()[lines:] == ["package_downloaded"]


def unpacked(answer) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.data)) as zip_:
        return {name.partition("/")[2]: zip_.read(name) for name in zip_.namelist()}


def read_data(files: dict[str, bytes]) -> dict:
    spelled = re.fullmatch(r"window\.PACKAGE = JSON\.parse\((.*)\)\n", files["data.js"].decode())
    return json.loads(json.loads(spelled[1]))


def test_a_package_holds_what_its_audience_may_see_and_nothing_else(room, packages):
    packages.made()
    answer = packages.fetched()
    with zipfile.ZipFile(io.BytesIO(answer.data)) as zip_:
        names = zip_.namelist()
    folder = names[0].partition("/")[0]
    assert re.fullmatch(r"LG-2026-017_\d{8}-\d{4}", folder)
    assert all(name.isascii() and len(name) < 120 and name.startswith(f"{folder}/") for name in names)
    files = unpacked(answer)
    assert sorted(files) == sorted(
        ["index.html", "app.js", "app.css", "data.js", "DOC-TRUOC.txt", "SHA256SUMS", "in-du-phong.pdf",
         *(f"pages/d01/{page}.webp" for page in (2, 3, 4, 5))]
    )  # fmt: skip
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {n: hashlib.sha256(data).hexdigest() for n, data in files.items() if n != "SHA256SUMS"}
    data = read_data(files)
    assert [node["text"] for node in data["maps"][0]["nodes"].values()] == [
        "Vụ án",
        "Lời khai",
        "Đối chất",
        "Giám định",
    ]
    assert data["labels"]["d01/3"]["label"] == "3"
    pdf = pypdfium2.PdfDocument(files["in-du-phong.pdf"])
    printed = [page.get_textpage().get_text_bounded() for page in pdf]
    assert len(printed) == 1 + 1 + 4
    for text in printed:
        assert "GNT-" in text
        assert "Hoàng Văn Em" in text
    assert printed[2].startswith("BL 2")
    marks = [(each.get_title()[:4], each.get_dest().get_index()) for each in pdf.get_toc()]
    assert marks[1:] == [(words[:4], n) for n, words in enumerate(printed[2:], 2)]
    assert marks[0][1] == 1, "the map"
    assert "Sơ đồ: Chứng cứ (bản 1)" in printed[0], "the version that was consented to"
    for name, content in (*files.items(), ("pdf", "\n".join(printed).encode())):
        assert HIDDEN.encode() not in content, name
        assert packages.document.encode() not in content, name
    read_first = files["DOC-TRUOC.txt"].decode("utf-8-sig")
    assert "GNT-" in read_first
    assert "\r\n" in read_first


def test_what_is_asked_for_has_its_bounds(room, packages):
    for wrong in (
        {"court": ""}, {"purpose": ""}, {"due": in_days(-1)}, {"due": in_days(400)}, {"due": "mai"},
        {"audience": "all"}, {"contents": "case"}, {"maps": ["x"]}, {"maps": "x"}, {"court": "x" * 201},
    ):  # fmt: skip
        assert packages.asks(**wrong).status_code == 422, wrong
    room.api("em", "DELETE", room.at(f"/people/{room.people['an']}"))
    answer = packages.asks()
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "package_no_leader")
    assert "leader" in room.browser("em").get(f"/cases/{room.case}/packages").text
    assert room.browser("phuong").get(f"/cases/{room.case}/packages").status_code == 404
    assert "/packages" not in room.browser("phuong").get(f"/cases/{room.case}").text


def test_a_package_may_be_stopped_while_it_is_made_and_a_killed_worker_begins_anew(room, packages, monkeypatch):
    id = packages.asked()
    packages.does("an", id, "approve")
    steps = []

    def stopped(context, row, percent):
        steps.append(percent)
        if len(steps) == 3:
            packages.does("em", id, "withdraw")
        return step(context, row, percent)

    step = making.step
    monkeypatch.setattr(making, "step", stopped)
    room.work()
    assert len(steps) == 3
    assert packages.latest()["state"] == "withdrawn"
    assert list(content_store.work_folder(room.settings).iterdir()) == []
    monkeypatch.undo()

    # As after kill -9: the row says that it is being made, and no job is left.
    second = packages.asked()
    packages.does("an", second, "approve")
    left = content_store.original_path(room.settings, "e" * 64)
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"a package that was made, and not written down")
    with room.pool.writing() as db:
        db["jobs"].delete_where()
        db["case_packages"].update(second, {"sha": "e" * 64})
        assert store.list_wanted(db) == [second]
    package_jobs.build_what_is_left(queue.JobContext(room.settings, room.pool))
    room.work()
    assert packages.latest()["state"] == "ready"
    assert not left.exists()
    assert packages.latest()["serial"].endswith("-0002")  # no number is given twice


def test_what_cannot_be_made_says_why_and_is_tried_again_by_the_same_consent(room, packages, monkeypatch):
    id = fails(packages, monkeypatch)
    assert (packages.latest()["state"], packages.latest()["reason"]) == ("failed", "pages_missing")
    assert packages.fetched().json["error"]["code"] == "package_failed"
    assert packages.does("em", id, "again").json["state"] == "building"
    room.work()
    assert packages.latest()["state"] == "ready"


def fails(packages, monkeypatch) -> str:
    """A package that could not be made."""

    def missing(settings, sha, page):
        raise gathering.NotReady("pages_missing")

    with monkeypatch.context() as patched:
        patched.setattr(gathering, "picture_of", missing)
        return packages.made()


def test_a_recording_that_is_still_prepared_is_not_left_behind(room, packages):
    with room.pool.writing() as db:
        about = {"kind": "video", "title": "Camera", "filename": "a.mp4", "sha": "0" * 64, "bytes": 1, "format": "mp4"}
        medium = media_store.add(db, case=room.case, state=media_store.WORKING, **about)
    step = {"id": "a", "kind": "media", "media": medium}
    wish = {"id": "op1", "rev": room.api("em", "GET", room.at("/script")).json["rev"], "add": {"steps": [step]}}
    assert room.api("em", "POST", room.at("/script/ops"), wish).status_code == 200
    packages.made()
    assert (packages.latest()["state"], packages.latest()["reason"]) == ("failed", "media_waiting")


def test_what_is_made_again_is_what_one_takes_out_whatever_was_asked_for_since(room, packages, monkeypatch):
    first = fails(packages, monkeypatch)
    second = packages.asked()
    assert packages.does("em", first, "again").json["error"]["code"] == "package_open"
    packages.does("an", second, "refuse", {"reason": "Đã có gói trước"})
    packages.does("em", first, "again")
    room.work()
    assert packages.fetched().status_code == 200


def test_a_consent_is_for_whoever_asked_and_not_for_the_next_owner(room, packages, monkeypatch):
    failed = fails(packages, monkeypatch)
    handed = room.api("em", "POST", room.at("/handovers"), {"to": room.people["lan"]}).json["id"]
    room.api("lan", "POST", room.at(f"/handovers/{handed}/confirm"))
    assert packages.does("lan", failed, "again").json["error"]["code"] == "package_holder_gone"
    assert packages.latest("lan")["state"] == "failed"


def test_a_package_that_may_be_taken_out_is_a_file_that_is_used(room, packages):
    id = packages.made()
    with room.pool.writing() as db:
        row = store.find(db, id)
        assert documents.count_uses(db, row["sha"]) == 1
        for over in ({"state": "returned"}, {"state": "out", "of": ""}):
            store.change(db, id, over)
            assert documents.count_uses(db, row["sha"]) == 0


def test_overdue_stands_on_both_homes_and_stays_with_its_holder_when_the_case_goes_on(room, packages):
    id = packages.made()
    packages.fetched()
    with room.pool.writing() as db:
        store.change(db, id, {"due": in_days(-2)})
    for name in ("em", "an"):
        page = room.browser(name).get("/").text
        assert re.search(r"urgent late.*2 days overdue", page, re.S), name
    handed = room.api("em", "POST", room.at("/handovers"), {"to": room.people["lan"]}).json["id"]
    room.api("lan", "POST", room.at(f"/handovers/{handed}/confirm"))
    assert packages.fetched("em").status_code == 404
    assert packages.fetched("lan").status_code == 404  # it was not asked for by the next owner
    assert packages.latest("lan")["holder_name"] == "Hoàng Văn Em"
    (mine,) = room.api("em", "GET", "/api/packages").json["packages"]
    assert (mine["serial"][:4], mine["court"], mine["code"], mine["overdue"]) == ("GNT-", "", "", True)
    assert "2 days overdue" in room.browser("em").get("/packages").text

    body = {"code": "LG-2026-017", "reason": "Hết thời hạn lưu giữ"}
    assert room.api("lan", "DELETE", room.at(), body).status_code == 204
    room.work()
    assert not list(room.settings.files.glob(f"??/{mine['sha']}"))
    (left,) = room.api("em", "GET", "/api/packages").json["packages"]
    assert (left["serial"], left["holder_name"]) == (mine["serial"], "Hoàng Văn Em")
    assert "2 days overdue" in room.browser("an").get("/").text
    assert room.api("phuong", "POST", f"/api/packages/{id}/return", {"how": "deleted"}).status_code == 404
    assert room.api("em", "POST", f"/api/packages/{id}/return", {"how": "handed_back"}).status_code == 200
    assert "overdue" not in room.browser("an").get("/").text


def test_a_request_that_is_not_out_ends_with_the_handover(room, packages):
    id = packages.asked()
    handed = room.api("em", "POST", room.at("/handovers"), {"to": room.people["lan"]}).json["id"]
    room.api("lan", "POST", room.at(f"/handovers/{handed}/confirm"))
    assert packages.latest("lan")["state"] == "withdrawn"
    text = room.browser("lan").get(f"/cases/{room.case}/log").text
    assert "With the handover the offline package that Hoàng Văn Em had asked for is over" in text
    assert "took back" not in text, "nobody did"
    assert packages.does("an", id, "approve").status_code == 409


# Pure


NODES = {
    "r": {"text": "Vụ án", "kind": "root", "children": ["a", "b"]},
    "a": {"text": "A", "kind": "inc", "children": [], "bl": "1", "anchors": [{"document": "x", "page": 1}]},
    "b": {"text": "B", "kind": "conf", "children": [], "note": "n",
          "anchors": [{"left": {"document": "y", "page": 2}, "right": {"document": "x", "page": 3}}]},
}  # fmt: skip
TREE = {"map": "m", "title": "T", "version": 2, "root": "r", "loose": [], "nodes": NODES, "links": {}}
NAMED = {("x", 1): Named("1"), ("y", 2): Named("22"), ("x", 3): Named("3"), ("z", 9): Named("99")}
STEPS = [
    {"id": "1", "kind": "node", "map": "m", "node": "a", "title": "A", "note": "nói chậm"},
    {"id": "2", "kind": "node", "map": "m", "node": "hidden", "title": "bí mật"},
    {"id": "3", "kind": "evidence", "document": "z", "page": 9, "title": "Z"},
    {"id": "4", "kind": "evidence", "map": "m", "node": "hidden", "document": "z", "page": 8, "title": "bí mật"},
    {"id": "5", "kind": "pair", "left": {"document": "y", "page": 2}, "right": {"document": "x", "page": 3}},
    {"id": "6", "kind": "media", "media": "v", "from": 1500},
]


def together(**how):
    media = how.pop("media", {})
    defaults = {"whole": True, "notes": False}
    return contents.put_together([TREE], STEPS, NAMED, ["x", "y", "z"], media, **(defaults | how))


def test_the_script_brings_its_pages_and_what_it_says_of_hidden_nodes_is_not_there():
    package = together()
    assert package.pages == {
        "pages/d01/1.webp": ("x", 1), "pages/d01/3.webp": ("x", 3), "pages/d02/2.webp": ("y", 2),
        "pages/d03/9.webp": ("z", 9),
    }  # fmt: skip
    assert [step["id"] for step in package.data["script"]] == ["1", "3", "5"]
    assert "bí mật" not in json.dumps(package.data, ensure_ascii=False)
    assert "nói chậm" not in json.dumps(package.data, ensure_ascii=False)
    assert "nói chậm" in json.dumps(together(notes=True).data, ensure_ascii=False)
    assert [caption for caption, _page in package.printed] == ["BL 99", "BL 22", "BL 3"]


def test_a_recording_is_in_it_where_the_script_or_a_node_names_it():
    medium = {"title": "Camera", "kind": "video", "bl": "7", "file": "media/m01.mp4", "poster": "media/m01.webp",
              "state": "ready", "clips": []}  # fmt: skip
    package = together(media={"v": medium, "w": {**medium, "file": "media/m02.mp4"}})
    assert package.media == {"media/m01.mp4": "v", "media/m01.webp": "v"}
    assert list(package.data["media"]) == ["v"]
    assert package.data["script"][-1] == {"id": "6", "kind": "media", "media": "v", "from": 1.5}


def test_the_script_alone_brings_no_other_page_and_a_node_says_its_number_as_typed():
    only = contents.put_together([TREE], STEPS[:1], NAMED, ["x", "y", "z"], {}, whole=False, notes=False)
    assert list(only.pages) == ["pages/d01/1.webp"]
    nodes = only.data["maps"][0]["nodes"]
    assert nodes["a"]["anchors"] == [{"document": "d01", "page": 1}]
    assert "anchors" not in nodes["b"]


def test_what_is_typed_ends_neither_the_script_nor_a_line_of_it():
    evil = {"text": 'a</script><!-- " \\ \u2028\u2029 b'}
    script = contents.data_script(evil).decode()
    assert not re.search(r"</|<!--|\u2028|\u2029", script)
    assert script.count("\n") == 1
    assert read_data({"data.js": script.replace("\\/", "/").replace("\\!", "!").encode()}) == evil


def test_the_viewer_is_one_classic_script_with_its_faces_and_icons_inside():
    script, sheet, page = viewer.script().decode(), viewer.sheet().decode(), viewer.page("x").decode()
    assert not re.search(r"^\s*(import|export)\b", script, re.M)
    assert not re.search(r"\bfetch\(|new Worker|getContext|XMLHttpRequest|localStorage", script)
    assert not re.findall(r"url\((?!data:font/woff2;base64,)", sheet)
    assert re.findall(r'(?:src|href)="([^"]+)"', page.partition("<body>")[0]) == ["data:,", "app.css"]
    assert {"arrow-right", "file-text", "scan"} <= set(re.findall(r'<symbol id="([^"]+)"', page))
    assert viewer.vietnamese()["Back to the map"]


@pytest.mark.parametrize(
    ("code", "folder"),
    [("LG-2026-017", "LG-2026-017"), ("Số 5/Đ-án", "So-5-D-an"), ("…", "ho-so"), ("x" * 90, "x" * 46)],
)
def test_a_folder_has_a_short_name_of_plain_letters(code, folder):
    assert rules.folder_of(code, clock.local(clock.milliseconds("2026-11-12T14:00"))) == f"{folder}_20261112-1400"


def test_packages_are_listed_by_pages_what_is_out_first(room):
    with room.pool.writing() as db:
        case = {"id": room.case, "code": "LG-1", "title": "Vụ án"}
        wish = {"purpose": "Xét xử", "due": in_days(5), "audience": "owner", "contents": "map", "maps": []}
        for n in range(store.ON_PAGE + 1):
            id = store.add(db, case, **wish, court=f"Tòa {n}", holder=room.people["em"], holder_name="Em")
            store.change(db, id, {"state": "out" if n == 3 else "returned", "asked_at": 1000 + n})
    first, second = (room.api("em", "GET", room.at(f"/packages?page={n}")).json for n in (1, 2))
    rest = [f"Tòa {n}" for n in range(store.ON_PAGE, -1, -1) if n != 3]
    assert [each["court"] for each in first["packages"] + second["packages"]] == ["Tòa 3", *rest]
    assert (first["more"], second["more"]) == (True, False)
    assert "?page=2" in room.browser("em").get(f"/cases/{room.case}/packages").text
    assert "?page=1" in room.browser("em").get(f"/cases/{room.case}/packages?page=9").text

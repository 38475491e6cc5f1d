"""Sheets of one file, what they carry and what they name: into the case, and all out again; as a stranger reads it."""

import json
from xml.etree import ElementTree

import pypdfium2
import pytest
import xmindparser

from meetingroom.cases import map_print, tree
from meetingroom.cases.formats import mm, opml, topics
from meetingroom.cases.mapfiles import attached
from meetingroom.cases.media import store as media_store
from tests.cases.test_maps import PNG, SHEETS, imports, reads, zen
from tests.rooms import paper

EVIDENCE = {
    "id": "sheet2", "class": "sheet", "title": "Chứng cứ",
    "rootTopic": {"id": "root", "class": "topic", "title": "Chứng cứ", "children": {"attached": [
        {"id": "e1", "title": "Lời khai 15/10", "href": "file:///D:/HOSO/VU%20A/Tap%2001.pdf"},
        {"id": "e2", "title": "Sao kê", "href": "file:///D:/HOSO/sao-ke.pdf"},
        {"id": "e3", "title": "Kết luận giám định.pdf", "href": "xap:resources/b.pdf"},
        {"id": "e4", "title": "Ảnh", "image": {"src": "xap:resources/a.png"}, "labels": ["BL 84"],
         "markers": [{"markerId": "flag-red"}], "notes": {"plain": {"content": "ghi chú"}}},
    ]}},
}  # fmt: skip


def test_sheets_of_a_file_become_maps_and_what_they_carry_can_be_taken_into_the_case(room):
    document = room.filed(pages=2, words="Tap 01")
    with room.pool.writing() as db:
        db["case_documents"].update(document, {"original": "Ho so/Tập 01.pdf".replace("ậ", "a")})
    data = zen([*SHEETS, EVIDENCE], **{"resources/b.pdf": paper(1, words="Giam dinh")})
    answer = room.sends("em", room.at("/maps"), data, "A.xmind").json
    assert [each["title"] for each in answer["maps"]] == ["Nội dung", "Chứng cứ"]
    said = {each["code"]: each["text"] for each in answer["remarks"]}
    assert "Tap 01.pdf" in said["file_found"]
    assert "sao-ke.pdf" in said["local_file"]
    evidence = answer["maps"][1]["id"]
    nodes = {node["text"]: node for node in reads(room, evidence)["nodes"].values()}
    assert nodes["Lời khai 15/10"]["anchors"] == [{"document": document, "page": 1}]
    assert "anchors" not in nodes["Sao kê"]

    (file,) = answer["files"]
    assert "document" not in file
    at = room.at(f"/maps/{file['map']}/files/{file['sha']}/document")
    for name, status in (("phuong", 403), ("an", 403), ("lan", 404), ("admin", 404)):
        assert room.api(name, "POST", at).status_code == status
    taken = room.api("em", "POST", at)
    assert taken.status_code == 201
    assert (room.api("em", "POST", at).status_code, room.api("em", "POST", at).json) == (200, taken.json)
    room.work()
    assert room.document(taken.json["id"])["pages"] == 1
    assert room.log()[-1] == "imported"
    nodes = {node["text"]: node for node in reads(room, file["map"])["nodes"].values()}
    assert nodes["Tệp"]["anchors"] == [{"document": taken.json["id"], "page": 1}]
    # Taken away from the node and taken in once more, by a colleague.
    now = reads(room, file["map"])
    node = next(key for key, node in now["nodes"].items() if node["text"] == "Tệp")
    edit = {"id": "o1", "rev": now["rev"], "edit": {"node": node, "set": {"anchors": []}}}
    assert room.api("em", "POST", room.at(f"/maps/{file['map']}/ops"), edit).status_code == 200
    assert room.api("nam", "POST", at).status_code == 200
    assert reads(room, file["map"])["nodes"][node]["anchors"] == [{"document": taken.json["id"], "page": 1}]
    again = room.sends("em", room.at("/maps"), data, "A.xmind").json
    assert again["files"][0]["document"] == taken.json["id"]
    picture = next(node["picture"]["sha"] for node in nodes.values() if "picture" in node)
    assert room.api("em", "POST", room.at(f"/maps/{file['map']}/files/{picture[:-1]}0/document")).status_code == 404


@pytest.mark.parametrize("query", ["", "?format=8"])
def test_a_strangers_reader_finds_in_all_maps_of_a_case_what_stands_in_them(room, tmp_path, query):
    other = bytes([*PNG[:-4], 0, 0, 0, 0])
    imports(room, zen([*SHEETS]))
    imports(room, zen([EVIDENCE], **{"resources/a.png": other}), "B.xmind")
    out = room.api("em", "GET", room.at(f"/maps.xmind{query}"))
    assert out.status_code == 200
    path = tmp_path / "all.xmind"
    path.write_bytes(out.data)
    first, second = xmindparser.xmind_to_dict(path)
    assert (first["title"], second["title"]) == ("Vụ án A", "Chứng cứ")
    topic = first["topic"]["topics"][0]
    assert (topic["title"], topic["labels"], topic["note"]) == ("Quá trình\ntố tụng", ["BL 84-86", "khẩn"], "lời dặn")
    assert topic["makers"] == ["other-note", "priority-1"]
    found = second["topic"]["topics"]
    assert [each["title"] for each in found][:2] == ["Lời khai 15/10", "Sao kê"]
    assert found[0]["link"] == "file:///D:/HOSO/VU%20A/Tap%2001.pdf"
    assert (found[3]["labels"], found[3]["makers"], found[3]["note"]) == (["BL 84"], ["flag-red"], "ghi chú")
    again = room.sends("em", room.at("/maps"), out.data, "A.xmind").json
    assert len(again["maps"]) == 2
    pictures = [
        node["picture"]["sha"] for each in again["maps"] for node in reads(room, each["id"])["nodes"].values()
        if "picture" in node
    ]  # fmt: skip
    assert len(set(pictures)) == 2  # two files of one name stay two
    assert room.api("lan", "GET", room.at("/maps.xmind")).status_code == 404
    assert room.api("phuong", "GET", room.at("/maps.xmind")).status_code == 404  # nothing is published


def test_a_map_that_goes_out_and_comes_in_again_leads_to_the_same_recordings(room):
    with room.pool.writing() as db:
        mine = media_store.add(db, case=room.case, kind="video", sha="a", title="Hỏi cung", caption="", bl="",
                               filename="a.mp4", bytes=3, format="mp4", state="ready", seconds=90.0)  # fmt: skip
    map = imports(room, zen())
    node = next(key for key, each in reads(room, map)["nodes"].items() if each["text"] == "Xấu")
    anchors = [{"media": mine, "from": 5, "to": 9}, {"media": "elsewhere"}]
    edit = {"id": "o1", "rev": reads(room, map)["rev"], "edit": {"node": node, "set": {"anchors": anchors}}}
    assert room.api("em", "POST", room.at(f"/maps/{map}/ops"), edit).status_code == 200
    out = room.api("em", "GET", room.at(f"/maps/{map}.xmind")).data
    again = reads(room, room.sends("em", room.at("/maps"), out, "A.xmind").json["id"])
    (found,) = [each for each in again["nodes"].values() if each["text"] == "Xấu"]
    assert found["anchors"] == [{"media": mine, "from": 5, "to": 9}]


def test_the_drawing_of_a_map_is_shapes_and_text(room):
    map = imports(room, zen())
    answer = room.api("em", "GET", room.at(f"/maps/{map}.svg"))
    assert answer.content_type.startswith("image/svg+xml")
    assert "attachment" in answer.headers["Content-Disposition"]
    drawing = ElementTree.fromstring(answer.data)
    kinds = {each.tag.partition("}")[2] for each in drawing.iter()}
    assert kinds == {"svg", "title", "rect", "path", "circle", "g", "text"}
    assert "Vụ án A" in {each.text for each in drawing.iter()}
    assert "script" not in json.dumps(answer.text)
    right = ElementTree.fromstring(room.api("em", "GET", room.at(f"/maps/{map}.svg?layout=right")).data)
    assert float(right.get("width")) < float(drawing.get("width"))  # one column of branches beside the root


def test_on_several_sheets_each_branch_of_a_map_is_a_bookmark_of_its_own():
    branches = {f"b{n}": [f"b{n}c{k}" for k in range(12)] for n in range(24)}
    nodes = {"r": {"text": "Vụ án", "children": list(branches)}}
    nodes |= {key: {"text": f"Nhánh {key}", "children": below} for key, below in branches.items()}
    nodes |= {key: {"text": "Lời khai của người làm chứng", "children": []} for row in branches.values() for key in row}
    map = {"root": "r", "loose": [], "nodes": nodes, "links": {}}
    request = {"map": map, "title": "Vụ án", "foot": "", "page": "%(n)s/%(of)s", "written": 0, "what": "pdf"}
    pdf = pypdfium2.PdfDocument(map_print.print_map(request)[1])
    marks = {each.get_title(): each.get_dest().get_index() for each in pdf.get_toc()}
    assert list(marks) == [f"Nhánh b{n}" for n in range(24)]
    assert sorted(set(marks.values())) == list(range(len(pdf)))
    assert len(pdf) > 1


def test_a_file_is_known_again_by_its_name_alone():
    rows = [{"document": "d1", "original": "Tập 1/Kết luận_GIÁM-định.pdf"}, {"document": "d2", "original": "a.pdf"},
            {"document": "d3", "original": "x/A.PDF"}]  # fmt: skip
    assert attached.named(rows) == {"kết luận giám định": "d1"}
    node = {"text": "x", "extra": {"topic": {"href": "file:///D:\\HOSO\\Kết luận giám định.PDF"}}}
    assert attached.attach({"n": node}, attached.named(rows))["n"]["anchors"] == [{"document": "d1", "page": 1}]


FREEMIND = """<map version="freeplane 1.9.0"><node TEXT="Vụ án" ID="ID_1"><hook NAME="MapStyle"/>
<node ID="ID_2" FOLDED="true"><richcontent TYPE="NODE"><html><body><p>Lời khai</p><p>ngày <b>15</b></p></body></html>
</richcontent><richcontent TYPE="NOTE"><html><body><p>ghi chú</p></body></html></richcontent><icon BUILTIN="help"/>
<arrowlink DESTINATION="ID_4"/><node TEXT="một"/><node TEXT="hai"/><node TEXT="ba"/></node>
<node TEXT="Tệp" LINK="D:\\HOSO\\a.pdf"/><node ID="ID_4" TEXT="Thư" LINK="mailto:a@b"/>
<node TEXT="Xấu" LINK="javascript:alert(1)"/></node></map>"""
OUTLINE = """<opml version="2.0"><head><title>Vụ án</title></head><body><outline text="A" _note="ghi">
<outline text="một"/><outline text="hai"><outline text="hai.một"/></outline></outline>
<outline title="B"/></body></opml>"""


def read(found: dict) -> tuple[list[tuple[int, str]], dict, list[str]]:
    """([(level, text)] in the order of reading, the map, the codes of what is said of it)."""
    made = topics.to_map(found["sheets"][0], found["remarks"])
    rows = [(depth, made["nodes"][node]["text"]) for node, depth in tree.walk(made)]
    return rows, made, [each["code"] for each in found["remarks"]]


def test_a_map_of_freemind_keeps_its_order_its_rich_texts_and_says_which_links_are_dead():
    rows, made, said = read(mm.read(FREEMIND.encode()))
    least = min(depth for depth, _text in rows)
    assert [(depth - least, text) for depth, text in rows] == [
        (0, "Vụ án"), (1, "Lời khai\nngày 15"), (2, "một"), (2, "hai"), (2, "ba"), (1, "Tệp"), (1, "Thư"), (1, "Xấu"),
    ]  # fmt: skip
    rich = made["nodes"]["N2"]
    assert (rich["note"], rich["kind"], rich["fold"]) == ("ghi chú", "gap", True)
    assert [(each["from"], each["to"]) for each in made["links"].values()] == [("N2", "N7")]
    assert said == ["local_file", "other_link", "unsafe_link"]
    rows, made, said = read(opml.read(OUTLINE.encode()))
    assert [text for _depth, text in rows] == ["Vụ án", "A", "một", "hai", "hai.một", "B"]
    assert (made["nodes"]["N2"]["note"], said) == ("ghi", [])

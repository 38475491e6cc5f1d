"""Mind maps over the wire: made, imported, changed by two, published, taken out; and nothing for whoever may not."""

import io
import json
import zipfile

import pytest

from meetingroom.cases import map_export, tree
from meetingroom.cases.formats import xmind


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
TOPIC = {
    "id": "root", "class": "topic", "title": "Vụ án A", "structureClass": "org.xmind.ui.logic.right",
    "children": {
        "attached": [
            {"id": "t1", "title": "Quá trình\ntố tụng", "labels": ["BL 84-86", "khẩn"],
             "markers": [{"markerId": "other-note"}, {"markerId": "priority-1"}],
             "notes": {"plain": {"content": "lời dặn"}, "realHTML": {"content": "<p>lời dặn</p>"}},
             "extensions": [{"provider": "org.xmind.other", "content": {"deep": [1, {"two": None}]}}],
             "children": {"attached": [{"id": "t2", "branch": "folded", "image": {"src": "xap:resources/a.png"}}]}},
            {"id": "t3", "title": "Nhảy", "href": "xmind:#t1"},
            {"id": "t4", "title": "Tệp", "href": "xap:resources/b.pdf"},
            {"id": "t5", "title": "Xấu", "href": "javascript:alert(1)"},
        ],
        "detached": [{"id": "d1", "title": "Nút rời", "position": {"x": 1, "y": 2}}],
        "summary": [{"id": "s1", "title": "Tóm lại"}],
    },
    "summaries": [{"id": "sm", "range": "(0,1)", "topicId": "s1"}],
    "boundaries": [{"id": "b1", "range": "(1,2)", "title": "vùng"}],
}  # fmt: skip
SHEETS = [
    {"id": "sheet1", "class": "sheet", "title": "Nội dung", "rootTopic": TOPIC, "unknown": {"kept": True},
     "relationships": [{"id": "r1", "end1Id": "t1", "end2Id": "t4", "title": "mâu thuẫn: về ngày",
                        "controlPoints": {"0": {"x": 1}}}]},
]  # fmt: skip


def zen(sheets=None, **more: bytes) -> bytes:
    members = {"content.json": json.dumps(sheets or SHEETS).encode(), "metadata.json": b"{}",
               "manifest.json": b'{"file-entries":{}}', "content.xml": b"<xmap-content/>",
               "resources/a.png": PNG, "resources/b.pdf": b"%PDF-1.4 x"}  # fmt: skip
    return zipped(**{**members, **more})


def imports(room, data: bytes, name="A.xmind", **fields) -> str:
    answer = room.sends("em", room.at("/maps"), data, name, **fields)
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def reads(room, map: str, name="em", query="") -> dict:
    answer = room.api(name, "GET", room.at(f"/maps/{map}.json{query}"))
    assert answer.status_code == 200, answer.json
    return answer.json


def does(room, map: str, name="em", **op):
    rev = op.pop("rev", None)
    rev = reads(room, map, name)["rev"] if rev is None else rev
    return room.api(name, "POST", room.at(f"/maps/{map}/ops"), {"id": op.pop("id", f"op{rev}{name}"), "rev": rev, **op})


def made(room, template="criminal") -> str:
    answer = room.api("em", "POST", room.at("/maps"), {"title": "Vụ án A", "template": template})
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def alike(map: dict) -> dict:
    return {key: {k: v for k, v in node.items() if k not in ("anchors",)} for key, node in map["nodes"].items()}


def test_a_map_of_xmind_comes_in_with_all_that_hangs_on_it(room):
    answer = room.sends("em", room.at("/maps"), zen(), "A.xmind").json
    seen = reads(room, answer["id"])
    texts = {node["text"]: node for node in seen["nodes"].values()}
    first = texts["Quá trình\ntố tụng"]
    assert (first["bl"], first["labels"], first["kind"], first["markers"]) == (
        "84-86",
        ["khẩn"],
        "proc",
        ["priority-1"],
    )
    assert first["note"] == "lời dặn"
    assert seen["nodes"][first["children"][0]]["text"] == "(trống)"
    assert seen["nodes"][first["children"][0]]["picture"]["type"] == "image/png"
    assert [seen["nodes"][node]["text"] for node in seen["loose"]] == ["Nút rời"]
    assert "Tóm lại" in seen["nodes"][seen["root"]]["note"]
    assert sorted((link["kind"], link["text"]) for link in seen["links"].values()) == [
        ("", ""),
        ("contradicts", "về ngày"),
    ]
    remarks = {remark["code"]: remark["text"] for remark in answer["remarks"]}
    assert set(remarks) == {"unsafe_link", "kept_aside"}
    assert remarks["kept_aside"].endswith("boundaries × 1, org.xmind.other × 1")
    assert tree.faults(seen) == []


@pytest.mark.parametrize("query", ["", "?format=8"])
def test_what_goes_out_comes_in_equal(room, query):
    first = imports(room, zen())
    out = room.api("em", "GET", room.at(f"/maps/{first}.xmind{query}"))
    again = imports(room, out.data)
    assert alike(reads(room, again)) == alike(reads(room, first))
    assert reads(room, again)["links"] == reads(room, first)["links"]
    with zipfile.ZipFile(io.BytesIO(out.data)) as archive:
        assert archive.read("resources/a.png") == PNG
        assert archive.read("resources/b.pdf") == b"%PDF-1.4 x"
        if query:
            assert "META-INF/manifest.xml" in archive.namelist()
            return
        sheet = json.loads(archive.read("content.json"))[0]
        assert set(archive.namelist()) >= set(json.loads(archive.read("manifest.json"))["file-entries"])
        assert archive.read("Thumbnails/thumbnail.png")[:4] == b"\x89PNG"
    expected = json.loads(json.dumps(SHEETS[0]))
    del expected["rootTopic"]["children"]["attached"][3]["href"]  # the one that would run a program
    assert sheet == expected


def test_edits_go_out_beside_what_the_file_had(room):
    map = imports(room, zen())
    node = next(key for key, each in reads(room, map)["nodes"].items() if each["text"].startswith("Quá"))
    does(room, map, edit={"node": node, "set": {"kind": "conf", "bl": "121 ↔ 133", "amount": 5, "note": "mới"}})
    out = room.api("em", "GET", room.at(f"/maps/{map}.xmind")).data
    topic = xmind.read(io.BytesIO(out))["sheets"][0]["rootTopic"]["children"]["attached"][0]
    assert topic["labels"] == ["BL 121 ↔ 133", "khẩn"]
    assert topic["markers"] == [{"markerId": "symbol-exclam"}, {"markerId": "priority-1"}]
    assert topic["notes"]["realHTML"]["content"] == "<p>mới</p>"
    assert topic["extensions"][0]["content"] == {"deep": [1, {"two": None}]}
    again = reads(room, imports(room, out))
    assert again["nodes"][node]["amount"] == 5
    assert alike(again) == alike(reads(room, map))


def test_old_states_of_a_file_are_not_kept(room):
    data = zen(**{"Revisions/x/rev-1.xml": b"<x>DIEU DA XOA</x>", "Thumbnails/thumbnail.png": b"DIEU DA XOA"})
    answer = room.sends("em", room.at("/maps"), data, "A.xmind").json
    assert [remark["code"] for remark in answer["remarks"]] == ["revisions_dropped", "unsafe_link", "kept_aside"]
    out = room.api("em", "GET", room.at(f"/maps/{answer['id']}.xmind")).data
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert all(b"DIEU DA XOA" not in archive.read(name) for name in archive.namelist())
    for path in room.settings.data.rglob("*"):
        assert not path.is_file() or b"DIEU DA XOA" not in path.read_bytes(), path


DEEP = b'{"title":"x","children":{"attached":[' * 5000


@pytest.mark.parametrize(
    ("code", "data", "name"),
    [
        ("map_too_deep", zipped(**{"content.json": b'[{"rootTopic":' + DEEP}), "A.xmind"),
        ("map_names", zen(**{"../evil.txt": b"x"}), "A.xmind"),
        ("map_entities", zipped(**{"content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><xmap-content/>'}), "A.xmind"),
        (
            "map_encrypted",
            zen(**{"manifest.json": b'{"file-entries":{"content.json":{"encryption-data":{}}}}'}),
            "A.xmind",
        ),
        ("map_unreadable", b"no zip", "A.xmind"),
        ("map_unreadable", b"<map", "A.mm"),
        ("map_entities", b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x"><map><node TEXT="a"/></map>', "A.mm"),
        ("map_type", b"x", "A.exe"),
        ("map_imx", b"x", "A.imx"),
        ("map_empty", b"", "A.md"),
        ("map_topics", b'<map><node TEXT="r">' + b'<node TEXT="x"/>' * 10_001, "A.mm"),
        ("map_unfolded", zipped(**{"content.json": b"[" + b" " * 33_000_000}), "A.xmind"),
    ],
)
def test_a_file_that_is_no_map_is_refused_in_words(room, code, data, name):
    answer = room.sends("em", room.at("/maps"), data, name)
    assert (answer.status_code, answer.json["error"]["code"]) == (422, code)
    assert "%(" not in answer.json["error"]["message"]
    assert room.api("em", "GET", room.at("/maps")).json["maps"] == []


def test_an_outline_a_workbook_and_a_template_become_maps(room):
    outline = "# Vụ án\n- Một (BL 1-4)\n  - Hai\n  > ghi chú\n- Ba\n".encode()
    seen = reads(room, imports(room, outline, "A.md"))
    assert [(node["text"], node.get("bl", "")) for node in seen["nodes"].values()] == [
        ("Vụ án", ""), ("Một", "1-4"), ("Hai", ""), ("Ba", ""),
    ]  # fmt: skip
    from openpyxl import Workbook

    book = Workbook()
    for row in (("Cấp", "Nội dung", "BL", "Ngày", "Số tiền"), (1, "Hành vi", "", "", ""),
                (2, "Nhận tiền", 84, "01/2025", "600 tr")):  # fmt: skip
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    seen = reads(room, imports(room, file.getvalue(), "A.xlsx"))
    node = next(node for node in seen["nodes"].values() if node["text"] == "Nhận tiền")
    assert (node["bl"], node["amount"], node["when"]["from"]) == ("84", 600_000_000, "2025-01-01")
    assert len(reads(room, made(room))["nodes"][tree.new_map("")["root"]]["children"]) == 11


def test_two_editors_and_the_text_that_came_too_late(room):
    map = made(room)
    rev = reads(room, map)["rev"]
    mine = does(room, map, rev=rev, id="a", edit={"node": "N2", "set": {"text": "của Em"}})
    assert mine.json["rev"] == rev + 1
    assert does(room, map, rev=rev, id="a", edit={"node": "N2", "set": {"text": "của Em"}}).json["rev"] == rev + 1
    theirs = does(room, map, "nam", rev=rev, id="b", edit={"node": "N2", "set": {"text": "của Nam"}})
    assert theirs.status_code == 409
    error = theirs.json["error"]
    assert (error["code"], error["conflicts"]) == ("changed", {"text": {"mine": "của Nam", "theirs": "của Em"}})
    assert reads(room, map, "nam")["tray"][0]["op"]["edit"]["set"]["text"] == "của Nam"
    assert reads(room, map)["tray"] == []
    heard = room.api("nam", "GET", room.at(f"/maps/{map}/ops?since={rev}")).json
    assert [(op["rev"], op["op"]["id"]) for op in heard["ops"]] == [(rev + 1, "a")]
    assert room.api("em", "POST", room.at(f"/maps/{map}/ops"), {"id": "u", "undo": {"op": "a"}}).json["rev"] == rev + 2
    assert reads(room, map)["nodes"]["N2"]["text"].startswith("1.")
    assert room.api("nam", "DELETE", room.at(f"/maps/{map}/tray/b")).status_code == 204
    assert reads(room, map, "nam")["tray"] == []


def test_several_operations_are_answered_one_by_one(room):
    map = made(room)
    rev = reads(room, map)["rev"]
    ops = [
        {"id": "1", "rev": rev, "remove": {"node": "N2"}},
        {"id": "2", "rev": rev, "edit": {"node": "N2", "set": {"text": "x"}}},
    ]
    answer = room.api("em", "POST", room.at(f"/maps/{map}/ops"), {"ops": ops}).json
    assert answer["rev"] == rev + 1
    assert answer["results"][1]["error"]["code"] == "parent_removed"
    for wrong in (
        {},
        [],
        {"ops": "x"},
        {"id": "3", "rev": 10**6, "remove": {"node": "N3"}},
        [1],
        {"id": "4", "rev": rev},
        {"id": "5", "rev": rev, "link": {"id": "l", "from": "N1", "to": "N3", "kind": ["x"]}},
        {"id": "6", "rev": rev, "add": {"node": {"id": "n", "text": "x", "bl": "1, " * 100_000}, "parent": "N1"}},
        {"id": "7", "rev": rev, "edit": {"node": "N1", "set": {"text": {}}}},
    ):
        assert room.api("em", "POST", room.at(f"/maps/{map}/ops"), wrong).status_code in (200, 400)
    assert does(room, map, id="8", unlink={"id": ["l"]}).status_code == 409
    assert reads(room, map)["rev"] == rev + 1
    # Nobody says of himself that he takes something back: then the other's text would be refused without a trace.
    late = does(room, map, id="9", undoes="1", edit={"node": "N1", "set": {"text": "y"}})
    assert "undoes" not in late.json["op"]


def hides(room) -> str:
    map = made(room, "blank")
    for op in (
        {"add": {"node": {"id": "open", "text": "công khai", "bl": "84"}, "parent": "N1"}},
        {"add": {"node": {"id": "kin", "text": "RẤT KÍN", "audience": "owner"}, "parent": "N1"}},
        {"add": {"node": {"id": "kin2", "text": "KÍN CON"}, "parent": "kin"}},
        {"add": {"node": {"id": "ld", "text": "CHO LÃNH ĐẠO", "audience": "leaders"}, "parent": "N1"}},
        {"link": {"id": "l", "from": "open", "to": "kin2", "text": "KÍN NỐI"}},
    ):
        assert does(room, map, **op).status_code == 200
    return map


@pytest.mark.parametrize("kind", ["json", "md", "docx", "pdf", "png", "svg", "xmind"])
def test_a_hidden_branch_is_in_no_answer_to_another_audience(room, kind):
    map = hides(room)
    assert room.api("phuong", "GET", room.at(f"/maps/{map}.{kind}")).status_code == 404
    assert room.api("em", "POST", room.at(f"/maps/{map}/versions"), {}).json == {"version": 1}
    for name, query in (("phuong", ""), ("phuong", "?audience=owner"), ("em", "?audience=room")):
        answer = room.api(name, "GET", room.at(f"/maps/{map}.{kind}{query}"))
        assert answer.status_code == 200
        for member in members(answer.data):
            assert b"K\xc3\x8dN" not in member
            assert b"kin2" not in member
            assert "LÃNH ĐẠO".encode() not in member
    assert b"no-store" in answer.headers["Cache-Control"].encode()


def members(data: bytes):
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [data]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_a_version_never_changes_and_readers_see_the_last_one(room):
    map = hides(room)
    room.api("em", "POST", room.at(f"/maps/{map}/versions"), {})
    does(room, map, edit={"node": "open", "set": {"text": "sửa sau"}})
    assert reads(room, map, "phuong")["nodes"]["open"]["text"] == "công khai"
    assert reads(room, map, "an")["nodes"]["ld"]["text"] == "CHO LÃNH ĐẠO"
    room.api("em", "POST", room.at(f"/maps/{map}/versions"), {})
    first = room.api("phuong", "GET", room.at(f"/maps/{map}/1.json")).json
    assert first["nodes"]["open"]["text"] == "công khai"
    assert "kin" not in first["nodes"]
    assert "kin" in room.api("em", "GET", room.at(f"/maps/{map}/1.json")).json["nodes"]
    assert [each["version"] for each in room.api("an", "GET", room.at(f"/maps/{map}/versions")).json["versions"]] == [
        2,
        1,
    ]
    assert room.api("an", "GET", room.at(f"/maps/{map}/9.json")).status_code == 404
    assert room.log()[-2:] == ["map_published", "map_published"]


def test_only_owner_and_helpers_change_a_map(room):
    map = hides(room)
    room.api("em", "POST", room.at(f"/maps/{map}/versions"), {})
    for name, status in (("an", 403), ("phuong", 403), ("lan", 404), ("admin", 404)):
        for method, path in (("POST", f"/maps/{map}/ops"), ("POST", "/maps"), ("POST", f"/maps/{map}/versions"),
                             ("PATCH", f"/maps/{map}")):  # fmt: skip
            assert room.api(name, method, room.at(path), {"title": "x"}).status_code == status, (name, path)
    room.api("em", "PATCH", room.at(), {"closed": True})
    assert does(room, map, remove={"node": "open"}).status_code == 409


def test_the_thumbnail_of_a_large_map_shows_a_part_of_it():
    found = tree.new_map("Vụ án A")
    for n in range(2, 2000):
        found["nodes"][f"N{n}"] = {"text": str(n), "kind": "", "children": []}
        found["nodes"][f"N{n // 3 or 1}"]["children"].append(f"N{n}")
    seen = map_export.glimpse(found)
    assert len(seen["nodes"]) <= map_export.SMALL
    assert tree.faults(seen) == []


def test_a_removed_map_comes_back(room):
    map = made(room)
    assert room.api("em", "PATCH", room.at(f"/maps/{map}"), {"removed": True}).json["removed"] is True
    assert room.api("em", "GET", room.at(f"/maps/{map}.json")).status_code == 404
    assert room.api("em", "GET", room.at("/maps")).json["removed"][0]["id"] == map
    room.api("em", "PATCH", room.at(f"/maps/{map}"), {"removed": False, "title": "Tên mới"})
    assert reads(room, map)["title"] == "Tên mới"


def test_views_say_when_how_much_and_what_is_missing(room):
    map = made(room, "blank")
    for op in (
        {"add": {"node": {"id": "c", "text": "12/11/2025: nhận 600 tr", "amount": 600_000_000}, "parent": "N1"}},
        {"add": {"node": {"id": "d", "text": "05/2025: nhận 450 tr", "amount": 450_000_000, "bl": "161",
                          "when": {"from": "2025-05-01", "to": "2025-05-31", "precision": "month"}}, "parent": "N1"}},
        {"add": {"node": {"id": "t", "text": "Tổng", "kind": "civil", "amount": 1_050_000_000,
                          "sums": [[{"node": "c", "sign": 1}, {"node": "d", "sign": 1}],
                                   [{"node": "c", "sign": 1}, {"node": "d", "sign": -1}]]}, "parent": "N1"}},
        {"add": {"node": {"id": "m", "text": "khai khác nhau", "kind": "conf", "bl": "–"}, "parent": "N1"}},
        {"add": {"node": {"id": "g", "text": "chưa thu", "kind": "gap"}, "parent": "N1"}},
    ):  # fmt: skip
        assert does(room, map, **op).status_code == 200
    seen = room.api("em", "GET", room.at(f"/maps/{map}/views")).json
    assert [each["node"] for each in seen["timeline"]["dated"]] == ["d"]
    assert seen["timeline"]["proposed"]["c"]["from"] == "2025-11-12"
    assert [each["agrees"] for each in seen["money"]["sums"]] == [True, False]
    assert seen["contradictions"] == ["m"]
    assert seen["without_bl"] == ["c", "t"]  # a dash says that there is none


def test_a_picture_of_a_node_is_seen_by_whoever_sees_the_node(room):
    map = hides(room)
    answer = room.sends("em", room.at(f"/maps/{map}/files"), PNG, "anh.png").json
    does(room, map, edit={"node": "kin", "set": {"picture": answer}})
    room.api("em", "POST", room.at(f"/maps/{map}/versions"), {})
    at = room.at(f"/maps/{map}/files/{answer['sha']}")
    assert room.api("em", "GET", at).content_type in ("image/png", "image/jpeg")
    assert room.api("phuong", "GET", at).status_code == 404
    assert room.sends("em", room.at(f"/maps/{map}/files"), b"<svg/>", "anh.svg").status_code == 422

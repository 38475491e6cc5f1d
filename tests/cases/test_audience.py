"""What an audience may not see is not in what it gets, nor can it be reckoned."""

import json

from meetingroom.cases import audience, node_fields, tree


def hidden_branch() -> dict:
    found = tree.new_map("Vụ án A")
    found["nodes"] |= {
        "N1": {**found["nodes"]["N1"], "children": ["N2", "N3", "N5"], "note": "lời dặn riêng"},
        "N2": node_fields.new_node(text="Công khai", note="ai cũng đọc", note_for="room", amount=5,
                                   sums=[[{"node": "N3", "sign": 1}], [{"node": "N5", "sign": 1}]]),
        "N3": node_fields.new_node(text="KÍN", audience="owner", children=["N4"], amount=3),
        "N4": node_fields.new_node(text="KÍN con"),
        "N5": node_fields.new_node(text="Lãnh đạo", audience="leaders"),
    }  # fmt: skip
    found["links"] = {"L1": {"from": "N2", "to": "N4", "kind": "", "text": "KÍN nối"}}
    found["bin"] = [{"node": "N9", "parent": "N1", "before": "", "nodes": {"N9": {"text": "KÍN bỏ"}}, "links": {}}]
    return found


def test_a_hidden_branch_is_absent_with_its_links_its_sums_and_the_bin():
    seen = audience.cut(hidden_branch(), "room")
    assert list(seen["nodes"]) == ["N1", "N2"]
    assert seen["nodes"]["N1"]["children"] == ["N2"]
    assert "KÍN" not in json.dumps(seen, ensure_ascii=False)
    assert "sums" not in seen["nodes"]["N2"]
    assert "note" not in seen["nodes"]["N1"]
    assert seen["nodes"]["N2"]["note"] == "ai cũng đọc"


def test_leaders_see_their_branch_and_notes_but_not_the_owners():
    seen = audience.cut(hidden_branch(), "leaders")
    assert list(seen["nodes"]) == ["N1", "N2", "N5"]
    assert seen["nodes"]["N1"]["note"] == "lời dặn riêng"


def test_the_owner_sees_all():
    assert list(audience.cut(hidden_branch(), "owner")["nodes"]) == ["N1", "N2", "N3", "N4", "N5"]


def test_nobody_gets_a_wider_cut_than_their_own():
    assert audience.narrower("owner", "room") == "room"
    assert audience.narrower("room", "owner") == "room"
    assert audience.narrower("nonsense", "leaders") == "leaders"


def test_a_note_that_is_not_shown_is_not_in_what_the_file_had_beside_it_either():
    found = hidden_branch()
    beside = {"title": "Công khai", "callout": [{"title": "KÍN dặn"}], "summary": [{"id": "s", "title": "KÍN tóm"}],
              "summaries": [{"topicId": "s"}], "children.other": [{"title": "KÍN khác"}]}  # fmt: skip
    found["nodes"]["N1"]["extra"] = {"topic": beside}
    assert "KÍN" not in json.dumps(audience.cut(found, "room"), ensure_ascii=False)
    assert "KÍN dặn" in json.dumps(audience.cut(found, "leaders")["nodes"]["N1"], ensure_ascii=False)

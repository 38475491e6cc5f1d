"""The branches of a map in the first HTML of its page: those that its script draws then, and to whom."""

import json
import re
from pathlib import Path

import pytest

from meetingroom.cases.first_branches import first_branches
from tests.cases.test_maps import does, hides

# tests/js/map-ops.test.js asks the script's own reckoning for the same.
SAME = json.loads((Path(__file__).parents[1] / "js/first-branches.json").read_text("utf-8"))


def a_map(branches: list) -> dict:
    nodes = {"N1": {"text": "Vụ án", "kind": "root", "children": [f"b{n}" for n in range(len(branches))]}}
    for n, (text, bl, fold, below) in enumerate(branches):
        children = [f"b{n}-{m}" for m in range(below)]
        nodes[f"b{n}"] = {"text": text, "bl": bl, "fold": fold, "kind": "", "children": children}
        nodes |= {child: {"text": "Con", "kind": "", "children": []} for child in children}
    return {"root": "N1", "nodes": nodes}


@pytest.mark.parametrize("case", SAME, ids=[each["what"] for each in SAME])
def test_what_is_open_at_first_and_how_high_that_is(case):
    first = first_branches(a_map(case["branches"]))
    boxes = [(first["right"] if n % 2 else first["left"])[n // 2] for n in range(len(case["branches"]))]
    assert [n for n, box in enumerate(boxes) if box["below"]] == case["open"]
    assert [box["count"] for box in boxes] == [below for *_, below in case["branches"]]
    assert first["high"] == {"both": case["both"], "right": case["right"]}


def test_the_page_of_a_map_has_its_branches_as_whoever_asks_may_see_them(room):
    map = hides(room)
    assert does(room, map, edit={"node": "open", "set": {"text": "<b>công khai</b>"}}).status_code == 200
    room.api("em", "POST", room.at(f"/maps/{map}/versions"), {})
    seen = {
        name: re.findall('class="text">(.*?)<', room.browser(name).client.get(f"/cases/{room.case}/maps/{map}").text)
        for name in ("em", "an", "phuong")
    }
    assert "&lt;b&gt;công khai&lt;/b&gt;" in seen["phuong"]
    assert set(seen["an"]) - set(seen["phuong"]) == {"CHO LÃNH ĐẠO"}
    assert set(seen["em"]) - set(seen["an"]) == {"RẤT KÍN", "KÍN CON"}

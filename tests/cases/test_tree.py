"""Two people at one mind map: the server orders what they do, and no text is lost."""

import random

import pytest

from meetingroom.cases import tree
from meetingroom.meeting.kernel import Refused


def grown(*nodes: tuple[str, str]) -> dict:
    """A map with these (node, parent)."""
    found = tree.new_map("Vụ án A")
    for node, parent in nodes:
        found = done(found, add={"node": {"id": node, "text": f"Nội dung {node}"}, "parent": parent})
    return found


def done(found: dict, rev: int | None = None, **op) -> dict:
    return tree.apply(found, {"id": "x", "rev": found["rev"] if rev is None else rev, **op})


def refused(found: dict, rev: int | None = None, **op) -> Refused:
    with pytest.raises(Refused) as caught:
        done(found, rev, **op)
    return caught.value


FAMILY = (("a", "N1"), ("b", "a"), ("c", "b"), ("d", "N1"))


def test_a_branch_moves_with_all_that_hangs_on_it():
    found = done(grown(*FAMILY), move={"node": "b", "parent": "d"})
    assert found["nodes"]["d"]["children"] == ["b"]
    assert found["nodes"]["b"]["children"] == ["c"]
    assert found["nodes"]["a"]["children"] == []


def test_a_node_does_not_hang_below_itself():
    assert refused(grown(*FAMILY), move={"node": "a", "parent": "c"}).code == "cycle"
    assert refused(grown(*FAMILY), move={"node": "a", "parent": "a"}).code == "cycle"


def test_two_who_move_branches_into_each_other_make_no_ring():
    found = grown(("a", "N1"), ("b", "N1"))
    rev = found["rev"]
    found = done(found, rev, move={"node": "a", "parent": "b"})
    assert refused(found, rev, move={"node": "b", "parent": "a"}).code == "cycle"


def test_before_a_sibling_that_is_gone_is_at_the_end():
    found = done(grown(*FAMILY), add={"node": {"id": "e", "text": ""}, "parent": "N1", "before": "gone"})
    assert found["nodes"]["N1"]["children"] == ["a", "d", "e"]


def test_two_fields_merge_and_one_does_not():
    found = grown(*FAMILY)
    rev = found["rev"]
    found = done(found, rev, edit={"node": "a", "set": {"text": "của Nam"}})
    found = done(found, rev, edit={"node": "a", "set": {"bl": "84-86"}})
    answer = refused(found, rev, edit={"node": "a", "set": {"text": "của Em"}})
    assert answer.code == "changed"
    assert answer.details["conflicts"] == {"text": {"mine": "của Em", "theirs": "của Nam"}}
    assert found["nodes"]["a"]["bl"] == "84-86"
    assert done(found, rev, edit={"node": "a", "set": {"text": "của Nam"}})["rev"] == found["rev"] + 1


def test_what_is_removed_lies_in_the_bin_and_comes_back_with_its_links():
    found = done(grown(*FAMILY), link={"id": "l", "from": "c", "to": "d", "kind": "bác bỏ"})
    found = done(found, remove={"node": "b"})
    assert "c" not in found["nodes"]
    assert found["links"] == {}
    found = done(found, restore={"node": "b"})
    assert found["nodes"]["a"]["children"] == ["b"]
    assert found["links"]["l"] == {"from": "c", "to": "d", "kind": "refutes", "text": ""}
    assert found["bin"] == []


def test_a_link_between_two_branches_in_the_bin_comes_back_with_the_second():
    found = done(grown(*FAMILY), link={"id": "l", "from": "b", "to": "d"})
    for name, node in (("remove", "d"), ("remove", "b"), ("restore", "d"), ("restore", "b")):
        found = done(found, **{name: {"node": node}})
    assert list(found["links"]) == ["l"]


def test_whoever_writes_below_a_removed_node_gets_the_text_back():
    found = grown(*FAMILY)
    rev = found["rev"]
    found = done(found, remove={"node": "a"})
    for op in (
        {"add": {"node": {"id": "e", "text": "lời khai mới"}, "parent": "c"}},
        {"edit": {"node": "c", "set": {"text": "lời khai mới"}}},
    ):
        answer = refused(found, rev, **op)
        assert (answer.code, answer.details["text"]) == ("parent_removed", "lời khai mới")


def test_an_undo_is_refused_when_the_node_has_moved_on():
    found = grown(*FAMILY)
    op = {"id": "o", "rev": found["rev"], "edit": {"node": "a", "set": {"text": "mới"}}}
    back = tree.inverse(found, op)
    found = tree.apply(found, op)
    rev = found["rev"]
    assert done(found, rev, undoes="o", **back)["nodes"]["a"]["text"] == "Nội dung a"
    found = done(found, edit={"node": "a", "set": {"text": "của người khác"}})
    assert refused(found, rev, undoes="o", **back).code == "moved_on"


@pytest.mark.parametrize(
    "op",
    [
        {"add": {"node": {"id": "a b", "text": ""}, "parent": "N1"}},
        {"add": {"node": {"id": "e", "text": "x" * 2001}, "parent": "N1"}},
        {"add": {"node": {"id": "e", "text": 5}, "parent": "N1"}},
        {"add": {"node": {"id": "e", "text": "", "children": ["N1"]}, "parent": "N1"}, "remove": {"node": "a"}},
        {"edit": {"node": "a", "set": {"children": []}}},
        {"edit": {"node": "a", "set": {"amount": 1.5}}},
        {"edit": {"node": "a", "set": {"when": {"from": "2025-13-01"}}}},
        {"edit": {"node": "a", "set": {"link": "javascript:alert(1)"}}},
        {"edit": {"node": ["a"], "set": {"text": ""}}},
        {"jump": {"node": "a"}},
        {},
    ],
)
def test_nonsense_is_refused_and_changes_nothing(op):
    found = grown(*FAMILY)
    assert refused(found, **op).code == "malformed"
    assert found == grown(*FAMILY)


def test_two_editors_at_random_end_with_the_same_map_and_lose_no_text():
    """Each acts on what he last saw; the server orders; both take what was accepted. 10,000 operations."""
    chance = random.Random(12)
    server = tree.new_map("Vụ án")
    seen = [server, server]
    log: list[dict] = []
    trays: set[str] = set()
    written: dict[str, tuple[str, int]] = {}  # text → (node, the revision that has it)
    lost: list[str] = []
    codes: set[str] = set()
    for n in range(10_000):
        who = n % 2
        if chance.random() < 0.5:  # he hears what happened meanwhile
            for op in log[seen[who]["rev"] :]:
                seen[who] = tree.apply(seen[who], op)
        op = random_op(chance, seen[who], n)
        typed = next(iter(typed_in(op)), None)
        try:
            after = tree.apply(server, op)
        except Refused as no:
            codes.add(no.code)
            if typed:
                trays.add(typed[1])
            continue
        if typed:
            old = server["nodes"].get(typed[0], {}).get("text", "")
            if old in written and old != typed[1] and written[old][1] > op["rev"]:
                lost.append(old)
            written[typed[1]] = (typed[0], after["rev"])
        server = after
        log.append(op)
        if n % 500 == 0:
            assert tree.faults(server) == []
    for who in (0, 1):
        for op in log[seen[who]["rev"] :]:
            seen[who] = tree.apply(seen[who], op)
    assert seen[0] == seen[1] == server
    assert tree.faults(server) == []
    assert lost == []
    assert trays
    assert codes <= {"cycle", "parent_removed", "changed", "node_gone", "no_such_link", "root_stays", "taken"}
    assert len(server["nodes"]) > 20


def typed_in(op: dict):
    if "add" in op:
        yield op["add"]["node"]["id"], op["add"]["node"]["text"]
    if "edit" in op:
        yield op["edit"]["node"], op["edit"]["set"]["text"]


def random_op(chance: random.Random, found: dict, n: int) -> dict:
    nodes = list(found["nodes"])[:60]
    one, other = chance.choice(nodes), chance.choice(nodes)
    removed = [each["node"] for each in found["bin"]]
    kinds = ["add"] * 3 + ["edit"] * 3 + ["move"] * 3 + ["remove"] + ["restore"] * 2 + ["link", "unlink"]
    kind = "add" if len(nodes) < 20 else chance.choice(kinds)
    wish = {
        "add": {"node": {"id": f"n{n}", "text": f"lời khai {n}"}, "parent": one, "before": other},
        "edit": {"node": one, "set": {"text": f"lời khai {n}"}},
        "move": {"node": one, "parent": other, "before": chance.choice(nodes)},
        "remove": {"node": one},
        "restore": {"node": chance.choice(removed) if removed else "none"},
        "link": {"id": f"l{n}", "from": one, "to": other},
        "unlink": {"id": chance.choice(list(found["links"]) or ["none"])},
    }[kind]
    return {"id": f"o{n}", "rev": found["rev"], kind: wish}

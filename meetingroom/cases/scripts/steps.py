"""Operations on a presentation script: what each one does, and why it may be refused. Pure.

A script is one dict, as it is stored:

    {rev, steps: [step], bin: [{step, before}]}

A step is a reference and nothing more, with a title and a note for whoever presents:

    {id, kind, title, note, stamps: {field: rev}} and, by its kind,
    node      {map, node}
    evidence  {document, page, node?}
    callout   {document, page, rects, marks?}                  (marks: lines of words that are marked in them)
    pair      {left: {document, page}, right: {document, page}, text?}
    media     {media, from?, to?}                              (ms: where it begins and ends)

An operation is {id, rev, <name>: {…}}: what its author had seen was revision `rev`. The server puts them in order.

    add      {steps: [step], before? | after?}    without either: at the end
    edit     {step, set: {title?, note?, rects?, marks?}}
    move     {step, before?}
    remove   {steps: [id]}                        into the bin
    restore  {steps: [id]}

No text is lost: two who change the same field meet as Refused("changed"); what is typed for a step that somebody
removed meanwhile is kept with it in the bin. Where the step is gone beside which another should stand, it stands at the
end.
"""

from typing import Any

from meetingroom.cases.tree import is_id, is_number, read_op
from meetingroom.meeting.kernel import Refused
from meetingroom.word_marks import MARKS, marks_inside, marks_left

KINDS = ("node", "evidence", "callout", "pair", "media")
NAMES = ("add", "edit", "move", "remove", "restore")
MOST, BINNED, AT_ONCE = 2_000, 500, 1_000
TITLE, NOTE, TEXT = 200, 5_000, 300
RECTS = 3  # excerpts over one page
LARGEST_PAGE = 100_000
LONGEST_MEDIUM = 7 * 24 * 3_600_000
FIELDS = ("title", "note", "rects", "marks")
OF_EXCERPTS = {"rects", "marks"}

Script = dict[str, Any]
Step = dict[str, Any]


def new_script() -> Script:
    return {"rev": 0, "steps": [], "bin": []}


def apply(script: Script, op: dict) -> Script:
    """The script after an operation, one revision on; the one given stays as it was. Raises Refused:

    malformed · no_such_step · step_taken (the id) · script_full · mark_outside · bad_mark · too_many_marks
    changed {step, conflicts: {field: {mine, theirs}}}: somebody else changed the same field since `rev`
    moved_on {step}: an undo whose step is no longer as it was left
    """
    name, wish = read_op(op, NAMES)
    new = {"rev": script["rev"] + 1, "steps": list(script["steps"]), "bin": list(script["bin"])}
    DOES[name](new, wish, op["rev"], bool(op.get("undoes")))
    return new


def inverse(script: Script, op: dict) -> dict:
    """What takes an operation back, as {name: {…}}; `script` is as it was before it."""
    name, wish = read_op(op, NAMES)
    if name == "add":
        return {"remove": {"steps": [each["id"] for each in wish["steps"]]}}
    if name == "remove":
        return {"restore": {"steps": list(wish["steps"])}}
    if name == "restore":
        return {"remove": {"steps": list(wish["steps"])}}
    if name == "move":
        return {"move": {"step": wish["step"], "before": follower(script, wish["step"])}}
    step = find(script, wish["step"]) or next(e["step"] for e in script["bin"] if e["step"]["id"] == wish["step"])
    fields = dict.fromkeys([*wish["set"], *(["marks"] if "rects" in wish["set"] else [])])  # marks go with their frames
    return {"edit": {"step": wish["step"], "set": {field: step.get(field, EMPTY.get(field, "")) for field in fields}}}


def find(script: Script, id: str) -> Step | None:
    return next((each for each in script["steps"] if each["id"] == id), None)


def place_of(script: Script, id: str) -> int:
    """-1 where there is no such step."""
    return next((n for n, each in enumerate(script["steps"]) if each["id"] == id), -1)


def follower(script: Script, id: str) -> str:
    """The id of the step behind this one; "" of the last."""
    n = place_of(script, id)
    return script["steps"][n + 1]["id"] if -1 < n < len(script["steps"]) - 1 else ""


def bare(step: Step) -> Step:
    """As it travels."""
    return {name: value for name, value in step.items() if name != "stamps"}


def pages_of(step: Step) -> list[tuple[str, int]]:
    """(document, page) of the pages that a step shows itself; of a node none: the map names them."""
    places = [step["left"], step["right"]] if step["kind"] == "pair" else [step]
    return [(each["document"], each["page"]) for each in places if "document" in each]


# What each operation does


def add(script: Script, wish: dict, rev: int, undoes: bool) -> None:
    said = wish.get("steps")
    if not isinstance(said, list) or not 1 <= len(said) <= AT_ONCE:
        raise Refused("malformed")
    new = [read_step(each) for each in said]
    known = {each["id"] for each in script["steps"]} | {each["step"]["id"] for each in script["bin"]}
    for step in new:
        if step["id"] in known:
            raise Refused("step_taken", step=step["id"])
        known.add(step["id"])
    if len(script["steps"]) + len(new) > MOST:
        raise Refused("script_full", most=MOST)
    at = where(script, wish)
    script["steps"][at:at] = new


def where(script: Script, wish: dict) -> int:
    before, after = wish.get("before", ""), wish.get("after", "")
    if not isinstance(before, str) or not isinstance(after, str):
        raise Refused("malformed")
    n = place_of(script, before) if before else place_of(script, after)
    return len(script["steps"]) if n < 0 else n + (0 if before else 1)


def edit(script: Script, wish: dict, rev: int, undoes: bool) -> None:
    fields = wish.get("set")
    if not isinstance(fields, dict) or not fields or set(fields) - set(FIELDS):
        raise Refused("malformed")
    id = wish.get("step")
    binned = next((n for n, each in enumerate(script["bin"]) if each["step"]["id"] == id), -1)
    at = place_of(script, str(id))
    if at < 0 and binned < 0:
        raise Refused("no_such_step", step=str(id))
    step = script["steps"][at] if at >= 0 else script["bin"][binned]["step"]
    if OF_EXCERPTS & set(fields) and step["kind"] != "callout":
        raise Refused("malformed")
    said = with_marks(step, {field: READ[field](value) for field, value in fields.items()})
    conflicts = {
        field: {"mine": value, "theirs": step.get(field, "")}
        for field, value in said.items()
        if step["stamps"].get(field, 0) > rev and step.get(field, EMPTY.get(field, "")) != value
    }
    if conflicts:
        code = "moved_on" if undoes else "changed"
        raise Refused(code, step=step["id"], conflicts=conflicts, rev=script["rev"] - 1)
    changed = {**step, **said, "stamps": {**step["stamps"], **dict.fromkeys(said, script["rev"])}}
    if not changed.get("marks"):
        changed.pop("marks", None)  # as a step in which nothing was ever marked
    if at >= 0:
        script["steps"][at] = changed
    else:
        script["bin"][binned] = {**script["bin"][binned], "step": changed}


def with_marks(step: Step, said: dict) -> dict:
    """What is marked lies in the frames: what other frames do not hold any more is marked no longer."""
    rects = said["rects"] if "rects" in said else step.get("rects", [])
    if "marks" in said:
        return {**said, "marks": as_lists(marks_inside(said["marks"], rects))}
    if "rects" in said and step.get("marks"):
        return {**said, "marks": as_lists(marks_left(step["marks"], rects))}
    return said


def move(script: Script, wish: dict, rev: int, undoes: bool) -> None:
    n = require(script, wish.get("step"))
    if wish.get("before") == wish["step"]:
        raise Refused("malformed")
    step = script["steps"].pop(n)
    script["steps"].insert(where(script, {"before": wish.get("before", "")}), step)


def remove(script: Script, wish: dict, rev: int, undoes: bool) -> None:
    for id in read_ids(wish):
        n = require(script, id)
        before = follower(script, id)
        script["bin"].append({"step": script["steps"].pop(n), "before": before})
    del script["bin"][:-BINNED]


def restore(script: Script, wish: dict, rev: int, undoes: bool) -> None:
    """The last one that was removed first: each finds the one before which it stood."""
    ids = read_ids(wish)
    if len(script["steps"]) + len(ids) > MOST:
        raise Refused("script_full", most=MOST)
    for id in reversed(ids):
        n = next((n for n, each in enumerate(script["bin"]) if each["step"]["id"] == id), -1)
        if n < 0:
            raise Refused("moved_on" if undoes else "no_such_step", step=id)
        lying = script["bin"].pop(n)
        script["steps"].insert(where(script, lying), lying["step"])


DOES = {"add": add, "edit": edit, "move": move, "remove": remove, "restore": restore}


def require(script: Script, id: Any) -> int:
    n = place_of(script, id) if isinstance(id, str) else -1
    if n < 0:
        raise Refused("no_such_step", step=str(id)[:64])
    return n


def read_ids(wish: dict) -> list[str]:
    ids = wish.get("steps")
    if not isinstance(ids, list) or not 1 <= len(ids) <= AT_ONCE or not all(isinstance(id, str) for id in ids):
        raise Refused("malformed")
    return list(dict.fromkeys(ids))


# What is read from outside


def read_step(said: Any) -> Step:
    """A new step, whose shape is right. Raises Refused("malformed")."""
    if not isinstance(said, dict) or not is_id(said.get("id")) or said.get("kind") not in KINDS:
        raise Refused("malformed")
    kind = said["kind"]
    found: Step = {"id": said["id"], "kind": kind, **BY_KIND[kind](said)}
    for field in ("title", "note"):
        found[field] = READ[field](said.get(field, ""))
    return {**found, "stamps": {}}


def read_page(said: Any) -> dict:
    """{document, page}, and `node` where a node of the map leads there."""
    if not isinstance(said, dict):
        raise Refused("malformed")
    document, page, node = said.get("document"), said.get("page", 0), said.get("node", "")
    if not is_id(document) or not is_number(page) or not 1 <= page <= LARGEST_PAGE or (node and not is_id(node)):
        raise Refused("malformed")
    return {"document": document, "page": page} | ({"node": node} if node else {})


def read_node(said: dict) -> dict:
    if not is_id(said.get("map")) or not is_id(said.get("node")):
        raise Refused("malformed")
    return {"map": said["map"], "node": said["node"]}


def read_callout(said: dict) -> dict:
    rects = read_rects(said.get("rects"))
    marks = as_lists(marks_inside(read_marks(said.get("marks", [])), rects))
    return {**read_page(said), "rects": rects, **({"marks": marks} if marks else {})}


def read_pair(said: dict) -> dict:
    text = read_text(said.get("text", ""), TEXT)
    sides = {side: read_page(said.get(side)) for side in ("left", "right")}
    return {**sides, **({"text": text} if text else {})}


def read_medium(said: dict) -> dict:
    if not is_id(said.get("media")):
        raise Refused("malformed")
    found: Step = {"media": said["media"]}
    for name in ("from", "to"):
        moment: Any = said.get(name, 0)
        if not is_number(moment) or moment > LONGEST_MEDIUM:
            raise Refused("malformed")
        if name in said:
            found[name] = moment
    if found.get("to", LONGEST_MEDIUM) < found.get("from", 0):
        raise Refused("malformed")
    return found


BY_KIND = {"node": read_node, "evidence": read_page, "callout": read_callout, "pair": read_pair, "media": read_medium}


def read_rects(said: Any) -> list[list[float]]:
    """Up to three excerpts `[x, y, width, height]` in fractions of their page. Raises Refused("malformed")."""
    if not isinstance(said, (list, tuple)) or not 1 <= len(said) <= RECTS:
        raise Refused("malformed")
    return [read_rect(each) for each in said]


def read_rect(said: Any) -> list[float]:
    if not isinstance(said, (list, tuple)) or len(said) != 4:
        raise Refused("malformed")
    if not all(type(value) in (int, float) and 0 <= value <= 1 for value in said):
        raise Refused("malformed")
    x, y, width, height = (round(float(value), 5) for value in said)
    width, height = min(width, round(1 - x, 5)), min(height, round(1 - y, 5))
    if width < 0.005 or height < 0.005:
        raise Refused("malformed")
    return [x, y, width, height]


def read_marks(said: Any) -> list[Any]:
    """Lines of words, each a frame `[x, y, width, height]`; whether they lie in an excerpt is asked of
    `word_marks.marks_inside`. Raises Refused: malformed | too_many_marks."""
    if not isinstance(said, (list, tuple)):
        raise Refused("malformed")
    if len(said) > MARKS:
        raise Refused("too_many_marks", limit=MARKS)
    for each in said:
        if not isinstance(each, (list, tuple)) or len(each) != 4:
            raise Refused("malformed")
        if not all(type(value) in (int, float) for value in each):
            raise Refused("malformed")
    return list(said)


def as_lists(marks: tuple) -> list[list[float]]:
    return [list(each) for each in marks]


def read_text(said: Any, longest: int) -> str:
    """Raises Refused("malformed"): no text, or too long a one."""
    if not isinstance(said, str) or len(said) > longest or "\x00" in said:
        raise Refused("malformed")
    try:
        said.encode()
    except UnicodeEncodeError:  # half a character
        raise Refused("malformed") from None
    return said


READ = {
    "title": lambda said: read_text(said, TITLE),
    "note": lambda said: read_text(said, NOTE),
    "rects": read_rects,
    "marks": read_marks,
}
EMPTY: dict[str, Any] = {"rects": [], "marks": []}

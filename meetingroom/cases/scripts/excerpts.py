"""All excerpts that are kept in a case, to be looked at: the words in them, what their page was called when they were
drawn or looked at last, whether the scan is another one since, and which steps of scripts show them."""

from itertools import groupby
from typing import Any

from meetingroom import clock
from meetingroom.cases import room_maps, store
from meetingroom.cases.scripts import callout_store as kept
from meetingroom.cases.scripts import changes
from meetingroom.cases.scripts import store as scripts
from meetingroom.config import Settings
from meetingroom.documents.content_store import ContentStore

LONGEST = 240  # letters of the words of an excerpt
MEANT = 0.45  # of a word that lies in a frame, as the screens have it (static/js/case/snap.js)

Box = list[float]


def list_all(db, case: str) -> list[dict[str, Any]]:
    """As `kept.list_kept`, each with {label, volume, was: what its page was called, gone: it has no page any more,
    used: [{script, title, step, n}]}."""
    documents = {each["document"]: each for each in store.list_documents(db, case)}
    used = uses(db, case)
    found = kept.list_kept(db, case)
    for each in found:
        document = documents.get(each["document"])
        each["gone"] = document is None or each["page"] > (document["pages"] or 0)
        each["label"], each["volume"] = ("", "") if each["gone"] else room_maps.page_label(db, *place_of(each))
        each["was"] = each["label_then"] if each["label_then"] not in ("", each["label"]) else ""
        each["used"] = used.get(word_of(each), [])
    return found


def uses(db, case: str) -> dict[tuple, list[dict]]:
    """By place and frames: the steps of scripts that show an excerpt."""
    found: dict[tuple, list[dict]] = {}
    for row in scripts.list_scripts(db, case):
        script = scripts.find(db, case, row["id"])
        for n, step in enumerate(script["script"]["steps"] if script else [], 1):
            if step["kind"] == "callout":
                use = {"script": row["id"], "title": row["title"], "step": step["id"], "n": n}
                found.setdefault(word_of(step), []).append(use)
    return found


def word_of(each: dict) -> tuple:
    """What an excerpt shows: a page and frames in thousandths, as two that are the same on a screen."""
    frames = tuple(tuple(round(value * 1000) for value in rect) for rect in each["rects"])
    return (each["document"], each["page"], frames)


def place_of(each: dict) -> tuple[str, int]:
    return each["document"], each["page"]


def move_steps(db, case: str, before: dict, rects: list[Box], by: str) -> int:
    """Steps of scripts that showed the excerpt as it was show it as it is drawn now; how many."""
    moved = 0
    for use in uses(db, case).get(word_of(before), []):
        row = scripts.find(db, case, use["script"])
        if row is None:
            continue
        wish = {"step": use["step"], "set": {"rects": rects}}
        scripts.perform(db, row, {"id": clock.new_id(), "rev": row["rev"], "edit": wish}, by)
        scripts.save(db, row)
        changes.note(db, case, row, by)
        moved += 1
    return moved


def read_words(settings: Settings, shas: dict[str, str], found: list[dict]) -> None:
    """Adds `words`: what stands in the frames, as far as the words of the page are known. Reads files."""
    for (document, page), here in groupby(found, place_of):  # as they are listed: of one page at a time
        sha = shas.get(document, "")
        record = ContentStore(settings, sha).record(page) if sha else None
        words = (record or {}).get("words", [])
        for each in here:
            said = " … ".join(filter(None, (words_in(words, rect) for rect in each["rects"])))
            each["words"] = said if len(said) <= LONGEST else f"{said[:LONGEST].rsplit(' ', 1)[0]} …"


def words_in(words: list[dict], rect: Box) -> str:
    meant = [
        word["text"] for word in words if max(part(box, rect) for box in word.get("boxes") or [word["box"]]) >= MEANT
    ]
    return " ".join(meant)


def part(box: Box, other: Box) -> float:
    """How much of a box lies in another, 0 to 1."""
    across = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
    down = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
    size = box[2] * box[3]
    return across * down / size if across > 0 and down > 0 and size > 0 else 0.0

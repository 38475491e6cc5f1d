"""What observers do to the entries of a trial: each writes and changes his own; what two of them wrote of the same
moment is joined by hand, and taken apart again. Callers bring the transaction."""

import time
from collections.abc import Callable
from typing import Any

from meetingroom import clock
from meetingroom.cases import citation, store_numbers
from meetingroom.cases.court import fields, store
from meetingroom.cases.fields import Wrong
from meetingroom.meeting.kernel import Refused
from meetingroom.web.json_body import is_command_id

MOST_CITED = 20  # labels of one entry that are kept with it
LONGEST_RANGE = 2000  # of sheets; who cites more than this means the file
Cited = dict[tuple[str, str], list[dict]]
SPEAKER = ("role", "name")


def cited_by(db, case: str, entry: dict, at: int) -> list[dict]:
    """The pages that an entry means, in its field and in its text: [{label, result, document, page}]."""
    found: list[dict] = []
    if not store_numbers.count_labels(db, case):
        return found  # nothing is numbered yet: nothing can be missing
    parsed = [*citation.parse(entry["bl"], field=True), *citation.parse(entry["text"], field=False)]
    for each in parsed[:MOST_CITED]:
        if each.weight() > LONGEST_RANGE:
            continue
        for item in store_numbers.resolve(db, case, each, at=at).items:
            first = item["pages"][0] if item["pages"] else {"document": "", "page": 0}
            one = {"label": item["label"], "result": item["result"], "document": first["document"],
                   "page": first["page"]}  # fmt: skip
            if one not in found:
                found.append(one)
    return found[:MOST_CITED]


def look_up(db, hearing: dict, acts: list, sent_at: Any) -> Cited:
    """The pages that what is to be written means, found before anything is locked: {(BL, text): pages}."""
    found: Cited = {}
    for wish in acts:
        try:
            if "put" in wish:
                entry = fields.read_entry(wish["put"])
            elif "edit" in wish and is_command_id(wish.get("id")):
                row = store.find_entry(db, hearing["id"], wish["id"]) or {}
                entry = {"bl": row.get("bl", ""), "text": row.get("text", "")}
                entry |= fields.read_entry(wish["edit"], known=True)
            else:
                continue
        except (Wrong, TypeError):
            continue  # it is refused when it is done
        at = fields.when(clock.now(), wish.get("at"), sent_at)["moment"]
        key = (entry["bl"], entry["text"])
        if key not in found:
            found[key] = cited_by(db, hearing["case"], entry, at)
            time.sleep(0)  # others are answered between them
    return found


def act(db, hearing: dict, by: str, wish: Any, sent_at: Any, cited: Cited) -> str:
    """One act of somebody in a trial (with its `left`), with what `look_up` found; returns the id of its entry. What
    was done under its `op` already is not done again.

    Raises Refused: malformed | court_entry (with `field`) | court_full | court_id_taken | court_not_yours |
    no_such_entry | court_removed | court_same.
    """
    if not isinstance(wish, dict) or not all(is_command_id(wish.get(key)) for key in ("op", "id")):
        raise Refused("malformed")
    known = store.done(db, hearing["id"], wish["op"])
    if known:
        if known["by"] != by:
            raise Refused("court_id_taken")
        return known["entry"]
    kinds = [kind for kind in ACTS if kind in wish]
    if len(kinds) != 1:
        raise Refused("malformed")
    try:
        return ACTS[kinds[0]](db, hearing, by, wish, sent_at, cited)
    except Wrong as wrong:
        raise Refused("court_entry", field=wrong.field, why=wrong.why) from None


def put(db, hearing: dict, by: str, wish: dict, sent_at: Any, cited: Cited) -> str:
    """`{put: {phase, role, name, kind, text, bl, site}, at}`: an entry; whoever speaks in it is in the list from now
    on."""
    entry = fields.read_entry(wish["put"])
    take_room(hearing, entries=1, letters=len(entry["text"]))
    at = clock.now()
    times = {"at": at, **fields.when(at, wish.get("at"), sent_at)}
    pages = cited.get((entry["bl"], entry["text"]), [])
    store.add_entry(db, hearing, wish["id"], by, {**entry, **times}, pages)
    store.note(db, hearing, wish["op"], wish["id"], by, "put")
    remember_speaker(db, hearing, entry)
    return wish["id"]


def take_room(hearing: dict, *, entries: int, letters: int) -> None:
    """`hearing["left"]`: `store.room_left`, counted once for all acts of a request. Raises Refused: court_full."""
    left = hearing["left"]
    if entries > left["entries"] or letters > left["letters"]:
        raise Refused("court_full")
    left["entries"] -= entries
    left["letters"] -= letters


def remember_speaker(db, hearing: dict, entry: dict) -> None:
    speaker = {key: entry[key] for key in SPEAKER}
    if any(speaker.values()) and speaker not in hearing["people"] and len(hearing["people"]) < fields.MOST_PEOPLE:
        hearing["people"].append(speaker)
        store.change_hearing(db, hearing["id"], {"people": hearing["people"]})


def edit(db, hearing: dict, by: str, wish: dict, _sent_at: Any, cited: Cited) -> str:
    """`{edit: {…}}`: one's own entry says something else; what it said is kept."""
    row = own(db, hearing, by, wish["id"])
    changes = {key: value for key, value in fields.read_entry(wish["edit"], known=True).items() if row[key] != value}
    if not changes:
        return row["id"]
    after = {key: row[key] for key in fields.ENTRY} | changes
    take_room(hearing, entries=0, letters=len(after["text"]) - len(row["text"]))
    store.note(db, hearing, wish["op"], row["id"], by, "edit", {key: row[key] for key in changes})
    more: dict[str, Any] = {"edits": row["edits"] + 1, "edited_at": clock.now(), "plain": fields.folded_entry(after)}
    if {"text", "bl"} & set(changes):
        pages = cited.get((after["bl"], after["text"]))
        more["cited"] = store.dump(pages if pages is not None else cited_by(db, hearing["case"], after, row["moment"]))
    store.change_entry(db, hearing["id"], row["id"], changes | more)
    remember_speaker(db, hearing, after)
    return row["id"]


def remove(db, hearing: dict, by: str, wish: dict, _sent_at: Any, _cited: Cited) -> str:
    """`{remove: true | false}`: one's own entry goes, or comes back; that it went, when and by whom, stays."""
    row = own(db, hearing, by, wish["id"], removed=True)
    if bool(row["removed_at"]) == bool(wish["remove"]):
        return row["id"]
    part(db, hearing, by, row, f"{wish['op']}/part")
    store.note(db, hearing, wish["op"], row["id"], by, "remove" if wish["remove"] else "restore")
    store.change_entry(db, hearing["id"], row["id"], {"removed_at": clock.now() if wish["remove"] else 0})
    return row["id"]


def mark(db, hearing: dict, by: str, wish: dict, _sent_at: Any, _cited: Cited) -> str:
    """`{mark: true | false}`: an entry that is to be looked at again, by whichever observer says so."""
    row = there(db, hearing, wish["id"])
    if bool(row["marked"]) != bool(wish["mark"]):
        store.note(db, hearing, wish["op"], row["id"], by, "mark" if wish["mark"] else "unmark")
        store.change_entry(db, hearing["id"], row["id"], {"marked": by if wish["mark"] else ""})
    return row["id"]


def join(db, hearing: dict, by: str, wish: dict, _sent_at: Any, _cited: Cited) -> str:
    """`{join: id of another}`: both tell of the same; each keeps its text and its author, they count once. The
    earliest stands for all."""
    one, other = there(db, hearing, wish["id"]), there(db, hearing, wish["join"])
    heads = [there(db, hearing, row["joined"] or row["id"]) for row in (one, other)]
    if heads[0]["id"] == heads[1]["id"]:
        raise Refused("court_same")
    first, second = sorted(heads, key=lambda row: (row["moment"], row["n"]))
    moved = [second["id"], *store.list_joined(db, second["id"])]
    store.note(db, hearing, wish["op"], second["id"], by, "join", {"to": first["id"]})
    for id in moved:
        store.change_entry(db, hearing["id"], id, {"joined": first["id"], "joined_by": by})
    store.change_entry(db, hearing["id"], first["id"], {})
    return wish["id"]


def unjoin(db, hearing: dict, by: str, wish: dict, _sent_at: Any, _cited: Cited) -> str:
    """`{unjoin: true}`: the entry stands for itself again; that for which others stood leaves them to the next one."""
    row = there(db, hearing, wish["id"])
    part(db, hearing, by, row, wish["op"])
    return row["id"]


def part(db, hearing: dict, by: str, row: dict, op: str) -> None:
    others = store.list_joined(db, row["id"])
    if not row["joined"] and not others:
        return
    store.note(db, hearing, op, row["id"], by, "unjoin", {"from": row["joined"] or others[0]})
    if row["joined"]:
        store.change_entry(db, hearing["id"], row["id"], {"joined": "", "joined_by": ""})
        store.change_entry(db, hearing["id"], row["joined"], {})
        return
    for id in others:
        alone = id == others[0]
        store.change_entry(
            db, hearing["id"], id, {"joined": "" if alone else others[0], **({"joined_by": ""} if alone else {})}
        )
    store.change_entry(db, hearing["id"], row["id"], {})


def own(db, hearing: dict, by: str, id: Any, removed: bool = False) -> dict:
    row = there(db, hearing, id, removed=removed)
    if row["by"] != by:
        raise Refused("court_not_yours")
    return row


def there(db, hearing: dict, id: Any, removed: bool = False) -> dict:
    row = store.find_entry(db, hearing["id"], id) if is_command_id(id) else None
    if row is None:
        raise Refused("no_such_entry")
    if row["removed_at"] and not removed:
        raise Refused("court_removed")
    return row


ACTS: dict[str, Callable[[Any, dict, str, dict, Any, Cited], str]] = {
    "put": put, "edit": edit, "remove": remove, "mark": mark, "join": join, "unjoin": unjoin,
}  # fmt: skip

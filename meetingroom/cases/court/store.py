"""Trials that are followed, their observers and entries, in SQLite. Callers bring the transaction.

Every change of an entry leaves a row in `court_changes` with what was before; `op` is the id that the device gave it,
so that what comes twice is done once.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from meetingroom import clock, log
from meetingroom.cases.court import fields, terms
from meetingroom.database import fetch_all, fetch_one
from meetingroom.meeting.kernel import Refused

JSON = ("days", "sites", "prosecutors", "people")
MOST_HEARINGS, MOST_OBSERVERS, MOST_ENTRIES, MOST_LETTERS = 200, 50, 10_000, 4_000_000
WINDOW = 200  # entries of one answer
ENTRY = (
    "select court_entries.*, coalesce(writer.name, '') as by_name, coalesce(marker.name, '') as marked_name,"
    " coalesce(joiner.name, '') as joined_name from court_entries"
    ' left join users writer on writer.id = court_entries."by" left join users marker on marker.id = marked'
    " left join users joiner on joiner.id = joined_by "
)
HEAD = "case when joined = '' then court_entries.id else joined end"  # what stands for an entry: itself, or that


def needed(db, sql: str, values: tuple) -> dict:
    """A row that is always there."""
    return fetch_one(db, sql, values) or {}


# Hearings


def add_hearing(db, case: str, by: str, values: dict[str, Any]) -> str:
    id = clock.new_id()
    kept = {key: json.dumps(value, ensure_ascii=False) if key in JSON else value for key, value in values.items()}
    db["court_hearings"].insert({"id": id, "case": case, "by": by, "at": clock.now(), **kept})
    return id


def find_hearing(db, case: str, id: str) -> dict | None:
    row = fetch_one(db, 'select * from court_hearings where id = ? and "case" = ?', (id, case))
    return row and decode(row)


def decode(row: dict) -> dict:
    return {**row, **{key: json.loads(row[key]) for key in JSON}}


def list_hearings(db, case: str) -> list[dict]:
    """Those of a case, the latest first, with `entries`, `violations` and `observers` (names)."""
    rows = fetch_all(
        db,
        "select court_hearings.*,"  # noqa: S608 (ours: values are apart)
        " (select count(*) from court_entries where hearing = court_hearings.id and removed_at = 0 and joined = '')"
        f" as entries, (select count(distinct {HEAD}) from court_entries where hearing = court_hearings.id"
        " and removed_at = 0 and kind = 'violation') as violations,"
        " (select group_concat(name, ', ') from (select users.name from court_observers join users"
        "  on users.id = person where hearing = court_hearings.id order by users.name)) as observers"
        ' from court_hearings where "case" = ? order by court_hearings.at desc, court_hearings.rowid desc',
        (case,),
    )
    return sorted(map(decode, rows), key=lambda row: max(row["days"], default=""), reverse=True)


def count_hearings(db, case: str) -> int:
    return needed(db, 'select count(*) as n from court_hearings where "case" = ?', (case,))["n"]


def change_hearing(db, id: str, changes: dict[str, Any]) -> None:
    kept = {key: json.dumps(value, ensure_ascii=False) if key in JSON else value for key, value in changes.items()}
    if kept:
        db["court_hearings"].update(id, kept)
    rev = next_rev(db, id)
    db.conn.execute("update court_hearings set own_rev = ? where id = ?", (rev, id))


def remove_hearing(db, id: str) -> None:
    for table in ("court_changes", "court_entries", "court_observers"):
        db.conn.execute(f"delete from {table} where hearing = ?", (id,))  # noqa: S608 (names are ours)
    db.conn.execute("delete from court_hearings where id = ?", (id,))


def next_rev(db, hearing: str) -> int:
    db.conn.execute("update court_hearings set rev = rev + 1 where id = ?", (hearing,))
    return rev_of(db, hearing)


def rev_of(db, hearing: str) -> int:
    return needed(db, "select rev from court_hearings where id = ?", (hearing,))["rev"]


def has_no_entries(db, hearing: str) -> bool:
    return fetch_one(db, "select 1 from court_entries where hearing = ? limit 1", (hearing,)) is None


# Observers


def find_observer(db, hearing: str, person: str) -> dict | None:
    return fetch_one(db, "select * from court_observers where hearing = ? and person = ?", (hearing, person))


def list_observers(db, hearing: str) -> list[dict]:
    """[{person, name, title, unit, site, invited}] by name."""
    return fetch_all(
        db,
        "select person, users.name, coalesce(users.title, '') as title, coalesce(units.name, '') as unit, site, invited"
        " from court_observers join users on users.id = person left join units on units.id = users.unit"
        " where hearing = ? order by users.name",
        (hearing,),
    )


def put_observer(db, case: str, hearing: str, person: str, site: str, invited: bool, by: str) -> None:
    db.conn.execute(
        'insert or replace into court_observers (hearing, "case", person, site, invited, "by", at)'
        " values (?, ?, ?, ?, ?, ?, ?)",
        (hearing, case, person, site, invited, by, clock.now()),
    )


def remove_observer(db, hearing: str, person: str) -> None:
    db.conn.execute("delete from court_observers where hearing = ? and person = ?", (hearing, person))


def list_invited(db, case: str) -> list[dict]:
    """Those who see a trial of a case and nothing else of it: [{person, name, title, unit, hearing, court}]."""
    return fetch_all(
        db,
        "select person, users.name, coalesce(users.title, '') as title, coalesce(units.name, '') as unit, hearing,"
        " court_hearings.court from court_observers join users on users.id = person"
        " join court_hearings on court_hearings.id = hearing left join units on units.id = users.unit"
        " where court_observers.\"case\" = ? and invited and users.active and users.role != 'admin'"
        " order by users.name, court_hearings.at",
        (case,),
    )


def list_mine(db, person: str, day: str) -> list[dict]:
    """The open trials of open cases that somebody is to observe, of which a day is `day` (yyyy-mm-dd, today) or later:
    [{id, case, court, days, code}]. Those of the case's list only while they are on it."""
    rows = fetch_all(
        db,
        "select court_hearings.*, cases.code from court_observers join court_hearings on court_hearings.id = hearing"
        ' join cases on cases.id = court_hearings."case" where person = :person and court_hearings.closed_at = 0'
        " and cases.closed_at = 0"
        ' and (invited or exists (select 1 from case_people where case_people."case" = cases.id'
        '   and case_people.person = :person and ("from" = \'\' or "from" <= :day)'
        "   and (until = '' or until >= :day)))",
        {"person": person, "day": day},
    )
    found = [row for row in map(decode, rows) if row["days"][-1] >= day]
    return sorted(found, key=lambda row: row["days"])


# Entries as they are read


def find_entry(db, hearing: str, id: str) -> dict | None:
    return fetch_one(db, f"{ENTRY} where court_entries.id = ? and hearing = ?", (id, hearing))


def entries_since(db, hearing: str, rev: int, limit: int = WINDOW) -> list[dict]:
    """What was changed after `rev`, in the order of the changes."""
    return fetch_all(
        db, f"{ENTRY} where hearing = ? and court_entries.rev > ? order by court_entries.rev limit ?",
        (hearing, rev, limit),
    )  # fmt: skip


def window(db, hearing: str, before: str = "", limit: int = WINDOW, **wanted: str) -> list[dict]:
    """The last entries that stand for themselves before another (its id), with those that are joined to them, in the
    order of the trial. `wanted`: phase, kind, role, name, by, marked and q, all of which must hold for one of each
    group."""
    said = ["hearing = :hearing", "joined = ''"]
    values: dict[str, Any] = {"hearing": hearing, "limit": limit}
    if wanted:
        holds, more = conditions(wanted)
        values |= more
        joined = f"select joined from court_entries where hearing = :hearing and joined != '' and {holds}"  # noqa: S608
        said.append(f"(({holds}) or id in ({joined}))")
    if before:
        last = fetch_one(
            db, "select place, moment, n from court_entries where id = ? and hearing = ?", (before, hearing)
        )
        if last is None:
            return []
        said.append("(place, moment, n) < (:place, :moment, :n)")
        values |= last
    heads = fetch_all(
        db,
        f"select id from court_entries where {' and '.join(said)}"  # noqa: S608 (ours: values are apart)
        " order by place desc, moment desc, n desc limit :limit",
        values,
    )
    ids = json.dumps([row["id"] for row in heads])
    return fetch_all(
        db,
        f"{ENTRY} where court_entries.id in (select value from json_each(?)) or (hearing = ? and joined != ''"  # noqa: S608
        " and joined in (select value from json_each(?))) order by place, moment, n",
        (ids, hearing, ids),
    )


def conditions(wanted: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """SQL and its values. What was removed has no text to be found by."""
    said: list[str] = ["removed_at = 0"]
    values: dict[str, Any] = {}
    for key in ("phase", "kind", "role", "name", "by"):
        if key in wanted:
            said.append(f'"{key}" = :{key}')
            values[key] = wanted[key]
    if wanted.get("marked"):
        said.append("marked != ''")
    for n, word in enumerate(fields.folded_query(wanted.get("q", ""))):
        said.append(f"instr(plain, :word{n}) > 0")
        values[f"word{n}"] = word
    return " and ".join(said), values


def counts(db, hearing: str) -> dict:
    """{entries, joined, removed, marked, phases: {…}, kinds: {…}, speakers: [{role, name, n}], observers: [{person,
    name, n}]}; what is joined counts once: in the phase of its head, by each kind and speaker that one of it has."""
    there = "from court_entries where hearing = ? and removed_at = 0"
    phases = {
        row["k"]: row["n"]
        for row in fetch_all(db, f"select phase as k, count(*) as n {there} and joined = '' group by 1", (hearing,))
    }
    kinds = fetch_all(db, f"select kind as k, count(distinct {HEAD}) as n {there} group by 1", (hearing,))
    whole = fetch_one(
        db,
        "select count(*) filter (where joined != '' and removed_at = 0) as joined, count(*) filter (where removed_at)"
        " as removed, count(*) filter (where marked != '' and removed_at = 0) as marked from court_entries"
        " where hearing = ?",
        (hearing,),
    )
    speakers = fetch_all(
        db,
        f"select role, name, count(distinct {HEAD}) as n {there} group by 1, 2 order by 3 desc, 1, 2",
        (hearing,),
    )
    observers = fetch_all(
        db,
        "select \"by\" as person, coalesce(users.name, '') as name, count(*) as n from court_entries"
        ' left join users on users.id = court_entries."by" where hearing = ? and removed_at = 0'
        " group by 1 order by 2",
        (hearing,),
    )
    return {"entries": sum(phases.values()), **(whole or {}), "phases": phases,
            "kinds": {row["k"]: row["n"] for row in kinds}, "speakers": speakers, "observers": observers}  # fmt: skip


def read_all(db, hearing: str) -> Iterator[dict]:
    """Every entry that was not removed, in the order of the trial."""
    cursor = db.conn.execute(f"{ENTRY} where hearing = ? and removed_at = 0 order by place, moment, n", (hearing,))
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def digest(db, hearing: str) -> tuple[int, str]:
    """(how many, SHA-256 of what they say): the log of the case has it from the moment at which it was closed."""
    whole, n = hashlib.sha256(), 0
    for row in read_all(db, hearing):
        kept = {key: row[key] for key in ("id", "at", "moment", "by", "joined", *fields.ENTRY)}
        whole.update(log.canonical_json(kept).encode() + b"\n")
        n += 1
    return n, whole.hexdigest()


def list_changes(db, entry: str) -> list[dict]:
    """What was done to an entry, the first first: [{at, by_name, what, before}]."""
    rows = fetch_all(
        db,
        "select court_changes.at, coalesce(users.name, '') as by_name, what, before from court_changes"
        ' left join users on users.id = court_changes."by" where entry = ? order by court_changes.rowid',
        (entry,),
    )
    return [{**row, "before": json.loads(row["before"])} for row in rows]


def unfound(db, case: str) -> list[dict]:
    """Entries of which a citation did not mean one page: {id, hearing, court, phase, moment, bl, text}."""
    return fetch_all(
        db,
        "select court_entries.id, hearing, court, phase, moment, bl, text from court_entries join court_hearings"
        ' on court_hearings.id = hearing where court_entries."case" = ? and removed_at = 0 and (cited like'
        " '%\"none\"%' or cited like '%\"several\"%') order by moment limit 500",
        (case,),
    )


# Entries as they are written


def done(db, hearing: str, op: str) -> dict | None:
    """What was done already under this id of a device: {entry, by}."""
    return fetch_one(db, 'select entry, "by" from court_changes where hearing = ? and op = ?', (hearing, op))


def note(db, hearing: dict, op: str, entry: str, by: str, what: str, before: dict | None = None) -> None:
    db["court_changes"].insert(
        {"hearing": hearing["id"], "op": op, "case": hearing["case"], "entry": entry, "at": clock.now(), "by": by,
         "what": what, "before": json.dumps(before or {}, ensure_ascii=False)}
    )  # fmt: skip


def room_left(db, hearing: str) -> dict[str, int]:
    """{entries, letters}: how many more there may be."""
    row = needed(
        db, "select count(*) as n, coalesce(sum(length(text)), 0) as letters from court_entries where hearing = ?",
        (hearing,),
    )  # fmt: skip
    return {"entries": MOST_ENTRIES - row["n"], "letters": MOST_LETTERS - row["letters"]}


def add_entry(db, hearing: dict, id: str, by: str, values: dict[str, Any], cited: list[dict]) -> None:
    """Raises Refused: court_id_taken."""
    if fetch_one(db, "select 1 from court_entries where id = ?", (id,)):
        raise Refused("court_id_taken")
    last = needed(db, "select coalesce(max(n), 0) as n from court_entries where hearing = ?", (hearing["id"],))
    db["court_entries"].insert(
        {"id": id, "case": hearing["case"], "hearing": hearing["id"], "n": last["n"] + 1,
         "place": terms.order(values["phase"]),
            "rev": next_rev(db, hearing["id"]), "by": by, **values, "cited": dump(cited),
         "plain": fields.folded_entry(values)}
    )  # fmt: skip


def dump(cited: list[dict]) -> str:
    return json.dumps(cited, ensure_ascii=False)


def change_entry(db, hearing: str, id: str, changes: dict[str, Any]) -> None:
    place = {"place": terms.order(changes["phase"])} if "phase" in changes else {}
    db["court_entries"].update(id, {**changes, **place, "rev": next_rev(db, hearing)})


def list_joined(db, id: str) -> list[str]:
    """The entries that are joined to one, in the order of the trial."""
    return [
        row["id"]
        for row in fetch_all(db, "select id from court_entries where joined = ? order by place, moment, n", (id,))
    ]


def titles_of(db, case: str) -> dict[str, dict]:
    """{document: {title, volume, checked}} of a case's documents, for the pages that entries cite."""
    rows = fetch_all(
        db,
        "select document, case_documents.title, coalesce(no, 0) as volume, coalesce(checked_at, 0) > 0 as checked"
        " from case_documents left join case_volumes on case_volumes.id = case_documents.volume"
        ' where case_documents."case" = ?',
        (case,),
    )
    return {row["document"]: row for row in rows}

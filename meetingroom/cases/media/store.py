"""Photos, audio and video of cases in SQLite. Callers bring the transaction.

`find` gives a row, `about_for_meeting` what a meeting knows of it. States: waiting, working, ready, failed.
"""

import json
from typing import Any

from meetingroom import clock
from meetingroom.cases import citation, store_numbers
from meetingroom.database import fetch_all, fetch_one

WAITING, WORKING, READY, FAILED = "waiting", "working", "ready", "failed"
CONVERT, STILL = "media_convert", "media_still"  # the jobs
MOST = 2000  # of one case
MOST_CLIPS = 200  # of one recording


def add(db, *, case: str, id: str = "", **values) -> str:
    """A new one, at the end. Returns its id."""
    id = id or clock.new_id()
    last = fetch_one(db, 'select coalesce(max(place), 0) as place from case_media where "case" = ?', (case,))
    row = {"state": WAITING, "by": "", **values, "place": (last["place"] if last else 0) + 1, "at": clock.now()}
    db["case_media"].insert({"id": id, "case": case, **row})
    return id


def find(db, case: str, id: str) -> dict | None:
    """The row, its JSON read."""
    row = fetch_one(db, 'select * from case_media where "case" = ? and id = ?', (case, id))
    return row and decode_row(row)


def decode_row(row: dict) -> dict:
    return {**row, "detail": json.loads(row["detail"])}


def find_any(db, id: str) -> dict | None:
    """For the worker, which knows the id alone."""
    row = fetch_one(db, "select * from case_media where id = ?", (id,))
    return row and decode_row(row)


def list_media(db, case: str) -> list[dict]:
    """Those of a case in their order."""
    rows = fetch_all(db, 'select * from case_media where "case" = ? order by place, id', (case,))
    return [decode_row(row) for row in rows]


def count(db, case: str) -> int:
    row = fetch_one(db, 'select count(*) as n from case_media where "case" = ?', (case,))
    return row["n"] if row else 0


def about_for_meeting(db, case: str, id: str) -> dict | None:
    """What a meeting knows of it: {title, kind, caption, seconds, bl, label, volume, state, sha256, width, height,
    transcoded, clips: [{id, title, from, to}]}; None where there is none. `label` and `volume` are those of the first
    page that its BL means; "" and 0 where it means none."""
    row = find(db, case, id)
    if row is None:
        return None
    answer = {key: row[key] for key in ("title", "kind", "caption", "seconds", "bl", "state", "width", "height")}
    pages = pages_of(db, case, row["bl"])
    first = pages[0] if pages else {"label": "", "volume": 0}
    answer |= {"label": first["label"], "volume": first["volume"], "sha256": row["sha"]}
    return answer | {"transcoded": bool(row["transcoded"]), "clips": list_clips(db, case, id)}


def pages_of(db, case: str, bl: str) -> list[dict]:
    """The pages that a BL as typed means: [{document, page, label, volume, title, checked}]; none of one that is not
    there, or that may be several."""
    found: list[dict] = []
    for cited in citation.parse(bl, field=True):
        answer = store_numbers.resolve(db, case, cited)
        if answer.result == "one":
            found += answer.pages
    return found


def change(db, id: str, **changes: Any) -> None:
    if "detail" in changes:
        changes["detail"] = json.dumps(changes["detail"], ensure_ascii=False)
    db["case_media"].update(id, changes)


def mark_failed(db, id: str, code: str, detail: dict) -> None:
    change(db, id, state=FAILED, percent=0, error=code, detail=detail)


def mark_waiting(db, id: str) -> None:
    change(db, id, state=WAITING, percent=0, error="", detail={})


def list_failed(db, code: str) -> list[dict]:
    return [decode_row(row) for row in fetch_all(db, "select * from case_media where error = ?", (code,))]


def list_shas(db, case: str) -> list[str]:
    rows = fetch_all(db, "select distinct sha from case_media where \"case\" = ? and sha != ''", (case,))
    return [row["sha"] for row in rows]


def remove(db, case: str, id: str) -> None:
    """The row and its clips; stills that were taken from it stay."""
    db.conn.execute('delete from case_media_clips where "case" = ? and media = ?', (case, id))
    db.conn.execute('delete from case_media where "case" = ? and id = ?', (case, id))


def list_clips(db, case: str, media: str) -> list[dict]:
    """[{id, title, from, to}], seconds, in the order of the recording."""
    wanted = 'select id, title, "from", "to" from case_media_clips where "case" = ? and media = ? order by "from", "to"'
    return fetch_all(db, wanted, (case, media))


def clips_by_media(db, case: str) -> dict[str, list[dict]]:
    rows = fetch_all(db, 'select * from case_media_clips where "case" = ? order by "from", "to"', (case,))
    found: dict[str, list[dict]] = {}
    for row in rows:
        found.setdefault(row["media"], []).append({key: row[key] for key in ("id", "title", "from", "to")})
    return found


def find_clip(db, case: str, media: str, id: str) -> dict | None:
    wanted = 'select id, title, "from", "to" from case_media_clips where "case" = ? and media = ? and id = ?'
    return fetch_one(db, wanted, (case, media, id))


def add_clip(db, **values) -> str:
    id = clock.new_id()
    db["case_media_clips"].insert({"id": id, "at": clock.now(), **values})
    return id


def change_clip(db, id: str, changes: dict) -> None:
    db["case_media_clips"].update(id, changes)


def remove_clip(db, id: str) -> None:
    db.conn.execute("delete from case_media_clips where id = ?", (id,))

"""What of a case was reported (đã báo cáo): the versions of its maps that a meeting saw are written down, by hash. A
version never changes; here stands which of them leaders have decided on."""

import json
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from meetingroom import clock
from meetingroom.cases import log_store, parts, store, words
from meetingroom.database import fetch_all, fetch_one

LINES = {
    "report_registered": _l("%(by)s registered a report of the case"),
    "map_reported": _l("The map “%(title)s”, version %(version)s, was reported and is kept as it was"),
    "record_filed": _l("The record of the report was added to the file"),
    "record_taken": _l("%(by)s took out the record of a report (%(ending)s)"),
}
words.LINES.update(LINES)


def mark_reported(db, meeting: str, shown: Iterable[tuple[str, str, int, str]], by: str) -> None:
    """The meeting has seen these: (case, map, version, title). Again: nothing is written twice."""
    for case, map, version, title in shown:
        row = fetch_one(db, "select * from map_versions where map = ? and version = ?", (map, version))
        if row is None or store.find_case(db, case) is None or is_marked(db, meeting, map, version):
            continue
        hashes = {name: row[name] for name in ("owner", "leaders", "room")}
        db["map_reports"].insert({"map": map, "version": version, "meeting": meeting, "at": clock.now(), **hashes})
        log_store.add(db, case, "map_reported", by, map=map, version=version, title=title, meeting=meeting, **hashes)


def is_marked(db, meeting: str, map: str, version: int) -> bool:
    known = (map, version, meeting)
    return bool(fetch_one(db, "select 1 from map_reports where map = ? and version = ? and meeting = ?", known))


def file_record(db, case: str, meeting: str, by: str, pdf: str, docx: str) -> None:
    """The final record of a report, by the SHA-256 of its files, stands in the log of the case."""
    if store.find_case(db, case) is not None:
        log_store.add(db, case, "record_filed", by, meeting=meeting, pdf=pdf, docx=docx)


def filed_records(db, case: str) -> dict[str, dict]:
    """By meeting {pdf, docx, at}: the SHA-256 of the files of its record as it was filed last."""
    rows = fetch_all(
        db, "select at, data from case_log where \"case\" = ? and name = 'record_filed' order by seq", (case,)
    )
    found = ({"at": clock.milliseconds(row["at"]), **json.loads(row["data"])} for row in rows)
    return {each.pop("meeting"): each for each in found}


def list_reported(db, case: str) -> list[dict]:
    """[{map, title, version, meeting, at, owner, leaders, room}], the latest first."""
    return fetch_all(
        db,
        'select map_reports.*, maps.title from map_reports join maps on maps.id = map_reports.map where maps."case" = ?'
        " order by map_reports.at desc",
        (case,),
    )


@parts.forgets
def forget(db, case: str) -> None:
    db.conn.execute('delete from map_reports where map in (select id from maps where "case" = ?)', (case,))

"""A followed trial and its entries as screens and programs get them."""

import json
from collections.abc import Iterator

from meetingroom import clock
from meetingroom.cases import looking, parts
from meetingroom.cases.court import access, store

HEARING = ("id", "case", "court", "panel", "place", "days", "sites", "prosecutors", "people", "public", "at",
           "closed_at", "rev", "own_rev")  # fmt: skip
ENTRY = ("id", "n", "rev", "at", "moment", "typed_at", "astray", "phase", "role", "name", "kind", "text", "bl", "site",
         "by", "by_name", "edited_at", "edits", "removed_at", "marked_name", "joined", "joined_name")  # fmt: skip


def hearing(row: dict, observers: list[dict]) -> dict:
    """{id, case, court, …, observers, role, observes, writes, stewards}: `stewards`: the asker may change it."""
    answer = {key: row[key] for key in HEARING}
    answer |= {key: row[key] for key in ("code", "title", "role", "observes", "own_site", "writes", "case_closed")}
    return answer | {"observers": observers, "stewards": row["role"] in access.STEWARDS}


def entries(rows: list[dict], pages: dict[str, dict] | None) -> list[dict]:
    """`pages`: `store.titles_of` for the list of the case; None for whoever sees no page of it: no page is named."""
    return [entry(row, pages) for row in rows]


def entry(row: dict, pages: dict[str, dict] | None) -> dict:
    """What was removed is described without its words."""
    answer = {key: row[key] for key in ENTRY}
    if row["removed_at"]:
        return answer | {"text": "", "bl": "", "cited": []}
    cited = [] if pages is None else [item(each, pages) for each in json.loads(row["cited"])]
    return answer | {"cited": cited}


def item(cited: dict, pages: dict[str, dict]) -> dict:
    """As an item of `GET …/cite`: {label, result, pages: [{document, page, title, volume, checked}]}."""
    about = pages.get(cited["document"])
    if not about:
        return {"label": cited["label"], "result": "none", "pages": []}
    page = {"document": cited["document"], "page": cited["page"], "title": about["title"], "volume": about["volume"],
            "checked": bool(about["checked"])}  # fmt: skip
    return {"label": cited["label"], "result": cited["result"], "pages": [page]}


@parts.describes("court")
def of_case(db, row: dict) -> dict:
    """{invited: [{person, name, title, unit, hearing, court}]}: who sees a trial and nothing else of the case."""
    return {"invited": store.list_invited(db, row["id"])}


@looking.cites
def texts_of_trials(db, case: str) -> Iterator[looking.Cited]:
    """Entries that cite what is not in the file, or what may mean several pages."""
    for row in store.unfound(db, case):
        url = f"/cases/{case}/court/{row['hearing']}#{row['id']}"
        where = f"{row['court']} · {clock.local(row['moment']):%d/%m/%Y %H:%M}"
        for text, field in ((row["bl"], True), (row["text"], False)):
            if text:
                yield looking.Cited(where, text, url, field=field, at=row["moment"])

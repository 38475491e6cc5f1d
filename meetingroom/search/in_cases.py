"""Pages of case files among what is found by their words: for the people of a case's list alone. Nobody else has a hit,
a count or a snippet of it, whatever a meeting that runs shows them.
"""

from urllib.parse import quote

from flask import g
from flask_babel import gettext as _
from sqlite_utils import Database

from meetingroom.cases import store, store_numbers
from meetingroom.search.store import Hit


def cases_of(db: Database, case: str = "") -> list[dict]:
    """The cases whose pages `g.user` may look for; with `case`, this one alone. None for an administrator, nor for a
    session that opens one meeting only."""
    if g.user is None or g.user.only or g.user.is_admin:
        return []
    rows = store.list_cases(db, g.user.id)
    return [row for row in rows if row["secrecy"] == "no" and case in ("", row["id"])]


def scopes_of(db: Database, case: str = "") -> list[str]:
    return [f"d:{document}" for row in cases_of(db, case) for document in store.document_ids(db, row["id"])]


def places_of(db: Database, hits: list[Hit]) -> dict[tuple[str, int], tuple]:
    """What of the hits lies in a case: by document and page what `about` asks for."""
    found = {}
    for hit in hits:
        case = store.case_of_document(db, hit.document) if hit.document and not hit.meeting else ""
        row = store.find_case(db, case) if case else None
        document = store.find_document(db, case, hit.document) if row else None
        if row and document:
            label, volume = store_numbers.label_of(db, hit.document, hit.page)
            found[hit.document, hit.page] = (row, document["title"], (hit.document, hit.page), label, volume)
    return found


def named(hit: dict, places: dict[tuple[str, int], tuple]) -> dict:
    """A hit as it is called in its case. In the reader's language, so not in a thread, which knows of no reader."""
    place = places.get((hit["document"], hit["page"]))
    return hit | about(*place) if place else hit


def about(case: dict, title: str, place: tuple[str, int], label: str, volume: int) -> dict:
    document, page = place
    number = f"BL {label}" if label else _("page %(n)s of the scan", n=page)
    parts = (number, _("Volume %(n)s", n=volume) if volume else "", title)
    return {
        "case": case["id"],
        "label": label,
        "title": " · ".join(part for part in parts if part),
        "meeting_title": f"{case['code']} · {case['title']}".strip(" ·"),
        "href": f"/cases/{quote(case['id'])}/pages/{quote(document)}/{page}",
    }

"""Findings as screens, programs and tables get them."""

from meetingroom.cases import audience, looking, store
from meetingroom.cases import words_numbers as words
from meetingroom.cases.findings import Finding
from meetingroom.database import Pool
from meetingroom.web.context import context


def rows_of(case: dict) -> list[dict]:
    """Of a case's row with `role`: what that part of its list may read of the texts."""
    seen_by = audience.of_role(case["role"])
    found, labels, documents = context().in_thread(look, context().pool, case["id"], seen_by)
    return [row_of(each, labels, documents) for each in found]


def look(pool: Pool, case: str, seen_by: str) -> tuple[list[Finding], dict, dict]:
    """Of ten thousand pages this takes a while, in which the server answers others."""
    with pool.lend() as db:
        found = looking.find(db, case, seen_by)
        labels = looking.labels_in_words(db, case, found)
        return found, labels, {row["document"]: row for row in store.list_documents(db, case)}


def row_of(each: Finding, labels: dict, documents: dict) -> dict:
    document = documents.get(each.document)
    row = {
        "kind": each.kind, "document": each.document, "page": each.page, "text": words.sentence(each),
        "kind_name": str(words.KINDS[each.kind]), "label": labels.get((each.document, each.page), ""),
        "volume": (document["volume_no"] or 0) if document else 0, "title": document["title"] if document else "",
    }  # fmt: skip
    if each.other:
        other = documents.get(each.other[0])
        row["other"] = {"document": each.other[0], "page": each.other[1], "title": other["title"] if other else ""}
    if each.data.get("url"):
        row["url"] = each.data["url"]
    return row

"""A case as programs and screens get it."""

import json

from meetingroom.cases import fields, parts, store
from meetingroom.documents import messages, warnings


def brief(row: dict) -> dict:
    """A line of the list of cases: {id, code, title, role, kind, stage, secrecy, closed, charges, deadlines}."""
    answer = {key: row[key] for key in ("id", "code", "title", "role", "kind", "stage", "secrecy", "charges")}
    answer["closed"] = bool(row["closed_at"])
    answer["deadlines"] = fields.count_down(row["deadlines"], store.today())
    return answer


def whole(db, row: dict) -> dict:
    """All of a case: what `brief` says, its people, its volumes with their documents, and what other parts add."""
    documents: dict[str, list[dict]] = {}
    for each in store.list_documents(db, row["id"]):
        documents.setdefault(each["volume"], []).append(document(each, row["role"] in store.EDITORS))
    volumes = [{**volume, "documents": documents.pop(volume["id"], [])} for volume in store.list_volumes(db, row["id"])]
    answer = brief(row) | {key: row[key] for key in ("parties", "unit", "opened_at", "closed_at")}
    answer["people"] = store.list_people(db, row["id"])
    answer["volumes"] = volumes
    answer["loose"] = [each for rest in documents.values() for each in rest]
    answer["may_edit"] = row["role"] in store.EDITORS and row["secrecy"] == "no" and not row["closed_at"]
    answer |= {"numberings": [], "maps": []}
    return answer | {name: fill(db, row) for name, fill in parts.DESCRIBED.items()}


def document(row: dict, edits: bool) -> dict:
    """{id, title, kind, date, bl_from, bl_to, original, sha, status, pages, ready_pages, failed_pages, progress,
    stamps, error?, …}; for those who edit the case `warnings` [{code, page?, detail?, message}] beside the stamps."""
    keys = ("title", "kind", "date", "bl_from", "bl_to", "place", "volume", "original", "sha", "status", "stage",
            "progress", "pages", "ready_pages", "bytes", "type", "t", "at")  # fmt: skip
    answer = {"id": row["document"]} | {key: row[key] for key in keys}
    answer["shape"] = json.loads(row["shape"] or "[]")
    answer["failed_pages"] = json.loads(row["failed_pages"])
    noted = json.loads(row["warnings"] or "[]")
    stamps = [each for each in noted if each["code"] == "secret_stamp"]
    answer["stamps"] = [{"page": each.get("page", 0), "stamp": str(each.get("detail", ""))} for each in stamps]
    if edits:
        answer["warnings"] = warnings.with_messages([each for each in noted if each["code"] != "secret_stamp"])
    if row["status"] == "failed":
        said = messages.sentence_for(row["error"], json.loads(row["detail"] or "{}"))
        answer["error"] = {"code": row["error"], "message": said}
    return answer

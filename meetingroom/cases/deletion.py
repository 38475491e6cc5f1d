"""A case is deleted: rows and bytes go, a tombstone stays that says who did it, when, and how the log ended."""

import json

from meetingroom import clock
from meetingroom.cases import log_store, parts, store
from meetingroom.documents import store as documents
from meetingroom.documents.store import TIDY
from meetingroom.jobs import queue

KEPT = {"case_tombstones"}


def delete(db, row: dict, by: str, reason: str) -> list[str]:
    """Everything of a case, in the caller's transaction. Returns the ids of uploads whose files are to be deleted after
    the commit. What meetings showed of it stays in their logs: titles and numbers, no page."""
    case = row["id"]
    rows = store.list_documents(db, case)
    files = store.list_upload_files(db, case)
    shas = {each["sha"] for each in (*rows, *files) if each["sha"]}
    last = log_store.last(db, case)
    for forget in parts.FORGET:
        forget(db, case)
    for each in rows:
        documents.remove_document(db, each["document"])
    store.remove_all(db, case, KEPT)
    store.add_tombstone(
        db, case=case, code=row["code"], by=by, at=clock.now(), reason=reason,
        pages=sum(each["pages"] for each in rows), seq=last["seq"], hash=last["hash"],
    )  # fmt: skip
    for sha in sorted(shas):
        queue.request_job(db, TIDY, sha)
    return [each["id"] for each in files]


def in_json(lines: list[dict]) -> str:
    """The log as it is kept, one line a row: whoever has it can check the chain."""
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"

"""A photo or a recording as programs and screens get it; what a deletion of its case takes."""

from flask_babel import gettext as _

from meetingroom.cases import parts
from meetingroom.cases.media import store, words
from meetingroom.documents.store import TIDY
from meetingroom.jobs import queue

KEYS = ("id", "kind", "title", "caption", "bl", "filename", "bytes", "format", "state", "percent", "seconds", "width",
        "height", "source", "second", "by", "at")  # fmt: skip
MOST_PAGES = 20
FINAL = {"damaged", "media_lost", "media_too_long", "media_too_large", "media_no_still", "picture_too_large"}


def whole(db, row: dict, clips: list[dict]) -> dict:
    """{…, sha256, label, transcoded, clips, pages: what its BL means, missing?: seconds, error?: {code, message,
    again}}"""
    answer = {key: row[key] for key in KEYS}
    answer |= {"sha256": row["sha"], "transcoded": bool(row["transcoded"]), "label": label_of(row), "clips": clips}
    answer["pages"] = store.pages_of(db, row["case"], row["bl"])[:MOST_PAGES] if row["bl"] else []
    if row["state"] == store.READY and row["detail"].get("missing"):
        answer["missing"] = row["detail"]["missing"]
    if row["state"] == store.FAILED:
        said = words.sentence_for(row["error"], row["detail"])
        answer["error"] = {"code": row["error"], "message": said, "again": row["error"] not in FINAL}
    return answer


def label_of(row: dict) -> str:
    """What is shown of a recording that was made anew says so; a photo is always turned and made smaller."""
    return _("viewing copy") if row["transcoded"] else ""


@parts.describes("media")
def describe_brief(db, case: dict) -> list[dict]:
    """[{id, kind, title, state, seconds}]"""
    keys = ("id", "kind", "title", "state", "seconds")
    return [{key: row[key] for key in keys} for row in store.list_media(db, case["id"])]


@parts.forgets
def forget(db, case: str) -> None:
    """The rows go with all that have a column `case`; this is for the bytes."""
    for sha in store.list_shas(db, case):
        queue.request_job(db, TIDY, sha)

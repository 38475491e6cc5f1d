"""Citations in the texts of a meeting that has a case attached: links, for the people of the case's list."""

from flask import Blueprint, g

from meetingroom import log
from meetingroom.auth.guard import require_member, signed_in
from meetingroom.cases import access, citation, store_numbers
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.json_body import read_json_object

bp = Blueprint("case_texts", __name__)
MOST, LONGEST = 1_000, 200_000  # texts of one question, and letters of them all


@bp.post("/api/meetings/<meeting>/citations")
@signed_in
def of_texts(meeting: str):
    """`{texts: [...]}` → `{answers: [[{start, end, text, result, href, now?, until?}], …]}`: what each text cites of
    the cases that the meeting has attached and one is on the list of; by the numbers of the day once the meeting is
    over. `now`: what the page is called since it was given another number (`until` then, ms)."""
    require_member(meeting)
    texts = read_json_object().get("texts")
    if not isinstance(texts, list) or len(texts) > MOST or not all(isinstance(text, str) for text in texts):
        raise Problem("malformed", 400)
    if sum(map(len, texts)) > LONGEST:
        raise Problem("too_large", 413)
    state = log.state(context().pool, meeting)
    with context().pool.lend() as db:
        cases = [case for case in state.exhibits if g.user and access.role_here(db, case)]
        at = state.meeting.closed_at
        return {"answers": [[link for each in cited(text, cases) if (link := link_of(db, each, cases, at))]
                            for text in texts]}  # fmt: skip


def cited(text: str, cases: list[str]) -> list[citation.Citation]:
    return citation.parse(text) if cases else []


def since(db, page: dict) -> dict:
    """What a page is called now, where it is something else than what was cited: {now, until}."""
    names = store_numbers.labels_of_page(db, page["document"], page["page"])
    until = next((each["until"] for each in names["before"] if each["label"] == page["label"]), 0)
    return {"now": names["label"], "until": until} if until else {}


def link_of(db, each: citation.Citation, cases: list[str], at: int) -> dict | None:
    """To the first of the cases that has what is cited."""
    for case in cases:
        found = store_numbers.resolve(db, case, each, at=at)
        if found.pages:
            page = found.pages[0]
            href = f"/cases/{case}/pages/{page['document']}/{page['page']}"
            about = {"start": each.start, "end": each.end, "text": each.text}
            return about | {"result": found.result, "href": href, "several": found.count > 1} | since(db, page)
    return None

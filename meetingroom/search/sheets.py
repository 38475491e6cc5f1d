"""Numbers of case files among what is searched: "BL 125" finds its page in the cases that `g.user` is on the list of.

Nobody else learns anything of it: no hit, no count.
"""

from urllib.parse import quote

from flask import g
from flask_babel import gettext as _

from meetingroom.cases import citation, store, store_numbers
from meetingroom.web.context import context

KIND = "sheet"
MOST = 10  # pages that are told
OF_A_CASE = 5
MOST_LABELS = 20_000  # what names more than this names no page


def find(words: str) -> list[dict]:
    """The pages that a question cites, as hits; none where it cites nothing."""
    cited = citation.parse(words[:300])
    if (
        not cited
        or sum(each.weight() for each in cited) > MOST_LABELS
        or g.user is None
        or g.user.only
        or g.user.is_admin
    ):
        return []
    found: list[dict] = []
    with context().pool.lend() as db:
        for case in store.list_cases(db, g.user.id):
            if case["secrecy"] == "no":
                answers = [store_numbers.resolve(db, case["id"], each) for each in cited]
                pages = [page for each in answers for page in each.pages]
                found += [hit(case, page) for page in pages[:OF_A_CASE]]
    return found[:MOST]


def hit(case: dict, page: dict) -> dict:
    volume = _("Volume %(n)s", n=page["volume"]) if page["volume"] else ""
    title = " · ".join(part for part in (f"BL {page['label']}", volume, page["title"]) if part)
    return {
        "kind": KIND, "meeting": "", "paper": "", "document": page["document"], "page": page["page"], "item": "",
        "title": title, "meeting_title": f"{case['code']} · {case['title']}".strip(" ·"), "at": 0, "snippet": [],
        "exact": True, "version": 0, "case": case["id"],
        "href": f"/cases/{quote(case['id'])}/pages/{quote(page['document'])}/{page['page']}",
    }  # fmt: skip

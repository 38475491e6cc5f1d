"""Numbers of case files among what is searched: "BL 125" finds its page in the cases that `g.user` is on the list of.

Nobody else learns anything of it: no hit, no count.
"""

from meetingroom.cases import citation, store_numbers
from meetingroom.search import in_cases
from meetingroom.web.context import context

KIND = "sheet"
MOST = 10  # pages that are told
OF_A_CASE = 5
MOST_LABELS = 20_000  # what names more than this names no page


def find(words: str, case: str = "") -> list[dict]:
    """The pages that a question cites, as hits; none where it cites nothing. Among the pages of one `case` alone a bare
    number is one, too."""
    typed = words.strip()[:300]
    cited = citation.parse(typed, field=bool(case) and typed[:1].isdecimal())
    if not cited or sum(each.weight() for each in cited) > MOST_LABELS:
        return []
    found: list[dict] = []
    with context().pool.lend() as db:
        for row in in_cases.cases_of(db, case):
            answers = [store_numbers.resolve(db, row["id"], each) for each in cited]
            pages = [page for each in answers for page in each.pages]
            found += [hit(row, page) for page in pages[:OF_A_CASE]]
    return found[:MOST]


def hit(case: dict, page: dict) -> dict:
    place = (page["document"], page["page"])
    return {
        "kind": KIND, "meeting": "", "paper": "", "document": page["document"], "page": page["page"], "item": "",
        "at": 0, "snippet": [], "exact": True, "version": 0,
        **in_cases.about(case, page["title"], place, page["label"], page["volume"]),
    }  # fmt: skip

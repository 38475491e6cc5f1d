"""How much a case holds: these lists of it are told whole, so that none may grow without end."""

from meetingroom.cases import store
from meetingroom.cases.problems import rejected

MOST = {"case_people": 300, "case_documents": 10_000, "maps": 200, "kept_callouts": 2_000}


def check(db, case: str, table: str, new: int = 1) -> None:
    """In the transaction that adds so many, or has added them (0). Raises Problem: case_full (409)."""
    if store.count_rows(db, table, case) + new > MOST[table]:
        raise rejected("case_full", 409, limit=MOST[table])

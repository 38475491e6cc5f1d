"""What other parts of the case room add to the whole: to what `GET /api/cases/<c>` tells, and to what a deletion takes.

Each part registers at import; `meetingroom.cases` knows none of them by name.
"""

from collections.abc import Callable

# name in the answer → what fills it: (db, row of the case with `role`) → a list or an object
DESCRIBED: dict[str, Callable[[object, dict], object]] = {}
# (db, case): deletes rows of tables that have no column `case` themselves
FORGET: list[Callable[[object, str], None]] = []
# (db, case, former owner): the case has gone to the next owner
HANDED_OVER: list[Callable[[object, str, str], None]] = []


def describes(name: str):
    """Registers `fill(db, case_row)` as what `GET /api/cases/<c>` tells under this name."""

    def register(fill):
        DESCRIBED[name] = fill
        return fill

    return register


def forgets(forget):
    """Registers `forget(db, case)`: called before the rows of tables with a column `case` are deleted."""
    FORGET.append(forget)
    return forget


def hands_over(pass_on):
    """Registers `pass_on(db, case, giver)`: called when the next owner has confirmed, in the same transaction."""
    HANDED_OVER.append(pass_on)
    return pass_on

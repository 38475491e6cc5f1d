"""From a page of an old version to the page that stands for it now, over one map or several."""

from collections.abc import Iterable, Sequence

from meetingroom.comparing.match import CHANGED, SAME, Run

Landing = tuple[int, str]


def carry(runs: Iterable[Run], page: int) -> Landing | None:
    """(page, same | changed) in the new version; None where the page was left out."""
    for old, new, count, kind in runs:
        if old <= page < old + count:
            return page - old + new, kind
    return None


def carry_over(maps: Sequence[Iterable[Run]], page: int) -> Landing | None:
    """The same over all versions in between, the oldest first: changed once is changed."""
    kind = SAME
    for runs in maps:
        landing = carry(runs, page)
        if landing is None:
            return None
        page, kind = landing[0], CHANGED if CHANGED in (kind, landing[1]) else SAME
    return page, kind


def carry_all(runs: Sequence[Run], pages: int) -> dict[int, Landing]:
    """Every page of the old version that has one that stands for it."""
    return {page: landing for page in range(1, pages + 1) if (landing := carry(runs, page))}

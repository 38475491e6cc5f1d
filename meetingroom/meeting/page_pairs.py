"""From a page of an earlier version of a paper to the page that stands for it now. Pure."""

from collections.abc import Iterable

Map = tuple[tuple[int, int, int, str], ...]  # (old, new, count, same | changed), ... of one version and the next


def paired_page(maps: Iterable[Map], page: int) -> tuple[int, str] | None:
    """The page that stands for this one after all these maps, the oldest first, and whether it is the same or changed
    (once is enough); None if one of the versions has left it out."""
    kind = "same"
    for runs in maps:
        run = next((run for run in runs if run[0] <= page < run[0] + run[2]), None)
        if run is None:
            return None
        page, kind = page - run[0] + run[1], kind if run[3] == "same" else "changed"
    return page, kind

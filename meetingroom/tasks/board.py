"""How many tasks of which class: units, meetings or people in rows. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from meetingroom.tasks.rules import CLASSES


@dataclass(frozen=True)
class Row:
    """One line of the board; `share` is how much of what was done was done in time, per cent, None where nothing
    was."""

    key: str
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def share(self) -> int | None:
        done = self.counts["done_in_time"] + self.counts["done_late"]
        return round(100 * self.counts["done_in_time"] / done) if done else None


def rows_by(tasks: Iterable[Any], key: Callable[[Any], str], order: Iterable[str] = ()) -> list[Row]:
    """A row for every key that has a task of a class, those in `order` first. What was cancelled counts nowhere."""
    found: dict[str, dict[str, int]] = {}
    for seen in tasks:
        if seen.kind:
            counts = found.setdefault(key(seen), dict.fromkeys(CLASSES, 0))
            counts[seen.kind] += 1
    places = {each: n for n, each in enumerate(order)}
    keys = sorted(found, key=lambda each: places.get(each, len(places)))
    return [Row(each, found[each]) for each in keys]


def total(rows: Iterable[Row]) -> Row:
    rows = list(rows)
    return Row("", {kind: sum(row.counts[kind] for row in rows) for kind in CLASSES})

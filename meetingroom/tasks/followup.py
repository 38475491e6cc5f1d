"""The work that earlier meetings of a series gave out and that is still open. SQL."""

from meetingroom.tasks import presentation, rules, store
from meetingroom.tasks.units import Units, read_units
from meetingroom.tasks.visible_tasks import Seen, see

MOST = 300


def open_tasks(db, series: str, without: str = "") -> tuple[list[Seen], Units]:
    """Of all meetings of a series (but one): what is overdue first, the latest on top; then by unit and day."""
    units, day, choices = read_units(db), store.today(), store.read_choices(db)
    nobody = rules.Somebody("")
    places = {unit: n for n, unit in enumerate(units.units)}
    found = [
        see(entry, nobody, day, choices)
        for entry in store.list_of_series(db, units, series)
        if entry.row["meeting"] != without
    ]
    open_ones = [seen for seen in found if seen.is_open]

    def place(seen: Seen) -> tuple:
        late = max(seen.late or 0, 0)
        return (not late, -late, places.get(seen.task.lead_unit, 0), seen.due)

    return sorted(open_ones, key=place), units


def followup_rows(db, meeting: str) -> list[dict[str, str]]:
    """What the item about earlier conclusions shows in a meeting; nothing outside of a series."""
    series = store.series_of(db, meeting)
    if not series:
        return []
    found, units = open_tasks(db, series, without=meeting)
    return [row_of(seen, units) for seen in found[:MOST]]


def row_of(seen: Seen, units: Units) -> dict[str, str]:
    return {
        "task": seen.id,
        "text": seen.task.text,
        "unit": presentation.lead_name(seen, units),
        "due": seen.due,
        "state": seen.state,
        "percent": str(seen.now.percent(seen.task)),
        "late": str(max(0, seen.late or 0)),
    }

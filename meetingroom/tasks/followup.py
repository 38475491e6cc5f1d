"""The work that earlier meetings of a series gave out: what is still open, and what was done since the last. SQL."""

from meetingroom.tasks import presentation, rules, series_store, store
from meetingroom.tasks.units import Units, read_units
from meetingroom.tasks.visible_tasks import Seen, see

MOST = 300
TEXT, SAID = 600, 300  # letters of a row: every screen of the meeting holds all of them


def open_tasks(db, series: str, without: str = "") -> tuple[list[Seen], Units]:
    """Of all meetings of a series (but one): what is overdue first, the latest on top; then by unit and day."""
    found, units = tasks_of(db, series, without)
    return in_order([seen for seen in found if seen.is_open], units), units


def tasks_of(db, series: str, without: str) -> tuple[list[Seen], Units]:
    units, day, choices = read_units(db), store.today(), store.read_choices(db)
    nobody = rules.Somebody("")
    entries = store.list_of_series(db, units, series)
    return [see(entry, nobody, day, choices) for entry in entries if entry.row["meeting"] != without], units


def in_order(tasks: list[Seen], units: Units) -> list[Seen]:
    """What is overdue first, the latest on top; then what is open by unit and day; what is over comes last."""
    places = {unit: n for n, unit in enumerate(units.units)}

    def place(seen: Seen) -> tuple:
        late = max(seen.late or 0, 0)
        return (not seen.is_open, not late, -late, places.get(seen.task.lead_unit, 0), seen.due)

    return sorted(tasks, key=place)


def followup_rows(db, meeting: str) -> list[dict[str, str]]:
    """What the item about earlier conclusions shows in a meeting; nothing outside of a series."""
    series = store.series_of(db, meeting)
    if not series:
        return []
    found, units = tasks_of(db, series, without=meeting)
    since = series_store.last_began(db, series, meeting)
    wanted = [seen for seen in found if seen.is_open or seen.now.done_at > since]
    return [row_of(seen, units) for seen in in_order(wanted, units)[:MOST]]


def row_of(seen: Seen, units: Units) -> dict[str, str]:
    now = seen.now
    fields = {
        "task": seen.id,
        "text": shortened(seen.task.text, TEXT),
        "unit": shortened(presentation.lead_name(seen, units), SAID),
        "due": seen.due,
        "state": seen.state,
        "percent": str(now.percent(seen.task)),
        "late": str(max(0, seen.late or 0)),
    }
    more = {
        "said": shortened(last_word(seen), SAID),
        "done": store.day_of(now.reported_at or now.done_at).isoformat() if now.done_at else "",
        "asked": now.asked.until if now.asked else "",
        "left": str(-seen.late) if seen.late is not None and seen.late < 0 else "",
        "kind": seen.kind,
    }
    return fields | {key: value for key, value in more.items() if value}


def last_word(seen: Seen) -> str:
    """What a unit has said of it last."""
    said = (step.data.get("text", "") for step in reversed(seen.entry.steps) if step.name in ("progress", "report"))
    return next((text for text in said if text), "")


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"

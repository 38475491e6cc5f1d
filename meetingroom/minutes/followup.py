"""What the minutes tell of the work that earlier meetings of a series gave out: as it was shown. Pure."""

from meetingroom.meeting.state import Item
from meetingroom.printing import wording
from meetingroom.printing.wording import Words


def lines(item: Item, _: Words) -> tuple[str, ...]:
    """How many there were, and each with its unit, its day and how far it had come; what was overdue first."""
    if item.kind != "followup" or not item.started_at:
        return ()
    rows = item.followup
    done = sum(row.get("state") == "done" for row in rows)
    late = sum(row.get("late", "0") not in ("", "0") for row in rows)
    head = _("No task of earlier meetings is open.")
    if len(rows) > done:
        head = _(
            "Open tasks of earlier meetings: %(all)s, of which overdue: %(late)s.",
            all=wording.count(len(rows) - done),
            late=wording.count(late),
        )
    if done:
        since = _("Done since the last meeting: %(n)s.", n=wording.count(done))
        head = f"{head} {since}"
    return (head, *(f"- {line(row, _)}" for row in rows))


def line(row: dict[str, str], _: Words) -> str:
    day = wording.due_on(row["due"], _) if row.get("due") else ""
    said = [
        _("due: %(due)s", due=day) if day else _("no deadline"),
        _("%(n)s days overdue", n=row["late"]) if row.get("late", "0") not in ("", "0") else "",
        standing(row, _),
    ]
    return f"{row['unit']}: {row['text'].rstrip('.')} ({'; '.join(filter(None, said))})."


def standing(row: dict[str, str], _: Words) -> str:
    if row.get("done"):
        return _("done on %(day)s", day=wording.due_on(row["done"], _))
    return _("%(n)s per cent done", n=row["percent"]) if row.get("percent", "0") not in ("", "0") else ""

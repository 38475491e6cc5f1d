"""The log of a trial as tables: what was said, by whom, in the order of the trial; what was joined stands in one row,
each text under its author's name. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from meetingroom import clock
from meetingroom.cases.court import terms
from meetingroom.printing.wording import Words

SPOKEN = tuple(kind for kind in terms.KINDS if kind not in ("strength", "weakness"))


@dataclass
class Group:
    """An entry that stands for itself, and those that tell of the same."""

    head: dict
    others: list[dict] = field(default_factory=list)

    @property
    def all(self) -> list[dict]:
        return [self.head, *self.others]

    def only(self, kinds: Iterable[str]) -> "Group | None":
        """What is of these kinds, whichever of those that were joined said it; None where nothing is."""
        mine = [one for one in self.all if one["kind"] in kinds]
        return Group(mine[0], mine[1:]) if mine else None

    def lesson(self, marked: bool = False) -> "Group | None":
        """With what lessons are drawn from at its head, all others behind it; None where nothing of it is a lesson, or,
        with `marked`, nothing of it is marked."""
        lead = next((one for one in self.all if one["kind"] in terms.LESSONS), None)
        if lead is None or (marked and not any(one["marked"] for one in self.all)):
            return None
        return Group(lead, [one for one in self.all if one is not lead])


def groups(entries: Iterable[dict]) -> list[Group]:
    """In the order of the heads; an entry whose head is not there stands for itself."""
    rows = list(entries)
    found = {row["id"]: Group(row) for row in rows if not row["joined"]}
    loose = []
    for row in rows:
        if row["joined"]:
            if row["joined"] in found:
                found[row["joined"]].others.append(row)
            else:
                loose.append(Group(row))
    return [*found.values(), *loose]


def by_phase(found: list[Group]) -> Iterator[tuple[str, list[Group]]]:
    for phase in terms.PHASES:
        mine = [group for group in found if group.head["phase"] == phase]
        if mine:
            yield phase, mine


def time(entry: dict, days: list[str]) -> str:
    """`09:14:05`; of a trial of several days, or where it was written on another one, with the day before it."""
    moment = clock.local(entry["moment"])
    return f"{moment:%H:%M:%S}" if days == [f"{moment:%Y-%m-%d}"] else f"{moment:%d/%m %H:%M:%S}"


def arrived(entry: dict) -> str:
    """When it reached the server: the time, with the day where that is not the one on which it was written."""
    at, moment = clock.local(entry["at"]), clock.local(entry["moment"])
    return f"{at:%H:%M:%S}" if at.date() == moment.date() else f"{at:%H:%M:%S %d/%m/%Y}"


def said(group: Group, _: Words) -> str:
    """The text; where several wrote it, each with his name."""
    if not group.others:
        return group.head["text"]
    return "\n".join(f"{one['by_name']}: {one['text']}" for one in group.all)


def cites(group: Group) -> str:
    return "; ".join(dict.fromkeys(one["bl"] for one in group.all if one["bl"]))


def writers(group: Group) -> str:
    return ", ".join(dict.fromkeys(one["by_name"] for one in group.all))


def sites(group: Group) -> str:
    return ", ".join(dict.fromkeys(one["site"] for one in group.all if one["site"]))


def remarks(group: Group, _: Words) -> str:
    """How sure the time is, whether the text was changed, whether it was marked."""
    found = []
    for one in group.all:
        if one["moment"] != one["at"]:
            found.append(_("reached the server at %(time)s", time=arrived(one)))
        if one["edits"]:
            found.append(_("changed later"))
        if one["marked"]:
            found.append(_("marked"))
    return "; ".join(dict.fromkeys(found))


def log_table(found: list[Group], days: list[str], _: Words) -> tuple[tuple[tuple[str, float], ...], list[list[Any]]]:
    """(columns with their widths, rows): one a group."""
    phases, kinds = terms.phases(_), terms.kinds(_)
    columns = (
        (_("No."), 6.0), (_("Phase"), 18.0), (_("Time"), 14.0), (_("Speaker"), 28.0), (_("Kind of entry"), 18.0),
        (_("Content"), 80.0), (_("BL"), 14.0), (_("Site"), 18.0), (_("Observer"), 24.0), (_("About the entry"), 26.0),
    )  # fmt: skip
    rows = [
        [n, phases[group.head["phase"]], time(group.head, days),
         terms.speaker(group.head["role"], group.head["name"]), kinds[group.head["kind"]], said(group, _),
         cites(group), sites(group), writers(group), remarks(group, _)]
        for n, group in enumerate(found, 1)
    ]  # fmt: skip
    return columns, rows


def check_table(found: list[Group], days: list[str], _: Words) -> tuple[tuple[tuple[str, float], ...], list[list[Any]]]:
    """(columns, rows) to hold against the court's minutes: what was said in court, each with room for a tick; in a
    phase by who speaks, in the order in which each spoke first."""
    phases, kinds = terms.phases(_), terms.kinds(_)
    columns = (
        (_("No."), 6.0), (_("Phase"), 18.0), (_("Speaker"), 28.0), (_("Time"), 14.0),
        (_("What was written down"), 80.0), (_("BL"), 14.0),
        (_("Right"), 8.0), (_("Missing"), 8.0), (_("Differs"), 8.0), (_("Note"), 30.0),
    )  # fmt: skip
    rows: list[list[Any]] = []
    for phase, mine in by_phase(found):
        for speaker, theirs in by_speaker(mine):
            for group in theirs:
                text = f"{kinds[group.head['kind']]}: {said(group, _)}"
                boxes = [""] * 3  # a cell is a box to tick
                when = time(group.head, days)
                rows.append([len(rows) + 1, phases[phase], speaker, when, text, cites(group), *boxes, ""])
    return columns, rows


def by_speaker(found: list[Group]) -> Iterator[tuple[str, list[Group]]]:
    spoken = [said_in_court for group in found if (said_in_court := group.only(SPOKEN))]
    speakers: dict[str, list[Group]] = {}
    for group in spoken:
        speakers.setdefault(terms.speaker(group.head["role"], group.head["name"]), []).append(group)
    yield from speakers.items()

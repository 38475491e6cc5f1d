"""Whether everything is ready for a meeting: what was found out, the answers, and the one number made of them. Pure.

The questions themselves are in `questions.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from meetingroom.meeting.state import MeetingState
from meetingroom.monitoring.found import BAD, GOOD, Finding
from meetingroom.readiness.device_check import DeviceChecks

NAMED = 6  # more than this are counted, not named


@dataclass(frozen=True)
class Paper:
    """A paper of the meeting, as it lies on the disk: the numbers of pages that cannot be shown."""

    title: str
    pages: int
    broken: tuple[int, ...] = ()


@dataclass(frozen=True)
class Device:
    """A connected screen, or one that has reported: whose it is, and how many of its windows have not reported."""

    who: str
    name: str
    site: str
    connected: int = 1
    silent: int = 0


@dataclass(frozen=True)
class Script:
    """The script of a case that comes to the meeting: how many of its steps were on the glass of a big screen here, how
    many were tried in vain, by the reason why."""

    case: str  # its title
    of: int
    painted: int = 0
    failed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """All there is to know. `here`: people with a connected screen."""

    state: MeetingState
    papers: tuple[Paper, ...] = ()
    failed: tuple[str, ...] = ()  # names of uploads that could not be read
    processing: int = 0
    server: tuple[Finding, ...] = ()
    office: bool = True
    paired: int = 0  # projectors of this meeting, and how many of them are connected
    projecting: int = 0
    here: frozenset[str] = frozenset()
    sites_here: dict[str, int] = field(default_factory=dict)  # connected devices by site
    devices: tuple[Device, ...] = ()
    device_checks: DeviceChecks = field(default_factory=DeviceChecks)
    scripts: tuple[Script, ...] = ()


@dataclass(frozen=True)
class Check:
    """`state`: good, todo, bad, or note (does not count). `part` of 0..1 is done; `weight` of the whole."""

    code: str
    group: str  # papers | people | sites | devices | server
    state: str
    words: str
    todo: str = ""
    who: str = ""
    part: float = 1.0
    weight: int = 5


_checks: list[Callable[[Found], Check | None]] = []


def check(ask):
    """Registers a question; it may have no answer (None)."""
    _checks.append(ask)
    return ask


def checks(found: Found) -> list[Check]:
    answers = [answer for ask in _checks if (answer := ask(found)) is not None]
    return [*answers, *(of_server(finding) for finding in found.server)]


def percent(answers: list[Check]) -> int:
    """How ready all is; 100 only if nothing at all is missing."""
    counted = [answer for answer in answers if answer.state != "note"]
    done = sum(answer.weight * min(1.0, answer.part) for answer in counted)
    return int(100 * done / (sum(answer.weight for answer in counted) or 1) + 1e-9)


def of_server(finding: Finding) -> Check:
    state = {GOOD: "good", BAD: "bad"}.get(finding.state, "todo")
    words = f"{finding.about}: {finding.words}."
    part = {"good": 1.0, "todo": 0.5}.get(state, 0.0)
    return Check("server", "server", state, words, finding.todo, administrators() if finding.todo else "", part, 4)


def preparers(found: Found) -> str:
    """The secretary and the organisers by name: whoever can mend what is in the preparation."""
    people = found.state.roll.people
    named = [people[key].name for key in found.state.roll.order if people[key].role in ("secretary", "organiser")]
    return listed(named) or administrators()


def administrators() -> str:
    return _("the administrator of the system")


def keeper_of(state: MeetingState, site: str) -> str:
    """Whom to call at a site: its technicians, else the contact that was written down."""
    people = state.roll.people.values()
    named = [person.name for person in people if person.role == "technician" and person.site == site]
    return listed(named) or state.sites.sites[site].contact


def listed(names) -> str:
    names = list(names)
    more = len(names) - NAMED
    shown = "; ".join(names[:NAMED])
    return f"{shown}; " + ngettext("and %(num)d more", "and %(num)d more", more) if more > 0 else shown


def ranges(pages: tuple[int, ...]) -> str:
    """(1, 2, 3, 7) → "1–3, 7"."""
    found: list[list[int]] = []
    for page in sorted(pages):
        if found and found[-1][1] == page - 1:
            found[-1][1] = page
        else:
            found.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found)

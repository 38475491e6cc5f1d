"""Which screens are connected, on which page, how late. In memory only: it is true of now or of nothing."""

from dataclasses import dataclass, field

from meetingroom import clock
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.state import MeetingState

LATE_NAMES = 50  # as many as anyone reads


@dataclass
class Screen:
    """One connected browser window."""

    meeting: str
    audience: str
    person: str = ""
    site: str = ""
    role: str = ""
    painted: tuple[str, int] = ("", 0)
    painted_at: int = 0


@dataclass
class Shown:
    """What should be painted now, since when (ms, when it was pushed)."""

    page: tuple[str, int] = ("", 0)
    since: int = 0


@dataclass
class Presence:
    """The screens by their socket id, and what each meeting's stage shows."""

    screens: dict[str, Screen] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def arrived(self, sid: str, screen: Screen, state: MeetingState) -> None:
        self.screens[sid] = screen
        if screen.meeting not in self.shown:
            self.shown[screen.meeting] = Shown(page_of(state), clock.now())
        self.changed.add(screen.meeting)

    def left(self, sid: str) -> Screen | None:
        screen = self.screens.pop(sid, None)
        if screen:
            self.changed.add(screen.meeting)
        return screen

    def painted(self, sid: str, paper: str, page: int) -> None:
        """A screen says that it has this page on the glass."""
        if screen := self.screens.get(sid):
            screen.painted, screen.painted_at = (paper, page), clock.now()
            self.changed.add(screen.meeting)

    def heard(self, meeting: str, before: MeetingState, after: MeetingState, fact: Recorded) -> None:
        """A listener of the push: the stage has moved, everybody is late from now on."""
        if page_of(before) != page_of(after):
            self.shown[meeting] = Shown(page_of(after), clock.now())
            self.changed.add(meeting)
        if before.roll is not after.roll:
            self._placed(meeting, after)

    def renewed(self, meeting: str, state: MeetingState) -> None:
        """The push may have missed a fact: the same from the state alone."""
        if page_of(state) != self.shown.get(meeting, Shown()).page:
            self.shown[meeting] = Shown(page_of(state), clock.now())
        self._placed(meeting, state)

    def _placed(self, meeting: str, state: MeetingState) -> None:
        for screen in self.screens.values():
            if screen.meeting == meeting and (person := state.roll.people.get(screen.person)):
                screen.site, screen.role = person.site, person.role
        self.changed.add(meeting)

    def inhabited(self, meeting: str) -> bool:
        return any(screen.meeting == meeting for screen in self.screens.values())

    def of(self, meeting: str) -> dict[str, Screen]:
        return {sid: screen for sid, screen in self.screens.items() if screen.meeting == meeting}

    def summary(self, meeting: str, main_site: str = "") -> dict:
        """{meeting, paper, page, screens, on_page, sites: {id: {here, on_page, late_ms}}, late: [person]}.

        `late_ms` is the time the slowest screen of the site took, or has been taking until now. People without a
        site count to `main_site`. On a title card everybody is on page.
        """
        shown, now = self.shown.get(meeting, Shown()), clock.now()
        sites: dict[str, dict] = {}
        late: list[str] = []
        total = total_on = 0
        for screen in self.screens.values():
            if screen.meeting != meeting:
                continue
            site = sites.setdefault(screen.site or main_site or "main", {"here": 0, "on_page": 0, "late_ms": 0})
            on = not shown.page[0] or screen.painted == shown.page
            site["here"] += 1
            site["on_page"] += on
            total += 1
            total_on += on
            took = max(0, (screen.painted_at if on else now) - shown.since) if shown.page[0] else 0
            site["late_ms"] = max(site["late_ms"], took)
            if not on and screen.person and len(late) < LATE_NAMES:
                late.append(screen.person)
        paper, page = shown.page
        about = {"meeting": meeting, "paper": paper, "page": page}
        return {**about, "screens": total, "on_page": total_on, "sites": sites, "late": late}


def page_of(state: MeetingState) -> tuple[str, int]:
    return (state.stage.paper, state.stage.page) if state.stage.kind == "page" else ("", 0)

"""Which devices are in a meeting's room, and what each shows. In memory only: it is true of now or of nothing.

A device that has joined belongs to the room until it leaves properly, its person goes, or an hour has passed: one
whose line fails does not make the others complete. Big screens are told apart: they have no eyes of their own.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from meetingroom import clock
from meetingroom.meeting import sides
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.sides import shown_now
from meetingroom.meeting.state import MeetingState

if TYPE_CHECKING:
    from meetingroom.live.pen import Meter

LATE_NAMES = 50  # as many as anyone reads
LOST_FOR = 3_600_000  # ms a device that vanished is waited for
LOST_OF_ONE = 3  # devices of the same owner that are waited for
Place = tuple  # (paper, page), or of a pair (paper, page, paper, page)
NOWHERE = ""  # a key, as `sides.key_of` makes it
STATES = ("shown", "loading", "browsing", "lost")
OVER_THE_PAGE = frozenset({"ballot", "speech", "board", "card", "cover"})  # what a big screen may show instead


@dataclass
class Screen:
    """One connected browser window, or one that was and whose line has failed."""

    meeting: str
    audience: str
    person: str = ""
    site: str = ""
    role: str = ""
    painted: str = NOWHERE
    painted_at: int = 0
    document: str = ""  # that it has painted the page of, if it says so
    id: str = ""  # of a projector or a shared tablet
    name: str = ""  # of a projector
    device: str = ""  # what the page calls itself as long as it lives; the same after a broken line
    onlooker: bool = False  # a page about the meeting that is no device of the room (the preparation, the minutes)
    browsing: bool = False
    shows: str = ""  # what a big screen has in front: page, ballot, speech, board, card, cover
    went: bool = False  # its person has left or is excused
    lost_at: int = 0
    ink: int = 0  # the revision of what is written on the page it has painted
    pen: "Meter | None" = None
    silent: bool = False  # a big screen that is to be heard, and is not: nobody has touched it yet
    sounds: bool | None = None  # whether it was told that recordings are heard from it

    @property
    def owner(self) -> str:
        return self.id or self.person

    @property
    def window(self) -> tuple[str, str, str]:
        """What all sockets of one page have in common, which come one after the other."""
        return self.meeting, self.owner, self.device

    @property
    def counts(self) -> bool:
        """Whether it belongs to the devices of the room; a big screen is told apart."""
        return self.role != "screen" and not self.onlooker


@dataclass
class Shown:
    """What should be painted now, since when (ms, when it was pushed), and what was before."""

    key: str = NOWHERE
    since: int = 0
    before: str = NOWHERE
    ink: int = 0  # the revision of what is written on the page; 0: nothing ever was
    document: str = ""
    replaced: int = 0  # when the same page of another version came instead


@dataclass
class Presence:
    """The screens by their socket id, those whose line has failed, and what each meeting's stage shows."""

    screens: dict[str, Screen] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    counts: Counter = field(default_factory=Counter)  # of the screens of each meeting
    lost: dict[str, dict[int, Screen]] = field(default_factory=dict)  # by meeting and `id()`, the longest lost first
    _missed: dict[tuple[str, str], list[Screen]] = field(default_factory=dict)  # the same, by meeting and owner
    _sockets: dict[tuple, set[str]] = field(default_factory=dict)  # of each device that has named itself

    def arrived(self, sid: str, screen: Screen, state: MeetingState) -> None:
        """A screen has joined: for the first time, again over the same socket, or after a broken line."""
        if (before := self.screens.get(sid)) and before.meeting == screen.meeting:
            screen.painted, screen.painted_at, screen.ink = before.painted, before.painted_at, before.ink
            screen.browsing, screen.shows = before.browsing, before.shows
        self._taken(sid)
        self._found(screen)
        self.screens[sid] = screen
        self.counts[screen.meeting] += 1
        if screen.device:
            self._sockets.setdefault(screen.window, set()).add(sid)
        self._follows(screen, state)
        if screen.meeting not in self.shown:
            self.shown[screen.meeting] = Shown(
                key_of(state), clock.now(), ink=ink_of(state), document=document_of(state)
            )
        self.changed.add(screen.meeting)

    def left(self, sid: str) -> Screen | None:
        """It has gone properly, or was put out: nobody waits for it."""
        screen = self._taken(sid)
        if screen:
            self.changed.add(screen.meeting)
        return screen

    def _taken(self, sid: str) -> Screen | None:
        """A socket shows nothing any more."""
        screen = self.screens.pop(sid, None)
        if screen:
            self.counts[screen.meeting] -= 1
            if not self.counts[screen.meeting]:
                del self.counts[screen.meeting]
        if screen and (sockets := self._sockets.get(screen.window)):
            sockets.discard(sid)
            if not sockets:
                del self._sockets[screen.window]
        return screen

    def vanished(self, sid: str) -> None:
        """Its line has ended without a word."""
        screen = self.left(sid)
        if screen is None or screen.onlooker or screen.went or not screen.owner:
            return
        gone = replace(screen, lost_at=clock.now())
        self.lost.setdefault(gone.meeting, {})[id(gone)] = gone
        same = self._missed.setdefault((gone.meeting, gone.owner), [])
        same.append(gone)
        if len(same) > LOST_OF_ONE:
            self._forget_one(same[0])

    def painted(
        self,
        sid: str,
        paper: str,
        page: int,
        browsing=False,
        shows: str = "",
        ink: int = 0,
        document: str = "",
        right: Place = (),
        key: str = "",
        silent: bool = False,
    ) -> None:
        """A screen says that it has this page on the glass (of this version of the paper, and what is written on it up
        to the revision `ink`; with the right one of a pair), or that its reader looks at something else meanwhile.
        Any place is named by its `key`."""
        place = key or key_of_pages((paper, page, *right))
        if screen := self.screens.get(sid):
            screen.ink, screen.silent = ink, silent
            there = screen.painted == place and screen.document == document
            if there and (screen.browsing, screen.shows) == (browsing, shows) and ink:
                self.changed.add(screen.meeting)  # the page was there before: only what is written on it is new
                return
            screen.painted, screen.painted_at = place, clock.now()
            screen.browsing, screen.shows, screen.document = browsing, shows, document
            self.changed.add(screen.meeting)

    def heard(self, meeting: str, before: MeetingState, after: MeetingState, fact: Recorded) -> None:
        """A listener of the push: the stage has moved, everybody is late from now on."""
        if before.stage.holder != after.stage.holder:  # who presents is told
            self.changed.add(meeting)
        if key_of(before) != key_of(after) or document_of(before) != document_of(after):
            about = (key_of(after), clock.now(), key_of(before), ink_of(after), document_of(after))
            self.shown[meeting] = Shown(*about)
            if key_of(before) == key_of(after):  # another version of it
                self.shown[meeting].replaced = clock.now()
            self.changed.add(meeting)
        elif before.ink is not after.ink and meeting in self.shown:
            self.shown[meeting].ink = ink_of(after)
            self.changed.add(meeting)
        if before.roll is not after.roll:
            self._placed(meeting, after)

    def renewed(self, meeting: str, state: MeetingState) -> None:
        """The push may have missed a fact: the same from the state alone."""
        shown = self.shown.get(meeting, Shown())
        if key_of(state) != shown.key or document_of(state) != shown.document:
            about = (key_of(state), clock.now(), shown.key, ink_of(state), document_of(state))
            self.shown[meeting] = Shown(*about)
        if meeting in self.shown:
            self.shown[meeting].ink = ink_of(state)
        self._placed(meeting, state)

    def _placed(self, meeting: str, state: MeetingState) -> None:
        for screen in [*self.of(meeting).values(), *self.lost.get(meeting, {}).values()]:
            self._follows(screen, state)
        self._forget(meeting, lambda one: one.went)
        self.changed.add(meeting)

    def _follows(self, screen: Screen, state: MeetingState) -> None:
        """What the roll says of its person. Who is no longer invited has gone."""
        if not screen.person:
            return
        person = state.roll.people.get(screen.person)
        if person:
            screen.site, screen.role = person.site, person.role
        screen.went = person is None or person.presence in ("left", "excused")

    def _found(self, screen: Screen) -> None:
        """One that was missed is back: the same page, or another device of the same owner in its place."""
        if screen.onlooker or not screen.owner:
            return
        if screen.device:  # its old socket may not have noticed yet that the line has failed
            for key in list(self._sockets.get(screen.window, ())):
                self._taken(key)
        same = self._missed.get((screen.meeting, screen.owner), ())
        back = next((one for one in same if screen.device and one.device == screen.device), same[0] if same else None)
        if back:
            self._forget_one(back)

    def let_go(self, id: str) -> None:
        """A projector or shared tablet is no longer of its meeting."""
        for meeting in list(self.lost):
            self._forget(meeting, lambda one: one.id == id)

    def tidy(self) -> None:
        """Who has been lost for long is not waited for any more."""
        for meeting, lost in list(self.lost.items()):
            limit = clock.now() - LOST_FOR
            if next(iter(lost.values())).lost_at < limit:
                self._forget(meeting, lambda one, limit=limit: one.lost_at < limit)

    def _forget(self, meeting: str, which) -> None:
        for one in [one for one in self.lost.get(meeting, {}).values() if which(one)]:
            self._forget_one(one)

    def _forget_one(self, gone: Screen) -> None:
        self.changed.add(gone.meeting)
        lost, owner = self.lost[gone.meeting], (gone.meeting, gone.owner)
        del lost[id(gone)]
        if not lost:
            del self.lost[gone.meeting]
        self._missed[owner] = [one for one in self._missed[owner] if one is not gone]
        if not self._missed[owner]:
            del self._missed[owner]

    def inhabited(self, meeting: str) -> bool:
        return any(screen.meeting == meeting for screen in self.screens.values())

    def of(self, meeting: str) -> dict[str, Screen]:
        return {sid: screen for sid, screen in self.screens.items() if screen.meeting == meeting}

    def summary(self, meeting: str, main_site: str = "") -> dict:
        """{meeting, paper, page, right?: {paper, page}, screens, on_page, loading, browsing, lost, late: [person],
        states: {person: state},
        sites: {id: {here, on_page, loading, browsing, lost, late_ms}}, projectors: [{id, name, state, shows, …}],
        ink?}.

        `screens` and `here` are the devices that have joined; each of them is on the page, loading it, browsing, or
        lost. `late_ms` is the time the slowest connected screen of the site took, or has been taking until now.
        People without a site count to `main_site`. On a title card everybody who is there and does not browse is on
        page. Big screens are in `projectors` alone. `ink`: how many of those on the page have everything that is
        written on it; only where something is.
        """
        shown, now = self.shown.get(meeting, Shown()), clock.now()
        sites: dict[str, dict] = {}
        states: dict[str, str] = {}
        total, inked = dict.fromkeys(STATES, 0), 0
        devices = [*self.of(meeting).values(), *self.lost.get(meeting, {}).values()]
        for screen in devices:
            if not screen.counts:
                continue
            site = sites.setdefault(screen.site or main_site or "main", {"late_ms": 0, **dict.fromkeys(STATES, 0)})
            state = state_of(screen, shown)
            site[state] += 1
            total[state] += 1
            inked += state == "shown" and screen.ink >= shown.ink
            if shown.key and state in ("shown", "loading"):
                took = (screen.painted_at if state == "shown" else now) - shown.since
                site["late_ms"] = max(site["late_ms"], took)
            if state != "shown" and screen.person:
                worst = max(states.get(screen.person, "shown"), state, key=STATES.index)
                if screen.person in states or len(states) < LATE_NAMES:
                    states[screen.person] = worst
        return {
            "meeting": meeting,
            **pages_of_key(shown.key),
            **({"key": shown.key} if shown.key else {}),
            **count_states(total, "screens"),
            "sites": {key: {**count_states(site, "here"), "late_ms": site["late_ms"]} for key, site in sites.items()},
            "late": list(states),
            "states": states,
            "projectors": [describe_projector(screen, shown) for screen in devices if screen.role == "screen"],
            **({"ink": inked} if shown.ink else {}),
        }


def state_of(screen: Screen, shown: Shown) -> str:
    """Of a device: shown, loading, browsing or lost."""
    if screen.lost_at:
        return "lost"
    if screen.browsing:
        return "browsing"
    if has_it(screen, shown):
        return "shown"
    # It has painted a page that neither is nor was on the stage, and after the stage had moved.
    elsewhere = screen.painted and screen.painted != shown.before and screen.painted_at > shown.since
    return "browsing" if elsewhere else "loading"


def count_states(states: dict, base: str) -> dict:
    """{<base>, on_page, loading, browsing, lost} of the numbers by state."""
    all_of_them = sum(states[state] for state in STATES)
    return {base: all_of_them, "on_page": states["shown"], **{state: states[state] for state in STATES[1:]}}


def describe_projector(screen: Screen, shown: Shown) -> dict:
    """{id, name, state, shows, silent?, paper?, page?}: what hangs on the wall. `state` is shown (the page of the stage
    or its card), loading, other (a ballot, a speaker, …), or lost."""
    about: dict = {
        "id": screen.id,
        "name": screen.name,
        "shows": screen.shows or ("page" if screen.painted else "card"),
        **({"silent": True} if screen.silent else {}),
    }
    if screen.painted:
        about |= {key: value for key, value in pages_of_key(screen.painted).items() if value and key != "right"}
    if screen.lost_at:
        return {**about, "state": "lost"}
    if about["shows"] in OVER_THE_PAGE and (shown.key or about["shows"] != "card"):
        # The card where a page should be is a screen that has not followed yet.
        return {**about, "state": "loading" if about["shows"] == "card" else "other"}
    return {**about, "state": "shown" if has_it(screen, shown) else "loading"}


def has_it(screen: Screen, shown: Shown) -> bool:
    """Whether it has painted what is on the stage; another version of the paper is something else."""
    if not shown.key or screen.painted != shown.key:
        return not shown.key
    return screen.document == shown.document or (not screen.document and screen.painted_at >= shown.replaced)


def key_of(state: MeetingState) -> str:
    """The place on the stage; nowhere before the opening and in a break, when the card hides it."""
    return sides.key_of(state) if state.meeting.status == "live" else NOWHERE


def key_of_pages(place: Place) -> str:
    """The key of a page, or of the two of a pair, that was named by papers."""
    pages = [place[n : n + 2] for n in range(0, len(place), 2)]
    return "|".join(f"p:{paper}/{page}" for paper, page in pages if paper)


def pages_of_key(key: str) -> dict:
    """{paper, page, right?: {paper, page}} of a key; "" and 0 of what is no page of a paper."""
    found: list[dict] = []
    for part in key.split("|"):
        paper, _, page = part.removeprefix("p:").rpartition("/")
        is_page = part.startswith("p:") and page.isdecimal()
        found.append({"paper": paper, "page": int(page)} if is_page else {"paper": "", "page": 0})
    return found[0] | ({"right": found[1]} if len(found) > 1 else {})


def ink_of(state: MeetingState) -> int:
    """The revision of what is written on the page on the stage (of a pair, both together); 0 where nothing ever was."""
    if state.meeting.status != "live":
        return 0
    return sum(state.ink.page(document, page).rev for document, page in shown_now(state))


def document_of(state: MeetingState) -> str:
    """The version of the paper that is on the stage; of a pair both."""
    return " ".join(document for document, _ in shown_now(state)) if state.meeting.status == "live" else ""

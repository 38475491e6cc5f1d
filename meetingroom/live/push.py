"""The one door out: the tail of the log becomes patches, and patches go to rooms.

The log row is the outbox. Whoever commits (this process or the worker) gets the push for nothing, and a crash between
commit and emit loses nothing: the tail goes on from its mark. Only this file emits what the log says.

What goes wrong stays where it went wrong. A room that could not be told, a fact that could not be applied, a number
that is missing: the others have theirs all the same, and this meeting is followed anew from its first fact; the screens
that may have missed something are sent their whole view. Until that succeeds it is tried again, ever more rarely.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlite_utils import Database

from meetingroom import log
from meetingroom.database import Pool, connect
from meetingroom.live import outgoing
from meetingroom.meeting import roles
from meetingroom.meeting import view as views
from meetingroom.meeting.kernel import Recorded, step
from meetingroom.meeting.state import MeetingState

logger = logging.getLogger(__name__)

# How many patches an audience's short absence may cost before it gets the whole view.
PATCHES_KEPT = 200
# How often the tail looks for what other processes wrote, in seconds; this process wakes it at once.
LOOK_EVERY = 0.1
MEETINGS_KEPT = 100
AT_ONCE = 1000  # facts read before others have their turn
SOON, SELDOM = 0.1, 10.0  # seconds until what could not be mended is tried again: doubled from one to the other


Listener = Callable[[str, MeetingState, MeetingState, Recorded], None]


class MissingFact(Exception):
    """A fact came whose number does not follow on the last."""


@dataclass
class AudienceTail:
    """One audience of one meeting: what it sees now, and the last patches that led there."""

    room: str
    view: views.View
    patches: deque = field(default_factory=lambda: deque(maxlen=PATCHES_KEPT))
    owed: bool = False  # its screens may have missed something and need the whole view
    text: tuple[int, str] = (-1, "")  # the view as JSON, and the number it is true of: the same for all who join


@dataclass
class Followed:
    """A meeting the tail follows: its state as pushed, and a channel per audience."""

    state: MeetingState
    tails: dict[str, AudienceTail]
    lost: bool = False  # the state is not that of the log any more


@dataclass
class FailedMeeting:
    """A meeting in which something went wrong: how often mending failed, and when it is tried again (monotonic)."""

    tries: int = 0
    again: float = 0.0


def room_name(meeting: str, audience: str) -> str:
    """The Socket.IO room of an audience: "staff", "members", "screens", or "site:<id>" for a site's screens."""
    return f"{meeting}/{audience}"


class Push:
    """Follows the log and tells the rooms. `emit(event, body, room)` is Socket.IO's.

    A listener hears every fact after the rooms; who `renews` is told the state of a meeting that was followed anew,
    since it may not have heard what led there.
    """

    def __init__(self, pool: Pool, emit: Callable[[str, dict, str], None], now: Callable[[], float] = time.monotonic):
        self.pool, self.emit, self.monotonic = pool, emit, now
        self.listeners: list[Listener] = []
        self.renews: list[Callable[[str, MeetingState], None]] = []
        self.inhabited: Callable[[str], bool] = lambda meeting: True  # whether anybody is connected (socket.py)
        self.occupied: Callable[[str], bool] = lambda room: True  # whether anybody is in a room
        self.sent: Callable[[], None] = lambda: None  # something is on its way; the rest of a request can wait
        self._followed: dict[str, Followed] = {}
        self._hurt: dict[str, FailedMeeting] = {}
        self._mark = 0
        self._own: Database | None = None  # only asked for its data_version
        self._version: int | None = None
        self._woken = threading.Event()
        self._lock = threading.Lock()
        self._stopped = False
        self._looked = 0.0
        self.pushed = 0.0  # when something was last pushed (monotonic seconds)

    def start(self, start_background_task: Callable) -> None:
        """Begin to follow, from the end of the log: whoever joins later gets the whole view first."""
        with self.pool.lend() as db:
            self._mark = db.conn.execute("select coalesce(max(id), 0) from events").fetchone()[0]
        start_background_task(self._run)

    @property
    def alive(self) -> bool:
        """The tail has looked at the log within the last seconds."""
        return self.monotonic() - self._looked < 5

    @property
    def hurt(self) -> list[str]:
        """The meetings whose screens are not told everything at this moment."""
        return list(self._hurt)

    def stop(self) -> None:
        self._stopped = True
        self.wake()

    def wake(self) -> None:
        """Something was committed: push it now."""
        self._woken.set()

    def now(self) -> None:
        """Something was committed: it goes out before its sender is answered, so that a thousand tablets do not wait
        for the rest of that request. Should this fail, the tail does it: everything is in the log."""
        try:
            with self._lock:
                all_of_them = self._push_own()
            if self._hurt or not all_of_them:
                self.pump()
            self.sent()
        except Exception:
            logger.exception("could not push at once; the tail will")
            self.wake()

    def current(self, meeting: str, audience: str) -> tuple[int, views.View]:
        """The view of an audience with the number it is true of; what is pushed next has the next number.

        What is committed is pushed first: who has just been answered reads their own writing.
        """
        self.pump()
        with self._lock:
            followed = self._follow(meeting)
            tail = followed.tails[audience]
            seen = views.view(followed.state, audience) if tail.owed else tail.view
            return followed.state.seq, seen

    def snapshot(self, meeting: str, audience: str) -> tuple[MeetingState, str]:
        """The state, and the view of an audience as JSON: made once for all who join at the same number."""
        _, seen = self.current(meeting, audience)
        with self._lock:
            followed = self._follow(meeting)
            tail = followed.tails[audience]
            if tail.owed:
                return followed.state, encode(seen)
            if tail.text[0] != followed.state.seq:
                tail.text = (followed.state.seq, encode(tail.view))
            return followed.state, tail.text[1]

    def moment(self, meeting: str) -> int:
        """The time in a meeting, ms: what its countdowns are drawn by."""
        with self._lock:
            return log.meeting_time(self.pool, self._follow(meeting).state)

    def since(self, meeting: str, audience: str, after: int) -> list[dict] | None:
        """The patches after number `after`, or None when they are no longer all here."""
        with self._lock:
            followed = self._follow(meeting)
            tail = followed.tails[audience]
            if tail.owed:
                return None
            if after == followed.state.seq:
                return []
            patches = tail.patches
            if not patches or not patches[0]["seq"] <= after + 1 <= patches[-1]["seq"]:
                return None
            return [body for body in patches if body["seq"] > after]

    def pump(self) -> None:
        """Push every fact the log has beyond the mark, then mend what is due. Called by the tail; by tests directly."""
        more = True
        while more:
            with self._lock:
                more = self._read() == AT_ONCE
        with self._lock:
            for meeting in self._due():
                self._mend(meeting)

    def _read(self) -> int:
        """Push the next facts; how many there were."""
        # Whether anybody has written since: much cheaper than to look, and a thousand who join ask it.
        try:
            self._own = self._own or connect(self.pool.path)
            version = self._own.conn.execute("pragma data_version").fetchone()[0]
        except Exception:
            close(self._own)
            self._own = self._version = None
            raise
        if version == self._version:
            return 0
        with self.pool.lend() as db:
            rows = db.conn.execute(
                "select id, meeting, seq, at, by, name, data, hash from events where id > ? order by id limit ?",
                (self._mark, AT_ONCE),
            ).fetchall()
        for row in rows:
            self._mark = row["id"]
            followed = self._followed.get(row["meeting"])
            if followed and not followed.lost:
                try:
                    self._push(row["meeting"], followed, log.read_row(*tuple(row)[2:]))
                except Exception:
                    self._lose(followed, row["seq"])
        if len(rows) < AT_ONCE:
            self._version = version
        return len(rows)

    def _push_own(self) -> bool:
        """Push what this process committed right after the mark, which need not be read; whether that is all of it."""
        while written := log.find_written(self.pool, self._mark + 1):
            self._mark = written.row
            followed = self._followed.get(written.meeting)
            if followed and not followed.lost:
                try:
                    self._push(written.meeting, followed, written.fact, written.state)
                except Exception:
                    self._lose(followed, written.fact.seq)
        return log.last_written(self.pool) == self._mark

    def _lose(self, followed: Followed, seq: int) -> None:
        logger.exception("fact %s of %s could not be pushed", seq, followed.state.id)
        followed.lost = True
        self._wounded(followed.state.id)

    def _run(self) -> None:
        db: Database | None = None
        version, stumbled = None, 0
        while not self._stopped:
            self._woken.wait(LOOK_EVERY)
            woken = self._woken.is_set()
            self._woken.clear()
            try:
                db = db or connect(self.pool.path)
                latest = db.conn.execute("pragma data_version").fetchone()[0]
                if woken or latest != version or self._due():
                    self.pump()
                version, stumbled = latest, 0
                self._looked = self.monotonic()
            except Exception:  # the tail must outlive any failure: everything is in the log, and is looked for again
                if stumbled % 100 == 0:
                    logger.exception("the log could not be followed; it is tried again")
                stumbled += 1
                close(db)
                version, db = None, None
        close(db)

    def _push(
        self,
        meeting: str,
        followed: Followed,
        fact: Recorded,
        after: MeetingState | None = None,
    ) -> None:
        """One fact to every room of its meeting; `after`: the state with it, where it is known. Raises what hinders all
        of them; what hinders one is noted."""
        before = followed.state
        if fact.seq <= before.seq:
            return
        if fact.seq != before.seq + 1:
            raise MissingFact(f"{meeting}: {fact.seq} after {before.seq}")
        after = after or step(before, fact)
        self.pushed = self.monotonic()
        followed.state = after
        empty: list[tuple[str, AudienceTail]] = []  # who is there is told before what nobody hears is drawn
        for audience, tail in followed.tails.items():
            if self.occupied(tail.room):
                self._tell(before, after, fact, audience, tail)
            else:
                empty.append((audience, tail))
        for audience, tail in empty:
            self._tell(before, after, fact, audience, tail)
        for listen in self.listeners:
            try:
                listen(meeting, before, after, fact)
            except Exception:
                logger.exception("a listener failed at fact %s of %s", fact.seq, meeting)
                self._wounded(meeting)

    def _tell(
        self, before: MeetingState, after: MeetingState, fact: Recorded, audience: str, tail: AudienceTail
    ) -> None:
        if tail.owed:
            return
        try:
            seen = views.follow(before, tail.view, after, audience)
            body = {"meeting": after.id, "seq": fact.seq, "patch": views.patch(tail.view, seen), "at": fact.at}
            tail.view = seen
            tail.patches.append(body)
            self.emit("patch", body, tail.room)
        except Exception:
            logger.exception("fact %s did not reach %s", fact.seq, tail.room)
            tail.owed = True
            self._wounded(after.id)

    def _wounded(self, meeting: str) -> None:
        self._hurt.setdefault(meeting, FailedMeeting())

    def _due(self) -> list[str]:
        """The meetings that are to be mended now."""
        return [key for key, hurt in self._hurt.items() if hurt.again <= self.monotonic()] if self._hurt else []

    def _mend(self, meeting: str) -> None:
        """Follow a meeting anew; send the whole view where the screens may not have it."""
        well = True
        try:
            if followed := self._followed.get(meeting):
                well = self._renew(meeting, followed)
        except Exception:
            logger.exception("%s could not be followed anew", meeting)
            well = False
        if well:
            del self._hurt[meeting]
            return
        hurt = self._hurt[meeting]
        hurt.again = self.monotonic() + min(SELDOM, SOON * 2**hurt.tries)
        hurt.tries = min(hurt.tries + 1, 30)

    def _renew(self, meeting: str, followed: Followed) -> bool:
        """Whether everybody has everything now. Raises what the log or the rules cannot get over."""
        before, followed.state = followed.state, log.reread_state(self.pool, meeting)
        followed.lost = False
        well = True
        for audience, tail in followed.tails.items():
            try:
                seen = views.view(followed.state, audience)
                if not tail.owed and before.seq == followed.state.seq and tail.view == seen:
                    continue
                tail.owed, tail.view = True, seen
                tail.patches.clear()
                body = {"meeting": meeting, "seq": followed.state.seq, "audience": audience, "view": seen}
                body["now"] = log.meeting_time(self.pool, followed.state)
                self.emit("view", body, tail.room)
                tail.owed = False
            except Exception:
                logger.exception("%s could not be sent its view", tail.room)
                tail.owed, well = True, False
        for renew in self.renews:
            try:
                renew(meeting, followed.state)
            except Exception:
                logger.exception("what is kept in memory of %s could not be renewed", meeting)
                well = False
        return well

    def _follow(self, meeting: str) -> Followed:
        if meeting not in self._followed:
            state = log.state(self.pool, meeting)
            self._followed[meeting] = Followed(state, {audience: self._tail(state, audience) for audience in ALL})
            if len(self._followed) > MEETINGS_KEPT:
                for empty in [key for key in self._followed if key != meeting and not self.inhabited(key)]:
                    del self._followed[empty]
        return self._followed[meeting]

    def _tail(self, state: MeetingState, audience: str) -> AudienceTail:
        try:
            return AudienceTail(room_name(state.id, audience), views.view(state, audience))
        except Exception:  # the other audiences have theirs
            logger.exception("what %s see of %s could not be drawn", audience, state.id)
            self._wounded(state.id)
            return AudienceTail(room_name(state.id, audience), {}, owed=True)


ALL = tuple(roles.AUDIENCES)


def encode(view: views.View) -> str:
    return outgoing.encode(view).decode()


def close(db: Database | None) -> None:
    """Close what may be broken already."""
    if db is not None:
        try:
            db.close()
        except Exception as error:
            logger.info("a connection could not be closed: %r", error)

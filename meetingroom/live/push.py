"""The one door out: the tail of the log becomes patches, and patches go to rooms.

The log row is the outbox. Whoever commits (this process or the worker) gets the push for nothing, and a crash between
commit and emit loses nothing: the tail goes on from its mark. Only this file emits what the log says.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from meetingroom import log
from meetingroom.database import Pool, connect
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


@dataclass
class Channel:
    """One audience of one meeting: what it sees now, and the last patches that led there."""

    view: views.View
    patches: deque = field(default_factory=lambda: deque(maxlen=PATCHES_KEPT))


@dataclass
class Followed:
    """A meeting the tail follows: its state as pushed, and a channel per audience."""

    state: MeetingState
    channels: dict[str, Channel]


def room(meeting: str, audience: str) -> str:
    """The Socket.IO room of an audience: "staff", "members", "screens", or "site:<id>" for a site's screens."""
    return f"{meeting}/{audience}"


class Push:
    """Follows the log and tells the rooms. `emit(event, body, room)` is Socket.IO's."""

    def __init__(self, pool: Pool, emit: Callable[[str, dict, str], None]):
        self.pool, self.emit = pool, emit
        self.listeners: list[Callable[[str, MeetingState, MeetingState, Recorded], None]] = []
        self.inhabited: Callable[[str], bool] = lambda meeting: True  # whether anybody is connected (socket.py)
        self._followed: dict[str, Followed] = {}
        self._mark = 0
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
        return time.monotonic() - self._looked < 5

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
            self.pump()
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
            return followed.state.seq, followed.channels[audience].view

    def since(self, meeting: str, audience: str, after: int) -> list[dict] | None:
        """The patches after number `after`, or None when they are no longer all here."""
        with self._lock:
            followed = self._follow(meeting)
            patches = followed.channels[audience].patches
            if after == followed.state.seq:
                return []
            if not patches or not patches[0]["seq"] <= after + 1 <= patches[-1]["seq"]:
                return None
            return [body for body in patches if body["seq"] > after]

    def pump(self) -> None:
        """Push every fact the log has beyond the mark. Called by the tail; by tests directly."""
        with self._lock:
            with self.pool.lend() as db:
                rows = db.conn.execute(
                    "select id, meeting, seq, at, by, name, data, hash from events where id > ? order by id limit 1000",
                    (self._mark,),
                ).fetchall()
            for row in rows:
                self._mark = row["id"]
                if row["meeting"] in self._followed:
                    self._push(row["meeting"], log.recorded(*tuple(row)[2:]))

    def _run(self) -> None:
        db = connect(self.pool.path)
        version = None
        while not self._stopped:
            self._woken.wait(LOOK_EVERY)
            self._looked = time.monotonic()
            try:
                latest = db.conn.execute("pragma data_version").fetchone()[0]
                if self._woken.is_set() or latest != version:
                    self._woken.clear()
                    version = latest
                    self.pump()
            except Exception:  # the tail must outlive any one failure: everything is still in the log
                logger.exception("the tail stumbled and goes on")
                self._woken.clear()
        db.close()

    def _push(self, meeting: str, fact: Recorded) -> None:
        followed = self._followed[meeting]
        before = followed.state
        if fact.seq <= before.seq:
            return
        after = step(before, fact)
        self.pushed = time.monotonic()
        followed.state = after
        for audience, channel in followed.channels.items():
            seen = views.following(before, channel.view, after, audience)
            body = {"meeting": meeting, "seq": fact.seq, "patch": views.patch(channel.view, seen), "at": fact.at}
            channel.view = seen
            channel.patches.append(body)
            self.emit("patch", body, room(meeting, audience))
        for listen in self.listeners:
            listen(meeting, before, after, fact)

    def _follow(self, meeting: str) -> Followed:
        if meeting not in self._followed:
            state = log.state(self.pool, meeting)
            channels = {audience: Channel(views.view(state, audience)) for audience in roles.AUDIENCES}
            self._followed[meeting] = Followed(state, channels)
            if len(self._followed) > MEETINGS_KEPT:
                for empty in [key for key in self._followed if key != meeting and not self.inhabited(key)]:
                    del self._followed[empty]
        return self._followed[meeting]

"""Work that is done while the commit waits for the disk.

SQLite leaves Python alone as long as a commit is on its way to the disk. One system thread uses that time: it computes
what the rooms will be sent, and sends nothing. What it has is taken after the commit; what it had not begun by then is
taken back from it and done in the usual way. So it can make a page turn earlier, and never wrong: it must be given pure
functions only, which share nothing with the event loop but values that nobody changes.
"""

from _queue import Empty, SimpleQueue  # not `queue`: of there, eventlet has its own
from collections.abc import Callable
from typing import Any

PATIENCE = 0.005  # seconds for what was begun; then it is done in the usual way


class Job:
    """One function, to be called once. `take()` is its result, or None where it is to be done in the usual way."""

    __slots__ = ("_open", "_result")

    def __init__(self, function: Callable[[], Any]):
        self._open = [function]
        self._result: SimpleQueue = SimpleQueue()

    def do(self) -> None:
        """By the other thread."""
        try:
            function = self._open.pop()
        except IndexError:  # taken back
            return
        try:
            self._result.put(function())
        except Exception:  # whoever does it in the usual way will meet it, and say so
            self._result.put(None)

    def take(self) -> Any:
        try:
            self._open.pop()
        except IndexError:
            try:
                return self._result.get(timeout=PATIENCE)
            except Empty:
                return None
        return None


class Meanwhile:
    """The thread. `start` begins a real one: of the loop's own, only one runs at a time."""

    def __init__(self, start: Callable[[Callable[[], None]], Any]):
        self._jobs: SimpleQueue = SimpleQueue()
        start(self._run)

    def begin(self, function: Callable[[], Any]) -> Job:
        job = Job(function)
        self._jobs.put(job)
        return job

    def _run(self) -> None:
        while True:
            self._jobs.get().do()

"""Several render processes draw one paper, and a process that dies takes one page with it."""

import errno
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from meetingroom.documents import render_slots
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.render_process import MEGABYTE, Died, RenderProcess, TookTooLong

PROCESSES = 2
OPEN_SECONDS = 60
PAGE_SECONDS = 30
GLANCE_SECONDS = 0.1
ENOUGH = 120 * MEGABYTE  # the drawing library gathers what it has read: a scanned file as a whole, in the end

# A paper most of whose pages fail is not shown with placeholders; it has failed.
MANY_FAILURES = 10


class RenderPool:
    """The render processes of one paper. Raises FileRejected when the paper cannot be opened."""

    def __init__(
        self,
        source: Path,
        family: str,
        folder: Path,
        pause: Callable[[], None] = lambda: None,
        processes: int = PROCESSES,
    ):
        self._processes = processes
        self._new = lambda: RenderProcess(source, family, folder, seconds=OPEN_SECONDS)
        self._closed = threading.Event()
        self._idle: list[RenderProcess] = []
        self._busy: set[RenderProcess] = set()
        self.warnings: list[dict] = []  # what `shape` found
        self._alive: set[RenderProcess] = set()
        render_slots.shared.take(pause)
        self._idle.append(self._open())
        self.pages = self._idle[0].pages

    def shape(self, limit: int) -> list[list[float]]:
        """Raises FileRejected: too_many_pages | damaged."""
        with opening_failures():
            answer = self._idle[0].ask("shape", seconds=OPEN_SECONDS, limit=limit)
        self.warnings = answer["warnings"]
        return answer["shape"]

    def work(
        self, deed: str, numbers: Iterable[int], glance: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[int, str]]:
        """(page, "" or the code of its failure) of every page, as they are done.

        `glance` is called some ten times a second and may raise, to break off at once. Raises
        FileRejected("pages_fail").
        """
        numbers = list(numbers)
        todo, lock = iter(numbers), threading.Lock()
        done: queue.Queue[tuple[int, str] | BaseException | None] = queue.Queue()
        ended = threading.Event()
        hands = [
            threading.Thread(target=self._hand, args=(deed, todo, lock, done, ended, n > 0))
            for n in range(len(numbers[: self._processes]))
        ]
        for hand in hands:
            hand.daemon = True
            hand.start()
        at_work, drawn, failures = len(hands), 0, 0
        try:
            while at_work:
                try:
                    result = done.get(timeout=GLANCE_SECONDS)
                except queue.Empty:
                    glance()
                    continue
                if result is None:
                    at_work -= 1
                elif isinstance(result, BaseException):
                    raise result
                else:
                    drawn, failures = drawn + 1, failures + bool(result[1])
                    yield result
                    glance()
                    if failures >= MANY_FAILURES and failures * 2 > drawn:
                        raise FileRejected("pages_fail", failed=failures)
        finally:
            if at_work:
                self.close()
            for hand in hands:
                hand.join()
            if self._closed.is_set():
                self._leave_all()

    def _hand(self, deed: str, todo, lock, done, ended: threading.Event, spare: bool) -> None:
        """Takes the next page until none is left. A spare hand works while there is a place for it."""
        renderer: RenderProcess | None = None
        try:
            while not self._closed.is_set():
                if renderer is None:
                    if spare and not self._place(ended):
                        break
                    renderer = self._open() if spare else self._take()
                    self._busy.add(renderer)
                with lock:
                    number = next(todo, None)
                if number is None:
                    break
                if renderer.memory() > ENOUGH:
                    renderer = self._instead_of(renderer)
                renderer, failure = self._draw(renderer, deed, number)
                done.put((number, failure))
                if spare and render_slots.shared.waiting:
                    self._leave(renderer)
                    renderer = None
            if renderer and spare:
                self._leave(renderer)
            elif renderer:
                self._busy.discard(renderer)
                self._idle.append(renderer)
        except BaseException as error:
            done.put(error)
        finally:
            ended.set()
            done.put(None)

    def _place(self, ended: threading.Event) -> bool:
        """Wait for a place to spare, as long as there is something to do."""
        while not render_slots.shared.take_spare():
            if ended.wait(render_slots.LOOK) or self._closed.is_set():
                return False
        return True

    def _leave(self, renderer: RenderProcess) -> None:
        """Ends a process; its place is free."""
        self._busy.discard(renderer)
        renderer.close()
        if renderer in self._alive:
            self._alive.discard(renderer)
            render_slots.shared.give_back()

    def _draw(self, renderer: RenderProcess, deed: str, number: int) -> tuple[RenderProcess, str]:
        """Draw one page; a process that died is replaced, and a page that kills two of them has failed."""
        for _ in range(2):
            try:
                renderer.ask(deed, seconds=PAGE_SECONDS, page=number)
                return renderer, ""
            except FileRejected as rejected:
                if rejected.code == "no_space":
                    raise OSError(errno.ENOSPC, "no space for pages") from rejected
                return renderer, rejected.code
            except TookTooLong:
                return self._instead_of(renderer), "page_slow"
            except Died:
                renderer = self._instead_of(renderer)
        return renderer, "page_crashed"

    def _take(self) -> RenderProcess:
        renderer = self._idle.pop()
        self._busy.add(renderer)
        return renderer

    def _instead_of(self, renderer: RenderProcess) -> RenderProcess:
        """Another at the same place."""
        self._busy.discard(renderer)
        renderer.close()
        self._alive.discard(renderer)
        fresh = self._open()
        self._busy.add(fresh)
        return fresh

    def _open(self) -> RenderProcess:
        """At a place that was taken before; free again if this fails."""
        try:
            if self._closed.is_set():
                raise Closed
            with opening_failures():
                renderer = self._new()
        except BaseException:
            render_slots.shared.give_back()
            raise
        self._alive.add(renderer)
        return renderer

    def close(self) -> None:
        """Stop every process at once; a page that was being drawn is drawn anew next time."""
        self._closed.set()
        for renderer in self._idle:
            self._leave(renderer)
        for renderer in tuple(self._busy):
            renderer.process.kill()  # the hand that holds it notices, and closes it

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.close()
        self._leave_all()

    def _leave_all(self) -> None:
        for renderer in tuple(self._alive):
            self._leave(renderer)


class Closed(Exception):
    """The pool was closed while a page was being drawn."""


@contextmanager
def opening_failures():
    """A process that dies of opening the paper is the paper's failure."""
    try:
        yield
    except TookTooLong:
        raise FileRejected("opening_slow") from None
    except Died:
        raise FileRejected("damaged") from None

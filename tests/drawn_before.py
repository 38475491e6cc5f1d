"""Pages that an earlier test has had drawn are not drawn again: a third of a second each, for papers that are the same.

Only where a paper is but the ground of a test: rooms with papers (`Workbench.recalls`). What is asked of the render
processes themselves, of their walls and of the ingest, is always done by a real one.
"""

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from meetingroom.cases.media import convert
from meetingroom.documents import content_store, ingest, render_pool
from meetingroom.documents.render_process import RenderProcess
from tests.quick_starts import keep

MADE = {  # the files of a page; the first is there for certain
    "shape": (),
    "outline": ("outline.json",),
    "draw": ("words/{page}.json", "words/{page}.noted", "1920/{page}.webp", "480/{page}.webp"),
    "sharpen": ("2880/{page}.webp",),
    "scan": ("scan/{page}.ppm",),
}
USERS = (ingest, render_pool, convert)


def begin_run() -> None:
    """One folder for all processes of a run."""
    os.environ.setdefault("PYTEST_DRAWN_BEFORE", tempfile.mkdtemp(prefix="drawn-before-", dir=root()))


def end_run() -> None:
    shutil.rmtree(os.environ.pop("PYTEST_DRAWN_BEFORE"), ignore_errors=True)


def root() -> str | None:
    return os.environ.get("PYTEST_DEBUG_TEMPROOT")


class Nobody:
    """The process that was not needed."""

    def kill(self):
        pass


class Recalled:
    """As much of a RenderProcess as those who use one need; it begins a real one for what it does not know."""

    def __init__(self, source: Path, family: str, folder: Path, *, seconds: float = 60):
        self._begin = lambda: RenderProcess(source, family, folder, seconds=seconds)
        self._folder, self._real = folder, None
        digest = hashlib.sha256(family.encode() + source.read_bytes()).hexdigest()
        self._kept = Path(os.environ["PYTEST_DRAWN_BEFORE"]) / digest
        known = self._known("open")
        if not known:
            known = {"pages": self._drawing().pages}
            self._keep("open", known)
        self.pages = known["pages"]

    @property
    def process(self):
        return self._real.process if self._real else Nobody()

    def ask(self, what: str, *, seconds: float, **details) -> dict:
        names = [name.format(**details) for name in MADE[what]]
        fresh = not any((self._folder / name).exists() for name in names)
        wish = " ".join([what, *(f"{name}={value}" for name, value in sorted(details.items()))])
        if fresh and (known := self._known(wish)):
            for name in names:
                if (made := self._kept / name).exists():
                    content_store.write_file(self._folder / name, made.read_bytes())
            return known
        answer = self._drawing().ask(what, seconds=seconds, **details)
        if fresh:
            for name in names:
                if (made := self._folder / name).exists():
                    keep(self._kept / name, made.read_bytes())
            self._keep(wish, answer)
        return answer

    def memory(self) -> int:
        return self._real.memory() if self._real else 0

    def close(self) -> None:
        if self._real:
            self._real.close()

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.close()

    def _drawing(self) -> RenderProcess:
        if not self._real:
            self._real = self._begin()
        return self._real

    def _known(self, wish: str) -> dict | None:
        try:
            return json.loads((self._kept / "answers" / wish).read_bytes())
        except FileNotFoundError:
            return None

    def _keep(self, wish: str, answer: dict) -> None:
        keep(self._kept / "answers" / wish, json.dumps(answer).encode())


@contextmanager
def recalling():
    """What would begin a render process recalls first. A test's own stand-in stays."""
    replaced = [user for user in USERS if user.RenderProcess is RenderProcess]
    for user in replaced:
        user.RenderProcess = Recalled
    try:
        yield
    finally:
        for user in replaced:
            user.RenderProcess = RenderProcess

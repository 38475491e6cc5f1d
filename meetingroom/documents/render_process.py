"""A render process: it opens one paper and draws its pages. It may die of them; nobody else does.

It speaks JSON lines: the first tells it the paper, each further one asks for something, each gets one line back.

    {"paper": "/…/paper.pdf", "family": "pdf", "folder": "/…/pages/ab/ab12"}   →  {"pages": 9}
    {"do": "shape", "limit": 1000}                                            →  {"shape": [[1, 595.3, 841.9]]}
    {"do": "draw", "page": 7}                                                 →  {"page": 7, "width": …, "height": …}
    {"do": "sharpen", "page": 7}                                              →  {"page": 7}
    {"do": "outline", "pages": 9}                                             →  {}
    {"do": "scan", "page": 7}                                                 →  {"page": 7}

Of a picture that goes into a PDF (`loose_picture.py`), the family is "loose":

    {"do": "loosen", "page": 1}                                 →  {"page": 1, "held": 6, "dots": [300.0, 300.0]}

A refusal is {"rejected": code, "details": {…}}. The pages go straight to their files (`content_store.py`).
"""

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from meetingroom import disk
from meetingroom.documents import sandbox
from meetingroom.documents.file_rejected import FileRejected

MEMORY = 1024**3  # address space of a process; a page that wants more is a bomb
MEGABYTE = 1024 * 1024
PYTHON = (
    Path(sys.prefix).resolve() / "bin" / Path(sys.executable).name
    if sys.prefix != sys.base_prefix
    else Path(sys.executable).resolve()
)
NO_NEW_PRIVILEGES, DUMPABLE = 38, 4  # of prctl(2)


class Died(Exception):
    """Raised when the process ended while it was asked for something: the page crashed it or wanted too much memory."""


class TookTooLong(Exception):
    """Raised when no answer came in time; the process has been stopped."""


class RenderProcess:
    """The handle of a render process. `with RenderProcess(source, family, folder) as one: one.ask("shape", …)`."""

    def __init__(self, source: Path, family: str, folder: Path, *, seconds: float = 60):
        here = Path(__file__).parents[2].resolve()
        folder.mkdir(parents=True, exist_ok=True)
        source, folder = source.resolve(), folder.resolve()
        self.process = subprocess.Popen(
            [*wall_command(here, source, folder), str(PYTHON), "-m", "meetingroom.documents.render_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=here,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(here), "LANG": "C.UTF-8"},
        )
        assert self.process.stdin
        assert self.process.stdout
        self._to, self._from = self.process.stdin, self.process.stdout
        self._left = b""
        self._memory = 0
        try:
            self.pages = self._send({"paper": str(source), "family": family, "folder": str(folder)}, seconds)["pages"]
        except BaseException:
            self.close()
            raise

    def ask(self, what: str, *, seconds: float, **details) -> dict:
        """Raises FileRejected, Died or TookTooLong; after the last two the process is gone."""
        return self._send({"do": what, **details}, seconds)

    def _send(self, message: dict, seconds: float) -> dict:
        try:
            self._to.write(json.dumps(message).encode() + b"\n")
            self._to.flush()
            answer = json.loads(self._line(seconds))
        except (BrokenPipeError, ValueError) as error:
            self.close()
            raise Died from error
        except TookTooLong:
            self.close()
            raise
        self._memory = answer.get("memory", self._memory)
        if "rejected" in answer:
            raise FileRejected(answer["rejected"], **answer["details"])
        return answer

    def _line(self, seconds: float) -> bytes:
        """The next line, at most so long. ValueError when the process ended."""
        while b"\n" not in self._left:
            ready, _, _ = select.select([self._from], [], [], seconds)
            if not ready:
                raise TookTooLong
            more = os.read(self._from.fileno(), 65536)
            if not more:
                raise ValueError("ended")
            self._left += more
        line, _, self._left = self._left.partition(b"\n")
        return line

    def memory(self) -> int:
        """Bytes that it alone held when it last answered; 0 where the system does not tell."""
        return self._memory

    def close(self) -> None:
        self.process.kill()
        for pipe in (self._to, self._from):
            with contextlib.suppress(OSError):
                pipe.close()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.close()


def wall_command(here: Path, source: Path, folder: Path) -> list[str]:
    """What stands before the process's command line: it reads its program and its paper, and writes its pages."""
    name = sandbox.find_wall()
    if name == "bubblewrap":
        programs = {Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), here / "meetingroom"}
        return sandbox.wrap_command(name, folder, (*programs, source), clean=False)
    # The others drop their rights themselves (`give_up_rights`), when paper and pages are open.
    return sandbox.own_network() if name == "unshare" else []


# What follows runs inside the render process.


def main() -> None:
    confine()
    # Only answers go to the parent; whatever a library prints goes nowhere.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    work = None
    for line in sys.stdin:
        message = json.loads(line)
        try:
            if work is None:
                work, answer = begin_renderer(message)
            else:
                answer = work.do(message)
        except FileRejected as rejected:
            answer = {"rejected": rejected.code, "details": rejected.details}
        except MemoryError:
            os._exit(3)  # what is left of this process is not to be trusted
        except OSError as error:
            if not disk.is_full(error):
                raise
            answer = {"rejected": "no_space", "details": {}}
        answers.write(json.dumps({**answer, "memory": resident_memory()}) + "\n")


def confine() -> None:
    """Bounds on memory and files; end with the parent; leave the processor to the server."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * MEGABYTE, 64 * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    go_first_when_memory_ends(900)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the worker's business


def go_first_when_memory_ends(points: int) -> None:
    """Should the computer run out of memory, the system ends this one and what it starts, and not the meeting."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(points))


def begin_renderer(message: dict):
    from meetingroom.documents.page_renderer import PageRenderer  # only this process loads the drawing libraries

    source: Path | BinaryIO = Path(message["paper"])
    folder = Path(message["folder"])
    if os.geteuid() == 0:
        source, folder = give_up_rights(Path(message["paper"]), folder, message["family"])
    renderer = PageRenderer(source, message["family"], folder)
    return renderer, {"pages": renderer.paper.pages}


def give_up_rights(source: Path, folder: Path, family: str) -> tuple[BinaryIO, Path]:
    """Root becomes nobody, for good. Paper and pages are opened before: nobody may not go the way to them."""
    from meetingroom.documents import content_store, font_substitutes, page_pictures

    page_pictures.load_libraries(family)
    font_substitutes.load_fonts()
    for place in (folder, *(folder / name for name in (*map(str, content_store.SIZES), "words", "scan"))):
        place.mkdir(exist_ok=True)
        os.chown(place, sandbox.NOBODY, sandbox.NOBODY)
    paper = source.open("rb")
    os.chdir(folder)
    os.setgroups([])
    os.setgid(sandbox.NOBODY)
    os.setuid(sandbox.NOBODY)
    process = ctypes.CDLL(None, use_errno=True)
    process.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    process.prctl(DUMPABLE, 1, 0, 0, 0)  # else /proc/self is root's
    if os.geteuid() == 0:
        os._exit(4)
    return paper, Path()


def resident_memory() -> int:
    """Bytes that this process alone holds; 0 where the system does not tell."""
    try:
        _, resident, shared, *_ = Path("/proc/self/statm").read_text().split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * resource.getpagesize()


if __name__ == "__main__":
    main()

"""A server for every test without its imports for every test: they are two seconds of a core, the same each time.

One process (`python -m tests.warm_start`) has imported the program as `run.py serve` does, and made the scripts and
sheets ready. For every server it forks; the child is from then on `run.py` with the arguments given. tests/test_run.py
sees how a server starts from nothing, and so does every room with an environment that is read before that.
"""

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).parent.parent
OWN = "MEETINGROOM_"  # read by the program when it starts, not when it is imported
BEFORE = {"MEETINGROOM_ASYNC_MODE": "eventlet"}  # but for this, which is so unless it is said
USUAL = dict(os.environ)  # before any test has changed something


def same_imports(environment: dict[str, str]) -> bool:
    """Whether a program started with this environment is, until it looks at its settings, as any other."""

    def of_imports(given) -> dict:
        return {
            name: text
            for name, text in {**BEFORE, **given}.items()
            if name in BEFORE or not name.startswith((OWN, "PYTEST_", "PYTHONWARNINGS"))
        }

    return of_imports(environment) == of_imports(USUAL)


class Warm:
    """What forks; one for this process, begun when it is first needed, and ended with it."""

    def __init__(self):
        self.line: socket.socket | None = None
        self.turn = threading.Lock()

    def asks(self, **wish) -> int:
        with self.turn:
            if not self.line:
                self.begin()
            self.line.sendall(json.dumps(wish).encode() + b"\n")
            if not (answer := self.answers.readline()):
                self.line = None
                raise RuntimeError("the process that forks has ended")
            return int(answer)

    def begin(self) -> None:
        self.line, theirs = socket.socketpair()
        self.answers = self.line.makefile("rb")
        environment = {**USUAL, "PYTHONWARNINGS": "ignore", "EVENTLET_NO_GREENDNS": "yes"}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.warm_start", str(theirs.fileno())],
            cwd=ROOT, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()
        atexit.register(lambda: (self.line.shutdown(socket.SHUT_RDWR), process.wait(30)))


warm = Warm()


class Started:
    """A server that was forked: as much of subprocess.Popen as its room needs."""

    def __init__(self, arguments: list[str], environment: dict[str, str], output: str):
        self.pid = warm.asks(start=arguments, environment=environment, output=output)
        self.seen = os.pidfd_open(self.pid)
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self.seen], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("run.py", timeout or 0)
            self.returncode = warm.asks(ended=self.pid)
            os.close(self.seen)
        return self.returncode

    def poll(self) -> int | None:
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def terminate(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


# ---------------------------------------------------------------------------------------------------------------------
# The process that forks


def main(line: int) -> int:
    import run

    run.patch()
    prepare()
    rest = b""
    while True:
        wish, rest = read_line(line, rest)
        if not wish:
            return 0
        if "ended" in wish:
            answer = os.waitstatus_to_exitcode(waitpid(wish["ended"], 0)[1])
        elif not (answer := os.fork()):
            os.close(line)
            return become(wish, run)
        os.write(line, b"%d\n" % answer)


def become(wish: dict, run) -> int:
    """In the child: nothing is left of where it comes from but what it has imported."""
    from meetingroom.monitoring import requests

    os.setsid()
    output = os.open(wish["output"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    os.environ.clear()
    os.environ.update(wish["environment"])
    requests.START = requests.secrets.token_hex(3)
    gc.unfreeze = lambda: None  # to look through what both have would copy it: half the cost of a start
    sys.argv = ["run.py", *wish["start"]]
    return run.main(wish["start"])


def prepare() -> None:
    """Everything is imported, and made once that comes out the same for every server."""
    from eventlet import hubs, tpool  # noqa: F401

    from meetingroom import create_app
    from meetingroom.config import Settings
    from meetingroom.demo import commands as _demo  # noqa: F401
    from meetingroom.live import acceptor, admission  # noqa: F401
    from meetingroom.ops import commands as _ops  # noqa: F401
    from meetingroom.web import assets
    from tests import quick_starts

    quick_starts.install()
    with quick_starts.one_at_a_time("assets"), tempfile.TemporaryDirectory(prefix="warm-") as folder:
        app = create_app(Settings(data=Path(folder)))
        for template in app.jinja_env.list_templates():
            app.jinja_env.get_template(template)
        found = app.extensions["meetingroom.assets"]
        for path in [*assets.entries(assets.STATIC), "icons.svg"]:
            found.text(path, lambda make, *given: make(*given))
        app.extensions["meetingroom"].pool.close()
    begin_with(found.held)
    gc.freeze()  # the child's own collections do not copy what both have
    del hubs._threadlocal.hub  # what waits there belongs to the app above; the child gets a loop of its own
    assert len(list(Path("/proc/self/task").iterdir())) == 1, "nothing runs that a fork would lose"


def begin_with(made: dict) -> None:
    """Every child has its scripts and sheets from the start."""
    from meetingroom.web import assets

    class Ready(assets.Assets):
        def __init__(self, folder: Path):
            super().__init__(folder)
            self.held = dict(made) if folder == assets.STATIC else {}

    assets.Assets = Ready  # type: ignore[misc]


def waitpid(pid: int, flags: int) -> tuple[int, int]:
    from eventlet import patcher

    return patcher.original("os").waitpid(pid, flags)


def read_line(line: int, rest: bytes) -> tuple[dict, bytes]:
    while b"\n" not in rest:
        if not (more := os.read(line, 1 << 16)):
            return {}, b""
        rest += more
    first, _, rest = rest.partition(b"\n")
    return json.loads(first), rest


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))

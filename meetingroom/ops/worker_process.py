"""The worker beside the server: started with it, started again when it dies, ended with it."""

import logging
import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

from meetingroom.config import Settings

logger = logging.getLogger(__name__)

RUN = Path(__file__).parents[2] / "run.py"
LONGEST_PAUSE = 30.0
STEADY = 60.0  # after so many seconds of work an end counts as the first again
PATIENCE = 5.0


class Worker:
    """A child process that is kept running. `command` starts it; it must end when its standard input closes.

    No `command`: somebody else starts it, nothing is done here."""

    def __init__(self, command: list[str]):
        self.command = command
        self.process: subprocess.Popen | None = None
        self.started = 0.0
        self.failures = 0
        self.resume = 0.0

    def look(self) -> None:
        """Call this often: starts the process when there is none and its pause is over."""
        if not self.command:
            return
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self.failures = 1 if now - self.started > STEADY else self.failures + 1
            self.resume = now + min(LONGEST_PAUSE, 2.0 ** (self.failures - 1) - 1)
            logger.warning("worker ended with %s, starts again in %.0f s", code, self.resume - now)
            self.end_group()
            self.process = None
        if now >= self.resume:
            self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = child(self.command)

    def stop(self) -> None:
        """Ask it to end, wait a little, then insist, for all that it started as well."""
        if self.process is None:
            return
        self.process.terminate()
        if not ends(self.process, PATIENCE):
            logger.warning("worker did not end in %.0f s", PATIENCE)
        self.end_group()
        self.process = None

    def end_group(self) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def child(command: list[str], **options) -> subprocess.Popen:
    """A process that ends with us, however we end: its standard input is a pipe that closes (`end_with_parent`). In a
    session of its own, so that Ctrl-C reaches only us, who end it in order."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, **options)


def ends(process: subprocess.Popen, seconds: float) -> bool:
    """Whether a process ends within so many seconds. `wait(timeout)` raises another class under the event loop."""
    deadline = time.monotonic() + seconds
    while process.poll() is None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def command(settings: Settings, script: Path, python: str) -> list[str]:
    """How run.py starts its own worker."""
    return [python, str(script), "worker", "--data", str(settings.data), "--supervised"]


def end_with_parent(stdin: int = 0) -> None:
    """In a child: when the server is gone (its end of the pipe closed), end this process and all it started."""

    def wait():
        while os.read(stdin, 100):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()

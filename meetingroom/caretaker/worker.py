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

LONGEST_PAUSE = 30.0
STEADY = 60.0  # after so many seconds of work an end counts as the first again
PATIENCE = 5.0


class Worker:
    """A child process that is kept running. `command` starts it; it must end when its standard input closes."""

    def __init__(self, command: list[str]):
        self.command = command
        self.process: subprocess.Popen | None = None
        self.started = 0.0
        self.failures = 0
        self.resume = 0.0

    def look(self) -> None:
        """Call this often: starts the process when there is none and its pause is over."""
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
        # Its standard input is a pipe that closes with us, however we end; a session of its own keeps Ctrl-C here.
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, start_new_session=True)

    def stop(self) -> None:
        """Ask it to end, wait a little, then insist, for all that it started as well."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            logger.warning("worker did not end in %.0f s", PATIENCE)
        self.end_group()
        self.process = None

    def end_group(self) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def command(settings: Settings, script: Path, python: str) -> list[str]:
    """How run.py starts its own worker."""
    return [python, str(script), "worker", "--data", str(settings.data), "--supervised"]


def end_with_parent(stdin: int = 0) -> None:
    """In the worker: when the server is gone (its end of the pipe closed), end this process and all it started."""

    def wait():
        while os.read(stdin, 100):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()

"""Real edges and a real Redis for journeys: processes of the test's own, on free ports."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import requests

from tests.rooms import ROOT, Person, Room, free_port

SECRET = "mot-bi-mat-chi-de-kiem-tra"
REDIS = shutil.which("redis-server")


class Redis:
    """Debian's redis-server, which keeps nothing."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.url = f"redis://:{SECRET}@127.0.0.1:{self.port}/0"

    def start(self) -> "Redis":
        self.process = subprocess.Popen(
            [REDIS, "--port", str(self.port), "--bind", "127.0.0.1", "--requirepass", SECRET, "--save", "",
             "--appendonly", "no", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        return self

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class EdgeRoom(Room):
    """An edge of a room: its people are signed in there already, as a browser is behind the site's nginx."""

    def __init__(self, origin: Room, redis: Redis, name: str, **environment: str):
        super().__init__(origin.data, origin.people, origin.meeting, **environment)
        self.origin, self.redis, self.name = origin, redis, name

    def begin(self) -> None:
        environment = {
            **os.environ, "PYTHONWARNINGS": "ignore", "MEETINGROOM_EDGE_SECRET": SECRET,
            "MEETINGROOM_EDGE_NAME": self.name, "MEETINGROOM_REDIS": self.redis.url, **self.environment,
        }  # fmt: skip
        self.output = (self.data.parent / f"edge-{self.port}.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "run.py", "edge", "--origin", self.origin.url, "--port", str(self.port)],
            cwd=ROOT, env=environment, stdout=self.output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def health(self) -> dict:
        return requests.get(self.url + "/healthz", timeout=45).json()

    def answers(self) -> bool:
        return self.health()["origin"]

    def wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(requests.RequestException):
                if self.answers():
                    return
            time.sleep(0.05)
        raise AssertionError("the edge did not start:\n" + self.log()[-3000:])

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def person(self, username: str) -> Person:
        return Person(self, username, self.origin.person(username).session)

    def log(self) -> str:
        return Path(self.output.name).read_text()


def with_edges(data: Path, people: dict[str, str], meeting: str, redis: Redis, worker: bool = False) -> Room:
    """The origin."""
    return Room(
        data, people, meeting, worker=worker, MEETINGROOM_REDIS=redis.url, MEETINGROOM_EDGE_SECRET=SECRET,
        MEETINGROOM_TRUSTED_PROXIES="1",
    )  # fmt: skip

"""Forty readers turn the pages of a restricted paper, whose every page bears its reader's name.

    python -m bench stamps --turns 20

*Together*: all ask for the next page in the same moment, as when the stage turns, each `--seconds` after the last turn.
*Each by themselves*: all turn in the same span of time, each when they like. Milliseconds until the whole picture is
there; beside them, how long a page that needs no picture (`/healthz`) takes meanwhile. The first page, which nobody
could know of, is told apart.
"""

import http.client
import random
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests import rooms
from tests.documents import papers

READERS = 40


def main(turns: int, pause: float) -> None:
    rooms.PEOPLE.update(
        {f"r{n}": (f"Nguyễn Thị Số {n}", "Kiểm sát viên", "member", "delegate") for n in range(READERS)}
    )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        room = rooms.Room(folder / "data", rooms.people_of(folder / "data")).start()
        try:
            measure(room, folder, turns, pause)
        finally:
            room.stop()


def measure(room: rooms.Room, folder: Path, turns: int, pause: float) -> None:
    meeting = rooms.prepare_meeting(room)
    mai = room.person("mai")
    content = papers.pdf(folder / "a.pdf", pages=2 * turns + 2).read_bytes()
    item = mai.read_view()["agenda"]["order"][0]
    sent = mai.post(
        f"/api/meetings/{meeting}/documents", files={"file": ("Kết luận.pdf", content)}, data={"item": item}
    )
    document = sent.json()["id"]
    mai.wait(lambda: mai.get(f"/api/documents/{document}").json()["attached"], timeout=120)
    key = next(key for key, paper in mai.read_view()["papers"].items() if paper["document"] == document)
    mai.does("set_readers", paper=key, mode="restricted", readers=["all"])
    time.sleep(10)  # sharp pages are drawn
    readers = [Reader(room, room.person(f"r{n}"), document) for n in range(READERS)]
    quiet = Probe(room)
    quiet.watch(3)
    tell("healthz, nobody turns", quiet.taken)
    tell("first page, together", together(readers, 1))
    time.sleep(pause)
    probe = Probe(room)
    probe.begin()
    taken = []
    for page in range(2, turns + 2):
        taken += together(readers, page)
        time.sleep(pause)
    probe.end()
    tell("together", taken)
    tell("healthz meanwhile", probe.taken)
    taken = []
    threads = [
        threading.Thread(target=one.reads, args=(range(turns + 2, 2 * turns + 2), pause, taken)) for one in readers
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    tell("each by themselves", taken)


class Reader:
    def __init__(self, room: rooms.Room, person: rooms.Person, document: str):
        self.line = http.client.HTTPConnection(urlsplit(room.url).netloc, timeout=60)
        self.document = document
        self.headers = {"Cookie": "; ".join(f"{each.name}={each.value}" for each in person.session.cookies)}

    def fetch(self, page: int) -> float:
        started = time.perf_counter()
        self.line.request("GET", f"/documents/{self.document}/pages/{page}.webp", headers=self.headers)
        answer = self.line.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:200])
        assert answer.headers["Content-Type"] == "image/jpeg"
        return (time.perf_counter() - started) * 1000

    def reads(self, pages: range, pause: float, taken: list[float]) -> None:
        time.sleep(random.random() * pause)
        for page in pages:
            taken.append(self.fetch(page))
            time.sleep(pause * (0.5 + random.random()))


def together(readers: list[Reader], page: int) -> list[float]:
    taken: list[float] = []
    begin = threading.Barrier(len(readers))

    def turn(reader: Reader) -> None:
        begin.wait()
        taken.append(reader.fetch(page))

    threads = [threading.Thread(target=turn, args=(each,)) for each in readers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return taken


class Probe:
    """How long the server takes for something small."""

    def __init__(self, room: rooms.Room):
        self.line = http.client.HTTPConnection(urlsplit(room.url).netloc, timeout=60)
        self.taken: list[float] = []
        self.over = threading.Event()

    def begin(self) -> None:
        self.thread = threading.Thread(target=self.watch, args=(3600,))
        self.thread.start()

    def end(self) -> None:
        self.over.set()
        self.thread.join()

    def watch(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.over.wait(0.02):
            started = time.perf_counter()
            self.line.request("GET", "/healthz")
            self.line.getresponse().read()
            self.taken.append((time.perf_counter() - started) * 1000)


def tell(name: str, taken: list[float]) -> None:
    taken = sorted(taken)
    parts = [taken[min(len(taken) - 1, int(len(taken) * share))] for share in (0.5, 0.95)]
    print(f"{name:24} p50 {parts[0]:7.1f}  p95 {parts[1]:7.1f}  most {taken[-1]:7.1f} ms   ({len(taken)})", flush=True)

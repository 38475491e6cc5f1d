"""Runs the chaos and prints what came of it; ends with 1 when something is wrong."""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random, randrange

from tests.chaos.checks import check
from tests.chaos.wire import Wire
from tests.edges import EdgeRoom, Redis, with_edges
from tests.rooms import ROOT, Room, paper, people_of, prepare_meeting

PROCESSES = (("an", "em"), ("mai", "phuong"), ("dung", "ich", ""))  # "" is a projector


def run(folder: Path, seed: int, seconds: float, room: Room | None = None) -> tuple[Counter, list[str]]:
    """Chaos for so many seconds in an empty folder, or in a room whose meeting is open: (counts, problems)."""
    random, counts = Random(seed), Counter()
    if room is None:
        room = begin(folder)
    wire = Wire(room.port)
    journals, over = folder / "journals", folder / "over"
    journals.mkdir()
    sent: list[str] = []
    people = [start(room, wire, folder, seed, n, names) for n, names in enumerate(PROCESSES)]
    try:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(random.uniform(0.3, 3.5))
            what = random.choices((power_cut, kill_worker, cut, upload), weights=(5, 2, 4, 2))[0]
            what(room, wire, random, counts, sent)
        room.kill()
        counts["kills of the server"] += 1
        room.start()
        over.touch()
        for process in people:
            process.wait(120)
            assert process.returncode == 0, "people stumbled"
        wrong = arrived(room, sent)
    finally:
        for process in people:
            process.kill()
        room.stop()
        wire.close()
    found, more = check(room.data, room.meeting, journals)
    counts.update(found, cuts=wire.cuts, papers=len(sent))
    return counts, [*wrong, *more]


def run_with_edges(folder: Path, seed: int, seconds: float, number: int) -> tuple[Counter, list[str]]:
    """The same with everybody at an edge, and with edges and Redis killed as well."""
    random, counts = Random(seed), Counter()
    redis = Redis(folder).start()
    room = begin(folder, redis)
    edges = [EdgeRoom(room, redis, f"edge {n}").start() for n in range(number)]
    wires = [Wire(edge.port) for edge in edges]
    journals, over = folder / "journals", folder / "over"
    journals.mkdir()
    sent: list[str] = []
    people = [start(room, wires[n % number], folder, seed, n, names) for n, names in enumerate(PROCESSES)]

    def kill_edge(*_) -> None:
        edge = random.choice(edges)
        edge.kill()
        time.sleep(random.uniform(0, 2))
        edge.start()
        counts["kills of an edge"] += 1

    def kill_redis(*_) -> None:
        redis.kill()
        time.sleep(random.uniform(0, 4))
        redis.start()
        counts["kills of Redis"] += 1

    try:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(random.uniform(0.3, 3.5))
            acts = (power_cut, kill_edge, kill_redis, kill_worker, cut, upload)
            random.choices(acts, weights=(3, 4, 3, 1, 4, 2))[0](room, random.choice(wires), random, counts, sent)
        over.touch()
        for process in people:
            process.wait(120)
            assert process.returncode == 0, "people stumbled"
        wrong = arrived(room, sent)
        counts["times an edge mended a room"] = sum(edge.health()["repaired"] for edge in edges)
    finally:
        for each in people:
            each.kill()
        for edge in edges:
            edge.stop()
        room.stop()
        redis.kill()
        for wire in wires:
            wire.close()
    found, more = check(room.data, room.meeting, journals)
    counts.update(found, cuts=sum(wire.cuts for wire in wires), papers=len(sent))
    return counts, [*wrong, *more]


def begin(folder: Path, redis: Redis | None = None) -> Room:
    """A meeting that has been opened."""
    data = folder / "data"
    people = people_of(data)
    room = with_edges(data, people, "", redis, worker=True) if redis else Room(data, people)
    prepare_meeting(room.start())
    room.person("an").does("open_meeting")
    return room


def start(room: Room, wire: Wire, folder: Path, seed: int, number: int, names) -> subprocess.Popen:
    """A process of people, signed in, who reach the server over the wire."""
    cookies = {}
    for name in names:
        one = room.person(name) if name else room.screen(room.person("mai"))
        cookies[name] = dict(one.session.cookies)
    plan = {"url": f"http://127.0.0.1:{wire.port}", "data": str(room.data), "meeting": room.meeting,
            "people": room.people, "cookies": cookies, "seed": seed, "over": str(folder / "over"),
            "journals": str(folder / "journals")}  # fmt: skip
    journal = folder / f"people-{number}.json"
    journal.write_text(json.dumps(plan))
    return subprocess.Popen([sys.executable, "-m", "tests.chaos.people", str(journal)], cwd=ROOT)


def power_cut(room: Room, wire, random: Random, counts: Counter, sent) -> None:
    """Server and worker, at once; sometimes again while it starts."""
    room.kill()
    counts["kills of the server"] += 1
    if random.random() < 0.3:
        room.begin()
        time.sleep(random.uniform(0.1, 1.5))
        room.kill()
        counts["kills while it starts"] += 1
    room.start()


def kill_worker(room: Room, wire, random, counts: Counter, sent) -> None:
    for pid in room.workers():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
            counts["kills of the worker"] += 1


def cut(room, wire: Wire, random: Random, counts, sent) -> None:
    wire.cut(random.choice([0.2, 0.5, 1.0]), random)


def upload(room: Room, wire, random: Random, counts, sent: list[str]) -> None:
    """A paper, whose worker may not live to see it ready."""
    dung = room.person("dung")
    content = paper(random.randint(1, 6), words=f"Bản {len(sent)} trang")
    with contextlib.suppress(OSError):
        answer = dung.post(
            f"/api/meetings/{room.meeting}/documents",
            files={"file": (f"Tài liệu {len(sent)}.pdf", content, "application/pdf")},
            data={"item": next(iter(dung.read_view()["papers"].values()))["item"]},
        )
        if answer.status_code == 202:
            sent.append(answer.json()["id"])


def arrived(room: Room, sent: list[str], seconds: float = 60) -> list[str]:
    """Every upload that was taken is a paper in the end; what the worker died over too often is tried once more, as the
    screen offers it."""
    dung, deadline = room.person("dung"), time.monotonic() + seconds
    while time.monotonic() < deadline:
        papers = {one["document"] for one in dung.read_view()["papers"].values()}
        if not (left := [one for one in sent if one not in papers]):
            return []
        for one in left:
            if dung.get(f"/api/documents/{one}").json()["status"] == "failed":
                dung.post(f"/api/documents/{one}/retry")
        time.sleep(0.5)
    return [f"the upload {one} never became a paper" for one in left]


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    options.add_argument("--seconds", type=float, default=180)
    options.add_argument("--seed", type=int, default=None)
    options.add_argument("--edges", type=int, default=0, help="everybody is at one of so many edges")
    options.add_argument("--keep", help="leaves data and journals in this folder")
    options_given = options.parse_args()
    seed = randrange(1_000_000) if options_given.seed is None else options_given.seed
    print(f"seed {seed}, {options_given.seconds:.0f} s", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options_given.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if options_given.edges:
            counts, wrong = run_with_edges(folder, seed, options_given.seconds, options_given.edges)
        else:
            counts, wrong = run(folder, seed, options_given.seconds)
    for name, number in counts.items():
        print(f"{number:8}  {name}")
    for line in wrong:
        print(f"WRONG: {line}")
    print("something is wrong" if wrong else "nothing was lost, nothing is double")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""A page turn to N tablets: this server, Node's socket.io and the limit of the machine, in one interleaved run.

    python -m bench page-turn --clients 1000 --turns 100

This server does the real work: the chair POSTs `turn_page` (rights, rule, commit with synchronous=FULL, view, patch);
N tablets that joined as members receive the patch. The others only pass a message of the same size on; "node, kept"
has it on the disk first, as this server has. What is measured, per turn: the time from just before the chair's send
until the tablets' sockets had the bytes (kernel time stamps), and the CPU time of the server's processes. Blocks of
turns are run in turn, so that ratios are of one minute.
"""

import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.rooms import Room, free_port, people_of, prepare_meeting

HERE = Path(__file__).parent
BUILD = HERE / "build"
# Turns before anything is measured: the write-ahead log has its size then, and is not lengthened by each commit.
WARM_UP = 200
AT_REST, PATIENCE = 0.03, 60  # of a core; seconds
FIGURES = ("p50", "p99", "last")


def build() -> None:
    """Compile the load generator and the limit; fetch Node's socket.io."""
    BUILD.mkdir(exist_ok=True)
    for name, source, libraries in (("loadgen", "loadgen.c", ["-lz", "-lm"]), ("raw", "servers/raw.c", [])):
        target = BUILD / name
        if not target.exists() or target.stat().st_mtime < (HERE / source).stat().st_mtime:
            subprocess.run(["gcc", "-O2", "-Wall", "-o", target, HERE / source, *libraries], check=True)
    if shutil.which("npm") and not (BUILD / "node_modules" / "socket.io").exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", BUILD, "socket.io@4.8.4"], check=True)


@dataclass
class Server:
    """A server under load: its process group, its load generator, and what was measured."""

    name: str
    port: int
    group: int
    options: list[str] = field(default_factory=list)
    blocks: list[dict] = field(default_factory=list)
    joined: dict = field(default_factory=dict)
    idle_kib: int = 0
    loaded_kib: int = 0
    load: subprocess.Popen | None = None

    def fill(self, clients: int) -> None:
        self.idle_kib = self.memory()
        command = [BUILD / "loadgen", "--port", str(self.port), "--clients", str(clients), *self.options]
        self.load = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.joined = self.read()
        time.sleep(1)
        self.loaded_kib = self.memory()

    def ask(self, command: str) -> dict:
        assert self.load
        assert self.load.stdin
        self.load.stdin.write(command + "\n")
        self.load.stdin.flush()
        return self.read()

    def read(self) -> dict:
        assert self.load
        assert self.load.stdout
        while line := self.load.stdout.readline():
            if line.strip().startswith("{"):
                answer = json.loads(line)
                if answer["ev"] == "error":
                    raise RuntimeError(f"{self.name}: {answer['msg']}")
                return answer
        raise RuntimeError(f"{self.name}: the load generator ended")

    def turn(self, turns: int, gap: int) -> None:
        before = self.cpu()
        answer = self.ask(f"run {turns} {gap}")
        answer["server_us"] = self.cpu() - before
        self.blocks.append(answer)

    def processes(self) -> list[str]:
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                if int(fields[2]) == self.group and fields[0] != "Z":
                    found.append(entry.name)
        return found

    def cpu(self) -> float:
        """Run time of every thread of the group, in microseconds."""
        total = 0
        for process in self.processes():
            for task in Path(f"/proc/{process}/task").iterdir():
                try:
                    total += int((task / "schedstat").read_text().split()[0])
                except OSError:
                    continue
        return total / 1000

    def wait_until_at_rest(self) -> None:
        """In its first seconds this server packs what browsers load, beside everything else."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            before = self.cpu()
            time.sleep(1)
            if self.cpu() - before < AT_REST * 1e6:
                return

    def memory(self) -> int:
        """Proportional set size of the group, in KiB."""
        total = 0
        for process in self.processes():
            try:
                lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total

    def end(self) -> None:
        if self.load:
            self.load.kill()
            self.load.wait()

    def result(self) -> dict:
        turns = [turn for block in self.blocks for turn in block["turns"] if turn[0]]
        delivered = sum(block["delivered"] for block in self.blocks)
        found = {name: round(statistics.median(turn[n] for turn in turns), 2) for n, name in enumerate(FIGURES, 1)}
        return found | {
            "last95": round(sorted(turn[3] for turn in turns)[len(turns) * 95 // 100], 2),
            "cpu_us": round(sum(block["server_us"] for block in self.blocks) / max(1, delivered), 1),
            "kib": round((self.loaded_kib - self.idle_kib) / max(1, self.joined["joined"]), 1),
            "joined": self.joined["joined"],
            "join_ms": self.joined["wall_ms"],
            "lost": sum(block["lost"] for block in self.blocks),
            "doubled": sum(block["dup"] for block in self.blocks),
            "out_of_order": sum(block["order_errors"] for block in self.blocks),
        }


def plain(name: str, command: list) -> Server:
    """One of the yardsticks, listening."""
    port = free_port()
    process = subprocess.Popen(
        [*map(str, command), str(port)],
        start_new_session=True,
        env={**os.environ, "NODE_PATH": str(BUILD / "node_modules")},
    )
    time.sleep(1)
    return Server(name, port, process.pid)


def end_all(room: Room, servers: list[Server], folder: Path) -> None:
    """Also where one of them has ended by itself: the others end, too."""
    for server in servers:
        server.end()
        if server.group != room.process.pid:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.group, signal.SIGKILL)
    room.kill()
    shutil.rmtree(folder, ignore_errors=True)


def ours(folder: Path) -> tuple[Room, Server]:
    """This server with an open meeting; the tablets are members, the chair has a page on the stage."""
    first = Room(folder / "data", people_of(folder / "data")).start()
    try:
        prepare_meeting(first)
    except BaseException:
        end_all(first, [], folder)
        raise
    first.stop()
    # Without its worker, which would read on in the papers and write a fact of its own between two turns.
    room = Room(folder / "data", first.people, first.meeting, worker=False).start()
    try:
        mine = with_meeting(room)
        mine.wait_until_at_rest()
        return room, mine
    except BaseException:
        end_all(room, [], folder)
        raise


def with_meeting(room: Room) -> Server:
    """The chair opens it and shows a paper."""
    an, em = room.person("an"), room.person("em")
    an.does("open_meeting")
    view = an.read_view()
    paper = view["agenda"]["items"][view["agenda"]["order"][0]]["papers"][0]
    seq = an.does("show_paper", paper=paper)["seq"]
    cookie = {who.username: "; ".join(f"{c.name}={c.value}" for c in who.session.cookies) for who in (an, em)}
    options = [
        *("--join-body", json.dumps({"meeting": room.meeting})),
        *("--header", f"Cookie: {cookie['em']}"),
        *("--post", f"/api/meetings/{room.meeting}/commands"),
        *("--post-header", f"Cookie: {cookie['an']}"),
        *("--first-seq", str(seq + 1)),
        *("--pages", "5"),
    ]
    return Server("this server", room.port, room.process.pid, options)


def measure(clients: int, turns: int = 100, block: int = 10, gap: int = 40, only: tuple[str, ...] = ()) -> dict:
    """{server: figures} of one interleaved run."""
    build()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    room, mine = ours(folder)
    servers = [mine]
    try:
        node = ["node", HERE / "servers" / "node_io.cjs"]
        yardsticks = {"limit": [BUILD / "raw"], "node": node, "node, kept": [*node, "--keep", folder / "kept"]}
        for name in only or yardsticks:
            if name in yardsticks and (name == "limit" or shutil.which("node")):
                servers.append(plain(name, yardsticks[name]))
        for server in servers:
            server.fill(clients)
            server.turn(WARM_UP, 5)
            server.blocks.clear()
        for n in range(turns // block):
            for offset in range(len(servers)):
                servers[(n + offset) % len(servers)].turn(block, gap)
        return {server.name: server.result() for server in servers}
    finally:
        end_all(room, servers, folder)


def table(clients: int, found: dict) -> str:
    """The figures as a table with ratios to the limit and to Node."""
    lines = [
        f"\n{clients} tablets",
        f"{'':12} {'p50 ms':>8} {'p99 ms':>8} {'last ms':>8} {'p95 of it':>9} {'CPU µs':>7} {'KiB':>6} {'join ms':>8}",
    ]
    for name, f in found.items():
        lines.append(
            f"{name:12} {f['p50']:8.2f} {f['p99']:8.2f} {f['last']:8.2f} {f['last95']:9.2f}"
            f" {f['cpu_us']:7.1f} {f['kib']:6.1f} {f['join_ms']:8.0f}"
            + (f"  lost {f['lost']}, doubled {f['doubled']}, out of order {f['out_of_order']}" if f["lost"] else "")
        )
    mine = found["this server"]
    for other in ("limit", "node", "node, kept"):
        if other in found:
            ratios = {
                name: mine[name] / found[other][name] for name in ("last", "last95", "cpu_us") if found[other][name]
            }
            lines.append(f"ratio to {other}: " + ", ".join(f"{name} {value:.2f}" for name, value in ratios.items()))
    return "\n".join(lines)


def main(clients: list[int], turns: int) -> None:
    for count in clients:
        print(table(count, measure(count, turns)), flush=True)

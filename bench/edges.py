"""A page turn to N tablets at an edge, beside the same N at the server itself; and to N at each of two edges.

    python -m bench edges --clients 1000 --turns 90

The chair's command comes over the edge as well. Redis is Debian's. All is on this one machine: the load generator,
the edges and the origin share its cores: on machines of their own an edge costs the way there and back, and no more.
"""

import statistics
import tempfile
from pathlib import Path

from bench.page_turn import Server, build, end_all, with_meeting
from tests.edges import EdgeRoom, Redis, with_edges
from tests.rooms import Room, people_of, prepare_meeting

ROUNDS, WARM_UP, GAP = 3, 30, 40


def measure(clients: int, turns: int) -> dict[str, dict]:
    """{where: {last, last95: ms, origin_us, edge_us: CPU of a turn, joined, join_ms, lost}}"""
    build()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    first = Room(folder / "data", people_of(folder / "data")).start()
    prepare_meeting(first)
    first.stop()
    redis = Redis(folder).start()
    room = with_edges(folder / "data", first.people, first.meeting, redis).start()
    edges = [EdgeRoom(room, redis, name).start() for name in ("one", "two")]
    try:
        mine = with_meeting(room)
        mine.wait_until_at_rest()
        places = {"at the origin": (room, []), "over an edge": (edges[0], []), "two edges": (edges[0], [edges[1]])}
        taken: dict[str, list[dict]] = {name: [] for name in places}
        for _ in range(ROUNDS):
            for name, (here, beside) in places.items():
                taken[name].append(one_round(mine, here, beside, clients, turns // ROUNDS))
        return {name: together(rounds) for name, rounds in taken.items()}
    finally:
        for edge in edges:
            edge.kill()
        end_all(room, [], folder)
        redis.kill()


def one_round(mine: Server, here: Room, beside: list[Room], clients: int, turns: int) -> dict:
    seq = here.person("an").get(f"/api/meetings/{here.meeting}").json()["seq"]
    options = [*mine.options[: mine.options.index("--first-seq") + 1], str(seq + 1), "--pages", "5"]
    others = [Server("beside", each.port, each.process.pid, options) for each in beside]
    crowd = Server("crowd", here.port, here.process.pid, options)
    try:
        for each in (*others, crowd):
            each.fill(clients)
        crowd.turn(WARM_UP, GAP)
        crowd.blocks.clear()
        before = mine.cpu()
        crowd.turn(turns, GAP)
        found = crowd.result()
        return found | {
            "origin_us": (mine.cpu() - before) / turns,
            "edge_us": crowd.blocks[0]["server_us"] / turns,
            "turns": crowd.blocks[0]["turns"],
        }
    finally:
        for each in (*others, crowd):
            each.end()


def together(rounds: list[dict]) -> dict:
    last = sorted(turn[3] for each in rounds for turn in each["turns"] if turn[0])
    return {
        "last": statistics.median(last),
        "last95": last[len(last) * 95 // 100],
        "origin_us": statistics.median(each["origin_us"] for each in rounds),
        "edge_us": statistics.median(each["edge_us"] for each in rounds),
        "joined": min(each["joined"] for each in rounds),
        "join_ms": statistics.median(each["join_ms"] for each in rounds),
        "lost": sum(each["lost"] for each in rounds),
    }


def main(clients: list[int], turns: int) -> None:
    for count in clients:
        found = measure(count, turns)
        for name, f in found.items():
            print(
                f"{count:5} {name:14} last {f['last']:7.2f} ms  p95 {f['last95']:7.2f}  CPU of a turn: origin"
                f" {f['origin_us'] / 1000:6.2f} ms, there {f['edge_us'] / 1000:6.2f} ms  joined {f['joined']}"
                f" in {f['join_ms']:.0f} ms  lost {f['lost']}",
                flush=True,
            )
        print(
            f"      over an edge / at the origin: {found['over an edge']['last'] / found['at the origin']['last']:.2f}"
        )

"""A page turn to N tablets at an edge, beside the same N at the server itself; and to N at each of two edges.

    python -m bench edges --clients 1000 --turns 90

The chair's command goes to the origin, as nginx leads it (docs/sites.md); once also over the edge, which passes it on
where there is no nginx. Redis is Debian's. All is on this one machine: the load generator, the edges and the origin
share its cores: on machines of their own an edge costs the way there and back, and no more.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from bench.page_turn import Server, build, end_all, with_meeting
from meetingroom import clock
from meetingroom.edge.line import Line
from tests.edges import SECRET, EdgeRoom, Redis, with_edges
from tests.rooms import Room, people_of, prepare_meeting

ROUNDS, WARM_UP, GAP = 3, 30, 40
SEATS, A_QUESTION, BEATS = 300, 50, 200  # of the terms


def measure(clients: int, turns: int) -> dict[str, dict]:
    """{where: {last, last95: ms, origin_us, edge_us: CPU of a turn, joined, join_ms, join_us, lost}, "terms": …}"""
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
        cost = terms(room, mine)
        one, two = edges
        # Where the tablets are, where the chair's command goes, who else hears it.
        places: dict[str, tuple[Room, Room, list]] = {
            "at the origin": (room, room, []), "over an edge": (one, room, []), "passed on by it": (one, one, []),
            "two edges": (one, room, [two]),
        }  # fmt: skip
        taken: dict[str, list[dict]] = {name: [] for name in places}
        for _ in range(ROUNDS):
            for name, place in places.items():
                taken[name].append(one_round(mine, *place, clients, turns // ROUNDS))
        return {name: together(rounds) for name, rounds in taken.items()} | {"terms": cost}
    finally:
        for edge in edges:
            edge.kill()
        end_all(room, [], folder)
        redis.kill()


def terms(room: Room, mine: Server) -> dict[str, float]:
    """What an edge costs the origin, in µs of its processor: a beat that has nothing to say, a join, one tablet's
    `painted` in a beat. Said by us in the words of an edge: nothing else happens meanwhile."""
    line = Line(room.url, SECRET, clock.new_id(), "bench")
    cookie = "; ".join(f"{one.name}={one.value}" for one in room.person("em").session.cookies)
    stage = room.person("em").read_view()["stage"]
    seats = [
        {"sid": f"bench-{n}", "head": {"cookie": cookie}, "join": {"meeting": room.meeting, "device": f"d{n}"}}
        for n in range(SEATS)
    ]
    beat = {"acked": 0, "sockets": 0, "redis": True, "meetings": [room.meeting], "said": [], "gone": []}
    page = {"meeting": room.meeting, "paper": stage["paper"], "page": stage["page"]}
    painted = [[seat["sid"], "painted", page] for seat in seats]
    questions = [{"people": seats[n : n + A_QUESTION]} for n in range(0, SEATS, A_QUESTION)]

    def cost(path: str, bodies: list[dict]) -> float:
        before = mine.cpu()
        answers = [line.ask(path, body) for body in bodies]
        used = mine.cpu() - before
        assert not any("error" in one for answer in answers for one in answer.get("answers", ()))
        return used

    cost("/edge/beat", [beat] * 20)
    alone = cost("/edge/beat", [beat] * BEATS) / BEATS
    joins = cost("/edge/people", questions) / SEATS
    said = cost("/edge/beat", [beat | {"said": painted}] * 20) / 20
    line.ask("/edge/beat", beat | {"gone": [seat["sid"] for seat in seats]})
    return {"beat": alone, "join": joins, "painted": (said - alone) / SEATS}


def one_round(mine: Server, here: Room, chair: Room, beside: list[Room], clients: int, turns: int) -> dict:
    seq = here.person("an").get(f"/api/meetings/{here.meeting}").json()["seq"]
    options = [*mine.options[: mine.options.index("--first-seq") + 1], str(seq + 1), "--pages", "5"]
    others = [Server("beside", each.port, each.process.pid, options) for each in beside]
    crowd = Server("crowd", here.port, here.process.pid, [*options, "--post-port", str(chair.port)])
    try:
        before = mine.cpu()
        for each in (*others, crowd):
            each.fill(clients)
        joined = (mine.cpu() - before) / (clients * (len(others) + 1))
        crowd.turn(WARM_UP, GAP)
        crowd.blocks.clear()
        before = mine.cpu()
        crowd.turn(turns, GAP)
        found = crowd.result()
        return found | {
            "join_us": joined,
            "origin_us": (mine.cpu() - before) / turns,
            "edge_us": crowd.blocks[0]["server_us"] / turns,
            "turns": crowd.blocks[0]["turns"],
        }
    finally:
        for each in (*others, crowd):
            each.end()
        time.sleep(1)  # until those who left are forgotten


def together(rounds: list[dict]) -> dict:
    last = sorted(turn[3] for each in rounds for turn in each["turns"] if turn[0])
    middle = {
        key: statistics.median(each[key] for each in rounds) for key in ("origin_us", "edge_us", "join_ms", "join_us")
    }
    return middle | {
        "last": statistics.median(last),
        "last95": last[len(last) * 95 // 100],
        "joined": min(each["joined"] for each in rounds),
        "lost": sum(each["lost"] for each in rounds),
    }


def main(clients: list[int], turns: int) -> None:
    for count in clients:
        found = measure(count, turns)
        print("load", *(f"{one:.1f}" for one in os.getloadavg()))
        cost = found.pop("terms")
        print(", ".join(f"{name} {used:.0f} µs" for name, used in cost.items()), "of the origin")
        home = found["at the origin"]
        for name, f in found.items():
            print(
                f"{count:5} {name:15} last {f['last']:7.2f} ms ({f['last'] / home['last']:.2f})  p95 {f['last95']:7.2f}"
                f"  CPU of a turn: origin {f['origin_us'] / 1000:6.2f} ms, there {f['edge_us'] / 1000:6.2f} ms"
                f"  joined {f['joined']} in {f['join_ms']:.0f} ms ({f['join_ms'] / home['join_ms']:.2f}),"
                f" {f['join_us']:.0f} µs each of the origin  lost {f['lost']}",
                flush=True,
            )

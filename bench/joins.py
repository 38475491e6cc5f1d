"""How long a hall takes to come in: all connect and join at once, this server and Node's in turn.

    python -m bench joins --clients 1000 2000

Here a join checks who comes and answers with the whole view of the meeting; in Node it answers `{ok: true}`.
"""

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from bench.page_turn import HERE, Server, build, end_all, ours, plain

ROUNDS = 5


def measure(clients: int, rounds: int = ROUNDS) -> dict[str, dict]:
    """{server: {last, p50: ms until the last and the middle one had joined, cpu_us: of the server, each}}."""
    build()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    room, mine = ours(folder)
    servers = [mine]
    try:
        if shutil.which("node"):
            servers.append(plain("node", ["node", HERE / "servers" / "node_io.cjs"]))
        taken: dict[str, list[tuple]] = {server.name: [] for server in servers}
        for _ in range(rounds):
            for server in servers:
                crowd = Server(server.name, server.port, server.group, server.options)
                before = crowd.cpu()
                crowd.fill(clients)
                joined = crowd.joined
                taken[server.name].append(
                    (joined["wall_ms"], joined["p50_ms"], (crowd.cpu() - before) / clients, joined["joined"])
                )
                crowd.end()
                time.sleep(3)  # until those who left are forgotten
        return {
            name: {
                "last": statistics.median(one[0] for one in found),
                "p50": statistics.median(one[1] for one in found),
                "cpu_us": statistics.median(one[2] for one in found),
                "joined": min(one[3] for one in found),
            }
            for name, found in taken.items()
        }
    finally:
        end_all(room, servers, folder)


def main(clients: list[int]) -> None:
    for count in clients:
        found = measure(count)
        for name, f in found.items():
            print(f"{count:5} {name:12} last {f['last']:7.0f} ms  p50 {f['p50']:7.0f} ms  CPU {f['cpu_us']:6.0f} µs"
                  f"  joined {f['joined']}")  # fmt: skip
        if "node" in found:
            mine, node = found["this server"], found["node"]
            ratios = {key: mine[key] / node[key] for key in ("last", "p50", "cpu_us")}
            print(
                "      ratio to node: " + ", ".join(f"{key} {value:.2f}" for key, value in ratios.items()), flush=True
            )

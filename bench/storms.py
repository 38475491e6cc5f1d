"""When a thousand come at once, or stop listening: restart, sign-in, stalled tablets, a paper that all fetch.

    python -m bench storms --clients 1000

Each prints what it measured; nothing here judges.
"""

import io
import json
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from bench.ballot import voters_of
from bench.page_turn import Server, build, ours
from meetingroom.documents.page_bundle import PAGES
from tests.rooms import PASSWORD, Room, free_port, people_of, prepare_meeting

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
WRK = shutil.which("wrk")


@contextmanager
def meeting():
    """(folder, room, server) of an open meeting with a page on the stage."""
    build()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    room, server = ours(folder)
    try:
        yield folder, room, server
    finally:
        server.end()
        room.kill()
        shutil.rmtree(folder, ignore_errors=True)


def restart(clients: int) -> dict:
    """kill -9, start, and all tablets at once: seconds after it listens until the last has its view."""
    with meeting() as (_, room, server):
        server.fill(clients)
        room.kill()
        server.end()
        began = time.perf_counter()
        room.start()
        listens = time.perf_counter()
        again = Server("again", room.port, room.process.pid, [*server.options, "--storm", "1", "--retry-ms", "100"])
        before = again.cpu()
        again.fill(clients)
        try:
            return {
                "start_s": round(listens - began, 2),
                "joined": again.joined["joined"],
                "last_s": round(again.joined["last_ms"] / 1000, 2),
                "p50_s": round(again.joined["p50_ms"] / 1000, 2),
                "refused": again.joined["refused"],
                "cpu_s": round((again.cpu() - before) / 1e6, 2),
                "MiB": round(again.loaded_kib / 1024),
            }
        finally:
            again.end()


def arrivals(clients: int, seated: int = 100) -> dict:
    """Page turns for those who sit already while all the others come at once."""
    with meeting() as (_, room, server):
        server.fill(seated)
        server.turn(100, 10)
        before = server.result()
        server.blocks.clear()
        crowd = Server("crowd", room.port, room.process.pid, [*server.options, "--storm", "1", "--retry-ms", "100"])
        coming = threading.Thread(target=crowd.fill, args=(clients,))
        coming.start()
        while coming.is_alive():
            server.turn(10, 10)
        try:
            lasts = sorted(turn[3] for block in server.blocks for turn in block["turns"])
            return {
                "joined": crowd.joined["joined"],
                "all_joined_s": round(crowd.joined["last_ms"] / 1000, 2),
                "last_ms_before": before["last"],
                "last_ms_meanwhile": {"p50": round(statistics.median(lasts), 1), "max": round(lasts[-1], 1)},
            }
        finally:
            crowd.end()


def stalled(clients: int, share: float = 5, turns: int = 300) -> dict:
    """Page turns before and while a share of the tablets does not read: the others' p99, and what the rest costs."""
    with meeting() as (_, room, server):
        server.options += ["--rcvbuf", "4096"]
        server.fill(clients)
        server.turn(20, 20)
        server.blocks.clear()
        server.turn(turns, 20)
        before, kib = server.result(), server.memory()
        server.ask(f"stall {share}")
        server.turn(1200, 0)  # until the kernel's buffers are full
        server.blocks.clear()
        server.turn(turns, 20)
        after = server.result()
        figures = HTTPConnection("127.0.0.1", room.port)
        figures.request("GET", "/metrics")
        text = figures.getresponse().read().decode()
        counted = dict(re.findall(r"^meetingroom_(queued_bytes|cut_off_total) (\S+)$", text, re.M))
        return {
            "stalled": round(clients * share / 100),
            "others_p99_ms": [before["p99"], after["p99"]],
            "change_%": round(100 * (after["p99"] / before["p99"] - 1)),
            "lost_by_others": after["lost"],
            "KiB_more": server.memory() - kib,
            **{name: int(float(value)) for name, value in counted.items()},
        }


def sign_in(people: int) -> dict:
    """So many sign in at the same moment, each with a password of their own account, and then all join."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    known = people_of(folder / "data")
    names = list(voters_of(folder / "data", people))
    room = Room(folder / "data", known).start()
    waited, refused = [], []

    def one(mine: list[str]) -> None:
        for name in mine:
            connection = HTTPConnection("127.0.0.1", room.port, timeout=120)
            body = json.dumps({"username": name, "password": PASSWORD})
            connection.request("POST", "/api/session", body, {"Content-Type": "application/json", "X-Meetingroom": "1"})
            answer = connection.getresponse()
            answer.read()
            waited.append(time.perf_counter() - began)
            if answer.status != 200:
                refused.append(answer.status)

    try:
        hands = [threading.Thread(target=one, args=(names[n::100],)) for n in range(100)]
        began = time.perf_counter()
        for hand in hands:
            hand.start()
        felt = []
        while any(hand.is_alive() for hand in hands):
            started = time.perf_counter()
            probe = HTTPConnection("127.0.0.1", room.port, timeout=30)
            probe.request("GET", "/healthz")
            probe.getresponse().read()
            felt.append(time.perf_counter() - started)
            time.sleep(0.05)
        return {
            "people": people,
            "refused": len(refused),
            "all_in_s": round(max(waited), 1),
            "another_request_meanwhile_ms": {
                "p50": round(statistics.median(felt) * 1000, 1),
                "max": round(max(felt) * 1000, 1),
            },
        }
    finally:
        room.kill()
        shutil.rmtree(folder, ignore_errors=True)


def written_paper(pages: int, lines: int = 40, add: Callable[[Canvas, int], None] = lambda *_: None) -> bytes:
    """A report: so many lines of text on every page, and what `add(canvas, page)` draws below them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    for n in range(pages):
        canvas.setFont("Times-Roman", 13)
        for line in range(lines):
            canvas.drawString(70, 780 - line * 18, f"{n}.{line} Ket qua cong tac kiem sat trong ky bao cao {n * line}")
        add(canvas, n)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


SCRIPT = """local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", string.format("%s", n %% %d + %d), {["Cookie"] = "%s"})
end
done = function(summary, latency, requests)
  io.write(string.format('{"requests":%%d,"us":%%d,"errors":%%d}\\n', summary.requests, summary.duration,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


def fetched(port, first, count, address, cookie, clients, seconds, folder) -> dict:
    """wrk's {requests, us, errors} of so many connections that ask for one after the other."""
    script = folder / "fetch.lua"
    script.write_text(SCRIPT % (address, count, first, cookie))
    done = subprocess.run(
        [WRK, "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", script, f"http://127.0.0.1:{port}/"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return json.loads(done.strip().splitlines()[-1])


def papers(clients: int, pages: int = 60, seconds: int = 5) -> dict:
    """A paper to every tablet. nginx alone sends every page; this server (also with nginx in front, which sends the
    files) sends bundles, as tablets ask for, and page by page."""
    if not (NGINX and WRK):
        return {"left out": "needs nginx and wrk"}
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o755)
    room = Room(folder / "data", people_of(folder / "data")).start()
    servers: list[subprocess.Popen] = []
    try:
        prepare_meeting(room)
        dung = room.person("dung")
        sent = dung.post(
            f"/api/meetings/{room.meeting}/documents",
            files={"file": ("Báo cáo.pdf", written_paper(pages), "application/pdf")},
            data={"item": dung.read_view()["agenda"]["order"][0]},
        ).json()["id"]
        dung.wait(lambda: any(one["document"] == sent for one in dung.read_view()["papers"].values()), timeout=120)
        room.stop()
        shown = next(iter((folder / "data" / "pages").glob(f"*/*/1920/{pages}.webp"))).parent
        alone = nginx(folder / "alone", f"location / {{ root {shown}; }}")
        servers.append(alone[0])
        where, bundles = f"/documents/{sent}/pages/", -(-pages // PAGES)
        taken: dict[str, list[float]] = {}

        def take(name: str, port: int, first: int, count: int, address: str, cookie: str) -> None:
            """Seconds until everybody has everything."""
            measured = fetched(port, first, count, address, cookie, clients, seconds, folder)
            assert not measured["errors"], measured
            taken.setdefault(name, []).append(clients * count * measured["us"] / measured["requests"] / 1e6)

        for name, settings in (("this server", {}), ("behind nginx", {"MEETINGROOM_ACCEL_REDIRECT": "/kept"})):
            running = Room(folder / "data", room.people, room.meeting, worker=False, **settings).start()
            em = running.person("em")
            cookie, port = "; ".join(f"{c.name}={c.value}" for c in em.session.cookies), running.port
            if settings:
                server, port = nginx(folder / "front", FRONT.replace("FOLDER", str(folder)), running.port)
                servers.append(server)
            for _ in range(2):
                take("nginx alone", alone[1], 1, pages, "/%d.webp", "")
                take(f"{name}, bundles", port, 0, bundles, f"{where}bundle-%d", cookie)
            take(f"{name}, page by page", port, 1, pages, f"{where}%d.webp?w=1920", cookie)
            running.kill()
        found = {name: statistics.median(times) for name, times in taken.items()}
        size = sum(path.stat().st_size for path in shown.glob("*.webp"))
        return {"KiB_per_tablet": size // 1024} | {
            name: {"s": round(time_, 2), "ratio": round(time_ / found["nginx alone"], 2)}
            for name, time_ in found.items()
        }
    finally:
        for server in servers:
            server.terminate()
        room.kill()
        shutil.rmtree(folder, ignore_errors=True)


FRONT = """
    location / { proxy_pass http://meetingroom; proxy_http_version 1.1; proxy_set_header Connection "";
                 proxy_set_header Host $host; proxy_buffering off; }
    location /kept/ { internal; alias FOLDER/data/; }"""


def nginx(folder: Path, locations: str, upstream: int = 1) -> tuple[subprocess.Popen, int]:
    folder.mkdir()
    port = free_port()
    (folder / "nginx.conf").write_text(f"""
        user root; worker_processes auto; pid {folder}/pid; error_log {folder}/error.log;
        events {{ worker_connections 8192; }}
        http {{ types {{ image/webp webp; }} access_log off; sendfile on; tcp_nodelay on; keepalive_requests 1000000;
                client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
                uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
                upstream meetingroom {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 1000000; }}
                server {{ listen 127.0.0.1:{port} backlog=4096; {locations} }} }}""")
    server = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-g", "daemon off;"])
    time.sleep(1)
    return server, port


def main(clients: int, only: list[str]) -> None:
    for what in (restart, arrivals, stalled, sign_in, papers):
        if not only or what.__name__ in only:
            print(what.__name__, json.dumps(what(clients)), flush=True)

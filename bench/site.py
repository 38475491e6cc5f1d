"""Twenty tablets at a site on 2 Mbit/s, through a paper of 48 pages: bytes over the line, with and without its nginx.

    python -m bench site            (as root: the site is a network namespace of its own)

Each tablet comes in, sees the page of the stage, fetches the paper as tablets do (the page that is shown, bundles, its
words); the chair turns through all of it. Three times: straight to the origin; through the site's nginx
(docs/site-nginx.conf); through nginx and an edge beside it. Counted are the bytes of the site's interface, heads of IP
and TCP with them. The line is bench/line.py, 80 ms each way; with `--only loss` one packet of a hundred is lost. A turn
is from the chair's request at the origin until the last tablet has heard of it; from there it is `bench paint`.
"""

import contextlib
import ctypes
import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from bench.page_turn import Server
from bench.storms import written_paper
from meetingroom.meeting.view import merge
from tests.nginx import NGINX
from tests.rooms import ROOT, Person, Room, free_port, people_of, prepare_meeting
from tests.site_nginx import SiteRoom

SPACE, HERE, THERE = "meetingroom-site", "10.99.0.1", "10.99.0.2"
BITS, DELAY, LOSS = 2_000_000, 0.08, 0.01
TABLETS, PAGES, BUNDLE, REST = 20, 48, 32, 15
CLONE_NEWNET = 0x40000000
EDGE, SECRET = ROOT / "meetingroom/ops/edge.py", "mot-bi-mat-chi-de-do"


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


class Space:
    """A network namespace with one wire to this one."""

    def __enter__(self):
        self.__exit__()
        ip("netns", "add", SPACE)
        ip("link", "add", "site-here", "type", "veth", "peer", "name", "site-there")
        ip("link", "set", "site-there", "netns", SPACE)
        ip("addr", "add", f"{HERE}/24", "dev", "site-here")
        ip("link", "set", "site-here", "up")
        for words in (("addr", "add", f"{THERE}/24", "dev", "site-there"), ("link", "set", "site-there", "up"),
                      ("link", "set", "lo", "up")):  # fmt: skip
            ip("-n", SPACE, *words)
        # Packets as a line carries them, not as large as a machine hands them to itself.
        ip("link", "set", "site-here", "gso_max_segs", "1")
        ip("-n", SPACE, "link", "set", "site-there", "gso_max_segs", "1")
        return self

    def __exit__(self, *_):
        subprocess.run(["ip", "netns", "del", SPACE], capture_output=True)
        subprocess.run(["ip", "link", "del", "site-here"], capture_output=True)

    @property
    def crossed(self) -> int:
        """Bytes over the wire, both ways."""
        counts = Path("/sys/class/net/site-here/statistics")
        return sum(int((counts / name).read_text()) for name in ("rx_bytes", "tx_bytes"))


def enter_space() -> None:
    """This thread, and whatever it starts, is at the site from now on."""
    with Path(f"/run/netns/{SPACE}").open() as space:
        if ctypes.CDLL(None, use_errno=True).setns(space.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")


class Site(SiteRoom):
    """The nginx of the site in the namespace; origin and its nginx here, the line between them."""

    def __init__(self, data: Path, people: dict, meeting: str, line: int, environment: dict):
        super().__init__(data, people, meeting, **environment)
        path = self.folder / "site/nginx.conf"
        path.write_text(path.read_text().replace(f"127.0.0.1:{self.secure}", f"{HERE}:{line}"))

    def start_site(self) -> subprocess.Popen:
        folder = self.folder / "site"
        command = ["ip", "netns", "exec", SPACE, NGINX, "-p", str(folder), "-c", "nginx.conf", "-g", "daemon off;"]
        return subprocess.Popen(command, stderr=(folder / "said").open("wb"))


class Tablet(Person):
    """`came` has the time of each number."""

    def __init__(self, *about):
        super().__init__(*about)
        self.came: dict[int, float] = {}

    def _patch(self, body: dict) -> None:
        with self._changed:
            if body["seq"] > self.seq:
                self.view, self.seq = merge(self.view, body["patch"]), body["seq"]
                self.came[self.seq] = time.monotonic()

    def _view(self, body: dict) -> None:
        super()._view(body)
        self.came[self.seq] = time.monotonic()

    def has(self, seq: int) -> float:
        """When it had this number or a later one; 0 while it has not."""
        with self._changed:
            return min((at for number, at in self.came.items() if number >= seq), default=0.0)


def tablet(site: Site, url: str, name: str) -> Tablet:
    session = requests.Session()
    session.verify, session.trust_env = False, False
    for cookie in site.person(name).session.cookies:
        session.cookies.set(cookie.name, cookie.value)
    return Tablet(At(site, url), name, session)


class At:
    """The room at another address."""

    def __init__(self, room, url: str):
        self.people, self.meeting, self.url = room.people, room.meeting, url


def visit(person: Tablet, document: str) -> None:
    """As a tablet does that comes in."""
    person.connect()
    base = f"/documents/{document}/pages"
    every = [f"{base}/1.webp?w=1920", *(f"{base}/{kind}-{n}{more}" for kind, more in (("bundle", ""), ("words", "?t=1"))
                                        for n in range(-(-PAGES // BUNDLE)))]  # fmt: skip
    for address in every:
        answer = person.session.get(person.room.url + address, timeout=900, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200, (address, answer.status_code)


def measure(space: Space, site: Site, url: str, document: str, paper: str) -> dict:
    chair = site.person("an")
    chair.does("show_paper", paper=paper, page=1)
    names = ("em", "ich", "phuong", "tho")
    tablets = [tablet(site, url, names[n % len(names)]) for n in range(TABLETS)]
    time.sleep(2)
    before, began = space.crossed, time.monotonic()
    with ThreadPoolExecutor(TABLETS, initializer=enter_space) as hall:
        list(hall.map(visit, tablets, [document] * TABLETS))
        came, here = space.crossed, time.monotonic()
        lasts, answers = [], []
        for page in range(2, PAGES + 1):
            at = time.monotonic()
            seq = chair.does("turn_page", page=page)["seq"]
            answers.append(time.monotonic() - at)
            while not all(each.has(seq) for each in tablets):
                assert time.monotonic() < at + 60, ("a page turn was lost", seq, [each.seq for each in tablets])
                time.sleep(0.005)
            lasts.append(max(each.has(seq) for each in tablets) - at)
            time.sleep(0.3)
        turned = space.crossed
        time.sleep(REST)
        rested = space.crossed
        for each in tablets:
            each.vanish()
    lasts.sort()
    answers.sort()
    return {
        "MB": round((turned - before) / 1e6, 2),
        "MB until all have the paper": round((came - before) / 1e6, 2),
        "KB of 47 turns": round((turned - came) / 1e3),
        "KB a second at rest": round((rested - turned) / REST / 1e3, 2),
        "s until all have the paper": round(here - began, 1),
        "turn, answered to the chair, ms": {
            "median": round(statistics.median(answers) * 1000),
            "p95": round(answers[int(len(answers) * 0.95)] * 1000),
        },
        "turn, last tablet, ms": {
            "median": round(statistics.median(lasts) * 1000),
            "p95": round(lasts[int(len(lasts) * 0.95)] * 1000),
            "p95 beyond the line": round((lasts[int(len(lasts) * 0.95)] - DELAY) * 1000),
        },
    }


def illustrated_paper(pages: int) -> bytes:
    """A report with a photograph on each page, as phones make them: 140 KB as it is shown."""

    def photograph(canvas: Canvas, n: int) -> None:
        noise = Image.frombytes("L", (90, 70), random.Random(n).randbytes(90 * 70)).resize(
            (900, 700), Image.Resampling.BICUBIC
        )
        canvas.drawInlineImage(noise.convert("RGB"), 70, 60, 450, 350)

    return written_paper(pages, 16, photograph)


def with_paper(data: Path, contents: bytes) -> tuple[Room, str, str]:
    """A meeting in session with the paper, prepared and stopped: (room, document, paper)."""
    room = Room(data, people_of(data)).start()
    try:
        prepare_meeting(room)
        dung = room.person("dung")
        document = dung.post(
            f"/api/meetings/{room.meeting}/documents",
            files={"file": ("Báo cáo.pdf", contents, "application/pdf")},
            data={"item": dung.read_view()["agenda"]["order"][0]},
        ).json()["id"]

        def attached():
            return [key for key, one in dung.read_view()["papers"].items() if one["document"] == document]

        (paper,) = dung.wait(attached, timeout=300)
        room.person("an").does("open_meeting")
    finally:
        room.stop()
    return room, document, paper


def run_line(ways: list, bits: int, loss: float) -> subprocess.Popen:
    about = json.dumps({"bits": bits, "delay": DELAY, "loss": loss, "ways": ways})
    line = subprocess.Popen([sys.executable, ROOT / "bench/line.py", about], stdout=subprocess.PIPE)
    assert line.stdout
    assert line.stdout.readline()
    return line


def run_redis(port: int, folder: Path) -> subprocess.Popen:
    settings = ["--port", str(port), "--requirepass", SECRET, "--save", "", "--dir", str(folder)]
    return subprocess.Popen(["redis-server", *settings], stdout=subprocess.DEVNULL)


def run_edge(site: Site, origin: int, redis: int, log: Path) -> subprocess.Popen:
    """Beside the site's nginx; it reaches both over the line."""
    settings = {
        "MEETINGROOM_EDGE_SECRET": SECRET, "MEETINGROOM_TRUSTED_PROXIES": "1",
        "MEETINGROOM_REDIS": f"redis://:{SECRET}@{HERE}:{redis}/0", "MEETINGROOM_ORIGIN": f"http://{HERE}:{origin}",
    }  # fmt: skip
    command = ["ip", "netns", "exec", SPACE, sys.executable, "run.py", "edge", "--port", str(site.edge_port)]
    edge = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **settings}, stdout=log.open("wb"), stderr=subprocess.STDOUT
    )
    with ThreadPoolExecutor(1, initializer=enter_space) as there:
        there.submit(wait_for_edge, f"http://127.0.0.1:{site.edge_port}/healthz").result()
    return edge


def wait_for_edge(url: str) -> None:
    """Until it hears the origin and Redis."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            found = requests.get(url, timeout=5).json()
            if found["origin"] and found["redis"]:
                return
        time.sleep(0.5)
    raise RuntimeError("the edge does not hear the origin")


def ask_rights(site: Site, document: str, times: int = 2000) -> dict:
    """What it costs the origin to be asked for one reader's right to one page, one after the other, without a line."""
    server = Server("origin", site.port, site.process.pid)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in site.person("em").session.cookies)
    connection = http.client.HTTPConnection("127.0.0.1", site.port)
    server.wait_until_at_rest()
    before, began = server.cpu(), time.monotonic()
    for n in range(times):
        path = f"/documents/{document}/pages/{n % PAGES + 1}.webp?w=1920"
        connection.request("GET", path, headers={"Cookie": cookies, "X-Site-Asks": "right"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 204
    took = time.monotonic() - began
    return {"CPU µs of a question": round((server.cpu() - before) / times), "ms": round(took / times * 1000, 2)}


def main(only: list[str]) -> None:
    """`only`: straight, nginx, edge; `photographs`: a paper of 140 KB a page instead of 20, over a line that is ten
    times as fast; `loss`: a line that loses packets."""
    if os.geteuid() or not (NGINX and shutil.which("redis-server")):
        raise SystemExit("needs root (a network namespace), nginx and redis-server")
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o755)
    warnings.simplefilter("ignore")  # the certificate is of a name, the line an address
    processes: list[subprocess.Popen] = []
    made, bits = (illustrated_paper, 10 * BITS) if "photographs" in only else (written_paper, BITS)
    room, document, paper = with_paper(folder / "data", made(PAGES))
    loss = LOSS if "loss" in only else 0.0
    only = [each for each in only if each not in ("photographs", "loss")]
    secure, plain, redis, redis_at_home = (free_port() for _ in range(4))
    edges = {
        "MEETINGROOM_REDIS": f"redis://:{SECRET}@127.0.0.1:{redis_at_home}/0",
        "MEETINGROOM_EDGE_SECRET": SECRET,
    }
    site = Site(folder / "data", room.people, room.meeting, secure, edges)
    found: dict[str, dict] = {}

    def run(name: str, url: str) -> None:
        if not only or name.split()[-1] in only:
            found[name] = measure(space, site, url, document, paper)
            print(name, json.dumps(found[name], indent=1), flush=True)

    with Space() as space:
        try:
            processes.append(run_redis(redis_at_home, folder))
            super(SiteRoom, site).start()
            ways = [[HERE, secure, site.secure], [HERE, plain, site.port], [HERE, redis, redis_at_home]]
            processes.append(run_line(ways, bits, loss))
            print("rights", ask_rights(site, document), flush=True)
            run("straight", f"https://{HERE}:{secure}")
            processes.append(site.start_site())
            time.sleep(1)
            run("through nginx", site.site_url)
            site.forget()
            processes.append(run_edge(site, plain, redis, folder / "edge.log"))
            run("through nginx and edge", site.site_url)
            with ThreadPoolExecutor(1, initializer=enter_space) as there:
                health = there.submit(requests.get, f"http://127.0.0.1:{site.edge_port}/healthz").result().json()
            print("times the edge had to ask for what was missing:", health["repaired"])
        finally:
            for process in processes:
                process.terminate()
            site.kill()
            for log in (folder / "edge.log", folder / "site/error.log", folder / "error.log"):
                print(log.name, log.read_text()[-2000:] if log.exists() else "")
            shutil.rmtree(folder, ignore_errors=True)
    print("load", *(f"{one:.1f}" for one in os.getloadavg()))
    for name in found if "straight" in found else ():
        print(f"{name}: 1/{found['straight']['MB'] / found[name]['MB']:.1f} of the bytes")

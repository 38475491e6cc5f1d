"""A real server with real people: what journeys and browser tests drive.

`Room` starts `run.py serve` on a free port with a data folder of its own; `Person` is somebody signed in, with HTTP
and, when asked for, a socket that merges patches as a tablet does.
"""

import contextlib
import io
import os
import shutil
import signal
import socket as sockets
import subprocess
import sys
import threading
import time
from pathlib import Path

import requests
import socketio
from reportlab.pdfgen.canvas import Canvas

from meetingroom import clock, database
from meetingroom.auth import account_store
from meetingroom.meeting.view import merge
from tests import command_line, tls, warm_start
from tests.quick_starts import cheap_hash

ROOT = Path(__file__).parent.parent
PASSWORD = "hop-khong-giay-2026"
HOUR = 3_600_000

PEOPLE = {
    "an": ("Nguyễn Văn An", "Viện trưởng", "member", "chair"),
    "mai": ("Lý Thị Mai", "Chuyên viên Văn phòng", "member", "secretary"),
    "dung": ("Phạm Thị Dung", "Chánh Văn phòng", "organiser", "organiser"),
    "em": ("Hoàng Văn Em", "Trưởng phòng 1", "member", "delegate"),
    "phuong": ("Võ Thị Phượng", "Trưởng phòng 3", "member", "delegate"),
    "ich": ("Đỗ Văn Ích", "Viện trưởng VKSND khu vực 1", "member", "delegate"),
    "tho": ("Lê Văn Thợ", "Kỹ thuật viên", "member", "technician"),
    "lan": ("Đỗ Thị Lan", "Kiểm sát viên", "member", ""),  # not invited
    "admin": ("Quản Trị Viên", "Quản trị hệ thống", "admin", ""),
}


def chromium_path() -> str | None:
    """Chromium without its windows if it is there: the same engine, and a page costs half (CHROMIUM=… is another)."""
    programs = ("chromium-headless-shell", "chromium", "chromium-browser")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, programs)), None)


def free_port() -> int:
    with sockets.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def paper(pages: int = 5, size=(595, 842), words: str = "Trang") -> bytes:
    """A PDF whose pages say their number."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    for n in range(1, pages + 1):
        canvas.setFont("Helvetica-Bold", 48)
        canvas.drawString(60, size[1] - 120, f"{words} {n} / {pages}")
        canvas.rect(20, 20, size[0] - 40, size[1] - 40)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def people_of(data: Path) -> dict[str, str]:
    """Writes the directory into an empty data folder; user ids by username."""
    database.prepare(data / "meetingroom.db")
    pool = database.Pool(data / "meetingroom.db")
    hashed = cheap_hash(PASSWORD)
    with pool.writing() as db:
        unit = account_store.add_unit(db, name="VKSND tỉnh Lạc Giang")
        ids = {}
        for username, (name, title, role, _) in PEOPLE.items():
            ids[username] = account_store.add_user(db, username=username, name=name, title=title, unit=unit, role=role)
            account_store.set_password(db, ids[username], hashed)
    pool.close()
    return ids


class Room:
    """A running server. `people` are user ids by username."""

    program = ROOT  # another folder: as after an update
    authority: str | bool = True  # whom those who come trust: the authorities of the system, or a file's
    forked = False  # in a run of tests (tests/conftest.py): from a process that has imported everything

    def __init__(self, data: Path, people: dict[str, str], meeting: str = "", worker: bool = True, **environment: str):
        self.data, self.people, self.meeting = data, people, meeting
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.options = [] if worker else ["--no-worker"]
        self.environment = environment
        self.process: subprocess.Popen | warm_start.Started | None = None
        self._sessions: dict[str, requests.Session] = {}

    def begin(self) -> None:
        """Start (again), without waiting for it."""
        environment = {**os.environ, "PYTHONWARNINGS": "ignore", **self.environment}
        arguments = ["serve", "--port", str(self.port), "--data", str(self.data), *self.options]
        self.output = (self.data.parent / f"server-{self.port}.log").open("ab")
        if self.forked and self.program == ROOT and warm_start.same_imports(environment):
            self.process = warm_start.Started(arguments, environment, self.output.name)
            return
        self.process = subprocess.Popen(
            [sys.executable, "run.py", *arguments],
            cwd=self.program,
            env=environment,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def start(self, timeout: float = 90) -> "Room":
        """Start (again); returns when the server answers."""
        self.begin()
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            try:
                if self.answers():
                    return self
            except requests.RequestException:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise AssertionError("the server did not start:\n" + Path(self.output.name).read_text()[-3000:])

    def answers(self) -> bool:
        return requests.get(self.url + "/healthz", timeout=45).ok

    def kill(self) -> None:
        """As a power cut does: server and worker, at once, without a word."""
        for pid in [self.process.pid, *self.workers()]:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        self.process.wait()

    def workers(self) -> list[int]:
        """The processes the server started; each leads a group of its own."""
        return command_line.children(self.process.pid)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def person(self, username: str) -> "Person":
        """Somebody signed in (once per room: the throttle is not what most tests are about)."""
        if username not in self._sessions:
            session = requests.Session()
            session.verify, session.trust_env = self.authority, False
            session.headers["X-Meetingroom"] = "1"
            answer = session.post(self.url + "/api/session", json={"username": username, "password": PASSWORD})
            assert answer.status_code == 200, answer.text
            self._sessions[username] = session
        return Person(self, username, self._sessions[username])

    def screen(self, secretary: "Person") -> "Person":
        """A projector, paired by the secretary."""
        session = requests.Session()
        assert session.get(self.url + "/projector").status_code == 200
        code = session.get(self.url + "/api/screen").json()["code"]
        paired = secretary.session.post(
            f"{self.url}/api/meetings/{self.meeting}/screens", json={"code": code, "name": "Màn hình lớn"}
        )
        assert paired.status_code == 201, paired.text
        return Person(self, "", session)


class Person:
    """Somebody (or a projector) with a browser: HTTP, and a socket after `join`."""

    def __init__(self, room: Room, username: str, session: requests.Session):
        self.room, self.username, self.session = room, username, session
        self.id = room.people.get(username, "")
        self.view: dict = {}
        self.seq = 0
        self.patches: list[dict] = []
        self.presence: dict = {}
        self.dismissed: list[dict] = []
        self.gaps = 0
        self._changed = threading.Condition()
        self.socket: socketio.Client | None = None

    def get(self, path: str, **more) -> requests.Response:
        return self.session.get(self.room.url + path, timeout=30, **more)

    def post(self, path: str, **more) -> requests.Response:
        return self.session.post(self.room.url + path, timeout=60, **more)

    def delete(self, path: str, **more) -> requests.Response:
        return self.session.delete(self.room.url + path, timeout=30, **more)

    def send(self, command: str, /, *, id: str | None = None, **args) -> requests.Response:
        """A command, as the browser posts it."""
        body = {"id": id or clock.new_id(), "name": command, "args": args}
        return self.post(f"/api/meetings/{self.room.meeting}/commands", json=body)

    def does(self, command: str, /, **args) -> dict:
        """A command that must succeed."""
        answer = self.send(command, **args)
        assert answer.status_code == 200, f"{command}: {answer.status_code} {answer.text}"
        return answer.json()

    def refused(self, command: str, /, **args) -> str:
        """A command that must be refused; its code."""
        answer = self.send(command, **args)
        assert answer.status_code in (400, 403, 409, 422), f"{command}: {answer.status_code} {answer.text}"
        return answer.json()["error"]["code"]

    def read_view(self) -> dict:
        """The whole view as the server tells it now."""
        return self.get(f"/api/meetings/{self.room.meeting}").json()["view"]

    def me(self) -> dict:
        return self.get(f"/api/meetings/{self.room.meeting}/me").json()

    def connect(self) -> "Person":
        """Open a socket and join the meeting."""
        agency = self.session.verify  # the system's authorities (True), or a file of the agency's own
        trust = None if agency is True else {"sslopt": {"context": tls.trusting(agency)}}
        self.socket = socketio.Client(reconnection=False, websocket_extra_options=trust)
        self.socket.on("patch", self._patch)
        self.socket.on("view", self._view)
        self.socket.on("presence", lambda body: self._note("presence", body))
        self.socket.on("dismissed", lambda body: self.dismissed.append(body))
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.session.cookies)
        self.socket.connect(self.room.url, {"Cookie": cookies}, transports=["websocket"], wait_timeout=30)
        answer = self.join()
        assert "error" not in answer, answer
        return self

    def join(self, after: int | None = None) -> dict:
        command = {"meeting": self.room.meeting} | ({} if after is None else {"after": after})
        answer = self.socket.call("join", command, timeout=45)
        with self._changed:
            if "view" in answer:
                self.view, self.seq = answer["view"], answer["seq"]
            for body in answer.get("patches", []):
                self.view, self.seq = merge(self.view, body["patch"]), body["seq"]
            self._changed.notify_all()
        return answer

    def until(self, true_of_view, timeout: float = 45) -> dict:
        """Wait until `true_of_view(view)`; the view."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not true_of_view(self.view):
                left = deadline - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    raise AssertionError(f"{self.username or 'screen'} never saw it: {self.view.get('stage')}")
            return self.view

    def wait(self, condition, timeout: float = 45):
        """Wait until `condition()` is true of something outside the view."""
        deadline = time.monotonic() + timeout
        while not (found := condition()):
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.02)
        return found

    def leave(self) -> None:
        """Go properly, as a page does that is closed."""
        if self.socket and self.socket.connected:
            with contextlib.suppress(socketio.exceptions.SocketIOError):
                self.socket.call("leave", {"meeting": self.room.meeting}, timeout=5)
        self.vanish()

    def vanish(self) -> None:
        """The line ends without a word, as of a tablet that goes out of reach."""
        if self.socket:
            self.socket.disconnect()
            self.socket = None

    def _patch(self, body: dict) -> None:
        with self._changed:
            if body["seq"] <= self.seq:
                return
            if body["seq"] != self.seq + 1:
                self.gaps += 1
                return
            self.patches.append(body)
            self.view, self.seq = merge(self.view, body["patch"]), body["seq"]
            self._changed.notify_all()

    def _view(self, body: dict) -> None:
        with self._changed:
            self.view, self.seq = body["view"], body["seq"]
            self._changed.notify_all()

    def _note(self, name: str, body) -> None:
        setattr(self, name, body)


def prepare_meeting(room: Room) -> str:
    """A published meeting with sites, three items and two papers whose pages are ready. Returns its id."""
    dung = room.person("dung")
    starts = clock.now()
    made = dung.post(
        "/api/meetings",
        json={
            "title": "Hội nghị tổng kết công tác kiểm sát năm 2026",
            "kind": "conference",
            "starts_at": starts,
            "ends_at": starts + 3 * HOUR,
            "place": "Hội trường tầng 3",
            "secrecy": "none",
        },
    )
    assert made.status_code == 201, made.text
    room.meeting = made.json()["id"]
    dung.does("add_site", name="Hội trường tầng 3", short="ĐC00", main=True)
    dung.does("add_site", name="VKSND khu vực 1", short="ĐC01")
    main, remote = dung.read_view()["sites"]["order"]
    for username, (_, _, _, role) in PEOPLE.items():
        if role and role != "organiser":
            site = remote if username in ("ich", "tho") else main
            dung.does("invite", person=room.people[username], role=role, site=site)
    for title, minutes in (("Khai mạc", 10), ("Báo cáo tóm tắt", 25), ("Thảo luận, biểu quyết", 70)):
        dung.does("add_item", title=title, minutes=minutes, presenters=[])
    first, second, _ = dung.read_view()["agenda"]["order"]
    for item, name, content in (
        (first, "Chương trình.pdf", paper(5)),
        (second, "Báo cáo chuyên đề.pdf", paper(4, (960, 540), "Slide")),
    ):
        sent = dung.post(
            f"/api/meetings/{room.meeting}/documents",
            files={"file": (name, content, "application/pdf")},
            data={"item": item},
        )
        assert sent.status_code == 202, sent.text
    dung.wait(lambda: len(dung.read_view()["papers"]) == 2, timeout=60)
    dung.does("publish_meeting")
    return room.meeting

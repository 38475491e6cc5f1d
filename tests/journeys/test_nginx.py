"""Behind Debian's nginx, with the very configuration of docs/operations.md: only paths and ports are this test's."""

import getpass
import os
import re
import shutil
import ssl
import subprocess
import time

import pytest
import requests

from tests.conftest import first_paper
from tests.rooms import PASSWORD, ROOT, Person, Room, free_port

pytestmark = pytest.mark.journey
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")


def written(kind: str = "nginx", begins: str = "") -> str:
    text = (ROOT / "docs/operations.md").read_text("utf-8")
    (found,) = re.findall(rf"```{kind}\n({begins}.*?)```", text, re.DOTALL)
    return found


def put(text: str, changes: dict[str, str]) -> str:
    """The text with its paths and ports replaced; each must be there."""
    for old, new in changes.items():
        assert old in text, f"the documented configuration has no {old!r}"
        text = text.replace(old, new)
    return text


@pytest.fixture
def behind(prepared, tmp_path):
    """The opened meeting, reached through nginx over HTTPS."""
    if not NGINX:
        pytest.skip("nginx is not installed (scripts/install-test-tools.sh installs it)")
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    settings = {"MEETINGROOM_HOST": "127.0.0.1", "MEETINGROOM_TRUSTED_PROXIES": "1", "MEETINGROOM_SECURE_COOKIES": "1",
                "MEETINGROOM_ACCEL_REDIRECT": "/kept"}  # fmt: skip
    assert all(
        f"{name}={value}" in (ROOT / "docs/operations.md").read_text("utf-8") for name, value in settings.items()
    )
    room = Room(tmp_path / "data", people, meeting, **settings)
    commands = put(written("sh", "openssl req"), {"DNS:hop.example.gov.vn": "IP:127.0.0.1"})
    subprocess.run(["sh", "-ec", commands], cwd=tmp_path, check=True, capture_output=True)
    key, certificate = tmp_path / "meetingroom.key", tmp_path / "meetingroom.crt"
    port, plain = free_port(), free_port()
    changes = {
        "user meetingroom;": f"user {getpass.getuser()};",
        "/run/nginx.pid": str(tmp_path / "nginx.pid"),
        "/var/log/nginx/error.log": str(tmp_path / "error.log"),
        "127.0.0.1:8000": f"127.0.0.1:{room.port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/ssl/meetingroom.crt": str(certificate),
        "/etc/ssl/meetingroom.key": str(key),
        "/srv/meetingroom/data/": f"{tmp_path}/data/",
    }
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(put(written(), changes))
    nginx = subprocess.Popen([NGINX, "-c", str(configuration), "-g", "daemon off;"], stderr=subprocess.PIPE)
    try:
        room.start()
        room.authority = str(tmp_path / "agency-ca.crt")
        room.url, room.plain = f"https://127.0.0.1:{port}", f"http://127.0.0.1:{plain}"
        wait(lambda: nginx.poll() is not None or ssl.get_server_certificate(("127.0.0.1", port)))
        assert nginx.poll() is None, nginx.stderr.read().decode()
        yield room
    finally:
        nginx.terminate()
        nginx.wait(10)
        room.stop()


def wait(condition, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except OSError:
            assert time.monotonic() < deadline, "nginx does not answer"
        time.sleep(0.1)


def person(room: Room, username: str) -> Person:
    session = requests.Session()
    session.verify, session.trust_env = room.authority, False
    session.headers["X-Meetingroom"] = "1"
    answer = session.post(room.url + "/api/session", json={"username": username, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    assert "Secure" in answer.headers["Set-Cookie"]
    return Person(room, username, session)


def test_a_meeting_goes_on_behind_nginx(behind):
    an, em, lan = (person(behind, name) for name in ("an", "em", "lan"))
    an.does("open_meeting")
    an.does("show_paper", paper=first_paper(an))

    # The socket is upgraded, and page turns come through at once.
    em.connect()
    assert em.socket.eio.transport() == "websocket"
    an.does("turn_page", page=3)
    em.until(lambda view: view["stage"]["page"] == 3)

    # The page comes from nginx, byte for byte; the program decides who gets it.
    document = next(iter(em.read_view()["papers"].values()))["document"]
    path = f"/documents/{document}/pages/3.webp?w=1920"
    page = em.get(path)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "image/webp")
    assert page.headers["Server"] == "nginx"
    assert "X-Accel-Redirect" not in page.headers
    assert "immutable" in page.headers["Cache-Control"]
    kept = {file.read_bytes(): file for file in (behind.data / "pages").glob("??/*/1920/3.webp")}
    assert page.content in kept
    assert em.get(path, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
    assert lan.get(path).status_code == 404
    assert requests.get(behind.url + path, verify=behind.authority).status_code in (401, 404)
    direct = kept[page.content].relative_to(behind.data)
    for asked in (f"/kept/{direct}", f"/kept/pages/../{direct}", "/kept/secret.key", "/kept/meetingroom.db"):
        assert em.get(asked).status_code == 404, asked

    # The original, for the staff, as a download that cannot run.
    dung = person(behind, "dung")
    original = dung.get(f"/documents/{document}/file")
    assert original.content.startswith(b"%PDF")
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in original.headers["Content-Security-Policy"]
    em.leave()


def test_the_way_in_is_https_and_the_request_is_named_by_nginx(behind):
    answer = requests.get(behind.plain + "/sign-in?next=%2F", allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://127.0.0.1/sign-in?next=%2F")
    assert re.fullmatch(r"[0-9a-f]{32}", person(behind, "em").get("/api/meetings").headers["X-Request-Id"])
    # The device trusts the agency's authority, as the page tells: only then a browser registers the worker.
    worker = requests.get(behind.url + "/sw.js", verify=behind.authority)
    assert (worker.status_code, worker.headers["Cache-Control"]) == (200, "no-cache")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert "script-src 'self'" in worker.headers["Content-Security-Policy"]
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(behind.url + "/sw.js")

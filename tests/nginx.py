"""A room behind Debian's nginx over HTTPS, with the agency's own certificate: by the very commands and the very
configuration of docs/operations.md. Only names, paths and ports are the test's."""

import getpass
import os
import re
import shlex
import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest
import requests

from tests.rooms import ROOT, Room, free_port

NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
NAME = "hop.example.gov.vn"
CLEAR = "hop.test"  # the same room, by plain HTTP
SETTINGS = {
    "MEETINGROOM_HOST": "127.0.0.1",
    "MEETINGROOM_TRUSTED_PROXIES": "1",
    "MEETINGROOM_SECURE_COOKIES": "1",
    "MEETINGROOM_ACCEL_REDIRECT": "/kept",
    "MEETINGROOM_ADDRESS": f"https://{NAME}",
}


OPERATIONS = "docs/operations.md"


def documented(page: str = OPERATIONS) -> str:
    return (ROOT / page).read_text("utf-8")


def written(kind: str = "nginx", begins: str = "", page: str = OPERATIONS) -> str:
    """The one block of this kind on a page of the docs."""
    (found,) = re.findall(rf"```{kind}\n({begins}.*?)```", documented(page), re.DOTALL)
    return found


def put(text: str, changes: dict[str, str]) -> str:
    """The text with its paths and ports replaced; each must be there."""
    for old, new in changes.items():
        assert old in text, f"the documented configuration has no {old!r}"
        text = text.replace(old, new)
    return text


def with_plain_server(text: str, port: int) -> str:
    """One more server, by plain HTTP, as the page says it: the same locations without the lines of TLS."""
    begin, end = text.index("    server {\n        listen 443"), text.rindex("}")
    lines = [line for line in text[begin:end].splitlines(keepends=True) if "ssl_" not in line]
    secure, *others = [n for n, line in enumerate(lines) if "listen 443" in line]
    assert not others
    lines[secure] = f"        listen 127.0.0.1:{port};\n"
    return text[:end] + put("".join(lines), {NAME: CLEAR}) + "}\n"


class NginxRoom(Room):
    """`url` is the way of tests without DNS (127.0.0.1 and a port); browsers come by `NAME`, with `browser_rules`."""

    def __init__(self, data: Path, people: dict[str, str], meeting: str, worker: bool = True):
        if not NGINX:
            pytest.skip("nginx is not installed (scripts/install-test-tools.sh installs it)")
        assert all(f"{name}={value}" in documented() for name, value in SETTINGS.items())
        super().__init__(data, people, meeting, worker, **SETTINGS)
        self.folder = data.parent
        self.inner = self.url
        # The documented name, and the address of numbers that the page speaks of, for a client that asks no DNS.
        commands = put(written("sh", "openssl req"), {f"DNS:{NAME}": f"DNS:{NAME},IP:127.0.0.1"})
        subprocess.run(["sh", "-ec", commands], cwd=self.folder, check=True, capture_output=True)
        self.authority = str(self.folder / "agency-ca.crt")
        self.secure, self.plain_port = free_port(), free_port()
        self.url, self.plain = f"https://127.0.0.1:{self.secure}", f"http://127.0.0.1:{self.plain_port}"
        self.clear = free_port()
        ports = {f"{NAME}:443": self.secure, f"{NAME}:80": self.plain_port, f"{CLEAR}:80": self.clear}
        self.browser_rules = ", ".join(f"MAP {name} 127.0.0.1:{port}" for name, port in ports.items())
        changes = {
            "user meetingroom;": f"user {getpass.getuser()};",
            "/run/nginx.pid": f"{self.folder}/nginx.pid",
            "/var/log/nginx/error.log": f"{self.folder}/error.log",
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.secure} ssl",
            "/etc/ssl/meetingroom.crt": f"{self.folder}/meetingroom.crt",
            "/etc/ssl/meetingroom.key": f"{self.folder}/meetingroom.key",
            "/srv/meetingroom/data/": f"{data}/",
        }
        (self.folder / "nginx.conf").write_text(put(with_plain_server(written(), self.clear), changes))
        self.nginx: subprocess.Popen | None = None

    def connect_line(self) -> None:
        """nginx listens."""
        configuration = str(self.folder / "nginx.conf")
        self.nginx = subprocess.Popen([NGINX, "-c", configuration, "-g", "daemon off;"], stderr=subprocess.PIPE)
        deadline = time.monotonic() + 45
        while True:
            assert self.nginx.poll() is None, self.nginx.stderr.read().decode()
            try:
                ssl.get_server_certificate(("127.0.0.1", self.secure))
                return
            except OSError:
                assert time.monotonic() < deadline, "nginx does not answer"
                time.sleep(0.05)

    def cut_line(self) -> None:
        """Nobody is reached at the address any more: no connection, and those that stand end."""
        if self.nginx:
            self.nginx.terminate()
            self.nginx.wait(10)
            self.nginx.stderr.close()
            self.nginx = None

    def answers(self) -> bool:
        return requests.get(self.inner + "/healthz", timeout=45).ok

    def start(self, timeout: float = 90) -> "NginxRoom":
        super().start(timeout)
        if not self.nginx:
            self.connect_line()
        return self

    def kill(self) -> None:
        self.cut_line()
        super().kill()


def trusting_home(folder: Path, authority: str) -> dict[str, str]:
    """The environment of a Chromium whose user trusts this authority, and nothing is clicked through."""
    if not shutil.which("certutil"):
        pytest.skip("certutil is not installed (scripts/install-test-tools.sh installs libnss3-tools)")
    store = folder / ".pki/nssdb"
    store.mkdir(parents=True)
    (trust,) = re.findall(r"`(certutil -d sql:[^`]+)`", documented())
    made, _, _ = trust.partition(" -A ")
    trust = put(trust, {"agency-ca.crt": shlex.quote(authority)})
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(
        ["sh", "-ec", f"{made} -N --empty-password\n{trust}"], env=environment, check=True, capture_output=True
    )
    return environment

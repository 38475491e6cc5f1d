"""A site with a weak line: its nginx by the very file docs/site-nginx.conf, before the nginx of docs/operations.md."""

import getpass
import ssl
import subprocess
import time
from pathlib import Path

import requests

from tests.nginx import NGINX, NginxRoom, put, written
from tests.rooms import ROOT, Person, free_port

LINE = "log_format line '$http_x_site_asks $request_uri $status $bytes_sent';"


class SiteRoom(NginxRoom):
    """`url` is the way of a tablet at the site; `at_origin()` has what came over the line since it was asked last."""

    def __init__(self, data: Path, people: dict[str, str], meeting: str, **environment: str):
        super().__init__(data, people, meeting, worker=False)
        self.environment |= environment
        home = (self.folder / "nginx.conf").read_text()
        begin = home.index("access_log off;")
        self.line, self.read_so_far, self.asked = self.folder / "line.log", 0, 0
        added = f"{LINE}\n    access_log {self.line} line;\n{written(page='docs/sites.md')}"
        home = home[:begin] + put(added, {"10.4.0.0/16": "127.0.0.0/8"}) + home[begin + len("access_log off;") :]
        (self.folder / "nginx.conf").write_text(put(home, {"worker_processes auto;": "worker_processes 1;"}))
        self.capital, self.site_url, self.edge_port = self.url, f"https://127.0.0.1:{free_port()}", free_port()
        self.site: subprocess.Popen | None = None
        folder = self.folder / "site"
        folder.mkdir()
        port = self.site_url.rpartition(":")[2]
        changes = {
            "user www-data;": f"user {getpass.getuser()};",
            "/run/nginx.pid": f"{folder}/nginx.pid",
            "/var/log/nginx/error.log": f"{folder}/error.log",
            "/var/cache/nginx/meetingroom": f"{folder}/pages",
            "/run/meetingroom-rights": f"{folder}/rights",
            "/run/meetingroom-pages.log": f"{folder}/pages.log",
            "10.1.2.3:443": f"127.0.0.1:{self.secure}",
            "127.0.0.1:8100": f"127.0.0.1:{self.edge_port}",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "/etc/ssl/meetingroom.crt": f"{self.folder}/meetingroom.crt",
            "/etc/ssl/meetingroom.key": f"{self.folder}/meetingroom.key",
            "/etc/ssl/agency-ca.crt": self.authority,
            "proxy_cache_valid 204 5s": "proxy_cache_valid 204 1s",  # the tests wait for its end
        }
        text = (ROOT / "docs/site-nginx.conf").read_text("utf-8")
        (folder / "nginx.conf").write_text(put(text, changes))

    def start(self, timeout: float = 90) -> "SiteRoom":
        self.url = self.capital
        super().start(timeout)
        self.url = self.site_url
        folder = self.folder / "site"
        command = [NGINX, "-p", str(folder), "-c", "nginx.conf", "-g", "daemon off;"]
        self.site = subprocess.Popen(command, stderr=(folder / "said").open("wb"))
        deadline = time.monotonic() + 45
        while True:
            assert self.site.poll() is None, (folder / "said").read_text()
            try:
                ssl.get_server_certificate(("127.0.0.1", int(self.url.rpartition(":")[2])))
                return self
            except OSError:
                assert time.monotonic() < deadline, "the site's nginx does not answer"
                time.sleep(0.05)

    def kill(self) -> None:
        if self.site:
            self.site.terminate()
            self.site.wait(10)
            self.site = None
        super().kill()

    def at_origin(self) -> list[tuple[str, str, int]]:
        """What was asked over the line since the last time: [(right, file or "-", address, bytes sent)]."""
        self.asked += 1
        last = f"/healthz?last={self.asked}."
        requests.get(self.capital + last, verify=self.authority)  # its line comes behind all others
        deadline = time.monotonic() + 45
        while last not in (text := self.line.read_text()):
            assert time.monotonic() < deadline, "nginx writes no log"
            time.sleep(0.01)
        lines = [line for line in text.splitlines() if "/healthz" not in line]
        new, self.read_so_far = lines[self.read_so_far :], len(lines)
        return [(asks, path, int(size)) for asks, path, _status, size in (line.split() for line in new)]

    def forget(self) -> None:
        """The site's cache of pages is empty."""
        for path in (self.folder / "site/pages").rglob("*"):
            if path.is_file():
                path.unlink()

    def on_disk(self) -> bytes:
        """Everything the site's cache of pages has."""
        return b"".join(path.read_bytes() for path in (self.folder / "site/pages").rglob("*") if path.is_file())

    def tablet(self, username: str) -> Person:
        """Another device of somebody, with cookies of its own."""
        session = requests.Session()
        session.verify, session.trust_env = self.authority, False
        session.cookies.update(self.person(username).session.cookies)
        return Person(self, username, session)

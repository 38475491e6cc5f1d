import re
from html import unescape

import pytest

from meetingroom import create_app
from meetingroom.auth import account_store
from meetingroom.config import Settings
from tests.quick_starts import cheap_hash

PASSWORD = "mot cau de nho"


@pytest.fixture(scope="session")
def hashed():
    """One password for everybody here."""
    return cheap_hash(PASSWORD)


class Browser:
    """Somebody at a tablet: keeps cookies, fills in forms with the token that stands in them."""

    def __init__(self, app, address="10.0.0.7"):
        self.client = app.test_client()
        self.address = address

    def get(self, path, **headers):
        return self.client.get(path, environ_base={"REMOTE_ADDR": self.address}, headers=headers)

    def page(self, path) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status, answer.location)
        return unescape(answer.text)

    def token(self, at="/sign-in") -> str:
        answer = self.client.get(at, follow_redirects=True, environ_base={"REMOTE_ADDR": self.address})
        return re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]

    def send(self, path, data=None, at="/account", **values):
        """Fill in the form of the page `at` and send it to `path`."""
        sent = {**(data or {}), **values, "csrf_token": self.token(at)}
        return self.client.post(path, data=sent, environ_base={"REMOTE_ADDR": self.address})

    def sign_in(self, username, password=PASSWORD, **values):
        return self.send("/sign-in", at="/sign-in", username=username, password=password, **values)

    def api(self, method, path, json=None, header=True):
        headers = {"X-Meetingroom": "1"} if header else {}
        kept = {"REMOTE_ADDR": self.address}
        return self.client.open(path, method=method, json=json, headers=headers, environ_base=kept)


class Agency:
    """An app with a unit and three people: `admin`, `mai` (organiser), `an`."""

    def __init__(self, app, hashed):
        self.app, self.hashed = app, hashed
        self.context = app.extensions["meetingroom"]
        self.dismissed: list[str] = []
        self.context.dismiss_user = self.dismissed.append
        self.people: dict[str, str] = {}
        with self.context.pool.writing() as db:
            self.root = account_store.add_unit(db, name="VKSND tỉnh Lạc Giang", short="VKSND tỉnh")
            self.office = account_store.add_unit(db, name="Văn phòng", short="VP", parent=self.root)
        self.add("admin", "Bùi Thị Hạnh", role="admin")
        self.add("mai", "Lý Thị Mai", role="organiser", title="Chuyên viên Văn phòng")
        self.add("an", "Nguyễn Văn An", title="Viện trưởng")

    def add(self, username, name, **values) -> str:
        with self.context.pool.writing() as db:
            values = {"unit": self.office, "hashed": self.hashed, **values}
            self.people[username] = account_store.add_user(db, username=username, name=name, **values)
        return self.people[username]

    def browser(self, username=None, **kept) -> Browser:
        browser = Browser(self.app, **kept)
        if username:
            answer = browser.api("POST", "/api/session", {"username": username, "password": PASSWORD})
            assert answer.status_code == 200, answer.text
        return browser

    def read(self, function, *args, **kept):
        with self.context.pool.lend() as db:
            return function(db, *args, **kept)

    def write(self, function, *args, **kept):
        with self.context.pool.writing() as db:
            return function(db, *args, **kept)

    def user(self, username) -> dict:
        return self.read(account_store.find_by_username, username)

    def audit(self, **kept) -> list[str]:
        return [line["name"] for line in self.read(account_store.audit_lines, **kept)]


@pytest.fixture
def empty_app(tmp_path):
    """The program on its first day."""
    app = create_app(Settings(data=tmp_path, async_mode="threading", testing=True, language="en"))
    yield app
    app.extensions["meetingroom"].pool.close()


@pytest.fixture
def agency(empty_app, hashed):
    return Agency(empty_app, hashed)

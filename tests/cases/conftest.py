"""A procuracy with a case: `em` is in charge, `nam` helps, `an` leads, `phuong` reads; `lan` and `admin` are not on its
list. The worker is the test itself."""

import hashlib
from io import BytesIO

import pytest

from meetingroom import clock, create_app
from meetingroom.auth import account_store
from meetingroom.cases import jobs as case_jobs  # noqa: F401  (registers)
from meetingroom.cases import log_store, store
from meetingroom.config import Settings
from meetingroom.documents import jobs as document_jobs  # noqa: F401  (registers)
from tests.documents.conftest import Workbench
from tests.people.conftest import PASSWORD, Browser, hashed  # noqa: F401
from tests.rooms import paper

NAMES = {
    "em": "Hoàng Văn Em",
    "nam": "Phan Văn Nam",
    "an": "Nguyễn Văn An",
    "phuong": "Võ Thị Phượng",
    "lan": "Đỗ Thị Lan",
    "admin": "Quản Trị Viên",
}
SHEET = {
    "code": "LG-2026-017",
    "title": "Vụ án Nguyễn Văn A và Trần Thị B",
    "secrecy": "no",
    "kind": "criminal",
    "stage": "prosecution",
}


class CaseRoom(Workbench):
    recalls = True

    def __init__(self, app, password):
        super().__init__(app.extensions["meetingroom"].settings)
        self.app, self.browsers, self.people = app, {}, {}
        with self.pool.writing() as db:
            unit = account_store.add_unit(db, name="VKSND tỉnh Lạc Giang")
            for name, full in NAMES.items():
                role = "admin" if name == "admin" else "member"
                self.people[name] = account_store.add_user(
                    db, username=name, name=full, unit=unit, hashed=password, role=role
                )
        self.case = self.api("em", "POST", "/api/cases", SHEET).json["id"]
        for name, role in (("nam", "helper"), ("an", "leader"), ("phuong", "reader")):
            self.api("em", "POST", self.at("/people"), {"person": self.people[name], "role": role})

    def at(self, path="") -> str:
        return f"/api/cases/{self.case}{path}"

    def browser(self, name=None) -> Browser:
        if name not in self.browsers:
            self.browsers[name] = Browser(self.app)
            if name:
                answer = self.browsers[name].api("POST", "/api/session", {"username": name, "password": PASSWORD})
                assert answer.status_code == 200, answer.text
        return self.browsers[name]

    def api(self, name, method, path, json=None):
        return self.browser(name).api(method, path, json)

    def sends(self, name, path, data: bytes, filename="T1.pdf", **fields):
        form = {"file": (BytesIO(data), filename), **fields}
        return self.browser(name).client.post(path, data=form, headers={"X-Meetingroom": "1"})

    def log(self) -> list[str]:
        with self.pool.lend() as db:
            return [line["name"] for line in reversed(log_store.read(db, self.case))]

    def filed(self, pages=3, words="Trang", volume=1) -> str:
        """A document of the case whose pages are drawn."""
        data = paper(pages, words=words)
        path = self.settings.data / "case.pdf"
        path.write_bytes(data)
        document = self.upload(path, meeting="", name="T1.pdf")
        with self.pool.writing() as db:
            db["documents"].update(document, {"home": store.HOME + self.case})
            db["case_documents"].insert(
                {"document": document, "case": self.case, "volume": store.volume_of(db, self.case, volume),
                 "place": 1, "title": words, "sha": hashlib.sha256(data).hexdigest(), "by": "", "at": 0}
            )  # fmt: skip
        self.work()
        return document

    def laid(self, texts, title="Trang", volume=1) -> str:
        """The same without pictures, in a moment: a document with a page for each of these texts."""
        document, sha = clock.new_id(), hashlib.sha256(repr((title, texts)).encode()).hexdigest()
        with self.pool.writing() as db:
            db["documents"].insert(
                {"id": document, "meeting": "", "home": store.HOME + self.case, "sha": sha, "filename": "T1.pdf",
                 "title": title, "type": "pdf", "bytes": 1, "status": "ready", "pages": len(texts), "by": "", "at": 0}
            )  # fmt: skip
            db["pages"].insert_all(
                {"document": document, "n": n, "width": 210, "height": 297, "status": "ready", "text": text}
                for n, text in enumerate(texts, 1)
            )
            db["text_state"].insert({"document": document})
            db["case_documents"].insert(
                {"document": document, "case": self.case, "volume": store.volume_of(db, self.case, volume),
                 "place": 1, "title": title, "sha": sha, "by": "", "at": 0}
            )  # fmt: skip
        return document


@pytest.fixture
def room(tmp_path, hashed):  # noqa: F811
    app = create_app(Settings(data=tmp_path, async_mode="threading", testing=True, language="en"))
    yield CaseRoom(app, hashed)
    app.extensions["meetingroom"].pool.close()

import json

import pytest

from meetingroom import clock, log
from meetingroom.auth import account_store
from meetingroom.tasks import store
from tests.people.conftest import empty_app, hashed  # noqa: F401
from tests.web.desk import Desk

DAY = 86_400_000


class Bureau(Desk):
    """A desk with units: `dung` heads the office, `em` room 1 (with `lan`), `giang` room 9; `an` the agency."""

    def __init__(self, app, hashed):  # noqa: F811
        super().__init__(app, hashed)
        with self.context.pool.writing() as db:
            self.units = {"vks": self.root, "vp": self.office}
            for key, name in (("p1", "Phòng 1"), ("p9", "Phòng 9")):
                self.units[key] = account_store.add_unit(db, name=name, short=key.upper(), parent=self.root)
            for who, unit in (("an", "vks"), ("em", "p1"), ("lan", "p1")):
                account_store.edit_user(db, self.people[who], unit=self.units[unit])
        self.add("dung", "Phạm Thị Dung", title="Chánh Văn phòng", unit=self.units["vp"], email="dung@example.vn")
        self.add("giang", "Đặng Văn Giang", title="Trưởng phòng", unit=self.units["p9"], email="giang@example.vn")

    def day(self, days: int = 0) -> str:
        return store.day_of(clock.now() + days * DAY).isoformat()

    def directive(self, key: str = "m1", due: str = "", text: str = "Ban hành Kế hoạch", lead: str = "vp",
                  units: tuple[str, ...] = ("p1",), **more) -> str:  # fmt: skip
        """A meeting that has given out one task; returns the task's id."""
        self.opened(key, **{"title": "Giao ban tháng", **more})
        with self.context.pool.lend() as db:
            known = db.conn.execute("select 1 from members where meeting = ? and role = 'secretary'", [key]).fetchone()
        if not known:
            self.does(key, "mai", "organiser", "invite", person=self.people["lan"], role="secretary")
        ids = tuple(self.units[unit] for unit in units)
        self.does(key, "lan", "secretary", "record_conclusion", text=text, due=due, lead_unit=self.units[lead],
                  units=list(ids), deliverable="KH-VKS")  # fmt: skip
        self.close(key)
        with self.context.pool.lend() as db:
            return db.conn.execute("select id from tasks where meeting = ?", [key]).fetchone()[0]

    def close(self, key: str) -> None:
        from meetingroom.meeting.conclusions import digest_of

        digest = digest_of(log.state(self.context.pool, key).record)
        self.does(key, "an", "chair", "approve_conclusions", digest=digest)
        self.does(key, "an", "chair", "close_meeting")

    def step(self, who: str, task: str, name: str, step_id: str = "", /, **args):
        self.sent += 1
        wish = {"id": step_id or f"s{self.sent}", "name": name, "args": args}
        return self.browser(who).api("POST", f"/api/tasks/{task}/steps", wish)

    def done(self, who: str, task: str, name: str, **args) -> dict:
        answer = self.step(who, task, name, **args)
        assert answer.status_code == 200, answer.text
        return answer.json["task"]

    def tasks(self, who: str, query: str = "") -> list[dict]:
        answer = self.browser(who).api("GET", f"/api/tasks{query}")
        assert answer.status_code == 200, answer.text
        return json.loads(answer.text)["tasks"]


@pytest.fixture
def bureau(empty_app, hashed):  # noqa: F811
    return Bureau(empty_app, hashed)

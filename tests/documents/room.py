"""A meeting with people at their tablets, in front of the app; the worker is the test itself."""

from io import BytesIO

from meetingroom import log
from meetingroom.meeting.agenda import AddItem
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import CreateMeeting, OpenMeeting, PublishMeeting
from meetingroom.meeting.papers import EditPaper, WithdrawPaper
from meetingroom.meeting.people import Invite
from meetingroom.meeting.stage import ShowPaper, ShowTitle, TurnPage
from tests.documents.conftest import Workbench
from tests.given import HOUR, NINE
from tests.people.conftest import PASSWORD, Browser

PEOPLE = {"an": "chair", "mai": "secretary", "dung": "organiser", "em": "delegate", "khach": "guest"}
SYSTEM = Actor("program", "system")


class PaperRoom(Workbench):
    """Meetings "m1" (everybody of PEOPLE) and "m2" (lan only); `lan` belongs to the other meeting, `nobody` to none."""

    recalls = True

    def __init__(self, app, hashed):
        super().__init__(app.extensions["meetingroom"].settings)
        from meetingroom.auth import account_store

        self.app, self.ids, self.browsers = app, {}, {}
        with self.pool.writing() as db:
            for name in (*PEOPLE, "lan", "nobody"):
                self.ids[name] = account_store.add_user(db, username=name, name=name.title(), hashed=hashed)
        self.item = self.meeting("m1", PEOPLE)
        self.other_item = self.meeting("m2", {"lan": "secretary", "em": "chair"})

    def meeting(self, id: str, roles: dict, secrecy="none", published=True) -> str:
        """A (published) meeting with one item; the item."""
        commands = [
            CreateMeeting("Hội nghị" if secrecy == "none" else "", "conference", NINE, NINE + HOUR, secrecy=secrecy)
        ]
        commands += [Invite(self.ids[name], role) for name, role in roles.items()]
        for number, command in enumerate(commands):
            log.handle(self.pool, id, command, SYSTEM, f"begin-{number}")
        preparer = next(name for name, role in roles.items() if role in {"secretary", "organiser"})
        if secrecy == "none":
            self.does(preparer, AddItem("Khai mạc", 10, ()), meeting=id)
            if published:
                self.does(preparer, PublishMeeting(), meeting=id)
        return next(iter(log.state(self.pool, id).agenda.order), "")

    def does(self, name: str, command, meeting="m1"):
        with self.pool.lend() as db:
            role = db.conn.execute(
                "select role from members where meeting = ? and person = ?", (meeting, self.ids[name])
            ).fetchone()[0]
        self.count = getattr(self, "count", 0) + 1
        return log.handle(self.pool, meeting, command, Actor(self.ids[name], role), f"command-{self.count}")

    def browser(self, name=None) -> Browser:
        """Signed in, or (without a name) not."""
        if name not in self.browsers:
            self.browsers[name] = Browser(self.app)
            if name:
                answer = self.browsers[name].api("POST", "/api/session", {"username": name, "password": PASSWORD})
                assert answer.status_code == 200, answer.text
        return self.browsers[name]

    def get(self, name, path, **headers):
        return self.browser(name).get(path, **headers)

    def api(self, name, method, path):
        return self.browser(name).api(method, path)

    def sends(self, name, path, *, meeting="m1", filename="", header=True, **fields):
        """Upload a file as the preparation screen does; the answer."""
        file = (BytesIO(path.read_bytes()), filename or path.name)
        headers = {"X-Meetingroom": "1"} if header else {}
        data = {"file": file, "item": self.item if meeting == "m1" else "", **fields}
        return self.browser(name).client.post(f"/api/meetings/{meeting}/documents", data=data, headers=headers)

    def paper(self, path, **options) -> str:
        """A document that is ready and attached to the item of m1; its id."""
        answer = self.sends("mai", path, **options)
        assert answer.status_code == 202, answer.text
        self.work("ingest")
        return answer.get_json()["id"]

    def key(self, document: str) -> str:
        """The paper a document is."""
        papers = log.state(self.pool, "m1").papers
        return next(key for key, paper in papers.items() if paper.document == document)

    def restricts(self, document):
        self.does("mai", EditPaper(self.key(document), readers="staff"))

    def releases(self, document):
        self.does("mai", EditPaper(self.key(document), readers="members"))

    def shows(self, document, page=1):
        if log.state(self.pool, "m1").meeting.status == "published":
            self.does("an", OpenMeeting())
        self.does("an", ShowPaper(self.key(document), page))

    def turns(self, page):
        self.does("an", TurnPage(page))

    def hides(self):
        self.does("an", ShowTitle())

    def withdraws(self, document):
        self.does("mai", WithdrawPaper(self.key(document)))

    def forbids_download(self, document):
        self.does("mai", EditPaper(self.key(document), download=False))

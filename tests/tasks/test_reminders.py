"""One message for each person and day, in the program and by mail; a calendar with every deadline."""

import datetime
import email
import json

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from icalendar import Calendar

from meetingroom import clock
from meetingroom.auth import account_store
from meetingroom.jobs.queue import JobContext
from meetingroom.tasks import jobs, mail, outbox_store, reminders, store
from meetingroom.tasks.units import read_units
from tests.rooms import free_port
from tests.tasks.conftest import DAY

DAYS = (7, 3, 1, 0, -1)


@pytest.mark.parametrize(
    ("left", "sent"),
    [(8, False), (7, True), (5, False), (0, True), (-1, True), (-2, False), (-8, True), (-15, True)],
)
def test_people_are_reminded_on_chosen_days_and_then_weekly(left, sent):
    assert reminders.is_day(left, DAYS, weekly=True) is sent
    assert reminders.is_day(left, DAYS, weekly=False) is (sent and left > -2)


class Letters(Sink):
    """A mail server that keeps what it is given; refuses mailboxes that begin with `no`."""

    def __init__(self):
        self.kept = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("no"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.kept.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def letters():
    handler = Letters()
    handler.port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


def context_of(bureau) -> JobContext:
    return JobContext(bureau.context.settings, bureau.context.pool)


def use_mail(bureau, port: int, **more) -> None:
    with bureau.context.pool.writing() as db:
        mail.save_mail(db, mail.Mail(True, "127.0.0.1", port, sender="hop@example.vn", base="http://hop.vn/", **more))


def set_clock(monkeypatch, days: float) -> None:
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + round(days * DAY))


def make(bureau) -> None:
    """What the worker would do by itself today."""
    with bureau.context.pool.writing() as db:
        outbox_store.make_digests(db, store.today(), mail=mail.read_mail(db).on)
    jobs.send_mail(context_of(bureau), "outbox")


def test_eight_days_later_everybody_has_had_one_message_a_day_and_none_twice(bureau, letters, monkeypatch):
    use_mail(bureau, letters.port)
    bureau.directive("m1", due=bureau.day(7), text="Việc một", units=())
    bureau.directive("m2", due=bureau.day(7), text="Việc hai", units=("p9",))
    sent = {}
    for day in range(9):
        with monkeypatch.context() as later:
            set_clock(later, day)
            for _ in range(2):  # the worker was started again
                make(bureau)
            sent[day] = len(letters.kept)
    with bureau.context.pool.lend() as db:
        days = [row[0] for row in db.conn.execute("select day from outbox where address != '' group by person, day")]
    assert len(days) == len(letters.kept) == 10  # two people on five days: 7, 3, 1, 0 days before and one after
    assert [sent[day] for day in range(9)] == [2, 2, 2, 2, 4, 4, 6, 8, 10]


def test_a_message_has_counts_and_a_link_and_no_content_unless_it_may(bureau, letters, monkeypatch):
    use_mail(bureau, letters.port)
    bureau.directive("m1", due=bureau.day(1), text="SECRETWORD", units=())
    make(bureau)
    ((to, text),) = letters.kept
    assert to == ["dung@example.vn"]
    assert "http://hop.vn/tasks?waits=me" in text
    assert "SECRETWORD" not in text
    assert reminders.counts({"overdue": 0, "today": 0, "soon": 1}, lambda t, **v: t % v) == "1 due soon"
    with bureau.context.pool.writing() as db:
        store.save_choices(db, store.Choices(titles_in_mail=True))
    set_clock(monkeypatch, 1)
    make(bureau)
    assert "SECRETWORD" in letters.kept[1][1]


def test_a_message_that_cannot_go_out_is_tried_again_later_and_later(bureau, letters, monkeypatch):
    use_mail(bureau, 9)  # nobody listens there
    bureau.directive("m1", due=bureau.day(1), units=())
    make(bureau)
    with bureau.context.pool.lend() as db:
        (row,) = db.query("select * from outbox where address != ''")
    assert (row["status"], row["attempts"]) == ("queued", 1)
    assert row["next_at"] > clock.now()
    use_mail(bureau, letters.port)
    jobs.send_mail(context_of(bureau), "outbox")
    assert letters.kept == []
    set_clock(monkeypatch, 0.1)
    jobs.send_mail(context_of(bureau), "outbox")
    assert len(letters.kept) == 1


def test_a_mailbox_that_is_refused_is_told_the_administrator_and_keeps_nobody_waiting(bureau, letters):
    use_mail(bureau, letters.port)
    with bureau.context.pool.writing() as db:
        account_store.edit_user(db, bureau.people["giang"], email="no@example.vn")
    bureau.directive("m1", due=bureau.day(1), units=("p9",))
    make(bureau)
    assert [to for to, _ in letters.kept] == [["dung@example.vn"]]
    page = bureau.browser("admin").page("/admin/mail")
    assert "no@example.vn" in page
    assert "550" in page


def test_without_mail_the_message_stands_in_the_program(bureau):
    bureau.directive("m1", due=bureau.day(0), units=())
    make(bureau)
    assert "Reminder of today: 1 due today" in bureau.browser("dung").page("/")
    assert "Reminder of today" not in bureau.browser("em").page("/")


def test_who_has_reported_or_is_not_asked_is_not_reminded(bureau):
    task = bureau.directive("m1", due=bureau.day(1), units=("p1",))
    bureau.done("em", task, "report", text="xong")
    make(bureau)
    with bureau.context.pool.lend() as db:
        rows = db.conn.execute("select person, data from outbox").fetchall()
    # On a working day its notice of conclusions is due in a week, of which others are reminded.
    asked = [row["person"] for row in rows if task in {each["task"] for each in json.loads(row["data"])["tasks"]}]
    assert asked == [bureau.people["dung"]]


def test_the_worker_asks_for_a_day_once_and_from_seven(bureau, monkeypatch):
    at = {"hour": 6}
    real = clock.local
    monkeypatch.setattr(clock, "local", lambda ms: real(ms).replace(hour=at["hour"]))
    for hour, wanted in ((6, False), (7, True), (8, False)):
        at["hour"] = hour
        with bureau.context.pool.writing() as db:
            assert jobs.request_due(db) is wanted
    jobs.remind(context_of(bureau), store.today().isoformat())
    with bureau.context.pool.writing() as db:
        assert outbox_store.last_day(db) == store.today().isoformat()


def test_the_administrator_sets_mail_up_and_tries_it(bureau, letters):
    browser = bureau.browser("admin")
    form = {"on": "yes", "host": "127.0.0.1", "port": str(letters.port), "security": "none", "sender": "hop@example.vn",
            "days": "5, 0, -2", "weekly": "yes", "user": "", "password": "bí mật"}  # fmt: skip
    assert browser.send("/admin/mail", form).status_code == 302
    browser.send("/admin/mail/test", to="thu@example.vn")
    assert letters.kept[0][0] == ["thu@example.vn"]
    with bureau.context.pool.lend() as db:
        assert store.read_choices(db).remind_days == (5, 0, -2)
    for wrong in ({"port": "x"}, {"sender": "nobody"}, {"security": "magic"}, {"days": "1, x"}, {"base": "ftp://x"}):
        assert browser.send("/admin/mail", {**form, **wrong}).status_code == 422
    assert bureau.browser("mai").get("/admin/mail").status_code == 403


def test_the_password_is_no_part_of_the_database_and_readable_by_nobody_else(bureau, letters):
    form = {"host": "x", "port": "25", "security": "tls", "user": "hop", "password": "bí-mật", "days": "1"}
    bureau.browser("admin").send("/admin/mail", form)
    path = mail.secret_file(bureau.context.settings)
    assert path.stat().st_mode & 0o077 == 0
    assert mail.read_password(bureau.context.settings) == "bí-mật"
    assert "bí-mật" not in bureau.browser("admin").page("/admin/mail")


def read_feed(bureau, address: str) -> Calendar:
    answer = bureau.browser().get(address)
    assert answer.status_code == 200
    assert max(map(len, answer.data.split(b"\r\n"))) <= 75
    return Calendar.from_ical(answer.data)


def test_a_calendar_has_every_deadline_as_task_and_as_day_and_its_number_rises(bureau):
    task = bureau.directive("m1", due=bureau.day(7), text="Ban hành Kế hoạch chuyển đổi số năm 2027 của Viện " * 4)
    page = bureau.browser("dung").send("/tasks/calendar", at="/tasks/calendar").text
    address = "/calendar/" + page.split("/calendar/")[1].split('"')[0]
    (todo,), (event,) = (read_feed(bureau, address).walk(kind) for kind in ("VTODO", "VEVENT"))
    due = datetime.date.fromisoformat(bureau.day(7))
    assert (todo["due"].dt, event["dtstart"].dt, event["dtend"].dt) == (due, due, due + datetime.timedelta(days=1))
    assert (todo["sequence"], todo["status"]) == (0, "NEEDS-ACTION")
    bureau.done("dung", task, "progress", percent=40)
    (todo,) = read_feed(bureau, address).walk("VTODO")
    assert (todo["sequence"], todo["percent-complete"], todo["status"]) == (1, 40, "IN-PROCESS")
    bureau.done("an", task, "cancel", reason="Trùng")
    assert read_feed(bureau, address).walk("VEVENT")[0]["status"] == "CANCELLED"


def test_a_calendars_address_ends_when_it_is_made_anew_or_ended(bureau):
    browser = bureau.browser("dung")

    def made() -> str:
        page = browser.send("/tasks/calendar", at="/tasks/calendar").text
        return "/calendar/" + page.split("/calendar/")[1].split('"')[0]

    first, second = made(), made()
    assert bureau.browser().get(first).status_code == 404
    assert bureau.browser().get(second).status_code == 200
    browser.send("/tasks/calendar", end="yes", at="/tasks/calendar")
    assert bureau.browser().get(second).status_code == 404
    assert bureau.browser().get("/calendar/" + "x" * 500 + ".ics").status_code == 404


def test_a_message_brings_its_deadlines_for_the_calendar_and_no_title_that_may_not_travel(bureau, letters):
    use_mail(bureau, letters.port)
    bureau.directive("m1", due=bureau.day(1), text="Việc kín", units=())
    make(bureau)
    (_to, raw) = letters.kept[0]
    message = email.message_from_string(raw)
    (file,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    (event,) = Calendar.from_ical(file.get_payload(decode=True)).walk("VEVENT")
    assert event["dtstart"].dt.isoformat() == bureau.day(1)
    assert "Việc kín" not in str(event["summary"])
    assert str(event["url"]).startswith("http://hop.vn/tasks/")


def test_who_organises_is_told_whom_no_message_reached_and_why(bureau, letters):
    use_mail(bureau, letters.port)
    with bureau.context.pool.writing() as db:
        account_store.edit_user(db, bureau.people["dung"], email="no-one@example.vn")
    bureau.directive("m1", due=bureau.day(0), units=())
    bureau.meeting("m2", "Họp chuyên đề")
    bureau.does("m2", "mai", "organiser", "invite", person=bureau.people["dung"], role="delegate")
    make(bureau)
    page = bureau.browser("mai").page("/tasks/unsent")
    assert "no-one@example.vn" in page
    assert "550" in page
    assert "/tasks/unsent" in bureau.browser("mai").page("/")
    assert "no-one@example.vn" not in bureau.browser("giang").page("/tasks/unsent")


@pytest.mark.parametrize("text", ["Hạn\r\nBcc: x@y.vn", "Việc\nSubject: giả", "\u202eđảo ngược", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_line_of_the_heads(text):
    message = mail.compose(mail.Mail(sender="hop@example.vn"), "an@example.vn", text, text)
    assert not {"bcc"} & {key.lower() for key in message}
    assert len(message.get_all("subject")) == 1
    message.as_bytes()
    with pytest.raises(ValueError):
        mail.compose(mail.Mail(sender="hop@example.vn"), "an@example.vn\r\nBcc: x@y.vn", "a", "b")


def test_a_unit_has_a_rhythm_of_its_own_and_those_below_it_with_it(bureau):
    admin = bureau.browser("admin")
    p1, vp = bureau.units["p1"], bureau.units["vp"]
    page = "/admin/mail"
    admin.send(f"{page}/units", unit=p1, days="5", at=page)
    admin.send(f"{page}/units", unit=vp, days="hai", at=page)
    assert "Phòng 1" in admin.page(page)
    assert admin.send(f"{page}/units", unit="none", days="5", at=page).status_code == 404
    assert bureau.browser("mai").send(f"{page}/units", unit=p1, days="5", at="/account").status_code == 403
    bureau.directive("m1", due=bureau.day(5), text="Việc", lead="vp", units=("p1",))
    with bureau.context.pool.writing() as db:
        outbox_store.make_digests(db, store.today(), mail=False)
        assert outbox_store.find_digest(db, bureau.people["em"], store.today())["soon"] == 1
        assert outbox_store.find_digest(db, bureau.people["dung"], store.today()) is None
        units = read_units(db)
        below = store.rhythm_of(p1, units, {bureau.units["vks"]: store.Rhythm((9,), False)}, store.Choices())
    assert below.days == (9,)
    admin.send(f"{page}/units", unit=p1, end="yes", at=page)
    with bureau.context.pool.lend() as db:
        assert store.read_rhythms(db) == {}

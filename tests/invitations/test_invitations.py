"""Invitations by mail: once to everybody with an address, again when it changes, and when it is off."""

import email
import email.policy

import pypdfium2
import pytest
from icalendar import Calendar

from meetingroom import clock, log
from meetingroom.auth import account_store
from meetingroom.documents import made_file_store as made_files
from meetingroom.invitations import enclosure, jobs, store
from meetingroom.issuing import making
from meetingroom.meeting.issuing import MakeDocument
from meetingroom.meeting.kernel import Actor
from meetingroom.printing import printer
from tests.people.conftest import empty_app, hashed  # noqa: F401
from tests.tasks.conftest import Bureau
from tests.tasks.test_reminders import context_of, letters, use_mail  # noqa: F401

HOUR = 3_600_000


@pytest.fixture
def bureau(empty_app, hashed):  # noqa: F811
    return Bureau(empty_app, hashed)


@pytest.fixture
def invited(bureau, letters):  # noqa: F811
    """A published meeting of the day after tomorrow to which `an`, `mai` and `em` are invited; `em` has no address."""
    use_mail(bureau, letters.port)
    with bureau.context.pool.writing() as db:
        for who in ("an", "mai"):
            account_store.edit_user(db, bureau.people[who], email=f"{who}@example.vn")
    bureau.published("m1", "Giao ban tháng 12", days=2)
    return bureau


@pytest.fixture(autouse=True)
def quick_printer(monkeypatch, request):
    """No process for documents is started, but by the test that asks for the real one."""

    def make(self, kind, wish, person):
        assert (kind, wish["official"], wish["form"]) == ("official", "giay_moi", "pdf")
        return {}, b"%PDF for " + wish["person"].encode()

    if "real_printer" not in request.fixturenames:
        monkeypatch.setattr(printer.Printer, "make", make)


@pytest.fixture
def real_printer():
    """See above."""


def send(bureau) -> int:
    answer = bureau.browser("mai").api("POST", "/api/meetings/m1/invitations")
    assert answer.status_code == 202, answer.text
    jobs.send(context_of(bureau), "all")
    return answer.json["queued"]


def wait(bureau, monkeypatch) -> None:
    """A minute passes twice, and the worker looks each time."""
    for minutes in (0, 2):
        with monkeypatch.context() as later:
            now = clock.now() + minutes * 60_000
            later.setattr(clock, "now", lambda now=now: now)
            with bureau.context.pool.writing() as db:
                jobs.request_due(db, now)
            jobs.send(context_of(bureau), "all")


def states(bureau) -> dict[str, str]:
    rows = bureau.browser("mai").api("GET", "/api/meetings/m1/invitations").json["people"]
    names = {key: who for who, key in bureau.people.items()}
    return {names[row["person"]]: row["state"] for row in rows}


def letter_of(letters, n: int = -1) -> bytes | None:  # noqa: F811
    """The official letter that came with a message."""
    message = email.message_from_bytes(letters.kept[n][1].encode(), policy=email.policy.default)
    files = [part for part in message.walk() if part.get_filename() == "giay-moi.pdf"]
    assert [part.get_content_type() for part in files] in ([], ["application/pdf"])
    return files[0].get_content() if files else None


def read(letters, n: int = -1):  # noqa: F811
    """(to, subject, words, the entry, its method) of a message."""
    (to,), text = letters.kept[n]
    message = email.message_from_bytes(text.encode(), policy=email.policy.default)
    calendars = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    files = [part for part in message.walk() if part.get_filename() == "giay-moi.ics"]
    assert len(calendars) == len(files) == 1
    found = Calendar.from_ical(files[0].get_content())
    assert calendars[0].get_param("method") == found["method"]
    (entry,) = found.walk("VEVENT")
    return to, message["subject"], message.get_body(("plain",)).get_content(), entry, str(found["method"])


def test_everybody_with_an_address_gets_one_and_what_is_proven_is_shown(invited, letters, real_printer):  # noqa: F811
    assert states(invited) == {"an": "new", "mai": "new", "em": "no_address"}
    assert send(invited) == 2
    assert states(invited) == {"an": "sent", "mai": "sent", "em": "no_address"}
    to, subject, words, entry, method = read(letters, 1)
    assert to in ("an@example.vn", "mai@example.vn")
    assert "Giao ban tháng 12" in subject
    assert "Phòng họp số 1" in words
    assert "http://hop.vn/meetings/m1" in words
    assert (method, entry["uid"], entry["sequence"], entry["status"]) == ("REQUEST", "m1@meetingroom", 0, "CONFIRMED")
    assert str(entry["attendee"]) == f"mailto:{to}"
    page = invited.browser("mai").page("/meetings/m1/invitations")
    assert "Taken by the mail server" in page
    assert page.count("with the letter of invitation, not numbered") == 2
    assert "attached" in words
    name = {"an": "An", "mai": "Mai"}[to.partition("@")[0]]
    text = pypdfium2.PdfDocument(letter_of(letters, 1))[0].get_textpage().get_text_bounded()
    assert "GM-VKSND" in text
    assert name in " ".join(text.split())
    again = invited.browser("mai").api("POST", "/api/meetings/m1/invitations")
    assert (again.status_code, again.json["error"]["code"]) == (409, "nobody_to_invite")
    jobs.send(context_of(invited), "all")
    assert len(letters.kept) == 2


def test_another_time_is_sent_by_itself_with_the_next_number(invited, letters, monkeypatch):  # noqa: F811
    send(invited)
    with invited.context.pool.lend() as db:
        starts = store.read_meeting(db, "m1")["starts_at"]
    invited.does("m1", "mai", "organiser", "edit_meeting", starts_at=starts + HOUR)
    invited.does("m1", "mai", "organiser", "edit_meeting", motto="Khác")  # of no account
    wait(invited, monkeypatch)
    assert len(letters.kept) == 4
    _, subject, words, entry, method = read(letters)
    assert (method, entry["uid"], entry["sequence"]) == ("REQUEST", "m1@meetingroom", 1)
    assert round(entry["dtstart"].dt.timestamp() * 1000) == starts + HOUR
    assert "changed" in subject
    assert "has changed" in words
    wait(invited, monkeypatch)
    assert len(letters.kept) == 4
    # Who comes later gets it by the button, with the number that counts.
    with invited.context.pool.writing() as db:
        account_store.edit_user(db, invited.people["em"], email="em@example.vn")
    assert send(invited) == 1
    assert read(letters)[3]["sequence"] == 1


def issue(bureau, file: bytes, person: str = "") -> str:
    """The letter of invitation is made, gets its number, is made with it and goes out as this file."""
    wish = MakeDocument("giay_moi", person=person)
    key = ""
    for data in (b"%PDF without number", file):
        with bureau.context.pool.writing() as db:
            for kind, content in ((made_files.PDF, data), (made_files.DOCX, b"Word: " + data)):
                sha = made_files.keep(bureau.context.settings, content)
                made_files.note(
                    db, sha, kind, making.wanted("m1"), len(content), meeting="m1", source=making.source_of(wish)
                )
        bureau.sent += 1
        log.handle(bureau.context.pool, "m1", wish, Actor(bureau.people["an"], "chair"), f"make-{bureau.sent}")
        made = log.state(bureau.context.pool, "m1").issuing.documents
        (key,) = [each for each, document in made.items() if document.person == person]
        if data != file:
            bureau.does("m1", "an", "chair", "take_number", document=key)
    bureau.does("m1", "an", "chair", "issue_document", document=key)
    return key


def test_the_issued_letter_goes_along_while_it_says_what_the_message_says(invited, letters, monkeypatch):  # noqa: F811
    issue(invited, b"%PDF to all")
    issue(invited, b"%PDF to Mai", invited.people["mai"])
    assert "has been issued" in invited.browser("mai").page("/meetings/m1/invitations")
    send(invited)
    assert {read(letters, n)[0]: letter_of(letters, n) for n in (0, 1)} == {
        "an@example.vn": b"%PDF to all",
        "mai@example.vn": b"%PDF to Mai",
    }
    listed = invited.browser("mai").api("GET", "/api/meetings/m1/invitations").json["people"]
    assert {row.get("letter") for row in listed if row["state"] == "sent"} == {enclosure.ISSUED}
    with invited.context.pool.lend() as db:
        starts = store.read_meeting(db, "m1")["starts_at"]
    invited.does("m1", "mai", "organiser", "edit_meeting", starts_at=starts + HOUR)
    wait(invited, monkeypatch)
    assert b"%PDF for" in letter_of(letters)


def test_without_the_letter_the_invitation_goes_out_and_the_page_says_so(invited, letters, monkeypatch):  # noqa: F811
    def fail(self, kind, wish, person):
        raise printer.Refused("glyph:☃")

    monkeypatch.setattr(printer.Printer, "make", fail)
    send(invited)
    assert letter_of(letters) is None
    assert "attached" not in read(letters)[2]
    assert "could not be made" in invited.browser("mai").page("/meetings/m1/invitations")


def test_whoever_was_invited_hears_that_it_is_off_or_that_they_need_not_come(invited, letters, monkeypatch):  # noqa: F811
    send(invited)
    invited.does("m1", "mai", "organiser", "invite", person=invited.people["lan"], role="delegate")
    invited.does("m1", "mai", "organiser", "remove_person", person=invited.people["em"])  # never had one
    wait(invited, monkeypatch)
    assert len(letters.kept) == 2
    with invited.context.pool.writing() as db:
        account_store.edit_user(db, invited.people["lan"], email="lan@example.vn")
    assert send(invited) == 1
    invited.does("m1", "mai", "organiser", "remove_person", person=invited.people["lan"])
    wait(invited, monkeypatch)
    to, _, _, entry, method = read(letters)
    assert (to, method, entry["sequence"], entry["status"]) == ("lan@example.vn", "CANCEL", 1, "CANCELLED")
    invited.does("m1", "an", "chair", "cancel_meeting", reason="Lý do công tác")
    wait(invited, monkeypatch)
    assert len(letters.kept) == 6
    assert {read(letters, n)[0] for n in (4, 5)} == {"an@example.vn", "mai@example.vn"}
    assert {(read(letters, n)[4], read(letters, n)[3]["sequence"]) for n in (4, 5)} == {("CANCEL", 2)}
    assert [letter_of(letters, n) is None for n in range(6)] == [False, False, False, True, True, True]
    assert states(invited) == {"an": "cancelled", "mai": "cancelled", "lan": "cancelled"}


def test_a_mailbox_that_is_refused_is_named_and_a_server_that_is_away_is_tried_again(invited, letters):  # noqa: F811
    with invited.context.pool.writing() as db:
        account_store.edit_user(db, invited.people["mai"], email="no@example.vn")
    send(invited)
    assert states(invited)["mai"] == "failed"
    assert "550" in invited.browser("mai").page("/meetings/m1/invitations")
    with invited.context.pool.writing() as db:
        account_store.edit_user(db, invited.people["mai"], email="mai@example.vn")
    use_mail(invited, 9)
    send(invited)
    assert states(invited)["mai"] == "queued"
    with invited.context.pool.lend() as db:
        (row,) = store.list_due(db, clock.now() + HOUR)
        assert store.list_due(db, clock.now()) == []
    assert row["attempts"] == 1


def test_only_those_who_prepare_it_send_and_nothing_of_a_draft_or_a_secret(bureau, letters):  # noqa: F811
    bureau.published("m1")
    mai = bureau.browser("mai")
    assert mai.api("POST", "/api/meetings/m1/invitations").json["error"]["code"] == "mail_off"
    use_mail(bureau, letters.port)
    for who, status in (("em", 403), ("lan", 404), ("an", 403)):
        assert bureau.browser(who).api("POST", "/api/meetings/m1/invitations").status_code == status
    assert bureau.browser("em").get("/meetings/m1/invitations").status_code == 403
    bureau.meeting("m2")
    assert mai.api("POST", "/api/meetings/m2/invitations").json["error"]["code"] == "not_published"
    bureau.meeting("m3", "", secrecy="secret")
    assert mai.api("GET", "/api/meetings/m3/invitations").status_code == 404
    assert mai.get("/meetings/m3/invitations").status_code == 404
    sent = mai.send("/meetings/m2/invitations", at="/meetings/m2/invitations")
    assert sent.location.endswith("/meetings/m2/invitations")

"""Numbers of documents: the next one of the year for whoever asks first, none twice, none lost without a word."""

import threading

import pypdfium2
import pytest

from meetingroom import clock, log
from meetingroom.auth import account_store
from meetingroom.issuing import patterns, register_store
from meetingroom.meeting.issuing import TakeNumber
from meetingroom.meeting.kernel import Actor
from meetingroom.meeting.lifecycle import MeetingClosed, MeetingCreated, MeetingOpened, MeetingPublished
from meetingroom.meeting.people import PersonInvited
from tests.minutes.hands import HEADERS
from tests.minutes.story import at


@pytest.fixture
def clerk(hands):
    """`la` belongs to no meeting and is the agency's records clerk."""
    with hands.program.pool.writing() as db:
        account_store.edit_user(db, hands.program.ids["la"], clerk=1)
    return "la"


def meetings(program, count):
    for n in range(count):
        key = f"x{n}"
        program.happens(
            "07:00", "dung", MeetingCreated(f"Họp {n}", "briefing", at("08:00"), at("09:00"), ""), meeting=key
        )
        program.happens("07:01", "dung", PersonInvited(program.ids["an"], "An", "", "", "chair"), meeting=key)
        program.happens(
            "07:02", "dung", MeetingPublished(), MeetingOpened(program.ids["an"]), MeetingClosed(), meeting=key
        )


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("{so:02}/{loai}-{co_quan}", "05/BB-VKSND"),
        ("{so:03}/{loai}-{co_quan}-{don_vi}", "005/BB-VKSND-P1"),
        ("{so}/{loai}", "5/BB"),
    ],
)
def test_a_number_is_written_by_its_pattern(pattern, written):
    patterns.check(pattern)
    assert patterns.write(pattern, 5, symbol="BB", agency="VKSND", unit="P1") == written
    assert patterns.write("{so:02}/{loai}-{co_quan}-{don_vi}", 5, symbol="BB") == "05/BB"


@pytest.mark.parametrize(
    "pattern",
    ["{loai}", "so/{loai}", "{so}{so}/x", "{so.real}/x", "{so!r}/x", "{so:1000000}/x", "{x}/{so}", "{so", "a" * 99],
)
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(patterns.BadPattern):
        patterns.check(pattern)


def test_a_hundred_at_once_take_a_hundred_numbers_without_a_gap_or_a_double(hands):
    meetings(hands.program, 100)
    pool, by, refused = hands.program.pool, hands.program.ids["an"], []

    def take(part):
        for n in part:
            try:
                log.handle(pool, f"x{n}", TakeNumber("bien_ban"), Actor(by, "chair"), f"take-{n}")
            except Exception as error:  # whatever it is, it is shown below
                refused.append(error)

    takers = [threading.Thread(target=take, args=(range(first, 100, 8),)) for first in range(8)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert refused == []
    with pool.lend() as db:
        entries = register_store.list_entries(db, "bb", clock.local(clock.now()).year)
    assert [entry.number for entry in entries] == list(range(1, 101))


def test_a_new_year_begins_at_the_agencys_midnight_with_01(hands, monkeypatch):
    meetings(hands.program, 3)
    take = lambda n: log.handle(  # noqa: E731
        hands.program.pool, f"x{n}", TakeNumber("bien_ban"), Actor(hands.program.ids["an"], "chair"), "take"
    )
    for n, moment in enumerate(("2026-12-31T23:59:59", "2027-01-01T00:00:01", "2027-01-01T00:00:02")):
        monkeypatch.setattr(clock, "now", lambda moment=moment: clock.milliseconds(moment))
        take(n)
    states = [log.state(hands.program.pool, f"x{n}").issuing.numbers[0] for n in range(3)]
    assert [(taken.year, taken.number, taken.text[:3]) for taken in states] == [
        (2026, 1, "01/"),
        (2027, 1, "01/"),
        (2027, 2, "02/"),
    ]


def test_a_clerk_numbers_and_issues_what_is_final_and_reads_it(hands, clerk):
    assert hands.get(clerk, "minutes.pdf").status_code == 403
    hands.approve()
    hands.did(clerk, "take_number", document="bien_ban")
    hands.did("mai", "finalise_minutes", version=1)
    file = hands.get(clerk, "minutes.pdf")
    (page, *_) = pypdfium2.PdfDocument(file.data)
    assert "Số: 01/BB-VKSND" in page.get_textpage().get_text_bounded()
    assert hands.refused(clerk, "approve_minutes", version=1, digest="x") == "not_allowed"
    assert hands.refused(clerk, "void_number", number=1, reason="nhầm") == "number_printed"
    hands.did(clerk, "issue_document", document="bien_ban")
    assert hands.refused("an", "unlock_minutes", reason="sai") == "already_issued"


def test_who_is_no_clerk_and_no_member_numbers_nothing(hands):
    assert hands.does("la", "take_number", document="bien_ban").status_code == 404
    assert hands.refused("em", "take_number", document="bien_ban") == "not_allowed"
    assert hands.get("em", "/registers").status_code == 403
    assert hands.get("em", "/api/registers/bb").status_code == 403


def test_the_book_lists_numbers_voids_and_gaps(hands, clerk):
    hands.did("mai", "take_number", document="bien_ban")
    hands.did("mai", "void_number", number="01/BB-VKSND", reason="nhầm sổ")
    entered = hands.client(clerk).post(
        "/api/registers/bb/manual", json={"number": 4, "subject": "Biên bản giấy"}, headers=HEADERS
    )
    assert entered.status_code == 201
    again = hands.client(clerk).post("/api/registers/bb/manual", json={"number": 4, "subject": "x"}, headers=HEADERS)
    assert again.json["error"]["code"] == "number_used"
    hands.did(clerk, "take_number", document="bien_ban")
    register = hands.get(clerk, "/api/registers/bb").json
    assert [entry["number"] for entry in register["entries"]] == [1, 4, 5]
    assert (register["voided"], register["gaps"], register["next"]) == ([1], [[2, 3]], "06/BB-VKSND")
    page = hands.get(clerk, "/registers?register=bb").text
    assert "nhầm sổ" in page
    assert "2–3" in page
    book = pypdfium2.PdfDocument(hands.get(clerk, "/api/registers/bb.pdf").data)
    printed = book[0].get_textpage().get_text_bounded()
    assert "SỔ ĐĂNG KÝ BIÊN BẢN" in printed
    assert "nhầm sổ" in printed


def test_a_number_given_with_the_signature_leaves_room_in_the_file(hands, clerk):
    form = {"id": "bb", "title": "Biên bản", "symbol": "BB", "pattern": "{so:02}/{loai}-{co_quan}", "mode": "after"}
    with hands.program.pool.writing() as db:
        register_store.save_register(
            db, register_store.Register(**{**form, "unit": "", "kinds": "bien_ban", "closed": 0})
        )
    hands.approve()
    hands.did(clerk, "take_number", document="bien_ban")
    hands.did("mai", "finalise_minutes", version=1)
    (page, *_) = pypdfium2.PdfDocument(hands.get("mai", "minutes.pdf").data)
    assert "01/BB" not in page.get_textpage().get_text_bounded()
    hands.did(clerk, "issue_document", document="bien_ban")


def test_the_tables_of_numbers_are_made_from_the_log_again(hands):
    hands.did("mai", "take_number", document="bien_ban")
    with hands.program.pool.writing() as db:
        before = list(map(dict, db.query("select * from register_entries")))
        log.rebuild(db)
        assert list(map(dict, db.query("select * from register_entries"))) == before != []

"""Documents are made in a process of its own, one after the other; who wants too many at once waits."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from meetingroom.devices.nameplates import Nameplate, Occasion
from meetingroom.devices.nameplates_pdf import nameplates_pdf
from meetingroom.minutes import reading
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.printing import printer
from tests.minutes.conftest import MEETING, program, running  # noqa: F401
from tests.people.conftest import hashed  # noqa: F401

CARD = {"name": "Nguyễn Văn An", "title": "Viện trưởng", "unit": "VKSND tỉnh", "site": "", "code": "CFG-234-HJK",
        "address": "http://x/join/CFG-234-HJK"}  # fmt: skip


@pytest.fixture
def press():
    own = printer.Printer()
    yield own
    own.end()


def cards(names) -> dict:
    occasion = {"agency": "VKSND", "meeting": "Họp giao ban", "door": "x/join", "printed": 1}
    return {"cards": [{**CARD, "name": name} for name in names], "occasion": occasion, "language": "vi"}


def test_many_documents_at_once_have_the_bytes_of_one_alone(press):
    """Two in one process shared ReportLab's fonts: 4 of 1,080 failed, and 2 had another's letters."""
    jobs = [cards([f"Đại biểu {letter} số {n}" for n in range(3)]) for letter in "ABCĐEỆƯ"]
    alone = [
        nameplates_pdf([Nameplate(**card) for card in job["cards"]], Occasion(**job["occasion"]), "vi") for job in jobs
    ]
    with ThreadPoolExecutor(len(jobs)) as crowd:
        for _round in range(3):
            made = crowd.map(lambda n: press.make("nameplates", jobs[n], f"person {n}")[1], range(len(jobs)))
            assert list(made) == alone


def test_one_person_waits_for_three_documents_at_most_and_nobody_else_for_that(press):
    with press._turn:  # the process is busy
        crowd = [threading.Thread(target=press.make, args=("nameplates", cards(["A"]), "mai")) for _ in range(3)]
        for each in crowd:
            each.start()
        while press._waiting["mai"] < 3:
            time.sleep(0.01)
        with pytest.raises(printer.TooMany):
            press.make("nameplates", cards(["A"]), "mai")
        other = threading.Thread(target=press.make, args=("nameplates", cards(["B"]), "an"))
        other.start()
    for each in (*crowd, other):
        each.join(60)
    assert press._waiting.total() == 0
    assert press.make("nameplates", cards(["A"]), "mai")[1]


def test_a_process_that_dies_is_started_again(press):
    assert press.make("nameplates", cards(["A"]), "mai")[1]
    press._process.kill()
    press._process.wait()
    assert press.make("nameplates", cards(["A"]), "mai")[1]


def test_the_process_waits_for_the_next_job_whatever_loop_the_server_runs(press, monkeypatch):
    real = printer.socket.socketpair

    def loops_own():
        mine, theirs = real()
        theirs.setblocking(False)
        return mine, theirs

    monkeypatch.setattr(printer.socket, "socketpair", loops_own)
    assert press.make("nameplates", cards(["A"]), "mai")[1]
    process = press._process
    time.sleep(0.3)
    assert press.make("nameplates", cards(["A"]), "mai")[1]
    assert press._process is process


def test_a_document_that_fails_does_not_keep_the_next_from_being_made(press):
    with pytest.raises(printer.Failed):
        press.make("nameplates", {**cards([]), "cards": [{"no": "such field"}]}, "mai")
    assert press.make("nameplates", cards(["A"]), "mai")[1]


def test_what_is_made_there_is_what_the_rules_of_the_document_say(program, running):  # noqa: F811
    database = program.app.extensions["meetingroom"].settings.database
    request = {"form": "pdf", "database": str(database), "meeting": MEETING, "language": "vi"}
    header, file = printer.printer.make("minutes", request, "mai")
    now = reading.read_meeting(database, MEETING).minutes("vi")
    assert header["draft"] is True
    assert file == minutes_pdf(now, "vi")

"""Of a secret ballot of fewer than four votes nobody is told numbers, words or receipts, at any address there is."""

import json
from itertools import count

import pypdfium2 as pdfium
import pytest

from meetingroom import log
from meetingroom.live import socket
from meetingroom.meeting import ballot_count

CHOICES = {"an": "yes", "em": "other", "lan": "yes"}
WORDS = "lùi mốc sang quý ba"
sent = count()
NUMBERS = ("counts", "receipts", "texts", "votes")
OF_TASKS = ("/api/tasks",)  # counts of another kind


@pytest.fixture(params=["now", "old log"])
def taken(desk, request, monkeypatch):
    """(desk, meeting, ballot, receipts): three of four voted in secret and it is closed, also by an older program,
    which wrote the numbers down."""
    desk.add("binh", "Trần Thị Bình")
    desk.published("m1")
    for name, role in (("lan", "delegate"), ("binh", "delegate"), ("admin", "secretary")):
        desk.does("m1", "mai", "organiser", "invite", person=desk.people[name], role=role)
    desk.does("m1", "an", "chair", "open_meeting")
    voters = [desk.people[name] for name in ("an", "em", "lan", "binh")]
    for name in ("an", "em", "lan", "binh"):
        desk.does("m1", name, "delegate" if name != "an" else "chair", "check_in")
    desk.does("m1", "mai", "organiser", "draft_ballot", question="Giới thiệu nhân sự?", preset="UBKS_NQ",
              options=["yes", "no", "other"], secret=True, voters=voters)  # fmt: skip
    (ballot,) = log.state(desk.context.pool, "m1").ballots.order
    an = desk.browser("an")
    assert an.api("POST", "/api/meetings/m1/commands", body("open_ballot", ballot, despite=True)).status_code == 200
    receipts = []
    for name, choice in CHOICES.items():
        more = {"text": WORDS} if choice == "other" else {}
        answer = desk.browser(name).api(
            "POST", "/api/meetings/m1/commands", body("cast_vote", ballot, choice=choice, **more)
        )
        receipts.append(answer.json["receipt"])
    if request.param == "old log":
        with monkeypatch.context() as older:
            older.setattr(ballot_count, "may_show_numbers", lambda secret, cast: True)
            assert an.api("POST", "/api/meetings/m1/commands", body("close_ballot", ballot)).status_code == 200
    else:
        assert an.api("POST", "/api/meetings/m1/commands", body("close_ballot", ballot)).status_code == 200
    return desk, "m1", ballot, receipts


def body(name, ballot, **args):
    return {"id": f"few-{next(sent)}", "name": name, "args": {"ballot": ballot, **args}}


def holds(value) -> bool:
    return any(map(holds, value.values())) if isinstance(value, dict) else bool(value)


def leaks(found) -> list:
    """What stands under a name that numbers or receipts of a ballot have (the roll has counts as well)."""
    if isinstance(found, dict):
        here = [value for key, value in found.items() if key in NUMBERS and holds(value) and "present" not in value]
        return here + [leak for value in found.values() for leak in leaks(value)]
    return [leak for value in found for leak in leaks(value)] if isinstance(found, list) else []


def read(answer) -> str:
    if answer.mimetype == "application/pdf":
        pages = pdfium.PdfDocument(answer.data)
        return " ".join(page.get_textpage().get_text_range() for page in pages)
    return answer.text if answer.mimetype.startswith("text/") or "json" in answer.mimetype else ""


def addresses(app, meeting):
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.arguments <= {"meeting"} and "metrics" not in rule.rule:
            yield rule.rule.replace("<meeting>", meeting)


@pytest.mark.parametrize("published", [False, True])
def test_no_address_tells_anybody(taken, published):
    desk, meeting, ballot, receipts = taken
    if published:
        done = desk.browser("an").api("POST", f"/api/meetings/{meeting}/commands", body("publish_result", ballot))
        assert done.status_code == 200, done.text
    for who in ("an", "mai", "admin", "em", "binh"):
        browser, read_any = desk.browser(who), 0
        for address in addresses(desk.app, meeting):
            answer = browser.get(address)
            text = read(answer)
            read_any += f"/{meeting}" in address and answer.status_code == 200 and bool(text)
            assert WORDS not in text, (who, address)
            assert not [code for code in receipts if code in text], (who, address)
            if "json" in answer.mimetype and address not in OF_TASKS:
                lines = [json.loads(line) for line in text.splitlines()] if "ndjson" in answer.mimetype else answer.json
                assert leaks(lines) == [], (who, address)
        assert read_any > 3, who


@pytest.mark.parametrize("published", [False, True])
def test_no_socket_tells_anybody(taken, published):
    desk, meeting, ballot, receipts = taken
    wires = []
    for who in ("an", "mai", "admin", "em", "binh"):
        wire = socket.socketio.test_client(desk.app, flask_test_client=desk.browser(who).client)
        answer = wire.emit("join", {"meeting": meeting}, callback=True)
        assert ballot in str(answer), who
        wires.append((who, wire, [answer]))
    if published:
        desk.browser("an").api("POST", f"/api/meetings/{meeting}/commands", body("publish_result", ballot))
    for who, wire, answer in wires:
        answer += wire.get_received()
        assert leaks(answer) == [], who
        assert not any(code in str(answer) for code in [*receipts, WORDS]), who
        wire.disconnect()


@pytest.mark.parametrize("audience", ["staff", "members", "screens"])
def test_no_audience_is_told(taken, audience):
    desk, meeting, _, receipts = taken
    _, seen = desk.context.push.current(meeting, audience)
    assert leaks(seen["ballots"]) == []
    assert not any(code in str(seen) for code in receipts)

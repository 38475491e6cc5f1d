"""Every command by every role, generated from the rules and asked of the real server."""

from dataclasses import MISSING, fields
from typing import get_type_hints

import pytest

from meetingroom.meeting import wire

pytestmark = pytest.mark.journey

PEOPLE = {
    "secretary": "mai",
    "organiser": "dung",
    "delegate": "em",
    "technician": "tho",
    "chair": "an",
}
LAST = ("adjourn_meeting", "resume_meeting", "close_meeting", "cancel_meeting", "archive_meeting")
# Refused by the rule itself, with the same word as a missing right.
OF_ITS_OWN = {"take_notice_back", "request_floor"}


def arguments(kind) -> dict:
    """The least a command can be sent with: things that do not exist."""
    found, hints = {}, get_type_hints(kind)
    for field in fields(kind):
        if field.default is MISSING and field.default_factory is MISSING:
            hint = str(hints[field.name])
            number = "int" in hint or "float" in hint
            plain = [] if "tuple" in hint else {} if "dict" in hint else 1 if number else "nothing"
            found[field.name] = "nothing" if hint.startswith("str |") else plain
    return found


def commands() -> list[str]:
    names = [name for name in wire.commands() if name not in LAST]
    return [*sorted(names), *LAST]


def test_every_command_is_refused_to_exactly_those_who_may_not(opened):
    wrong = []
    for role, username in PEOPLE.items():
        person = opened.person(username)
        for name in commands():
            kind = wire.commands()[name]
            answer = person.send(name, **arguments(kind))
            code = answer.json().get("error", {}).get("code", "")
            refused = (answer.status_code, code) == (403, "not_allowed")
            if refused != (role not in kind.may) and name not in OF_ITS_OWN:
                wrong.append((role, name, answer.status_code, code))
            assert answer.status_code < 500, (role, name, answer.text)
            assert code != "malformed", (role, name, answer.text)
    assert wrong == []


def test_who_does_not_belong_learns_nothing_from_any_address(opened):
    """The same answer as for a meeting that does not exist."""
    em, meeting = opened.person("em"), opened.meeting
    document = em.read_view()["stage"]["document"]
    addresses = [
        f"/api/meetings/{meeting}",
        f"/api/meetings/{meeting}/me",
        f"/api/meetings/{meeting}/log",
        f"/api/meetings/{meeting}/timeline",
        f"/api/meetings/{meeting}/screens",
        f"/api/meetings/{meeting}/documents",
        f"/api/meetings/{meeting}/minutes.pdf",
        f"/api/meetings/{meeting}/minutes.docx",
        f"/api/documents/{document}",
        f"/documents/{document}/pages/1.webp",
        f"/documents/{document}/pages/1.json",
        f"/documents/{document}/file",
        f"/meetings/{meeting}",
        f"/meetings/{meeting}/room",
        f"/meetings/{meeting}/prepare",
        f"/meetings/{meeting}/minutes",
        f"/meetings/{meeting}/join.svg",
    ]
    for name in ("lan", "admin"):
        outsider = opened.person(name)
        for address in addresses:
            nowhere = outsider.get(address.replace(meeting, "m000000000000000").replace(document, "d0000000000000000"))
            answer = outsider.get(address)
            assert answer.status_code == nowhere.status_code == 404, (name, address, answer.status_code)
            texts = [text.text.replace(meeting, "").replace(document, "") for text in (answer, nowhere)]
            if address.startswith(("/api", "/documents")):
                assert texts[0] == texts[1], address
        assert outsider.get("/api/meetings").json() == []


def test_who_is_not_signed_in_is_told_only_that(opened):
    import requests

    for address in (f"/api/meetings/{opened.meeting}", "/api/meetings", f"/api/meetings/{opened.meeting}/log"):
        answer = requests.get(opened.url + address, timeout=30)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in")
    page = requests.get(f"{opened.url}/meetings/{opened.meeting}", timeout=30, allow_redirects=False)
    assert (page.status_code, page.headers["Location"].split("?")[0]) == (302, "/sign-in")


def test_a_foreign_page_cannot_send_a_command(opened):
    an = opened.person("an")
    body = {"id": "x1", "name": "turn_page", "args": {"page": 2}}
    header = {"X-Meetingroom": None}
    answer = an.session.post(
        f"{opened.url}/api/meetings/{opened.meeting}/commands", json=body, headers=header, timeout=30
    )
    assert answer.status_code == 403
    assert an.read_view()["stage"]["page"] == 1

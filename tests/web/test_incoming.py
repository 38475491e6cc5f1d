"""Whatever comes in as a request: an answer in words, never a failure of the server."""

import json
import re
import time
from urllib.parse import quote, urlencode

import pytest
from werkzeug.test import stream_encode_multipart

from meetingroom.web.incoming import LARGEST, SMALL

DEEP = b"[" * 100_000 + b"]" * 100_000
HALF = b'"\\ud800"'
JSON = "application/json"
RAW_HALF = b'"\xed\xa0\x80"'


def meeting(desk):
    starts = 1_797_382_800_000
    body = {"title": "Họp", "kind": "briefing", "starts_at": starts, "ends_at": starts + 3_600_000}
    return desk.browser("mai").api("POST", "/api/meetings", body).json["id"]


def post(desk, path, body: bytes, who="mai"):
    client = desk.browser(who).client if who else desk.app.test_client()
    return client.post(path, data=body, content_type="application/json", headers={"X-Meetingroom": "1"})


@pytest.mark.parametrize(
    "body",
    [
        DEEP,
        b'{"id": "1", "name": "zoom", "args": {"rect": ' + DEEP + b"}}",
        b'{"id": "1", "name": "zoom", "args": {"rect": [1' + b"0" * 400 + b", 0, 1, 1]}}",
        b'{"id": "1", "name": "turn_page", "args": {"page": 1e999}}',
        b'{"id": "1", "name": "turn_page", "args": {"page": ' + b"9" * 9000 + b"}}",
        b'{"id": "1", "name": "turn_page", "args": {' + HALF + b": 1}}",
        b'{"id": "1", "name": "add_item", "args": {"title": ' + HALF + b"}}",
        b'{"id": "1", "name": "add_item", "args": {"title": ' + RAW_HALF + b"}}",
        b'{"id": "1", "name": "add_item", "args": {"title": "x", "' + b"k" * 5000 + b'": 1}}',
        b'{"id": ' + HALF + b', "name": "add_item", "args": {}}',
        b'{"id": {}, "name": "add_item", "args": {}}',
        b'{"id": "1", "name": [], "args": {}}',
        b'{"id": "1", "name": "add_item", "args": [1]}',
        b"\xff\xfe[]",
        b"",
        b"null",
    ],
    ids=lambda body: body[:60].decode("latin-1"),
)
def test_what_is_no_request_is_refused_in_words(desk, body):
    answer = post(desk, f"/api/meetings/{meeting(desk)}/commands", body)
    assert answer.status_code == 400, answer.text[:300]
    assert answer.json["error"]["message"]
    assert len(answer.text) < 1000  # nothing endless is said back


def test_a_name_with_half_a_character_is_nobodys(desk):
    answer = post(desk, "/api/session", b'{"username": ' + HALF + b', "password": ' + HALF + b"}", who=None)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "malformed")


@pytest.mark.parametrize("who", ["mai", None])
def test_nobody_sends_an_endless_request(desk, who):
    body = b'{"username": "' + b"a" * LARGEST + b'", "password": "x"}'
    answers = [post(desk, "/api/session", body, who)]
    if who:
        answers.append(post(desk, f"/api/meetings/{meeting(desk)}/commands", body, who))
    for answer in answers:
        assert (answer.status_code, answer.json["error"]["code"]) == (413, "too_large")


def test_the_longest_note_is_not_too_large_however_it_is_written(desk):
    key = meeting(desk)
    desk.browser("mai").api(
        "POST",
        f"/api/meetings/{key}/commands",
        {"id": "r", "name": "invite", "args": {"person": desk.people["an"], "role": "secretary"}},
    )
    for n, letter in enumerate((b"\\ud83d\\ude00", b"\\u1ea1", "ệ".encode())):
        text = letter * 100_000
        body = b'{"id": "n%d", "name": "record_note", "args": {"item": "general", "text": "' % n + text + b'"}}'
        assert post(desk, f"/api/meetings/{key}/commands", body, "an").status_code == 200


@pytest.mark.parametrize("after", ["99999999999999999999999", "-1", "x", "9" * 5000, "%00"])
def test_the_log_is_read_from_any_number(desk, after):
    key = meeting(desk)
    answer = desk.browser("mai").get(f"/api/meetings/{key}/log?after={after}")
    assert answer.status_code == 200
    assert bool(answer.text) == (not after.startswith("9") or after == "9" * 5000)


# What is sent to every address there is

FIELDS = [
    "username",
    "password",
    "again",
    "name",
    "title",
    "agency",
    "email",
    "phone",
    "unit",
    "short",
    "code",
    "pin",
    "person",
    "q",
    "next",
    "language",
    "text",
    "item",
    "rows",
    "told",
    "place",
    "kind",
    "starts_at",
    "id",
]
HEAP = "a" + "\u0315\u0300\u05ae\u0327" * 2500  # in every field at once: just what a form may bring
TEXTS = {"a heap of marks": HEAP, "a number beyond 64 bits": "9" * 300, "three hundred letters": "ạ" * 300,
         "a path": "../../../../etc/passwd", "half a pair": "x\ufffd\x00\x85"}  # fmt: skip


def everywhere(app, text: str, key: str):
    """(method, address) of each route but the socket's, with `text` where an id stands; the meeting may exist."""
    part = quote(text[:100], safe="")  # the test's own client takes long for what it quotes
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(("/static", "/socket.io", "/readyz", "/sign-out")):
            address = re.sub(r"<int:\w+>", "9" * 25, rule.rule.replace("<meeting>", key or part))
            for method in sorted(rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
                if (method, address) not in {("DELETE", "/api/session"), ("POST", "/tablet")}:  # which sign out
                    yield method, re.sub(r"<[^>]+>", part, address)


def as_form(fields: dict[str, str]) -> tuple[bytes, str]:
    """A form as a browser sends it, and the kind of it. What is large comes in parts: reading a million percent signs
    takes longer than all that an address does."""
    body = urlencode(fields).encode()
    if len(body) < 100_000:
        return body, "application/x-www-form-urlencoded"
    parts, _, boundary = stream_encode_multipart(fields)
    return parts.read(), f"multipart/form-data; boundary={boundary}"


# Everybody with what costs most to read; the others with who gets furthest with it.
ASKED = [(text, who) for text in TEXTS for who in ("admin", "mai", None) if who == "mai" or text == "a heap of marks"]
ASKED += [("half a pair", "admin"), ("a number beyond 64 bits", "admin"), ("a path", None)]


@pytest.mark.parametrize(("text", "who"), ASKED)
def test_no_address_fails_or_thinks_long_about_what_it_is_sent(desk, who, text):
    text = TEXTS[text]
    client = desk.browser(who).client if who else desk.app.test_client()
    key = meeting(desk) if who == "mai" else ""
    token = re.search(r'csrf_token" value="([^"]+)"', client.get("/account" if who else "/sign-in").text)
    form = dict.fromkeys(FIELDS, text) | ({"csrf_token": token[1]} if token else {})
    bodies = (
        as_form(form),
        (json.dumps(form, ensure_ascii=False).encode(), "application/json"),
    )  # once
    assert max(len(body) for body, _ in bodies) < LARGEST, "it is read, not refused for its length"
    query = "?" + urlencode(dict.fromkeys(("q", "after", "w", "code", "person", "unit", "next"), text[:300]))
    for method, address in everywhere(desk.app, text, key):
        begun = time.process_time()
        headers = {"X-Meetingroom": "1"}
        answers = [client.open(address + query, method=method, headers=headers)]
        if method != "GET":
            for body, kind in bodies:
                answers.append(client.open(address, method=method, data=body, content_type=kind, headers=headers))
        assert all(answer.status_code < 500 for answer in answers), (method, address, answers)
        assert time.process_time() - begun < 3, (method, address)


def test_where_a_stranger_is_heard_four_kilobytes_are_read_and_no_more(desk):
    """It is looked at letter by letter before anybody knows who it is."""
    heard = set()
    for method, address in everywhere(desk.app, "x", "m1"):
        if method in ("GET", "DELETE") or address.startswith("/first"):  # an agency is founded with more words
            continue
        client = desk.app.test_client()
        token = re.search(r'csrf_token" value="([^"]+)"', client.get("/sign-in").text)
        said = {"csrf_token": token[1] if token else "", "username": "x", "password": "x"}
        for body, kind in ((urlencode(said), "application/x-www-form-urlencoded"), (json.dumps(said), JSON)):
            sent = {"method": method, "content_type": kind, "headers": {"X-Meetingroom": "1"}}
            answer = client.open(address, data=body, **sent)
            turned_away = answer.status_code in (400, 404) or "not_signed_in" in answer.text
            if not turned_away and not answer.headers.get("Location", "").startswith("/sign-in"):
                more = f"{body}&x={'a' * SMALL}" if kind != JSON else json.dumps(said | {"x": "a" * SMALL})
                assert client.open(address, data=more, **sent).status_code == 413, (method, address, kind)
                heard.add(address)
    assert heard >= {"/api/session", "/sign-in", "/language", "/account/settings"}

"""Whatever comes in as a request: an answer in words, never a failure of the server."""

import pytest

from meetingroom.web.incoming import LARGEST

DEEP = b"[" * 100_000 + b"]" * 100_000
HALF = b'"\\ud800"'
RAW_HALF = b'"\xed\xa0\x80"'


def meeting(desk):
    starts = 1_797_382_800_000
    wish = {"title": "Họp", "kind": "briefing", "starts_at": starts, "ends_at": starts + 3_600_000}
    return desk.browser("mai").api("POST", "/api/meetings", wish).json["id"]


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
        wish = b'{"id": "n%d", "name": "record_note", "args": {"item": "general", "text": "' % n + text + b'"}}'
        assert post(desk, f"/api/meetings/{key}/commands", wish, "an").status_code == 200


@pytest.mark.parametrize("after", ["99999999999999999999999", "-1", "x", "9" * 5000, "%00"])
def test_the_log_is_read_from_any_number(desk, after):
    key = meeting(desk)
    answer = desk.browser("mai").get(f"/api/meetings/{key}/log?after={after}")
    assert answer.status_code == 200
    assert bool(answer.text) == (not after.startswith("9") or after == "9" * 5000)

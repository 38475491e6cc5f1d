"""The short way of a command (commands/direct.py): the same answers as Flask's, and nothing done twice."""

from itertools import product

import pytest
from flask import g

from meetingroom import log
from meetingroom.auth import guard
from meetingroom.commands import direct, obeying

WAYS = {"short": {}, "flask": {"Expect": "100-continue"}}  # with this the short way does not know what to do


@pytest.fixture
def room(desk):
    """A meeting under way; `lan` does not belong to it."""
    desk.opened("m1")
    return desk


def post(room, who, wish, way="short", meeting="m1", **headers):
    client = room.browser(who).client if isinstance(who, str) or who is None else who.client
    headers = {"X-Meetingroom": "1", **WAYS[way], **{key.replace("_", "-"): text for key, text in headers.items()}}
    if isinstance(wish, bytes):
        return client.post(
            f"/api/meetings/{meeting}/commands", data=wish, content_type="application/json", headers=headers
        )
    return client.post(f"/api/meetings/{meeting}/commands", json=wish, headers=headers)


def reported(answer):
    """What a client can tell: all of it but the number of the request."""
    rest = sorted((key, value) for key, value in answer.headers if key != "X-Request-Id")
    return answer.status_code, rest, answer.data


def show_title(id: str) -> dict:
    return {"id": id, "name": "show_title", "args": {}}


def test_a_command_is_done_and_answered_as_by_flask(room, monkeypatch):
    an, obeyed = room.browser("an"), []
    real = obeying.give
    monkeypatch.setattr(obeying, "give", lambda *given: obeyed.append(1) or real(*given))
    short = post(room, an, show_title("c1"))
    assert short.json == {"seq": log.state(room.context.pool, "m1").seq}
    assert reported(short) == reported(post(room, an, show_title("c1"), "flask"))
    assert short.headers["X-Request-Id"]
    assert len(obeyed) == 2


WRONG = {
    "nobody": (None, show_title("x"), {}),
    "a stranger": ("lan", show_title("x"), {}),
    "no right": ("em", {"id": "x", "name": "close_meeting"}, {}),
    "a rule": ("an", {"id": "x", "name": "turn_page", "args": {"page": 2}}, {}),
    "no such command": ("an", {"id": "x", "name": "fly"}, {}),
    "a wrong field": ("an", {"id": "x", "name": "turn_page", "args": {"page": "two"}}, {}),
    "no id": ("an", {"name": "show_title"}, {}),
    "an id that is none": ("an", {"id": "a b", "name": "show_title"}, {}),
    "no object": ("an", b"[]", {}),
    "no JSON": ("an", b"{", {}),
    "half a character": ("an", b'{"id": "x", "name": "\\ud800"}', {}),
    "another's page": ("an", show_title("x"), {"X_Meetingroom_As": "somebody"}),
    "no such meeting": ("an", show_title("x"), {"meeting": "m2"}),
}


@pytest.mark.parametrize("case", WRONG)
def test_whoever_is_refused_is_told_so_in_the_same_words(room, case):
    who, wish, more = WRONG[case]
    who = room.browser(who)
    for language in ("vi", "en"):
        who.client.set_cookie("language", language)
        before = log.state(room.context.pool, "m1").seq
        short, flasks = (post(room, who, wish, way, **more) for way in WAYS)
        assert reported(short) == reported(flasks)
        assert short.status_code >= 400
        assert log.state(room.context.pool, "m1").seq == before


def test_what_fails_is_not_tried_again_behind_the_readers_back(room, monkeypatch):
    tried = []

    def fails(*_):
        tried.append(1)
        raise OSError("the disk is gone")

    monkeypatch.setattr(log, "handle", fails)
    assert post(room, "an", show_title("c1")).status_code == 500
    assert tried == [1]


def test_a_command_of_either_way_is_counted_once(room):
    an = room.browser("an")
    for n, way in enumerate(WAYS):
        post(room, an, show_title(f"c{n}"), way)
    figures = room.browser("admin").get("/metrics").text
    assert 'meetingroom_commands_total{name="show_title",outcome="done"} 2.0' in figures


def test_what_the_server_makes_or_fills_in_goes_flasks_way(room):
    for name in ("attach_paper", "start_item", "make_document", "finalise_minutes", "no_such"):
        with pytest.raises(direct.Elsewhere):
            direct.plain_wish(f'{{"name": "{name}"}}'.encode())
    assert direct.plain_wish(b'{"name": "turn_page"}')


@pytest.mark.parametrize(
    "odd",
    [
        {"REQUEST_METHOD": "GET"},
        {"HTTP_X_MEETINGROOM": ""},
        {"PATH_INFO": "/api/meetings/m1/commands/"},
        {"PATH_INFO": "/api/meetings/m%1/commands"},
        {"CONTENT_TYPE": "text/plain"},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": str(direct.LONGEST + 1)},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
    ],
)
def test_an_odd_request_goes_flasks_way(odd):
    plain = {
        "REQUEST_METHOD": "POST",
        "HTTP_X_MEETINGROOM": "1",
        "PATH_INFO": "/api/meetings/m1/commands",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": "2",
    }
    assert direct.meeting_of(plain) == "m1"
    assert direct.meeting_of({**plain, **odd}) == ""


CHANGES = {
    "signed out": ("update sessions set expires_at = 0", 401),
    "put out of the agency": ("update users set active = 0 where username = 'an'", 401),
    "a new password is due": ("update users set must_change = 1 where username = 'an'", 403),
    "no member any more": ("delete from members where person = (select id from users where username = 'an')", 404),
    "came by a card, unproven": ("update sessions set kind = 'card', origin = 'c', meeting = 'm1', proven = 0", 403),
    "a card of another meeting": ("update sessions set kind = 'card', meeting = 'm2', proven = 1", 403),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_taken_from_somebody_counts_at_their_next_command(room, change):
    an = room.browser("an")
    assert post(room, an, show_title("c1")).status_code == 200
    statement, status = CHANGES[change]
    with room.context.pool.writing() as db:
        db.conn.execute(statement)
    before = log.state(room.context.pool, "m1").seq
    short, flasks = (post(room, an, show_title("c2"), way) for way in WAYS)
    assert reported(short) == reported(flasks)
    assert (short.status_code, log.state(room.context.pool, "m1").seq) == (status, before)


STANDS = ("draft", "cancelled", "published", "open", None)
ROLES = ("chair", "organiser", "delegate", "guest", None)
SESSIONS = (("", "", 0), ("card", "m1", 0), ("card", "m1", 1), ("card", "m2", 1), ("tablet", "m1", 1))


@pytest.mark.parametrize("clerk", [0, 1])
def test_the_one_question_gives_no_role_that_the_usual_questions_would_not_give(room, clerk):
    """The role is asked with the session; where that is not plain, nothing is said, and it is asked as ever."""
    cookie = room.browser("em").client.get_cookie("meetingroom")
    token = room.app.session_interface.token(room.app, f"meetingroom={cookie.value}")
    plain = 0
    for stands, role, (kind, only, proven) in product(STANDS, ROLES, SESSIONS):
        with room.context.pool.writing() as db:
            db.conn.execute("update users set clerk = ?", [clerk])
            db.conn.execute("delete from members where person = ?", [room.people["em"]])
            if role:
                db.conn.execute("insert into members values ('m1', ?, ?, '')", [room.people["em"], role])
            db.conn.execute("delete from meetings where id = 'm1' and ? is null", [stands])
            db.conn.execute("update meetings set status = ?", [stands or ""])
            db.conn.execute("update sessions set kind = ?, meeting = ?, proven = ?", [kind, only, proven])
        with room.context.pool.lend() as db:
            user, found = guard.user_and_role(db, token, "m1")
        assert (user is None) == (kind == "tablet")
        if found:
            plain += 1
            with room.app.test_request_context():
                g.user = user
                assert guard.require_member_or_clerk("m1") == found
    staff, others = 2 * len(STANDS) * 2, 2 * len(("published", "open")) * 3  # roles, stands, sessions
    assert plain == staff + others

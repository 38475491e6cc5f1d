"""Numbers nobody counts to and names nobody has, in every field there is: an answer in words, never a failure."""

import typing
from dataclasses import fields
from itertools import count

import pytest

from meetingroom.live import socket
from meetingroom.meeting import wire

NUMBERS = (2**53 + 2, 2**53 - 1, 2**63, -(2**63) - 1, 10**300, 1e300, -1, 0)
NAMES = ("a" * 300, "ạ" * 4000, "a\x00b", "../../etc/passwd", "%s' or 1=1 --", "")
sent = count()


def examples(hint, put):
    """A value of a type in which `put` stands wherever a value of its own type may; None if nowhere."""
    if hint is type(put) or (hint in (int, float) and type(put) in (int, float)):
        return put
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        parts = inner[:1] if inner and inner[-1] is Ellipsis else inner
        found = [examples(part, put) for part in parts]
        return [1 if part is None else part for part in found] if any(part is not None for part in found) else None
    if origin is dict:
        key, value = (examples(part, put) for part in inner)
        return {key if isinstance(key, str) else "a": 1 if value is None else value}
    return next((found for part in inner if (found := examples(part, put)) is not None), None)


def every_command(put):
    """(command, args) for each field of each command that may hold `put`, the other fields as usual."""
    usual = {str: "a", int: 1, float: 0.5, bool: True}
    for name, kind in wire.commands().items():
        hints = typing.get_type_hints(kind)
        shape = [field.name for field in fields(kind) if not field.metadata.get("filled_by_server")]
        plain = {
            key: next((examples(hints[key], v) for v in usual.values() if examples(hints[key], v)), 1) for key in shape
        }
        for key in shape:
            if (value := examples(hints[key], put)) is not None:
                yield name, plain | {key: value}


@pytest.mark.parametrize("put", [*NUMBERS, *NAMES], ids=lambda put: ascii(put)[:24])
def test_no_command_fails_over_what_stands_in_its_fields(desk, put):
    key = desk.opened("m1")
    chair, mai = desk.browser("an"), desk.browser("mai")
    for who in (chair, mai):
        for name, args in every_command(put):
            if name in ("close_meeting", "cancel_meeting", "archive_meeting"):
                continue
            body = {"id": f"x{next(sent)}", "name": name, "args": args}
            answer = who.api("POST", f"/api/meetings/{key}/commands", body)
            assert answer.status_code < 500, (name, args, answer.text[:300])
            if answer.status_code >= 400:
                assert answer.json["error"]["message"], (name, args)
                assert len(answer.text) < 2000, (name, len(answer.text))
    assert mai.get(f"/api/meetings/{key}").status_code == 200, "the meeting can still be seen"
    assert mai.get(f"/meetings/{key}").status_code == 200


@pytest.mark.parametrize("put", [2**53 + 2, 2**63, 10**300, 1e300])
def test_a_number_beyond_counting_is_of_the_wrong_type(desk, put):
    for name, args in every_command(put):
        with pytest.raises(wire.Malformed):
            wire.command_from(name, args)


@pytest.mark.parametrize("put", [*NUMBERS, *NAMES], ids=lambda put: ascii(put)[:24])
def test_a_new_meeting_is_refused_or_can_be_seen(desk, put):
    mai = desk.browser("mai")
    usual = {"title": "Họp", "kind": "briefing", "starts_at": 1_797_382_800_000, "ends_at": 1_797_386_400_000}
    for key in (*usual, "place", "motto", "secrecy", "id"):
        answer = mai.api("POST", "/api/meetings", usual | {key: put})
        assert answer.status_code < 500, (key, answer.text[:300])
        if answer.status_code == 201:
            made = answer.json["id"]
            for address in (f"/meetings/{made}", f"/meetings/{made}/prepare", f"/api/meetings/{made}", "/"):
                assert mai.get(address).status_code == 200, (key, put, address)


@pytest.mark.parametrize("put", [*(n for n in NUMBERS if abs(n) <= 2**53), *NAMES[:4]], ids=lambda put: ascii(put)[:24])
def test_no_word_over_the_socket_fails(desk, put):
    key = desk.opened("m1")
    wire_ = socket.socketio.test_client(desk.app, flask_test_client=desk.browser("an").client)
    wire_.emit("join", {"meeting": put}, callback=True)
    for fields_ in ({"after": put}, {"device": put}, {"as": put}, {"onlooker": put}):
        wire_.emit("join", {"meeting": key, **fields_}, callback=True)
    assert "view" in str(wire_.emit("join", {"meeting": key}, callback=True))
    for event in ("painted", "signal", "clock", "leave"):
        for field in ("meeting", "paper", "page", "shows", "browsing", "kind", "t0", "x", "y"):
            wire_.emit(event, {"meeting": key, "page": 1, "kind": "pointer", field: put}, callback=event == "clock")
        wire_.emit(event, put, callback=event == "clock")
    assert wire_.is_connected()
    wire_.disconnect()

"""Somebody with a socket and bad manners: they are put out, nobody else notices, and the log stays readable."""

import contextlib
import json
import os
import socket
import struct
import threading
import time
from functools import partial
from pathlib import Path

import pytest
import requests
import websocket

from meetingroom.live import inbound
from tests.rooms import Room

pytestmark = pytest.mark.journey

DEEP = "[" * 40 + "]" * 40
LONG = "x" * 12_000


def raw(room: Room, cookies: str = "", come_in: bool = True, **more) -> websocket.WebSocket:
    """A WebSocket that says what it is told to; signed in with cookies."""
    address = room.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    found = websocket.create_connection(address, cookie=cookies or None, timeout=30, **more)
    assert found.recv().startswith("0{")
    if come_in:
        found.send("40")
        assert found.recv().startswith("40{")
    return found


def cookies_of(person) -> str:
    return "; ".join(f"{c.name}={c.value}" for c in person.session.cookies)


def joined(room: Room, person, **more) -> websocket.WebSocket:
    found = raw(room, cookies_of(person), **more)
    assert "error" not in ask(found, "join", {"meeting": room.meeting})
    return found


def join_of(room: Room) -> str:
    return "420" + json.dumps(["join", {"meeting": room.meeting}])


def ask(line: websocket.WebSocket, event: str, body) -> dict:
    line.send("427" + json.dumps([event, body]))
    while not (packet := line.recv()).startswith("437"):
        assert packet, "disconnected"
    return json.loads(packet[3:])[0]


def ended(line: websocket.WebSocket, timeout: float = 30) -> bool:
    """Whether the server ends this connection."""
    line.settimeout(timeout)
    with contextlib.suppress(websocket.WebSocketConnectionClosedException, ConnectionError):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                if line.recv_data(control_frame=True)[0] == websocket.ABNF.OPCODE_CLOSE:
                    return True
            except websocket.WebSocketTimeoutException:
                return False
        return False
    return True


def log_of(room: Room) -> str:
    return Path(room.output.name).read_text()


@pytest.fixture
def calm(opened):
    """The room; at the end its log has no traceback."""
    yield opened
    assert "Traceback" not in log_of(opened), log_of(opened)[-3000:]


NONSENSE = [
    "", "4", "x", "9", "4x", "48", "4[" + "[" * 50_000, '4{"a":1}', "42", "42{}", "42[]", "42[1]", "42[null]", "42[[]]",
    "42[", '42["join"', '42["join",{},{}]', '42["join",' + DEEP + "]", '42["join",' + "[" * 40_000 + "]", "41[",
    '42["clock",{"t0":NaN}]', '42["clock",{"t0":1e999}]', '42["clock",{"t0":' + "9" * 400 + "}]",
    '42["clock",{"t0":' + "9" * 5000 + "}]", '42["join",{"meeting":"\\ud800"}]', '42["disconnect"]', '42["connect",{}]',
    '451-["join",{"_placeholder":true,"num":0}]', '459999999999-["join"]', '450-["join"]', "461-[]",
    "42" + "1" * 200 + '["join"]', "44", "bAAAA", "b*", '43["x"]x', "40[" + "[" * 40_000, b"\x00\x01", b"2", b"",
]  # fmt: skip


def test_whoever_talks_nonsense_is_disconnected_and_one_line_of_the_log_says_so(calm):
    cookies, em = cookies_of(calm.person("phuong")), calm.person("em").connect()
    for said in NONSENSE:
        line = raw(calm, cookies)
        line.send_binary(said) if isinstance(said, bytes) else line.send(said)
        assert ended(line), f"still there after {said[:60]!r}"
        line.close()
    assert log_of(calm).count(" is disconnected") == len(NONSENSE)
    calm.person("an").does("turn_page", page=2)
    em.until(lambda view: view["stage"]["page"] == 2)
    em.leave()


ODD = [
    None,
    1,
    -1,
    2**53,
    1.5,
    True,
    "x",
    "",
    LONG,
    [],
    [[]],
    {},
    {"x": {"y": []}},
    ["\u0000"],
    "\u0000",
    "' or 1=1 --",
]


def test_bodies_of_wrong_types_are_answered_or_ignored(calm):
    keys = ("meeting", "after", "paper", "page", "t0", "kind")
    for odd in ODD:
        line = joined(calm, calm.person("phuong"))
        for body in (odd, dict.fromkeys(keys, odd), {"meeting": calm.meeting, "kind": odd, "page": odd}):
            for event in ("painted", "signal", "nobody knows this", "message", "patch", "leave"):
                line.send("42" + json.dumps([event, body]))
            answer = ask(line, "clock", body)
            assert answer["t0"] is None or type(answer["t0"]) in (int, float)
        assert ask(line, "join", {"meeting": calm.meeting, "after": odd})["audience"] == "members"
        assert "error" in ask(line, "join", {"meeting": odd})
        line.send("42" + json.dumps(["join"]))
        assert ask(line, "clock", {"t0": 5})["t0"] == 5
        line.close()


def test_a_meeting_one_does_not_belong_to_is_not_there(calm):
    admin = raw(calm, cookies_of(calm.person("admin")))
    assert ask(admin, "join", {"meeting": calm.meeting})["error"]["code"] == "not_found"
    admin.send("42" + json.dumps(["signal", {"meeting": calm.meeting, "kind": "pointer"}]))
    admin.send("42" + json.dumps(["painted", {"meeting": calm.meeting, "paper": "x", "page": 1}]))
    assert "seq" not in ask(admin, "clock", {"t0": 1})
    projector = raw(calm, cookies_of(calm.screen(calm.person("mai"))))
    assert ask(projector, "join", {"meeting": "another"})["error"]["code"] == "not_found"
    assert ask(projector, "join", {"meeting": calm.meeting})["audience"] == "screens"


def test_who_is_not_signed_in_hears_nothing(calm):
    line = raw(calm, come_in=False)
    for said in (join_of(calm), '420["clock",{}]', '42["signal",{}]', "41", "40"):
        line.send(said)
    assert line.recv().startswith("44")
    line.settimeout(0.5)
    with pytest.raises(websocket.WebSocketTimeoutException):
        line.recv()


def test_whose_session_ended_hears_nothing_more_on_the_old_socket(calm):
    session = requests.Session()
    session.headers["X-Meetingroom"] = "1"
    session.post(calm.url + "/api/session", json={"username": "phuong", "password": "hop-khong-giay-2026"})
    cookies = "; ".join(f"{c.name}={c.value}" for c in session.cookies)
    line = raw(calm, cookies)
    assert ask(line, "join", {"meeting": calm.meeting})["audience"] == "members"
    assert session.delete(calm.url + "/api/session").ok
    heard = []
    while not heard or not heard[-1].startswith("41"):
        heard.append(line.recv())
    for said in (join_of(calm), '420["clock",{}]', "40"):
        line.send(said)
    calm.person("an").does("turn_page", page=2)
    assert line.recv().startswith("44")
    line.settimeout(0.5)
    with pytest.raises(websocket.WebSocketTimeoutException):
        line.recv()


def test_a_removed_person_cannot_come_back_in_on_the_same_socket(calm):
    line = joined(calm, calm.person("phuong"))
    calm.person("mai").does("remove_person", person=calm.people["phuong"])
    while '"dismissed"' not in line.recv():
        continue
    assert ask(line, "join", {"meeting": calm.meeting})["error"]["code"] == "not_found"
    assert "seq" not in ask(line, "clock", {})


def frame(data: bytes, opcode: int = 1, final: bool = True, masked: bool = True, more: int = 0) -> bytes:
    """A WebSocket frame as a client sends it, or as no client would; `more` is length that never comes."""
    length, key = len(data) + more, os.urandom(4) if masked else b""
    first, bit = opcode | (0x80 if final else 0), 0x80 if masked else 0
    if length < 126:
        head = struct.pack("!BB", first, bit | length)
    elif length < 65536:
        head = struct.pack("!BBH", first, bit | 126, length)
    else:
        head = struct.pack("!BBQ", first, bit | 127, length)
    return head + key + (bytes(byte ^ key[n % 4] for n, byte in enumerate(data)) if masked else data)


def test_broken_frames_end_the_connection_that_sent_them(calm):
    cookies = cookies_of(calm.person("phuong"))
    for broken in (
        frame(b"\xff\xfe"), frame(b"42", masked=False), frame(b"42", opcode=3), frame(b"42", opcode=0),
        frame(b"x" * 100_000, more=1), frame(b"", more=2**62), frame(b"x" * 126, opcode=9), frame(b"\x00", opcode=8),
        frame(b"4", final=False) + frame(b"4"), b"\xff" * 20, b"GET / HTTP/1.1\r\n\r\n",
    ):  # fmt: skip
        line = raw(calm, cookies)
        line.sock.sendall(broken)
        assert ended(line), f"still there after {broken[:20]!r}"
        line.close()


def test_a_message_in_pieces_is_read_and_one_that_never_ends_is_not_kept(calm):
    line = raw(calm, cookies_of(calm.person("phuong")))
    said = f'427["join",{{"meeting":"{calm.meeting}","ữ":"ợ"}}]'.encode()
    line.sock.sendall(frame(said[:3], final=False) + frame(b"", opcode=9))
    line.sock.sendall(frame(said[3:-8], opcode=0, final=False) + frame(said[-8:], opcode=0))
    assert line.recv().startswith("437[")
    line.sock.sendall(frame(b"4" + b"x" * 60_000, final=False))
    with contextlib.suppress(ConnectionError):
        line.sock.sendall(frame(b"x" * 60_000, opcode=0, final=False))
    assert ended(line)


def test_a_client_of_before_2011_is_refused(calm):
    old = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key1": "1 1", "Sec-WebSocket-Key2": "1 1"}
    assert calm.person("em").get("/socket.io/?EIO=4&transport=websocket", headers=old).status_code == 400


def flood(line: websocket.WebSocket, said: bytes, seconds: float) -> int:
    """As much as it takes, for so long; how many it sent before it was put out."""
    end, sent = time.monotonic() + seconds, 0
    with contextlib.suppress(OSError):
        while time.monotonic() < end:
            line.sock.sendall(said * 10)
            sent += 10
    return sent


@pytest.mark.parametrize("said", ['42["clock",{}]', '427["join",{"meeting":"%s"}]', '42["nothing"]', "ping"])
def test_one_who_floods_the_room_is_put_out_and_the_others_go_on(calm, said):
    em, an = calm.person("em").connect(), calm.person("an")
    noisy = joined(calm, calm.person("phuong"))
    message = frame(b"", opcode=9) if said == "ping" else frame(said.replace("%s", calm.meeting).encode())
    thread = threading.Thread(target=flood, args=(noisy, message, 5))
    thread.start()
    slowest = 0.0
    for page in (2, 3, 4, 2, 3):
        began = time.monotonic()
        an.does("turn_page", page=page)
        em.until(lambda view, page=page: view["stage"]["page"] == page)
        slowest = max(slowest, time.monotonic() - began)
    thread.join()
    assert ended(noisy)
    assert slowest < 2, f"{slowest:.1f} s"
    assert f"more than {inbound.A_SECOND} frames a second" in log_of(calm)
    em.leave()


def test_who_asks_and_asks_and_takes_no_answer_is_cut_off(calm):
    em = calm.person("em").connect()
    deaf = joined(calm, calm.person("phuong"), sockopt=((socket.SOL_SOCKET, socket.SO_RCVBUF, 4096),))
    message = frame(f'427["join",{{"meeting":"{calm.meeting}"}}]'.encode())
    with contextlib.suppress(OSError):
        for _ in range(400):
            deaf.sock.sendall(message)
            time.sleep(0.012)
    em.wait(lambda: "is cut off" in log_of(calm))
    calm.person("an").does("turn_page", page=2)
    em.until(lambda view: view["stage"]["page"] == 2)
    em.leave()


def test_a_pen_in_motion_is_no_flood(calm):
    an, em = joined(calm, calm.person("an")), joined(calm, calm.person("em"))
    for n in range(150):
        an.send("42" + json.dumps(["signal", {"meeting": calm.meeting, "kind": "pointer", "x": n / 150, "y": 0.5}]))
        time.sleep(0.02)
    heard = 0
    while heard < 150:
        heard += em.recv().startswith('42["signal"')
    assert ask(an, "clock", {"t0": 1})["t0"] == 1


def polling(room: Room, person) -> tuple[requests.Session, str]:
    """A client that polls, let in; with it where it sends to."""
    session = requests.Session()
    session.cookies.update(person.session.cookies)
    session.request = partial(session.request, timeout=30)
    address = room.url + "/socket.io/?EIO=4&transport=polling"
    address += "&sid=" + json.loads(session.get(address).text[1:])["sid"]
    assert session.post(address, data="40").ok
    assert session.get(address).text.startswith("40{")
    return session, address


POSTED = [
    "", "4", "x", "99", "42", "42{}", "\x1e", "\x1e".join(["42"] * 20), "42[" + "[" * 50_000, "4[" + "[" * 50_000, "b*",
    "bAAAA", "451-[]", '42["clock",{"t0":NaN}]', "d=x", "d", b"\xff\xfe", "4" + "x" * 200_000, "1\x1e40\x1e40",
    "0", "2", "5",
]  # fmt: skip


def test_nonsense_from_who_polls_is_as_little_heard(calm):
    for said in POSTED:
        session, address = polling(calm, calm.person("phuong"))
        assert session.post(address, data=said).status_code in (200, 400), said[:60]
    session, address = polling(calm, calm.person("phuong"))
    assert session.post(address, data=join_of(calm)).ok
    assert session.get(address).text.startswith("430")


def test_who_polls_cannot_flood_the_room_either(calm):
    session, address = polling(calm, calm.person("phuong"))
    said = "\x1e".join(['42["clock",{}]'] * 16)
    answers = [200]
    while answers[-1] == 200 and len(answers) < 500:  # a slow machine needs more of them to be too many a second
        answers.append(session.post(address, data=said).status_code)
    assert answers[:10] == [200] * 10
    assert answers[-1] == 400
    assert f"more than {inbound.A_SECOND} frames a second" in log_of(calm)

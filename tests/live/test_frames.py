"""What comes in over a WebSocket, however the kernel cuts it up."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from meetingroom.live import fast, inbound
from meetingroom.live.frames import ReadAhead

MASK = b"\x01\x02\x03\x04"


def masked(text: str) -> bytes:
    """A text frame as a browser sends it."""
    plain = fast.frame_of(text)
    start = {126: 4, 127: 10}.get(plain[1], 2)
    return plain[:1] + bytes([plain[1] | 0x80]) + plain[2:start] + MASK + inbound.unmask(plain[start:], MASK)


def line(*pieces: bytes) -> ReadAhead:
    """A socket on which these pieces come one after the other, then nothing more."""
    left = list(pieces)

    def recv(size: int) -> bytes:
        if left and len(left[0]) > size:
            found, left[0] = left[0][:size], left[0][size:]
            return found
        return left.pop(0) if left else b""

    return ReadAhead(SimpleNamespace(recv=recv))


def read_on(socket: ReadAhead, size: int) -> bytes:
    """As eventlet's reader does: until it has so many bytes."""
    found = b""
    while len(found) < size and (more := socket.recv(size - len(found))):
        found += more
    return found


def test_a_word_that_has_come_whole_is_taken_and_the_next_one_too():
    words = ['42["join",{"meeting":"m"}]', "3", "4" + "ô" * 100]
    socket = line(b"".join(map(masked, words)))
    assert [socket.take_text().decode() for _ in words] == words
    assert socket.kept == b""


@given(st.lists(st.text(max_size=300), min_size=1, max_size=4), st.data())
def test_however_it_is_cut_up_nothing_is_lost_of_what_the_reader_is_left_with(words, data):
    stream = b"".join(map(masked, words))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True) if a < b]
    socket, frames = line(*pieces), [masked(word) for word in words]
    for word, frame in zip(words, frames, strict=True):
        text = socket.take_text()
        if text is None:
            assert read_on(socket, len(frame)) == frame
        else:
            assert text.decode() == word
    assert socket.take_text() is None


def test_whatever_is_no_plain_word_is_left_to_the_reader():
    ping, close, begun, unmasked = b"\x89\x80" + MASK, b"\x88\x80" + MASK, b"\x01\x81" + MASK + b"a", b"\x81\x06abcdef"
    long = masked("4" + "a" * 70_000)
    for special in (ping, close, begun, unmasked, long, b"\xc1\x81" + MASK + b"a"):
        socket = line(special)
        assert socket.take_text() is None
        assert read_on(socket, len(special)) == special


def test_a_line_that_has_ended_gives_nothing():
    socket = line()
    assert socket.take_text() is None
    assert socket.recv(2) == b""


def test_a_thread_that_writes_is_begun_when_something_waits_and_only_once():
    begun, ended = [], []
    client = SimpleNamespace(queue=SimpleNamespace(put=ended.append))
    ws = SimpleNamespace(socket=SimpleNamespace(fd=SimpleNamespace(send=len)), close=lambda: ended.append("closed"))
    writer = fast.SocketWriter(ws, client, None)
    writer.begin()  # the library has its own
    writer.start = lambda run: begun.append(run) or SimpleNamespace(join=lambda: ended.append("joined"))
    writer.begin()
    writer.begin()
    assert begun == [writer.run]
    writer.finish()
    assert ended == [None, "joined"]


def test_who_goes_without_having_had_to_wait_is_hung_up_on_and_begins_nothing_any_more():
    begun, ended = [], []
    ws = SimpleNamespace(socket=SimpleNamespace(fd=SimpleNamespace(send=len)), close=lambda: ended.append("closed"))
    writer = fast.SocketWriter(ws, None, None)
    writer.start = begun.append
    writer.finish()
    writer.begin()
    assert (begun, ended) == ([], ["closed"])


def test_who_leaves_is_in_no_room_any_more_and_the_others_stay():
    manager = fast.FastManager()
    clients = {name: SimpleNamespace(closed=False, upgraded=True, sid=name) for name in ("ea", "eb")}
    manager.server = SimpleNamespace(eio=SimpleNamespace(sockets=clients))
    for sid, client in (("a", "ea"), ("b", "eb")):
        for room in (None, sid, "m/members", "m/staff"):
            manager.basic_enter_room(sid, "/", room, eio_sid=client)
    manager.basic_leave_room("a", "/", "m/staff")
    assert manager.get_rooms("a", "/") == ["a", "m/members"]
    manager.pending_disconnect["/"] = ["a"]
    manager.basic_disconnect("a", "/")
    assert manager.get_rooms("a", "/") == []
    assert set(manager.rooms["/"]) == {None, "b", "m/members", "m/staff"}
    assert dict(manager.get_participants("/", "m/members")) == {"b": "eb"}
    assert manager.pending_disconnect == {}
    manager.basic_disconnect("b", "/")
    assert (manager.rooms, manager._entered) == ({}, {})

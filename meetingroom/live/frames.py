"""What a client sends over its WebSocket, read as much at a time as is there.

eventlet asks the kernel three times for each frame, and a word of a tablet is a frame of its own. A word that has come
whole (one text frame, as every browser sends it) is taken out here; everything else is left to eventlet's reader, which
finds what was read already.
"""

from meetingroom.live import inbound

AT_A_TIME = 4096  # bytes
WHOLE_TEXT, MASKED = 0x81, 0x80


class ReadAhead:
    """eventlet's socket, with what was read of it and not yet taken."""

    __slots__ = ("green", "kept")

    def __init__(self, green):
        self.green, self.kept = green, b""

    def __getattr__(self, name: str):
        return getattr(self.green, name)

    def recv(self, size: int) -> bytes:
        if self.kept:
            found, self.kept = self.kept[:size], self.kept[size:]
            return found
        return self.green.recv(size)

    def read_now(self) -> bool | None:
        """What is here is read without waiting; False at the end of the line, None if nothing is here."""
        try:
            self.kept += self.green.fd.recv(AT_A_TIME)
        except BlockingIOError:
            return None
        except OSError:
            return False
        return bool(self.kept)

    def take_text(self) -> bytes | None:
        """The text of the next frame if it is here whole and nothing special; None for eventlet's reader to see to.
        Waits until something has come."""
        data = self.kept
        if not data:
            data = self.kept = self.green.recv(AT_A_TIME)
        if len(data) < 6 or data[0] != WHOLE_TEXT or not data[1] & MASKED:
            return None
        length, start = data[1] & 127, 6
        if length > 125:
            if length == 127 or len(data) < 8:
                return None
            length, start = int.from_bytes(data[2:4], "big"), 8
        end = start + length
        if len(data) < end:
            return None
        self.kept = data[end:]
        return inbound.unmask(data[start:end], data[start - 4 : start])


class Text:
    """A whole text message, as eventlet's reader hands it on."""

    __slots__ = ("data",)
    opcode, finished = 1, True

    def __init__(self, data: bytes):
        self.data = data

    def getvalue(self) -> str:
        return self.data.decode()

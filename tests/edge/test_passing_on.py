"""Plain HTTP at an edge goes to the origin as it comes, and the origin's answer back."""

import io
import socket
import threading

import pytest

from meetingroom.edge.line import Line
from meetingroom.edge.passing_on import PassingOn


@pytest.fixture
def origin():
    """An origin that answers so after the head of a request, and reads no further: `(its answer) → an edge`."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answers(said: bytes) -> PassingOn:
        def run():
            line, _ = listener.accept()
            with line:
                line.recv(1000)
                line.sendall(said)

        threading.Thread(target=run, daemon=True).start()
        return PassingOn(Line(f"http://127.0.0.1:{listener.getsockname()[1]}", "", "b1", "site"), lambda: False)

    yield answers
    listener.close()


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (b"HTTP/1.1 413 Too Large\r\nContent-Length: 8\r\nConnection: close\r\n\r\ntoo much", "413 Too Large"),
        (b"", "503 Service Unavailable"),
    ],
)
def test_who_sends_too_much_hears_it_from_the_origin(origin, said, heard):
    sent, statuses = b"x" * 20_000_000, []
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/api/x", "CONTENT_LENGTH": str(len(sent))}
    answer = origin(said)({**environ, "wsgi.input": io.BytesIO(sent)}, lambda status, _: statuses.append(status))
    body = b"".join(answer)
    assert statuses == [heard]
    assert body == b"too much" or b"centre_silent" in body

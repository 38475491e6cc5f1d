"""What a WSGI program is told of a request: as eventlet tells it."""

import io
from types import SimpleNamespace

from meetingroom.live import environ, heads


def reported(head: bytes) -> dict:
    first, _, rest = head.partition(b"\r\n")
    read = heads.read(first + b"\r\n", io.BytesIO(rest + b"\r\n\r\n"))
    connection = SimpleNamespace(
        client_address=("10.0.0.7", 5000),
        request=SimpleNamespace(getsockname=lambda: ("10.0.0.1", 8000)),
        server=SimpleNamespace(get_environ=lambda: {"wsgi.url_scheme": "http"}),
        conn_state=[None, None, "request"],
        headers=read,
        rfile="the file",
        connection="the line",
        wfile="the answer",
    )
    found = environ.of_request(environ.lasting(connection), connection, lambda *about, **more: (about, more))
    found["eventlet.set_idle"]()
    assert connection.conn_state[2] == "idle"
    return found


def test_a_request_is_told_with_its_headers_address_and_body():
    found = reported(
        b"POST /api/a%20b?x=1&y=%20 HTTP/1.1\r\nHost: h:8000\r\nX-Request-Id: 1\r\nX_Request_Id: 2\r\nAccept: a\r\n"
        b"accept: b\r\nContent-Type: application/json\r\nContent-Length: 3"
    )
    body = (("the file", "3", "the line"), {"wfile": None, "wfile_line": None, "chunked_input": False})
    assert found.pop("wsgi.input") == found.pop("eventlet.input") == body
    del found["eventlet.set_idle"], found["headers_raw"]
    assert found == {
        "wsgi.url_scheme": "http",
        "SCRIPT_NAME": "",
        "SERVER_PROTOCOL": "HTTP/1.0",
        "SERVER_NAME": "10.0.0.1",
        "SERVER_PORT": "8000",
        "REMOTE_ADDR": "10.0.0.7",
        "REMOTE_PORT": "5000",
        "GATEWAY_INTERFACE": "CGI/1.1",
        "REQUEST_METHOD": "POST",
        "RAW_PATH_INFO": "/api/a%20b",
        "PATH_INFO": "/api/a b",
        "QUERY_STRING": "x=1&y=%20",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": "3",
        "HTTP_HOST": "h:8000",
        "HTTP_X_REQUEST_ID": "1",
        "HTTP_ACCEPT": "a,b",
        "eventlet.posthooks": [],
    }


def test_a_body_without_a_length_is_none_and_one_in_pieces_has_no_length():
    assert reported(b"GET / HTTP/1.1\r\nHost: h")["wsgi.input"][0][1] == "0"
    assert "QUERY_STRING" not in reported(b"GET / HTTP/1.1\r\nHost: h")
    pieces = reported(b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked")["wsgi.input"]
    assert pieces[0][1] is None
    assert pieces[1]["chunked_input"] is True


def test_whoever_asks_whether_to_go_on_is_told_before_the_body_is_read():
    body = reported(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: 100-Continue")["wsgi.input"][1]
    assert (body["wfile"], body["wfile_line"]) == ("the answer", b"HTTP/1.1 100 Continue\r\n")

"""Proxies between browsers and the program: what they hide is told to it, or told to the operator."""

import io
import logging

import pytest

from meetingroom import create_app
from meetingroom.config import Settings
from meetingroom.web import address, proxies

TYPED = "https://hop.vks.gov.vn"
HANDSHAKE = "/socket.io/?EIO=4&transport=polling"


@pytest.fixture
def app_at(tmp_path):
    def make(address="", **more):
        kept = {"data": tmp_path / "data", "async_mode": "threading", "testing": True, "language": "en"}
        return create_app(Settings(**kept, address=address, **more))

    return make


def test_the_socket_is_refused_where_the_host_is_rewritten_and_the_log_says_what_to_do(app_at, caplog):
    client = app_at().test_client()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            answer = client.get(HANDSHAKE, headers={"Origin": TYPED, "Host": "127.0.0.1:8000"})
            assert answer.status_code == 400
    [line] = [record.getMessage() for record in caplog.records if "MEETINGROOM_ADDRESS" in record.getMessage()]
    assert TYPED in line


def test_with_the_address_people_type_the_socket_opens_behind_a_proxy_that_rewrites_the_host(app_at):
    client = app_at(f"{TYPED}/").test_client()
    assert client.get(HANDSHAKE, headers={"Origin": TYPED, "Host": "127.0.0.1:8000"}).status_code != 400
    foreign = client.get(HANDSHAKE, headers={"Origin": "https://elsewhere.example", "Host": "127.0.0.1:8000"})
    assert foreign.status_code == 400
    # Also at the server's own address in the house.
    near = {"Origin": "http://192.168.1.5:8000", "Host": "192.168.1.5:8000"}
    assert client.get(HANDSHAKE, headers=near).status_code != 400


def test_printed_links_say_the_address_people_type(app_at):
    app = app_at(TYPED)
    with app.test_request_context("/", headers={"Host": "127.0.0.1:8000"}):
        assert address.public_address() == TYPED


@pytest.mark.parametrize(
    "wrong", ["https://portal.gov.vn/hop", "hop.vks.gov.vn", "ftp://hop", "https://", "https://a@b"]
)
def test_an_address_nobody_could_type_is_refused_at_the_start(app_at, wrong):
    with pytest.raises(proxies.BadAddress, match="MEETINGROOM_ADDRESS"):
        app_at(wrong)


def test_under_a_path_of_another_site_it_says_that_it_needs_its_own(app_at):
    client = app_at().test_client()
    answer = client.get("/", headers={"X-Forwarded-Prefix": "/hop"})
    assert answer.status_code == 421
    assert "tên máy chủ" in answer.text
    assert "host name" in answer.text
    assert client.get("/", headers={"X-Forwarded-Prefix": "/"}).status_code != 421


def test_a_body_that_comes_in_chunks_is_read_whole(app_at):
    """As eventlet hands it on: no length, and reading ends by itself."""
    body = io.BytesIO(b'{"username": "nobody", "password": "x"}')
    client = app_at().test_client()
    answer = client.post(
        "/api/session",
        headers={"X-Meetingroom": "1", "Transfer-Encoding": "chunked", "Content-Type": "application/json"},
        input_stream=body,
    )
    assert answer.get_json()["error"]["code"] not in ("malformed", "internal")


# Who may say where a request came from

NEAR, PROXY, FOREIGN = "127.0.0.1", "10.1.2.3", "203.0.113.9"
CLAIMED = {"X-Forwarded-For": FOREIGN, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "hop.vks.gov.vn"}


def seen(app, peer: str, claimed=CLAIMED) -> tuple[str, str]:
    """(address, origin) as the pages know them of a request that comes in from `peer`."""
    found = {}

    @app.after_request
    def keep(answer):
        from flask import request

        found["seen"] = (request.remote_addr, request.host_url.rstrip("/"))
        return answer

    app.test_client().get("/healthz", headers=claimed, environ_base={"REMOTE_ADDR": peer})
    return found["seen"]


@pytest.mark.parametrize(
    ("settings", "peer", "believed"),
    [
        ({}, NEAR, False),
        ({"trusted_proxies": 1}, NEAR, True),
        ({"trusted_proxies": 1}, "::1", True),
        ({"trusted_proxies": 1}, "::ffff:127.0.0.1", True),
        ({"trusted_proxies": 1}, PROXY, False),
        ({"trusted_proxies": 1}, "", False),
        ({"trusted_proxies": 1, "proxy_addresses": "10.1.2.0/24, 10.9.9.9"}, PROXY, True),
        ({"trusted_proxies": 1, "proxy_addresses": "10.1.2.0/24"}, "10.1.3.3", False),
        ({"trusted_proxies": 1, "proxy_addresses": "10.1.2.0/24"}, NEAR, False),
        ({"proxy_addresses": "10.1.2.0/24"}, PROXY, False),
    ],
)
def test_what_is_forwarded_is_believed_of_the_proxies_that_were_named_alone(app_at, settings, peer, believed):
    expected = (FOREIGN, TYPED) if believed else (peer, "http://localhost")
    assert seen(app_at(**settings), peer) == expected


@pytest.mark.parametrize(("peer", "opens"), [(NEAR, True), (PROXY, False)])
def test_the_socket_believes_the_proxies_that_were_named_alone(app_at, peer, opens):
    """The socket's library would take the word of everybody for the Host."""
    client = app_at(trusted_proxies=1).test_client()
    said = CLAIMED | {"Origin": TYPED, "Host": "127.0.0.1:8000"}
    answer = client.get(HANDSHAKE, headers=said, environ_base={"REMOTE_ADDR": peer})
    assert (answer.status_code != 400) == opens


def test_of_what_passed_two_proxies_only_their_words_count(app_at):
    claimed = {"X-Forwarded-For": f"1.1.1.1, {FOREIGN}, {PROXY}", "X-Forwarded-Host": "evil.example, hop.vks.gov.vn, x"}
    assert seen(app_at(trusted_proxies=2), NEAR, claimed) == (FOREIGN, "http://hop.vks.gov.vn")


def test_a_network_nobody_could_come_from_is_refused_at_the_start(app_at):
    with pytest.raises(proxies.BadAddress, match="MEETINGROOM_PROXY_ADDRESSES"):
        app_at(trusted_proxies=1, proxy_addresses="nginx")


@pytest.mark.parametrize(
    "host",
    ["a b", "[", "]", "", "a" * 5000, "one.vn,two.vn", "evil.com/path", "h\u00f3p", "a:b", "a:99999", "a@b", "a:",
     "[::1", "[::1]x", "x\"; script-src *", "http://a", "a?b", "a#b", "a\\b"],
)  # fmt: skip
def test_a_host_that_names_no_server_is_refused_in_words(app_at, host):
    near, behind = app_at().test_client(), app_at(trusted_proxies=1).test_client()
    for path in ("/", "/api/session", "/sign-in", "/join", "/projector", HANDSHAKE, "/static/x.js"):
        answers = [near.get(path, headers={"Host": host})]
        if host and not {",", '"'} & set(host):  # else nothing is forwarded that counts
            answers.append(behind.get(path, headers={"Host": "a", "X-Forwarded-Host": host}))
        for answer in answers:
            assert answer.status_code == 400
            assert "Địa chỉ" in answer.text
            assert len(answer.text) < 1000


@pytest.mark.parametrize("host", ["hop.vks.gov.vn", "HOP:8000", "192.168.1.5:80", "[::1]:8000", "may_chu", "a.", "x-1"])
def test_a_host_that_names_a_server_is_served(app_at, host):
    assert app_at().test_client().get("/healthz", headers={"Host": host}).status_code == 200


# What a page is told about itself


def headers_of(app, peer=NEAR, **said):
    return app.test_client().get("/sign-in", headers=said, environ_base={"REMOTE_ADDR": peer}).headers


HSTS = "Strict-Transport-Security"


def test_https_is_to_stay_https_and_http_stays_http(app_at):
    headers = {"X-Forwarded-Proto": "https"}
    assert HSTS not in headers_of(app_at())
    assert HSTS not in headers_of(app_at(), **headers)
    assert HSTS not in headers_of(app_at(trusted_proxies=1))
    assert HSTS not in headers_of(app_at(trusted_proxies=1), PROXY, **headers)
    for settings, said in (({"trusted_proxies": 1}, headers), ({"secure_cookies": True}, {})):
        assert headers_of(app_at(**settings), **said)[HSTS] == "max-age=31536000"


@pytest.mark.parametrize(
    ("said", "connect"),
    [
        ({"Host": "192.168.1.5:8000"}, "connect-src 'self' ws://192.168.1.5:8000;"),
        ({"Host": "hop.vn", "X-Forwarded-Proto": "https"}, "connect-src 'self' wss://hop.vn;"),
        ({"Host": "[::1]:8000"}, "connect-src 'self';"),
    ],
)
def test_a_page_connects_to_this_server_alone(app_at, said, connect):
    assert connect in headers_of(app_at(trusted_proxies=1), **said)["Content-Security-Policy"]

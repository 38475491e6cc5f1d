"""Proxies between browsers and the program: what they hide is told to it, or told to the operator."""

import io
import logging

import pytest

from meetingroom import create_app
from meetingroom.config import Settings
from meetingroom.web import address, outside

TYPED = "https://hop.vks.gov.vn"
HANDSHAKE = "/socket.io/?EIO=4&transport=polling"


@pytest.fixture
def app_at(tmp_path):
    def make(address=""):
        return create_app(
            Settings(data=tmp_path / "data", async_mode="threading", testing=True, language="en", address=address)
        )

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
        assert address.public() == TYPED


@pytest.mark.parametrize(
    "wrong", ["https://portal.gov.vn/hop", "hop.vks.gov.vn", "ftp://hop", "https://", "https://a@b"]
)
def test_an_address_nobody_could_type_is_refused_at_the_start(app_at, wrong):
    with pytest.raises(outside.BadAddress, match="MEETINGROOM_ADDRESS"):
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

"""What keeps an edge from serving is said in words: once at the start where it never mends, else in its log."""

import socket
import ssl
from types import SimpleNamespace

import pytest
import redis

from meetingroom.config import Settings
from meetingroom.edge import causes
from meetingroom.edge.beat import Beat
from meetingroom.edge.line import Turned, Unheard
from meetingroom.live import redis_errors
from meetingroom.ops.edge import check_edge, check_origin
from meetingroom.ops.startup_errors import StartupError


def because(cause: Exception) -> Unheard:
    error = Unheard(cause)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (Turned(404, "not_found"), "MEETINGROOM_EDGE_SECRET"),
        (Turned(409, "other_version", "9.9.9/1"), "9.9.9/1"),
        (because(ssl.SSLCertVerificationError(1, "x")), "SSL_CERT_FILE"),
        (because(ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER]")), "HTTPS"),
        (because(socket.gaierror(-2, "Name or service not known")), "DNS"),
    ],
)
def test_an_origin_that_will_never_answer_is_told_with_what_to_do(error, word):
    if isinstance(cause := error.__cause__, ssl.SSLCertVerificationError):
        cause.verify_message = "self-signed certificate"
    vietnamese, english = causes.explain(error)
    assert word in vietnamese
    assert word in english


@pytest.mark.parametrize("error", [because(ConnectionRefusedError()), because(TimeoutError()), Unheard("answered 502")])
def test_an_origin_that_is_not_there_yet_is_waited_for(error):
    assert causes.explain(error) is None


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (redis.AuthenticationError("invalid username-password pair or user is disabled."), redis_errors.PASSWORD),
        (redis.AuthenticationError("Authentication required."), redis_errors.PASSWORD),
        (redis.exceptions.NoPermissionError("this user has no permissions to run it"), redis_errors.RIGHT),
        (redis.ConnectionError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate"), redis_errors.CERTIFICATE),
        (redis.ConnectionError("[SSL: WRONG_VERSION_NUMBER] wrong version number"), redis_errors.PLAIN),
        (ValueError("Port could not be cast to integer value"), redis_errors.ADDRESS),
        (redis.ConnectionError("Error 111 connecting to 127.0.0.1:1. Connection refused."), None),
        (redis.TimeoutError("Timeout connecting to server"), None),
    ],
)  # fmt: skip
def test_what_is_wrong_with_redis(error, words):
    assert redis_errors.explain(error) == words


def test_a_cause_is_written_down_once_until_there_is_another(caplog):
    sockets = SimpleNamespace(centre=SimpleNamespace(refused="", misses=lambda _: False))
    beat = Beat(sockets, None, None)
    for error in [Turned(404, "not_found")] * 3 + [Turned(409, "other_version", "9.9.9/1")] * 3:
        beat.missed(error)
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    assert sockets.centre.refused == "9.9.9/1"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hop.example.gov.vn",
        "ftp://hop.example.gov.vn",
        "https://hop.example.gov.vn/hop",
        "http://h:99999",
        "http://[",
    ],
)
def test_an_origin_needs_a_plain_address(address):
    with pytest.raises(StartupError, match="https://"):
        check_origin(address)


@pytest.mark.parametrize("missing", ["redis", "edge_secret"])
def test_an_edge_does_not_start_without_what_it_is_told_and_known_by(tmp_path, missing):
    about = {"redis": "redis://127.0.0.1:1/0", "edge_secret": "x" * 16, "origin": "http://127.0.0.1:1"}
    check_edge(Settings(data=tmp_path, **about))  # a Redis that is not there yet is waited for
    with pytest.raises(StartupError, match="MEETINGROOM_"):
        check_edge(Settings(data=tmp_path, **about | {missing: ""}))

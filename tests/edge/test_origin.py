"""What the origin answers to an edge: the secret, the version, each person's own rights, and nothing to others."""

import pytest

from meetingroom import create_app
from meetingroom.config import Settings
from meetingroom.edge.sockets import WORDS_HEARD
from meetingroom.live import envelope, socket
from meetingroom.monitoring.edges import edges as monitored
from meetingroom.web.context import Visitor
from tests.rooms import people_of

SECRET = "mot-bi-mat-chi-de-kiem-tra"


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    data = tmp_path_factory.mktemp("origin")
    people_of(data)
    # Nothing listens there: what would be published waits, and no test needs it.
    settings = Settings(
        data=data, testing=True, async_mode="threading", redis="redis://127.0.0.1:1/0", edge_secret=SECRET
    )
    return create_app(settings)


@pytest.fixture
def edge(origin):
    """`ask(path, body)`: as an edge does; its answer."""

    def ask(path: str, body=None, boot: str = "b1", **head):
        headers = {
            "X-Meetingroom-Edge": SECRET,
            "X-Meetingroom-Version": envelope.spoken(),
            "X-Edge-Boot": boot,
            "X-Edge-Name": "Khu%20v%E1%BB%B1c%201",
        }
        return origin.test_client().post(f"/edge/{path}", json=body, headers=headers | head)

    return ask


@pytest.mark.parametrize("path", ["beat", "people", "room", "said"])
def test_without_the_secret_there_is_nothing_here(edge, path):
    for secret in ("", "x", SECRET[:-1], SECRET + "x"):
        answer = edge(path, {}, **{"X-Meetingroom-Edge": secret})
        assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")


def test_another_version_is_refused_in_words(edge):
    answer = edge("beat", {}, **{"X-Meetingroom-Version": "0.1"})
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "other_version")
    assert answer.json["error"]["version"] == envelope.spoken()


@pytest.mark.parametrize("body", [None, [], "x", 7])
def test_what_is_no_question_is_refused(edge, body):
    assert edge("beat", body).status_code == 400


def test_nonsense_in_a_beat_hurts_nobody(edge):
    answer = edge("beat", {
        "acked": -1, "sockets": "many", "delay": "long", "redis": 1, "cache": [], "gone": [1, {}, "nobody"],
        "meetings": [None, {}, "none-such", "x" * 5000], "said": [[], ["s"], ["nobody", "painted", {}], [1, 2, 3],
        ["nobody", "join", {}]],
    })  # fmt: skip
    assert (answer.status_code, answer.json["meetings"], answer.json["sids"]) == (200, {}, 0)


def test_the_words_of_a_whole_province_fit_into_one_beat(edge):
    words = [["nobody", "painted", {"paper": "x" * 900}]] * 5000
    assert edge("beat", {"said": words}).status_code == 200


def test_a_stranger_is_not_let_in_and_nobody_is_taken_for_another(edge, origin):
    stranger = {"sid": "s1", "head": {"cookie": "meetingroom=nonsense"}}
    asked = [stranger, {"sid": 7}, None, {"sid": "s2", "head": "no", "join": {"meeting": "m"}}]
    answers = edge("people", {"people": asked}).json["answers"]
    assert [each["error"]["code"] for each in answers] == ["not_signed_in", "malformed", "malformed", "not_signed_in"]
    assert not origin.extensions["meetingroom"].visitors


def test_an_edge_does_not_speak_for_a_socket_of_the_origin(edge, origin):
    here, manager = origin.extensions["meetingroom"], socket.socketio.server.manager
    sid = manager.connect("at-home", "/")
    here.visitors[sid] = Visitor("somebody", "their session")
    try:
        answers = edge("people", {"people": [{"sid": sid, "head": {}}]}).json["answers"]
        assert answers[0]["error"]["code"] == "not_signed_in"
        assert here.edges.of(sid) is None
    finally:
        del here.visitors[sid]


def test_the_board_is_told_anew_when_redis_carries_again(edge, origin):
    """The edge heard Redis all the time; it was the origin that did not reach it."""
    here, carries = origin.extensions["meetingroom"], []
    here.edges.carries = lambda: bool(carries)
    asked = {"redis": True, "meetings": ["m"]}
    assert len(edge("beat", asked, boot="b3").json["presence"]) == 1
    carries.append(True)
    here.presence.changed.clear()
    assert edge("beat", asked, boot="b3").json["presence"] is None
    assert here.presence.changed == {"m"}
    here.presence.changed.clear()
    edge("beat", asked, boot="b3")
    assert here.presence.changed == set()


def test_the_administrator_sees_that_two_edges_have_one_name(edge, origin):
    for boot in ("b7", "b8"):
        edge("beat", {}, boot=boot)
    with origin.test_request_context():
        found = [each for each in monitored(origin.extensions["meetingroom"]) if "Khu vực 1" in each.about]
    assert {each.todo for each in found} == {"Đặt cho mỗi điểm kết nối một MEETINGROOM_EDGE_NAME riêng."}


def test_a_room_that_is_none_is_not_there(edge):
    for asked in ({}, {"meeting": "none-such", "audience": "staff"}, {"meeting": "m", "audience": "everybody"}):
        assert edge("room", asked).status_code == 404


def test_an_edge_hears_every_word_that_is_heard_at_home(origin):
    assert set(socket.socketio.server.handlers["/"]) == set(WORDS_HEARD)


def test_a_server_without_edges_knows_none_of_these_addresses(tmp_path):
    app = create_app(Settings(data=tmp_path, testing=True, async_mode="threading"))
    head = {"X-Meetingroom-Edge": "", "X-Meetingroom-Version": envelope.spoken()}
    assert app.test_client().post("/edge/beat", json={}, headers=head).status_code == 404

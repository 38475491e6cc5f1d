"""The server is watched: ids, figures, words; and nothing of what is said or who says it."""

import json
import logging
import re
import shutil

import pytest

from meetingroom.monitoring.logs import Machine
from tests.conftest import first_paper
from tests.rooms import PEOPLE, Room

pytestmark = pytest.mark.journey


@pytest.fixture
def watched(prepared, tmp_path, request):
    """The meeting, opened, on a server that writes its log in JSON."""
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    worker = request.node.get_closest_marker("worker") is not None
    room = Room(tmp_path / "data", people, meeting, worker, MEETINGROOM_LOG="json").start()
    an = room.person("an")
    an.does("open_meeting")
    an.does("show_paper", paper=first_paper(an))
    yield room
    room.stop()


def figure(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, f"{name} is not among:\n{text}"
    return float(found[1])


@pytest.mark.worker
def test_figures_tell_what_is_done_and_only_to_whom_they_should(watched):
    an, em, admin = watched.person("an"), watched.person("em").connect(), watched.person("admin")
    before = figure(admin.get("/metrics").text, "meetingroom_push_seconds_count")
    an.does("turn_page", page=2)
    an.refused("turn_page", page=99)
    an.refused("dance", page=1)
    em.until(lambda view: view["stage"]["page"] == 2)
    admin.wait(lambda: figure(admin.get("/metrics").text, "meetingroom_worker_up"))  # it starts after the server
    metrics = admin.get("/metrics").text
    assert figure(metrics, 'meetingroom_commands_total{name="turn_page",outcome="done"}') == 1
    assert figure(metrics, 'meetingroom_commands_total{name="turn_page",outcome="refused"}') == 1
    assert figure(metrics, 'meetingroom_commands_total{name="unknown",outcome="refused"}') == 1
    assert figure(metrics, "meetingroom_push_seconds_count") == before + 1
    assert figure(metrics, "meetingroom_sockets") == 1
    assert figure(metrics, "meetingroom_screens") == 1
    assert figure(metrics, "meetingroom_worker_up") == 1
    assert figure(metrics, 'meetingroom_jobs{kind="ingest",status="done"}') == 2
    assert figure(metrics, 'meetingroom_job_seconds_sum{kind="ingest"}') > 0
    assert figure(metrics, "process_resident_memory_bytes") > 1e6
    # From elsewhere (a proxy hands it on), administrators only.
    elsewhere = {"X-Forwarded-For": "10.0.0.7"}
    assert admin.get("/metrics", headers=elsewhere).status_code == 200
    assert em.get("/metrics", headers=elsewhere).status_code == 404
    em.leave()


@pytest.mark.worker
def test_every_answer_has_an_id_and_the_log_names_it_without_content(watched):
    an, mai = watched.person("an"), watched.person("mai")
    answer = mai.send("record_note", item="general", text="Nội dung không ai được đọc trong nhật ký")
    assert re.fullmatch(r"[0-9a-f]{12}", answer.headers["X-Request-Id"])
    given = an.get("/?q=bi-mat", headers={"X-Request-Id": "from-nginx.1"})
    assert given.headers["X-Request-Id"] == "from-nginx.1"
    assert an.get("/", headers={"X-Request-Id": "a b\tc"}).headers["X-Request-Id"] != "a b\tc"
    refused = an.session.post(watched.url + "/api/session", json={}, headers={"X-Meetingroom": ""})
    assert (refused.status_code, bool(refused.headers["X-Request-Id"])) == (403, True)
    watched.stop()
    text = next(watched.data.parent.glob("server-*.log")).read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    (noted,) = [line for line in lines if line.get("request") == answer.headers["X-Request-Id"]]
    assert (noted["method"], noted["route"], noted["status"], noted["meeting"]) == (
        "POST", "/api/meetings/<meeting>/commands", 200, watched.meeting,
    )  # fmt: skip
    assert noted["ms"] > 0
    assert {"time", "level", "logger", "message"} <= set(noted)
    logged = "\n".join(line for line in text.splitlines() if line.startswith("{"))
    for secret in ("không ai được đọc", "bi-mat", *(name for name, *_ in PEOPLE.values())):
        assert secret not in logged


def test_a_failure_is_logged_with_its_trace_in_one_line():
    try:
        raise ValueError("x")
    except ValueError:
        import sys

        record = logging.LogRecord("meetingroom.web", logging.ERROR, "", 1, "a request failed", (), sys.exc_info())
    line = Machine().format(record)
    assert "\n" not in line
    assert "ValueError" in json.loads(line)["trace"]


def test_the_administration_page_says_it_in_words(watched):
    admin, an = watched.person("admin"), watched.person("an")
    assert an.get("/admin/health").status_code == 403
    page = admin.get("/admin/health").text
    for words in ("Tình trạng hệ thống", "Dung lượng đĩa", "còn trống", "Chưa sao lưu lần nào", "Đang họp"):
        assert words in page, words
    assert "Hội nghị tổng kết" not in page  # an administrator is no member of it
    assert re.search(rf"Cuộc họp ngày \d\d/\d\d/\d{{4}}, \d\d giờ \d\d \({watched.meeting}\)", page)
    (watched.data / "backup.made").touch()
    assert "Bản sao lưu gần nhất" in admin.get("/admin/health").text


def test_a_slow_site_is_named(watched):
    em = watched.person("ich").connect()
    admin = watched.person("admin")
    em.wait(lambda: "VKSND khu vực 1" in admin.get("/admin/health").text, timeout=30)
    assert "kỹ thuật viên" in admin.get("/admin/health").text
    em.leave()

"""Behind Debian's nginx, with the very configuration of docs/operations.md: only paths and ports are this test's."""

import re
import shutil

import pytest
import requests

from tests.conftest import first_paper
from tests.nginx import NginxRoom

pytestmark = pytest.mark.journey


@pytest.fixture
def behind(prepared, tmp_path):
    """The published meeting, reached through nginx over HTTPS."""
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    room = NginxRoom(tmp_path / "data", people, meeting)
    try:
        yield room.start()
    finally:
        room.cut_line()
        room.stop()


def test_a_meeting_goes_on_behind_nginx(behind):
    an, em, lan = (behind.person(name) for name in ("an", "em", "lan"))
    assert all(cookie.secure for cookie in an.session.cookies)
    an.does("open_meeting")
    an.does("show_paper", paper=first_paper(an))

    # The socket is upgraded, and page turns come through at once.
    em.connect()
    assert em.socket.eio.transport() == "websocket"
    an.does("turn_page", page=3)
    em.until(lambda view: view["stage"]["page"] == 3)

    # The page comes from nginx, byte for byte; the program decides who gets it.
    document = next(iter(em.read_view()["papers"].values()))["document"]
    path = f"/documents/{document}/pages/3.webp?w=1920"
    page = em.get(path)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "image/webp")
    assert page.headers["Server"] == "nginx"
    assert "X-Accel-Redirect" not in page.headers
    assert "immutable" in page.headers["Cache-Control"]
    kept = {file.read_bytes(): file for file in (behind.data / "pages").glob("??/*/1920/3.webp")}
    assert page.content in kept
    assert em.get(path, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
    assert lan.get(path).status_code == 404
    assert requests.get(behind.url + path, verify=behind.authority).status_code in (401, 404)
    direct = kept[page.content].relative_to(behind.data)
    for asked in (f"/kept/{direct}", f"/kept/pages/../{direct}", "/kept/secret.key", "/kept/meetingroom.db"):
        assert em.get(asked).status_code == 404, asked

    # The original, for the staff, as a download that cannot run.
    dung = behind.person("dung")
    original = dung.get(f"/documents/{document}/file")
    assert original.content.startswith(b"%PDF")
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in original.headers["Content-Security-Policy"]
    em.leave()


def test_the_way_in_is_https_and_the_request_is_named_by_nginx(behind):
    answer = requests.get(behind.plain + "/sign-in?next=%2F", allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://127.0.0.1/sign-in?next=%2F")
    assert re.fullmatch(r"[0-9a-f]{32}", behind.person("em").get("/api/meetings").headers["X-Request-Id"])
    # The device trusts the agency's authority, as the page tells: only then a browser registers the worker.
    worker = requests.get(behind.url + "/sw.js", verify=behind.authority)
    assert (worker.status_code, worker.headers["Cache-Control"]) == (200, "no-cache")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert "script-src 'self'" in worker.headers["Content-Security-Policy"]
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(behind.url + "/sw.js")

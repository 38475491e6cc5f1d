"""Twenty tablets at a site behind Debian's nginx, by docs/site-nginx.conf: what crosses the line, and who sees what."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from types import SimpleNamespace

import pytest
import requests

from tests.edges import REDIS, SECRET, EdgeRoom, Redis
from tests.site_nginx import SiteRoom

pytestmark = pytest.mark.journey


@pytest.fixture
def redis(tmp_path):
    if not REDIS:
        pytest.skip("redis-server is not installed (scripts/install-test-tools.sh installs it)")
    server = Redis(tmp_path).start()
    yield server
    server.kill()


@pytest.fixture
def site(prepared, tmp_path, redis):
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    edges = {"MEETINGROOM_REDIS": redis.url, "MEETINGROOM_EDGE_SECRET": SECRET}
    room = SiteRoom(tmp_path / "data", people, meeting, **edges)
    try:
        yield room.start()
    finally:
        room.kill()


@pytest.fixture
def edge(site, redis):
    """The one beside the site's nginx, not started yet; it reaches the origin by HTTPS, as docs/sites.md has it."""
    counts = f"{site.folder}/site/pages.log"
    settings = {
        "SSL_CERT_FILE": site.authority, "MEETINGROOM_TRUSTED_PROXIES": "1", "MEETINGROOM_SITE_CACHE": counts,
    }  # fmt: skip
    found = EdgeRoom(SimpleNamespace(**(vars(site) | {"url": site.capital})), redis, "Khu vực 1", **settings)
    found.port, found.url = site.edge_port, f"http://127.0.0.1:{site.edge_port}"
    yield found
    if found.process and found.process.poll() is None:
        found.kill()


def test_a_page_crosses_the_line_once_and_is_seen_by_whom_the_origin_allows(site, edge):
    """One start of five servers for all of it; the order matters."""
    after_a_paper_was_fetched_once_no_page_of_it_crosses_the_line(site)
    twenty_tablets_that_ask_at_once_fetch_a_page_once(site)
    a_device_sees_whether_a_page_lies_there(site)
    while_the_line_is_cut_a_page_is_seen_again_by_whom_it_was_given(site)
    sockets_go_to_the_edge_and_without_one_to_the_origin(site, edge)
    the_programs_own_files_and_views_are_small_on_the_line(site)
    who_has_no_right_gets_nothing_that_a_neighbour_has_just_fetched(site)
    a_right_that_ends_has_ended_at_the_site(site)


def papers(person) -> list[tuple[str, str, int]]:
    """[(paper, document, pages)]"""
    return [(key, each["document"], each["pages"]) for key, each in person.read_view()["papers"].items()]


def addresses(document: str, pages: int) -> list[str]:
    """All that tablets fetch of a paper."""
    base = f"/documents/{document}/pages"
    each = [f"{base}/{n}.webp?w={width}" for n in range(1, pages + 1) for width in (480, 1920)]
    return [*each, f"{base}/bundle-0", f"{base}/words-0?t=1"]


def after_a_paper_was_fetched_once_no_page_of_it_crosses_the_line(site):
    em, ich = site.person("em"), site.person("ich")
    every = [address for _, document, pages in papers(em) for address in addresses(document, pages)]
    site.at_origin()
    first = {address: em.get(address) for address in every}
    assert {answer.status_code for answer in first.values()} == {200}
    crossed = site.at_origin()
    assert sorted(path for asks, path, _ in crossed if asks == "file") == sorted(every)

    for address in every:
        again = ich.get(address)
        assert (again.status_code, again.content) == (200, first[address].content)
        assert (again.headers["X-Site-Cache"], "X-Site-Key" in again.headers) == ("HIT", False)
        assert again.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert ich.get(address, headers={"If-None-Match": again.headers["ETag"]}).status_code == 304
    crossed = site.at_origin()
    assert sorted((asks, path) for asks, path, _ in crossed) == sorted(("right", path) for path in every)
    assert sum(size for _, _, size in crossed) < 400 * len(every)


def twenty_tablets_that_ask_at_once_fetch_a_page_once(site):
    site.forget()
    _, document, _ = papers(site.person("em"))[0]
    tablets = [site.tablet(name) for name in ("em", "ich", "phuong", "an") for _ in range(5)]
    site.at_origin()
    with ThreadPoolExecutor(20) as hall:
        got = list(hall.map(lambda each: each.get(f"/documents/{document}/pages/bundle-0"), tablets))
    assert {(answer.status_code, answer.content) for answer in got} == {(200, got[0].content)}
    assert sorted({answer.headers["X-Site-Cache"] for answer in got}) == ["HIT", "MISS"]
    assert [asks for asks, _, _ in site.at_origin() if asks != "right"] == ["file"]


def a_device_sees_whether_a_page_lies_there(site):
    """As the device check does before the meeting: by nginx's own word, without the page."""
    phuong = site.person("phuong")
    _, document, _ = papers(phuong)[1]
    address = f"{site.url}/documents/{document}/pages/bundle-0"
    said = [phuong.session.head(address) for _ in range(2)]
    assert [(answer.headers["X-Site-Cache"], answer.content) for answer in said] == [("MISS", b""), ("HIT", b"")]


def while_the_line_is_cut_a_page_is_seen_again_by_whom_it_was_given(site):
    ich, phuong = site.person("ich"), site.person("phuong")
    _, document, _ = papers(ich)[-1]
    address = f"/documents/{document}/pages/1.webp?w=1920"
    page = ich.get(address)
    assert page.status_code == 200
    site.cut_line()
    again = ich.get(address)
    assert (again.status_code, again.content) == (200, page.content)
    assert phuong.get(address).status_code == 504
    assert ich.get("/api/meetings").status_code == 502
    site.connect_line()
    assert phuong.get(address).content == page.content


def sockets_go_to_the_edge_and_without_one_to_the_origin(site, edge):
    an, ich = site.person("an"), site.person("ich")
    an.does("open_meeting")
    paper, _, _ = papers(an)[0]
    edge.begin()
    edge.wait()
    ich.connect()
    assert ich.socket.eio.transport() == "websocket"
    assert edge.health()["sockets"] == 1
    # The administrator sees how well the site's cache does.
    status = "/admin/health"
    admin = site.person("admin")
    admin.wait(lambda: re.search(r"Khu vực 1.*?\d+% số trang", unescape(admin.get(status).text), re.DOTALL))
    an.does("show_paper", paper=paper, page=2)
    ich.until(lambda view: view["stage"].get("page") == 2)
    edge.kill()
    ich.vanish()
    ich.connect()
    an.does("turn_page", page=3)
    ich.until(lambda view: view["stage"]["page"] == 3)
    ich.leave()


def the_programs_own_files_and_views_are_small_on_the_line(site):
    an, ich = site.person("an"), site.person("ich")
    style = next(part for part in an.get("/offline").text.split('"') if part.startswith("/static/") and ".css" in part)
    site.at_origin()
    assert {an.get(style).status_code, ich.get(style).status_code} == {200}
    assert [path for _, path, _ in site.at_origin() if path.startswith("/static/")] == [style]
    assert an.get(f"/api/meetings/{site.meeting}").headers["Content-Encoding"] == "gzip", "as it crosses the line"


def who_has_no_right_gets_nothing_that_a_neighbour_has_just_fetched(site):
    em, lan, ich = (site.person(name) for name in ("em", "lan", "ich"))
    _, document, _ = papers(em)[0]
    address = f"/documents/{document}/pages/1.webp?w=1920"
    assert em.get(address).headers["Strict-Transport-Security"]
    assert ich.get(address).headers["X-Site-Cache"] == "HIT"
    refused = lan.get(address)
    assert (refused.status_code, refused.headers["Content-Type"]) == (404, "application/json")
    assert requests.get(site.url + address, verify=site.authority).status_code == 401
    for claim in ("file", "right"):
        assert lan.get(address, headers={"X-Site-Asks": claim}).status_code == 404
    assert lan.get("/site/right").status_code == 404


def a_right_that_ends_has_ended_at_the_site(site):
    """A person put out, a paper withdrawn, and one whose pages bear their readers' names from now on."""
    em, dung, ich = (site.person(name) for name in ("em", "dung", "ich"))
    (limited, document, _), (withdrawn, other, _) = papers(em)
    one, two = f"/documents/{document}/pages/1.webp?w=1920", f"/documents/{other}/pages/1.webp?w=1920"
    page = em.get(one)
    assert {em.get(two).status_code, ich.get(one).status_code, ich.get(two).status_code} == {200}
    dung.does("remove_person", person=em.id)
    dung.does("set_readers", paper=limited, mode="restricted")
    dung.does("withdraw_paper", paper=withdrawn)
    em.wait(lambda: (em.get(one).status_code, ich.get(two).status_code) == (404, 410))  # who had it reads that it went
    stamped = ich.get(one)
    assert (stamped.headers["Content-Type"], stamped.headers["X-Site-Cache"]) == ("image/jpeg", "PASS")
    assert em.get(two).status_code == 404
    kept = site.on_disk()
    assert page.content in kept, "what all might read before; it is given to nobody"
    assert stamped.content not in kept

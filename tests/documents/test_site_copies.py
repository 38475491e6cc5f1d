"""What a site's nginx is answered when it asks for a reader's right to a page, and what it may keep."""

from meetingroom import create_app
from meetingroom.config import Settings
from meetingroom.documents import fetched_store, stamp
from meetingroom.meeting.readers import SetReaders
from tests.documents import papers
from tests.documents.test_serving import page, paper  # noqa: F401  (the fixture)
from tests.people.conftest import PASSWORD, Browser

RIGHT, FILE = {"X-Site-Asks": "right"}, {"X-Site-Asks": "file"}


def asked(room, who, address) -> tuple[int, str | None]:
    answer = room.get(who, address, **RIGHT)
    assert answer.data == b""
    return answer.status_code, answer.headers.get("X-Site-Key")


def every_address(document) -> list[str]:
    pages = f"/documents/{document}/pages"
    return [
        f"{pages}/1.webp",
        f"{pages}/1.webp?w=480",
        f"{pages}/bundle-0",
        f"{pages}/1.json?t=1",
        f"{pages}/words-0?t=1",
    ]


def test_who_may_read_a_page_may_have_the_sites_copy_and_nobody_else(room, paper):  # noqa: F811
    for address in every_address(paper):
        assert {asked(room, who, address)[0] for who in ("mai", "em", "khach")} == {204}, address
        assert {asked(room, who, address) for who in ("lan", "nobody", None)} == {(403, None)}, address
        # The key is the name of the very bytes, whoever fetches them.
        fetched = room.get("an", address, **FILE)
        assert (fetched.status_code, fetched.headers["X-Site-Key"]) == (200, asked(room, "em", address)[1])
        assert fetched.data == room.get("em", address).data
        assert "X-Site-Key" not in room.get("em", address).headers
    keys = [asked(room, "em", address)[1] for address in every_address(paper)]
    assert len(set(keys)) == len(keys)


def test_the_answer_is_short(room, paper):  # noqa: F811
    """It goes over a weak line for every page of every tablet."""
    answer = room.get("em", page(paper), **RIGHT)
    assert set(answer.headers.keys()) <= {"X-Site-Key", "X-Meetingroom", "X-Request-Id", "Content-Type"}
    assert sum(len(name) + len(value) + 4 for name, value in answer.headers) < 200


def test_nothing_that_may_change_or_end_or_is_for_some_is_kept_at_a_site(room, paper, tmp_path):  # noqa: F811
    assert asked(room, "em", page(paper, 1, 2880))[0] == 403, "not drawn yet, so sharp"
    assert asked(room, "em", page(paper, 7))[0] == asked(room, "em", page(paper, 1, 1000))[0] == 403
    assert asked(room, "em", f"/documents/{paper}/pages/1.json?t=9")[0] == 403
    room.restricts(paper)
    room.shows(paper)
    assert room.get("em", page(paper)).status_code == 200
    assert {asked(room, who, each)[0] for who in ("em", "mai") for each in every_address(paper)} == {403}
    room.releases(paper)
    assert asked(room, "em", page(paper))[0] == 204
    room.hides()
    room.withdraws(paper)
    assert {asked(room, who, each)[0] for who in ("em", "mai") for each in every_address(paper)} == {403}
    loose = room.sends("mai", papers.pdf(tmp_path / "Nháp.pdf", pages=1)).get_json()["id"]
    assert asked(room, "mai", page(loose))[0] == 403


def test_of_a_paper_with_its_readers_names_nothing_is_drawn_for_a_question(room, paper, monkeypatch):  # noqa: F811
    room.does("mai", SetReaders(room.key(paper), mode="restricted"))
    monkeypatch.setattr(stamp, "stamped", lambda *_: 1 / 0)
    assert asked(room, "em", page(paper)) == (403, None)
    assert fetched_store.of(room.pool).openings == []


def test_a_page_read_out_of_a_sites_cache_is_written_down_as_read(room, paper):  # noqa: F811
    room.get("em", page(paper), **RIGHT)
    assert len(fetched_store.of(room.pool).openings) == 1


def test_a_site_gets_the_bytes_from_the_program_also_behind_nginx(room, paper):  # noqa: F811
    """nginx would call a file that it sends in the program's place by another name."""
    app = create_app(Settings(data=room.settings.data, async_mode="threading", testing=True, accel_redirect="/kept/"))
    browser = Browser(app)
    browser.api("POST", "/api/session", {"username": "em", "password": PASSWORD})
    assert "X-Accel-Redirect" in browser.get(page(paper)).headers
    answer = browser.get(page(paper), **FILE)
    assert "X-Accel-Redirect" not in answer.headers
    assert answer.data == room.get("em", page(paper)).data
    app.extensions["meetingroom"].pool.close()

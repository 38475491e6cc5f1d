"""The server is killed between any two stops of a page turn: everything comes back where it was."""

import contextlib
import threading
import time

import pytest
import requests

from meetingroom import database, log

pytestmark = pytest.mark.journey


def stands(person) -> tuple:
    stage = person.read_view()["stage"]
    return stage["kind"], stage.get("paper"), stage.get("page")


def test_after_a_kill_every_screen_gets_the_same_page_again(opened):
    an, em = opened.person("an"), opened.person("em")
    an.does("turn_page", page=3)
    before = em.read_view()
    opened.kill()
    with pytest.raises(requests.ConnectionError):
        em.read_view()
    opened.start()
    assert em.read_view() == before
    answer = em.connect().join(after=0)
    assert answer["view"]["stage"]["page"] == 3
    em.leave()


def test_a_screen_that_held_a_number_gets_the_whole_view_after_a_restart_and_patches_within_one_life(opened):
    an, em = opened.person("an"), opened.person("em").connect()
    held = em.seq
    an.does("turn_page", page=2)
    an.does("turn_page", page=3)
    em.until(lambda view: view["stage"]["page"] == 3)
    answer = em.join(after=held)
    assert [body["seq"] for body in answer["patches"]] == [held + 1, held + 2]
    em.leave()
    opened.kill()
    opened.start()
    em.connect()
    assert em.join(after=held)["view"]["stage"]["page"] == 3
    em.leave()


def test_a_command_whose_answer_was_lost_is_done_once(opened):
    """Stop 6, committed, but nobody was told: the browser asks again with the same id."""
    an = opened.person("an")
    first = an.send("turn_page", id="lost", page=4).json()
    opened.kill()
    opened.start()
    again = an.send("turn_page", id="lost", page=4)
    assert (again.status_code, again.json()) == (200, first)
    facts = [fact for fact in an.get(f"/api/meetings/{opened.meeting}/log").text.splitlines() if "PageTurned" in fact]
    assert len(facts) == 1


def test_a_command_sent_while_the_server_is_down_is_reported_and_can_be_repeated(opened):
    an = opened.person("an")
    opened.kill()
    with pytest.raises(requests.ConnectionError):
        an.send("turn_page", id="later", page=2)
    opened.start()
    assert an.send("turn_page", id="later", page=2).status_code == 200
    assert stands(an)[2] == 2


@pytest.mark.parametrize("after", [0.0, 0.01, 0.03, 0.08])
def test_killed_at_any_moment_of_a_storm_of_turns_what_was_answered_is_in_the_log_once(opened, after):
    an = opened.person("an")
    answered: dict[str, int] = {}

    def turn():
        for n in range(400):
            with contextlib.suppress(requests.RequestException):
                answer = an.send("turn_page", id=f"turn-{n}", page=1 + n % 5)
                if answer.status_code == 200:
                    answered[f"turn-{n}"] = answer.json()["seq"]
                    continue
            return

    turning = threading.Thread(target=turn)
    turning.start()
    time.sleep(0.3 + after)
    opened.kill()
    turning.join()
    assert answered
    # A transaction in the file whose process died before it said so is there after the next start.
    opened.start()
    pool = database.Pool(opened.data / "meetingroom.db", patience=5)
    with pool.lend() as db:
        count = log.verify(db, opened.meeting)
        stored = dict(db.conn.execute("select id, answer from answers where id like 'turn-%'").fetchall())
    pool.close()
    for command_id, seq in answered.items():
        assert stored[command_id] == f'{{"seq":{seq}}}'
    assert max(answered.values()) <= count
    # At most one command was committed and not answered: the one under way.
    assert len(stored) - len(answered) in (0, 1)
    last = max(stored, key=lambda name: int(name.split("-")[1]))
    assert stands(an)[2] == 1 + int(last.split("-")[1]) % 5


@pytest.mark.worker
def test_a_paper_whose_worker_was_killed_is_ready_after_the_restart(opened):
    from tests.rooms import paper

    mai = opened.person("mai")
    item = mai.read_view()["agenda"]["order"][2]
    sent = mai.post(
        f"/api/meetings/{opened.meeting}/documents",
        files={"file": ("Phụ lục.pdf", paper(40), "application/pdf")},
        data={"item": item},
    ).json()
    mai.wait(lambda: mai.get(f"/api/documents/{sent['id']}").json()["progress"] > 0, timeout=30)
    opened.kill()
    opened.start()
    mai.wait(lambda: len(mai.read_view()["papers"]) == 3, timeout=60)
    done = mai.get(f"/api/documents/{sent['id']}").json()
    assert (done["status"], done["pages"]) == ("ready", 40)

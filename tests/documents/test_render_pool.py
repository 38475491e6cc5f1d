"""However many papers are at work, so many render processes live and no more; and the next paper finds a place."""

import threading

import pytest

from meetingroom.documents import render_pool, render_slots
from meetingroom.documents.file_rejected import FileRejected


class Process:
    """A render process that is no process."""

    alive, most = 0, 0
    lock = threading.Lock()

    def __init__(self, source, family, folder, *, seconds):
        if source == "broken":
            raise FileRejected("damaged")
        with self.lock:
            Process.alive += 1
            Process.most = max(Process.most, Process.alive)
        self.pages, self.process, self.there = 9, self, True

    def ask(self, what, **details):
        return {}

    def memory(self):
        return 0

    def kill(self):
        pass

    def close(self):
        with self.lock:
            Process.alive -= self.there
            self.there = False


@pytest.fixture
def renderers(monkeypatch):
    monkeypatch.setattr(render_pool, "RenderProcess", Process)
    monkeypatch.setattr(render_slots, "shared", render_slots.RenderSlots(3))
    Process.alive = Process.most = 0
    return render_slots.shared


def draw(source="paper"):
    with render_pool.RenderPool(source, "pdf", "folder") as open_pool:
        return sorted(number for number, _ in open_pool.work("draw", range(1, 41)))


def test_several_papers_at_once_have_no_more_processes_than_the_bound(renderers):
    papers = [threading.Thread(target=draw) for _ in range(8)]
    for paper in papers:
        paper.start()
    for paper in papers:
        paper.join()
    assert (Process.most <= 3, Process.alive, renderers.taken) == (True, 0, 0)


def test_a_paper_of_one_page_is_drawn_by_one_process(renderers):
    with render_pool.RenderPool("paper", "pdf", "folder") as pool:
        assert [number for number, _ in pool.work("draw", [1])] == [1]
    assert Process.most == 1


def test_the_next_paper_finds_a_place_beside_a_long_one(renderers):
    with render_pool.RenderPool("long", "pdf", "folder") as long:
        pages = long.work("draw", range(1, 1000))
        next(pages)
        assert draw() == list(range(1, 41))
        pages.close()
    assert (Process.alive, renderers.taken) == (0, 0)


def test_a_paper_that_cannot_be_opened_gives_its_place_back(renderers):
    for _ in range(5):
        with pytest.raises(FileRejected):
            draw("broken")
    assert renderers.taken == 0


def test_who_waits_for_a_place_can_be_called_away(renderers):
    renderers.taken = renderers.most
    with pytest.raises(InterruptedError):
        renderers.take(pause=stop)
    assert (renderers.waiting, renderers.taken) == (0, renderers.most)


def stop():
    raise InterruptedError

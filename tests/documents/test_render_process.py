"""The render process may die of a page; the one who asked does not."""

import os
import time
from pathlib import Path

import pytest

from meetingroom.documents import render_pool as drawing_pools
from meetingroom.documents import render_process as renderers
from meetingroom.documents import sandbox
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.render_pool import RenderPool
from meetingroom.documents.render_process import Died, RenderProcess, TookTooLong
from tests.documents import papers


def gone(process) -> bool:
    return process.poll() is not None


def test_a_page_is_there_in_two_sizes_with_its_words(tmp_path):
    with RenderProcess(papers.pdf(tmp_path / "a.pdf"), "pdf", tmp_path / "pages") as renderer:
        renderer.ask("draw", seconds=60, page=2)
    drawn = sorted(path.relative_to(tmp_path / "pages").as_posix() for path in (tmp_path / "pages").rglob("*.*"))
    assert drawn == ["1920/2.webp", "480/2.webp", "words/2.json"]


def test_a_render_process_that_is_killed_is_reported_dead_and_leaves_nothing_half_written(tmp_path):
    renderer = RenderProcess(papers.pdf(tmp_path / "a.pdf"), "pdf", tmp_path / "pages")
    renderer.process.kill()
    with pytest.raises(Died):
        renderer.ask("draw", seconds=60, page=1)
    assert not list((tmp_path / "pages").rglob("*.webp"))


def test_a_page_that_takes_too_long_is_stopped(tmp_path):
    with RenderProcess(papers.endless_pdf(tmp_path / "a.pdf"), "pdf", tmp_path / "pages") as renderer:
        began = time.monotonic()
        with pytest.raises(TookTooLong):
            renderer.ask("draw", seconds=1, page=1)
        assert time.monotonic() - began < 30
        assert gone(renderer.process)


def test_a_picture_bomb_stays_within_the_processes_memory(tmp_path):
    """3.6 gigapixels: drawn small, or refused, or the death of the process; but never the machine's memory."""
    with RenderProcess(papers.picture_bomb_pdf(tmp_path / "a.pdf"), "pdf", tmp_path / "pages") as renderer:
        try:
            renderer.ask("draw", seconds=60, page=1)
        except (Died, TookTooLong, FileRejected):
            return
        lines = Path(f"/proc/{renderer.process.pid}/status").read_text().splitlines()
        peak = next(int(line.split()[1]) for line in lines if line.startswith("VmPeak"))
        assert peak * 1024 <= renderers.MEMORY


def test_a_render_process_ends_when_nobody_asks_any_more(tmp_path):
    renderer = RenderProcess(papers.pdf(tmp_path / "a.pdf"), "pdf", tmp_path / "pages")
    renderer.process.stdin.close()  # as when the worker is killed
    assert renderer.process.wait(30) == 0


def test_a_render_process_does_not_see_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("MEETINGROOM_DEMO_PASSWORD", "secret")
    with RenderProcess(papers.pdf(tmp_path / "a.pdf"), "pdf", tmp_path / "pages") as renderer:
        assert b"secret" not in Path(f"/proc/{renderer.process.pid}/environ").read_bytes()


def test_two_processes_share_the_pages_and_draw_each_once(tmp_path):
    with RenderPool(papers.pdf(tmp_path / "a.pdf", pages=7), "pdf", tmp_path / "pages") as drawing_pool:
        assert sorted(drawing_pool.work("draw", range(1, 8))) == [(n, "") for n in range(1, 8)]


def test_the_death_of_a_render_process_costs_nothing_but_time(tmp_path):
    with RenderPool(papers.pdf(tmp_path / "a.pdf", pages=8), "pdf", tmp_path / "pages") as drawing_pool:
        results = []
        for result in drawing_pool.work("draw", range(1, 9)):
            results.append(result)
            if len(results) == 2:
                for renderer in tuple(drawing_pool._busy):
                    renderer.process.kill()
        assert sorted(results) == [(n, "") for n in range(1, 9)]


def test_breaking_off_stops_every_render_process_at_once(tmp_path):
    class Enough(Exception):
        pass

    def glance():
        raise Enough

    drawing_pool = RenderPool(papers.pdf(tmp_path / "a.pdf", pages=50), "pdf", tmp_path / "pages")
    first = drawing_pool._idle[0]
    with pytest.raises(Enough):
        list(drawing_pool.work("draw", range(1, 51), glance=glance))
    drawing_pool.close()
    assert gone(first.process)
    assert not drawing_pool._busy
    assert len(list((tmp_path / "pages/1920").glob("*.webp"))) < 25, "the rest is not drawn"


def test_a_paper_of_slow_pages_fails_as_a_whole_and_in_bearable_time(tmp_path, monkeypatch):
    monkeypatch.setattr(drawing_pools, "PAGE_SECONDS", 0.001)
    monkeypatch.setattr(drawing_pools, "MANY_FAILURES", 4)
    paper = papers.pdf(tmp_path / "a.pdf", pages=30)
    with RenderPool(paper, "pdf", tmp_path / "pages") as drawing_pool, pytest.raises(FileRejected, match="pages_fail"):
        list(drawing_pool.work("draw", range(1, 31)))


def test_a_render_process_that_has_gathered_too_much_makes_room_for_a_fresh_one(tmp_path, monkeypatch):
    begun = []

    class Counted(RenderProcess):
        def __init__(self, *args, **more):
            super().__init__(*args, **more)
            begun.append(self)

    monkeypatch.setattr(drawing_pools, "RenderProcess", Counted)
    paper = papers.pdf(tmp_path / "a.pdf", pages=6)
    with RenderPool(paper, "pdf", tmp_path / "all") as drawing_pool:
        assert len(list(drawing_pool.work("draw", range(1, 7)))) == 6
        assert all(10 * renderers.MEGABYTE < renderer.memory() < drawing_pools.ENOUGH for renderer in begun)
    assert len(begun) <= drawing_pools.PROCESSES, "six pages of text are nothing"
    begun.clear()
    monkeypatch.setattr(drawing_pools, "ENOUGH", 1)
    with RenderPool(paper, "pdf", tmp_path / "each") as drawing_pool:
        assert sorted(drawing_pool.work("draw", range(1, 7))) == [(n, "") for n in range(1, 7)]
    assert len(begun) > 6
    assert all(gone(renderer.process) for renderer in begun)


@pytest.mark.parametrize("wall", ["bubblewrap", "unshare", "plain"])
@pytest.mark.parametrize("make", [papers.pdf, papers.jpeg])
def test_behind_every_wall_a_paper_is_drawn_whole_and_nobody_is_root(tmp_path, monkeypatch, wall, make):
    if not sandbox.wall_works([*sandbox.wrap_command(wall, tmp_path, ()), "true"]):
        pytest.skip(f"{wall} does not work here")
    monkeypatch.setattr(sandbox, "find_wall", lambda: wall)
    place = tmp_path / "nobody goes here"
    place.mkdir(mode=0o700)
    paper = make(place / ("a.pdf" if make is papers.pdf else "a.jpg"))
    family = "pdf" if make is papers.pdf else "image"
    with RenderProcess(paper, family, place / "pages") as renderer:
        renderer.ask("shape", seconds=30, limit=10)
        renderer.ask("draw", seconds=30, page=1)
        renderer.ask("sharpen", seconds=30, page=1)
        assert renderer.memory() > 0
        if wall != "bubblewrap":  # there the process that is seen from here is bubblewrap itself
            status = Path(f"/proc/{renderer.process.pid}/status").read_text()
            users = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
            assert "0" not in users
            assert "NoNewPrivs:\t1" in status or os.geteuid() != 0
    made = {path.name for path in (place / "pages").iterdir()} - {"scan"}  # where it is given away, it is made before
    assert made == {"1920", "2880", "480", "words"}
    assert (place / "pages" / "2880" / "1.webp").exists()

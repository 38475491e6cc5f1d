import asyncio
import gc
import os
import shutil
import sys
from pathlib import Path

import hypothesis
import pytest

from tests import drawn_before, quick_starts, second_tries
from tests.rooms import Room, chromium_path, people_of, prepare_meeting

# Importing eventlet's green modules changes `threading` for the whole process: a later test that waits for a thread
# would wait for ever. The event loop runs in the servers that tests start, never among the tests.
sys.modules["eventlet"] = None  # type: ignore[assignment]

# Tests that are about the daily backup ask for it themselves.
os.environ["MEETINGROOM_BACKUP"] = "off"

# No timings in tests: a machine that is busy is no fault.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("here")

# Whatever is imported and collected stays until the end: nothing of it is looked through on the way there.
gc.disable()

quick_starts.install()
Room.forked = hasattr(os, "pidfd_open")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """What was imported and collected stays until the end, and thousands of programs are made after it: to walk over
    all of it for each few of them took a fourth of a run's time."""
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 5, 20)
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    return (yield from beside_no_browser(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    return (yield from beside_no_browser(item))


def beside_no_browser(item):
    """pyHanko begins an event loop of its own, and the browser of an earlier test in this process has left one running:
    a test that has no browser does not see it. (Ends of tests keep it: there the browser is closed.)"""
    left = None if "chromium" in item.fixturenames else asyncio._get_running_loop()
    if left is None:
        return (yield)
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(left)


class NamedAtOnce:
    """Says at once which test fails or is tried again, and why: also a run that is stopped half-way has told it."""

    def __init__(self, config):
        self.config = config

    def pytest_runtest_logreport(self, report):
        if report.outcome in ("failed", "rerun"):
            why = getattr(getattr(report.longrepr, "reprcrash", None), "message", str(report.longrepr))
            first = next(iter(why.strip().splitlines()), "")[:300]
            line = f"{report.outcome} after {report.duration:.0f} s ({report.when}): {report.nodeid}: {first}"
            terminal = self.config.pluginmanager.get_plugin("terminalreporter")
            terminal.write_line("\n" + line)


# The last minute of a run is for short tests: a worker that began the chaos then would be alone with it.
LONG_FIRST = ("journeys/test_chaos.py", "browser/test_walk.py", "journeys/", "browser/", "documents/")


def pytest_collection_modifyitems(items):
    def rank(item) -> int:
        path = item.nodeid.removeprefix("tests/")
        return next((n for n, start in enumerate(LONG_FIRST) if path.startswith(start)), len(LONG_FIRST))

    items.sort(key=rank)


def pytest_configure(config):
    config.pluginmanager.register(second_tries)
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > 4e9:
        # Hundreds of databases that are synced to the disk at every commit: in memory they are as good.
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))
    if not hasattr(config, "workerinput"):
        drawn_before.begin_run()
        config.pluginmanager.register(NamedAtOnce(config))


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        drawn_before.end_run()


FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--font-render-hinting=none",  # letters stand where the windowed browser puts them
)


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run; every test has contexts of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def prepared():
    """A data folder with a published meeting, made once: (folder, people, meeting id)."""

    def fill(data: Path):
        room = Room(data, people_of(data)).start()
        try:
            prepare_meeting(room)
        finally:
            room.stop()
        return room.people, room.meeting

    data, (people, meeting) = quick_starts.filled_once("prepared", fill)
    return data, people, meeting


@pytest.fixture
def room(prepared, tmp_path, request):
    """A running server with a published meeting of its own; the chair has not opened it yet.

    Without the worker that renders papers, which half of the time of a start goes into, unless a test (or its file)
    is marked with `worker`.
    """
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    worker = request.node.get_closest_marker("worker") is not None
    room = Room(tmp_path / "data", people, meeting, worker=worker).start()
    yield room
    room.kill()  # nothing is wanted of it any more; test_run.py sees how a server ends in order


@pytest.fixture
def opened(room):
    """The same, opened by the chair, page 1 of the first paper on the stage."""
    an = room.person("an")
    an.does("open_meeting")
    an.does("show_paper", paper=first_paper(an))
    return room


def first_paper(person) -> str:
    view = person.read_view()
    return view["agenda"]["items"][view["agenda"]["order"][0]]["papers"][0]

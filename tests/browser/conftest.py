"""A real Chromium for the tests of the screens. Pages of any size, fingers and dots per pixel: `screen(...)`."""

import shutil

import pytest
from playwright.sync_api import expect

from tests import quick_starts
from tests.case_file import CaseFile, case_file
from tests.rooms import Room

PATIENCE = 45_000  # a busy machine is no fault
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def prepared_case(prepared):
    """A data folder with the case of tests/case_file.py, made once: (folder, what the case is known by)."""
    folder, people, meeting = prepared

    def fill(data):
        shutil.copytree(folder, data)
        room = Room(data, people, meeting).start()
        try:
            return case_file(room).known()
        finally:
            room.stop()

    return quick_starts.filled_once("case", fill)


@pytest.fixture
def case_room(prepared, prepared_case, tmp_path, request):
    """(a running server, the case of `em` on it); with the worker where a test is marked with `worker`."""
    _, people, meeting = prepared
    folder, known = prepared_case
    shutil.copytree(folder, tmp_path / "data")
    worker = request.node.get_closest_marker("worker") is not None
    room = Room(tmp_path / "data", people, meeting, worker=worker).start()
    yield room, CaseFile(room, room.person("em"), **known)
    room.kill()


@pytest.fixture
def screen(chromium):
    """`screen(width, height, dots=1, fingers=False)`: an empty page of that size, in a browser of its own.

    What its console complains about fails the test, unless it is expected: `page.forgiven` is a list of texts.
    """
    contexts, complaints = [], []

    def open_screen(width=1280, height=800, dots=1, fingers=False, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=dots,
            has_touch=fingers,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            # It answers in place of the server; where it is looked at, it has a browser of its own (test_offline.py).
            service_workers="block",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.forgiven = ["Failed to load resource", "WebSocket connection"]
        page.on("pageerror", lambda error: complaints.append((page, str(error))))
        page.on("console", lambda said: said.type == "error" and complaints.append((page, said.text)))
        return page

    yield open_screen
    found = [text for page, text in complaints if not any(known in text for known in page.forgiven)]
    for context in contexts:
        context.close()
    assert not found, found


@pytest.fixture
def enter(screen):
    """`enter(room, "em", 390, 844)`: somebody in the meeting room, in step. `view=` another screen than the role's."""

    def go_in(room, username, width=1280, height=800, view="participant", **options):
        page = screen(width, height, **options)
        sign_in(page, room, username)
        page.goto(f"{room.url}/meetings/{room.meeting}/room?view={view}")
        in_step(page)
        return page

    return go_in


def sign_in(page, room, username):
    """The cookies of somebody who has signed in: the sign-in form has tests of its own."""
    jar = room.person(username).session.cookies
    page.context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in jar])


def in_step(page, timeout=PATIENCE):
    """Wait until the lamp says that the screen is up to date."""
    page.locator("connection-lamp [data-state=live]").wait_for(timeout=timeout)

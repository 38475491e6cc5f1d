"""A real Chromium for the tests of the screens. Pages of any size, fingers and dots per pixel: `screen(...)`."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.case_file import case_file
from tests.rooms import Room

PATIENCE = 45_000  # a busy machine is no fault
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def prepared_case(prepared, tmp_path_factory):
    """A data folder with the case of tests/case_file.py, made once: (folder, case)."""
    folder, people, meeting = prepared
    data = tmp_path_factory.mktemp("case") / "data"
    shutil.copytree(folder, data)
    room = Room(data, people, meeting).start()
    try:
        return data, case_file(room)
    finally:
        room.stop()


@pytest.fixture
def case_room(prepared_case, tmp_path, request):
    """(a running server, the case of `em` on it); with the worker where a test is marked with `worker`."""
    folder, made = prepared_case
    shutil.copytree(folder, tmp_path / "data")
    worker = request.node.get_closest_marker("worker") is not None
    room = Room(tmp_path / "data", made.room.people, made.room.meeting, worker=worker).start()
    yield room, made.on(room)
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

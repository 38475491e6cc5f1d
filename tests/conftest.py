import shutil

import pytest

from tests.rooms import Room, people_of, prepare_meeting


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A data folder with a published meeting, made once: (folder, people, meeting id)."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    room = Room(data, people_of(data)).start()
    try:
        prepare_meeting(room)
    finally:
        room.stop()
    return data, room.people, room.meeting


@pytest.fixture
def room(prepared, tmp_path):
    """A running server with a published meeting of its own; the chair has not opened it yet."""
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    room = Room(tmp_path / "data", people, meeting).start()
    yield room
    room.stop()


@pytest.fixture
def opened(room):
    """The same, opened by the chair, page 1 of the first paper on the stage."""
    an = room.person("an")
    an.does("open_meeting")
    an.does("show_paper", paper=first_paper(an))
    return room


def first_paper(person) -> str:
    view = person.fresh()
    return view["agenda"]["items"][view["agenda"]["order"][0]]["papers"][0]

"""Leaving eventlet is a setting: the same program with a thread for every connection."""

import shutil

import pytest

from tests.conftest import first_paper
from tests.rooms import Room

pytestmark = pytest.mark.journey


def test_a_meeting_runs_with_threads_as_well(prepared, tmp_path):
    data, people, meeting = prepared
    shutil.copytree(data, tmp_path / "data")
    room = Room(tmp_path / "data", people, meeting, worker=False, MEETINGROOM_ASYNC_MODE="threading").start()
    try:
        an = room.person("an")
        an.does("open_meeting")
        an.does("show_paper", paper=first_paper(an))
        everybody = [room.person(name).connect() for name in ("an", "mai", "em")] + [
            room.screen(room.person("mai")).connect()
        ]
        for page in (2, 3, 4):
            an.does("turn_page", page=page)
        for person in everybody:
            person.until(lambda view: view["stage"].get("page") == 4)
            assert person.gaps == 0
            person.leave()
        mai = room.person("mai")
        mai.does("draft_ballot", question="Thông qua?", preset="UBKS_NQ", secret=True)
        ballot = mai.read_view()["ballots"]["order"][0]
        an.does("open_ballot", ballot=ballot)
        assert room.person("em").does("cast_vote", ballot=ballot, choice="yes")["receipt"]
        an.does("close_ballot", ballot=ballot)
        closed = mai.read_view()["ballots"]["items"][ballot]
        assert (closed["state"], closed["cast"]) == ("closed", 1)  # of fewer than four no counts are told
    finally:
        room.stop()

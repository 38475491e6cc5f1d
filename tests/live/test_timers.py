"""Time speaks through commands: once, also after a restart."""

import pytest

pytestmark = pytest.mark.journey


def facts(person, name: str) -> list[str]:
    log = person.get(f"/api/meetings/{person.room.meeting}/log").text
    return [line for line in log.splitlines() if f'"{name}"' in line]


def test_a_speakers_bell_rings_once_and_a_ballot_closes_by_itself_even_when_the_server_was_down(opened):
    an, mai = opened.person("an"), opened.person("mai")
    an.does("grant_floor", person=opened.people["em"], seconds=1)
    mai.does("draft_ballot", question="Thông qua?", preset="UBKS_NQ", seconds=2)
    ballot = mai.read_view()["ballots"]["order"][0]
    an.does("open_ballot", ballot=ballot)
    opened.person("em").does("cast_vote", ballot=ballot, choice="yes")
    opened.kill()
    opened.start()
    mai.wait(lambda: mai.read_view()["ballots"]["items"][ballot]["state"] == "closed", timeout=45)
    seen = mai.read_view()
    assert seen["ballots"]["items"][ballot]["counts"]["yes"] == 1
    assert seen["floor"]["speech"]["rung"] is True
    opened.kill()
    opened.start()
    an.does("turn_page", page=2)
    assert len(facts(mai, "BallotClosed")) == 1
    assert len(facts(mai, "BellRung")) == 1

"""What is kept beside the log: by whom it is registered, together with the facts or not at all."""

import pytest

from meetingroom import log, sealed
from meetingroom.commands import registries
from meetingroom.meeting.ballot_count import CloseBallot
from meetingroom.meeting.ballot_drafts import DraftBallot
from meetingroom.meeting.ballots import CastVote, OpenBallot
from meetingroom.meeting.kernel import Actor, Incomplete
from tests.log.conftest import AN, MAI

EM = Actor("em", "delegate")


@pytest.fixture
def secret(live) -> str:
    """The id of an open secret ballot."""
    log.handle(live, "m1", DraftBallot("Tán thành?", secret=True), MAI, "draft")
    (ballot,) = log.state(live, "m1").ballots.ballots
    log.handle(live, "m1", OpenBallot(ballot, despite=True), AN, "open-ballot")
    return ballot


def kept(pool) -> tuple[int, int]:
    """How many facts and how many sealed votes there are."""
    with pool.lend() as db:
        return tuple(
            db.conn.execute(f"select count(*) from {table}").fetchone()[0] for table in ("events", "sealed_votes")
        )


def test_a_log_without_the_sealed_boxes_refuses_a_secret_vote_and_keeps_nothing_of_it(live, secret, monkeypatch):
    before = kept(live)
    with monkeypatch.context() as without:
        without.delitem(log.keepers, sealed.Sealed)
        with pytest.raises(Incomplete, match="Sealed"):
            log.handle(live, "m1", CastVote(secret, "yes"), EM, "vote")
        assert registries.missing_keepers(), "the server does not start"
    assert registries.missing_keepers() == []
    assert kept(live) == before
    answer = log.handle(live, "m1", CastVote(secret, "yes"), EM, "vote")
    assert (answer.repeated, kept(live)) == (False, (before[0] + 2, 1)), "checked in, and voted"
    assert log.handle(live, "m1", CastVote(secret, "yes"), EM, "vote").receipt == answer.receipt != ""


def test_what_fails_in_a_box_leaves_no_fact(live, secret, monkeypatch):
    before = kept(live)
    monkeypatch.setattr(sealed, "put_vote", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        log.handle(live, "m1", CastVote(secret, "yes"), EM, "vote")
    assert kept(live) == before


def test_a_key_is_gone_only_when_its_ballot_is_closed_for_good(live, secret, monkeypatch):
    key = sealed.key_file(sealed.folder(live.path), secret)
    with monkeypatch.context() as failing:
        failing.setattr(log, "remember_answer", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            log.handle(live, "m1", CloseBallot(secret), AN, "close")
    assert key.exists(), "the close was taken back"
    log.handle(live, "m1", CloseBallot(secret), AN, "close")
    assert not key.exists()

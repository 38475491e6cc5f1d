"""A finished secret ballot leaves nothing, anywhere, that joins a voter to a choice."""

import json
import shutil
import sqlite3

import pytest

pytestmark = pytest.mark.journey
CHOICES = {"an": "yes", "em": "other", "phuong": "no", "ich": "yes", "dung": "yes"}
ABOUT_ALL = {"BallotDrafted", "BallotClosed"}  # facts that name every option, by the hand of the chair who also votes
WORDS = "lùi mốc sang quý III"


@pytest.fixture
def voted(opened, tmp_path):
    """A secret ballot of five, voted, closed, published; a backup was taken while it was open."""
    mai, an = opened.person("mai"), opened.person("an")
    mai.does("draft_ballot", question="Giới thiệu nhân sự?", options=["yes", "no", "other"], secret=True,
             preset="UBKS_NQ", voters=[opened.people[name] for name in CHOICES])  # fmt: skip
    ballot = mai.read_view()["ballots"]["order"][0]
    an.does("open_ballot", ballot=ballot)
    receipts = {}
    for name, choice in CHOICES.items():
        text = {"text": WORDS} if choice == "other" else {}
        receipts[name] = opened.person(name).does("cast_vote", ballot=ballot, choice=choice, **text)["receipt"]
    shutil.copytree(opened.data, tmp_path / "copied-while-open", ignore=shutil.ignore_patterns("seals"))
    return opened, ballot, receipts, tmp_path


def test_the_count_is_right_and_every_receipt_is_on_the_published_list(voted):
    room, ballot, receipts, _ = voted
    an = room.person("an")
    assert an.refused("cast_vote", ballot=ballot, choice="no") == "already_voted"
    assert "counts" not in an.read_view()["ballots"]["items"][ballot]
    an.does("close_ballot", ballot=ballot)
    an.does("publish_result", ballot=ballot)
    seen = room.person("em").read_view()["ballots"]["items"][ballot]
    assert seen["counts"] == {"yes": 3, "no": 1, "other": 1}
    assert seen["receipts"] == sorted(receipts.values())
    assert "votes" not in seen


def test_while_it_is_open_no_row_leads_from_a_voter_to_a_box(voted):
    """Whoever copies the folder, keys and all, finds who voted and what is in the boxes, and nothing between them."""
    room, _, receipts, _ = voted
    db = sqlite3.connect(room.data / "meetingroom.db")
    boxes = {token for (token,) in db.execute("select token from sealed_votes")}
    assert boxes == set(receipts.values())
    voters = {room.people[name] for name in CHOICES}
    for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
        for row in db.execute(f"select * from {table}"):
            text = json.dumps([cell for cell in row if isinstance(cell, str)])
            assert not (any(token in text for token in boxes) and any(voter in text for voter in voters)), (table, row)
    db.close()


def test_a_voter_whose_answer_was_lost_asks_again_and_gets_the_receipt(opened):
    mai, an, em = opened.person("mai"), opened.person("an"), opened.person("em")
    mai.does("draft_ballot", question="?", options=["yes", "no"], secret=True, preset="HOI_NGHI",
             voters=[opened.people["em"], opened.people["an"]])  # fmt: skip
    ballot = mai.read_view()["ballots"]["order"][0]
    an.does("open_ballot", ballot=ballot, despite=True)
    body = {"id": "same", "ballot": ballot, "choice": "yes"}
    first, again = em.send("cast_vote", **body), em.send("cast_vote", **body)
    assert first.json()["receipt"]
    assert again.json() == first.json()
    opened.kill()
    opened.start()
    after = opened.person("em").send("cast_vote", **body)  # in the file it would lead from the voter to the box
    assert after.json() == {"seq": first.json()["seq"]}


def test_the_votes_survive_a_kill_before_the_close(voted):
    room, ballot, _, _ = voted
    room.kill()
    room.start()
    room.person("an").does("close_ballot", ballot=ballot)
    assert room.person("mai").read_view()["ballots"]["items"][ballot]["counts"] == {"yes": 3, "no": 1, "other": 1}


def test_nothing_left_behind_joins_a_voter_to_a_choice(voted):
    room, ballot, _, tmp_path = voted
    room.person("an").does("close_ballot", ballot=ballot)
    room.person("an").does("publish_result", ballot=ballot)
    live_copy = tmp_path / "live"
    shutil.copytree(room.data, live_copy)  # with the write-ahead log as it is now
    room.stop()
    archive = tmp_path / "backup.tar"
    from meetingroom.config import Settings
    from meetingroom.ops.backup import make_backup, unpack

    make_backup(Settings(data=room.data), archive)
    (tmp_path / "backup").mkdir()
    unpack(archive, tmp_path / "backup")
    places = [room.data, live_copy, tmp_path / "copied-while-open", tmp_path / "backup", tmp_path]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert any(path.name.endswith(".db") for path in files)

    # The key that could open a box is gone, here and in every copy; the empty folder may stay.
    assert not [path for path in files if path.suffix == ".key" and path.parent.name == "seals"]
    # The words of the one "other opinion" and a sealed choice's JSON are nowhere but in the closing fact.
    choice = json.dumps({"choices": ["other"]})[:-1]
    for path in files:
        content = path.read_bytes()
        assert choice.encode() not in content, path
        if "copied-while-open" in path.parts:
            assert WORDS.encode() not in content, path
    for path in (path for path in files if path.name == "meetingroom.db"):
        holds_no_join(path, ballot, {room.people[name] for name in CHOICES})


def holds_no_join(path, ballot: str, voters: set[str]) -> None:
    """No row of any table of this database names a voter of the ballot together with an option."""
    db = sqlite3.connect(path)
    tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
    assert {"events", "answers", "sealed_votes"} <= set(tables)
    for table in tables:
        for row in db.execute(f"select * from {table}"):
            text = json.dumps([cell for cell in row if isinstance(cell, str)])
            if ballot in text and any(voter in text for voter in voters) and not ABOUT_ALL & set(row):
                assert not any(f'"{option}"' in text.replace("\\", "") for option in ("yes", "no", "other")), row
    if "copied-while-open" not in path.parts:
        assert db.execute("select count(*) from sealed_votes").fetchone() == (0,)
        assert db.execute("select count(*) from seals").fetchone() == (0,)
    db.close()


def test_without_its_key_a_restored_box_is_not_counted_and_the_ballot_is_annulled(voted):
    room, ballot, _, _ = voted
    room.stop()
    for key in (room.data / "seals").glob("*.key"):
        key.unlink()
    room.start()
    an = room.person("an")
    assert an.refused("close_ballot", ballot=ballot) == "sealed_box_incomplete"
    an.does("annul_ballot", ballot=ballot, reason="Khôi phục từ bản sao lưu")

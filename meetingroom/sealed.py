"""The sealed boxes of secret ballots. This file does the I/O of `meeting/ballots.py`'s `Sealed`.

It is registered in the log, which knows nothing of ballots: a program that handles commands imports this module
(`commands/server_fields.py` does), and a log without it refuses a secret vote.

When a secret ballot opens, a key pair is made. The public half is in the database; the secret half is a file beside
it (`seals/`), which no backup holds. A choice is encrypted to the public half (libsodium's sealed box: a fresh key per
vote, so equal choices look different) and kept under a random token that the voter gets as a receipt. At the close the
choices are decrypted, counted and deleted, and the secret half is overwritten and deleted after the commit. From then
on whatever is left of a box anywhere (free pages, the write-ahead log, an older backup) cannot be read by anybody.
"""

import contextlib
import json
import os
import re
import secrets
from collections import Counter
from pathlib import Path

from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlite_utils import Database

from meetingroom import log
from meetingroom.database import Pool
from meetingroom.meeting.ballot_count import BallotClosed
from meetingroom.meeting.ballot_results import BallotAnnulled
from meetingroom.meeting.ballots import BallotOpened
from meetingroom.meeting.kernel import Sealed
from meetingroom.meeting.state import MeetingState

# Receipts given lately, for a voter whose answer got lost on the way and who asks again. In memory only: in the file it
# would join the voter to the box.
_receipts: dict[tuple[str, str, str], str] = {}
RECEIPTS_KEPT = 5000
BALLOT = re.compile(r"[\w-]{1,80}", re.ASCII)

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
PADDED = 4096  # every choice is as long as any other, so that its length tells nothing


@log.keeps(Sealed)
def put_in_box(db: Database, pool: Pool, command: tuple[str, str], state: MeetingState, choice: Sealed) -> log.Kept:
    """A choice goes into the box; whoever gives the command again gets the same receipt."""
    receipt = put_vote(db, choice.ballot, choice.choice)
    return log.Kept(receipt, lambda: keep_receipt(pool, command, receipt))


@log.keeps(BallotOpened)
def box_for_ballot(db: Database, pool: Pool, command: tuple[str, str], state: MeetingState, fact) -> log.Kept:
    if state.ballots.ballots[fact.ballot].secret:
        open_box(db, folder(pool.path), fact.ballot)
    return log.Kept()


@log.keeps(BallotClosed, BallotAnnulled)
def box_is_over(db: Database, pool: Pool, command: tuple[str, str], state: MeetingState, fact) -> log.Kept:
    if not state.ballots.ballots[fact.ballot].secret:
        return log.Kept()
    empty_box(db, fact.ballot)
    return log.Kept(after_commit=lambda: shred_file(folder(pool.path), fact.ballot))


def folder(database: Path) -> Path:
    return database.parent / "seals"


def key_file(seals: Path, ballot: str) -> Path:
    """Where the secret half of a ballot's key lies. ValueError for what cannot be a ballot's id."""
    if not BALLOT.fullmatch(ballot):
        raise ValueError(ballot)
    return seals / f"{ballot}.key"


def keep_receipt(pool: Pool, command: tuple[str, str], receipt: str) -> None:
    _receipts[pool.file, *command] = receipt
    while len(_receipts) > RECEIPTS_KEPT:
        _receipts.pop(next(iter(_receipts)))


@log.gives_receipts
def receipt_of(pool: Pool, command: tuple[str, str]) -> str:
    """The receipt this command was answered with, if this process gave it not long ago; else ""."""
    return _receipts.get((pool.file, *command), "")


def open_box(db: Database, seals: Path, ballot: str) -> None:
    """A key pair for a ballot that opens. The secret half is on the disk before the fact is committed."""
    seals.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = PrivateKey.generate()
    with open(key_file(seals, ballot), "wb", opener=make_private) as file:
        file.write(bytes(key))
        file.flush()
        os.fsync(file.fileno())
    db.conn.execute("insert or replace into seals (ballot, public) values (?, ?)", (ballot, bytes(key.public_key)))


def put_vote(db: Database, ballot: str, choice: str) -> str:
    """A choice goes into the box; the receipt, which proves that it is there and not what it is."""
    (public,) = db.conn.execute("select public from seals where ballot = ?", (ballot,)).fetchone()
    receipt = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    length = -(-(len(choice.encode()) + 1) // PADDED) * PADDED
    box = SealedBox(PublicKey(public)).encrypt(choice.encode().ljust(length, b" "))
    db.conn.execute("insert into sealed_votes (ballot, token, box) values (?, ?, ?)", (ballot, receipt, box))
    return receipt


def count_votes(db: Database, seals: Path, ballot: str) -> tuple[dict[str, int], tuple[str, ...], tuple[str, ...]]:
    """(votes per option, texts, receipts) of what is in the box, each sorted: no order of arrival survives.

    Without the key (a restored backup) nothing can be read, and nothing is counted.
    """
    if not BALLOT.fullmatch(ballot):  # whoever wishes to close it may have sent anything
        return {}, (), ()
    rows = db.conn.execute("select token, box from sealed_votes where ballot = ? order by token", (ballot,)).fetchall()
    path = key_file(seals, ballot)
    if not path.exists():
        return {}, (), ()
    box = SealedBox(PrivateKey(path.read_bytes()))
    choices = [json.loads(box.decrypt(row["box"])) for row in rows]
    votes = Counter(key for choice in choices for key in choice["choices"])
    texts = sorted(choice["text"] for choice in choices if choice["text"])
    return dict(sorted(votes.items())), tuple(texts), tuple(row["token"] for row in rows)


def empty_box(db: Database, ballot: str) -> None:
    """The box is cleared, in the same transaction as the fact that it was counted (or annulled)."""
    db.conn.execute("delete from sealed_votes where ballot = ?", (ballot,))
    db.conn.execute("delete from seals where ballot = ?", (ballot,))


def shred_file(seals: Path, ballot: str) -> None:
    """The secret half is overwritten and deleted. After the commit: a crash before it is made up for by `sweep`."""
    path = key_file(seals, ballot)
    with contextlib.suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def sweep(db: Database, seals: Path) -> None:
    """At the start: keys whose ballot is over (or never opened) are shredded."""
    open_boxes = {row[0] for row in db.conn.execute("select ballot from seals")}
    for path in seals.glob("*.key"):
        if path.stem not in open_boxes and BALLOT.fullmatch(path.stem):
            shred_file(seals, path.stem)


def make_private(path, flags):
    return os.open(path, flags, 0o600)

"""Rows of signing: trust, whose certificate is whose, pictures, verdicts, one-time addresses, wrong PINs. SQL."""

import hashlib
import json
import secrets
from dataclasses import dataclass

from sqlite_utils import Database

from meetingroom import clock
from meetingroom.database import fetch_all, fetch_one
from meetingroom.signing.trust import CRL, INTERMEDIATE, ROOT, Described, Trust

PERSON, AGENCY = "person", "agency"
TOKEN_LIFE = 600_000  # ms
TOKENS_KEPT = 86_400_000  # ms: what came of it is asked for a while after


@dataclass(frozen=True)
class Signer:
    """A certificate by its serial number, and whose it is: a person's own, or the agency's seal in their hand."""

    serial: str
    person: str
    role: str
    name: str
    since: int


# Trust


def read_trust(db: Database) -> Trust:
    rows = fetch_all(db, "select kind, der from trust where confirmed = 1 order by sha")
    by_kind = {kind: tuple(row["der"] for row in rows if row["kind"] == kind) for kind in (ROOT, INTERMEDIATE, CRL)}
    return Trust(by_kind[ROOT], by_kind[INTERMEDIATE], by_kind[CRL])


def list_trust(db: Database) -> list[dict]:
    return fetch_all(
        db,
        "select sha, kind, name, issuer, serial, since, until, at, by, confirmed from trust"
        " order by confirmed, kind = 'crl', kind = 'intermediate', name, since",
    )


def propose_trust(db: Database, found: Described, by: str) -> None:
    """Counts for nothing until it is confirmed. Proposed again: as it stands."""
    db.conn.execute(
        "insert or ignore into trust (sha, kind, der, name, issuer, serial, since, until, at, by, confirmed)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (found.sha, found.kind, found.der, found.name, found.issuer, found.serial, found.since, found.until,
         clock.now(), by),
    )  # fmt: skip


def confirm_trust(db: Database, sha: str, by: str) -> bool:
    """A list takes the place of the older ones of its authority."""
    row = fetch_one(db, "select * from trust where sha = ?", (sha,))
    if not row:
        return False
    db.conn.execute("update trust set confirmed = 1, at = ?, by = ? where sha = ?", (clock.now(), by, sha))
    if row["kind"] == CRL:
        older = (CRL, row["name"], row["since"], sha)
        db.conn.execute("delete from trust where kind = ? and name = ? and since <= ? and sha <> ?", older)
    return True


def remove_trust(db: Database, sha: str) -> dict | None:
    row = fetch_one(db, "select kind, name from trust where sha = ?", (sha,))
    db.conn.execute("delete from trust where sha = ?", (sha,))
    return row


# Signers


def list_signers(db: Database) -> list[dict]:
    return fetch_all(
        db,
        "select s.serial, s.person, s.role, s.name, s.since, coalesce(u.name, '') as owner,"
        " exists (select 1 from signing_pictures p where p.serial = s.serial) as picture"
        " from signers s left join users u on u.id = s.person order by s.role, owner, s.since",
    )


def find_signers(db: Database) -> dict[str, Signer]:
    rows = fetch_all(db, "select serial, person, role, name, since from signers")
    return {row["serial"]: Signer(**row) for row in rows}


def save_signer(db: Database, serial: str, person: str, role: str, name: str, by: str) -> None:
    db.conn.execute(
        "insert or replace into signers (serial, person, role, name, since, by) values (?, ?, ?, ?, ?, ?)",
        (serial, person, role, name, clock.now(), by),
    )


def remove_signer(db: Database, serial: str) -> None:
    """With the picture, which nothing else may print."""
    db.conn.execute("delete from signing_pictures where serial = ?", (serial,))
    db.conn.execute("delete from signers where serial = ?", (serial,))


# Pictures: boxes, which `pictures` opens


def find_picture(db: Database, serial: str) -> bytes | None:
    row = fetch_one(db, "select box from signing_pictures where serial = ?", (serial,))
    return row["box"] if row else None


def save_picture(db: Database, serial: str, box: bytes, by: str) -> None:
    db.conn.execute(
        "insert or replace into signing_pictures (serial, box, at, by) values (?, ?, ?, ?)",
        (serial, box, clock.now(), by),
    )


def remove_picture(db: Database, serial: str) -> None:
    db.conn.execute("delete from signing_pictures where serial = ?", (serial,))


# Signed files


def meeting_of(db: Database, document: str) -> str:
    """The meeting whose document it is; "" if there is none."""
    row = fetch_one(db, "select meeting from made_files where document = ? limit 1", (document,))
    return row["meeting"] if row else ""


def owner_of_file(db: Database, sha: str) -> tuple[str, str]:
    """(document, meeting) of a file of ours; ("", "") if it is none."""
    row = fetch_one(
        db, "select document, meeting from made_files where sha = ? and document not like 'new-%' limit 1", (sha,)
    )
    return (row["document"], row["meeting"]) if row else ("", "")


def note_signed(db: Database, document: str, sha: str, verdict: dict, warnings: list, reason: str, by: str) -> None:
    db.conn.execute(
        "insert or ignore into signed_files (document, sha, verdict, warnings, reason, at, by)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        (document, sha, json.dumps(verdict), json.dumps(warnings), reason, clock.now(), by),
    )


def find_signed(db: Database, document: str, sha: str) -> dict | None:
    row = fetch_one(db, "select * from signed_files where document = ? and sha = ?", (document, sha))
    return {**row, "verdict": json.loads(row["verdict"]), "warnings": json.loads(row["warnings"])} if row else None


# One-time addresses


def make_token(db: Database, document: str, person: str, field: str, sha: str) -> str:
    """The secret of an address; only its hash is kept."""
    now = clock.now()
    db.conn.execute("delete from sign_tokens where until < ?", (now - TOKENS_KEPT,))
    secret = secrets.token_urlsafe(32)
    db.conn.execute(
        "insert into sign_tokens (hash, document, person, field, sha, until) values (?, ?, ?, ?, ?, ?)",
        (hash_of(secret), document, person, field, sha, now + TOKEN_LIFE),
    )
    return secret


def open_token(db: Database, secret: str, step: str) -> dict | None:
    """The row of an address whose step (`fetched` or `done`) was not taken yet; None otherwise."""
    found = fetch_one(db, "select * from sign_tokens where hash = ? and until > ?", (hash_of(secret), clock.now()))
    if not found or found[step] or (step == "done" and not found["fetched"]):
        return None
    return found


def use_token(db: Database, secret: str, step: str) -> dict | None:
    """The same, and the step is taken now."""
    if not (found := open_token(db, secret, step)):
        return None
    column = {"fetched": "fetched", "done": "done"}[step]
    db.conn.execute(f"update sign_tokens set {column} = ? where hash = ?", (clock.now(), found["hash"]))  # noqa: S608
    return found


def record_outcome(db: Database, hash_: str, outcome: dict) -> None:
    db.conn.execute("update sign_tokens set told = ? where hash = ?", (json.dumps(outcome), hash_))


def find_token(db: Database, secret: str, person: str) -> dict | None:
    return fetch_one(db, "select * from sign_tokens where hash = ? and person = ?", (hash_of(secret), person))


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# Wrong PINs


def failed_tries(db: Database, token: str) -> int:
    row = fetch_one(db, "select failed from token_tries where token = ?", (token,))
    return row["failed"] if row else 0


def count_try(db: Database, token: str) -> None:
    """Before the token is asked: a crash in between is no free try."""
    db.conn.execute(
        "insert into token_tries (token, failed, at) values (?, 1, ?)"
        " on conflict (token) do update set failed = failed + 1, at = excluded.at",
        (token, clock.now()),
    )


def take_try_back(db: Database, token: str) -> None:
    """It did not come to the PIN."""
    db.conn.execute("update token_tries set failed = max(0, failed - 1) where token = ?", (token,))


def forget_tries(db: Database, token: str) -> None:
    db.conn.execute("delete from token_tries where token = ?", (token,))

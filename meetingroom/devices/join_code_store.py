"""Join codes in SQLite: what stands on a nameplate and signs its owner in to one meeting.

A code is kept as its SHA-256 only, so printing the nameplates again makes new codes; those printed before stay good
until they are revoked, or the meeting has been over for twelve hours.
"""

import secrets

from meetingroom import clock
from meetingroom.auth import account_store, sessions
from meetingroom.database import fetch_all, fetch_one
from meetingroom.spelling import decompose

HOUR = 3_600_000
AFTER = 12 * HOUR  # how long after the end of its meeting a code still opens
# No vowels, no w and d, which Vietnamese typing turns into marked letters, and nothing easily taken for something else.
LETTERS = "CFGHJKLMNPQRTVX2346789"
GROUPS, LETTERS_IN_GROUP = 3, 3  # 40 bits

# Until when what was given out for a meeting is good. A meeting that runs longer than planned takes its codes along.
UNTIL = f"""case when meetings.status in ('live', 'adjourned') then max(coalesce(meetings.ends_at, 0), :now)
            else coalesce(nullif(meetings.ends_at, 0), meetings.starts_at) end + {AFTER}"""


def make_code(db, meeting: str, people: list[str]) -> dict[str, str]:
    """A fresh code for each person: {person: code}. Nothing else knows them."""
    at = clock.now()
    codes = {person: new_code() for person in people}
    until = f"select {UNTIL} as until from meetings where id = :id"  # noqa: S608
    ends = fetch_one(db, until, {"id": meeting, "now": at})
    db["invitations"].insert_all(
        {
            "id": account_store.hash_token(normalise_code(code)), "user": person, "kind": "join", "created_at": at,
            "expires_at": ends["until"] if ends else at + AFTER, "used_at": None, "meeting": meeting,
        }
        for person, code in codes.items()
    )  # fmt: skip
    return codes


def find_by_code(db, code: str) -> dict | None:
    """{id, user, name, username, role, meeting, until} of a code that is good now: of a member, of a meeting that is
    announced."""
    sql = f"""select * from (
                select invitations.id, invitations.user, users.name, users.username, members.role, invitations.meeting,
                {UNTIL} as until
                from invitations join users on users.id = invitations.user and users.active
                join members on members.meeting = invitations.meeting and members.person = invitations.user
                join meetings on meetings.id = invitations.meeting
                where invitations.id = :id and invitations.kind = 'join'
                and meetings.status not in ('draft', 'cancelled')
              ) where until > :now"""  # noqa: S608
    return fetch_one(db, sql, {"id": account_store.hash_token(normalise_code(code)), "now": clock.now()})


def mark_used(db, id: str) -> None:
    db.conn.execute("update invitations set used_at = ? where id = ?", [clock.now(), id])


def revoke_codes(db, meeting: str, person: str = "") -> tuple[int, list[str]]:
    """The codes of one person (or of everybody) open nothing from now on: how many, and the sessions that end.

    What came of them goes too: a PIN that was chosen by a card, a screen or shared tablet let in from its session.
    """
    which = "where kind = 'join' and meeting = ? and (? = '' or user = ?)"
    codes = [
        row["id"]
        for row in fetch_all(db, f"select id from invitations {which}", [meeting, person, person])  # noqa: S608
    ]
    db.conn.execute(f"delete from invitations {which}", [meeting, person, person])  # noqa: S608
    ended = [session for code in codes for session in sessions.end_by_origin(db, code)]
    for code in codes:
        db.conn.execute("update users set pin = '', pin_by = '' where pin_by = ?", [code])
    return len(codes), ended


def list_codes(db, meeting: str, person: str = "") -> list[str]:
    """The ids of the codes of one person (or of everybody) in a meeting."""
    which = "where kind = 'join' and meeting = ? and (? = '' or user = ?)"
    return [
        row["id"]
        for row in fetch_all(db, f"select id from invitations {which}", [meeting, person, person])  # noqa: S608
    ]


def count_by_person(db, meeting: str) -> dict[str, dict]:
    """Who has codes: {person: {cards, used}}; `used` is when a code was last opened, 0 if never."""
    sql = """select user, count(*) as cards, coalesce(max(used_at), 0) as used
             from invitations where kind = 'join' and meeting = ? group by user"""
    return {row["user"]: {"cards": row["cards"], "used": row["used"]} for row in fetch_all(db, sql, [meeting])}


def new_code() -> str:
    """`CFG-234-HJK`."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LETTERS_IN_GROUP)) for _ in range(GROUPS))


def normalise_code(typed: str) -> str:
    """A code as it is compared, however it was typed: `cfg 234 hjk` → `CFG234HJK`."""
    letters = decompose(typed[:60]).upper()
    return "".join(letter for letter in letters if letter in LETTERS)

"""Which devices have copies of recalled papers, and which have confirmed that they are gone. SQL.

Whoever prepares or chairs the meeting goes on reading; their devices are not asked.
"""

import json

from meetingroom import clock
from meetingroom.database import fetch_all

# The copies that are to go: of the papers of a recall, and of their earlier versions.
COPIES = (
    " from kept join (select id, meeting, recalled, document from papers where recalled <> '' union all"
    " select papers.id, papers.meeting, recalled, paper_versions.document from papers"
    " cross join paper_versions on paper_versions.paper = papers.id where recalled <> '') as gone"
    " on gone.document = kept.document"
    " where not exists (select 1 from members where members.meeting = gone.meeting and members.person = kept.person"
    " and members.role in ('chair', 'cochair', 'secretary', 'organiser'))"
)


def count_devices(db, documents: list[str], meeting: str) -> int:
    """How many devices that are not the staff's have one of these."""
    wanted = (
        "select count(distinct device) from kept where document in (select value from json_each(?)) and not exists"
        " (select 1 from members where members.meeting = ? and members.person = kept.person"
        " and members.role in ('chair', 'cochair', 'secretary', 'organiser'))"
    )
    return db.conn.execute(wanted, [json.dumps(documents), meeting]).fetchone()[0]


def list_due(db, device: str) -> list[dict]:
    """What this device is still to confirm: [{meeting, recall, document, pages}], with all pages of the document."""
    wanted = (
        "select gone.meeting, gone.recalled as recall, kept.document,"  # noqa: S608
        f" coalesce((select pages from documents where documents.id = kept.document), 0) as pages{COPIES}"
        " and kept.device = ? and not exists"
        " (select 1 from receipts where recall = gone.recalled and device = ? and failed = 0)"
        " group by gone.meeting, gone.recalled, kept.document"
    )
    return fetch_all(db, wanted, [device, device]) if device else []


def is_due(db, device: str) -> bool:
    """Asked with every page of the desk and the room: of most devices nothing was ever recalled."""
    return bool(device) and bool(list_due(db, device))


def has_copies(db, device: str, recall: str) -> bool:
    wanted = f"select 1{COPIES} and kept.device = ? and gone.recalled = ? limit 1"
    return bool(device) and db.conn.execute(wanted, [device, recall]).fetchone() is not None


def list_devices(db, recall: str) -> list[dict]:
    """Every device that had copies: {device, person, pages, signed_at, gone, failed}; 0 for what was not confirmed."""
    wanted = (
        "select kept.device, max(kept.person) as person, sum(kept.pages) as pages, coalesce(receipts.at, 0) as"
        f" signed_at, coalesce(receipts.pages, 0) as gone, coalesce(receipts.failed, 0) as failed{COPIES}"
    ).replace(" where not exists", " left join receipts on receipts.recall = gone.recalled and receipts.device ="
              " kept.device where not exists")  # fmt: skip
    return fetch_all(
        db, wanted + " and gone.recalled = ? group by kept.device order by signed_at, kept.device", [recall]
    )


def sign(db, *, recall: str, meeting: str, device: str, person: str, pages: int, failed: int) -> None:
    """A device that failed to delete something may confirm anew once it has done so."""
    db.conn.execute(
        "insert into receipts (recall, device, person, meeting, pages, failed, at) values (?, ?, ?, ?, ?, ?, ?)"
        " on conflict do update set pages = max(pages, excluded.pages), failed = excluded.failed, at = excluded.at"
        " where receipts.failed > excluded.failed",
        (recall, device, person, meeting, pages, failed, clock.now()),
    )


def counts(db, recall: str) -> dict[str, int]:
    """{asked, signed, failed}; a device that could not delete everything has not signed."""
    found = list_devices(db, recall)
    signed = [each for each in found if each["signed_at"]]
    failed = sum(each["failed"] > 0 for each in signed)
    return {"asked": len(found), "signed": len(signed) - failed, "failed": failed}


# Recalls whose count has changed and is still to be told: (file, meeting, recall).
_changed: set[tuple[str, str, str]] = set()


def mark_changed(pool, meeting: str, recall: str) -> None:
    _changed.add((pool.file, meeting, recall))


def take_changed(pool) -> list[tuple[str, str]]:
    mine = [each for each in _changed if each[0] == pool.file]
    _changed.difference_update(mine)
    return [(meeting, recall) for _, meeting, recall in mine]

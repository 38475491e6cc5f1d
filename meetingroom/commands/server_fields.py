"""What the server tells commands before they are decided: facts no client may make up.

Imported by whoever calls `log.handle` on behalf of people: the server, the worker, the demo.
"""

from dataclasses import asdict, replace
from pathlib import Path

from meetingroom import sealed
from meetingroom.auth import account_store as people
from meetingroom.documents import store as documents
from meetingroom.issuing import fields as fields  # tells the commands of issuing
from meetingroom.log import fills
from meetingroom.meeting.approval import ApproveMinutes
from meetingroom.meeting.ballot_count import CloseBallot
from meetingroom.meeting.conclusions import EditConclusion, RecordConclusion
from meetingroom.meeting.papers import AttachPaper
from meetingroom.meeting.people import Invite
from meetingroom.meeting.record import CheckpointNote
from meetingroom.minutes import approval, copies, note_store, rich
from meetingroom.minutes import notes as notes  # keeps the versions of texts
from meetingroom.minutes import review_fields as review_fields  # tells the commands of the review


@fills(Invite)
def invite(db, meeting: str, command: Invite) -> Invite:
    """The name, title and unit the directory has for an active person."""
    card = people.card_of(db, command.person)
    return replace(command, **{key: card[key] or "" for key in ("name", "title", "unit")}) if card else command


@fills(AttachPaper)
def attach_paper(db, meeting: str, command: AttachPaper) -> AttachPaper:
    """Title, pages and shape of a document of this meeting whose pages are all ready, and who may read it at first."""
    paper = documents.mark_ready(db, meeting, command.document)
    return replace(command, **paper) if paper else command


@fills(CloseBallot)
def close_ballot(db, meeting: str, command: CloseBallot) -> CloseBallot:
    """What is in the sealed box of a secret ballot (nothing in an open one's)."""
    (_, _, path), *_ = db.conn.execute("pragma database_list").fetchall()
    votes, texts, receipts = sealed.count_votes(db, sealed.folder(Path(path)), command.ballot)
    return replace(command, votes=votes, texts=texts, receipts=receipts)


@fills(CheckpointNote)
def checkpoint_note(db, meeting: str, command: CheckpointNote) -> CheckpointNote:
    """The text of the item as it has been saved."""
    head = note_store.head_of(db, meeting, command.item)
    if head is None:
        return command
    text = rich.plain(note_store.find_text(db, head.sha) or rich.EMPTY)
    return replace(command, text=text, window=head.window, rev=head.rev, sha=head.sha)


@fills(ApproveMinutes)
def approve_minutes(db, meeting: str, command: ApproveMinutes) -> ApproveMinutes:
    """The digest of the minutes as they stand, the letterhead in them, and what differs from the version before."""
    now = approval.read_minutes(db, meeting)
    minutes = now.minutes(approval.OFFICIAL)
    changed = copies.changed_since_version(db, meeting, minutes, approval.OFFICIAL) if command.version > 1 else ()
    return replace(
        command, current=approval.digest_of(minutes), agency=asdict(now.letterhead), changed=changed
    )  # fmt: skip


@fills(RecordConclusion)
@fills(EditConclusion)
def conclusion(db, meeting: str, command: RecordConclusion | EditConclusion):
    """The names of those units and of that person of the directory which the command says by their ids."""
    known = {}
    if command.person and (found := people.find_user(db, command.person)) and found["active"]:
        known = {found["id"]: found["name"], f"unit of {found['id']}": found["unit"] or ""}
    unit_of_person = known.get(f"unit of {command.person}", "")
    for key in filter(None, (command.lead_unit, unit_of_person, *(command.units or ()))):
        if (unit := people.unit(db, key)) and unit["active"]:
            known[key] = unit["name"]
    if unit_of_person not in known:
        known.pop(f"unit of {command.person}", None)
    return replace(command, directory=known)

"""What the server tells commands before they are decided: facts no client may make up.

Imported by whoever calls `log.handle` on behalf of people: the server, the worker, the demo.
"""

from dataclasses import asdict, replace
from pathlib import Path

from meetingroom import log, sealed
from meetingroom.archive import fields as archive_fields  # noqa: F401 (tells the commands of the archive)
from meetingroom.auth import account_store as people
from meetingroom.commands import case_fields as case_fields  # tells the commands of a case on the stage
from meetingroom.commands import media_fields as media_fields  # tells the commands of recordings and photos
from meetingroom.commands import report_fields as report_fields  # tells the commands of a case report
from meetingroom.comparing import store as comparing
from meetingroom.documents import store as documents
from meetingroom.issuing import fields as fields  # tells the commands of issuing
from meetingroom.log import fills
from meetingroom.meeting import conclusions
from meetingroom.meeting.agenda import StartItem
from meetingroom.meeting.approval import ApproveMinutes
from meetingroom.meeting.ballot_count import CloseBallot
from meetingroom.meeting.conclusions import EditConclusion, RecordConclusion
from meetingroom.meeting.lifecycle import CreateMeeting
from meetingroom.meeting.papers import AttachPaper
from meetingroom.meeting.people import Invite
from meetingroom.meeting.readers import SetReaders
from meetingroom.meeting.recall import CloseRecall, RecallPapers, RingRecall
from meetingroom.meeting.record import CheckpointNote
from meetingroom.meeting.series import AddFollowup, ChooseSeries, ItemCarried
from meetingroom.meeting.versions import ReplacePaper
from meetingroom.minutes import approval, copies, note_store, rich
from meetingroom.minutes import notes as notes  # keeps the versions of texts
from meetingroom.minutes import review_fields as review_fields  # tells the commands of the review
from meetingroom.printing.wording import words
from meetingroom.reading import receipts_store as receipts
from meetingroom.signing import stamp_command as stamp_command  # tells what is stamped
from meetingroom.tasks import series_store
from meetingroom.tasks.followup import followup_rows
from meetingroom.tasks.units import read_units


@fills(Invite)
def invite(db, meeting: str, command: Invite) -> Invite:
    """The name, title and unit the directory has for an active person."""
    card = people.card_of(db, command.person)
    return (
        replace(command, **{key: card[key] or "" for key in ("name", "title", "unit", "unit_id")}) if card else command
    )


@fills(AttachPaper)
def attach_paper(db, meeting: str, command: AttachPaper) -> AttachPaper:
    """Title, pages and shape of a document of this meeting whose pages are all ready, and who may read it at first."""
    paper = documents.mark_ready(db, meeting, command.document)
    if paper is None:
        return command
    # What lay loose and is attached by hand comes last.
    sent = paper["at"] if paper["item"] == command.item else 0
    known = {key: paper[key] for key in ("title", "pages", "shape", "readers", "t", "held")}
    return replace(command, **known, sent=sent)


@fills(ReplacePaper)
def replace_paper(db, meeting: str, command: ReplacePaper) -> ReplacePaper:
    """Pages and shape of a document of this meeting, and what it has in common with what the paper is now."""
    row = documents.find_document(db, command.document)
    if row is None or row["meeting"] != meeting:
        return command
    command = replace(command, known=True)
    ready = documents.mark_ready(db, meeting, command.document)
    compared = comparing.compared_with(db, meeting, command.paper, command.document) if ready else None
    if not ready or not compared:
        return command
    return replace(command, **{key: ready[key] for key in ("pages", "shape", "t", "held", "held_page")}, **compared)


@fills(SetReaders)
def set_readers(db, meeting: str, command: SetReaders) -> SetReaders:
    """The units that it names, and all below them, by id with their names."""
    wanted = {each.removeprefix("unit:") for each in command.readers or () if each.startswith("unit:")}
    if not wanted:
        return command
    directory = read_units(db)
    found = {key for unit in wanted if unit in directory.units for key in directory.below(unit)}
    return replace(command, units={key: directory.name(key) for key in sorted(found)})


@fills(RecallPapers)
@fills(RingRecall)
def recall_papers(db, meeting: str, command):
    """How many devices have copies, of their earlier versions too."""
    copies = documents.list_versions(db, meeting, command.papers)
    return replace(command, asked=receipts.count_devices(db, copies, meeting))


@fills(CloseRecall)
def close_recall(db, meeting: str, command: CloseRecall) -> CloseRecall:
    """What the devices have confirmed until now."""
    return replace(command, counts=receipts.counts(db, command.recall))


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


@fills(StartItem)
def start_item(db, meeting: str, command: StartItem) -> StartItem:
    """The open tasks of the meetings of its series before this one, overdue on top, by unit."""
    return replace(command, rows=tuple(followup_rows(db, meeting)))


@fills(CreateMeeting)
def create_meeting(db, meeting: str, command: CreateMeeting) -> CreateMeeting:
    """Who may go on with the series that it names."""
    return replace(command, users=series_store.users_of(db, command.series)) if command.series else command


@fills(ChooseSeries)
def choose_series(db, meeting: str, command: ChooseSeries) -> ChooseSeries:
    """Who may go on with the series that it names, and what went from the meeting to its series or came from there."""
    users = series_store.users_of(db, command.series) if command.series else ()
    return replace(command, users=users, carried=series_store.count_carried(db, meeting))


@fills(AddFollowup)
def add_followup(db, meeting: str, command: AddFollowup) -> AddFollowup:
    """An agenda is in the agency's language."""
    _ = words(approval.OFFICIAL)
    return replace(command, titles=(_("Approval of the minutes of the last meeting"), _("What became of conclusions")))


@log.keeps(ItemCarried)
def carried(db, pool, command: tuple[str, str], state, fact: ItemCarried) -> log.Kept:
    """What was not reached waits in the series."""
    series_store.add_to_backlog(db, state.meeting.series, fact.title, fact.minutes, fact.presenters, meeting=command[0])
    return log.Kept()


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
    if command.person and known and command.lead_unit and command.lead_unit in read_units(db).read_by(command.person):
        known[conclusions.LEADS] = "yes"
    for key in filter(None, (command.lead_unit, unit_of_person, *(command.units or ()))):
        if (unit := people.unit(db, key)) and unit["active"]:
            known[key] = unit["name"]
    if unit_of_person not in known:
        known.pop(f"unit of {command.person}", None)
    return replace(command, directory=known)

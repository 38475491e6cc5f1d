"""Official documents: numbered from a register, made as files, signed, issued, replaced."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, decide, evolve, filled_by_server
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY, CLERK, SYSTEM
from meetingroom.meeting.state import Document, Issuing, MeetingState, Numbered, Reopened, Signature

MINUTES = "bien_ban"
# What goes out under a number of its own.
NUMBERED = frozenset({MINUTES, "thong_bao", "giay_moi", "ket_qua_phieu", "trich_sao", "nghi_quyet"})
MOST_NUMBERS, MOST_DOCUMENTS, MOST_SIGNATURES = 300, 500, 50
CLERKS = CHAIR_AND_SECRETARY | CLERK


@dataclass(frozen=True)
class MakeDocument(Command):
    """A document of this kind is made from the record as it stands, of an item or for a person where the kind is."""

    kind: str
    item: str = ""
    person: str = ""
    pdf: str = filled_by_server("")
    docx: str = filled_by_server("")
    may = CHAIR_AND_SECRETARY


@dataclass(frozen=True)
class DocumentMade(Event):
    """A document has been made: two files by their SHA-256. The same document again is its next version."""

    document: str
    kind: str
    version: int
    pdf: str
    docx: str
    item: str = ""
    person: str = ""


@dataclass(frozen=True)
class TakeNumber(Command):
    """The next number of a register for a document. Without a register: the agency's own for this kind of document.
    The document `bien_ban` is the minutes, which have their number before they are made as well as after."""

    document: str
    register: str = ""
    year: int = filled_by_server(0)
    number: int = filled_by_server(0)
    text: str = filled_by_server("")
    printed: bool = filled_by_server(True)
    may = CLERKS


@dataclass(frozen=True)
class NumberTaken(Event):
    """A document has this number of the register's year; `text` is how it is written. `printed`: in the file itself;
    otherwise room is left for it, and it is put there when the document is signed."""

    register: str
    year: int
    number: int
    text: str
    document: str
    printed: bool = True


@dataclass(frozen=True)
class VoidNumber(Command):
    """A number that was taken is used by no document; it is not given again. `number`: as it is written, or the
    number itself."""

    number: str | int
    reason: str
    may = CLERKS


@dataclass(frozen=True)
class NumberVoided(Event):
    """A number that was taken is used by no document, and why."""

    register: str
    year: int
    number: int
    text: str
    document: str
    reason: str


@dataclass(frozen=True)
class AddSignature(Command):
    """A signed file was checked by the program and holds one signature more. `at` in ms; `grade`: how far it is
    trusted; `over`: the file that was signed, if it is to be the last one still."""

    document: str
    file: str
    field: str
    signer: str
    serial: str
    at: int
    grade: str
    over: str = ""
    may = SYSTEM


@dataclass(frozen=True)
class SignatureAdded(Event):
    """A file (by its SHA-256) holds the document and one signature more."""

    document: str
    file: str
    field: str
    signer: str
    serial: str
    at: int
    grade: str


@dataclass(frozen=True)
class IssueDocument(Command):
    """The document goes out, as it was last signed, or unsigned where nobody signed it here. A number that was taken
    after it was made is put into its room before (today's day with it), unless somebody has."""

    document: str
    stamped: str = filled_by_server("")
    date: str = filled_by_server("")
    may = CLERKS


@dataclass(frozen=True)
class DocumentIssued(Event):
    """The document has gone out as this file, by its SHA-256."""

    document: str
    file: str


@dataclass(frozen=True)
class NumberStamped(Event):
    """This file (by its SHA-256) is the document with number and day in it. `number` is "" where it was printed."""

    document: str
    file: str
    number: str
    date: str


@dataclass(frozen=True)
class ReplaceDocument(Command):
    """An issued document was wrong: another one of its kind takes its place."""

    document: str
    by: str
    reason: str
    may = CLERKS


@dataclass(frozen=True)
class DocumentReplaced(Event):
    """Another document has taken the place of an issued one."""

    document: str
    by: str
    reason: str


@decide.register
def make_document(command: MakeDocument, state: MeetingState, actor: Actor):
    check_issuable(state)
    if command.item:
        checks.item(state, command.item)
    if command.person:
        checks.person(state, command.person)
    if not (command.pdf and command.docx) or command.kind == MINUTES:
        raise Refused("no_such_kind", field="kind")
    found = find_same(command, state)
    if not found and len(state.issuing.documents) >= MOST_DOCUMENTS:
        raise Refused("too_many", field="documents", limit=MOST_DOCUMENTS)
    version = state.issuing.documents[found].version + 1 if found else 1
    document = found or actor.new_id("document")
    return [
        DocumentMade(document, command.kind, version, command.pdf, command.docx, command.item, command.person)
    ]  # fmt: skip


def find_same(command: MakeDocument, state: MeetingState) -> str:
    """The document that was made of the same, unless it has gone out: then another one is made."""
    wanted = (command.kind, command.item, command.person)
    documents = state.issuing.documents.items()
    return next((key for key, d in documents if (d.kind, d.item, d.person) == wanted and not d.issued), "")


@evolve.register
def document_made(event: DocumentMade, state: MeetingState):
    made = Document(
        event.kind, event.version, event.pdf, event.docx, state.at, state.by, event.item, event.person
    )  # fmt: skip
    return with_documents(state, {event.document: made})


@decide.register
def take_number(command: TakeNumber, state: MeetingState, actor: Actor):
    check_issuable(state)
    document = numbered_document(state, command.document)
    if taken_for(state, document) or (state.record.approved and number_of(state, document)):
        raise Refused("number_taken", number=number_of(state, document))
    if len(state.issuing.numbers) >= MOST_NUMBERS:
        raise Refused("too_many", field="numbers", limit=MOST_NUMBERS)
    if not command.number:
        raise Refused("no_such_register", field="register")
    # The final minutes are not made again for a number: it is put there when they are signed.
    printed = command.printed and not (document == minutes_document(state) and state.review.final)
    return [NumberTaken(command.register, command.year, command.number, command.text, document, printed)]


@evolve.register
def number_taken(event: NumberTaken, state: MeetingState):
    taken = Numbered(
        event.register, event.year, event.number, event.text, event.document, state.at, state.by, printed=event.printed
    )
    return replace(state, issuing=replace(state.issuing, numbers=(*state.issuing.numbers, taken)))


@decide.register
def void_number(command: VoidNumber, state: MeetingState, actor: Actor):
    checks.check_not_archived(state)
    found = [
        taken for taken in state.issuing.numbers if not taken.void and command.number in (taken.text, taken.number)
    ]
    if len(found) != 1:
        raise Refused("no_such_number")
    taken = found[0]
    if issued_under(state, taken.document):
        raise Refused("already_issued")
    made = state.issuing.documents.get(taken.document)
    if (taken.printed and is_in_file(state, taken)) or (made and made.stamped):
        raise Refused("number_printed")
    reason = checks.text(command.reason, 1000, field="reason")
    return [NumberVoided(taken.register, taken.year, taken.number, taken.text, taken.document, reason)]


@evolve.register
def number_voided(event: NumberVoided, state: MeetingState):
    key = (event.register, event.year, event.number)
    numbers = tuple(
        replace(taken, void=event.reason) if (taken.register, taken.year, taken.number) == key else taken
        for taken in state.issuing.numbers
    )
    return replace(state, issuing=replace(state.issuing, numbers=numbers))


@decide.register
def add_signature(command: AddSignature, state: MeetingState, actor: Actor):
    document = find_document(state, command.document)
    check_counts(state, command.document)
    if any((s.file, s.field) == (command.file, command.field) for s in document.signatures):
        return []
    if len(document.signatures) >= MOST_SIGNATURES:
        raise Refused("too_many", field="signatures", limit=MOST_SIGNATURES)
    if command.over and current_file(document) not in (command.over, command.file):
        raise Refused("changed_meanwhile")
    fields = {name: value for name, value in vars(command).items() if name != "over"}
    return [SignatureAdded(**fields)]


@evolve.register
def signature_added(event: SignatureAdded, state: MeetingState):
    if not (document := state.issuing.documents.get(event.document)):
        return state
    added = Signature(event.file, event.field, event.signer, event.serial, event.at, event.grade)
    return with_documents(state, {event.document: replace(document, signatures=(*document.signatures, added))})


@decide.register
def issue_document(command: IssueDocument, state: MeetingState, actor: Actor):
    check_issuable(state)
    key = document_key(state, command.document)
    document = find_document(state, key)
    if document.issued:
        raise Refused("already_issued")
    if document.kind == MINUTES and not state.review.final:
        raise Refused("minutes_not_final")
    if document.kind in NUMBERED and not number_of(state, key):
        raise Refused("number_needed")
    if (taken := taken_for(state, key)) and taken.printed and not is_in_file(state, taken):
        raise Refused("number_not_in_file")
    stamped: list[Event] = []
    if command.stamped:
        text = taken.text if taken and not taken.printed else ""
        stamped.append(NumberStamped(key, command.stamped, text, command.date))
    elif taken and not taken.printed and not is_in_file(state, taken):
        raise Refused("number_not_stamped")
    issued = [*stamped, DocumentIssued(key, command.stamped or current_file(document))]
    if (before := being_replaced(state)) and key == minutes_document(state):
        issued.append(DocumentReplaced(before.document, key, before.reason))
    return issued


@evolve.register
def document_issued(event: DocumentIssued, state: MeetingState):
    if not (document := state.issuing.documents.get(event.document)):
        return state
    return with_documents(state, {event.document: replace(document, issued=event.file, issued_at=state.at)})


@decide.register
def replace_document(command: ReplaceDocument, state: MeetingState, actor: Actor):
    check_issuable(state)
    old, new = document_key(state, command.document), document_key(state, command.by)
    document, by = find_document(state, old), find_document(state, new)
    if not document.issued or document.replaced_by:
        raise Refused("not_issued")
    if new == old or by.kind != document.kind or by.replaced_by:
        raise Refused("not_a_choice", field="by")
    return [DocumentReplaced(old, new, checks.text(command.reason, 1000, field="reason"))]


@evolve.register
def document_replaced(event: DocumentReplaced, state: MeetingState):
    if not (document := state.issuing.documents.get(event.document)):
        return state
    return with_documents(state, {event.document: replace(document, replaced_by=event.by, reason=event.reason)})


def check_issuable(state: MeetingState) -> None:
    """The meeting has a record here, which is not sealed."""
    checks.check_not_archived(state)
    checks.check_not_secret(state)


def first_minutes(meeting: str) -> str:
    """The id of the minutes as a document, from the first day of the meeting on."""
    return f"bb-{meeting}"


def minutes_document(state: MeetingState) -> str:
    """The id of the minutes that are written, or were last: issued ones may be written anew, as another document."""
    return state.issuing.minutes or first_minutes(state.id)


def being_replaced(state: MeetingState) -> Reopened | None:
    """The issued minutes that count until the new ones, which are being written, are issued."""
    before = state.issuing.reopened
    old = state.issuing.documents.get(before.document) if before else None
    return before if old and not old.replaced_by else None


def check_counts(state: MeetingState, key: str) -> None:
    """The document is the last of its kind: it is signed."""
    document = find_document(state, key)
    written = document.kind == MINUTES and (key != minutes_document(state) or not state.review.final)
    if document.replaced_by or written:
        raise Refused("document_replaced")


def document_key(state: MeetingState, document: str) -> str:
    return minutes_document(state) if document == MINUTES else document


def find_document(state: MeetingState, key: str) -> Document:
    if key not in state.issuing.documents:
        raise Refused("no_such_document")
    return state.issuing.documents[key]


def numbered_document(state: MeetingState, document: str) -> str:
    """The id of a document that can have a number now."""
    key = document_key(state, document)
    if key == minutes_document(state):
        if state.meeting.status != "closed":
            raise Refused("minutes_too_early")
        if issued_under(state, key):
            raise Refused("already_issued")
        return key
    if find_document(state, key).issued:
        raise Refused("already_issued")
    return key


def number_of(state: MeetingState, document: str) -> str:
    """Under which number a document stands, as it is written; of the minutes also one that was entered by hand."""
    taken = taken_for(state, document)
    if taken:
        return taken.text
    made = state.issuing.documents.get(document)
    if made and made.number:
        return made.number
    return state.record.fields.get("number", "") if document == minutes_document(state) else ""


def taken_for(state: MeetingState, document: str) -> Numbered | None:
    """The number that a document has from a register."""
    return next((taken for taken in state.issuing.numbers if taken.document == document and not taken.void), None)


def is_in_file(state: MeetingState, taken: Numbered) -> bool:
    """Whether a file that counts says this number: it was printed, stamped, or put there by who signed after it was
    taken, whose program may do so."""
    made = state.issuing.documents.get(taken.document)
    if not taken.printed:
        return bool(made and (made.stamped or any(each.at >= taken.at for each in made.signatures)))
    if taken.document == minutes_document(state):
        return bool(state.review.final)
    return bool(made and made.at >= taken.at)


def current_file(document: Document) -> str:
    """The file that counts by now: as it was signed or stamped last, or made."""
    if document.stamped and document.stamped_over >= len(document.signatures):
        return document.stamped
    return document.signatures[-1].file if document.signatures else document.pdf


def issued_under(state: MeetingState, document: str) -> bool:
    found = state.issuing.documents.get(document)
    return bool(found and found.issued)


def is_issued(state: MeetingState) -> bool:
    """Whether the minutes have gone out: after that they are replaced, not mended."""
    return issued_under(state, minutes_document(state))


def with_documents(state: MeetingState, changed: dict[str, Document]) -> MeetingState:
    issuing: Issuing = replace(state.issuing, documents={**state.issuing.documents, **changed})
    return replace(state, issuing=issuing)

"""What the server tells the commands of issuing: the next number, within the command's own transaction; files."""

from dataclasses import replace

from meetingroom import clock, log
from meetingroom.auth import account_store as people
from meetingroom.documents import made_file_store as made_files
from meetingroom.issuing import making, patterns, register_store
from meetingroom.log import fills
from meetingroom.meeting.issuing import MINUTES, DocumentMade, MakeDocument, TakeNumber
from meetingroom.printing.letterhead import letterhead


@fills(TakeNumber)
def take_number(db, meeting: str, command: TakeNumber) -> TakeNumber:
    """The next number of the register's year, which begins at the agency's midnight."""
    register = find_register(db, meeting, command)
    if register is None or register.closed:
        return command
    year = clock.local(clock.now()).year
    number = register_store.next_number(db, register.id, year)
    return replace(
        command,
        register=register.id,
        year=year,
        number=number,
        text=write_number(db, register, number),
        printed=register.mode == register_store.BEFORE,
    )


def find_register(db, meeting: str, command: TakeNumber) -> register_store.Register | None:
    if command.register:
        return register_store.find_register(db, command.register)
    return register_store.register_for(db, register_store.kind_of(db, meeting, command.document))


def write_number(db, register: register_store.Register, number: int) -> str:
    units = people.list_units(db)
    unit = next((unit for unit in units if unit["id"] == register.unit), None)
    return patterns.write(
        register.pattern,
        number,
        symbol=register.symbol,
        agency=patterns.abbreviation(letterhead(units).short),
        unit=patterns.abbreviation(unit["short"] or "") if unit else "",
    )


@fills(MakeDocument)
def make_document(db, meeting: str, command: MakeDocument) -> MakeDocument:
    """The files that were made for this very command."""
    if command.kind == MINUTES:
        return command
    source = making.source_of(command)
    pdf, docx = (made_files.latest(db, making.wanted(meeting), kind, source) for kind in ("pdf", "docx"))
    return replace(command, pdf=pdf, docx=docx)


@log.keeps(DocumentMade)
def keep_files(db, pool, command: tuple[str, str], state, fact: DocumentMade) -> log.Kept:
    """The files of a document are known under its id."""
    for sha, kind in ((fact.pdf, made_files.PDF), (fact.docx, made_files.DOCX)):
        if fact.kind != MINUTES and (found := made_files.find(db, making.wanted(state.id), sha)):
            made_files.note(db, sha, kind, fact.document, found.bytes, meeting=state.id, source=found.source)
    return log.Kept()

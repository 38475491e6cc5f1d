"""Whose signatures a document waits for: by its kind, by who counted the votes, by whom the unit has set."""

from meetingroom import clock
from meetingroom.meeting.state import Document, MeetingState
from meetingroom.people import layout_store
from meetingroom.signing import places
from meetingroom.web.context import context

# Which place of a document is whose, where nobody else is named.
OFFICES = {places.SECRETARY: "secretary", places.CHAIR: "chair"}


def places_of(state: MeetingState, document: Document) -> tuple[str, ...]:
    """Where a document is signed, in the order of signing."""
    if document.kind in places.ATTACHMENTS | places.BY_SECRETARY:
        return places.SECRETARY, places.AGENCY
    if document.kind in places.BY_TWO:
        return first_place(state, document), places.CHAIR, places.AGENCY
    return places.CHAIR, places.AGENCY


def first_place(state: MeetingState, document: Document) -> str:
    """Of two who sign, the one on the left: the tellers where votes were counted on paper, else the secretary."""
    return places.TELLER if document.kind == places.COUNT and tellers(state, document.item) else places.SECRETARY


def tellers(state: MeetingState, item: str) -> tuple[str, ...]:
    """Who counted on paper, in an item or in all of them: names as they were entered."""
    counted = [ballot for ballot in state.ballots.ballots.values() if not item or ballot.item == item]
    return tuple(dict.fromkeys(name for ballot in counted for name in ballot.tellers))


def owners(state: MeetingState, document: Document) -> dict[str, set[str]]:
    """Who signs in each place, as far as they belong to the meeting."""
    people = state.roll.people
    found = {
        place: {person for person, member in people.items() if member.role == office}
        for place, office in OFFICES.items()
    }
    if named := named_signer(state, document):
        found[places.CHAIR] = {person for person, member in people.items() if same(member.name, named)}
    known = tellers(state, document.item)
    found[places.TELLER] = {
        person for person, member in people.items() if any(same(member.name, name) for name in known)
    }
    return {place: found.get(place, set()) for place in places_of(state, document)}


def named_signer(state: MeetingState, document: Document) -> str:
    """Whom the unit has set for this kind (TL. VIỆN TRƯỞNG / CHÁNH VĂN PHÒNG …); "": the chair signs."""
    if document.kind in places.ATTACHMENTS | places.BY_SECRETARY | places.BY_TWO:
        return ""
    with context().pool.lend() as db:
        _letters, layout = layout_store.current_paper(db, state.meeting.closed_at or clock.now())
    return layout.names.get(document.kind, "") if layout.signers.get(document.kind) else ""


def same(one: str, two: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(two.casefold().split())

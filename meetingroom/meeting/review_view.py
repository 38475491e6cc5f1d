"""What the screens see of the way of the minutes: where they stand, who reads, what is issued. No words of comments."""

from meetingroom.meeting.issuing import MINUTES, being_replaced, minutes_document, number_of
from meetingroom.meeting.reopening import can_be_withdrawn
from meetingroom.meeting.review import open_round, standing, unanswered
from meetingroom.meeting.state import Document, Final, MeetingState, Numbered, Review, Round
from meetingroom.meeting.view import compact, slice_of_view


@slice_of_view("review", reads=("review", "issuing", "record", "meeting", "roll", "agenda", "ballots"))
def review(state: MeetingState, audience: str):
    """Staff: {standing, document, number?, rounds, comments: {all, unanswered, at}, submitted?, returned?, finals,
    acknowledged, numbers, documents, replacing?, replaced?}; members: {round?: {number, until}, final?, issued?,
    replacing?, replaced?}; screens: nothing. `replacing`: {document, number?, version, reason, at} of issued minutes
    that count until the new ones are issued; `replaced`: [{document, by, number?, by_number?, reason}] of those that
    count no more. For staff `replacing` has `by` and, while it can be taken back, `withdrawable`."""
    if audience == "screens" or state.meeting.status not in ("closed", "archived"):
        return {}
    now = open_round(state)
    if audience == "members":
        round_ = {"number": now.number, "until": now.until} if now else {}
        seen = compact(final=state.review.final, issued=standing(state) == "issued") | replacing_json(state)
        return seen | ({"round": round_} if now else {})
    known = replacing_json(state)
    if before := being_replaced(state):
        known["replacing"] |= {"by": before.by} | compact(withdrawable=can_be_withdrawn(state))
    return {
        "standing": standing(state),
        "document": minutes_document(state),
        **compact(number=number_of(state, minutes_document(state))),
        **known,
        "rounds": [round_json(each) for each in state.review.rounds],
        "comments": comments_json(state),
        **progress_json(state.review),
        "finals": {str(key): final_json(final) for key, final in state.review.finals.items()},
        "acknowledged": dict(state.review.acknowledged),
        "numbers": [number_json(taken) for taken in state.issuing.numbers],
        "documents": {key: document_json(each) for key, each in state.issuing.documents.items()},
    }


def replacing_json(state: MeetingState) -> dict:
    found: dict = {}
    if before := being_replaced(state):
        fields = {"document": before.document, "version": before.version, "reason": before.reason, "at": before.at}
        found["replacing"] = fields | compact(number=number_of(state, before.document))
    old = {key: each for key, each in state.issuing.documents.items() if each.kind == MINUTES and each.replaced_by}
    if old:
        found["replaced"] = [
            {"document": key, "by": each.replaced_by, "reason": each.reason}
            | compact(number=number_of(state, key), by_number=number_of(state, each.replaced_by))
            for key, each in old.items()
        ]
    return found


def round_json(each: Round) -> dict:
    """Readers as numbers: who did what is asked for by the page of the copy."""
    return {
        **{"number": each.number, "version": each.version, "until": each.until, "seq": each.seq},
        **{"sent_at": each.sent_at, "sent_by": each.sent_by},
        **{"readers": len(each.readers), "agreed": len(each.agreed), "silent": len(each.silent)},
        **compact(ended_at=each.ended_at),
    }


def comments_json(state: MeetingState) -> dict:
    comments = state.review.comments.values()
    last = max((max(each.at, each.answered_at) for each in comments), default=0)
    return {"all": len(comments), "unanswered": len(unanswered(state)), "at": last}


def progress_json(seen: Review) -> dict:
    found: dict = {}
    if now := seen.submitted:
        found["submitted"] = {"version": now.version, "digest": now.digest, "at": now.at, "by": now.by}
    if seen.returned:
        found["returned"] = vars(seen.returned).copy()
    return found | compact(final=seen.final)


def final_json(final: Final) -> dict:
    fields = {"pdf": final.pdf, "docx": final.docx, "at": final.at, "by": final.by}
    return fields | compact(unlocked=final.unlocked)


def number_json(taken: Numbered) -> dict:
    fields = {"register": taken.register, "year": taken.year, "number": taken.number, "text": taken.text}
    return fields | {"document": taken.document, "at": taken.at} | compact(void=taken.void, printed=taken.printed)


def document_json(document: Document) -> dict:
    return {
        **{"kind": document.kind, "version": document.version, "pdf": document.pdf, "docx": document.docx},
        **{"at": document.at, "by": document.by},
        **compact(item=document.item, person=document.person, issued=document.issued, issued_at=document.issued_at),
        **compact(stamped=document.stamped, dated=document.dated),
        **compact(replaced_by=document.replaced_by, reason=document.reason),
        "signatures": [vars(each).copy() for each in document.signatures],
    }

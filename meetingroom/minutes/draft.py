"""From the log to minutes: the facts and the state they led to, in the words of an office. Pure."""

from collections.abc import Iterator, Mapping

from meetingroom.meeting.issuing import minutes_document, number_of, taken_for
from meetingroom.meeting.kernel import Recorded
from meetingroom.meeting.state import Conclusion, MeetingState
from meetingroom.minutes import (
    case_pages,
    case_record,
    followup,
    model,
    narrative,
    narrative_exhibits,  # noqa: F401
    narrative_ink,  # noqa: F401
    narrative_media,  # noqa: F401
    narrative_pairs,  # noqa: F401
    narrative_people,  # noqa: F401  (registers its facts)
    narrative_recall,  # noqa: F401
    narrative_record,  # noqa: F401
    narrative_report,  # noqa: F401
    narrative_versions,  # noqa: F401
    parts,
    rank,
    rich,
    sentences,
)
from meetingroom.minutes.model import (
    Attendee,
    Ballot,
    Item,
    Line,
    Minutes,
    Passage,
    Person,
    Quorum,
    Replaces,
    Shown,
    Site,
)
from meetingroom.minutes.narrative import Chapter, Narrative, Opening, Showing
from meetingroom.minutes.results import is_reported, results
from meetingroom.minutes.rich import Doc, Live, Para
from meetingroom.printing import wording
from meetingroom.printing.letterhead import Letterhead
from meetingroom.printing.wording import Words, words

CONFERENCES = frozenset({"conference", "review_conf", "training"})
GENERAL = "general"
OVER = ("closed", "archived")


def draft(
    facts: list[Recorded],
    state: MeetingState,
    letterhead: Letterhead,
    language: str = "vi",
    texts: Mapping[str, Doc] | None = None,
) -> Minutes:
    """The minutes as far as the meeting has come. `letterhead` is what the agency's units say; the record's own
    fields come before it. `texts` by item are the secretary's; without them, as the log has them in plain letters. The
    same facts and texts give the same minutes."""
    _ = words(language)
    texts = plain_texts(state) if texts is None else texts
    narrated, fields, frame = narrative.build_narrative(facts), state.record.fields, state.meeting
    conference = frame.kind in CONFERENCES
    people = attendees(state, narrated)
    items = list(chapters(state, narrated, texts, language))
    before = sentences.lines(narrated.chapters[narrative.BEFORE], (), narrated, state, conference, _)
    return Minutes(
        letterhead=Letterhead(
            issuing=fields.get("organisation") or letterhead.issuing,
            parent=fields.get("parent") or letterhead.parent,
            number=printed_number(state, letterhead),
            short=letterhead.short,
            symbol=printed_symbol(state, letterhead),
        ),
        title=fields.get("title") or case_record.title(state, _) or frame.title,
        conference=conference,
        scheduled=frame.starts_at or None,
        started=frame.opened_at or None,
        ended=frame.closed_at or None,
        place=fields.get("place") or frame.place,
        sites=tuple(Site(s.name, s.short, s.main) for s in (state.sites.sites[key] for key in state.sites.order)),
        people=people,
        quorum=quorum(narrated),
        chair=first(state, "chair"),
        secretary=first(state, "secretary"),
        opening=paragraphs(fields.get("opening", "")),
        lines=unused(before, texts),
        placed=placed(before, texts),
        items=tuple(items),
        not_reached=list_not_reached(state, narrated, texts),
        conclusions=tuple(model_conclusion(state.record.conclusions[key], _) for key in state.record.order),
        closing=paragraphs(fields.get("closing", "")),
        recipients=recipients(fields.get("recipients", "") or case_record.recipients(state, _), _),
        draft=state.record.approved is None,
        written=narrated.last,
        replaces=replaced(state, _),
        sheet=case_record.sheet(state, _),
        sections=case_record.sections(state, narrated, _),
        direction=tuple(case_record.direction_words(state)),
        referred=case_pages.section(state, narrated, _),
    )


def replaced(state: MeetingState, _: Words) -> Replaces | None:
    """The issued minutes that these take the place of."""
    if (before := state.issuing.reopened) is None:
        return None
    titles = parts.titles(state, _)
    keys = state.record.approved.changed if state.record.approved else ()
    issued = state.issuing.documents[before.document].issued_at
    changed = tuple(titles.get(key, key) for key in keys)
    return Replaces(number_of(state, before.document), issued, before.reason, changed)


def printed_number(state: MeetingState, letterhead: Letterhead) -> str:
    """The number in the head: from a register, or as it was entered by hand; none where room is left for it."""
    if taken := taken_for(state, minutes_document(state)):
        return taken.text if taken.printed else ""
    return state.record.fields.get("number") or letterhead.number


def printed_symbol(state: MeetingState, letterhead: Letterhead) -> str:
    """What stands after the room for a number: as the register writes it, if that is known."""
    taken = taken_for(state, minutes_document(state))
    return (taken.text.partition("/")[2] if taken and not taken.printed else "") or letterhead.symbol


def attendees(state: MeetingState, narrated: Narrative) -> tuple[Attendee, ...]:
    """Everybody invited except those on duty at the machines, in the order of rank."""
    over, opened = state.meeting.status in OVER, state.meeting.opened_at
    arrived = narrated.arrived
    people = (
        Attendee(
            person.name,
            person.title,
            person.unit,
            role=person.role,
            site=state.sites.sites[person.site].name if person.site in state.sites.sites else "",
            state=presence(person, over),
            at=arrived.get(key),
            left_at=person.left_at or None,
            late=bool(opened and arrived.get(key, 0) > opened),
            reason=person.reason,
            substitute=substitute(person),
            spells=tuple(narrated.spells.get(key, ())),
        )
        for key in state.roll.order
        if (person := state.roll.people[key]).role != "technician"
    )
    return tuple(rank.order_by_rank(people))


def presence(person, over: bool) -> str:
    """Where somebody was: whose substitute the chair has accepted is excused, not absent without a word; who writes the
    minutes is there."""
    if person.presence != model.WAITING:
        return person.presence
    if person.consent == "given":
        return model.EXCUSED
    if over and person.role == "secretary":
        return model.ONSITE
    return model.ABSENT if over else model.WAITING


def quorum(narrated: Narrative) -> Quorum | None:
    """What the chair saw when opening; None if nobody's presence made a quorum."""
    entries = (entry for chapter in narrated.chapters.values() for entry in chapter.entries)
    opened = next((entry for entry in entries if isinstance(entry, Opening) and entry.members), None)
    return Quorum(opened.present, opened.members, opened.needed) if opened else None


def substitute(person) -> str:
    """Who came instead, once the chair has consented."""
    if person.consent != "given":
        return ""
    return ", ".join(part for part in (person.substitute, person.substitute_title) if part)


def first(state: MeetingState, role: str) -> Person | None:
    people = (state.roll.people[key] for key in state.roll.order)
    return next((Person(p.name, p.title, p.unit) for p in people if p.role == role), None)


def chapters(state: MeetingState, narrated: Narrative, texts: Mapping[str, Doc], language: str) -> Iterator[Item]:
    """The items as they were taken up, with their numbers of the programme, then those that have only a text; what
    belongs to none of them last."""
    _ = words(language)
    conference = state.meeting.kind in CONFERENCES
    begun = [key for key in narrated.chapters if key in state.agenda.items]
    left = (key for key in state.agenda.order if key not in begun)
    noted = [key for key in left if has_text(texts, key) or is_voted_on(state, key)]
    for key in (*begun, *noted):
        item, chapter = state.agenda.items[key], narrated.chapters.get(key, Chapter())
        ballots = results(state, key, narrated.annulled, language, _)
        lines = sentences.lines(chapter, item.presenters, narrated, state, conference, _)
        yield Item(
            key,
            item.title,
            tuple(Person(*narrated.names.get(name, (name,))) for name in item.presenters),
            chapter.started or None,
            chapter.ended or None,
            papers=list_shown(chapter, narrated, _),
            lines=unused(lines, texts),
            placed=placed(lines, texts),
            text=list_passages(texts, key, narrated, ballots),
            noted=narrated.noted.get(key, 0),
            ballots=ballots,
            number=state.agenda.order.index(key) + 1,
            followup=followup.lines(item, _),
        )
    loose = results(state, "", narrated.annulled, language, _)
    general = list_passages(texts, GENERAL, narrated, loose)
    if general or loose:
        yield Item(GENERAL, _("Other matters"), text=general, noted=narrated.noted.get(GENERAL, 0), ballots=loose)


def plain_texts(state: MeetingState) -> dict[str, Doc]:
    return {item: rich.from_plain(note.text) for item, note in state.record.notes.items()}


def has_text(texts: Mapping[str, Doc], key: str) -> bool:
    return any(not isinstance(block, Live) or block.kind != "hidden" for block in texts.get(key, rich.EMPTY).blocks)


def unused(lines: tuple[Line, ...], texts: Mapping[str, Doc]) -> tuple[Line, ...]:
    """Without those that the secretary has placed in a text, or leaves out."""
    used = frozenset().union(*(rich.used_facts(doc) for doc in texts.values()))
    return tuple(line for line in lines if line.seq not in used)


def placed(lines: tuple[Line, ...], texts: Mapping[str, Doc]) -> tuple[Line, ...]:
    left = unused(lines, texts)
    return tuple(line for line in lines if line not in left)


def list_passages(
    texts: Mapping[str, Doc], key: str, narrated: Narrative, ballots: tuple[Ballot, ...]
) -> tuple[Passage, ...]:
    """The secretary's text on an item. What was made from a fact stands at its time, and what follows after it; what
    is typed before the first of them stands where the text was begun."""
    opened = {ballot.id: ballot.opened or ballot.at for ballot in ballots}
    found, now = [], 0
    for block in texts.get(key, rich.EMPTY).blocks:
        at = narrated.times.get(block.since, 0) if isinstance(block, Para) else 0
        if isinstance(block, Live):
            at = opened.get(block.ref, 0) if block.kind == "ballot" else 0
        now = max(now, at)
        if not (isinstance(block, Live) and block.kind == "hidden"):
            found.append(Passage(block, now))
    return tuple(found)


def is_voted_on(state: MeetingState, key: str) -> bool:
    return any(ballot.item == key and is_reported(ballot, state) for ballot in state.ballots.ballots.values())


def paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def list_not_reached(state: MeetingState, narrated: Narrative, texts: Mapping[str, Doc]) -> tuple[str, ...]:
    """Told only when it is certain."""
    if state.meeting.status not in OVER:
        return ()
    left = (key for key in state.agenda.order if key not in narrated.chapters and not has_text(texts, key))
    return tuple(state.agenda.items[key].title for key in left)


def model_conclusion(conclusion: Conclusion, _: Words) -> model.Conclusion:
    named = {"week": _("within the week"), "regular": _("regularly")}
    due = named.get(conclusion.due) or wording.due_on(conclusion.due, _)
    lead = f"{conclusion.lead} ({conclusion.person_name})" if conclusion.person_name else conclusion.lead
    return model.Conclusion(conclusion.text, lead, conclusion.cooperating, due, conclusion.deliverable)


def recipients(text: str, _: Words) -> tuple[str, ...]:
    return paragraphs(text) or (_("The participants"), _("File: records, dossier"))


def list_shown(chapter: Chapter, narrated: Narrative, _: Words) -> tuple[Shown, ...]:
    """Every version of a paper of the chapter once, with all its pages that were seen."""
    pages: dict[str, set[int]] = {}
    for entry in chapter.entries:
        for document, seen in entry.pages.items() if isinstance(entry, Showing) else ():
            pages.setdefault(document, set()).update(seen)
    return sentences.shown(Showing(0, "", pages), narrated, _)

"""Ballots in the minutes: from the state at the end, and in words. Pure."""

from dataclasses import replace

from meetingroom.meeting import tally
from meetingroom.meeting.ballot_count import INVALID, may_show_numbers
from meetingroom.meeting.ballots import FEW
from meetingroom.meeting.state import Ballot as Held
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.tally import result_without_numbers
from meetingroom.minutes.model import Ballot, Quorum
from meetingroom.printing import wording
from meetingroom.printing.wording import Words, address


def is_reported(held: Held, state: MeetingState) -> bool:
    """Whether the minutes tell of a ballot: that it was taken, at the latest when the meeting is over."""
    over = state.meeting.status in ("closed", "archived")
    return held.state in ("published", "annulled") or (held.state == "closed" and (over or bool(held.kept_at)))


def results(state: MeetingState, item: str, annulled: dict[str, int], language: str, _: Words) -> tuple[Ballot, ...]:
    """The ballots on an item that the minutes tell of, in the order they were drafted; `item` "" for those on none.

    `annulled` is when a ballot was annulled (ms).
    """
    held = ((key, state.ballots.ballots[key]) for key in state.ballots.order)
    return tuple(
        replace(ballot_result(one, annulled.get(key, 0), state, language, _), id=key)
        for key, one in held
        if is_reported(one, state) and one.item == item
    )


def ballot_result(held: Held, annulled: int, state: MeetingState, language: str, _: Words) -> Ballot:
    if held.state == "closed" or not may_show_numbers(held.secret, held.returned):
        # What was not published, or is secret because so few voted, does not come into the minutes by another way.
        short = result_without_numbers(0, held.returned, FEW).sentence[language] if held.state == "published" else ""
        held = replace(held, counts={}, result={"sentence": {language: short}}, options=(), texts=(), votes={})
    names = {option.key: option.label or option_words(option.key, _) for option in held.options}
    verdict = held.result.get("verdict", "")
    return Ballot(
        annulled or held.closed_at or held.opened_at,
        held.question,
        tuple((name, held.counts.get(key, 0)) for key, name in names.items()),
        held.secret,
        held.issued if held.secret else len(held.roll),
        held.returned,
        held.counts.get(INVALID, 0),
        verdict if verdict in ("adopted", "rejected") else "",
        held.result.get("sentence", {}).get(language, ""),
        () if held.secret else list_voices(held, names, state, _),
        held.decision,
        held.tellers,
        held.reason if held.state == "annulled" else "",
        held.state == "closed",
        bool(held.kept_at),
        tuple(name_option(person, state, _) for person in held.recused),
        opened=held.opened_at if held.state != "annulled" else annulled or held.opened_at,
        below=below_quorum_of(held),
    )


def time_text(ballot: Ballot, _: Words) -> str:
    """`09 giờ 01 đến 09 giờ 05`; one time where both are the same minute."""
    start, end = (wording.time(ms, _) for ms in (ballot.opened or ballot.at, ballot.at))
    return end if start == end else _("%(start)s to %(end)s", start=start, end=end)


def below_quorum_of(held: Held) -> Quorum | None:
    if not held.below:
        return None
    members, there, needed = held.below
    return Quorum(there, members, needed)


def list_voices(held: Held, names: dict[str, str], state: MeetingState, _: Words) -> tuple[tuple[str, str], ...]:
    """Who chose what. Those in favour are named only where opinions are taken, not a decision by majority."""
    found = []
    for key, name in names.items():
        if key == tally.YES and not held.rule.opinion:
            continue
        voters = [person for person in held.roll if key in getattr(held.votes.get(person), "choices", ())]
        if voters:
            found.append((name, wording.listed(voice_text(held, person, key, state, _) for person in voters)))
    return tuple(found)


def voice_text(held: Held, person: str, key: str, state: MeetingState, _: Words) -> str:
    name, text = name_option(person, state, _), held.votes[person].text
    return f"{name} (“{text}”)" if text and key == tally.OTHER else name


def name_option(person: str, state: MeetingState, _: Words) -> str:
    entry = state.roll.people.get(person)
    return _("Mr/Ms %(name)s", name=entry.name if entry else person)


def option_words(key: str, _: Words) -> str:
    """The law's words for an option."""
    return {
        tally.YES: _("in favour"),
        tally.NO: _("against"),
        tally.OTHER: _("other opinion"),
        tally.NOT_VOTING: _("not voting"),
    }.get(key, key)


def voted_text(ballot: Ballot, _: Words) -> str:
    """The ballot and its result as a paragraph."""
    if ballot.annulled:
        text = _("the ballot “%(question)s” was annulled: %(why)s.", question=ballot.question, why=ballot.annulled)
        return f"{wording.time(ballot.at, _)}: {text}"
    if ballot.unpublished:
        numbers = {"issued": wording.count(ballot.issued), "returned": wording.count(ballot.returned)}
        taken = (
            _(
                "secret ballot taken on “%(question)s” (issued %(issued)s, returned %(returned)s)",
                question=ballot.question,
                **numbers,
            )
            if ballot.secret
            else _(
                "ballot taken on “%(question)s” (%(issued)s entitled to vote, %(returned)s voted)",
                question=ballot.question,
                **numbers,
            )
        )
        why = _("the chair decided not to publish the result.") if ballot.kept else _("the result was not published.")
        return f"{time_text(ballot, _)}: {taken}; {why}"
    counts = wording.listed(f"{label}: {wording.count(n)}" for label, n in ballot.counts)
    if ballot.secret and not counts:  # of so few papers not even how many were valid
        text = _(
            "secret ballot “%(question)s”: issued %(issued)s, returned %(returned)s.",
            question=ballot.question,
            issued=wording.count(ballot.issued),
            returned=wording.count(ballot.returned),
        )
    elif ballot.secret:
        text = _(
            "secret ballot “%(question)s”: issued %(issued)s, returned %(returned)s, valid %(valid)s,"
            " invalid %(invalid)s; %(counts)s.",
            question=ballot.question,
            issued=wording.count(ballot.issued),
            returned=wording.count(ballot.returned),
            valid=wording.count(ballot.returned - ballot.invalid),
            invalid=wording.count(ballot.invalid),
            counts=counts,
        )
    else:
        text = _(
            "open vote “%(question)s” (%(issued)s entitled to vote, %(returned)s voted): %(counts)s.",
            question=ballot.question,
            issued=wording.count(ballot.issued),
            returned=wording.count(ballot.returned),
            counts=counts,
        )
    verdict = {"adopted": _("Adopted."), "rejected": _("Not adopted.")}.get(ballot.verdict, "")
    voices = " ".join(f"{label[:1].upper()}{label[1:]}: {who}." for label, who in ballot.voices)
    out = _("Took no part, being involved in the matter: %(names)s.", names=wording.listed(ballot.recused))
    counted = (
        _("Counted on paper by %(names)s.", names=wording.listed(address(name, _) for name in ballot.tellers))
        if ballot.tellers
        else ""
    )
    decided = _("The chair decided: %(decision)s", decision=ballot.decision) if ballot.decision else ""
    parts = (
        f"{time_text(ballot, _)}: {text}",
        verdict,
        ballot.sentence,
        voices,
        wording.below_quorum(ballot.below.present, ballot.below.members, ballot.below.needed, _)
        if ballot.below
        else "",
        out if ballot.recused else "",
        counted,
        decided,
    )
    return " ".join(part for part in parts if part)

"""What each audience sees of the ballots, and from when on."""

from dataclasses import asdict

from meetingroom.meeting.ballot_count import count_votes, may_show_numbers
from meetingroom.meeting.ballots import FEW, due_at, voters_of
from meetingroom.meeting.state import Ballot, MeetingState
from meetingroom.meeting.tally import result_without_numbers
from meetingroom.meeting.view import compact, slice_of_view


@slice_of_view("ballots", reads=("ballots", "roll"))
def ballots(state: MeetingState, audience: str):
    """{order, open?, items: {id: {question, options, secret, preset, rule, state, roll, cast, …}}}.

    Drafts are the staff's. Counts are there once published, for the staff once closed, while it runs only if the
    ballot says so. Who voted what is shown of a published open ballot; of a secret one it does not exist.
    """
    seen = {key: seen_ballot(b, voters_of(b, state), audience) for key, b in state.ballots.ballots.items()}
    shown = [key for key in state.ballots.order if audience == "staff" or state.ballots.ballots[key].state != "draft"]
    running = next((key for key in shown if state.ballots.ballots[key].state == "open"), "")
    return {**compact(open=running), "order": shown, "items": {key: seen[key] for key in shown}}


def seen_ballot(ballot: Ballot, voters: tuple[str, ...], audience: str) -> dict:
    counted = ballot.state == "published" or (ballot.state == "closed" and audience == "staff")
    running = ballot.state == "open" and ballot.live and not ballot.secret
    seen = compact(
        question=ballot.question,
        options=[compact(key=option.key, label=option.label) for option in ballot.options],
        secret=ballot.secret,
        preset=ballot.preset,
        choose=ballot.choose,
        seconds=ballot.seconds,
        live=ballot.live,
        state=ballot.state,
        item=ballot.item,
        opened_at=ballot.opened_at,
        closed_at=ballot.closed_at,
        published_at=ballot.published_at,
        kept_at=ballot.kept_at,
        due_at=due_at(ballot) if ballot.state == "open" else 0,
        reason=ballot.reason,
    )
    seen |= {"cast": len(ballot.voted), "rule": asdict(ballot.rule), "voters": len(ballot.roll or voters)}
    if audience != "screens":
        seen["roll"] = list(ballot.roll or voters)
        seen |= compact(recused=[key for key in ballot.recused if key in voters])
    if audience == "staff":
        # Afterwards a list of those who voted would name those who did not.
        seen["voted"] = dict(ballot.voted) if ballot.state == "open" or not ballot.secret else {}
        seen |= compact(all_delegates=ballot.all_delegates)
    if running:
        seen["counts"] = count_votes(ballot)
    if counted and ballot.result:
        shown, result = may_show_numbers(ballot.secret, ballot.returned), public_result(ballot)
        seen |= {"counts": dict(ballot.counts) if shown else {}, "issued": ballot.issued, "returned": ballot.returned}
        seen |= {"result": {**result, "may_report": bool(result["may_report"])}}
        seen |= compact(tellers=list(ballot.tellers), decision=ballot.decision)
        seen |= compact(receipts=list(ballot.receipts) if shown else [])
        if not ballot.secret and audience != "screens":
            seen["votes"] = {
                person: compact(choices=list(vote.choices), text=vote.text) for person, vote in ballot.votes.items()
            }
        if audience == "staff" and shown:
            seen |= compact(texts=list(ballot.texts))
    return seen


def public_result(ballot: Ballot) -> dict:
    """The result as it may be told once it is counted; {} while there is none, or when the ballot was annulled."""
    if not ballot.result or ballot.state not in ("closed", "published"):
        return {}
    shown = may_show_numbers(ballot.secret, ballot.returned)
    return ballot.result if shown else asdict(result_without_numbers(ballot.result["base"], ballot.returned, FEW))

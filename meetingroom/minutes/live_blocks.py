"""What the log can tell in a place of the secretary's text, and what it tells by itself. Pure."""

from collections.abc import Callable

from meetingroom.meeting.view import compact
from meetingroom.minutes import outline, rich
from meetingroom.minutes.model import Item, Line, Minutes
from meetingroom.minutes.rich import Live
from meetingroom.printing.wording import Words

GENERAL = "general"
SHORT = 60  # letters of a line in a menu


def automatic(minutes: Minutes) -> dict[str, list[dict]]:
    """`{item: [{seq, text, used?}]}`: every line the log has told, those too that are placed or left out; of what was
    before the first item under `general`."""
    found = {GENERAL: lines_json(minutes.lines, minutes.placed)}
    for item in minutes.items:
        if item.id != GENERAL:
            found[item.id] = lines_json(item.lines, item.placed)
    return {key: lines for key, lines in found.items() if lines}


def lines_json(lines: tuple[Line, ...], placed: tuple[Line, ...]) -> list[dict]:
    every = sorted((*lines, *placed), key=lambda line: (line.at, line.seq))
    return [{"seq": line.seq, "text": line.text, **compact(used=line in placed)} for line in every]


def offers(minutes: Minutes, _: Words) -> dict[str, list[dict]]:
    """`{item: [{kind, ref?, label, lines, sha}]}`; "": in the text of every item."""
    minutes = outline.at_home(minutes)
    anywhere = [
        (Live("roll"), _("People attending")),
        (Live("absent"), _("Absentees")),
        (Live("quorum"), _("Quorum")),
    ]
    nothing = Item("", "")
    found = {"": [offer(live, label, nothing, minutes, _) for live, label in anywhere]}
    for item in minutes.items:
        if offered := [offer(live, label, item, minutes, _) for live, label in of_item(item, _)]:
            found[item.id] = offered
    return found


def of_item(item: Item, _: Words):
    for ballot in item.ballots:
        yield Live("ballot", ballot.id), _("Ballot “%(question)s”", question=shortened(ballot.question))
    if item.papers:
        yield Live("shown"), _("Papers shown")
    wrote = {line.person: line for line in item.lines if line.kind == "wrote"}
    if wrote:
        yield Live("opinions"), _("Written opinions")
    for line in item.lines:
        if line.kind == "spoke":
            yield Live("speech", str(line.seq)), shortened(line.text)
        if line.kind == "wrote" and len(wrote) > 1 and wrote.get(line.person) is line:
            yield Live("opinion", line.person), shortened(line.text)


def offer(live: Live, label: str, item: Item, minutes: Minutes, _: Words) -> dict:
    texts = [block.text for block in outline.live_texts(live, item, minutes, _)]
    return {"kind": live.kind, **compact(ref=live.ref), "label": label, "lines": texts, "sha": rich.fingerprint(texts)}


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"


def namer(_: Words) -> Callable[[Live], str]:
    """What a live block is called where its text is not at hand."""
    names = {
        "roll": _("People attending"),
        "absent": _("Absentees"),
        "quorum": _("Quorum"),
        "shown": _("Papers shown"),
        "opinions": _("Written opinions"),
        "opinion": _("Written opinion"),
        "ballot": _("Ballot"),
        "speech": _("Speech"),
        "followup": _("Follow-up of conclusions"),
        "hidden": _("A line of the log is left out"),
    }
    return lambda live: names.get(live.kind, live.kind)

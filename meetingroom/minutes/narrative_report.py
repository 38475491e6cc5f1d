"""A case report in words: the turns of the talk in their order. What was asked, said and directed stands in full in
the record's own sections (`case_record.py`)."""

import re

from meetingroom.meeting import case_report, decision, opinions, questions
from meetingroom.meeting.kernel import Event, Recorded
from meetingroom.meeting.report_state import Place
from meetingroom.minutes.narrative import AT_THE_END, SCREENS, Narrative
from meetingroom.minutes.narrator import Caption, Line, Said, leave_out, narrates, shortened, timeline_only
from meetingroom.minutes.sentences import Scene
from meetingroom.printing.wording import Words
from meetingroom.spelling import compose

REWORDED = "the minutes tell a question as it reads at the end; how it read before is kept in the log"
READ_BACK = "what was written down to be read back is no direction yet"


def place_words(where: Place, _: Words) -> str:
    """`BL 84, tập 3`, or `“Cáo trạng”, trang 2`; "" of no place."""
    label, volume, title = (str(where.get(key, "")) for key in ("label", "volume", "title"))
    if label:
        return _("BL %(label)s, volume %(volume)s", label=label, volume=volume) if volume else f"BL {label}"
    if title and where.get("page"):
        return _("page %(page)s of the paper “%(title)s”", title=title, page=where["page"])
    return f"“{title}”" if title else ""


LEAD = re.compile(r"(?<!\w)(?:b\.?\s?l|bút\s+lục|but\s+luc)(?![^\W\d_])", re.IGNORECASE)


def bl_words(bl: str) -> str:
    """What was typed where only numbers are asked for: `225` reads `BL 225`, what says BL already as it is typed."""
    return f"BL {bl}" if re.search(r"\d", bl) and not LEAD.search(compose(bl)) else bl


def proposal_label(scene: Scene, key: str) -> str:
    found = scene.state.report.proposals.get(key)
    return found.label if found else ""


def add_sentence(narrative: Narrative, fact: Recorded, words) -> None:
    """A sentence among the proceedings; what was said before the opening stands in its own section only."""
    narrative.shown = None
    if narrative.running:
        narrative.chapter.entries.append(Said(fact.at, fact.event, words))


def was_there(narrative: Narrative, what: str) -> bool:
    """Whether a proposal, or the direction, has been said before: then it is changed."""
    before = what in narrative.reported
    narrative.reported.add(what)
    return before


def is_withheld(narrative: Narrative, kind: type[Event]) -> bool:
    """Whether something of this kind was said before that is withheld: of what is told nobody knows if it is the
    first."""
    return kind.__name__ in narrative.withheld


def number_of(question: str, scene: Scene) -> str:
    found = scene.state.report.questions.get(question)
    return str(found.number) if found else "…"


def asked(event: questions.QuestionAsked, scene: Scene, _: Words) -> str:
    about = {"name": scene.names([event.person]), "n": number_of(event.question, scene)}
    if event.bl:
        return _("%(name)s asked question %(n)s (%(bl)s).", bl=bl_words(event.bl), **about)
    if place := place_words(event.where, _):
        return _("%(name)s asked question %(n)s, at %(place)s.", place=place, **about)
    return _("%(name)s asked question %(n)s.", **about)


@narrates(
    timeline=Caption(
        "circle-question-mark",
        lambda event, line, _: _(
            "%(name)s asked: %(text)s", name=line.person(event.person), text=shortened(event.text)
        ),
    )
)
def question_asked(event: questions.QuestionAsked, narrative: Narrative, fact: Recorded):
    add_sentence(narrative, fact, asked)


def answered(event: questions.QuestionAnswered, scene: Scene, _: Words) -> str:
    about = {"name": scene.names([event.person]), "n": number_of(event.question, scene)}
    if event.bl:
        return _("%(name)s answered question %(n)s (%(bl)s).", bl=bl_words(event.bl), **about)
    return _("%(name)s answered question %(n)s.", **about)


@narrates(
    timeline=Caption(
        "message-square",
        lambda event, line, _: _(
            "%(name)s answered: %(text)s", name=line.person(event.person), text=shortened(event.text)
        ),
    )
)
def question_answered(event: questions.QuestionAnswered, narrative: Narrative, fact: Recorded):
    add_sentence(narrative, fact, answered)


def put_by(person: str, *, again: bool, unsure: bool):
    def put(event: opinions.ProposalPut, scene: Scene, _: Words) -> str:
        about = {"name": scene.names([person]), "label": event.label}
        if again:
            return _("%(name)s changed proposal %(label)s.", **about)
        if unsure:
            return _("%(name)s gave the wording of proposal %(label)s.", **about)
        return _("%(name)s put proposal %(label)s.", **about)

    return put


@narrates(
    timeline=Caption(
        "list",
        lambda event, line, _: _("Proposal %(label)s: %(text)s", label=event.label, text=shortened(event.text)),
    )
)
def proposal_put(event: opinions.ProposalPut, narrative: Narrative, fact: Recorded):
    again, unsure = was_there(narrative, event.proposal), is_withheld(narrative, opinions.ProposalPut)
    add_sentence(narrative, fact, put_by(fact.by, again=again, unsure=unsure))


def stance_words(stance: str, proposal: str, _: Words) -> str:
    """`đồng ý PA1`."""
    if stance == "agree":
        return _("agrees with %(label)s", label=proposal) if proposal else _("agrees with it")
    if stance == "no":
        return _("does not agree with %(label)s", label=proposal) if proposal else _("does not agree")
    return _("another opinion")


def opined(event: opinions.OpinionGiven, scene: Scene, _: Words) -> str:
    said = stance_words(event.stance, proposal_label(scene, event.proposal), _)
    about = {"name": scene.names([event.person]), "said": said}
    if event.entered:
        return _("opinion of %(name)s: %(said)s (entered by the secretary).", **about)
    return _("opinion of %(name)s: %(said)s.", **about)


def opinion_line(event: opinions.OpinionGiven, line: Line, _: Words) -> str:
    found = line.state.report.proposals.get(event.proposal)
    said = stance_words(event.stance, found.label if found else "", _)
    return _("Opinion of %(name)s: %(said)s.", name=line.person(event.person), said=said)


@narrates(timeline=Caption("message-square", opinion_line))
def opinion_given(event: opinions.OpinionGiven, narrative: Narrative, fact: Recorded):
    add_sentence(narrative, fact, opined)


def kept(event: opinions.OpinionReserved, scene: Scene, _: Words) -> str:
    return _("%(name)s reserved an opinion.", name=scene.names([event.person]))


@narrates(
    timeline=Caption(
        "bookmark",
        lambda event, line, _: _(
            "%(name)s reserved an opinion: %(text)s", name=line.person(event.person), text=shortened(event.text)
        ),
        strong=True,
    )
)
def opinion_reserved(event: opinions.OpinionReserved, narrative: Narrative, fact: Recorded):
    add_sentence(narrative, fact, kept)


def directed(event: Event, scene: Scene, _: Words) -> str:
    return _("the chair gave the direction.")


def directed_again(event: Event, scene: Scene, _: Words) -> str:
    return _("the chair gave the direction anew; it stands below as it reads since then.")


@narrates(
    timeline=Caption(
        "gavel",
        lambda event, line, _: _("Direction of the chair: %(text)s", text=shortened(event.text)),
        strong=True,
    )
)
def direction_concluded(event: decision.DirectionConcluded, narrative: Narrative, fact: Recorded):
    again = was_there(narrative, "direction") or is_withheld(narrative, decision.DirectionConcluded)
    add_sentence(narrative, fact, directed_again if again else directed)


def understood(event: decision.UnderstandingConfirmed, scene: Scene, _: Words) -> str:
    return _("%(name)s confirmed that the direction is clear.", name=scene.names([event.person]))


@narrates(
    timeline=Caption(
        "check",
        lambda event, line, _: _("%(name)s confirmed that the direction is clear.", name=line.person(event.person)),
    )
)
def understanding_confirmed(event: decision.UnderstandingConfirmed, narrative: Narrative, fact: Recorded):
    add_sentence(narrative, fact, understood)


timeline_only(
    case_report.ReportRegistered,
    AT_THE_END,
    Caption(
        "folder-open",
        lambda event, line, _: _("%(name)s registered the report of %(title)s.", name=line.by, title=event.title),
    ),
)
timeline_only(
    case_report.SitesPermitted,
    "where the meeting is held is told in the head of the minutes",
    Caption(
        "building",
        lambda event, line, _: (
            _("%(name)s allowed other sites.", name=line.by)
            if event.on
            else _("%(name)s allowed no more other sites.", name=line.by)
        ),
    ),
)
timeline_only(
    questions.QuestionEdited,
    REWORDED,
    Caption(
        "pen-line",
        lambda event, line, _: _(
            "%(name)s edited the wording of a question: %(text)s", name=line.by, text=shortened(event.text)
        ),
    ),
)
timeline_only(
    questions.QuestionWithdrawn,
    "a question that was taken back before it was answered is no part of the record",
    Caption("undo-2", lambda event, line, _: _("A question was taken back.")),
)
timeline_only(
    opinions.ProposalWithdrawn,
    "a proposal to which nobody said anything is no part of the record",
    Caption("undo-2", lambda event, line, _: _("A proposal was taken back.")),
)
timeline_only(
    decision.DirectionDrafted,
    READ_BACK,
    Caption(
        "pen-line",
        lambda event, line, _: _("Written down to be read back: %(text)s", text=shortened(event.text)),
    ),
)
leave_out(SCREENS, questions.QuestionShown, opinions.OpinionNamesShown)

"""The record of a case report (biên bản họp báo cáo án): the case and what is to be decided at its head; then what was
shown, asked, proposed, said and kept, and what was directed. No opinion is counted. Pure."""

from collections.abc import Iterator

from meetingroom.meeting.case_report import is_case_report
from meetingroom.meeting.report_state import Answer, Direction, Question, Registration, Report, Text, Voice
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes.model import Person, Section
from meetingroom.minutes.narrative import Narrative
from meetingroom.minutes.narrative_exhibits import Exhibited, Medium, OnMap, Sheet, map_words
from meetingroom.minutes.narrative_report import bl_words, place_words, stance_words
from meetingroom.minutes.outline import as_sentence, called_name, name_and_office
from meetingroom.printing import wording
from meetingroom.printing.wording import Words


def _l(text: str) -> str:
    """Marks a source text for the catalogue; its words are found where it is printed."""
    return text


STAGES = {
    "report": _l("crime report"),
    "investigation": _l("investigation"),
    "prosecution": _l("prosecution"),
    "first_instance": _l("first-instance trial"),
    "appeal": _l("appeal"),
    "cassation": _l("cassation, reopening"),
    "enforcement": _l("enforcement of the judgment"),
    "closed": _l("closed"),
}


def title(state: MeetingState, _: Words) -> str:
    registered = state.report.registered
    return _("report of the case: %(title)s", title=registered.title) if registered and is_case_report(state) else ""


def recipients(state: MeetingState, _: Words) -> str:
    """One of the record's copies lies in the procuracy's own file of the case (hồ sơ kiểm sát)."""
    registered = state.report.registered
    if not is_case_report(state) or registered is None:
        return ""
    file = _("File: records, procuracy's file of the case %(code)s", code=registered.code)
    return "\n".join((_("The participants"), file))


def sheet(state: MeetingState, _: Words) -> tuple[str, ...]:
    """The case and its charge, what is to be decided, and who reported: the lines below the head."""
    registered = state.report.registered
    return tuple(sheet_lines(registered, state, _)) if registered else ()


def sheet_lines(about: Registration, state: MeetingState, _: Words) -> Iterator[str]:
    code = f" ({about.code})" if about.code and about.code not in about.title else ""
    yield _("Case: %(title)s", title=f"{about.title}{code}.")
    for charge in about.charges:
        yield _("Charge: %(charge)s", charge=f"{charge_words(charge, _)}.")
    if about.parties:
        named = wording.listed(
            f"{each['name']} ({each['status']})" if each.get("status") else each.get("name", "")
            for each in about.parties
        )
        yield _("Parties: %(names)s", names=f"{named}.")
    if file := file_words(about, _):
        yield _("Case file: %(file)s.", file=file)
    if about.stage:
        yield _("Stage: %(stage)s.", stage=_(STAGES.get(about.stage, about.stage)))
    if about.deadline:
        name = f" ({about.deadline_name})" if about.deadline_name else ""
        yield _("Procedural deadline: %(day)s%(name)s.", day=wording.due_on(about.deadline, _), name=name)
    yield _("Question to decide: %(question)s", question=as_sentence(about.question))
    if about.reporter:
        yield _("Reported by: %(who)s.", who=name_and_office(person_of(state, about.reporter), _))
    if about.head:
        yield _("Head of the unit: %(who)s.", who=name_and_office(person_of(state, about.head), _))


def file_words(about: Registration, _: Words) -> str:
    """`8 tập, 482 bút lục (530 trang bản số hóa)`; pages are called numbers only where they bear them."""
    volumes = _("%(n)s volumes", n=about.volumes) if about.volumes else ""
    numbers = _("%(n)s numbered sheets (bút lục)", n=about.numbered) if about.numbered else ""
    pages = _("%(n)s pages of scans", n=about.sheets) if about.sheets != about.numbered else ""
    known = ", ".join(part for part in (volumes, numbers or pages) if part)
    return f"{known} ({pages})" if numbers and pages else known


def charge_words(charge: Text, _: Words) -> str:
    """`Lừa đảo chiếm đoạt tài sản, điểm a khoản 4 Điều 174 Bộ luật Hình sự (bản 2025); bị can Nguyễn Văn A`."""
    parts = [
        _("point %(x)s", x=charge["point"]) if charge.get("point") else "",
        _("clause %(x)s", x=charge["clause"]) if charge.get("clause") else "",
        _("article %(x)s", x=charge["article"]) if charge.get("article") else "",
        charge.get("law", ""),
    ]
    provision = " ".join(part for part in parts if part)
    if charge.get("version"):
        provision += f" ({charge['version']})"
    said = ", ".join(part for part in (charge.get("name", ""), provision) if part)
    return f"{said}: {charge['person']}" if charge.get("person") else said


def sections(state: MeetingState, narrated: Narrative, _: Words) -> tuple[Section, ...]:
    """What follows the proceedings, before the tasks."""
    report = state.report
    if report == Report():
        return ()
    found = (
        Section(_("Documents shown"), tuple(shown_lines(narrated, _))),
        Section(_("Questions and answers"), tuple(question_lines(state, _))),
        Section(_("Proposals"), tuple(proposal_lines(report, _))),
        Section(_("Opinions"), tuple(opinion_lines(state, _))),
        Section(_("Reserved opinions (verbatim)"), tuple(reserved_lines(state, _))),
        Section(_("Direction"), tuple(direction_lines(state, _))),
    )
    return tuple(section for section in found if section.lines)


def shown_lines(narrated: Narrative, _: Words) -> Iterator[str]:
    """From the log, in its order: number, volume, time, and the node of the map that led there."""
    for chapter in narrated.chapters.values():
        for entry in chapter.entries:
            if isinstance(entry, Exhibited):
                yield from (capital(shown_words(each, _)) for each in entry.shown)


def shown_words(each: Sheet | Medium | OnMap, _: Words) -> str:
    at = wording.time(each.at, _)
    if isinstance(each, OnMap):
        return f"{map_words(each.title, each.nodes, _)} ({at})."
    if isinstance(each, Medium):
        return f"{each.number(_)}: {at}."
    named = f", “{each.title}”" if each.label and each.title else ""
    node = _("; node “%(node)s”", node=each.node) if each.node else ""
    return f"{each.number(_)}{named}: {at}{node}."


def question_lines(state: MeetingState, _: Words) -> Iterator[str]:
    report = state.report
    for key in report.order:
        question = report.questions[key]
        yield _(
            "Question %(n)s, %(who)s: %(text)s",
            n=question.number,
            who=said_by(question, state, _),
            text=as_sentence(one_line(question.text)),
        )
        for answer in question.answers.values():
            yield _(
                "Answer, %(who)s: %(text)s",
                who=said_by(answer, state, _),
                text=as_sentence(one_line(answer.text)),
            )


def said_by(said: Question | Answer, state: MeetingState, _: Words) -> str:
    """`đồng chí … (14 giờ 32; BL 84 (tập 3))`."""
    about = [said_at(said.at, state, _), bl_words(said.bl) or place_words(said.where, _)]
    if said.by != said.person:
        about.append(_("entered by the secretary"))
    return f"{called(state, said.person, _)} ({wording.listed(about)})"


def said_at(at: int, state: MeetingState, _: Words) -> str:
    """The time; of another day than that of the session, the day as well."""
    opened = state.meeting.opened_at or at
    return (wording.time if wording.date(at, _) == wording.date(opened, _) else wording.moment)(at, _)


def proposal_lines(report: Report, _: Words) -> Iterator[str]:
    for each in report.proposals.values():
        bl = f" ({bl_words(each.bl)})" if each.bl else ""
        yield f"{each.label}{bl}: {as_sentence(one_line(each.text))}"


def opinion_lines(state: MeetingState, _: Words) -> Iterator[str]:
    """Each by name, in the order in which they first spoke; one that changed says what it was at first."""
    opened = state.meeting.opened_at
    for key, voices in state.report.opinions.items():
        said = [voice_words(each, state, key, opened, _) for each in voices]
        if len(said) == 1:
            yield f"{capital(called(state, key, _))}: {as_sentence(said[0])}"
        else:
            first, *later = said
            changes = "; ".join(_("later %(said)s", said=each) for each in later)
            text = _("at first %(first)s; %(later)s", first=first, later=changes)
            yield f"{capital(called(state, key, _))}: {as_sentence(text)}"


def voice_words(voice: Voice, state: MeetingState, person: str, opened: int, _: Words) -> str:
    proposal = state.report.proposals.get(voice.proposal)
    said = stance_words(voice.stance, proposal.label if proposal else "", _)
    if voice.text:
        said += f": “{one_line(voice.text).rstrip('.')}”"
    marks = []
    before = not opened or voice.at < opened
    if before:
        marks.append(_("before the meeting, %(moment)s", moment=wording.moment(voice.at, _)))
    if voice.by != person:  # at any time until the minutes are approved, also when all is decided
        marks += [*([] if before else [said_at(voice.at, state, _)]), _("entered by the secretary")]
    return f"{said} ({wording.listed(marks)})" if marks else said


def reserved_lines(state: MeetingState, _: Words) -> Iterator[str]:
    for kept in state.report.reserved:
        who = f"{capital(called(state, kept.person, _))} ({said_at(kept.at, state, _)})"
        yield from f"{who}: “{kept.text}”".split("\n")


def direction_lines(state: MeetingState, _: Words) -> Iterator[str]:
    direction = state.report.direction
    if direction is None:
        return
    who = capital(office_called(state, direction, _))
    yield _("%(who)s concludes at %(moment)s:", who=who, moment=said_at(direction.at, state, _))
    if chosen := state.report.proposals.get(direction.proposal):
        yield _("In accordance with %(label)s.", label=chosen.label)
    yield from direction_words(state)
    if (confirmed := state.report.understood) and (about := state.report.registered):
        who = name_and_office(person_of(state, confirmed.person), _)
        said = {"who": who, "moment": said_at(confirmed.at, state, _)}
        if confirmed.person == about.by:
            yield _("The prosecutor in charge, %(who)s, confirmed at %(moment)s that the direction is clear.", **said)
        else:
            yield _("Who reported, %(who)s, confirmed at %(moment)s that the direction is clear.", **said)


def direction_words(state: MeetingState) -> Iterator[str]:
    """What was directed, in paragraphs, as the notice has it too: whoever reads that knows of no proposals."""
    direction = state.report.direction
    yield from (part.strip() for part in (direction.text if direction else "").split("\n") if part.strip())


def office_called(state: MeetingState, direction: Direction, _: Words) -> str:
    return name_and_office(person_of(state, direction.by), _)


def called(state: MeetingState, key: str, _: Words) -> str:
    return called_name(person_of(state, key), _)


def person_of(state: MeetingState, key: str) -> Person:
    known = state.roll.people.get(key)
    return Person(known.name, known.title, known.unit) if known else Person(key)


def one_line(text: str) -> str:
    return " ".join(text.split())


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]

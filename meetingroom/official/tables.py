"""Documents that are tables: how the comments on a draft were taken, and the directives that came of a meeting. Pure.

They belong to another document (the draft before the chair, the notice), and have no number of their own.
"""

from meetingroom.meeting import review
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.state import Comment, MeetingState, Round
from meetingroom.minutes import outline, parts
from meetingroom.minutes.model import Person
from meetingroom.minutes.outline import Block
from meetingroom.official.document import Official, Signer
from meetingroom.official.kinds import Source, begin, builds, capitalise, copies, place_date, table
from meetingroom.printing import wording
from meetingroom.printing.wording import Words


@builds("tiep_thu")
def comments_and_answers(source: Source) -> Official:
    """Who was asked, who said what of which part, and what became of it: a table on its side after a summary."""
    _, minutes, state = source.words, source.minutes, source.state
    rounds, comments = state.review.rounds, in_order(state)
    if not rounds:
        raise Refused("nothing_to_tell", what="comments")
    blocks = [Block("text", round_text(each, state, _)) for each in rounds]
    taken, explained = (sum(each.answer == answer for each in comments) for answer in ("taken", "explained"))
    left = len(comments) - taken - explained
    if not comments:
        blocks.append(Block("last", _("Nobody proposed a change./.")))
        return close(source, blocks)
    blocks.append(
        Block(
            "text",
            _("%(all)s comments in all: %(taken)s taken up, %(explained)s explained.",
              all=wording.count(len(comments)), taken=wording.count(taken), explained=wording.count(explained))
            + (" " + _("%(n)s are not answered yet.", n=wording.count(left)) if left else ""),
        )
    )  # fmt: skip
    blocks.append(Block("last", _("The comments and how they were taken are listed in the table below./.")))
    heads = [
        _("Order"), _("Part of the minutes"), _("Who commented"), _("Comment"), _("Taken up or explained"),
        _("How it was taken"),
    ]  # fmt: skip
    titles = parts.titles(state, _)
    rows = [
        [
            str(n),
            titles.get(each.item, each.item),
            author(state, each.by, _),
            (f"“{each.quote}”\n" if each.quote else "") + each.text,
            {"taken": _("Taken up"), "explained": _("Explained")}.get(each.answer, "…"),
            each.reply,
        ]
        for n, each in enumerate(comments, start=1)
    ]
    subject = _("Comments on the draft minutes of the %(title)s", title=minutes.title)
    return close(source, blocks, (Block("item", subject), table(heads, rows, (5, 17, 18, 30, 10, 20))))


def close(source: Source, blocks: list[Block], wide: tuple[Block, ...] = ()) -> Official:
    _ = source.words
    return begin(
        source,
        "tiep_thu",
        _("REPORT ON HOW COMMENTS WERE TAKEN"),
        _("On the draft minutes of the %(title)s", title=source.minutes.title),
        blocks,
        signers=(secretary(source),),
        recipients=copies(source, "tiep_thu"),
        place_date=place_date(source, None),
        numbered=False,
        wide=wide,
    )


def round_text(each: Round, state: MeetingState, _: Words) -> str:
    """When a copy went out, to how many, and what they did with it."""
    said = {comment.by for comment in state.review.comments.values() if comment.round == each.number}
    commented = sum(key in said for key in each.readers)
    agreed = sum(key in each.agreed and key not in said for key in each.readers)
    return _(
        "Round %(n)s: the draft was sent at %(sent)s to %(readers)s people for comments until %(until)s;"
        " %(commented)s commented, %(agreed)s agreed, %(silent)s had no comment.",
        n=wording.count(each.number),
        sent=wording.moment(each.sent_at, _),
        until=wording.moment(min(each.ended_at or each.until, each.until), _),
        readers=wording.count(len(each.readers)),
        commented=wording.count(commented),
        agreed=wording.count(agreed),
        silent=wording.count(len(each.readers) - commented - agreed),
    )


def author(state: MeetingState, key: str, _: Words) -> str:
    known = state.roll.people.get(key)
    return outline.name_and_office(Person(known.name, known.title, known.unit), _) if known else "…"


def in_order(state: MeetingState) -> list[Comment]:
    """By the part of the minutes they are about, then as they came."""
    places = [review.ATTENDANCE, *state.agenda.order, review.CONCLUSIONS, review.GENERAL]
    order = {key: n for n, key in enumerate(places)}
    return sorted(state.review.comments.values(), key=lambda each: (order.get(each.item, len(order)), each.at))


def secretary(source: Source) -> Signer:
    named = source.minutes.secretary
    return Signer(source.words("SECRETARY"), named.name if named else "")


@builds("nhiem_vu")
def directives(source: Source) -> Official:
    """What units have to do after the meeting: a paper on its side, as the notice says it."""
    _, minutes = source.words, source.minutes
    if not minutes.conclusions:
        raise Refused("nothing_to_tell", what="conclusions")
    heads = [
        _("Order"), _("Directive"), _("In charge"), _("Cooperating"), _("Due"), _("Deliverable"),
    ]  # fmt: skip
    rows = [
        [
            str(n),
            outline.as_sentence(each.text),
            each.lead,
            "\n".join(each.cooperating),
            capitalise(each.due),
            capitalise(each.deliverable),
        ]
        for n, each in enumerate(minutes.conclusions, start=1)
    ]
    chair = outline.name_and_office(minutes.chair, _) if minutes.chair else "…"
    day = wording.date(minutes.started, _) if minutes.started else "…"
    opening = _("By the conclusions of %(chair)s at the %(title)s on %(day)s:",
                chair=chair, title=minutes.title, day=day)  # fmt: skip
    return begin(
        source,
        "nhiem_vu",
        _("LIST OF DIRECTIVES"),
        minutes.title,
        [Block("text", opening), table(heads, rows, (5, 37, 17, 17, 12, 12))],
        signers=(secretary(source),),
        recipients=copies(source, "nhiem_vu"),
        place_date=place_date(source, None),
        numbered=False,
        landscape=True,
    )

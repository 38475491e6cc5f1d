"""What waits for a person: small sources, each looking at the person's meetings and naming what is to be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from meetingroom import clock, log
from meetingroom.issuing import deadlines, register_store
from meetingroom.meeting.issuing import minutes_document, number_of
from meetingroom.meeting.review import open_round, unanswered
from meetingroom.meeting.roles import CHAIR, PREPARERS, prepares
from meetingroom.printing import document_names
from meetingroom.projections import queries
from meetingroom.signing import documents as signed_documents
from meetingroom.signing import store as signing_store
from meetingroom.tasks import outbox_store, presentation, reminders, visible_tasks
from meetingroom.web.context import context
from meetingroom.web.dates import day, hour

READING_DAYS = 7
TASKS_SHOWN = 5
DAY = 86_400_000


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, for which meeting, and where the button leads."""

    text: str
    meeting: dict
    icon: str
    href: str
    action: str
    urgent: bool = False
    late: bool = False  # its term is over


_sources: list[Callable[..., Iterator[Waiting]]] = []


def source(look):
    """Registers `look(db, meetings, now)`, which yields what waits for the person these meetings belong to."""
    _sources.append(look)
    return look


def for_me(db, meetings: list[dict], now: int) -> list[Waiting]:
    """Everything that waits, urgent things first."""
    found = [thing for look in _sources for thing in look(db, meetings, now)]
    return sorted(found, key=lambda thing: not thing.urgent)


def mine_to_prepare(meeting: dict) -> bool:
    if meeting["role"] in PREPARERS:
        return True
    return meeting["role"] == "chair" and prepares("chair", log.state(context().pool, meeting["id"]))


@source
def papers_that_failed(db, meetings, now):
    mine = {m["id"]: m for m in meetings if m["status"] not in queries.OVER and mine_to_prepare(m)}
    for meeting, n in queries.failed_papers(db, list(mine)).items():
        text = ngettext("%(num)d paper could not be processed", "%(num)d papers could not be processed", n)
        href = url_for("meetings.prepare", meeting=meeting, _anchor="agenda")
        yield Waiting(text, mine[meeting], "file-warning", href, _("See papers"), urgent=True)


@source
def papers_held(db, meetings, now):
    """On them the stamp of a state secret was recognised: somebody looks before anybody else does."""
    mine = {m["id"]: m for m in meetings if m["status"] not in ("archived", "cancelled") and mine_to_prepare(m)}
    held: dict[str, int] = {}
    for row in queries.papers_for_staff(db, list(mine)):
        paper = log.state(context().pool, row["meeting"]).papers.get(row["id"])
        if paper and paper.held:
            held[row["meeting"]] = held.get(row["meeting"], 0) + 1
    for meeting, n in held.items():
        text = ngettext(
            "%(num)d paper is held: the stamp of a state secret was recognised on it",
            "%(num)d papers are held: the stamp of a state secret was recognised on them",
            n,
        )
        href = url_for("meetings.prepare", meeting=meeting, _anchor="agenda")
        yield Waiting(text, mine[meeting], "shield-alert", href, _("Look at it"), urgent=True)


@source
def drafts_to_publish(db, meetings, now):
    for meeting in meetings:
        if meeting["status"] == "draft" and mine_to_prepare(meeting):
            href = url_for("meetings.prepare", meeting=meeting["id"])
            soon = 0 < meeting["starts_at"] - now < 3 * DAY
            yield Waiting(_("Not published yet"), meeting, "square-pen", href, _("Go on preparing"), urgent=soon)


@source
def papers_to_read(db, meetings, now):
    for meeting in meetings:
        ahead = meeting["starts_at"] - now
        if meeting["status"] == "published" and meeting["papers"] and 0 < ahead < READING_DAYS * DAY:
            n = meeting["papers"]
            text = ngettext("%(num)d paper to read before the meeting", "%(num)d papers to read before the meeting", n)
            href = url_for("meetings.page", meeting=meeting["id"], _anchor="agenda")
            yield Waiting(text, meeting, "book-open", href, _("Read"))


@source
def minutes_on_their_way(db, meetings, now):
    """What each step of the minutes asks of whom: read, answer, finish, approve, number, make final, acknowledge."""
    after = {m["id"]: m for m in meetings if m["status"] == "closed" and m["secrecy"] == "none"}
    standing = queries.standings(db, list(after))
    for key, meeting in after.items():
        where = standing.get(key, "writing")
        writes, chairs = meeting["role"] == "secretary", meeting["role"] in CHAIR
        href = url_for("minutes.page", meeting=key)
        if where == "issued" or (where == "writing" and not (writes or chairs)):
            continue
        state = log.state(context().pool, key) if key in standing else None
        if where == "review" and state:
            yield from copy_to_read(state, meeting, now)
        elif where == "writing" and state and writes and (left := len(unanswered(state))):
            text = ngettext("%(num)d comment to answer", "%(num)d comments to answer", left)
            yield Waiting(text, meeting, "message-square", url_for("review.page", meeting=key), _("Answer"))
        elif where == "writing" and writes:
            yield Waiting(_("Minutes to be finished"), meeting, "notebook-pen", href, _("Open minutes"))
        elif where in ("writing", "submitted") and chairs:
            urgent = where == "submitted"
            yield Waiting(_("Minutes to be approved"), meeting, "stamp", href, _("Open minutes"), urgent)
        elif where == "approved" and writes and state:
            numbered = number_of(state, minutes_document(state))
            text = _("Final minutes to be made") if numbered else _("Minutes to be numbered")
            yield Waiting(text, meeting, "list-ordered", href, _("Open minutes"))
        elif where == "final" and (writes or chairs) and state and g.user.id not in state.review.acknowledged:
            yield Waiting(_("Final minutes to be acknowledged"), meeting, "badge-check", href, _("Open minutes"))
        elif where == "final" and writes:
            yield Waiting(_("Minutes to be issued"), meeting, "stamp", href, _("Open minutes"))


def copy_to_read(state, meeting, now) -> Iterator[Waiting]:
    """For a reader who has said nothing yet, until the term."""
    under_way = open_round(state)
    said = {comment.by for comment in state.review.comments.values() if under_way and comment.round == under_way.number}
    if not under_way or g.user.id not in under_way.readers or g.user.id in said | set(under_way.agreed):
        return
    text = _(
        "Minutes to read and comment on, until %(moment)s", moment=f"{hour(under_way.until)}, {day(under_way.until)}"
    )
    urgent = under_way.until - now < DAY
    href = url_for("review.page", meeting=meeting["id"])
    yield Waiting(text, meeting, "message-square", href, _("Read and comment"), urgent)


@source
def notices_due(db, meetings, now):
    """The notice of conclusions goes out within five working days: for who writes it and who signs it."""
    mine = {m["id"]: m for m in meetings if m["role"] == "secretary" or m["role"] in CHAIR}
    for one in deadlines.notices_due(db, now, list(mine)):
        on = f"{one.due:%d/%m/%Y}"
        if one.left < 0:
            text = ngettext(
                "Notice of conclusions: %(num)d working day late (was due on %(day)s)",
                "Notice of conclusions: %(num)d working days late (was due on %(day)s)",
                -one.left,
                day=on,
            )
        elif one.left == 0:
            text = _("Notice of conclusions: due today")
        else:
            text = ngettext(
                "Notice of conclusions: due on %(day)s, %(num)d working day left",
                "Notice of conclusions: due on %(day)s, %(num)d working days left",
                one.left,
                day=on,
            )
        href = url_for("documents_page.page", meeting=one.meeting, _anchor="kinds")
        yield Waiting(text, mine[one.meeting], "hourglass", href, _("Make the notice"), urgent=one.left <= 1)


@source
def rounds_that_end(db, meetings, now):
    """By tomorrow, and somebody has not said a word: for who writes the minutes."""
    mine = {m["id"]: m for m in meetings if m["status"] == "closed" and m["role"] == "secretary"}
    for key, where in queries.standings(db, list(mine)).items():
        state = log.state(context().pool, key) if where == "review" else None
        under_way = open_round(state) if state else None
        if not state or not under_way or not 0 < days_between(now, under_way.until) + 1 <= 2:
            continue
        said = {each.by for each in state.review.comments.values() if each.round == under_way.number}
        silent = [person for person in under_way.readers if person not in said | set(under_way.agreed)]
        if silent:
            text = ngettext(
                "Comments end at %(moment)s: %(num)d person has said nothing",
                "Comments end at %(moment)s: %(num)d people have said nothing",
                len(silent),
                moment=f"{hour(under_way.until)}, {day(under_way.until)}",
            )
            yield Waiting(text, mine[key], "hourglass", url_for("review.page", meeting=key), _("See comments"))


@source
def signatures_awaited(db, meetings, now):
    """Documents that wait for my signature, and minutes that nobody has signed three days after they were final."""
    signs = any(signer.person == g.user.id for signer in signing_store.find_signers(db).values())
    # Who has a certificate may be a teller, or the one whom the unit has set for a kind.
    mine = {m["id"]: m for m in meetings if m["status"] == "closed" and (signs or m["role"] in ("secretary", "chair"))}
    standings = queries.standings(db, list(mine))
    for key, meeting in mine.items():
        if standings.get(key) not in ("final", "issued") and not signs:
            continue
        state = log.state(context().pool, key)
        for document in signed_documents.awaiting(state, g.user.id, signs):
            made = state.issuing.documents[document]
            waited = days_between(made.at, now)
            name = str(document_names.NAMES.get(made.kind, made.kind))
            late = waited >= deadlines.UNSIGNED_DAYS
            text = _("Waits for signature: %(name)s", name=_(name))
            if late:
                text = ngettext(
                    "Waits for signature for %(num)d day: %(name)s",
                    "Waits for signature for %(num)d days: %(name)s",
                    waited,
                    name=_(name),
                )
            if signs or late:
                yield Waiting(text, meeting, "pen-line", f"/issued/{document}", _("Sign"), urgent=late)


def days_between(before: int, after: int) -> int:
    """Midnights between two moments by the agency's clock."""
    return (clock.local(after).date() - clock.local(before).date()).days


@source
def documents_for_the_clerk(db, meetings, now):
    """What the records clerk numbers or issues, in any meeting; one line for all."""
    if not g.user.clerk:
        return
    waiting = [one for one in register_store.list_waiting(db) if not one["text"] or one["standing"] == "final"]
    if waiting:
        text = ngettext(
            "%(num)d document for the records clerk", "%(num)d documents for the records clerk", len(waiting)
        )
        about = {"id": "", "title": _("Registers")}
        yield Waiting(text, about, "list-ordered", url_for("registers.page"), _("Open the registers"))


@source
def messages_unsent(db, meetings, now):
    """Organisers are told whom the program could not reach."""
    if g.user.role not in ("admin", "organiser"):
        return
    if rows := outbox_store.list_unsent(db, g.user.id, g.user.role == "admin", now - outbox_store.TOLD):
        n = len({row["person"] for row in rows})
        text = ngettext(
            "%(num)d person could not be reached by e-mail", "%(num)d people could not be reached by e-mail", n
        )
        about = {"id": "", "title": _("Reminders by e-mail")}
        yield Waiting(text, about, "triangle-alert", url_for("tasks.unsent"), _("See who, and why"))


@source
def tasks_that_wait(db, meetings, now):
    """Tasks with a step of mine to do, the most urgent first; more than a few are one line."""
    today = clock.local(now).date()
    if (digest := outbox_store.find_digest(db, g.user.id, today)) and (said := reminders.counts(digest, _)):
        about = {"id": "", "title": _("Tasks")}
        text = _("Reminder of today: %(counts)s", counts=said)
        yield Waiting(text, about, "bell", url_for("tasks.page", by="mine"), _("See all"), urgent=True)
    sight = visible_tasks.look(db, g.user.id, today)
    waiting = sorted((seen for seen in sight.tasks if seen.next), key=lambda s: (s.late is None, -(s.late or 0)))
    for seen in waiting[:TASKS_SHOWN]:
        days = presentation.days(seen)
        text = f"{presentation.STEPS[seen.next]} ({days})" if days else str(presentation.STEPS[seen.next])
        about = {"id": seen.row["meeting"], "title": seen.task.text}
        urgent = seen.overdue or seen.when in ("today", "soon")
        yield Waiting(text, about, "clipboard-list", url_for("tasks.one", task=seen.id), _("Open task"), urgent)
    more = len(waiting) - TASKS_SHOWN
    if more > 0:
        text = ngettext("%(num)d more task waits for you", "%(num)d more tasks wait for you", more)
        href = url_for("tasks.page", waits="me")
        yield Waiting(text, {"id": "", "title": _("Tasks")}, "clipboard-list", href, _("See all"))

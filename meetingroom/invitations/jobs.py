"""What the worker does about invitations: changes go out by themselves, and what waits is sent."""

import logging
import smtplib
from functools import partial

from meetingroom import clock
from meetingroom.database import Pool
from meetingroom.invitations import enclosure, letter, store
from meetingroom.jobs import queue
from meetingroom.printing.wording import words
from meetingroom.tasks import mail

logger = logging.getLogger(__name__)

SEND = "send_invitations"
EVERY = 20.0  # seconds between two looks


def request_due(db, now: int) -> bool:
    """Ask for the sending of what waits. Inside a write transaction."""
    if not mail.read_mail(db).on:
        return False
    store.send_changes(db, now)
    return store.is_waiting(db, now) and queue.request_once(db, SEND, "all")


@queue.task(SEND, key=lambda db, subject: SEND)
def send(context: queue.JobContext, subject: str) -> None:
    """What waits, one after the other; each is marked as soon as the mail server has it."""
    with context.pool.lend() as db:
        chosen, waiting = mail.read_mail(db), store.list_due(db, clock.now())
    if not chosen.on or not waiting:
        return
    try:
        line = mail.Line(chosen, mail.read_password(context.settings))
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("the mail server %s cannot be reached: %s", chosen.host, error)
        with context.pool.writing() as db:
            for row in filter(partial(store.begin, db), waiting):
                store.mark_failed(db, row, mail.words_of(error), for_good=False)
        return
    with line, enclosure.Letters(context) as letters:
        for row in waiting:
            context.pause()
            send_one(context, line, letters, row)


def send_one(context: queue.JobContext, line: mail.Line, letters: enclosure.Letters, row: dict) -> None:
    with context.pool.writing() as db:
        context.heartbeat(db)
        if not store.begin(db, row):
            return
    official = enclosure.Letter("") if row["method"] == letter.CANCEL else letters.find(row)
    _ = words(row["language"] or context.settings.language)
    file = letter.calendar(row, line.mail.sender, line.mail.base)
    name = ".".join(map(str, (row["meeting"], row["person"], row["sequence"], row["at"])))
    entry = mail.Entry(file, row["method"], name, official.file)
    words_in_it = letter.body(row, line.mail.base, _, official=bool(official.file))
    try:
        line.invite(row["address"], letter.subject(row, _), words_in_it, entry)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        logger.warning("an invitation to %s could not be sent: %s", row["meeting"], type(error).__name__)
        with context.pool.writing() as db:
            store.mark_failed(db, row, mail.words_of(error), for_good=mail.is_for_good(error))
        return
    with context.pool.writing() as db:
        store.mark_sent(db, row, official.how)


def look_now(pool: Pool) -> bool:
    with pool.writing() as db:
        return request_due(db, clock.now())


look = queue.look_every(EVERY, look_now)  # with the worker's heartbeat

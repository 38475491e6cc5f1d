"""What the worker does about tasks: the messages of a day, once a day from seven in the morning, and sending them."""

import logging
import smtplib

from meetingroom import clock
from meetingroom.database import Pool
from meetingroom.jobs import queue
from meetingroom.printing.wording import words
from meetingroom.tasks import ics, mail, outbox_store, reminders, store

logger = logging.getLogger(__name__)

REMIND, SEND = "remind", "send_mail"
EARLIEST = 7  # o'clock
EVERY = 30.0  # seconds between two looks


def request_due(db) -> bool:
    """Ask for what is due now, each once. Inside a write transaction."""
    now = clock.now()
    today, asked = store.today().isoformat(), False
    if clock.local(now).hour >= EARLIEST and outbox_store.last_day(db) != today:
        asked = queue.request_once(db, REMIND, today)
    if outbox_store.is_waiting(db, now) and mail.read_mail(db).on:
        asked = queue.request_once(db, SEND, "outbox") or asked
    return asked


@queue.task(REMIND)
def remind(context: queue.JobContext, day: str) -> None:
    """The messages of a day. Those of a day that has passed meanwhile are not made any more: today's say it all."""
    with context.pool.writing() as db:
        made = outbox_store.make_digests(db, store.today(), mail=mail.read_mail(db).on)
        if made and outbox_store.is_waiting(db, clock.now()):
            queue.request_once(db, SEND, "outbox")
    queue.wake_worker(context.settings)


@queue.task(SEND, key=lambda db, subject: SEND)
def send_mail(context: queue.JobContext, subject: str) -> None:
    """What waits, one after the other; each is marked as soon as the mail server has it."""
    with context.pool.lend() as db:
        chosen, choices = mail.read_mail(db), store.read_choices(db)
        waiting = outbox_store.list_due(db, clock.now())
    if not chosen.on or not waiting:
        return
    try:
        line = mail.Line(chosen, mail.read_password(context.settings))
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("the mail server %s cannot be reached: %s", chosen.host, error)
        with context.pool.writing() as db:
            for row in waiting:
                outbox_store.mark_failed(db, row, mail.words_of(error), for_good=False)
        return
    with line:
        for row in waiting:
            send_one(context, line, row, choices)


def send_one(context: queue.JobContext, line: mail.Line, row: dict, choices: store.Choices) -> None:
    _ = words(row["language"] or context.settings.language)
    link = f"{line.mail.base.rstrip('/')}/tasks?waits=me"
    body = reminders.body(row["data"], row["name"], link, choices.titles_in_mail, _)
    file = ics.reminder(row["data"]["tasks"], row["day"], line.mail.base, choices.titles_in_mail, _)
    try:
        line.send(row["address"], reminders.subject(row["data"], row["day"], _), body, file)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        logger.warning("the message %s could not be sent: %s", row["id"], type(error).__name__)
        with context.pool.writing() as db:
            outbox_store.mark_failed(db, row, mail.words_of(error), for_good=mail.is_for_good(error))
        return
    with context.pool.writing() as db:
        outbox_store.mark_sent(db, row["id"])


def look_now(pool: Pool) -> bool:
    with pool.writing() as db:
        return request_due(db)


look = queue.look_every(EVERY, look_now)  # with the worker's heartbeat

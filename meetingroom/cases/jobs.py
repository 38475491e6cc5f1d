"""What the worker does for cases."""

from meetingroom import clock
from meetingroom.cases import arrivals, drawing, joining, off_stage
from meetingroom.cases import store as cases
from meetingroom.cases import upload_store as store
from meetingroom.cases.arrivals import CHECK
from meetingroom.cases.store import FIRST, PAGES
from meetingroom.documents import ingest, recognisable
from meetingroom.documents import jobs as documents
from meetingroom.documents.store import RECOGNISE
from meetingroom.jobs import queue

NIGHT = (*range(19, 24), *range(6))  # hours in which long files are looked at for words
EVERY = 300.0  # seconds


def give_check_up(context, id):
    """The worker died of it too often."""
    arrivals.path_of(context.settings, id).unlink(missing_ok=True)
    with context.pool.writing() as db:
        if store.find_any(db, id):
            store.mark_failed(db, id, "gave_up", {})


@queue.task(CHECK, given_up=give_check_up)
def check_upload(context, id):
    arrivals.check(context, id)


def give_join_up(context, id):
    with context.pool.writing() as db:
        joining.fail(db, id, "gave_up", {})


@queue.task(joining.JOIN, given_up=give_join_up)
def join_pictures(context, id):
    joining.make(context, id)


@queue.task(joining.CLEAR)
def clear_joined(context, id):
    joining.clear_away(context, id)


@queue.task(off_stage.OFF_STAGE, priority=2)
def take_off_stage(context, wish):
    off_stage.do(context.pool, wish)


@queue.task(FIRST, given_up=ingest.mark_given_up, weight=documents.weight, key=documents.sha)
def draw_first(context, document):
    drawing.draw_first(context, document)


@queue.task(PAGES, priority=-1, given_up=ingest.mark_given_up, weight=documents.weight, key=documents.sha)
def draw_rest(context, document):
    drawing.draw_rest(context, document)


@queue.at_start
def clear_up(context):
    arrivals.clear(context)
    joining.clear(context)


def due_at_night(pool) -> bool:
    """Asks for the words of a long file, one after the other, at night and when nothing is being drawn."""
    if clock.local(clock.now()).hour not in NIGHT or not recognisable.is_installed():
        return False
    with pool.lend() as db:
        document = cases.next_wordless(db)
    if not document:
        return False
    with pool.writing() as db:
        return queue.request_once(db, RECOGNISE, document)


look = queue.look_every(EVERY, due_at_night)

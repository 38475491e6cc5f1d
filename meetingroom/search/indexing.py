"""Words come into the index: of a document its pages, of a meeting what its log and minutes say. In the worker."""

from meetingroom import log
from meetingroom.database import Pool
from meetingroom.jobs import queue
from meetingroom.minutes import approval, outline
from meetingroom.printing.wording import words
from meetingroom.projections.search import HEAVY, MEMBERS, Row, rows_of
from meetingroom.search import store

AT_ONCE = 200  # jobs asked for


def index_document(pool: Pool, document: str, pause=lambda: None) -> None:
    """Every page, a few in each transaction: nobody waits for it. Begun again, it writes only what reads otherwise."""
    with pool.lend() as db:
        about = store.find_text(db, document)
    after = 0
    while about:
        pause()
        with pool.lend() as db:
            pages = store.list_pages(db, document, after)
        if not pages:
            break
        with pool.writing() as db:
            now = store.find_text(db, document)
            if now is None:  # deleted meanwhile
                return
            store.keep_pages(db, document, now, pages)
        after = pages[-1][0]
    with pool.writing() as db:
        if about and store.find_text(db, document):
            store.mark_read(db, document, about["meeting"], about["t"])


def index_log(pool: Pool, meeting: str) -> None:
    """Items, conclusions and questions (they are written with the log; here those of before), and approved minutes."""
    with pool.lend() as db:
        at = store.approved_at(db, meeting)
        if at is None:
            return
        reading = approval.read_minutes(db, meeting) if at else None
    state = log.reread_state(pool, meeting)
    rows = [*rows_of(state), *(minutes_rows(meeting, reading) if reading and state.record.approved else ())]
    with pool.writing() as db:
        if store.approved_at(db, meeting) != at or log.state(pool, meeting).seq != state.seq:
            queue.request_job(db, store.INDEX_LOG, meeting)  # it went on meanwhile
            return
        store.write_log(db, meeting, rows)
        store.mark_read(db, f"log/{meeting}", meeting, at)


def minutes_rows(meeting: str, reading: approval.Reading):
    """The approved minutes by their parts: the head, each item, the conclusions. None of a secret meeting."""
    if reading.state.meeting.secrecy != "none":
        return
    _ = words(approval.OFFICIAL)
    minutes = outline.at_home(reading.minutes(approval.OFFICIAL))
    head = [*minutes.opening, *(line.text for line in minutes.lines), *texts(outline.opening(minutes, _))]
    yield minutes_row(meeting, "head", "", head)
    for n, item in enumerate(minutes.items):
        blocks = (block for _at, block in outline.entries(item, minutes, _))
        yield minutes_row(meeting, str(n), item.title, texts(blocks))
    yield minutes_row(meeting, "end", "", texts(outline.outcome(minutes, _)))


def texts(blocks) -> list[str]:
    return [block.text for block in blocks]


def minutes_row(meeting: str, part: str, title: str, said: list[str]) -> Row:
    return Row(f"minutes/{meeting}/{part}", MEMBERS, "minutes", "", 0, "", HEAVY, title, " ".join(filter(None, said)))


def request_due(pool: Pool) -> bool:
    """Write down jobs for what the index has not, or not as it is now; whether there are any. Reads only, mostly."""
    with pool.lend() as db:
        documents, logs = store.list_due(db, AT_ONCE)
    wanted = [*((store.INDEX, each) for each in documents), *((store.INDEX_LOG, each) for each in logs)]
    if not wanted:
        return False
    with pool.writing() as db:
        asked = [queue.request_once(db, *each) for each in wanted]
    return any(asked)


def rebuild(pool: Pool, say=lambda done, of: None) -> None:
    """The whole index anew, here and now; searching goes on meanwhile and finds what is there again."""
    with pool.writing() as db:
        store.clear(db)
    work = store.BATCH
    done = 0
    while True:
        with pool.lend() as db:
            documents, logs = store.list_due(db, work)
            left = store.progress(db)[1]
        if not documents and not logs:
            break
        for meeting in logs:
            index_log(pool, meeting)
        for document in documents:
            index_document(pool, document)
        done += len(documents)
        say(done, done + left - len(documents))
    with pool.writing() as db:
        store.tidy(db)

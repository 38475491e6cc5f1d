"""How long minutes take: from a log to a file, and what the event loop feels of it.

python bench/minutes.py [pages …]      default: 10 100 500; and the list of 300 people
"""

import sys
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from meetingroom import clock
from meetingroom.meeting.agenda import ItemAdded, ItemFinished, ItemStarted
from meetingroom.meeting.kernel import Recorded, replay
from meetingroom.meeting.lifecycle import MeetingClosed, MeetingCreated, MeetingOpened, MeetingPublished
from meetingroom.meeting.papers import PaperAttached
from meetingroom.meeting.people import PersonInvited
from meetingroom.meeting.record import NoteRecorded
from meetingroom.meeting.roll import CheckedIn, RollCalled
from meetingroom.meeting.sites import SiteAdded
from meetingroom.meeting.stage import PageTurned, PaperShown
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.draft import draft
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.printing.letterhead import Letterhead

NINE = clock.milliseconds("2026-12-16T08:00")
PARAGRAPH = "Đồng chí Trần Thị Bình trình bày báo cáo tóm tắt kết quả công tác kiểm sát năm 2026; tỷ lệ đạt 96,2%. " * 4
AGENCY = Letterhead("Viện kiểm sát nhân dân tỉnh Lạc Giang", "Viện kiểm sát nhân dân tối cao", symbol="BB-VKS")


def log(pages: int) -> list[Recorded]:
    """A meeting of 40 people whose minutes have about so many pages, with 20 page turns on each."""
    facts = [MeetingCreated("Hội nghị tổng kết", "conference", NINE, NINE + 3 * 3_600_000, "Hội trường")]
    facts += [PersonInvited(f"p{n}", f"Nguyễn Văn {n}", "", "", "chair" if n == 0 else "delegate") for n in range(40)]
    items = range(pages)
    facts += [ItemAdded(f"i{n}", f"Nội dung thứ {n}", 10, ("p1",)) for n in items]
    facts += [PaperAttached(f"d{n}", f"f{n}", f"i{n}", f"Báo cáo số {n}", 30) for n in items]
    facts += [MeetingPublished(), *(CheckedIn(f"p{n}", "onsite") for n in range(40)), MeetingOpened("p0")]
    for n in items:
        facts += [ItemStarted(f"i{n}"), PaperShown(f"d{n}", 1), *(PageTurned(f"d{n}", page) for page in range(2, 22))]
        facts += [NoteRecorded(f"i{n}", "\n".join([PARAGRAPH] * 5)), ItemFinished(f"i{n}")]
    facts.append(MeetingClosed())
    return [Recorded(n, NINE + n * 1000, "p0", fact) for n, fact in enumerate(facts, start=1)]


def timed(what: str, function, *args):
    begun, cpu = time.perf_counter(), time.process_time()
    made = function(*args)
    print(f"  {what:<28} {time.perf_counter() - begun:7.3f} s   CPU {time.process_time() - cpu:7.3f} s")
    return made


def measure(pages: int) -> None:
    facts = log(pages)
    print(f"about {pages} pages, {len(facts)} facts")
    state = timed("replay", replay, MeetingState(id="m"), facts)
    minutes = timed("draft", draft, facts, state, AGENCY)
    file = timed("PDF", minutes_pdf, minutes)
    print(f"  {file.count(b'/Type /Page') - 1} pages, {len(file) // 1024} KB")
    timed("DOCX", minutes_docx, minutes)
    tracemalloc.start()
    minutes_pdf(minutes)
    print(f"  PDF, memory at most          {tracemalloc.get_traced_memory()[1] / 1e6:7.1f} MB")
    tracemalloc.stop()


def measure_list(people: int) -> None:
    """The list of so many people at twelve sites, annexed to minutes of nothing else."""
    start = [MeetingCreated("Hội nghị tổng kết", "conference", NINE, NINE + 3 * 3_600_000, "Hội trường")]
    facts = [*start, *(SiteAdded(f"s{n}", f"VKSND khu vực {n}", f"ĐC{n:02}", n == 0) for n in range(12))]
    roles = {0: "chair", 1: "secretary"}
    unit = "Viện kiểm sát nhân dân khu vực"
    for n in range(people):
        role = roles.get(n, "delegate" if n % 10 else "guest")
        facts.append(
            PersonInvited(f"p{n}", f"Nguyễn Thị Phương {n}", "Trưởng phòng", f"{unit} {n}", role, f"s{n % 12}")
        )
    here = tuple(f"p{n}" for n in range(people))
    facts += [MeetingPublished(), RollCalled(here, "onsite"), MeetingOpened("p0"), MeetingClosed()]
    recorded = [Recorded(n, NINE + n * 1000, "p0", fact) for n, fact in enumerate(facts, start=1)]
    print(f"{people} people at twelve sites")
    minutes = timed("draft", draft, recorded, replay(MeetingState(id="m"), recorded), AGENCY)
    file = timed("PDF", minutes_pdf, minutes)
    print(f"  {file.count(b'/Type /Page') - 1} pages, {len(file) // 1024} KB")
    timed("DOCX", minutes_docx, minutes)


def stall(pages: int) -> None:
    """The longest the event loop stood still while a PDF was made inline, and in a thread of the system."""
    import eventlet
    from eventlet import tpool

    facts = log(pages)
    minutes = draft(facts, replay(MeetingState(id="m"), facts), AGENCY)
    for name, run in (("inline", lambda make, *args: make(*args)), ("in a thread", tpool.execute)):
        longest, over = 0.0, []

        def tick(over=over):
            nonlocal longest
            while not over:
                before = time.perf_counter()
                eventlet.sleep(0.002)
                longest = max(longest, time.perf_counter() - before - 0.002)

        ticking = eventlet.spawn(tick)
        eventlet.sleep(0.05)
        run(minutes_pdf, minutes)
        over.append(True)
        ticking.wait()
        print(f"  event loop held up, {name:<12} {longest * 1000:7.1f} ms at most ({pages} pages)")


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:]] or [10, 100, 500]
    for size in sizes:
        measure(size)
    measure_list(300)
    stall(min(100, max(sizes)))

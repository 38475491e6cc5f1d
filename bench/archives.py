"""Many archives, and a large one: how long a list and a search take, and what a package of a gigabyte costs.

python bench/archives.py [archives] [megabytes]      default: 10000 1000
"""

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from meetingroom import database
from meetingroom.archive import bag, checking, store
from meetingroom.archive.bag import Member
from meetingroom.config import MEGABYTE

CHANCE = random.Random(20261129)
TEXT = (
    "viện kiểm sát nhân dân tỉnh báo cáo tình hình chấp hành pháp luật kết quả công tác hoạt động tư pháp sáu tháng đầu"
    " năm đề nghị các đơn vị phối hợp nghiêm túc thực hiện nhiệm vụ giao đúng thời hạn tạm giam khởi tố truy tố xét xử"
    " thi hành án dân sự hình sự hành chính khiếu nại tố cáo lãnh đạo phòng khu vực hội nghị trực tuyến kết luận"
)
SYLLABLES = TEXT.split()
WORDS = 900  # of an archive's minutes
ROUNDS = 200
DAY = 86_400_000
READER = "reader"
SEARCHES = ("", "hội nghị", "hoi nghi", "kiểm sát thi hành án", "ketluan7", "khieu nai to cao", "tạm giam khu vực", "v")


def fill(db, archives: int) -> None:
    """Archives of ten years, which the reader belongs to; each has two pages of text and a word of its own."""
    db.conn.execute("begin")
    for n in range(archives):
        meeting, at = f"m{n:06}", 1_480_000_000_000 + n * 3650 * DAY // archives
        title = f"Hội nghị {' '.join(CHANCE.choices(SYLLABLES, k=6))}"
        kind = CHANCE.choice(("conference", "briefing"))
        db.conn.execute(
            "insert into archives (meeting, title, kind, unit, series, started_at, archived_at, code, keep_until, name,"
            " file, bytes, sealed_at) values (?, ?, ?, ?, '', ?, ?, '', '', 'a.zip', ?, 1, ?)",
            (meeting, title, kind, f"Phòng {n % 12}", at, at + DAY, f"{n:064x}", at + DAY),
        )
        db.conn.execute(
            "insert into members (meeting, person, role) values (?, ?, 'delegate')",
            (meeting, READER),
        )
        store.write_text(db, meeting, f"{title}\n{' '.join(CHANCE.choices(SYLLABLES, k=WORDS))} ketluan{n}")
    db.conn.execute("commit")


def measure_list(archives: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meetingroom.db"
        database.prepare(path)
        db = database.connect(path)
        fill(db, archives)
        print(f"{archives} archives, {path.stat().st_size // MEGABYTE} MB")
        for q in SEARCHES:
            took, worked = [], []
            for _ in range(ROUNDS // len(SEARCHES)):
                for offset in (0, 100):
                    begun, cpu = time.perf_counter(), time.process_time()
                    rows, total = store.list_archives(db, READER, q=q, limit=50, offset=offset)
                    store.find_snippets(db, rows, q)
                    took.append((time.perf_counter() - begun) * 1000)
                    worked.append((time.process_time() - cpu) * 1000)
            took.sort()
            print(
                f"  {q or '(all)':<24} {total:>6} found   p50 {statistics.median(took):6.1f} ms   "
                f"p95 {took[int(len(took) * 0.95)]:6.1f} ms   CPU p50 {statistics.median(worked):6.1f} ms"
            )


def measure_package(megabytes: int) -> None:
    """Four files as papers and a log of 5,000 facts, in a process of its own: its memory is the worker's."""
    with tempfile.TemporaryDirectory() as folder:
        papers = []
        for n in range(4):
            path = Path(folder) / f"{n}.pdf"
            with path.open("wb") as file:
                for _ in range(megabytes // 4):
                    file.write(os.urandom(MEGABYTE))
            papers.append(path)
        child = os.fork()
        if child == 0:
            package(Path(folder), papers)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            sys.exit("the package was not made")


def package(folder: Path, papers: list[Path]) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    members = [Member(f"data/papers/{n:02}-bao-cao/original.pdf", path) for n, path in enumerate(papers, 1)]
    target = folder / "hop.zip"
    made = bag.write(target, "hop-2026-12-16-m1", members, {"Source-Organization": "-"}, datetime(2026, 12, 16))
    tell(f"package of {made.bytes // MEGABYTE} MB", begun, cpu)
    begun, cpu = time.perf_counter(), time.process_time()
    found = checking.check(checking.read_file(target))
    tell(f"checked, {found.files} files", begun, cpu)


def tell(what: str, begun: float, cpu: float) -> None:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"  {what:<24} {time.perf_counter() - begun:6.2f} s   CPU {time.process_time() - cpu:6.2f} s   "
        f"memory of the process at most {most} MB",
        flush=True,
    )


if __name__ == "__main__":
    archives, megabytes = (
        ([int(each) for each in sys.argv[1:]] + [10_000, 1000])[:2] if sys.argv[1:] else (10_000, 1000)
    )
    measure_list(archives)
    measure_package(megabytes)

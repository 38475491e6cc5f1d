"""Searching 100,000 made-up pages: how long a question takes, for readers of 1 %, 20 % and all of them.

`python -m bench search [--pages 100000] [--data FOLDER]` (a database there is used again). Prints a table of CPU time.
"""

import random
import statistics
import tempfile
import time
from pathlib import Path

from meetingroom import database
from meetingroom.search import grammar, store

TEXT = (
    "viện kiểm sát nhân dân tỉnh báo cáo công tác tháng quý năm đồng chí kết luận vụ án hình sự dân sự điều tra truy tố"
    " xét xử thi hành phạm nhân bị can bị cáo quyết định kháng nghị kiến nghị ngân sách kinh phí đơn vị phòng khu vực"
    " lãnh đạo chỉ đạo kế hoạch nhiệm vụ trọng tâm tổng kết hội nghị ủy ban thẩm tra giám sát khiếu nại tố cáo tiếp dân"
)
SYLLABLES = TEXT.split()
RARE = [f"{a}{b}" for a in ("lương", "trần", "đồng", "đức", "hòa", "thạch", "quỳnh", "bảo") for b in ("", "g", "nh")]
PAGES_EACH, WORDS, ROUNDS = 50, 320, 200
QUESTIONS = (
    "đồng chí", "dong chi", "viện kiểm sát", "kiem sat", '"kết luận vụ án"', "ngân sách kinh phí", "ngan sach",
    "khiếu nại hoặc tố cáo", "thạch", "quỳnhnh", "trang 7", "báo cáo -tháng", "đ", "quyet dinh khang nghi", "hòag",
    "bao cao cong tac thang quy nam", "05/BC-VKS", "vien", "quyet din", "thac",
)  # fmt: skip


def fill(db, pages: int) -> None:
    dice = random.Random(7)
    weights = [1 / (n + 4) for n in range(len(SYLLABLES))]
    about = {"title": "Báo cáo", "weight": 1.0}
    for document in range(pages // PAGES_EACH):
        batch = []
        for n in range(1, PAGES_EACH + 1):
            words = dice.choices(SYLLABLES, weights, k=WORDS)
            words[dice.randrange(WORDS)] = dice.choice(RARE)
            batch.append((n, " ".join(words) + f" trang {n} 05/BC-VKS"))
        with database.writing(db):
            store.keep_pages(db, f"d{document}", {**about, "meeting": f"m{document // 10}"}, batch)
    with database.writing(db):
        store.tidy(db)


def ask(db, typed: str, scopes: list[str]) -> float:
    """CPU milliseconds of the search and the snippets of its first page."""
    begun = time.process_time()
    matches = grammar.matches_of(grammar.parse(typed))
    hits = sorted(store.find(db, matches, scopes), key=lambda hit: (not hit.exact, hit.score))
    store.find_snippets(db, [hit.id for hit in hits[:20]], matches)
    return (time.process_time() - begun) * 1000


def main(pages: int, folder: str) -> None:
    if not folder:
        with tempfile.TemporaryDirectory() as made:
            main(pages, made)
        return
    path = Path(folder) / "search.db"
    is_new = not path.exists()
    database.prepare(path)
    db = database.connect(path, patience=5)
    if is_new:
        begun = time.process_time()
        fill(db, pages)
        print(f"index: {time.process_time() - begun:.0f} CPU-s, {path.stat().st_size / 1e6:.0f} MB")
    documents = [f"d:d{n}" for n in range(pages // PAGES_EACH)]
    print("| reader of | p50 CPU-ms | p95 CPU-ms | most CPU-ms |\n|---|---|---|---|")
    for share in (1, 20, 100):
        dice = random.Random(share)
        scopes = dice.sample(documents, max(1, len(documents) * share // 100))
        times = sorted(ask(db, dice.choice(QUESTIONS), scopes) for _ in range(ROUNDS))
        worst = times[int(ROUNDS * 0.95)]
        print(f"| {share} % | {statistics.median(times):.1f} | {worst:.1f} | {times[-1]:.1f} |", flush=True)
    db.close()

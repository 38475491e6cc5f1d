"""A scanned case comes in while a meeting runs: seconds per 1,000 pages, and what the meeting feels of it.

    python -m bench import --pages 1000

Eight volumes of colour scans at 200 dpi go in at once, over HTTP. Real server, real worker. Measured: from a volume's
last byte until its first page can be seen; all pages; a page turn to the last of so many tablets, alone and meanwhile;
how long the server lets others wait.
"""

import io
import statistics
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench import ingest
from bench.page_turn import Server, build, with_meeting
from meetingroom.documents.office import FONTS
from tests.rooms import Person, Room, people_of, prepare_meeting

VOLUMES, DIFFERENT = 8, 12
SHEET = {"code": "LG-2026-900", "title": "Vụ án lớn", "secrecy": "no", "stage": "prosecution"}
ALONE, GAP = 100, 40  # turns, ms between them
SAID, STUCK = 15, 600  # seconds after which the progress is said again, and after which nothing more is expected


def scans(place: Path) -> list[bytes]:
    """Some pages as a scanner makes them (JPEG); each volume repeats them, for drawing costs the same."""
    import pypdfium2 as pdfium

    printed = pdfium.PdfDocument(ingest.text(DIFFERENT, place / "printed.pdf"))
    found = []
    for page in printed:
        paper = page.render(scale=200 / 72).to_pil().convert("RGB")
        grain = Image.effect_noise(paper.size, 22).convert("RGB")
        out = io.BytesIO()
        Image.blend(paper, grain, 0.15).rotate(0.6, fillcolor="#dcd").save(out, "JPEG", quality=85)
        found.append(out.getvalue())
    return found


def volume(no: int, pages: int, pictures: list[bytes], path: Path) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    readers = [ImageReader(io.BytesIO(each)) for each in pictures]
    for page in range(pages):
        canvas.drawImage(readers[(no + page) % len(readers)], 0, 0, *A4)
        canvas.drawString(520, 810, str(no * pages + page + 1))
        canvas.showPage()
    canvas.save()
    return path


def send(owner: Person, case: str, no: int, path: Path) -> float:
    """Brings a volume in; seconds until its first page is there."""
    with path.open("rb") as file:
        sent = owner.post(
            f"/api/cases/{case}/documents",
            files={"file": (path.name, file, "application/pdf")},
            data={"volume": str(no + 1), "title": f"Tập {no + 1}"},
        )
    assert sent.status_code == 202, sent.text
    document, began = sent.json()["id"], time.perf_counter()
    while owner.get(f"/documents/{document}/pages/1.webp").status_code != 200:
        if time.perf_counter() - began > STUCK:
            raise TimeoutError(f"volume {no + 1}: no page after {STUCK} s")
        time.sleep(0.25)
    return time.perf_counter() - began


class Arrival:
    """How far the volumes are. Raises what a sender met; RuntimeError where a volume failed or nothing is drawn."""

    def __init__(self, owner: Person, case: str, pages: int, senders: list[Future]):
        self.owner, self.case, self.pages, self.senders = owner, case, pages, senders
        self.began = self.said = self.moved = time.perf_counter()
        self.drawn = 0

    def is_over(self) -> bool:
        for each in self.senders:
            if each.done():
                each.result()
        case = self.owner.get(f"/api/cases/{self.case}").json()
        found = [each for volume in case["volumes"] for each in volume["documents"]]
        if failed := [each for each in found if each["status"] == "failed"]:
            raise RuntimeError(f"{failed[0]['title']}: {failed[0]['error']}")
        self.tell(sum(each["ready_pages"] for each in found))
        return len(found) == VOLUMES and all(each["status"] == "ready" for each in found)

    def tell(self, drawn: int) -> None:
        now = time.perf_counter()
        if drawn > self.drawn:
            self.drawn, self.moved = drawn, now
        if now - self.moved > STUCK:
            raise RuntimeError(f"{drawn} of {self.pages} pages, and no more for {STUCK} s")
        if now - self.said > SAID:
            self.said = now
            print(f"… {drawn} of {self.pages} pages after {now - self.began:.0f} s", flush=True)


def turns_until(server: Server, over) -> list[float]:
    """ms to the last tablet of every turn, in blocks of ten, until `over()`."""
    server.blocks.clear()
    while not over():
        server.turn(10, GAP)
    return [turn[3] for block in server.blocks for turn in block["turns"] if turn[0]]


def main(pages: int, tablets: int) -> None:
    build()
    pdfmetrics.registerFont(TTFont("Serif", str(FONTS / "LiberationSerif-Regular.ttf")))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        place = Path(folder)
        room = Room(place / "data", people_of(place / "data")).start()
        server: Server | None = None
        at_once = ThreadPoolExecutor(VOLUMES)
        try:
            prepare_meeting(room)
            pictures = scans(place)
            files = [volume(no, pages // VOLUMES, pictures, place / f"T{no + 1:02}.pdf") for no in range(VOLUMES)]
            owner = room.person("em")
            case = owner.post("/api/cases", json=SHEET).json()["id"]
            server = with_meeting(room)
            server.wait_until_at_rest()
            server.fill(tablets)
            alone = blocks_of(server)
            watch = ingest.Watch(room)
            watch.start()
            began = time.perf_counter()
            senders = [at_once.submit(send, owner, case, *each) for each in enumerate(files)]
            beside = turns_until(server, Arrival(owner, case, pages, senders).is_over)
            whole = time.perf_counter() - began
            watch.over = True
            watch.join()
            waits = sorted(watch.waits)
            tell(pages, tablets, whole, [each.result() for each in senders], alone, beside, waits)
        finally:
            if server:
                server.end()
            room.kill()
            at_once.shutdown()


def blocks_of(server: Server) -> list[float]:
    server.turn(100, 5)
    left = iter(range(ALONE // 10 + 1))
    return turns_until(server, lambda: next(left) == ALONE // 10)


def tell(pages: int, tablets: int, whole: float, firsts, alone, beside, waits) -> None:
    ninety_five = lambda found: sorted(found)[len(found) * 95 // 100]  # noqa: E731
    middle = statistics.median
    print(f"{pages} pages in {VOLUMES} volumes: {whole:.0f} s, {whole / pages * 1000:.0f} s per 1,000")
    print(f"first page of each volume after s: {', '.join(f'{each:.1f}' for each in firsts)}")
    print(
        f"turn to the last of {tablets} tablets, ms: alone {middle(alone):.2f} (p95 {ninety_five(alone):.2f}),"
        f" meanwhile {middle(beside):.2f} (p95 {ninety_five(beside):.2f}): {middle(beside) / middle(alone):.2f} times"
    )
    print(f"the server let others wait, ms: p95 {ninety_five(waits) * 1000:.0f}, worst {waits[-1] * 1000:.0f}")

"""How long an upload takes to become a paper: real server, real worker, over HTTP.

python bench/ingest.py [kind[:pages] …]      default: text:100 deck:60 scan:60; also docx, xlsx where LibreOffice is
"""

import io
import random
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import pypdfium2 as pdfium
import requests
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from meetingroom.documents.office import FONTS
from tests.rooms import Room, people_of, prepare_meeting

SENTENCE = (
    "Viện kiểm sát nhân dân tỉnh báo cáo tình hình chấp hành pháp luật kết quả công tác kiểm sát hoạt động tư pháp "
    "sáu tháng đầu năm đề nghị các đơn vị phối hợp nghiêm túc thực hiện nhiệm vụ được giao đúng thời hạn"
)
WORDS = SENTENCE.split()
CHANCE = random.Random(5)


def words(count: int) -> str:
    return " ".join(CHANCE.choices(WORDS, k=count))


def text(pages: int, path: Path) -> Path:
    """Dense A4 pages, as a report has them."""
    canvas = Canvas(str(path), pagesize=A4)
    for number in range(1, pages + 1):
        canvas.setFont("Serif", 13)
        canvas.drawCentredString(297, 805, str(number))
        for y in range(780, 60, -19):
            canvas.drawString(85, y, words(17)[:86])
        canvas.showPage()
    canvas.save()
    return path


def deck(pages: int, path: Path) -> Path:
    """16:9 slides: a gradient, some lines, a photograph."""
    canvas = Canvas(str(path), pagesize=(960, 540))
    for _ in range(pages):
        canvas.linearGradient(0, 0, 960, 540, ((0.9, 0.95, 1), (0.6, 0.75, 0.95)))
        for line in range(8):
            canvas.setFont("Serif", 20)
            canvas.drawString(60, 430 - line * 38, words(7))
        canvas.drawImage(picture(photograph(800, 800)), 560, 80, 340, 340)
        canvas.showPage()
    canvas.save()
    return path


def scan(pages: int, path: Path) -> Path:
    """What a scanner makes: colour JPEG at 200 dpi, a little askew."""
    canvas = Canvas(str(path), pagesize=A4)
    printed = pdfium.PdfDocument(text(min(pages, 10), path.with_suffix(".printed")))
    for number in range(pages):
        paper = printed[number % len(printed)].render(scale=200 / 72).to_pil().convert("RGB")
        paper = Image.blend(paper, Image.effect_noise(paper.size, 22).convert("RGB"), 0.15).rotate(
            0.6, fillcolor="#dcd"
        )
        canvas.drawImage(picture(paper), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return path


def docx(pages: int, path: Path) -> Path:
    import docx

    report = docx.Document()
    for _ in range(pages * 5):
        report.add_paragraph(words(100))
    report.save(str(path))
    return path


def xlsx(pages: int, path: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(pages * 45):
        sheet.append([row, words(3), CHANCE.randrange(1000), CHANCE.randrange(1000)])
    book.save(path)
    return path


def photograph(width: int, height: int) -> Image.Image:
    noise = Image.effect_noise((width // 8, height // 8), 90).resize((width, height))
    light = Image.radial_gradient("L").resize((width, height))
    return Image.merge("RGB", (noise, light, Image.blend(noise, light, 0.5)))


def picture(image: Image.Image) -> ImageReader:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    out.seek(0)
    return ImageReader(out)


KINDS = {
    "text": (text, "pdf"),
    "deck": (deck, "pdf"),
    "scan": (scan, "pdf"),
    "docx": (docx, "docx"),
    "xlsx": (xlsx, "xlsx"),
}


HEAD = "kind     pages      MB  first s    all s   s/page 2nd/page KB 480   1920   2880  memory wait ms   worst"


class Watch(threading.Thread):
    """Meanwhile: the memory of the worker with its render processes, and how long the server lets others wait."""

    def __init__(self, room: Room):
        super().__init__(daemon=True)
        self.room, self.megabytes, self.waits, self.over = room, 0, [], False

    def run(self):
        while not self.over:
            began = time.perf_counter()
            requests.get(self.room.url + "/healthz", timeout=30)
            self.waits.append(time.perf_counter() - began)
            self.megabytes = max(self.megabytes, worker_memory(self.room.data))
            time.sleep(0.05)


def worker_memory(data: Path) -> int:
    """Megabytes (PSS) of the worker and all it started."""
    processes = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            processes[int(folder.name)] = int(stat[1])
    with suppress(StopIteration, OSError):
        tree = {next(pid for pid in processes if is_worker(pid, data))}
        for _ in range(4):
            tree |= {pid for pid, parent in processes.items() if parent in tree}
        return sum(map(pss, tree)) // 1024
    return 0


def is_worker(pid: int, data: Path) -> bool:
    with suppress(OSError):
        return b"worker\0--data\0" + str(data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def pss(pid: int) -> int:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def measure(room: Room, path: Path) -> str:
    mai = room.person("mai")
    item = mai.read_view()["agenda"]["order"][0]
    watch = Watch(room)
    watch.start()
    with path.open("rb") as file:
        sent = mai.post(
            f"/api/meetings/{room.meeting}/documents", files={"file": (path.name, file)}, data={"item": item}
        )
    assert sent.status_code == 202, sent.text
    document, began, first = sent.json()["id"], time.perf_counter(), 0.0
    while (answer := mai.get(f"/api/documents/{document}").json())["status"] == "processing":
        if answer["ready_pages"] and not first:
            first = time.perf_counter() - began
        time.sleep(0.05)
    whole = time.perf_counter() - began
    assert answer["status"] == "ready", answer
    pages, sharp = answer["pages"], sharpened(room, document)
    watch.over = True
    watch.join()
    waits = sorted(watch.waits)
    kilobytes = [weight(room, document, width) / 1024 / pages for width in (480, 1920, 2880)]
    return (
        f"{path.stem:8} {pages:5} {path.stat().st_size / 1e6:7.1f} {first or whole:8.2f} {whole:8.2f}"
        f" {whole / pages:8.3f} {sharp / pages:8.3f} {kilobytes[0]:6.0f} {kilobytes[1]:6.0f} {kilobytes[2]:6.0f}"
        f" {watch.megabytes:7} {waits[len(waits) // 2] * 1000:7.0f} {waits[-1] * 1000:7.0f}"
    )


def sharpened(room: Room, document: str) -> float:
    """Seconds of the second pass."""
    began = time.perf_counter()
    pages = folder(room, document)
    while len(list(pages.glob("2880/*.webp"))) < len(list(pages.glob("1920/*.webp"))):
        time.sleep(0.1)
    return time.perf_counter() - began


def weight(room: Room, document: str, width: int) -> int:
    return sum(path.stat().st_size for path in (folder(room, document) / str(width)).glob("*.webp"))


def folder(room: Room, document: str) -> Path:
    from meetingroom.database import connect

    sha = connect(room.data / "meetingroom.db", patience=5).conn.execute(
        "select sha from documents where id = ?", (document,)
    )
    [found] = sha.fetchone()
    return room.data / "pages" / found[:2] / found


def main(wanted: list[str]) -> None:
    pdfmetrics.registerFont(TTFont("Serif", str(FONTS / "LiberationSerif-Regular.ttf")))
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        room = Room(data, people_of(data)).start()
        try:
            prepare_meeting(room)
            print(HEAD)
            for each in wanted or ["text:100", "deck:60", "scan:60"]:
                kind, _, pages = each.partition(":")
                make, ending = KINDS[kind]
                print(measure(room, make(int(pages or 20), Path(place) / f"{kind}.{ending}")), flush=True)
        finally:
            room.stop()


if __name__ == "__main__":
    main(sys.argv[1:])

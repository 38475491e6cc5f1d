"""What recognising a scanned page costs, and how well it goes, on pages whose words are known.

python -m bench ocr [--rounds 2]
"""

import resource
import tempfile
import time
from pathlib import Path

from PIL import Image
from rapidfuzz.distance import Levenshtein

from meetingroom.documents import recognisable, sandbox
from meetingroom.recognition import job, ocr, tesseract
from tests.recognition import scans

DOTS = 200
A4 = (1240, 1754)  # at 150 dots an inch; read at 200
WORDS = 320
PAGES: dict[str, dict] = {
    "straight": {},
    "2° askew": {"skew": 2},
    "red seal over the text": {"seal": True},
    "2° askew, seal, red stamp": {"skew": 2, "seal": True, "stamp": "TỐI MẬT"},
}


def main(rounds: int) -> None:
    if not recognisable.is_installed():
        raise SystemExit("tesseract-ocr and tesseract-ocr-vie are not installed")
    # Behind the other walls nobody is told what a program has cost.
    sandbox.find_wall = lambda: "plain"  # type: ignore[assignment]
    said = " ".join(scans.words(WORDS))
    print("page                        CPU-s   × tesseract alone   CER %   of tesseract alone %   stamp   wall s")
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        for name, about in PAGES.items():
            page = scans.page(WORDS, size=A4, **about)
            picture = page.resize([round(edge * DOTS / 150) for edge in A4], Image.Resampling.BICUBIC)
            ours, alone, walls = [], [], []
            for _ in range(max(1, rounds)):
                begun, before = time.perf_counter(), used()
                read = job.read_picture(picture, DOTS, work)
                walls.append(time.perf_counter() - begun)
                ours.append(used() - before)
                before = used()
                table = tesseract.recognise(picture.convert("L"), DOTS, work)
                alone.append(used() - before)
            plain = " ".join(word.text for word in ocr.read_table(table))
            found = " ".join(word["text"] for word in read["words"])
            cost, bare = min(ours), min(alone)
            print(
                f"{name:26}{cost:7.2f}{cost / bare:20.2f}{error(said, found):8.2f}{error(said, plain):23.2f}"
                f"{read['stamp'] or '-':>8}{min(walls):9.2f}"
            )


def used() -> float:
    """CPU seconds of this process and of the programs it has run."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def error(said: str, found: str) -> float:
    """Letters that are wrong, missing or too many, of 100."""
    return 100 * Levenshtein.distance(said, found) / len(said)

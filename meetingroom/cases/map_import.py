"""A stranger's map becomes maps of a case: opened in a bounded process (`cases/formats/reading.py`)."""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from meetingroom.cases.formats import limits, reading
from meetingroom.cases.formats.limits import MapRejected
from meetingroom.documents.sandbox import Limits

ROOT = Path(__file__).parents[2]
LIMITS = Limits(seconds=20, memory=1500 * limits.MEGABYTE, file=limits.FILE)
LOOK = 0.02  # seconds


@contextmanager
def opened(path: Path, name: str, title: str):
    """(what `reading` answers, the folder with the files that came inside). Raises MapRejected."""
    kind = reading.kind_of(name)
    with tempfile.TemporaryDirectory(prefix="map-") as work:
        folder, said = Path(work) / "files", Path(work) / "said"
        folder.mkdir()
        command = [*LIMITS.command()[:1], *bounds(), sys.executable, "-m", "meetingroom.cases.formats.reading",
                   kind, str(path), title, str(folder)]  # fmt: skip
        with said.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL
            )
        wait_for(process)
        yield read_answer(said), folder


def bounds() -> list[str]:
    """Of `Limits.command`, but without the bound on processes, which counts all of the server's user."""
    return [each for each in LIMITS.command()[1:] if each.startswith(("--as", "--cpu", "--fsize", "--core"))]


def wait_for(process: subprocess.Popen) -> None:
    """Looks again and again, so that the event loop turns meanwhile."""
    deadline = time.monotonic() + LIMITS.seconds
    try:
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(LOOK)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def read_answer(said: Path) -> dict:
    try:
        answer = json.loads(said.read_bytes())
    except ValueError:  # it was stopped: too long, too large
        raise MapRejected("map_unreadable") from None
    if "rejected" in answer:
        raise MapRejected(answer["rejected"], **answer["details"])
    return answer

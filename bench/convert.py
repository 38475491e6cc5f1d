"""What it costs to make a recording playable: seconds of processor for a second of video.

    python -m bench convert --seconds 20

A noisy moving picture at 1080p and 720p, 25 a second, as HEVC (a telephone's), and as H.264 that fits and is only
packed anew; each through the worker's own code, behind the sandbox.
"""

import resource
import subprocess
import tempfile
import time
from pathlib import Path

from meetingroom.cases.media.convert import Maker
from meetingroom.cases.media.ffmpeg import Workplace
from meetingroom.cases.media.plan import plan

SIZES = ("1920x1080", "1280x720")
GIGABYTE = 1024**3


class Silent:
    """Nobody waits for it."""

    def look(self, new_piece: bool = False) -> None: ...

    def tell(self, percent: int) -> None: ...


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as place:
        for size in SIZES:
            for codec in ("libx265", "libx264"):
                source = Path(place) / f"{codec}-{size}.mp4"
                record(source, size, codec, seconds)
                measure(source, f"{codec} {size}", seconds)


def record(path: Path, size: str, codec: str, seconds: float) -> None:
    picture = f"testsrc2=size={size}:rate=25:duration={seconds},noise=alls=12:allf=t,format=yuv420p"
    sources = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"]
    quality = ["-c:v", codec, "-preset", "ultrafast", "-crf", "24", "-level:v", "4.1", "-c:a", "aac"]
    subprocess.run(["ffmpeg", "-v", "fatal", "-y", *sources, *quality, str(path)], check=True)


def measure(source: Path, name: str, seconds: float) -> None:
    at = Workplace(source, source.with_suffix(".work")).lay_out()
    found = plan(at.probe(at.source, "mov"), "mov", 12)
    began, before = time.monotonic(), processor()
    made, _ = Maker(at, found, "mov", GIGABYTE, Silent()).make()
    cost, lasted = processor() - before, time.monotonic() - began
    megabytes = made.stat().st_size / 1024**2
    print(f"{name}: {found.video}, {cost / seconds:.2f} CPU-s a second ({lasted:.1f} s), {megabytes:.1f} MB")
    at.clear()


def processor() -> float:
    """Seconds that finished children took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

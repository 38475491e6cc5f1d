"""ffmpeg and ffprobe of the system, behind the wall that office files are opened behind (`documents/sandbox.py`).

They see the one file and the folder they write to; no network, no other protocol than `file`, and of all their
demuxers only the one that the first bytes of the file call for.
"""

import functools
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Self

from meetingroom.config import MEGABYTE
from meetingroom.documents import content_store, sandbox
from meetingroom.documents.file_rejected import FileRejected

logger = logging.getLogger(__name__)

GIGABYTE = 1024 * MEGABYTE
MEMORY = 3 * GIGABYTE  # of address space
PROBE_SECONDS = 60
SAID_MOST = 4 * MEGABYTE  # what ffprobe may say of a file
QUIET = ("-hide_banner", "-v", "fatal", "-protocol_whitelist", "file")
ASKED = (
    "format=duration,start_time"
    ":stream=index,codec_type,codec_name,profile,level,pix_fmt,width,height,sample_aspect_ratio,avg_frame_rate,"
    "field_order,channels,sample_rate,duration,nb_frames"
    ":stream_disposition=attached_pic:stream_side_data=rotation"
)


@functools.cache
def available() -> bool:
    """Whether both programs are installed, as they were when this process began."""
    return bool(shutil.which("ffmpeg") and shutil.which("ffprobe"))


class Workplace:
    """Where ffmpeg works for one original: `folder` is all it can write, `source` what it reads. Neither is there
    before `lay_out`."""

    def __init__(self, original: Path, folder: Path):
        self.original, folder = original.resolve(), folder.resolve()
        self.seen: tuple[Path, ...] = (self.original,)
        self.source, self.folder = self.original, folder
        if sandbox.find_wall() != "bubblewrap" and os.geteuid() == 0:
            # Root becomes nobody, who may not go the way to the data: it works on a copy, in a place of its own.
            name = f"{content_store.RECORDING}{self.original.name[:32]}-{folder.name}"
            self.folder = folder if sandbox.is_reachable(folder / "any") else Path(tempfile.gettempdir()) / name
            self.source, self.seen = self.folder / "original", ()

    def lay_out(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.source != self.original and not self.source.exists():
            # Whole or not at all: half a copy would become half a recording.
            aside = self.source.with_name("original.new")
            shutil.copyfile(self.original, aside)
            aside.rename(self.source)
        return self

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(
        self, arguments: list[str], *, seconds: int, file: int = GIGABYTE, pause: Callable[[], None] = lambda: None,
        said: Path | None = None, program: str = "ffmpeg",
    ) -> bool:  # fmt: skip
        """Whether it ended well. Raises sandbox.TookTooLong, and whatever `pause` raises."""
        done = sandbox.run(
            [program, *arguments],
            work=self.folder,
            limits=sandbox.Limits(seconds=seconds, memory=MEMORY, file=file),
            readable=self.seen,
            environment={"HOME": str(self.folder), "TMPDIR": str(self.folder)},
            pause=pause,
            said=said or self.folder / "said",
        )
        if done.returncode:
            words = done.stderr[-500:].decode("utf-8", "replace")
            logger.warning("%s ended with %s: %s", program, done.returncode, words)
        return done.returncode == 0

    def probe(self, path: Path, demuxer: str, pause: Callable[[], None] = lambda: None) -> dict:
        """What ffprobe says of a file: {format: {duration}, streams: […]}. Raises FileRejected: damaged |
        media_slow."""
        said = self.folder / "probed"
        wanted = ["-show_entries", ASKED, "-of", "json", "-f", demuxer, "-i", f"file:{path}"]
        try:
            fine = self.run([*QUIET, *wanted], seconds=PROBE_SECONDS, pause=pause, said=said, program="ffprobe")
        except sandbox.TookTooLong:
            raise FileRejected("media_slow") from None
        try:
            if not fine or said.stat().st_size > SAID_MOST:
                raise FileRejected("damaged")
            found = json.loads(said.read_bytes())
        except ValueError:
            raise FileRejected("damaged") from None
        finally:
            said.unlink(missing_ok=True)
        return found if isinstance(found, dict) else {}

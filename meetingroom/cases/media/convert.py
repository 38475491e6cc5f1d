"""What came becomes what every screen shows: photos upright and without what the camera wrote into them, recordings as
MP4 or M4A.

A long video is made in pieces of ten seconds, which stay on the disk: a worker that is killed, or steps back for
others, goes on where it stopped. What was made once serves every case that has the same file.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from meetingroom import disk
from meetingroom.cases.media import ffmpeg, formats, store
from meetingroom.cases.media.ffmpeg import QUIET, Workplace
from meetingroom.cases.media.formats import AUDIO, PHOTO, VIDEO
from meetingroom.cases.media.place import SHARP, MediaPlace
from meetingroom.cases.media.plan import COPY, ENCODE, FRAMES, Plan, missing, number, plan
from meetingroom.cases.media.progress import Cancelled, Progress
from meetingroom.documents import render_slots, sandbox
from meetingroom.documents.file_rejected import FileRejected, full_is_rejected
from meetingroom.documents.render_process import Died, RenderProcess, TookTooLong
from meetingroom.jobs.queue import JobContext, Requeue

PIECE = 10  # seconds of video that are made at a time
PLAIN = (
    "-sn",
    "-dn",
    "-map_metadata",
    "-1",
    "-map_chapters",
    "-1",
)  # nothing but picture and sound: no place, no names
ONE = ("-threads", "1")
FAST = ("-movflags", "+faststart", "-f", "mp4")
PACK_SECONDS, ENCODE_SECONDS = 0.5, 40  # of work for one second of a recording, at most
POSTER_WIDTH = 640


def convert(context: JobContext, id: str) -> None:
    """Make the view of one, or write down why there is none."""
    with context.pool.lend() as db:
        row = store.find_any(db, id)
    if row is None or row["state"] not in (store.WAITING, store.WORKING):
        return
    place = MediaPlace(context.settings, row["sha"])
    progress = Progress(context, id)
    try:
        with full_is_rejected():
            about = place.about() or make(context, row, place, progress)
    except Cancelled:
        clear(place)
        with context.pool.lend() as db:
            again = progress.is_wanted(db)
        if again:  # somebody had it prepared anew while it was being stopped
            raise Requeue from None
    except FileRejected as rejected:
        clear(place)
        progress.fail(rejected.code, rejected.details)
    else:
        progress.finish(about)


def make(context: JobContext, row: dict, place: MediaPlace, progress: Progress) -> dict:
    """Raises FileRejected, Cancelled, queue.Requeue."""
    progress.begin()
    if not place.original.exists():
        raise FileRejected("media_lost")
    photo = formats.is_picture(row["format"])
    about = draw(context, place) if photo else record(context, row, place, progress)
    place.finish(about)
    return about


def draw(context: JobContext, place: MediaPlace) -> dict:
    """A photo, in the sizes of a page. Nobody but its process opens it."""
    try:
        with (
            render_slots.shared.place(context.pause),
            RenderProcess(place.original, "image", place.contents.folder) as process,
        ):
            process.ask("draw", seconds=60, page=1)
            process.ask("sharpen", seconds=60, page=1)
    except (Died, TookTooLong):
        raise FileRejected("damaged") from None
    width, height = size_of(place.contents.page(1, SHARP))
    return {"kind": PHOTO, "seconds": 0, "width": width, "height": height, "transcoded": False}


def size_of(path: Path) -> tuple[int, int]:
    """In pixels, of a picture that we made."""
    from PIL import Image  # here: the server starts without it

    with Image.open(path, formats=("WEBP",)) as picture:
        return picture.size


def record(context: JobContext, row: dict, place: MediaPlace, progress: Progress) -> dict:
    """Audio or video."""
    if not ffmpeg.available():
        raise FileRejected("ffmpeg_missing")
    settings = context.settings
    if not disk.has_room(settings.data, 2 * place.original.stat().st_size):
        raise FileRejected("no_space")
    demuxer = formats.FORMATS[row["format"]].demuxer
    at = Workplace(place.original, place.making).lay_out()
    found = plan(at.probe(at.source, demuxer, progress.look), demuxer, settings.case_media_hours)
    maker = Maker(at, found, demuxer, settings.case_file_limit, progress)
    try:
        made, poster = maker.make()
    except sandbox.TookTooLong:
        raise FileRejected("media_slow") from None
    about = {"kind": found.kind, "seconds": maker.seconds, "width": found.width, "height": found.height}
    place.folder.mkdir(parents=True, exist_ok=True)
    take(made, place.view(found.kind))
    if poster:
        take(poster, place.poster(found.kind))
    at.clear()
    with place.original.open("rb") as file:
        lacks = missing(found.said, maker.seconds, demuxer, file.read(8))
    return {**about, "transcoded": found.transcoded, "missing": lacks}


def take(made: Path, target: Path) -> None:
    """To its place, also from another disk; whole or not at all."""
    aside = target.with_name(f"{target.name}.new")
    shutil.copyfile(made, aside) if made.stat().st_dev != target.parent.stat().st_dev else made.rename(aside)
    aside.chmod(0o644)
    aside.rename(target)


def clear(place: MediaPlace) -> None:
    """What was begun; what is whole may be another case's."""
    Workplace(place.original, place.making).clear()
    if not place.about():
        shutil.rmtree(place.folder, ignore_errors=True)


class Maker:
    """The view of one recording, by its plan."""

    def __init__(self, at: Workplace, found: Plan, demuxer: str, most: int, progress: Progress):
        self.at, self.plan, self.progress, self.most = at, found, progress, most
        self.seconds = found.seconds
        self.source = ["-f", demuxer, *ONE, "-i", f"file:{at.source}"]

    def make(self) -> tuple[Path, Path | None]:
        """The file and its poster, still where it was made."""
        made = self.at.folder / ("made.m4a" if self.plan.kind == AUDIO else "made.mp4")
        if self.plan.video == ENCODE:
            self.in_pieces(made)
        else:
            self.at_once(made)
        if not made.exists() or not made.stat().st_size:
            raise FileRejected("damaged")
        probed = self.at.probe(made, "mov", self.progress.look)
        self.seconds = round(number((probed.get("format") or {}).get("duration")), 3) or self.plan.seconds
        return made, self.poster(made) if self.plan.kind == VIDEO else None

    def at_once(self, made: Path) -> None:
        """Streams that fit, and sound alone: seconds of work."""
        video = ["-map", f"0:{self.plan.video_at}", "-c:v", "copy"] if self.plan.video else ["-vn"]
        audio = ["-map", f"0:{self.plan.audio_at}", *sound(self.plan.audio == COPY)] if self.plan.audio else ["-an"]
        self.run([*self.source, *video, *audio, *PLAIN, *FAST, str(made)], PACK_SECONDS, 0, 98)

    def in_pieces(self, made: Path) -> None:
        """The picture piece by piece, then the sound, then both together."""
        self.draw_pieces()
        joined = self.join()
        inputs, maps = ["-f", "mpegts", "-i", f"file:{joined}"], ["-map", "0:v:0"]
        if self.plan.audio:
            track = self.at.folder / "sound.m4a"
            audio = ["-map", f"0:{self.plan.audio_at}", "-vn", *sound(False), *PLAIN, *FAST, str(track)]
            self.run([*self.source, *audio], PACK_SECONDS, 94, 97)
            inputs += ["-f", "mov", "-i", f"file:{track}"]
            maps += ["-map", "1:a:0"]
        self.run([*inputs, *maps, "-c", "copy", *PLAIN, *FAST, str(made)], PACK_SECONDS, 97, 98)

    def pieces(self) -> list[Path]:
        return sorted(self.at.folder.glob("piece*.ts"))

    def draw_pieces(self) -> None:
        """From where another attempt stopped: its last piece may not be whole."""
        whole = self.at.folder / "pieces-whole"
        if whole.exists():
            return
        if there := self.pieces():
            there.pop().unlink()
        begin = PIECE * len(self.pieces())
        seek = ["-ss", str(begin)] if begin else []
        cuts = ",".join(str(at) for at in range(begin + PIECE, int(max(self.plan.seconds, PIECE)) + 3 * PIECE, PIECE))
        picture = [
            *("-map", f"0:{self.plan.video_at}", "-an"),
            *("-vf", f"yadif=deint=interlaced,scale={self.plan.width}:{self.plan.height},setsar=1,format=yuv420p"),
            *("-fpsmax", str(FRAMES), "-c:v", "libx264", "-preset", "veryfast", "-crf", "23"),
            *("-profile:v", "high", "-level:v", "4.1", "-force_key_frames", "expr:gte(t,n_forced)"),
        ]
        pieces = [
            *("-output_ts_offset", str(begin), "-f", "segment", "-segment_format", "mpegts", "-segment_times", cuts),
            *("-segment_start_number", str(begin // PIECE), str(self.at.folder / "piece%06d.ts")),
        ]
        self.run([*seek, *self.source, *picture, *ONE, *PLAIN, *pieces], ENCODE_SECONDS, 0, 94, begin)
        if not self.pieces():
            raise FileRejected("damaged")
        whole.touch()

    def join(self) -> Path:
        """One stream of all pieces: a transport stream is what can be laid end to end."""
        joined = self.at.folder / "joined.ts"
        with joined.open("wb") as file:
            for piece in self.pieces():
                with piece.open("rb") as part:
                    shutil.copyfileobj(part, file, 1024 * 1024)
                self.progress.look()
                self.check_room()
        return joined

    def poster(self, made: Path) -> Path | None:
        """A still from near the beginning, where the picture is not black any more."""
        still = self.at.folder / "poster.webp"
        at = ["-ss", f"{min(1.0, self.seconds / 3):.3f}", "-f", "mov", "-i", f"file:{made}"]
        one = ["-frames:v", "1", "-vf", f"scale='min({POSTER_WIDTH},iw)':-2", "-c:v", "libwebp", "-quality", "80"]
        self.run([*at, *one, *PLAIN, "-f", "image2", "-update", "1", str(still)], 0, 98, 99)
        return still if still.exists() else None

    def run(self, arguments: list[str], cost: float, low: int, high: int, begun: float = 0) -> None:
        """One call of ffmpeg; on its way the progress goes from `low` to `high` percent. What it made of a damaged
        recording is judged by whoever takes it."""
        said = self.at.folder / "said"
        command = ["-nostdin", "-y", *QUIET, "-progress", "pipe:1", "-stats_period", "1", "-nostats", *arguments]
        look = self.watch(said, low, high, begun)
        self.at.run(
            command, seconds=int(120 + cost * max(self.plan.seconds, 60)), file=self.most, pause=look, said=said
        )
        self.check_room()

    def check_room(self) -> None:
        """ffmpeg makes do with what a full disk has taken, and a meeting that runs needs some of it. Raises
        FileRejected("no_space")."""
        if not disk.has_room(self.at.folder):
            raise FileRejected("no_space")

    def watch(self, said: Path, low: int, high: int, begun: float) -> Callable[[], None]:
        seen = [len(self.pieces())]

        def look() -> None:
            whole = len(self.pieces()) - 1  # the last one is being made
            grown = whole > seen[0]
            seen[0] = max(seen[0], whole)
            self.progress.look(new_piece=grown)
            self.check_room()
            if grown and sum(piece.stat().st_size for piece in self.pieces()) > self.most:
                raise FileRejected("media_output_large")
            if self.plan.seconds:
                part = min(1.0, reached(said, begun) / self.plan.seconds)
                self.progress.tell(int(low + (high - low) * part))

        return look


def sound(copied: bool) -> list[str]:
    if copied:
        return ["-c:a", "copy"]
    return ["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000", "-af", "aresample=async=1:first_pts=0"]


def reached(said: Path, begun: float) -> float:
    """The second of the recording at which ffmpeg is, by what it says of itself."""
    try:
        with said.open("rb") as file:
            file.seek(max(0, said.stat().st_size - 1000))
            lines = file.read().decode("ascii", "replace").splitlines()
    except OSError:
        return begun
    found = [line.partition("=")[2] for line in lines if line.startswith("out_time_us=")]
    at = number(found[-1]) / 1_000_000 if found else 0.0
    return at if at >= begun else begun + at

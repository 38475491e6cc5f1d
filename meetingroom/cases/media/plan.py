"""What is to be done to a recording so that every screen plays it. Pure.

Played everywhere: MP4 with H.264 (at most High 4.1, 4:2:0) and AAC-LC, M4A with AAC-LC. Streams that fit are packed
anew without being touched; others are made again.
"""

from dataclasses import dataclass
from fractions import Fraction

from meetingroom.cases.media.formats import AUDIO, VIDEO
from meetingroom.documents.file_rejected import FileRejected

PROFILES = {"Constrained Baseline", "Baseline", "Main", "High"}
LONG_EDGE, SHORT_EDGE = 1920, 1080  # pixels
LARGEST_EDGE = 16_384
MOST_LEVEL, MOST_RATE, FRAMES = 41, 60, 30
COPIED = {"mov", "matroska", "mpegts", "flv"}  # whose times can be trusted as they are
SAYS_ITS_LENGTH = {"mov", "matroska", "avi", "asf", "flv", "wav"}  # of others it is reckoned from what is there
LACKS, PART_THAT_LACKS = 2, 0.005  # seconds, and of its length: by less streams only do not end together
COPY, ENCODE = "copy", "encode"
HOUR = 3600


@dataclass(frozen=True)
class Plan:
    """`video`, `audio`: copy | encode | "" (there is none), with their numbers in the file; `width` and `height` are of
    the view, upright. `said`: the seconds that the recording itself says it lasts."""

    kind: str
    seconds: float
    video: str = ""
    audio: str = ""
    video_at: int = 0
    audio_at: int = 0
    width: int = 0
    height: int = 0
    said: float = 0

    @property
    def transcoded(self) -> bool:
        """Whether what is shown is not what was recorded, bit by bit."""
        return ENCODE in (self.video, self.audio)


def plan(probed: dict, demuxer: str, hours: int) -> Plan:
    """`probed` is what ffprobe says. Raises FileRejected: damaged | media_too_long | media_too_large."""
    streams = probed.get("streams", [])
    picture = next((each for each in streams if is_moving(each)), None)
    sound = next((each for each in streams if each.get("codec_type") == "audio" and each.get("codec_name")), None)
    seconds = number((probed.get("format") or {}).get("duration"))
    if not picture and not sound:
        raise FileRejected("damaged")
    if seconds > hours * HOUR:
        raise FileRejected("media_too_long", limit=hours)
    audio = "" if not sound else COPY if audio_fits(sound) and demuxer in COPIED else ENCODE
    audio_at = sound["index"] if sound else 0
    if not picture:
        return Plan(AUDIO, seconds, audio=audio, audio_at=audio_at, said=seconds)
    width, height = upright(picture)
    if max(width, height) > LARGEST_EDGE:
        raise FileRejected("media_too_large", limit=LARGEST_EDGE)
    fits = demuxer in COPIED and video_fits(picture, width, height)
    if not fits:
        width, height = fitted(width, height)
        audio = audio and ENCODE  # with the picture made anew the sound is laid to it anew
    video, said = COPY if fits else ENCODE, max(seconds, by_its_head(picture, demuxer))
    return Plan(VIDEO, seconds, video, audio, picture["index"], audio_at, width, height, said)


def by_its_head(picture: dict, demuxer: str) -> float:
    """Seconds by the frames that the head of an AVI counts: of one that was cut ffprobe tells what is left."""
    frames = rate(picture)
    return float(number(picture.get("nb_frames")) / frames) if demuxer == "avi" and frames else 0.0


def missing(said: float, found: float, demuxer: str, beginning: bytes = b"") -> float:
    """Seconds that could not be read of those a recording says it lasts: it was cut, or is damaged inside. `beginning`:
    its first bytes, which of an AVI tell whether its head was ever written to its end."""
    lacks = said - found if demuxer in SAYS_ITS_LENGTH and not is_left_open(beginning, demuxer) else 0
    return round(lacks, 1) if lacks > max(LACKS, said * PART_THAT_LACKS) else 0.0


def is_left_open(beginning: bytes, demuxer: str) -> bool:
    """Whoever writes an AVI puts its size into the head last: until then no length there is to be believed."""
    return demuxer == "avi" and beginning[4:8] in (b"\0" * 4, b"\xff" * 4)


def is_moving(stream: dict) -> bool:
    """No picture of a cover."""
    cover = (stream.get("disposition") or {}).get("attached_pic")
    return stream.get("codec_type") == "video" and not cover and bool(stream.get("width") and stream.get("height"))


def video_fits(stream: dict, width: int, height: int) -> bool:
    return (
        stream.get("codec_name") == "h264"
        and stream.get("profile") in PROFILES
        and 0 < int(stream.get("level") or 0) <= MOST_LEVEL
        and stream.get("pix_fmt") == "yuv420p"
        and max(width, height) <= LONG_EDGE
        and min(width, height) <= SHORT_EDGE + 8
        and rate(stream) <= MOST_RATE
        and stream.get("sample_aspect_ratio", "1:1") in ("1:1", "0:1", "N/A")
        and stream.get("field_order", "progressive") in ("progressive", "unknown")
    )


def audio_fits(stream: dict) -> bool:
    return (
        stream.get("codec_name") == "aac"
        and stream.get("profile") == "LC"
        and int(stream.get("channels") or 0) in (1, 2)
        and number(stream.get("sample_rate")) <= 48_000
    )


def upright(stream: dict) -> tuple[int, int]:
    """Width and height as they are seen: turned, and with square pixels."""
    width, height = int(stream["width"]), int(stream["height"])
    across = fraction(stream.get("sample_aspect_ratio", "1:1").replace(":", "/"))
    if across and across != 1 and Fraction(1, 8) <= across <= 8:
        width = round(width * across)
    turned = next((each["rotation"] for each in stream.get("side_data_list", []) if "rotation" in each), 0)
    return (height, width) if round(number(turned) / 90) % 2 else (width, height)


def fitted(width: int, height: int) -> tuple[int, int]:
    """At most 1920 × 1080 or 1080 × 1920, in even numbers as 4:2:0 wants."""
    factor = min(1, LONG_EDGE / max(width, height), SHORT_EDGE / min(width, height))
    return max(2, round(width * factor / 2) * 2), max(2, round(height * factor / 2) * 2)


def rate(stream: dict) -> Fraction:
    return fraction(stream.get("avg_frame_rate", "0/1"))


def fraction(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def number(value) -> float:
    """0 of what is none."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return 0.0
    return found if 0 <= found < 1e9 or -1e9 < found < 0 else 0.0

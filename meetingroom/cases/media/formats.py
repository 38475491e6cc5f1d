"""What a recording is, by its first bytes: never by its name, and never by what ffmpeg would guess. Pure.

Each format names the one demuxer that may open it. Playlists (HLS, concat, DASH) are none of them: they make a program
read other files.
"""

from collections.abc import Callable
from dataclasses import dataclass

from meetingroom.documents import kinds

PHOTO, AUDIO, VIDEO = "photo", "audio", "video"
HEAD = 4096  # bytes that are looked at
ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
ATOMS = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")  # QuickTime from before it had a brand
PACKET = 188  # bytes, of an MPEG transport stream


@dataclass(frozen=True)
class Format:
    """`demuxer` is ffmpeg's name, "" of pictures; `endings`, the first is that of a file without a name."""

    name: str
    kind: str  # what it is as a rule; an MP4 without a picture is audio all the same
    demuxer: str
    mime: str
    endings: tuple[str, ...]
    begins: Callable[[bytes], bool]


def starts(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magic)


def is_iso(head: bytes) -> bool:
    """MP4, MOV, 3GP, M4A; a HEIF picture begins the same way and is none."""
    return head[4:8] in (b"ftyp", *ATOMS) and not kinds.KINDS["heic"].begins(head) and head[8:12] != b"avif"


def is_riff(what: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] in (b"RIFF", b"RF64") and head[8:12] == what


def is_transport(head: bytes) -> bool:
    """With or without the four bytes of time before each packet that cameras write."""
    return any(
        len(head) > at + 2 * (PACKET + at) and all(head[at + n * (PACKET + at)] == 0x47 for n in range(3))
        for at in (0, 4)
    )


def is_mpeg_audio(head: bytes) -> bool:
    return head.startswith(b"ID3") or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)


def is_adts(head: bytes) -> bool:
    return len(head) > 2 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0


FORMATS = {
    each.name: each
    for each in (
        Format("mp4", VIDEO, "mov", "video/mp4", ("mp4", "mov", "m4v", "m4a", "3gp", "3g2", "qt", "m4b"), is_iso),
        Format("avi", VIDEO, "avi", "video/x-msvideo", ("avi",), is_riff(b"AVI ")),
        Format("mkv", VIDEO, "matroska", "video/x-matroska", ("mkv", "webm", "mka"), starts(b"\x1a\x45\xdf\xa3")),
        Format("wmv", VIDEO, "asf", "video/x-ms-wmv", ("wmv", "asf", "wma"), starts(ASF)),
        Format("mpg", VIDEO, "mpeg", "video/mpeg", ("mpg", "mpeg", "vob", "dat"), starts(b"\x00\x00\x01\xba")),
        Format("ts", VIDEO, "mpegts", "video/mp2t", ("ts", "mts", "m2ts"), is_transport),
        Format("flv", VIDEO, "flv", "video/x-flv", ("flv",), starts(b"FLV\x01")),
        Format("wav", AUDIO, "wav", "audio/wav", ("wav",), is_riff(b"WAVE")),
        Format("amr", AUDIO, "amr", "audio/amr", ("amr", "awb"), starts(b"#!AMR")),
        Format("aac", AUDIO, "aac", "audio/aac", ("aac",), is_adts),
        Format("mp3", AUDIO, "mp3", "audio/mpeg", ("mp3",), is_mpeg_audio),
        Format("ogg", AUDIO, "ogg", "audio/ogg", ("ogg", "oga", "opus", "ogv"), starts(b"OggS")),
        Format("flac", AUDIO, "flac", "audio/flac", ("flac",), starts(b"fLaC")),
        Format("aiff", AUDIO, "aiff", "audio/aiff", ("aiff", "aif"), lambda head: head[:4] == b"FORM"),
        Format("caf", AUDIO, "caf", "audio/x-caf", ("caf",), starts(b"caff")),
    )
}
RECORDINGS = {ending for each in FORMATS.values() for ending in each.endings}
PICTURES = {ending for ending, kind in kinds.KINDS.items() if kind.family == "image"}


def is_picture(ending: str) -> bool:
    return ending in PICTURES


def promises(filename: str) -> str:
    """What a name says a file is: photo, or recording (audio or video); "" of anything else."""
    ending = kinds.ending_of(filename)
    return PHOTO if ending in PICTURES else "recording" if ending in RECORDINGS else ""


def of_head(head: bytes) -> Format | None:
    """The format of a recording that begins so; None of what is none."""
    return next((each for each in FORMATS.values() if each.begins(head)), None)


def picture_of(head: bytes) -> str:
    """The ending of a picture that begins so (`documents/kinds.py`), "" of what is none."""
    return next((ending for ending in ("jpg", "png", "tif", "heic", "webp") if kinds.KINDS[ending].begins(head)), "")


def mime_of(name: str) -> str:
    """Of a format's name, a picture's too."""
    return FORMATS[name].mime if name in FORMATS else kinds.KINDS[name].mime

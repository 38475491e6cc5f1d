"""The codes of photos, audio and video in words: refusals, why there is no view, the sentences of the case's log."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from meetingroom.cases import words
from meetingroom.documents import messages as papers
from meetingroom.web.messages import messages

# "damaged" is said of papers as well, in other words.
FAILURES = {
    "damaged": _l("The recording is damaged and cannot be played. The original can still be downloaded."),
    "media_lost": _l("The file is missing on the server's disk."),
    "media_slow": _l("Preparing the recording took too long. The original can still be downloaded."),
    "media_gave_up": _l("Preparing the recording failed several times. The original can still be downloaded."),
    "media_cancelled": _l("Preparing it was cancelled. The original can be downloaded."),
    "media_output_large": _l("What is shown of it would become larger than this server takes. Please cut it first."),
    "media_too_long": _l("The recording is longer than %(limit)s hours. Please cut it into several."),
    "media_too_large": _l("The picture is larger than %(limit)s pixels. Please make it smaller first."),
    "media_no_still": _l("There is no picture at this second."),
    "ffmpeg_missing": _l(
        "This server cannot prepare audio and video: ffmpeg is not installed. The original can be downloaded; please"
        " ask the administrator to install ffmpeg."
    ),
}
messages.update(
    {
        **{code: said for code, said in FAILURES.items() if code != "damaged"},
        "media_unknown": _l(
            "This is no photo, audio or video that can be opened: its contents are not what its name says. Please save"
            " it as MP4, MOV, M4A, MP3, WAV or JPEG."
        ),
        "media_unsupported": _l(
            "Files of this type are no photo, audio or video of a case. Please bring MP4, MOV, AVI, MKV, WMV, 3GP, M4A,"
            " MP3, WAV, AMR, JPEG, PNG, HEIC, WebP or TIFF."
        ),
        "media_not_failed": _l("There is nothing to be done again."),
        "media_not_running": _l("It is not being prepared."),
        "media_no_video": _l("A still can be taken of a video only."),
        "media_many": _l("There are too many photos, recordings or parts of them in this case."),
        "media_wrong_time": _l("Please give times within the recording, the end after the beginning."),
        "media_as": _l("This file can only become a photo or a recording of the case, or only a document."),
    }
)
words.WRONG["media_time"] = "media_wrong_time"

words.LINES.update(
    {
        "media_added": _l("%(by)s added the photo or recording %(title)s"),
        "media_changed": _l("%(by)s changed what is said of %(title)s"),
        "media_removed": _l("%(by)s removed the photo or recording %(title)s"),
        "media_still": _l("%(by)s kept a still of %(title)s at %(time)s"),
        "media_clip_added": _l("%(by)s marked a part of %(title)s: %(clip)s (%(from)s to %(to)s)"),
        "media_clip_changed": lambda row: part_changed(row["by_name"], row["data"]),
        "media_clip_removed": _l("%(by)s removed the part %(clip)s of %(title)s"),
        "media_cancelled": _l("%(by)s cancelled the preparation of %(title)s"),
        "media_retried": _l("%(by)s had %(title)s prepared again"),
        "media_original": _l("%(by)s took the original of %(title)s out"),
    }
)


def sentence_for(code: str, details: dict) -> str:
    """Why there is no view, in the language of the request."""
    said = FAILURES.get(code)
    return str(said) % details if said else papers.sentence_for(code, details)


def part_changed(by: str, data: dict) -> str:
    """Lines of before say nothing of what it was."""
    if "was" in data:
        return _("%(by)s changed the part %(was)s of %(title)s into %(clip)s (%(from)s to %(to)s)", by=by, **data)
    return _("%(by)s changed the part %(clip)s of %(title)s", by=by, **data)


def part_of(clip: dict) -> str:
    """`Vào quầy (0:12–0:40)`."""
    return f"{clip['title']} ({time_of(clip['from'])}–{time_of(clip['to'])})"


def time_of(seconds: float) -> str:
    """`1:02:03`, `2:03`."""
    whole = int(seconds)
    hours, minutes, left = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"

"""Rounds of recordings and photos of a case on the stage."""

from meetingroom.meeting import media_stage
from tests.given import AN
from tests.meeting.repeating import beginnings, repeated
from tests.meeting.rounds_exhibits import ATTACHED

VIDEO = media_stage.MediaShown("c1", "v1", "Hỏi cung bị can A", "video", 90.0, "84", "3", "N43")


def about(kind: str = "video", **more) -> dict:
    """What the server tells of a recording of the case."""
    known = {"title": "Hỏi cung bị can A", "kind": kind, "seconds": 90.0, "label": "84", "volume": "3"}
    return {"about": {**known, "state": "ready", "anchored": 1, **more}, "people": ("an", "em")}


for name in ("show_media", "play", "pause", "seek", "play_on"):
    beginnings[name] = [*ATTACHED, VIDEO]


@repeated
def show_media(meeting, n):
    clip = (n % 40, n % 40 + 20.5) if n % 2 else None
    meeting.does(AN, media_stage.ShowMedia("c1", f"v{n % 30}", f"N{n % 9}", clip=clip, **about()))


@repeated
def play(meeting, n):
    meeting.does(AN, media_stage.Play(n % 80 + 0.5, (0.5, 1, 1.25, 2)[n % 4]))


@repeated
def pause(meeting, n):
    play(meeting, n)
    meeting.does(AN, media_stage.Pause())


@repeated
def seek(meeting, n):
    meeting.does(AN, media_stage.Seek(n % 90 + 0.25))


@repeated
def play_on(meeting, n):
    meeting.does(AN, media_stage.PlayOn(("everywhere", "screens")[n % 2]))

"""Where a recording on the stage is at a moment. No commands here."""

from dataclasses import dataclass

from meetingroom.meeting.exhibit_state import MediaPlace
from meetingroom.meeting.kernel import Event
from meetingroom.meeting.state import MeetingState
from meetingroom.meeting.view import compact

LEAD = 300  # ms between the word to play and the first moment of it: every screen has heard it by then
SEEK_LEAD = 600  # the same where it goes to another second while it runs: every screen has found that by then


@dataclass(frozen=True)
class MediaPaused(Event):
    """The recording on the stage stands still at this second of it, on every screen."""

    position: float


def media_now(state: MeetingState) -> MediaPlace | None:
    """What is on the stage, where that is a recording or a photo."""
    return state.stage.media if state.stage.kind == "media" else None


def is_photo(state: MeetingState) -> bool:
    media = media_now(state)
    return media is not None and media.kind == "photo"


def bounds(media: MediaPlace) -> tuple[float, float]:
    """Where it begins and ends, in seconds: the clip that is shown, or the whole."""
    return media.clip or (0.0, media.seconds)


def within(media: MediaPlace, position: float) -> float:
    first, last = bounds(media)
    return round(min(max(position, first), last), 3)


def position_at(media: MediaPlace, now: int) -> float:
    """The second at which every screen is at the moment `now` (ms)."""
    if not media.playing:
        return media.position
    return within(media, media.position + max(0, now - media.at) / 1000 * media.rate)


def has_ended(media: MediaPlace, now: int) -> bool:
    return position_at(media, now) >= bounds(media)[1]


def end_of_playing(state: MeetingState, now: int) -> list[Event]:
    """What runs stands still, where a break begins or something hides it (a cover, a ballot, a question on the big
    screen): what nobody sees is not played. What has come to its end was stopped by nobody."""
    media = media_now(state)
    if media is None or not media.playing or has_ended(media, now):
        return []
    return [MediaPaused(position_at(media, now))]


def media_of_stage(media: MediaPlace) -> dict:
    """As the stage of the view has it."""
    return compact(
        case=media.case,
        media=media.media,
        title=media.title,
        kind=media.kind,
        seconds=media.seconds,
        label=media.label,
        volume=media.volume,
        caption=media.caption,
        from_node=media.node,
        transcoded=media.transcoded,
        clip=list(media.clip) if media.clip else None,
        position=media.position,
        at=media.at if media.playing else 0,
        rate=media.rate,
        playing=media.playing,
        everywhere=media.everywhere,
    )

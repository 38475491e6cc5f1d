"""Recordings and photos of a case on the stage: shown, played in step on every big screen, stopped, sought."""

from dataclasses import dataclass, replace

from meetingroom.meeting import checks
from meetingroom.meeting.evidence import attached
from meetingroom.meeting.exhibit_state import MediaPlace, ShownMedia
from meetingroom.meeting.exhibits import ID_LENGTH, takes_or_holds, visited, with_exhibit
from meetingroom.meeting.kernel import Actor, Command, Event, Refused, changed, decide, evolve, filled_by_server
from meetingroom.meeting.playing import LEAD, SEEK_LEAD, MediaPaused, bounds, has_ended, media_now, position_at, within
from meetingroom.meeting.roles import CHAIR, EVERYONE
from meetingroom.meeting.stage import holds, on_stage
from meetingroom.meeting.state import MeetingState

KINDS = ("video", "audio", "photo")
WHERE = ("screens", "everywhere")
SLOWEST, FASTEST = 0.5, 2.0
SHORTEST = 0.1  # seconds of a clip: a shorter one is a slip of the finger
Clip = tuple[float, float]
AboutMedia = dict[str, str | int | float]  # {title, kind, seconds, label, volume, caption, state, transcoded, anchored}


@dataclass(frozen=True)
class ShowMedia(Command):
    """A recording or a photo of a case comes onto every screen, and stands still at its beginning. `clip` [from, to] is
    the part of a recording that is shown, in seconds; `node` the one of the map that leads there. With `take` who
    chairs takes the stage and shows in one."""

    case: str
    media: str
    node: str = ""
    clip: Clip | None = None
    take: bool = False
    about: AboutMedia | None = filled_by_server()
    people: tuple[str, ...] = filled_by_server(())  # who is on the list of the case now
    may = EVERYONE


@dataclass(frozen=True)
class MediaShown(Event):
    """A recording or a photo of a case is on the stage, still and without a cover. Title, number (bút lục) and volume
    are what they were called then; `clip` [from, to] is the part of it that is shown, in seconds. `transcoded`: what is
    shown was made anew for the screens, and is called a viewing copy."""

    case: str
    media: str
    title: str = ""
    media_kind: str = "video"
    seconds: float = 0.0
    label: str = ""
    volume: str = ""
    node: str = ""
    clip: Clip | None = None
    caption: str = ""
    transcoded: bool = False


@dataclass(frozen=True)
class Play(Command):
    """The recording on the stage runs, from `position` (seconds) or from where it is; at its end, from the beginning.
    `rate` 0.5 to 2, or as before. The cover comes off."""

    position: float | None = None
    rate: float | None = None
    may = EVERYONE


@dataclass(frozen=True)
class MediaPlayed(Event):
    """The recording on the stage runs: at the moment `at` (ms, a little ahead, so that all screens begin together) it
    is at `position` (seconds), and goes on from there at this rate."""

    position: float
    rate: float = 1.0
    at: int = 0


@dataclass(frozen=True)
class Pause(Command):
    """The recording on the stage stands still, at `position` (seconds) or where it is."""

    position: float | None = None
    may = EVERYONE


@dataclass(frozen=True)
class Seek(Command):
    """The recording on the stage goes to another second of it, and runs on from there if it ran."""

    position: float
    may = EVERYONE


@dataclass(frozen=True)
class MediaSought(Event):
    """The recording on the stage is at another second; while it runs, it is there at the moment `at` (ms), else 0."""

    position: float
    at: int = 0


@dataclass(frozen=True)
class PlayOn(Command):
    """Where the recording on the stage runs: on the big `screens` alone, while tablets show a still picture and the
    running time, or `everywhere`. By who holds the stage or who chairs."""

    where: str
    may = EVERYONE


@dataclass(frozen=True)
class MediaPlayedOn(Event):
    """From now on the recording on the stage runs on the big `screens` alone, or `everywhere`."""

    where: str


@decide.register
def show_media(command: ShowMedia, state: MeetingState, actor: Actor):
    taken = takes_or_holds(state, actor, command.take)
    checks.check_not_secret(state)
    known = check_may_show_media(command, state, actor)
    node = checks.text(command.node, ID_LENGTH, needed=False, field="node")
    title, label, volume, caption = (str(known.get(name, "")) for name in ("title", "label", "volume", "caption"))
    kind, seconds, copy = str(known["kind"]), float(known.get("seconds", 0)), bool(known.get("transcoded"))
    clip = clip_of(command.clip, kind, seconds)
    named = (title, kind, seconds, label, volume, node)
    shown = MediaShown(command.case, command.media, *named, clip=clip, caption=caption, transcoded=copy)
    return [*taken, shown]


def check_may_show_media(command: ShowMedia, state: MeetingState, actor: Actor) -> AboutMedia:
    """What the server knows of it, if this person may bring it on the stage: who is on the list of the case any,
    others what the chair has released to them. Whoever may not learns nothing of it."""
    exhibit = attached(state, command.case)
    known = command.about
    released = known is not None and is_media_released(exhibit, command.media, bool(known.get("anchored")))
    if known is None or not (actor.user in command.people or released) or known.get("kind") not in KINDS:
        raise Refused("no_such_media")
    if known.get("state") != "ready":
        raise Refused("media_not_ready")
    return known


def is_media_released(exhibit, media: str, anchored: bool) -> bool:
    """Whether everybody in the meeting may see this recording or photo of the case while it runs."""
    return exhibit.level == "whole" or (exhibit.level == "anchored" and anchored) or media in exhibit.media


def clip_of(clip: Clip | None, kind: str, seconds: float) -> Clip | None:
    """The part of a recording, cut to what there is of it; None for the whole. Raises Refused("bad_clip")."""
    if clip is None:
        return None
    first, last = round(max(0.0, clip[0]), 3), round(min(clip[1], seconds), 3)
    if kind == "photo" or last - first < SHORTEST:
        raise Refused("bad_clip", field="clip")
    return None if (first, last) == (0.0, seconds) else (first, last)


@evolve.register
def media_shown(event: MediaShown, state: MeetingState):
    place = MediaPlace(
        event.case,
        event.media,
        event.title,
        event.media_kind,
        event.seconds,
        event.label,
        event.volume,
        event.caption,
        event.node,
        event.transcoded,
        event.clip,
        position=event.clip[0] if event.clip else 0.0,
    )
    state = remembered_media(state, place)
    whole = {"rect": None, "covered": False, "version": 0, "right": None}
    return on_stage(state, kind="media", paper="", page=0, media=place, **whole)


def remembered_media(state: MeetingState, place: MediaPlace) -> MeetingState:
    """That it was shown, under the number it had the first time; and that one of its node was."""
    exhibit = state.exhibits.get(place.case)
    if exhibit and place.media not in exhibit.media:
        shown = ShownMedia(place.title, place.kind, place.label, place.volume, state.at)
        state = with_exhibit(state, place.case, media={**exhibit.media, place.media: shown})
    return visited(state, place.case, place.node, 2)


@decide.register
def play(command: Play, state: MeetingState, actor: Actor):
    media = recording(state, actor)
    rate = media.rate if command.rate is None else command.rate
    if not SLOWEST <= rate <= FASTEST:
        raise Refused("bad_rate", field="rate")
    if command.position is None and media.playing and not has_ended(media, actor.at):
        # It runs already, and is not held up: from where it is, faster or slower.
        ahead = max(actor.at, media.at)
        return [] if rate == media.rate else [MediaPlayed(position_at(media, ahead), rate, ahead)]
    position = position_at(media, actor.at) if command.position is None else within(media, command.position)
    first, last = bounds(media)
    return [MediaPlayed(first if position >= last else position, rate, actor.at + LEAD)]


@evolve.register
def media_played(event: MediaPlayed, state: MeetingState):
    moved = at_second(state, position=event.position, rate=event.rate, at=event.at, playing=True)
    return on_stage(moved, covered=False)


@decide.register
def pause(command: Pause, state: MeetingState, actor: Actor):
    media = recording(state, actor)
    position = position_at(media, actor.at) if command.position is None else within(media, command.position)
    if not media.playing and position == media.position:
        return []
    return [MediaPaused(position)]


@evolve.register
def media_paused(event: MediaPaused, state: MeetingState):
    return at_second(state, position=event.position, at=0, playing=False)


@decide.register
def seek(command: Seek, state: MeetingState, actor: Actor):
    media = recording(state, actor)
    position = within(media, command.position)
    if media.playing:
        return [MediaSought(position, actor.at + SEEK_LEAD)]
    return [] if position == media.position else [MediaSought(position)]


@evolve.register
def media_sought(event: MediaSought, state: MeetingState):
    return at_second(state, position=event.position, at=event.at)


@decide.register
def play_on(command: PlayOn, state: MeetingState, actor: Actor):
    checks.check_live(state)
    if actor.role not in CHAIR:
        holds(state, actor)
    checks.one_of(command.where, WHERE, "where")
    media = media_now(state)
    if media is None or media.kind == "photo":
        raise Refused("no_media_shown")
    return [] if media.everywhere == (command.where == "everywhere") else [MediaPlayedOn(command.where)]


@evolve.register
def media_played_on(event: MediaPlayedOn, state: MeetingState):
    return at_second(state, everywhere=event.where == "everywhere")


def recording(state: MeetingState, actor: Actor) -> MediaPlace:
    """What is on the stage and can run, for who holds it."""
    holds(state, actor)
    media = media_now(state)
    if media is None or media.kind == "photo":
        raise Refused("no_media_shown")
    return media


def at_second(state: MeetingState, **changes) -> MeetingState:
    """The recording on the stage, elsewhere in itself. The stage stays what it was, `since` too."""
    media = state.stage.media
    if media is None:
        return state
    return changed(state, stage=changed(state.stage, media=replace(media, **changes)))

"""Recordings and photos of a case, in words: what was shown is in the minutes, how it was played in the timeline."""

from meetingroom.meeting import media_stage, playing
from meetingroom.meeting.kernel import Recorded
from meetingroom.minutes.narrative import SCREENS, Narrative
from meetingroom.minutes.narrative_exhibits import Medium, media_words, second, stretch
from meetingroom.minutes.narrator import Caption, Line, narrates, timeline_only
from meetingroom.printing.wording import Words


def shown_line(event: media_stage.MediaShown, line: Line, _: Words) -> str:
    words = media_words(event, _)
    return _("Shown: %(what)s.", what=words)


@narrates(timeline=Caption("film", shown_line))
def media_shown(event: media_stage.MediaShown, narrative: Narrative, fact: Recorded):
    stretch(narrative, fact).shown.append(Medium(event, fact.at))


def played_line(event: media_stage.MediaPlayed, line: Line, _: Words) -> str:
    if event.rate == 1:
        return _("The recording was played from %(moment)s.", moment=second(event.position))
    rate = f"{event.rate:g}".replace(".", ",") if line.language == "vi" else f"{event.rate:g}"
    said = {"moment": second(event.position), "rate": rate}
    return _("The recording was played from %(moment)s, at %(rate)s times its speed.", **said)


def paused_line(event: playing.MediaPaused, line: Line, _: Words) -> str:
    return _("The recording was stopped at %(moment)s.", moment=second(event.position))


def sought_line(event: media_stage.MediaSought, line: Line, _: Words) -> str:
    return _("The recording went to %(moment)s.", moment=second(event.position))


def where_line(event: media_stage.MediaPlayedOn, line: Line, _: Words) -> str:
    if event.where == "everywhere":
        return _("The recording is played on every device.")
    return _("The recording is played on the big screens.")


timeline_only(media_stage.MediaPlayed, SCREENS, Caption("play", played_line))
timeline_only(playing.MediaPaused, SCREENS, Caption("pause", paused_line))
timeline_only(media_stage.MediaSought, SCREENS, Caption("fast-forward", sought_line))
timeline_only(media_stage.MediaPlayedOn, SCREENS, Caption("monitor", where_line))

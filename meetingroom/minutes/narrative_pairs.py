"""Two pages side by side, in words."""

from meetingroom.meeting import pairs
from meetingroom.meeting.kernel import Recorded
from meetingroom.minutes.narrative import Narrative, seen, version_shown
from meetingroom.minutes.narrator import Caption, Line, narrates
from meetingroom.minutes.sentences import Scene
from meetingroom.printing.wording import Words


def sentence(event: pairs.PairShown, scene: Scene, _: Words) -> str:
    titles = scene.narrative.titles
    left, right = str(event.left["paper"]), str(event.right["paper"])
    about = {"page": event.left["page"], "other": event.right["page"], "left": titles.get(left, left)}
    if left == right:
        return _("pages %(page)s and %(other)s of “%(left)s” were compared side by side.", **about)
    return _(
        "page %(page)s of “%(left)s” and page %(other)s of “%(right)s” were compared side by side.",
        right=titles.get(right, right),
        **about,
    )


def caption(event: pairs.PairShown, line: Line, _: Words) -> str:
    return _(
        "“%(left)s”, page %(page)s, and “%(right)s”, page %(other)s, were shown side by side.",
        left=version_shown(line, str(event.left["paper"]), _),
        page=event.left["page"],
        right=version_shown(line, str(event.right["paper"]), _),
        other=event.right["page"],
    )


@narrates(timeline=Caption("columns-2", caption), minutes=sentence)
def pair_shown(event: pairs.PairShown, narrative: Narrative, fact: Recorded):
    for side in (event.left, event.right):
        seen(narrative, fact, str(side["paper"]), int(side["page"]))

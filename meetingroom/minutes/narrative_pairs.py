"""Two pages side by side, in words."""

from meetingroom.meeting import pairs
from meetingroom.meeting.kernel import Recorded
from meetingroom.minutes.narrative import Narrative, seen, version_shown
from meetingroom.minutes.narrative_exhibits import number_at, remember
from meetingroom.minutes.narrator import Caption, Line, narrates
from meetingroom.minutes.sentences import Scene
from meetingroom.printing.wording import Words


def sentence(event: pairs.PairShown, scene: Scene, _: Words) -> str:
    titles = scene.narrative.titles
    if of_case(event):
        left, right = (
            number_at(side, _) if "case" in side else page_of_paper(titles.get(str(side["paper"]), ""), side, _)
            for side in (event.left, event.right)
        )
        return compared(left, right, event.text, _)
    left, right = str(event.left["paper"]), str(event.right["paper"])
    about = {"page": event.left["page"], "other": event.right["page"], "left": titles.get(left, left)}
    if left == right:
        return _("pages %(page)s and %(other)s of “%(left)s” were compared side by side.", **about)
    return _(
        "page %(page)s of “%(left)s” and page %(other)s of “%(right)s” were compared side by side.",
        right=titles.get(right, right),
        **about,
    )


def of_case(event: pairs.PairShown) -> bool:
    return "case" in event.left or "case" in event.right


def page_of_paper(title: str, side: pairs.Place, _: Words) -> str:
    return _("“%(title)s”, page %(page)s", title=title, page=side["page"])


def compared(left: str, right: str, text: str, _: Words) -> str:
    """`đối chiếu BL 121 (tập 3) ↔ BL 133 (tập 3): …`"""
    if text:
        return _("%(left)s ↔ %(right)s were compared: %(text)s", left=left, right=right, text=text)
    return _("%(left)s ↔ %(right)s were compared.", left=left, right=right)


def caption(event: pairs.PairShown, line: Line, _: Words) -> str:
    if of_case(event):
        left, right = (
            number_at(side, _) if "case" in side else page_of_paper(version_shown(line, str(side["paper"]), _), side, _)
            for side in (event.left, event.right)
        )
        return compared(left, right, event.text, _)
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
        if "case" in side:
            remember(narrative, fact, side)
            narrative.titles[f"ev:{side['document']}"] = str(side.get("title", ""))
        else:
            seen(narrative, fact, str(side["paper"]), int(side["page"]))

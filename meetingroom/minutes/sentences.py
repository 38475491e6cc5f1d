"""A chapter of the narrative in the words of an office: one function for every kind of entry. Pure."""

from dataclasses import dataclass
from functools import singledispatch

from meetingroom.meeting.kernel import Incomplete
from meetingroom.meeting.roles import STAFF
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes.model import Line, Person, Shown
from meetingroom.minutes.narrative import Chapter, Coming, Narrative, Opening, Showing, Spoke, Wrote
from meetingroom.minutes.narrator import Entry, Said
from meetingroom.minutes.outline import called_name
from meetingroom.printing import wording
from meetingroom.printing.wording import Words

BRIEF = 30  # seconds: of a shorter speech the length says nothing
AT_ONCE = 180_000  # ms: pages shown so soon after an item was called belong to its presenter's report
NAMED = 5  # more people than this coming together are counted, not named


@dataclass
class Speaking(Entry):
    """The presenters of an item begin; `shown` is what they begin with."""

    people: tuple[str, ...]
    shown: Showing | None = None


@dataclass(frozen=True)
class Scene:
    """What a sentence has to know around its entry."""

    narrative: Narrative
    state: MeetingState
    presenters: tuple[str, ...]
    conference: bool
    words: Words

    def person(self, key: str) -> Person:
        """Presenters may be people of the meeting or names in free text."""
        return Person(*self.narrative.names.get(key, (key,)))

    def names(self, keys) -> str:
        return wording.listed(called_name(self.person(key), self.words) for key in keys)

    def hosts(self, key: str) -> bool:
        """Whether this person shows pages for others: the chair at the console, the secretary."""
        person = self.state.roll.people.get(key)
        return person is not None and person.role in STAFF and key not in self.presenters

    def verb(self, keys: tuple[str, ...]) -> str:
        """What they did: the chair conducts an item, others present."""
        _ = self.words
        chair = all(key in self.state.roll.people and self.state.roll.people[key].role == "chair" for key in keys)
        names = self.names(keys)
        return _("%(names)s conducted this item", names=names) if chair else _("%(names)s presented", names=names)


def lines(
    chapter: Chapter, presenters: tuple[str, ...], narrated: Narrative, state: MeetingState, conference: bool, _: Words
) -> tuple[Line, ...]:
    """The sentences of one chapter, each with its time in front."""
    scene = Scene(narrated, state, presenters, conference, _)
    entries = [entry for entry in chapter.entries if is_kept(entry, scene)]
    if chapter.started and presenters:
        first = begun_with(chapter, scene)
        begun = Speaking(chapter.started, speakers(first, scene), first, seq=first.seq if first else chapter.seq)
        entries = [begun, *(entry for entry in entries if entry is not first)]
    return tuple(
        Line(
            entry.at,
            f"{wording.time(entry.at, _)}: {say(entry, scene)}",
            entry.seq,
            type(entry).__name__.lower(),
            entry.person if isinstance(entry, (Spoke, Wrote)) else "",
        )
        for entry in entries
    )


def begun_with(chapter: Chapter, scene: Scene) -> Showing | None:
    """The showing that belongs to the presenters' report: their own, or one for them as soon as the item was called."""
    for entry in chapter.entries:
        if isinstance(entry, Spoke):
            return None
        if isinstance(entry, Showing):
            at_once = entry.at - chapter.started < AT_ONCE
            return entry if entry.by in scene.presenters or (scene.hosts(entry.by) and at_once) else None
    return None


def speakers(first: Showing | None, scene: Scene) -> tuple[str, ...]:
    return (first.by,) if first and first.by in scene.presenters else scene.presenters


@singledispatch
def is_kept(entry: Entry, scene: Scene) -> bool:
    """Whether an entry has its sentence after all that came later."""
    return True


@singledispatch
def say(entry: Entry, scene: Scene) -> str:
    """The sentence for an entry, without its time."""
    raise Incomplete([f"entry {type(entry).__name__}: no sentence"])


@say.register
def said(entry: Said, scene: Scene) -> str:
    """What its registration says (`narrator.narrates`)."""
    return entry.words(entry.event, scene, scene.words)


@say.register
def opening(entry: Opening, scene: Scene) -> str:
    _ = scene.words
    said = _("the chair opened the conference.") if scene.conference else _("the chair opened the meeting.")
    if not entry.members:
        return said
    numbers = {"present": wording.count(entry.present), "members": wording.count(entry.members)}
    if entry.present >= entry.needed:
        return said + " " + _("Quorum: %(present)s of %(members)s members present.", **numbers)
    return f"{said} {wording.below_quorum(entry.present, entry.members, entry.needed, _)}"


@say.register
def speaking(entry: Speaking, scene: Scene) -> str:
    """`đồng chí … trình bày; trình chiếu tài liệu “…” (trang 1–12).`"""
    done = scene.verb(entry.people)
    return f"{done}; {showing(entry.shown, scene, silent=True)}" if entry.shown else f"{done}."


@say.register
def showing(entry: Showing, scene: Scene, silent: bool = False) -> str:
    """Who turns the pages presents, unless it is the chair or the secretary, who do it for others."""
    _ = scene.words
    listed = ", ".join(paper(each, _) for each in shown(entry, scene.narrative, _))
    papers = _("papers shown: %(papers)s.", papers=listed)
    return papers if silent or scene.hosts(entry.by) else f"{scene.verb((entry.by,))}; {papers}"


@say.register
def spoke(entry: Spoke, scene: Scene) -> str:
    _ = scene.words
    verbs = {
        "speak": _("%(names)s spoke", names=scene.names([entry.person])),
        "question": _("%(names)s asked a question", names=scene.names([entry.person])),
        "point_of_order": _("%(names)s raised a point of order", names=scene.names([entry.person])),
    }
    length = f" ({wording.length(entry.seconds, _)})" if entry.seconds and entry.seconds >= BRIEF else ""
    return f"{verbs.get(entry.kind, verbs['speak'])}{length}."


@say.register
def wrote(entry: Wrote, scene: Scene) -> str:
    _ = scene.words
    names = scene.names([entry.person])
    if entry.text:
        return _(
            "%(names)s gave a written opinion: “%(text)s”.", names=names, text=" ".join(entry.text.split()).rstrip(".")
        )
    return _("%(names)s will give a written opinion.", names=names)


@say.register
def coming(entry: Coming, scene: Scene) -> str:
    _ = scene.words
    many = _("%(n)s participants", n=wording.count(len(entry.people)))
    who = (
        many if len(entry.people) > NAMED else together([called_name(scene.person(key), _) for key in entry.people], _)
    )
    if entry.how == "back":
        return _("%(names)s came back.", names=who)
    if entry.how == "out":
        return _("%(names)s left.", names=who)
    return _("%(names)s joined online.", names=who) if entry.how == "online" else _("%(names)s arrived.", names=who)


def together(names: list[str], _: Words) -> str:
    """`A, B và C`, as a sentence names people who do the same."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s", some=", ".join(names[:-1]), last=names[-1])


def paper(shown: Shown, _: Words) -> str:
    return _("“%(title)s” (%(pages)s)", title=shown.title, pages=wording.pages(shown.ranges, _))


def shown(entry: Showing, narrated: Narrative, _: Words) -> tuple[Shown, ...]:
    return tuple(Shown(narrated.called(key, _), wording.ranges(pages)) for key, pages in entry.pages.items())

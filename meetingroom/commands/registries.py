"""Whether every command and event has all its parts: asked when the program starts, not found out in a meeting."""

import pkgutil
import sys
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from meetingroom import log, meeting
from meetingroom.commands import server_fields  # noqa: F401 (registers what the server fills in)
from meetingroom.devices import tablets
from meetingroom.meeting import wire
from meetingroom.meeting.kernel import Command, Event, Incomplete, Sealed, decide, evolve
from meetingroom.minutes import (  # register what people did
    narrative_exhibits,  # noqa: F401
    narrative_ink,  # noqa: F401
    narrative_media,  # noqa: F401
    narrative_pairs,  # noqa: F401
    narrative_people,  # noqa: F401
    narrative_record,  # noqa: F401
    narrative_report,  # noqa: F401
    narrative_versions,  # noqa: F401
    sentences,
)
from meetingroom.minutes.narrator import TIMELINE, Entry, narrate


def check() -> None:
    """Raises Incomplete, which names everything that is missing, and of which command or event."""
    found = [*unread_topics(), *missing_of_commands(), *missing_of_events(), *missing_of_entries(), *missing_keepers()]
    if found:
        raise Incomplete(found)


def unread_topics() -> list[str]:
    """Files of the rules that nothing imports: their commands would not exist."""
    names = [f"{meeting.__name__}.{module.name}" for module in pkgutil.iter_modules(meeting.__path__)]
    return [
        f"{place(name)}: not imported by meetingroom/meeting/__init__.py" for name in names if name not in sys.modules
    ]


def missing_of_commands(kinds: Iterable[type[Command]] | None = None) -> list[str]:
    """Of these commands; without them of all, with the lists that name commands."""
    found = []
    for kind in below(Command) if kinds is None else kinds:
        lacks = []
        if not kind.may:
            lacks.append("nobody may (`may` names no role)")
        if is_unknown(decide, kind):
            lacks.append("no rule decides it (@decide.register)")
        filled = [field.name for field in fields(kind) if field.metadata.get("filled_by_server")]
        if filled and kind not in log.fillers:
            lacks.append(f"nothing fills in {', '.join(filled)} (@fills in meetingroom/commands/server_fields.py)")
        if not filled and kind in log.fillers:
            lacks.append("no field is made with filled_by_server(), and yet something fills it in")
        if kinds is None and wire.commands().get(wire.snake(kind.__name__)) is not kind:
            lacks.append("not known on the wire: its name is taken, or it is no direct subclass of Command")
        found += [
            f"command {wire.snake(kind.__name__)} ({place(kind.__module__)}): {lack}" for lack in lacks + odd(kind)
        ]
    if kinds is None:
        unknown = sorted(tablets.OWN - set(wire.commands()))
        found += [f"command {name}: named in meetingroom/devices/tablets.py and nowhere defined" for name in unknown]
    return found


def missing_of_events(kinds: Iterable[type[Event]] | None = None) -> list[str]:
    """Of these events; without them of all."""
    found = []
    for kind in below(Event) if kinds is None else kinds:
        lacks = []
        if is_unknown(evolve, kind):
            lacks.append("no rule evolves by it (@evolve.register)")
        if is_unknown(narrate, kind) or kind not in TIMELINE:
            lacks.append("no words in the minutes and the timeline, and no reason why not (minutes/narrative.py)")
        if kinds is None and wire.events().get(kind.__name__) is not kind:
            lacks.append("not known in the log: its name is taken, or it is no direct subclass of Event")
        found += [f"event {kind.__name__} ({place(kind.__module__)}): {lack}" for lack in lacks + odd(kind)]
    return found


def missing_of_entries(kinds: Iterable[type] | None = None) -> list[str]:
    """Of the entries that events are gathered into for the minutes."""
    kinds = below(Entry) if kinds is None else kinds
    return [
        f"entry {kind.__name__} ({place(kind.__module__)}): no sentence (@say.register in minutes/sentences.py)"
        for kind in kinds
        if is_unknown(sentences.say, kind)
    ]


def missing_keepers() -> list[str]:
    """What is decided and is no fact must be kept by somebody, or every secret vote would fail."""
    return [] if Sealed in log.keepers else ["Sealed: nobody keeps it (@log.keeps in meetingroom/sealed.py)"]


def odd(kind: type) -> list[str]:
    """What the docs could not say of a command or an event, and what could not be read of it from JSON."""
    hints = wire.hints_of(kind)
    unsaid = (kind.__doc__ or "").startswith(f"{kind.__name__}(")  # what a dataclass says of itself
    return ["no docstring, which is its line in the docs"] * unsaid + [
        f"the field {field.name} has a type that meeting/wire.py cannot read ({hints[field.name]})"
        for field in fields(kind)
        if not wire.is_readable(hints[field.name])
    ]


def below(kind: type) -> list[Any]:
    """All its subclasses, theirs as well."""
    children: list[Any] = kind.__subclasses__()
    return [each for child in children for each in (child, *below(child))]


def is_unknown(table: Any, kind: type) -> bool:
    """Whether a function made with `singledispatch` has nothing for this kind but its refusal."""
    return table.dispatch(kind) is table.dispatch(object)


def place(module: str) -> str:
    return f"{module.replace('.', '/')}.py"

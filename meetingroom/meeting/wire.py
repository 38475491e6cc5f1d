"""Commands and facts to JSON and back. Everything from outside is checked here, field by field."""

import keyword
import re
import types
import typing
from dataclasses import MISSING, fields
from functools import cache

from meetingroom.meeting.kernel import Command, Event, Refused

Json = dict[str, typing.Any]
LONGEST_NAME = 40
PLAIN = (str, int, bool, type(None))  # what is the same in JSON
LARGEST = 2**53  # beyond it JavaScript does not count, and not far beyond it SQLite and dates do not either


class Malformed(Refused):
    """Not a command at all: no such name, or a field is missing or of a wrong type."""


@cache
def snake(name: str) -> str:
    """`TurnPage` → `turn_page`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@cache
def commands() -> dict[str, type[Command]]:
    """Every command by its name on the wire."""
    return {snake(kind.__name__): kind for kind in Command.__subclasses__()}


@cache
def events() -> dict[str, type[Event]]:
    """Every fact by its name in the log."""
    return {kind.__name__: kind for kind in Event.__subclasses__()}


@cache
def hints_of(kind: typing.Hashable) -> Json:
    """The types of a command's or a fact's fields, looked up once: on the way of every page turn."""
    return typing.get_type_hints(kind)


def wire_name(name: str) -> str:
    """A field's name outside: what Python keeps for itself has a mark behind it here (`from_`)."""
    return name.removesuffix("_")


@cache
def shape_of(kind: typing.Hashable) -> dict[str, tuple[str, typing.Any, bool]]:
    """What a client may send of a command: {its name outside: (the field, its type, whether it must be there)}."""
    hints = hints_of(kind)
    return {
        wire_name(field.name): (
            field.name, hints[field.name], field.default is MISSING and field.default_factory is MISSING
        )
        for field in fields(typing.cast(typing.Any, kind))
        if not field.metadata.get("filled_by_server")
    }  # fmt: skip


@cache
def names_of(kind: typing.Hashable) -> tuple[tuple[str, str], ...]:
    """The fields of a fact, each with its name in the log."""
    return tuple((wire_name(field.name), field.name) for field in fields(typing.cast(typing.Any, kind)))


def command_from(name: typing.Any, args: typing.Any) -> Command:
    """The command that a client's JSON means. Raises Malformed("no_such_command" | "malformed")."""
    kind: typing.Any = commands().get(name) if isinstance(name, str) else None
    if kind is None:
        raise Malformed("no_such_command")
    if not isinstance(args, dict):
        raise Malformed("malformed", fields={})
    shape = shape_of(kind)
    wrong, values, unread = {}, {}, len(args)
    for key, (field, hint, needed) in shape.items():
        value = args.get(key)
        if value is None:
            if needed:
                wrong[key] = "missing"
            unread -= key in args
            continue
        unread -= 1
        if type(value) is int and hint is int and -LARGEST <= value <= LARGEST:  # most of what is said
            values[field] = value
            continue
        try:
            values[field] = check_countable(shape_value(value, hint))
        except (TypeError, ValueError, OverflowError):
            wrong[key] = "type"
    if unread:  # named in the answer, unless it is no name at all
        unknown = [key for key in args if key not in shape and key.isidentifier() and len(key) <= LONGEST_NAME]
        wrong |= dict.fromkeys(unknown, "unknown")
    if wrong or unread:
        raise Malformed("malformed", fields=wrong)
    return kind(**values)


def args_of(command: Command) -> Json:
    """The reverse of `command_from`: the arguments a client would send."""
    return {
        wire_name(field.name): plain_value(getattr(command, field.name))
        for field in fields(command)
        if not field.metadata.get("filled_by_server") and getattr(command, field.name) is not None
    }


def data_of(event: Event) -> Json:
    """The fields of a fact, as the log keeps them."""
    kind: typing.Any = type(event)
    data = {}
    for name, field in names_of(kind):
        value = getattr(event, field)
        data[name] = value if type(value) in PLAIN else plain_value(value)
    return data


# Facts of older releases, lifted to today's: (name, data) -> (name, data). Appended to, never edited.
lifts: list[typing.Callable[[str, Json], tuple[str, Json]]] = []


def event_from(name: str, data: Json) -> Event:
    """The fact a row of the log holds. Raises KeyError for a name this version does not know."""
    for lift in lifts:
        name, data = lift(name, data)
    kind = events()[name]
    hints = hints_of(typing.cast(typing.Hashable, kind))
    named = {f"{key}_" if keyword.iskeyword(key) else key: value for key, value in data.items()}
    return kind(**{key: shape_value(value, hints[key]) for key, value in named.items() if key in hints})


def is_readable(hint: typing.Any) -> bool:
    """Whether `shape_value` can tell if a value is of this type."""
    origin, inner = typing.get_origin(hint), [part for part in typing.get_args(hint) if part is not Ellipsis]
    if origin in (types.UnionType, typing.Union, tuple, dict):
        return all(is_readable(part) for part in inner)
    return hint in (str, int, float, bool, type(None))


def shape_value(value: typing.Any, hint: typing.Any) -> typing.Any:
    """`value` as the type `hint`, strictly (True is no number).

    TypeError, ValueError or OverflowError if it is not one.
    """
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        if value is None and type(None) in inner:
            return None
        return shape_as_one_of(value, [part for part in inner if part is not type(None)])
    if origin is tuple:
        if not isinstance(value, (list, tuple)) or len(value) > 5000:
            raise TypeError(value)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(shape_value(part, inner[0]) for part in value)
        if len(value) != len(inner):
            raise ValueError(value)
        return tuple(shape_value(part, kind) for part, kind in zip(value, inner, strict=True))
    if origin is dict:
        if not isinstance(value, dict):
            raise TypeError(value)
        return {shape_value(k, inner[0]): shape_value(v, inner[1]) for k, v in value.items()}
    if hint is float and type(value) in (int, float):
        return float(value)
    if hint is int and type(value) is float and value.is_integer():
        return int(value)
    if type(value) is not hint:
        raise TypeError(value)
    if hint is str and ("\x00" in value or has_surrogate(value)):
        raise ValueError(value)
    return value


def check_countable(value: typing.Any) -> typing.Any:
    """`value`, if every number in it is one that everybody here can count with. Raises OverflowError."""
    if isinstance(value, (int, float)) and not abs(value) <= LARGEST:
        raise OverflowError(value)
    if isinstance(value, (tuple, dict)):
        for part in (*value.keys(), *value.values()) if isinstance(value, dict) else value:
            check_countable(part)
    return value


def shape_as_one_of(value: typing.Any, hints: list) -> typing.Any:
    """`value` as the first of `hints` that fits."""
    for hint in hints[:-1]:
        try:
            return shape_value(value, hint)
        except (TypeError, ValueError, OverflowError):
            continue
    return shape_value(value, hints[-1])


def has_surrogate(text: str) -> bool:
    """Half a character, which JSON can carry and UTF-8 cannot."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def plain_value(value: typing.Any) -> typing.Any:
    """Tuples become lists, as JSON has them."""
    if isinstance(value, (tuple, list)):
        return [plain_value(part) for part in value]
    if isinstance(value, dict):
        return {key: plain_value(part) for key, part in value.items()}
    return value

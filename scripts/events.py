"""Writes docs/events.md from the rules themselves: `python scripts/events.py` (a test keeps the page true)."""

import ast
import inspect
import sys
import textwrap
import types
import typing
from dataclasses import MISSING, fields
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import meetingroom.meeting  # noqa: E402, F401
from meetingroom.meeting import kernel, wire  # noqa: E402
from scripts.commands import looked_up  # noqa: E402

PAGE = ROOT / "docs" / "events.md"
HEAD = """# Events

What the log of a meeting holds: every fact, its fields, what it says, and which commands it comes from. The staff read
a meeting's own as JSON lines: `GET /api/meetings/<id>/log` answers `{seq, at, by, name, data, hash}` for each, `at` in
ISO 8601 with offset, `by` a person's id (`""`: the program itself), `data` the fields below.

An event never changes its name or loses a field, a new field has a default, a new meaning is a new event: every old
log replays. Fields in italics have a default, which older facts may rest on. Ids are opaque texts;
`""` means none. Pages count from 1, times are milliseconds since the epoch, durations are seconds.

This page is written by `scripts/events.py` from `meetingroom/meeting/`; do not edit it.
"""
NAMES = {"str": "text", "int": "int", "float": "number", "bool": "bool"}


def page() -> str:
    """The whole page."""
    comes_from = sources()
    topics: dict[str, list[type]] = {}
    for kind in wire.events().values():
        topics.setdefault(kind.__module__, []).append(kind)
    parts = [HEAD]
    for module in sorted(topics):
        parts.append(f"\n## `{module.rsplit('.', 1)[1]}`\n")
        parts += [entry(kind, comes_from.get(kind, set())) for kind in topics[module]]
    return "\n".join(parts)


def entry(kind: type, commands: set[str]) -> str:
    """One event: what it says, its fields, the commands it comes from."""
    hints = wire.hints_of(kind)
    rows = [field_of(field, hints[field.name]) for field in fields(kind)]
    return "\n".join(
        [
            f"### `{kind.__name__}`\n",
            f"{' '.join(says(kind).split())}\n",
            f"- fields: {', '.join(rows) or 'none'}",
            f"- comes from: {', '.join(f'`{name}`' for name in sorted(commands)) or 'nothing today'}\n",
        ]
    )


def says(kind: type) -> str:
    """What the event says. Raises LookupError where nobody has written it: a dataclass makes itself a docstring."""
    text = kind.__doc__ or ""
    if text.startswith(f"{kind.__name__}("):
        raise LookupError(f"{kind.__name__} has no docstring")
    return text


def field_of(field, hint) -> str:
    text = f"`{wire.wire_name(field.name)}` ({shape(hint)})"
    return text if field.default is MISSING and field.default_factory is MISSING else f"*{text}*"


def shape(hint) -> str:
    """A type in the words of JSON."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return " or ".join("null" if part is type(None) else shape(part) for part in inner)
    if origin is tuple:
        return f"[{', '.join('…' if part is Ellipsis else shape(part) for part in inner)}]"
    if origin is dict:
        return f"{{{shape(inner[0])}: {shape(inner[1])}}}"
    return NAMES[hint.__name__]


def sources() -> dict[type, set[str]]:
    """The names of the commands from whose rules an event can follow."""
    found: dict[type, set[str]] = {}
    for name, kind in wire.commands().items():
        for event in events_in(kernel.decide.dispatch(kind)):
            found.setdefault(event, set()).add(name)
    return found


def events_in(function, seen=None) -> set[type]:
    """Every event that a rule, or a function of the rules that it calls, makes."""
    seen = set() if seen is None else seen
    if function in seen or not getattr(function, "__module__", "").startswith("meetingroom.meeting"):
        return set()
    seen.add(function)
    found: set[type] = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Call):
            called = looked_up(node.func, function)
            if inspect.isclass(called) and issubclass(called, kernel.Event):
                found.add(called)
            elif inspect.isfunction(called):
                found |= events_in(called, seen)
    return found


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{len(wire.events())} events in {PAGE.relative_to(ROOT)}")

"""Writes docs/commands.md from the rules themselves: `python scripts/commands.py` (a test keeps the page true)."""

import ast
import inspect
import sys
import textwrap
from dataclasses import MISSING, fields
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import meetingroom.meeting  # noqa: E402, F401
from meetingroom.meeting import kernel, roles, wire  # noqa: E402

PAGE = ROOT / "docs" / "commands.md"
HEAD = """# Commands

What can be wished of a meeting: `POST /api/meetings/<id>/commands` with `{id, name, args}` and the header
`X-Meetingroom: 1`. The answer is `{seq}`; a refusal has one of the codes below (`web/messages.py` has their words).
Every command is refused with `not_allowed` to those who may not, with `malformed` when an argument is missing, unknown
or of a wrong type, and with `id_taken` when another person used its id. Arguments in italics may be left out.

What became of a command whose answer was lost: `GET /api/meetings/<id>/commands/<command id>` answers `{seq}`, or
404 if it was not done. With the header `X-Meetingroom-As: <person's id>` a request is refused with 409
`another_person` when somebody else is signed in by now.

This page is written by `scripts/commands.py` from `meetingroom/meeting/`; do not edit it.
"""
SETS = {
    roles.EVERYONE | {"system"}: "everybody, the program",
    roles.EVERYONE: "everybody in the meeting",
    roles.STAFF: "chair, co-chair, secretary, organiser",
    roles.STAFF | {"technician"}: "chair, co-chair, secretary, organiser, technician",
}
ORDER = ("chair", "cochair", "secretary", "organiser", "delegate", "guest", "technician", "system")
SAID = {"cochair": "co-chair", "system": "the program"}


def page() -> str:
    """The whole page."""
    topics: dict[str, list[type]] = {}
    for kind in wire.commands().values():
        topics.setdefault(kind.__module__, []).append(kind)
    parts = [HEAD]
    for module in sorted(topics):
        title = (sys.modules[module].__doc__ or "").splitlines()[0].rstrip(".")
        parts.append(f"\n## `{module.rsplit('.', 1)[1]}`: {title[0].lower()}{title[1:]}\n")
        parts += [entry(kind) for kind in topics[module]]
    return "\n".join(parts)


def entry(kind: type) -> str:
    """One command: what it is for, its arguments, who may, its refusals."""
    name = wire.snake(kind.__name__)
    lines = [f"### `{name}`\n", f"{' '.join((kind.__doc__ or '').split())}\n"]
    arguments = [argument(field) for field in fields(kind) if not field.metadata.get("filled_by_server")]
    filled = [f"`{wire.wire_name(field.name)}`" for field in fields(kind) if field.metadata.get("filled_by_server")]
    lines.append(f"- arguments: {', '.join(arguments) or 'none'}")
    if filled:
        lines.append(f"- filled in by the server: {', '.join(filled)}")
    lines.append(f"- who: {who(kind.may)}")
    codes = sorted(refusals(kernel.decide.dispatch(kind)))
    lines.append(f"- refused: {', '.join(f'`{code}`' for code in codes) or 'never'}\n")
    return "\n".join(lines)


def argument(field) -> str:
    kind = field.type if isinstance(field.type, str) else inspect.formatannotation(field.type)
    kind = kind.replace(" | None", "").replace("tuple[str, ...]", "[text]").replace("str", "text")
    kind = kind.replace("meetingroom.meeting.", "").replace("tuple[float, float, float, float]", "[x, y, w, h]")
    text = f"`{wire.wire_name(field.name)}` ({kind})"
    return text if field.default is MISSING else f"*{text}*"


def who(may: frozenset) -> str:
    return SETS.get(may) or ", ".join(SAID.get(role, role) for role in ORDER if role in may)


RULES = ("meetingroom.meeting", "meetingroom.word_marks")


def refusals(function, seen=None) -> set[str]:
    """Every code that a rule, or a function of the rules that it calls, can refuse with."""
    seen = set() if seen is None else seen
    if function in seen or not getattr(function, "__module__", "").startswith(RULES):
        return set()
    seen.add(function)
    codes = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Call):
            called = looked_up(node.func, function)
            if called is kernel.Refused and node.args:
                codes |= texts(node.args[0])
            elif inspect.isfunction(called):
                codes |= refusals(called, seen)
                codes |= answers(called) | handed_over(node, called)
    return codes - {""}


def answers(function) -> set[str]:
    """The codes that `may_not_vote` answers instead of raising."""
    if function.__name__ != "may_not_vote":
        return set()
    returns = [n for n in ast.walk(ast.parse(inspect.getsource(function))) if isinstance(n, ast.Return)]
    return {n.value.value for n in returns if isinstance(n.value, ast.Constant)}


def texts(node: ast.expr) -> set[str]:
    """The constants an expression can come to."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def handed_over(call: ast.Call, function) -> set[str]:
    """The code that a caller hands to a check as `otherwise`."""
    given = dict(zip(inspect.signature(function).parameters, call.args, strict=False))
    return texts(given["otherwise"]) if "otherwise" in given else set()


def looked_up(node, function):
    """What a name (or `module.name`) means inside `function`."""
    names = function.__globals__
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        home = names.get(node.value.id)
        return getattr(home, node.attr, None) if inspect.ismodule(home) else None
    return None


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{len(wire.commands())} commands in {PAGE.relative_to(ROOT)}")

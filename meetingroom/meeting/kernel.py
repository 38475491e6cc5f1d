"""What every topic is made of: wishes, facts, who asks, and the three functions that join them.

A command is a wish and may be refused; an event is a fact and may not. `decide` turns one into the other, `evolve`
folds facts into the state. Both are tables of small functions, registered by the type of their first argument.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, singledispatch
from typing import Any, ClassVar

from meetingroom.meeting.roles import acting
from meetingroom.refused import Refused


class Incomplete(Exception):
    """Commands or events lack a part. `commands/registries.py` finds it when the program starts; raised elsewhere only
    by a program that was not started by `create_app`."""

    def __init__(self, missing: list[str]):
        super().__init__("; ".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class Command:
    """A wish. `may` names the roles in the meeting that can have it."""

    may: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Event:
    """A fact. Its name and fields are for ever: a new field has a default, a new meaning is a new event."""


@dataclass(frozen=True)
class Sealed:
    """Not a fact: a choice for the sealed box of a secret ballot, written in the same transaction as the fact that
    its voter has voted, in a way that nothing joins the two (meetingroom/sealed.py)."""

    ballot: str
    choice: str  # JSON


@dataclass(frozen=True)
class Actor:
    """Who asks, in which role, at what moment, and with which chance.

    `at` is in milliseconds since the epoch; `seed` is the id of the command, from which new ids are drawn, so that
    a repeated command makes the same ones.
    """

    user: str
    role: str
    at: int = 0
    seed: str = ""

    def new_id(self, kind: str) -> str:
        """An id nobody else has: the first 12 letters of a hash of the command's id and `kind`."""
        return kind[0] + hashlib.sha256(f"{self.seed}/{kind}".encode()).hexdigest()[:12]


def filled_by_server(default: Any = None) -> Any:
    """A field of a command that the server fills in from what it knows; what a client sends there is ignored."""
    return field(default=default, metadata={"filled_by_server": True})


@singledispatch
def decide(command: Command, state, actor: Actor) -> list[Event]:
    """The facts that follow from a wish in this state; raises Refused. Registered by each topic."""
    raise Incomplete([f"command {type(command).__name__}: no rule decides it"])


@singledispatch
def evolve(event: Event, state):
    """The state after a fact. Never refuses. `state.at` and `state.by` are already this fact's."""
    raise Incomplete([f"event {type(event).__name__}: no rule evolves by it"])


# What decides commands, and evolves by facts, of a type: the same without the search, as every page turn asks it.
rule_of: Callable[[type], Callable[..., list]] = cache(decide.dispatch)
fold_of: Callable[[type], Callable] = cache(evolve.dispatch)


def check_allowed(command: Command, actor: Actor, state) -> None:
    """The one check of rights, before any rule. Raises Refused("not_allowed")."""
    if actor.role not in command.may and not acting(actor.role, state) & command.may:
        raise Refused("not_allowed")


@dataclass(frozen=True)
class Recorded:
    """A fact as it stands in the log: its number in the meeting, when (ms) and by whom."""

    seq: int
    at: int
    by: str
    event: Event
    hash: str = ""


def step(state, fact: Recorded):
    """The state after one recorded fact."""
    return fold_of(type(fact.event))(fact.event, changed(state, seq=fact.seq, at=fact.at, by=fact.by))


def changed(value, **fields):
    """`dataclasses.replace` in a tenth of its time, for what is done at every fact. The names are not checked."""
    new = object.__new__(type(value))
    new.__dict__.update(vars(value), **fields)
    return new


def replay(state, facts: Iterable[Recorded]):
    """The state after all of `facts`, in order."""
    for fact in facts:
        state = step(state, fact)
    return state

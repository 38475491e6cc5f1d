"""Doing commands in the name of whoever asks a page: through the log's one door, then out to the rooms."""

from collections.abc import Iterable
from typing import Any

from meetingroom import log
from meetingroom.meeting.kernel import Actor
from meetingroom.web.context import context


def do_command(meeting: str, command, actor: Actor, command_id: str) -> log.Answer:
    """Through the one door, then out to the rooms."""
    return do_commands(meeting, [(command, actor, command_id)])[-1]


def do_commands(meeting: str, commands: Iterable[tuple[Any, Actor, str]]) -> list[log.Answer]:
    """Several commands one after another, each `(command, actor, command_id)`; the rooms hear of them together."""
    answers = []
    try:
        for each in commands:
            answers.append(log.handle(context().pool, meeting, *each))
    finally:  # also when a later one is refused
        if answers:
            context().push.now()
    return answers

"""Doing commands in the name of whoever asks a page: through the log's one door, then out to the rooms."""

from collections.abc import Iterable
from typing import Any

from meetingroom import log
from meetingroom.web.context import Context, context


def do_command(meeting: str, command, asker: log.Asker, command_id: str, program: Context | None = None) -> log.Answer:
    """Through the one door, then out to the rooms. `program`: whose, where no request of Flask's says it."""
    return do_commands(meeting, [(command, asker, command_id)], program)[-1]


def do_commands(
    meeting: str, commands: Iterable[tuple[Any, log.Asker, str]], program: Context | None = None
) -> list[log.Answer]:
    """Several commands one after another, each `(command, asker, command_id)`; the rooms hear of them together."""
    program, answers = program or context(), []
    try:
        for each in commands:
            answers.append(log.handle(program.pool, meeting, *each))
    finally:  # also when a later one is refused
        if answers:
            program.push.now()
    return answers

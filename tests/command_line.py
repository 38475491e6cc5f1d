"""Commands of run.py as processes of their own, and what they say."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUN = [sys.executable, str(ROOT / "run.py")]


def run(*arguments, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*RUN, *map(str, arguments)], capture_output=True, text=True, env=environ(environment), timeout=120, check=False
    )


def children(pid: int) -> list[int]:
    """The processes that a process has begun. (`ps` would look at every process there is.)"""
    found = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # it has just ended
            found += [int(child) for child in thread.read_text().split()]
    return found


def environ(changes: dict) -> dict:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MEETINGROOM_") and k not in {"PORT", "DATA"}}
    return clean | {"PYTHONUNBUFFERED": "1"} | changes


def one_line(done: subprocess.CompletedProcess) -> str:
    """What was complained about: one line, in both languages, without a trace of the program's inside."""
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("Lỗi: ")
    assert " | Error: " in lines[0]
    return lines[0]

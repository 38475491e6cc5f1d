"""No two files know each other, inside of a room either: what they need of each other is a third."""

import graphlib
import re
from pathlib import Path

import pytest

from tests.test_house import PROGRAM, ROOT, SCRIPTS, lines_of_import, ours


def test_no_modules_know_each_other_in_a_circle():
    """Imports inside of functions count."""
    files = {".".join(path.relative_to(ROOT / "meetingroom").with_suffix("").parts): path for path in PROGRAM}
    modules = {name.removesuffix(".__init__"): path for name, path in files.items() if name != "__init__"}
    known = {who: {whom for whom in ours(path) if whom in modules} - {who} for who, path in modules.items()}
    in_order(known)
    parts = {"queue": {"worker"}, "worker": {"scheduler"}, "scheduler": {"queue"}}
    with pytest.raises(graphlib.CycleError):
        in_order(parts)


def test_no_scripts_know_each_other_in_a_circle():
    in_order({path: {(path.parent / found).resolve() for found in imported_by(path)} for path in SCRIPTS})


def imported_by(path: Path) -> list[str]:
    return [re.search(r"[\"']([^\"']+)[\"']\s*$", line)[1] for line in lines_of_import(path)]  # type: ignore[index]


def in_order(known: dict) -> list:
    """From those who know nobody to those whom nobody knows. Raises CycleError."""
    return list(graphlib.TopologicalSorter(known).static_order())

"""What came of trials on big screens: of each step of a script, on each screen of a meeting, the last word."""

from collections import Counter
from typing import Any

from meetingroom import clock
from meetingroom.cases.scripts import store as scripts
from meetingroom.database import fetch_all

# Why a step was not on the glass; "": it was.
WHY = ("", "stuck", "not_drawn", "no_codec", "no_font", "late")


def note(db, meeting: str, screen: str, case: str, script: str, step: dict, why: str) -> None:
    """`step` as the script has it."""
    db["script_trials"].insert(
        {"meeting": meeting, "screen": screen, "script": script, "step": step["id"], "case": case,
         "place": scripts.place_word(step), "why": why, "at": clock.now()},
        replace=True,
    )  # fmt: skip


def outcome(db, meeting: str, case: str, script: str = "") -> dict[str, Any] | None:
    """{of, painted, untried, failed: {why: n}, steps: {step: why}, at} of the script of a case (without an id of
    the one that is presented) on the screens of a meeting; None where it has no step. A step that shows something else
    by now is untried; on one that one screen has and another has not, the latter counts."""
    found = scripts.find(db, case, script)
    steps = found["script"]["steps"] if found and not found["removed_at"] else []
    if found is None or not steps:
        return None
    rows = fetch_all(
        db, "select step, place, why, at from script_trials where meeting = ? and script = ? order by at",
        (meeting, found["id"]),
    )  # fmt: skip
    places = {step["id"]: scripts.place_word(step) for step in steps}
    said: dict[str, str] = {}
    for row in rows:
        if places.get(row["step"]) == row["place"]:
            said[row["step"]] = said.get(row["step"]) or row["why"]
    failed = {step: why for step, why in said.items() if why}
    return {
        "of": len(steps), "painted": len(said) - len(failed),
        "untried": len(steps) - len(said), "failed": dict(Counter(failed.values())), "steps": said,
        "at": max((row["at"] for row in rows), default=0),
    }  # fmt: skip

"""The one door by which steps come in: who may, what it comes to, written down once however often it is asked. SQL."""

import json
from typing import Any

from meetingroom import clock, log
from meetingroom.database import Pool
from meetingroom.meeting.kernel import Refused
from meetingroom.tasks import rules, store
from meetingroom.tasks.units import read_units
from meetingroom.tasks.visible_tasks import find_readable


class NotThere(Exception):
    """There is no such task, or it is not theirs to read."""


def take_step(pool: Pool, task: str, person: str, name: str, args: dict[str, Any], step_id: str, at: int = 0) -> int:
    """Do one step; returns its number. The same `step_id` again: the same answer. Raises Refused, NotThere."""
    place = f"task {task}"
    with pool.writing() as db:
        units = read_units(db)
        found = find_readable(db, units, person, task)
        if found is None:
            raise NotThere
        entry, who = found
        before = log.find_answer(db, place, step_id)
        if before:
            return same_answer(before, person, name)
        answer: dict[str, Any]
        refused: Refused | None = None
        known = {**about_person(units, args), **about_office(db)}
        try:
            event = rules.decide(entry.task, entry.now, who, name, {**args, **known})
        except Refused as refusal:
            refused, answer = refusal, {"code": refusal.code, "details": refusal.details}
        else:
            n = store.add_step(db, task, person, name, event, at or clock.now())
            answer = {"n": n}
        log.remember_answer(db, place, step_id, person, name, answer)
    if refused:
        raise refused
    return answer["n"]


def same_answer(before: dict, person: str, name: str) -> int:
    if (before["by"], before["name"]) != (person, name):
        raise Refused("id_taken")
    answer = json.loads(before["answer"])
    if "code" in answer:
        raise Refused(answer["code"], **answer["details"])
    return answer["n"]


def about_person(units, args: dict) -> dict:
    """The units of the person who is to be named."""
    found = units.people.get(args.get("person") if isinstance(args.get("person"), str) else "")
    return {"units_of_person": [found["unit"]] if found else []}


def about_office(db) -> dict:
    """What the office has chosen, and the day: no client says these."""
    return {"ask_before": store.read_choices(db).ask_before, "today": store.today().isoformat()}

"""The agency's people and units, for the pickers of those who prepare meetings."""

from flask import Blueprint, g, jsonify, request

from meetingroom.auth import account_store as people
from meetingroom.auth.guard import signed_in
from meetingroom.meeting import names
from meetingroom.minutes.rank import rank
from meetingroom.projections import queries
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("directory", __name__)

SHOWN = 200


@bp.get("/api/people")
@signed_in
def find_people():
    """`?q=` words of a name, title or unit, with or without diacritics; `?unit=` an id. At most 200, `more` says so;
    by given name, and by `rank` (numbers, compared one after the other) they are invited."""
    query, unit = request.args.get("q", "")[:200], request.args.get("unit", "")
    with context().pool.lend() as db:
        if not (unit and queries.leads_something(db, g.user.id)):
            check_may_look(db)
        everybody = people.list_users(db, active=True)
    found = [person for person in everybody if matches_words(person, query, unit)]
    return jsonify(people=[describe_person(person) for person in found[:SHOWN]], more=max(0, len(found) - SHOWN))


@bp.get("/api/units")
@signed_in
def list_units():
    """The active units in the order of the tree: `{id, name, short, depth, people}`."""
    with context().pool.lend() as db:
        if not queries.leads_something(db, g.user.id):
            check_may_look(db)
        units = [unit for unit in people.list_units(db) if unit["active"]]
    return jsonify(
        units=[{key: unit[key] or "" for key in ("id", "name", "short")} | count_people(unit) for unit in units]
    )


def check_may_look(db) -> None:
    """The directory is for organisers and for those who prepare a meeting."""
    if g.user.role not in ("admin", "organiser") and not queries.prepares_something(db, g.user.id):
        raise Problem("not_allowed", 403)


def matches_words(person: dict, query: str, unit: str) -> bool:
    if unit and person["unit"] != unit:
        return False
    return names.matches(query, person["name"], person["title"] or "", person["unit_name"])


def describe_person(person: dict) -> dict:
    return {
        "id": person["id"],
        "name": person["name"],
        "title": person["title"] or "",
        "unit": person["unit_name"],
        "unit_id": person["unit"] or "",
        "rank": rank(person["title"] or "", person["unit_name"] or ""),
    }


def count_people(unit: dict) -> dict:
    return {"depth": unit["depth"], "people": unit["people"]}

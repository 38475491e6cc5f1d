"""Whose paper minutes are written on, as far as the agency's units tell it. Pure."""

from meetingroom.minutes.model import Letterhead


def letterhead(units: list[dict]) -> Letterhead:
    """From units in the order of the tree (`people.store.units`): the topmost one issues the minutes.

    Where it has one unit only that has units of its own, it is the body above, and that unit issues them.
    """
    active = [unit for unit in units if unit["active"]]
    top = next((unit for unit in active if unit["depth"] == 0), None)
    if top is None:
        return Letterhead()
    parent = None
    while len(below := children(active, top)) == 1 and children(active, below[0]):
        parent, top = top, below[0]
    short = top["short"] or ""
    return Letterhead(top["name"], parent["name"] if parent else "", short=short, symbol=symbol(short))


def children(units: list[dict], unit: dict) -> list[dict]:
    return [other for other in units if other["parent"] == unit["id"]]


def symbol(short: str) -> str:
    """`BB-VKSND` from `VKSND tỉnh Lạc Giang`; BB is the decree's sign for minutes (annex III)."""
    first = short.split()[0] if short.split() else ""
    return f"BB-{first}" if first.isupper() else "BB"

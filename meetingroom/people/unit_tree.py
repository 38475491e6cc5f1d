"""The tree of units. Pure."""


def units_below(units: list[dict], top: str) -> set[str]:
    found = {top}
    for unit in units:  # parents come before their children
        if unit["parent"] in found:
            found.add(unit["id"])
    return found

"""The roles people have in a meeting, and the sets of them that commands name in `may`."""

CHAIR = frozenset({"chair", "cochair"})
PREPARERS = frozenset({"secretary", "organiser"})
STAFF = CHAIR | PREPARERS
CHAIR_AND_SECRETARY = CHAIR | {"secretary"}
DELEGATES = CHAIR | {"delegate"}
EVERYONE = STAFF | {"delegate", "guest", "technician"}
ROLES = EVERYONE

# The agency's records clerk (văn thư): numbers and issues documents of every meeting, as a member of none.
CLERK = frozenset({"clerk"})

# The program itself: time running out, a job that is done. Never a person.
SYSTEM = frozenset({"system"})

AUDIENCES = ("staff", "members", "screens")


def acting(role: str, state) -> frozenset[str]:
    """The roles somebody acts in. Who chairs a meeting that has neither secretary nor organiser prepares it as well:
    somebody has to."""
    alone = role == "chair" and not any(person.role in PREPARERS for person in state.roll.people.values())
    return frozenset({role, "organiser"}) if alone else frozenset({role})


def prepares(role: str, state) -> bool:
    return bool(acting(role, state) & PREPARERS)


def audience(role: str) -> str:
    """Which of the three views a role sees: "staff", "members" or "screens"."""
    if role in STAFF:
        return "staff"
    return "screens" if role == "screen" else "members"

"""Whose paper an official document is written on, as far as the agency's units tell it. Pure."""

from dataclasses import dataclass

BLANK = "\N{NO-BREAK SPACE}" * 10


@dataclass(frozen=True)
class Letterhead:
    """Who issues the document, and under which number. A newline in a name is where the office breaks it."""

    issuing: str = ""
    parent: str = ""  # the body above the issuing one
    number: str = ""  # with or without the symbol; empty: the records clerk fills it in by hand
    short: str = ""  # the issuing body's name where there is little room: VKSND tỉnh Lạc Giang
    symbol: str = "BB"  # what stands after the number where it says nothing itself: BB-VKS

    @property
    def full_number(self) -> str:
        """`05/BB-VKS`: a nought before numbers of one figure; room to write where there is none yet."""
        number, slash, symbol = self.number.strip().partition("/")
        number = number.strip()
        if number.isdecimal():
            number = number.zfill(2)
        return f"{number or BLANK}/{symbol.strip() if slash else self.symbol}"


def letterhead(units: list[dict]) -> Letterhead:
    """From units in the order of the tree (`auth.account_store.units`): the topmost one issues the minutes.

    Where it has one unit only that has units of its own, it is the body above, and that unit issues them.
    """
    chain = issuing_chain(units)
    if not chain:
        return Letterhead()
    parent, top = (chain[-2] if len(chain) > 1 else None), chain[-1]
    short = top["short"] or ""
    return Letterhead(top["name"], parent["name"] if parent else "", short=short, symbol=symbol(short))


def find_issuing(units: list[dict]) -> dict | None:
    """The unit that issues the agency's documents."""
    chain = issuing_chain(units)
    return chain[-1] if chain else None


def issuing_chain(units: list[dict]) -> list[dict]:
    """From the topmost unit down to the one that issues documents."""
    active = [unit for unit in units if unit["active"]]
    found = [unit for unit in active if unit["depth"] == 0][:1]
    while found and len(below := children(active, found[-1])) == 1 and children(active, below[0]):
        found.append(below[0])
    return found


def children(units: list[dict], unit: dict) -> list[dict]:
    return [other for other in units if other["parent"] == unit["id"]]


def symbol(short: str) -> str:
    """`BB-VKSND` from `VKSND tỉnh Lạc Giang`; BB is the decree's sign for minutes (annex III)."""
    first = short.split()[0] if short.split() else ""
    return f"BB-{first}" if first.isupper() else "BB"

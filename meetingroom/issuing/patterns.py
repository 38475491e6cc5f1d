"""How a number is written: `{so:02}/{loai}-{co_quan}` is 05/BB-VKSND. Pure."""

import re
from string import Formatter

PARTS = ("so", "loai", "co_quan", "don_vi")
LONGEST = 60


class BadPattern(ValueError):
    """Not a pattern: it does not begin with the number and a stroke, or holds something nobody knows."""


def check(pattern: str) -> str:
    """`pattern`, if a number can be written by it. Raises BadPattern."""
    if len(pattern) > LONGEST:
        raise BadPattern(pattern)
    try:
        parts = [(name, spec, how) for _, name, spec, how in Formatter().parse(pattern) if name is not None]
    except ValueError:
        raise BadPattern(pattern) from None
    known = all(name in PARTS and not how and re.fullmatch(r"(0[1-6])?", spec or "") for name, spec, how in parts)
    plain = all(not spec for name, spec, _ in parts if name != "so")
    once = [name for name, *_ in parts].count("so") == 1 and re.match(r"\{so(:[^}]*)?\}/", pattern)
    if not known or not plain or not once:
        raise BadPattern(pattern)
    return pattern


def write(pattern: str, number: int, *, symbol: str, agency: str = "", unit: str = "") -> str:
    """A number as it is printed; what has no name leaves no hyphen behind."""
    text = pattern.format(so=number, loai=symbol, co_quan=agency, don_vi=unit)
    return re.sub(r"-{2,}", "-", text).rstrip("-/ ")


def abbreviation(short: str) -> str:
    """`VKSND` from `VKSND tỉnh Lạc Giang`; nothing where the short name does not begin with one."""
    first = short.split()[0] if short.split() else ""
    return first if first.isupper() else ""

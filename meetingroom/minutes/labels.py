"""The labels of points in an official text: typed, so that every kind of file has the same ones. Pure."""

# As decrees number their points (Decree 30/2020 itself): the Vietnamese alphabet without letters that look alike.
LETTERS = "abcdđeghiklmnopqrstuvxy"


def label_of(kind: str, number: int, level: int = 1) -> str:
    """`3.` · `c)` · `-` (`+` one level deeper); `number` counts from 1."""
    if kind == "number":
        return f"{number}."
    if kind == "letter":
        return f"{letters_of(number)})"
    return "-" if level % 2 else "+"


def letters_of(number: int) -> str:
    """a … y, then aa, ab, …"""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, len(LETTERS))
        found = LETTERS[rest] + found
    return found

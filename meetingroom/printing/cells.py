"""Texts in tables that a spreadsheet opens: none of them is to be taken for a formula. Pure."""

RISKY = ("=", "+", "-", "@", "\t", "\r")


def is_risky(text: str) -> bool:
    """Whether a spreadsheet would calculate it."""
    return text.startswith(RISKY)


def harmless(value: object) -> str:
    """For a table of plain text, where a mark before it is all that can be done."""
    text = str(value)
    return f"'{text}" if is_risky(text) else text

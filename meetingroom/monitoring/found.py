"""What is found when one looks how the system is."""

from dataclasses import dataclass

GOOD, WATCH, BAD = "good", "watch", "bad"


@dataclass(frozen=True)
class Finding:
    """One line: `state` is good, watch or bad; `todo` is empty when nothing is to be done."""

    about: str
    state: str
    words: str
    todo: str = ""

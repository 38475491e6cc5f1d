"""Two versions of a text side by side: first paragraphs, then the words within them. Pure.

Words and not letters: within a syllable of Vietnamese a difference of letters reads like noise.
"""

import difflib
import re
from collections.abc import Callable, Iterator

from meetingroom.minutes import rich
from meetingroom.minutes.rich import Doc, Live

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
ALIKE = 0.4  # paragraphs with less in common are one that went and one that came
LONG = 20_000  # letters: words of a longer paragraph are not compared


def differences(before: Doc, after: Doc, name: Callable[[Live], str] = lambda live: live.kind) -> list[dict]:
    """`[{kind: same|added|removed|changed, words: [{kind, text}]}]`, in the order of the newer text. `name` tells
    what a block is that has no words of its own."""
    old, new = lines_of(before, name), lines_of(after, name)
    return list(paragraphs(old, new))


def lines_of(doc: Doc, name: Callable[[Live], str]) -> list[str]:
    found = []
    for block in doc.blocks:
        found += [f"[{name(block)}]"] if isinstance(block, Live) else rich.plain_lines(block)
    return [line for line in found if line.strip(" |")]


def paragraphs(old: list[str], new: list[str]) -> Iterator[dict]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield from (whole_line(SAME, line) for line in new[c:d])
            continue
        paired = min(b - a, d - c)
        for n in range(paired):
            yield from pair(old[a + n], new[c + n])
        yield from (whole_line(REMOVED, line) for line in old[a + paired : b])
        yield from (whole_line(ADDED, line) for line in new[c + paired : d])


def whole_line(kind: str, line: str) -> dict:
    return {"kind": kind, "words": [{"kind": kind, "text": line}]}


def pair(old: str, new: str) -> Iterator[dict]:
    before, after = split(old), split(new)
    words = difflib.SequenceMatcher(None, before, after)
    if max(len(old), len(new)) > LONG or words.quick_ratio() < ALIKE:
        yield whole_line(REMOVED, old)
        yield whole_line(ADDED, new)
        return
    found = []
    for tag, a, b, c, d in words.get_opcodes():
        if tag == "equal":
            found.append({"kind": SAME, "text": "".join(after[c:d])})
            continue
        found += [{"kind": REMOVED, "text": text} for text in ["".join(before[a:b])] if text]
        found += [{"kind": ADDED, "text": text} for text in ["".join(after[c:d])] if text]
    yield {"kind": CHANGED, "words": found}


def split(line: str) -> list[str]:
    """Words, and what stands between them."""
    return re.findall(r"\s+|\w+|[^\w\s]", line)

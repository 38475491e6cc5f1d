"""Cases that a meeting may show, and the places of them on the stage, as its state keeps them."""

from dataclasses import dataclass, field

Rect = tuple[float, float, float, float]
Shape = tuple[tuple[int, float, float], ...]
LEVELS = ("shown", "anchored", "whole")


@dataclass(frozen=True)
class ShownPage:
    """A page of a case that was on the stage: what its number (bút lục) and its volume were called then, and when
    first."""

    label: str = ""
    volume: str = ""
    title: str = ""
    at: int = 0


@dataclass(frozen=True)
class Exhibit:
    """A case that was attached. `level` is what the people of the meeting who are not on its list may see while it
    runs: the pages that were shown, those that the map and the script refer to, or all. `shown` by document and page,
    `visited` by map and node: 1 when the node was on the stage, 2 when one of its pages was. `script` is where the
    presentation by a script is; `steps` are those that were shown, by script, each with when first."""

    title: str
    code: str = ""
    level: str = "anchored"
    shown: dict[str, ShownPage] = field(default_factory=dict)
    visited: dict[str, dict[str, int]] = field(default_factory=dict)
    script: "ScriptPlace | None" = None
    steps: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class ScriptPlace:
    """The step of a script that was shown last: the `n`th of `of`, as they were then."""

    script: str
    step: str
    n: int = 0
    of: int = 0


@dataclass(frozen=True)
class EvidencePage:
    """A page of a case's document as it was called when it came on the stage; `node` is the one of the map that led
    there."""

    case: str
    document: str
    title: str = ""
    label: str = ""
    volume: str = ""
    pages: int = 0
    shape: Shape = ()
    node: str = ""


@dataclass(frozen=True)
class MapPlace:
    """A node of a version of a map. Open are the branches on the way to it, those in `open`, and all above `levels`."""

    case: str
    map: str
    version: int
    title: str = ""
    node: str = ""
    node_title: str = ""
    open: tuple[str, ...] = ()
    levels: int = 0
    step: int = 0
    steps: int = 0


@dataclass(frozen=True)
class Contradiction:
    """A line from a point of the left page to one of the right, in fractions of each, and what it says."""

    line: Rect | None = None
    text: str = ""

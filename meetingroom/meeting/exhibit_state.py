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
class ShownMedia:
    """A recording or a photo of a case that was on the stage: as it was called then, and when first."""

    title: str
    kind: str  # video | audio | photo
    label: str = ""
    volume: str = ""
    at: int = 0


@dataclass(frozen=True)
class Exhibit:
    """A case that was attached. `level` is what the people of the meeting who are not on its list may see while it
    runs: the pages that were shown, those that the map and the script refer to, or all. `shown` by document and page,
    `media` what was played or looked at, by its id, `visited` by map and node: 1 when the node was on the stage, 2 when
    one of its pages was. `script` is where the presentation by a script is; `steps` are those that were shown, by
    script, each with when first."""

    title: str
    code: str = ""
    level: str = "anchored"
    shown: dict[str, ShownPage] = field(default_factory=dict)
    visited: dict[str, dict[str, int]] = field(default_factory=dict)
    script: "ScriptPlace | None" = None
    steps: dict[str, dict[str, int]] = field(default_factory=dict)
    media: dict[str, ShownMedia] = field(default_factory=dict)


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


@dataclass(frozen=True)
class MediaPlace:
    """A recording or a photo on the stage, and where in it every screen is: at `at` (ms) it was, or will be, at
    `position` (seconds), and from there on it goes at `rate` while it is `playing`, to the end of the `clip` or of the
    whole. `everywhere`: on tablets too, and not on the big screens alone."""

    case: str
    media: str
    title: str = ""
    kind: str = "video"  # video | audio | photo
    seconds: float = 0.0
    label: str = ""
    volume: str = ""
    caption: str = ""
    node: str = ""
    transcoded: bool = False  # made anew for the screens: it is a viewing copy, and says so
    clip: tuple[float, float] | None = None
    position: float = 0.0
    at: int = 0
    rate: float = 1.0
    playing: bool = False
    everywhere: bool = False

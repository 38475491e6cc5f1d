"""What the rules know of a meeting's archive package."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Archive:
    """How long a meeting is kept (`keep_until` yyyy-mm-dd, "" for good), and its package, by SHA-256. Times in ms."""

    code: str = ""
    keep_until: str = ""
    without_minutes: str = ""
    at: int = 0
    seq: int = 0  # of the fact that archived it: the package holds everything up to there
    file: str = ""
    sha256: str = ""
    bytes: int = 0
    sealed_at: int = 0
    redacted: dict[int, str] = field(default_factory=dict)  # facts that are withheld, and why
    withheld: int = 0  # how many of them are withheld in the package

    @property
    def is_stale(self) -> bool:
        """The package still has words that are withheld: another is being made, and this one is given to nobody."""
        return bool(self.file) and len(self.redacted) > self.withheld

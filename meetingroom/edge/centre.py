"""Whether the origin is heard at an edge, and since when not. Values only."""

from dataclasses import dataclass, field

from meetingroom.edge.following import Clocks

LOST_AFTER = 2.0  # seconds: shorter is a line that stumbles


@dataclass
class Centre:
    """`heard` by a counter of our own (seconds). `boot` is the start of the origin that was last heard."""

    heard: float
    boot: str = ""
    refused: str = ""  # the version of an origin that will not have us
    clocks: Clocks = field(default_factory=Clocks)
    since: int = 0  # since when it is not heard, by its own time (ms); 0: it is
    screens: dict[str, int] = field(default_factory=dict)  # of each meeting, everywhere

    @property
    def lost(self) -> bool:
        return bool(self.since)

    def hears(self, now: float, boot: str) -> bool:
        """It has answered; whether it was started again since."""
        again = boot != self.boot
        self.heard, self.boot, self.since, self.refused = now, boot, 0, ""
        return again

    def misses(self, now: float) -> bool:
        """It has not answered; whether it is lost from now on."""
        if self.lost or now - self.heard < LOST_AFTER:
            return False
        self.since = self.clocks.now(self.heard * 1000) or 1
        return True

"""The device check: what devices report after “Kiểm tra”, kept in memory per meeting. True of today or of nothing."""

import re
from dataclasses import dataclass, field

from meetingroom import clock
from meetingroom.auth import account_labels

KEPT = 3000  # reports of one meeting
SLOW_MS, LOW_BATTERY = 400, 30
# The oldest that are tested (docs/operations.md): what an agent string calls them, and the first version that will do.
OLDEST = ((r"Firefox/(\d+)", 102), (r"Chrome/(\d+)", 90), (r"Version/(\d+)[.\d]* (?:Mobile/\S+ )?Safari", 15))


@dataclass(frozen=True)
class Report:
    """What one device says of itself. Latency in ms, battery in per cent (-1: does not say); `at_site`: how many pages
    the server of its site has been seen to have (-1: there is none), of how many that may lie there."""

    who: str  # "user:<id>", "screen:<id>" or "tablet:<id>"
    device: str
    cached: int
    of: int
    failed: int = 0
    screen: str = ""
    browser: str = ""
    latency: int = -1
    battery: int = -1
    charging: bool = False
    old: bool = False
    at: int = 0
    at_site: int = -1
    at_site_of: int = 0

    @property
    def done(self) -> bool:
        return self.cached >= self.of

    @property
    def complaints(self) -> list[str]:
        """Codes of what is not as it should be: unreadable_pages | old_browser | slow_line | low_battery."""
        found = {
            "unreadable_pages": self.failed > 0,
            "old_browser": self.old,
            "slow_line": self.latency > SLOW_MS,
            "low_battery": 0 <= self.battery < LOW_BATTERY and not self.charging,
        }
        return [code for code, wrong in found.items() if wrong]


@dataclass
class DeviceChecks:
    """One meeting's: how often it was started, when last, and the reports since."""

    n: int = 0
    started_at: int = 0
    reports: dict[tuple[str, str], Report] = field(default_factory=dict)

    def begin(self) -> int:
        self.n, self.started_at, self.reports = self.n + 1, clock.now(), {}
        return self.n

    def heard(self, report: Report) -> None:
        key = (report.who, report.device)
        if key in self.reports or len(self.reports) < KEPT:
            self.reports[key] = report

    def of(self, who: str) -> list[Report]:
        return [report for report in self.reports.values() if report.who == who]


def read_report(body: dict, who: str, agent: str) -> Report:
    """The report a device sent. Raises ValueError when it is none."""
    cached, of = whole_number(body.get("pages_cached")), whole_number(body.get("of"))
    if cached > of:
        raise ValueError(cached)
    browser = str(body.get("browser") or agent)[:300]
    return Report(
        who,
        str(body.get("device") or "")[:40],
        cached,
        of,
        whole_number(body.get("failed", 0)),
        str(body.get("screen") or "")[:20],
        account_labels.device(browser),
        whole_number(body.get("latency_ms", -1), least=-1),
        whole_number(body.get("battery", -1), least=-1),
        body.get("charging") is True,
        too_old(browser),
        clock.now(),
        whole_number(body.get("site_pages", -1), least=-1),
        whole_number(body.get("site_of", 0)),
    )


def whole_number(value, least: int = 0) -> int:
    if type(value) not in (int, float) or not least <= value < 10_000_000:
        raise ValueError(value)
    return round(value)


def too_old(agent: str) -> bool:
    """A browser in which the screens are known not to work. One that is not known may try."""
    for pattern, first in OLDEST:
        if found := re.search(pattern, agent):
            return int(found[1]) < first
    return False

"""The process in which signed files are opened and signatures made; it ends after each.

Files come from outside, the libraries want a loop of their own, and no password is to outlive the signature it was
typed for. So each piece of work has a process to itself, bounded in memory and time (`printing.printer`), which is told
what to do over its socket: nothing of it stands in a command line, an environment or a file.
"""

from typing import Any

from meetingroom.config import MEGABYTE
from meetingroom.printing import printer

LARGEST = 100 * MEGABYTE  # of a signed file


class Bench(printer.Printer):
    """As the printer, with a fresh process for each piece of work."""

    def _ask(self, request: dict) -> tuple[dict, bytes]:
        try:
            return super()._ask(request)
        finally:
            self.end()


work_process = Bench()  # of this program


def ask(work: str, person: str, **request: Any) -> tuple[dict, bytes]:
    """What `work.WORK[work]` gives. Raises printer.TooMany, printer.Failed, printer.Refused (a code)."""
    return work_process.make("signing", {"work": work, **request}, person)

"""The letter of invitation (form 1.7) that goes with a message: the file that was issued, else one made for the person.

For the worker: making one takes a while. Documents are made in a process of their own.
"""

import logging
from dataclasses import dataclass
from typing import Any

from meetingroom import log
from meetingroom.documents import made_file_store as made_files
from meetingroom.jobs.queue import JobContext
from meetingroom.meeting.kernel import replay
from meetingroom.meeting.record_state import Document
from meetingroom.meeting.state import MeetingState
from meetingroom.printing import printer

logger = logging.getLogger(__name__)

KIND = "giay_moi"
WHAT_COUNTS = ("title", "starts_at", "ends_at", "place")  # must read in the letter as in the message
ISSUED, MADE, MISSING = "issued", "made", "missing"
LARGEST = 10_000_000  # bytes that mail servers may be expected to take


@dataclass(frozen=True)
class Letter:
    """`how`: issued, made (not numbered, not signed) or missing, because it could not be made."""

    how: str
    file: bytes = b""


class Letters:
    """Of one round of sending: whatever is the same for many people is made or read once."""

    def __init__(self, context: JobContext):
        self.context = context
        self.said: dict[tuple[str, str], dict[str, Any]] = {}
        self.printer = printer.Printer()  # of its own: others in the worker go on when it ends

    def __enter__(self) -> "Letters":
        return self

    def __exit__(self, *_: object) -> None:
        self.printer.end()

    def find(self, row: dict[str, Any]) -> Letter:
        """What goes with this message."""
        state = log.state(self.context.pool, row["meeting"])
        key = find_issued(state, row["person"])
        if key and self.says_the_same(state, key, row):
            try:
                file = made_files.place(self.context.settings, state.issuing.documents[key].issued).read_bytes()
            except OSError as error:
                logger.warning("the issued invitation of %s cannot be read: %s", row["meeting"], error)
            else:
                return Letter(ISSUED, file) if len(file) <= LARGEST else Letter(MISSING)
        return self.make(row)

    def says_the_same(self, state: MeetingState, key: str, row: dict[str, Any]) -> bool:
        """Whether the meeting had, when the document was made, the time, place and title of the message."""
        if (state.id, key) not in self.said:
            made = state.issuing.documents[key].at
            with self.context.pool.lend() as db:
                facts = [fact for fact in log.read(db, state.id) if fact.at <= made]
            then = replay(MeetingState(id=state.id), facts).meeting
            self.said[state.id, key] = {name: getattr(then, name) for name in WHAT_COUNTS}
        return all(row["data"][name] == value for name, value in self.said[state.id, key].items())

    def make(self, row: dict[str, Any]) -> Letter:
        settings = self.context.settings
        wish = {"official": KIND, "form": "pdf", "language": settings.language, "item": "", "person": row["person"]}
        try:
            _header, file = self.printer.make(
                "official", {"database": str(settings.database), "meeting": row["meeting"], **wish}, row["person"]
            )
        except (printer.Refused, printer.Failed, printer.TooMany) as error:
            logger.warning("no letter of invitation for %s: %r", row["meeting"], error)
            return Letter(MISSING)
        return Letter(MADE, file)


def holds(document: Document) -> bool:
    return bool(document.kind == KIND and document.issued and not document.replaced_by)


def is_issued(state: MeetingState) -> bool:
    """Whether there is a letter with number and day for anybody."""
    return any(map(holds, state.issuing.documents.values()))


def find_issued(state: MeetingState, person: str) -> str:
    """The letter to this person, else the one to everybody on its list, that was issued last and holds."""
    documents = state.issuing.documents
    for whom in (person, ""):
        found = [key for key, document in documents.items() if holds(document) and document.person == whom]
        if found:
            return max(found, key=lambda key: documents[key].issued_at)
    return ""

"""Tables made from the log, in the same transaction. Any may be dropped and rebuilt (`log.rebuild`).

Each file registers a function for the facts it cares about (`registry`); it gets the state before and after.
"""

from meetingroom.projections import case_reports, exhibits, meetings, record, search, tasks  # noqa: F401
from meetingroom.projections.registry import keep, made, projection

__all__ = ["keep", "made", "projection"]

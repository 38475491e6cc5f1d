"""The rules of a meeting. Pure: the standard library and these files; no clock, no SQL, no Flask.

Importing this package registers every topic's commands, facts and slices.
"""

from meetingroom.meeting import (  # noqa: F401
    agenda,
    approval,
    archiving,
    ballot_count,
    ballot_drafts,
    ballot_edit,
    ballot_results,
    ballot_view,
    ballots,
    conclusions,
    finding,
    floor,
    ink,
    issuing,
    lifecycle,
    notices,
    pairs,
    papers,
    people,
    readers,
    recall,
    record,
    reopening,
    review,
    review_view,
    roll,
    series,
    sites,
    speech_clock,
    stage,
    stamping,
    versions,
)

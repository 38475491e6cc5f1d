"""The empty list to fill in: its headings, and it as CSV. Pure: bytes out."""

from meetingroom.auth import account_labels
from meetingroom.people.columns import FIELDS


def headings() -> list[str]:
    return [str(account_labels.FIELDS[key]) for key in FIELDS]


def as_csv() -> bytes:
    """With the mark by which Excel knows UTF-8."""
    return (",".join(headings()) + "\r\n").encode("utf-8-sig")

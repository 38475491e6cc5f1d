"""What is wrong with what was sent, as the one answer to it."""

from meetingroom.cases import fields, words
from meetingroom.cases.media import formats
from meetingroom.documents import file_names, kinds, messages, office, preflight
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

REASON_LENGTH = 10  # letters, of why a name only looks like a stamp


def wrong_field(wrong: fields.Wrong) -> Problem:
    """case_fields (422), with the fields and the words for each."""
    said = {each.field: message(words.WRONG.get(each.why, "malformed")) for each in (wrong, *wrong.more)}
    return Problem("case_fields", 422, why=wrong.why, fields=said)


def rejected(code: str, status: int, **details) -> Problem:
    """What is wrong with a file, with its limit in the words."""
    return Problem(code, status, **details, message=messages.sentence_for(code, details))


def check_name(name: str, reason: str) -> str:
    """Whether a file with this name may come; the stamp of a state secret that it seems to bear, where a `reason` says
    that it is none. Raises Problem: unsupported_type | secret_stamp | libreoffice_missing."""
    kind = kinds.by_name(file_names.tidy_name(name))
    if kind is None and not formats.promises(file_names.tidy_name(name)):
        raise rejected("unsupported_type", 415, **preflight.save_as(name))
    if kind and kind.is_office and not office.available(kind.ending):
        raise rejected("libreoffice_missing", 503)
    return check_stamp(name, reason)


def check_stamp(name: str, reason: str) -> str:
    """The stamp that a name seems to bear, where the reason says that it is none. Raises Problem: secret_stamp."""
    stamp = file_names.find_secrecy_stamp(name)
    if stamp and len(reason.strip()) < REASON_LENGTH:
        raise Problem("secret_stamp", 422, stamp=stamp, override="override_reason")
    return stamp or ""

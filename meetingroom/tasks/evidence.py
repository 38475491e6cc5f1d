"""The files that come with a step: kept by what they hold, shown to nobody but as a file to be saved."""

from meetingroom.config import Settings
from meetingroom.documents import content_store, file_names, messages, preflight
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.upload import Arrival
from meetingroom.web.errors import Problem


def check_evidence(arrival: Arrival) -> dict:
    """{sha, name, bytes, type} of a file of a kind that can be a paper. Raises Problem."""
    name = file_names.tidy_name(arrival.filename)
    try:
        kind = preflight.inspect_quickly(arrival.path, name)
        if kind.family == "folder":
            raise FileRejected("unsupported_type")
    except FileRejected as rejected:
        words = messages.sentence_for(rejected.code, rejected.details)
        raise Problem(rejected.code, 422, **{**rejected.details, "message": words}) from None
    if stamp := file_names.find_secrecy_stamp(name):
        raise Problem("secret_stamp", 422, stamp=stamp)
    return {"sha": arrival.sha, "name": name, "bytes": arrival.size, "type": kind.ending}


def keep_evidence(settings: Settings, arrival: Arrival, file: dict) -> None:
    """Into its place, before the step names it."""
    content_store.take_in(settings, arrival.path, file["sha"])

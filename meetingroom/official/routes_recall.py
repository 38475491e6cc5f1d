"""The record of a recall as a PDF."""

from flask import Blueprint, Response, g

from meetingroom import clock
from meetingroom.auth import guard
from meetingroom.auth.guard import signed_in
from meetingroom.documents.serving import disposition
from meetingroom.meeting.roles import CHAIR_AND_SECRETARY
from meetingroom.printing import printer
from meetingroom.reading.recalls import describe, find_recall
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

bp = Blueprint("recall_report", __name__)


@bp.get("/api/meetings/<meeting>/recalls/<recall>/receipt.pdf")
@signed_in
def receipt(meeting: str, recall: str):
    """The record of a recall (Biên bản thu hồi tài liệu), for the chair and the secretary: papers, how many devices
    confirmed, and the names of those that did not."""
    if guard.require_member(meeting) not in CHAIR_AND_SECRETARY:
        raise Problem("not_allowed", 403)
    state, found = find_recall(meeting, recall)
    settings = context().settings
    wish: dict = {"database": str(settings.database), "meeting": meeting, "found": describe(state, recall, found)}
    wish |= {"language": settings.language, "now": clock.now()}
    _header, file = printer.printer.make("recall", wish, g.user.id)
    answer = Response(file, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = disposition("bien-ban-thu-hoi.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

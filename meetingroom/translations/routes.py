"""`/words/vi-<hash>.js`: the words for the scripts."""

from flask import Blueprint, Response, current_app, redirect

from meetingroom.web import compression
from meetingroom.web.assets import FOREVER

bp = Blueprint("words", __name__)


@bp.get("/words/<language>-<version>.js")
def words(language: str, version: str) -> Response:
    """The Vietnamese (or English) words of the scripts; an older version leads to today's."""
    held = current_app.extensions["meetingroom.words"].get(language)
    if held is None:
        return Response(status=404)
    now, code = held
    if version != now:
        # A page from before an update: today's words, but not to be kept under yesterday's address.
        answer = redirect(f"/words/{language}-{now}.js")
        answer.headers["Cache-Control"] = "no-cache"
        return answer  # type: ignore[return-value]
    answer = compression.answer_packed(code, "text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = FOREVER
    return answer

"""The addresses of static files: `/static/<version>/…`, kept for a year."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, send_from_directory
from werkzeug.utils import safe_join

from meetingroom.web import compression
from meetingroom.web.assets import FOREVER, TEXTS, TYPES, in_thread

bp = Blueprint("assets", __name__)


@bp.get("/static/<version>/<path:path>")
def file(version: str, path: str) -> Response:
    """A file, kept for a year; under an older version's address today's file, which is not kept.

    So a tablet that slept through an update gets on.
    """
    assets = current_app.extensions["meetingroom.assets"]
    suffix = Path(path).suffix.lower()
    kind = TYPES.get(suffix)
    if kind is None:
        abort(404)
    now = assets.version
    if suffix in TEXTS:
        found = safe_join(str(assets.folder), path)
        if found is None or not Path(found).is_file():
            abort(404)
        name = Path(found).relative_to(assets.folder).as_posix()
        answer = compression.answer_packed(assets.text(name, in_thread), kind)
    else:
        answer = send_from_directory(assets.folder, path, mimetype=kind, max_age=None)
        answer.headers["Content-Type"] = kind
    answer.headers["Cache-Control"] = FOREVER if version == now else "no-cache"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@bp.get("/favicon.ico")
def favicon() -> Response:
    """Browsers ask for it where a page names none: a PDF, a picture."""
    return file(current_app.extensions["meetingroom.assets"].version, "favicon.svg")

"""What a browser keeps of the program itself: the service worker, which shell it loads, and the page without a line."""

import json

from flask import Blueprint, Response, current_app, render_template, url_for

from meetingroom.translations import script_words
from meetingroom.web.assets import TYPES, asset

bp = Blueprint("offline", __name__)

WORKER = "js/offline/worker.js"
FACES = ("latin-400", "vietnamese-400", "latin-600", "vietnamese-600")


@bp.get("/sw.js")
def worker() -> Response:
    """The service worker of the whole site; browsers ask for it again with each visit. One with another shell waits
    until no meeting runs and nothing is unsent in its browser."""
    assets = current_app.extensions["meetingroom.assets"]
    about = {"version": assets.version, "files": list_shell(), "page": url_for("offline.page")}
    text = f"self.SHELL = {json.dumps(about)}\n{(assets.folder / WORKER).read_text('utf-8')}"
    answer = Response(text)
    answer.headers["Content-Type"] = TYPES[".js"]
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def list_shell() -> list[str]:
    """What the page without a line and the page of a meeting are made of, in both languages; a room's own are loaded
    with the room."""
    screens = [asset(f"js/screens/{name}.js") for name in ("offline", "meeting-page")]
    sheets = [asset(f"css/screens/{name}.css") for name in ("offline", "meeting-page")]
    faces = [asset(f"vendor/be-vietnam-pro/{face}.woff2") for face in FACES]
    words = [script_words.address(language) for language in ("vi", "en")]
    return [*screens, *sheets, *faces, *words, asset("icons.svg"), asset("favicon.svg"), asset("touch-icon.png")]


@bp.get("/offline")
def page() -> str:
    """What is shown where the server does not answer: the papers that are kept on this device. It is nobody's page."""
    return render_template("web/offline.html", nobody=True)

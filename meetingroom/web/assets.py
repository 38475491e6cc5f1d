"""What browsers load: `/static/<version>/…`, kept for a year since the version is made of the contents."""

import hashlib
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, send_from_directory
from markupsafe import Markup

STATIC = Path(__file__).parents[2] / "static"
FOREVER = "public, max-age=31536000, immutable"

# Said here, since Windows' registry and some minimal systems disagree about them, and a browser then refuses a module.
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webp": "image/webp",
    ".png": "image/png",
    ".ico": "image/x-icon",
}

bp = Blueprint("assets", __name__)


def init_app(app, folder: Path = STATIC) -> None:
    """The template globals `asset()` and `icon()`."""
    app.extensions["meetingroom.assets"] = Assets(folder)
    app.jinja_env.globals.update(asset=asset, icon=icon)


class Assets:
    """The folder of static files and the version they have now."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.version = version_of(folder)


def version_of(folder: Path) -> str:
    """Ten hexadecimal digits of the names and contents of all files under `folder`."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:10]


def asset(path: str) -> str:
    """The address of a file in `static/`: `asset("css/base.css")` → `/static/3f9c2a7b10/css/base.css`."""
    return f"/static/{current_app.extensions['meetingroom.assets'].version}/{path}"


def icon(name: str, label: str = "", kind: str = "") -> Markup:
    """An icon of `static/icons.svg`; decoration unless it has a label. `kind`: small, large, spin."""
    told = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    picture = Markup('<svg class="{}" {}><use href="{}#{}"></use></svg>')
    return picture.format(f"icon {kind}".strip(), told, asset("icons.svg"), name)


@bp.get("/static/<version>/<path:path>")
def file(version: str, path: str) -> Response:
    """A file. An older version's address still finds the file, so that a tablet that slept through an update gets
    on, but it is not kept: the contents are today's."""
    assets = current_app.extensions["meetingroom.assets"]
    kind = TYPES.get(Path(path).suffix.lower())
    if kind is None:
        abort(404)
    answer = send_from_directory(assets.folder, path, mimetype=kind.partition(";")[0], max_age=None)
    answer.headers["Content-Type"] = kind
    answer.headers["Cache-Control"] = FOREVER if version == assets.version else "no-cache"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@bp.get("/favicon.ico")
def favicon() -> Response:
    """Browsers ask for it where a page names none: a PDF, a picture."""
    return file(current_app.extensions["meetingroom.assets"].version, "favicon.svg")

"""What browsers load: `/static/<version>/…`, kept for a year since the version is made of the contents.

A screen is one script and one sheet: `js/screens/<screen>.js` names its parts, `css/screens/<screen>.css` the frame
they stand in. They are answered with everything they import, the sheet with those that lie beside the parts
(web/asset_bundles), compressed (web/compression). Made just after the start, beside its other work: the first of the
hall waits no longer than the last. A file that changes is seen at the next reload.
"""

import hashlib
import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from flask import current_app
from markupsafe import Markup

from meetingroom.web import asset_bundles, compression

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
TEXTS = (".js", ".mjs", ".css", ".svg", ".json")
LOOK_EVERY = 0.5  # seconds
STARTED, BREATH = 1.0, 0.02  # seconds
ROOMS = ("participant", "chair", "secretary", "projector", "site", "tablet", "home")

logger = logging.getLogger(__name__)


def init_app(app, folder: Path = STATIC) -> None:
    """The template globals `asset()` and `icon()`."""
    app.extensions["meetingroom.assets"] = Assets(folder)
    app.jinja_env.globals.update(asset=asset, icon=icon)


class Assets:
    """The folder of static files, the version they have now, and what was made of them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.making = threading.Lock()
        self.held: dict[str, compression.Packed] = {}
        self.seen = list_files(folder)
        self.looked = time.monotonic()
        self._version = version_of(folder)

    @property
    def version(self) -> str:
        """Looks whether a file has changed, but not for every request of a hall that comes in."""
        if time.monotonic() - self.looked >= LOOK_EVERY:
            self.looked = time.monotonic()
            if (now := list_files(self.folder)) != self.seen:
                self.seen, self._version, self.held = now, version_of(self.folder), {}
        return self._version

    def text(self, path: str, aside) -> compression.Packed:
        """A script, sheet or drawing, ready to be sent; `aside(function, *args)` runs what takes long."""
        held = self.held
        if path not in held:
            with self.making:  # the hall asks at once; it is made once
                if path not in held:
                    held[path] = aside(make_asset, self.folder, path)
        return held[path]


def make_ready(app, aside, pause=time.sleep) -> None:
    """Make what the screens ask for; those of the meeting first. A request in between is not kept waiting for more than
    the one that is being made. The start itself, and who waits for it, come first."""
    assets = app.extensions["meetingroom.assets"]
    pause(STARTED)
    for path in [*sorted(entries(assets.folder), key=lambda path: Path(path).stem not in ROOMS), "icons.svg"]:
        try:
            assets.text(path, aside)
        except Exception:  # whoever asks for it is told
            logger.exception("%s could not be made ready", path)
        pause(BREATH)


def entries(folder: Path) -> list[str]:
    """The script and the sheet of every screen."""
    found = [*folder.glob("js/screens/*.js"), *folder.glob("css/screens/*.css")]
    return sorted(path.relative_to(folder).as_posix() for path in found)


def make_asset(folder: Path, path: str) -> compression.Packed:
    return compression.pack(read_content(folder, path))


def read_content(folder: Path, path: str) -> bytes:
    """A file, and of a screen everything that it imports."""
    try:
        if path.startswith("js/screens/"):
            return (before(folder) + asset_bundles.bundle_script(folder, path)).encode()
        if path.startswith("css/screens/"):
            return asset_bundles.bundle_sheet(folder, path).encode()
    except asset_bundles.NotUnderstood as problem:
        # As it is, it works as well, with a request for every import.
        logger.warning("%s is not joined: %s", path, problem)
    return (folder / path).read_bytes()


def before(folder: Path) -> str:
    """What a screen does before its parts are made."""
    found = folder / "js/before.js"
    return found.read_text("utf-8") if found.is_file() else ""


def list_files(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file with the time of its last change and its size."""

    def below(place: str) -> Iterator[os.DirEntry]:
        for entry in os.scandir(place):
            if entry.is_dir():
                yield from below(entry.path)
            else:
                yield entry

    return {entry.path: ((state := entry.stat()).st_mtime_ns, state.st_size) for entry in below(str(folder))}


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
    attributes = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    picture = Markup('<svg class="{}" {}><use href="{}#{}"></use></svg>')
    return picture.format(f"icon {kind}".strip(), attributes, asset("icons.svg"), name)


def in_thread(function, *args):
    """Runs it in a thread, if this app has threads for that."""
    context = current_app.extensions.get("meetingroom")
    return context.in_thread(function, *args) if context else function(*args)

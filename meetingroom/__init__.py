"""The paperless meeting room. `create_app` joins the parts; it is the only place that knows them all.

Every process of the program comes through here, also one that only draws a page: what an app needs is imported there.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from meetingroom.config import Settings

ROOT = Path(__file__).parent.parent

# Every area's routes; each module has a blueprint named `bp`.
ROUTES = (
    "web.routes_assets",
    "translations.routes",
    "auth.routes",
    "auth.routes_account",
    "auth.routes_first",
    "people.routes_people",
    "people.routes_units",
    "people.routes_import",
    "people.routes_audit",
    "devices.routes_screens",
    "devices.routes_tablets",
    "devices.routes_join",
    "devices.routes_pin",
    "documents.routes",
    "documents.routes_ink",
    "marks.routes",
    "marks.routes_page",
    "marks.routes_export",
    "comparing.routes",
    "reading.routes",
    "reading.routes_bound",
    "reading.routes_keep",
    "reading.routes_offline",
    "reading.routes_openings",
    "reading.routes_recall",
    "minutes.routes",
    "minutes.routes_notes",
    "minutes.routes_templates",
    "tasks.routes_api",
    "tasks.routes_pages",
    "tasks.routes_calendar",
    "tasks.routes_mail",
    "official.routes",
    "official.routes_recall",
    "invitations.routes",
    "signing.routes",
    "signing.routes_sign",
    "signing.routes_admin",
    "minutes.routes_review",
    "official.routes_page",
    "issuing.routes",
    "issuing.routes_days",
    "cases.routes",
    "cases.routes_numbers",
    "cases.routes_cite",
    "cases.routes_numbers_page",
    "cases.routes_meeting_texts",
    "cases.routes_maps",
    "cases.mapfiles.routes",
    "cases.routes_uploads",
    "cases.routes_import",
    "cases.routes_stage",
    "cases.routes_handover",
    "cases.routes_log",
    "cases.media.routes",
    "cases.media.routes_clips",
    "cases.media.routes_files",
    "cases.media.routes_page",
    "cases.routes_maps_pages",
    "cases.packages.routes",
    "cases.packages.routes_pages",
    "cases.routes_pages",
    "cases.scripts.routes",
    "cases.court.routes",
    "cases.court.routes_entries",
    "cases.court.routes_files",
    "cases.court.routes_pages",
    "cases.scripts.routes_callouts",
    "cases.scripts.routes_page",
    "cases.scripts.routes_trial",
    "search.routes",
    "archive.routes_api",
    "archive.routes_pages",
    "archive.routes_replay",
    "archive.routes_retention",
    "archive.routes_redaction",
    "archive.routes_supplements",
    "commands.routes",
    "readiness.routes",
    "desk.routes_places",
    "desk.routes_home",
    "desk.routes_first_start",
    "desk.routes_meetings",
    "desk.routes_reports",
    "desk.routes_directory",
    "desk.routes_series",
    "desk.routes_agenda_templates",
    "edge.routes",
    "monitoring.routes",
    "monitoring.routes_probes",
)

# No forms of ours come there: a header (/api/, /edge/), or a secret in the address itself (/signing/<token>/).
OWN_PROOF = ("/api/", "/socket.io/", "/signing/", "/edge/")


def create_app(settings: Settings) -> Flask:
    """The whole program but for the event loop: database up to date, routes, socket, rights.

    Raises database.NewerDatabase if the data folder was written by a newer version, kernel.Incomplete if a command or
    an event lacks a part.
    """
    from flask import Flask

    from meetingroom import database, sealed, translations
    from meetingroom.auth import guard
    from meetingroom.commands import direct, registries
    from meetingroom.config import secret_key
    from meetingroom.live import push, socket
    from meetingroom.web import assets, errors, every_answer, incoming, proxies
    from meetingroom.web.context import Context

    registries.check()
    database.prepare(settings.database)
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    pool = database.Pool(settings.database)
    with pool.lend() as db:
        sealed.sweep(db, sealed.folder(settings.database))
    app.extensions["meetingroom"] = Context(settings, pool, push.Push(pool, emit=lambda *_: None))
    app.secret_key = secret_key(settings.data)
    app.config.update(
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=incoming.LARGEST,  # per path: web/incoming
        MAX_FORM_MEMORY_SIZE=incoming.LISTS,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still works
        WTF_CSRF_CHECK_DEFAULT=False,  # checked in `forms_carry_a_token`, where /api/ has its own header
    )
    errors.init_app(app)
    incoming.init_app(app)
    assets.init_app(app)
    translations.init_app(app)
    guard.init_app(app)
    forms_carry_a_token(app)
    for name in ROUTES:
        area = import_module(f"meetingroom.{name}")
        app.register_blueprint(area.bp)
    socket.connect(app, settings)
    app.wsgi_app = direct.Direct(app.wsgi_app, app)  # type: ignore[method-assign]
    app.wsgi_app = proxies.Proxies(app.wsgi_app, settings)  # type: ignore[method-assign]
    every_answer.init_app(app)
    return app


def forms_carry_a_token(app: Flask) -> None:
    """CSRF: HTML forms carry a token; /api/ carries a header that a foreign page cannot send (auth/guard.py)."""
    from flask import request
    from flask_wtf.csrf import CSRFProtect

    from meetingroom.auth import guard

    csrf = CSRFProtect(app)

    @app.before_request
    def check():
        if not request.path.startswith(OWN_PROOF):
            guard.not_for_another(request.form.get("as"))
            csrf.protect()

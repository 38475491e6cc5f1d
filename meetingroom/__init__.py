"""The paperless meeting room. `create_app` joins the parts; it is the only place that knows them all."""

from importlib import import_module
from pathlib import Path

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect

from meetingroom import database, sealed
from meetingroom.config import Settings, secret_key
from meetingroom.web.context import Context, context

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
    "minutes.routes",
    "minutes.routes_notes",
    "minutes.routes_templates",
    "tasks.routes_api",
    "tasks.routes_pages",
    "tasks.routes_calendar",
    "tasks.routes_mail",
    "official.routes",
    "signing.routes",
    "signing.routes_sign",
    "signing.routes_admin",
    "minutes.routes_review",
    "official.routes_page",
    "issuing.routes",
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
    "desk.routes_directory",
    "desk.routes_series",
    "monitoring.routes",
    "monitoring.routes_probes",
)

# No forms of ours come there: a header (/api/), or a secret in the address itself (/signing/<token>/).
OWN_PROOF = ("/api/", "/socket.io/", "/signing/")
YEAR = 365 * 86_400
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'{socket}",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


def create_app(settings: Settings) -> Flask:
    """The whole program but for the event loop: database up to date, routes, socket, rights.

    Raises database.NewerDatabase if the data folder was written by a newer version, kernel.Incomplete if a command or
    an event lacks a part.
    """
    from meetingroom import translations
    from meetingroom.auth import guard
    from meetingroom.commands import registries
    from meetingroom.live import push, socket
    from meetingroom.web import assets, errors, incoming, proxies

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
    app.wsgi_app = proxies.Proxies(app.wsgi_app, settings)  # type: ignore[method-assign]
    app.after_request(guarded_headers)
    return app


def forms_carry_a_token(app: Flask) -> None:
    """CSRF: HTML forms carry a token; /api/ carries a header that a foreign page cannot send (auth/guard.py)."""
    from meetingroom.auth import guard

    csrf = CSRFProtect(app)

    @app.before_request
    def check():
        if not request.path.startswith(OWN_PROOF):
            guard.not_for_another(request.form.get("as"))
            csrf.protect()


def own_socket() -> str:
    """The address of our own socket, said outright: for Safari up to 15.3, 'self' does not cover it. (A policy cannot
    name an IPv6 address; there 'self' has to do.)"""
    host = request.host
    if not host or "[" in host:
        return ""
    return f" {'wss' if request.is_secure or context().settings.secure_cookies else 'ws'}://{host}"


def also_connects() -> str:
    """What one page may speak to besides (a signing program on the reader's own computer)."""
    return f" {g.connects}" if "connects" in g else ""


def guarded_headers(response):
    """What every answer says about itself. A route that knows better has set its own."""
    response.headers["X-Meetingroom"] = (
        "1"  # an error page of a proxy or the sign-in page of a network has no such mark
    )
    response.headers.setdefault("Content-Security-Policy", POLICY.format(socket=own_socket() + also_connects()))
    if request.is_secure or context().settings.secure_cookies:
        # This name only, and on no list of browsers: the agency's other names are not ours to decide about.
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    response.headers.setdefault("Cache-Control", "no-store")
    return response

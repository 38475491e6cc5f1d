"""Who is asking, and may they: loads `g.user` before each request; the decorators of every route."""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache, wraps
from sqlite3 import Row
from typing import Any
from urllib.parse import quote, urlsplit

from flask import current_app, g, redirect, request, session
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature
from werkzeug.http import parse_cookie

from meetingroom.auth import account_store, sessions
from meetingroom.database import Busy, writing
from meetingroom.meeting import roles
from meetingroom.projections import queries
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

SAFE = {"GET", "HEAD", "OPTIONS"}

# Where somebody who must change a temporary password may still go.
OPEN_TO_NEWCOMERS = ("/account", "/sign-out", "/sign-in", "/in/", "/api/session", "/language", "/static/")

# Where somebody may go who came in by a nameplate's code, besides the meeting itself.
OPEN_TO_GUESTS = (
    "/documents/", "/api/documents/", "/api/papers/", "/api/session", "/api/tablet", "/tablet", "/join", "/in/",
    "/sign-in", "/sign-out", "/language", "/account/settings", "/words/", "/socket.io/", "/healthz",
)  # fmt: skip

ELSEWHERE = "only_this_meeting"
TABLET_COOKIE = "tablet"
COOKIES_KEPT = 5000
LONG = 1000  # letters of cookies that are not kept


@dataclass(frozen=True)
class User:
    """Somebody who is signed in. `unit` is the unit's name, `session` the id of the session (not its secret)."""

    id: str
    username: str
    name: str
    title: str
    unit: str
    unit_id: str
    role: str  # admin | organiser | member
    language: str
    text_size: int
    must_change: bool
    session: str
    only: str = ""  # the one meeting a session by card or tablet opens
    tablet: str = ""  # the shared tablet this person acts at
    card: str = ""  # the card this person came in by
    proven: bool = True  # by more than a card
    clerk: bool = False  # văn thư: numbers and issues the documents of every meeting
    done: str = ""  # the id of the one command that was done there

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"

    def as_json(self) -> dict:
        """What `GET /api/session` tells a person about themselves."""
        keys = ("id", "username", "name", "title", "unit", "role", "language", "text_size")
        return {key: getattr(self, key) for key in keys} | ({"must_change": True} if self.must_change else {})


class Lasting:
    """A response whose cookies last so long by the browser's reckoning, whatever its clock or ours says: `Max-Age`
    instead of a date, which a tablet that is a month ahead would take for past."""

    def __init__(self, response, lifetime: timedelta):
        self.response, self.lifetime = response, lifetime

    def __getattr__(self, name: str):
        return getattr(self.response, name)

    def set_cookie(self, *args, expires=None, **more) -> None:
        self.response.set_cookie(*args, max_age=self.lifetime if expires else None, **more)


class Cookies(SecureCookieSessionInterface):
    """Flask's, which would derive the key of its signer and check the same cookie anew for every request.

    What a cookie holds never changes. How long it is good for is said by its row in `sessions`, read every time.
    """

    def __init__(self):
        # Kept by each of them, and not by their class: that would keep every app that a run of the tests has made.
        self._serializer = cache(self._make_serializer)
        self._token = lru_cache(maxsize=COOKIES_KEPT)(self._find_token)

    def get_signing_serializer(self, app):
        return self._serializer(app)

    def _make_serializer(self, app):
        serializer: Any = super().get_signing_serializer(app)
        serializer.loads = lru_cache(maxsize=COOKIES_KEPT)(serializer.loads)  # refusals are not kept
        return serializer

    def open_session(self, app, request):
        """Without the age that Flask asks of its stamp: a cookie from the future (the clock was set back) would be no
        cookie, and the row in `sessions` knows how long it is good."""
        return self.session_class(self.read(app, request.cookies.get(self.get_cookie_name(app))))

    def read(self, app, held: str | None) -> dict:
        """What a cookie holds; nothing where it is not of ours."""
        try:
            return self.get_signing_serializer(app).loads(held) if held else {}
        except BadSignature:
            return {}

    def token(self, app, cookies: str) -> str:
        """The session's token in a header with cookies; "" where there is none of ours."""
        return self._token(app, cookies) if len(cookies) < LONG else self._find_token(app, cookies)

    def _find_token(self, app, cookies: str) -> str:
        held = parse_cookie(cookies).get(self.get_cookie_name(app))
        found = self.read(app, held).get("sid")
        return found if isinstance(found, str) else ""

    def save_session(self, app, session, response):
        lasting: Any = Lasting(response, app.permanent_session_lifetime)
        super().save_session(app, session, lasting)


def init_app(app) -> None:
    """Load the user before each request; how the cookie is kept."""
    settings = app.extensions["meetingroom"].settings
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,  # page images are cached; `touch` renews the cookie
        PERMANENT_SESSION_LIFETIME=settings.session_days * 86400,
    )
    app.config["SESSION_COOKIE_NAME"] = "meetingroom"
    app.session_interface = Cookies()
    app.before_request(load)


def load():
    """Sets `g.user`; refuses what a foreign page may have sent; leads newcomers to their new password."""
    g.user = None
    if request.endpoint == "static" or request.path.startswith("/static/"):
        return None
    if request.path.startswith("/api/") and request.method not in SAFE and request.headers.get("X-Meetingroom") != "1":
        raise Problem("header_missing", 403)
    g.user = user_from_cookie()
    not_for_another(request.headers.get("X-Meetingroom-As"))
    hindrance = g.user and what_hinders(g.user, request.path)
    if not hindrance:
        return None
    if wants_json():
        raise Problem(hindrance, 403)
    if hindrance == ELSEWHERE:
        return redirect("/tablet" if g.user.tablet else f"/meetings/{g.user.only}")
    return redirect("/account/password")


def what_hinders(user: User, path: str) -> str:
    """Why somebody who is signed in may not go there for now; "" if nothing hinders them."""
    if user.only and not is_within(path, user):
        return ELSEWHERE
    if user.must_change and not path.startswith(OPEN_TO_NEWCOMERS):
        return "password_must_change"
    return ""


def not_for_another(meant: str | None) -> None:
    """A page says for whom it acts: who opened it. Raises Problem when somebody else has signed in since."""
    if meant and g.user and g.user.id != meant:
        raise Problem("another_person", 409, signed_in={"id": g.user.id, "name": g.user.name})


def user_from_cookie() -> User | None:
    """The person whose session cookie came with this request (also a Socket.IO handshake)."""
    with context().pool.lend() as db:
        found = sessions.find_session(db, sessions.session_token())
    if found is None or (found["kind"] == "tablet" and found["origin"] != tablet_here()):
        return None
    if sessions.is_stale(found):
        renew(found)
    return user_of(found)


def user_from_head(app, environ) -> User | None:
    """The same from the head of a request that has no Flask request around it (a thousand sockets that connect); None
    also where one is needed to say: of a shared tablet, and of a session that is to be renewed."""
    token = app.session_interface.token(app, environ.get("HTTP_COOKIE", ""))
    if not token:
        return None
    with app.extensions["meetingroom"].pool.lend() as db:
        found = sessions.find_session(db, token)
    return None if found is None or found["kind"] == "tablet" or sessions.is_stale(found) else user_of(found)


def user_and_role(db, token: str, meeting: str) -> tuple[User | None, str]:
    """The same with one question: who gives a command, and their role in the meeting; "" for it where
    `require_member_or_clerk` is to say."""
    found = sessions.find_session_in(db, token, meeting)
    if found is None or found["kind"] == "tablet":
        return None, ""
    return plain_standing(tuple(found), meeting)


@lru_cache(maxsize=COOKIES_KEPT)
def plain_standing(values: tuple, meeting: str) -> tuple[User, str]:
    """Of the same row always the same: what `find_session_in` found comes to. Who turns pages is the same each time."""
    user, (role, stands, _) = user_of_values(values[: len(sessions.COLUMNS)]), values[len(sessions.COLUMNS) :]
    plain = is_let_in(user.only, meeting, role, user.proven) and is_plainly_announced(role, stands)
    return user, role if plain else ""


def user_of(found: Row) -> User:
    """The person of a row that `find_session` found."""
    return user_of_values(tuple(found)[: len(sessions.COLUMNS)])


@lru_cache(maxsize=COOKIES_KEPT)
def user_of_values(values: tuple) -> User:
    """Made once for the same row: who turns pages is the same at each."""
    found = dict(zip(sessions.COLUMNS, values, strict=True))
    only = found["only"]
    keys = ("id", "username", "name", "session", "unit", "only", "done")
    return User(
        **{key: found[key] for key in keys},
        role="member" if only else found["role"],
        title=found["title"] or "",
        unit_id=found["unit_id"] or "",
        language=found["language"] or "",
        text_size=found["text_size"] or 100,
        must_change=bool(found["must_change"]) and not only,
        clerk=bool(found["clerk"]) and not only,
        tablet=found["origin"] if found["kind"] == "tablet" else "",
        card=found["origin"] if found["kind"] == "card" else "",
        proven=found["kind"] != "card" or bool(found["proven"]),
    )


def tablet_here() -> str:
    """The id of the shared tablet whose cookie came with this request."""
    token = request.cookies.get(TABLET_COOKIE)
    return account_store.hash_token(token) if token else ""


def is_within(path: str, user: User) -> bool:
    """Whether a session for one meeting may go there; at a shared tablet that is to act, and what is one's own."""
    if path.startswith(OPEN_TO_GUESTS):
        return True
    own = f"/api/meetings/{user.only}"
    if user.tablet:
        return path in (f"{own}/commands", f"{own}/me")
    page = f"/meetings/{user.only}"
    return path in (own, page, "/search", "/api/search") or path.startswith((f"{own}/", f"{page}/"))


def renew(found: Row) -> None:
    """Both the row and the cookie; not worth waiting for, the next request will do it."""
    try:
        with context().pool.lend() as db, writing(db, patience=0):
            sessions.renew_session(db, found["session"], context().settings.session_days)
        session.modified = True
    except (Busy, sqlite3.OperationalError) as error:  # whoever is in stays in, also while the disk is full
        current_app.logger.info("session not renewed: %r", error)


def signed_in(view):
    """Only for people who are signed in: JSON is told 401, a page goes to the sign-in form and comes back."""

    @wraps(view)
    def guarded(*args, **kwargs):
        return refuse_strangers() or view(*args, **kwargs)

    return guarded


def needs(*roles: str):
    """Only for people with one of these system roles."""

    def decorate(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            if answer := refuse_strangers():
                return answer
            if g.user.role not in roles:
                raise Problem("no_right", 403)
            return view(*args, **kwargs)

        return guarded

    return decorate


def refuse_strangers():
    """None for somebody signed in; otherwise 401 or the way to the sign-in form."""
    if g.user is not None:
        return None
    if wants_json():
        raise Problem("not_signed_in", 401)
    back = request.full_path.rstrip("?") if request.method in SAFE else "/"
    return redirect("/sign-in" + ("" if back == "/" else "?next=" + quote(back, safe="/")))


def require_member(meeting: str) -> str:
    """The role of `g.user` in a meeting. Others learn nothing, not even that it exists (404).

    Who came in by a card alone and has been given a part in running the meeting meanwhile is told to show more (403).
    """
    if g.user is None:
        raise Problem("not_signed_in", 401)
    with context().pool.lend() as db:
        role = role_of(db, meeting)
        if role is None and g.user.card and needs_proof(queries.role_in(db, meeting, g.user.id), g.user.proven):
            raise Problem("proof_needed", 403)
    if role is None:
        raise Problem("not_found", 404)
    return role


def require_member_or_clerk(meeting: str) -> str:
    """The role of `g.user`; "clerk" for the agency's records clerk in a meeting that they do not belong to."""
    if g.user is not None and g.user.clerk:
        with context().pool.lend() as db:
            if role_of(db, meeting) is None and queries.is_announced(db, meeting):
                return "clerk"
    return require_member(meeting)


def may_keep_registers() -> bool:
    """Whether `g.user` reads and keeps the books of numbers."""
    return g.user is not None and (g.user.clerk or g.user.is_admin)


def require_staff(meeting: str) -> str:
    """The role of `g.user`, who runs this meeting. Raises Problem: not_signed_in | not_found | proof_needed |
    not_allowed (403, for its other members)."""
    role = require_member(meeting)
    if role not in roles.STAFF:
        raise Problem("not_allowed", 403)
    return role


def role_of(db, meeting: str) -> str | None:
    """The role in which `g.user` may enter a meeting; None where `find_membership` is."""
    found = g.user and find_membership(db, meeting, g.user.id, only=g.user.only, proven=g.user.proven)
    return found["role"] if found else None


def find_membership(db, meeting: str, person: str, *, only: str, proven: bool) -> dict | None:
    """`{role, site}` with which somebody may enter a meeting, on a page or by the socket: the one rule for both.

    None for a stranger, a session that opens another meeting, one by a card alone of somebody who runs this one, and
    whoever is only going to be invited: a draft is the staff's.
    """
    found = queries.membership(db, meeting, person) if only in ("", meeting) else None
    role = found["role"] if found else None
    return found if is_let_in(only, meeting, role, proven) and not is_kept_from(db, meeting, role) else None


def is_let_in(only: str, meeting: str, role: str | None, proven: bool) -> bool:
    """Whether this session opens this meeting, to somebody with this role in it."""
    return only in ("", meeting) and not needs_proof(role, proven)


def is_kept_from(db, meeting: str, role: str | None) -> bool:
    """Whether a role learns nothing of a meeting, not even that it exists: it is not announced, or called off as a
    draft."""
    return role not in roles.STAFF and not queries.is_announced(db, meeting)


def is_plainly_announced(role: str | None, status: str | None) -> bool:
    """Whether it is plain that a role is not kept from a meeting that stands so: it need not be asked."""
    return role is not None and (role in roles.STAFF or status not in (None, *queries.UNSURE))


def needs_proof(role: str | None, proven: bool) -> bool:
    """A card lies on the table for everybody to photograph: it does not run a meeting without a PIN or a password."""
    return role in roles.STAFF and not proven


def wants_json() -> bool:
    """Programs and pictures get a status, people a page."""
    return request.path.startswith(("/api/", "/documents/", "/socket.io/", "/edge/"))


def safe_next(target: str | None, otherwise: str = "/") -> str:
    """`target` if it is a path of this site, else the home page: nobody is sent elsewhere from here."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return otherwise
    if any(ord(c) < 32 for c in target):
        return otherwise
    parts = urlsplit(target)
    return otherwise if parts.scheme or parts.netloc else target.rstrip("?")

"""Writes docs/routes.md from the program's own map of addresses: `python scripts/routes.py` (a test keeps it true).

Who may is read from the code: from the guards around a route, and from the checks that it, or what it calls, makes.
"""

import ast
import functools
import inspect
import sys
import tempfile
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from meetingroom import create_app  # noqa: E402
from meetingroom.auth import guard  # noqa: E402
from meetingroom.config import Settings  # noqa: E402
from scripts.commands import looked_up  # noqa: E402

PAGE = ROOT / "docs" / "routes.md"
HEAD = """# Addresses

Every HTTP address, who may use it, and what it answers. The socket (`/socket.io/`) has [a page of its own](wire.md).

* Signing in sets a session cookie (`HttpOnly`, `SameSite=Lax`, `Secure` behind HTTPS). Whoever must change a temporary
  password gets no further than that (403 `password_must_change`); whoever came in by a nameplate or acts at a shared
  tablet gets no further than its meeting (403 `only_this_meeting`).
* What changes something under `/api/` needs the header `X-Meetingroom: 1` (403 `header_missing`): a foreign page cannot
  send it. HTML forms carry a token. With `X-Meetingroom-As: <person's id>` (in forms: `as`) a request is refused with
  409 `another_person` when somebody else is signed in by now.
* An error is `{"error": {"code", "message", …}}`, with the words in the reader's language. 400: not understood, 401:
  not signed in, 403: not allowed, 404: not there *or not yours to know*, 409: refused as things stand, 413: too large,
  415: of a wrong kind, 422: a field is wrong (`fields`), 429: too many (`retry_after`), 503: something needed is
  missing. Pages for people lead to the sign-in form instead of 401.
* Every answer of this server has the header `X-Meetingroom: 1`; what has not is somebody else's (a proxy's).

*Members* are all who are invited to the meeting, once it is announced; *staff* are its chair, co-chair, secretary and
organiser; an *administrator* and an *organiser* of the system are set under Administration.

This page is written by `scripts/routes.py`; do not edit it.
"""
ROOMS = {
    "assets": "Files and words", "words": "Files and words", "offline": "Files and words",
    "auth": "Signing in", "account": "One's own account",
    "pin": "One's own account", "first": "The first start", "first_start": "The first start", "home": "Home",
    "meetings": "Pages of a meeting", "directory": "The directory",
    "commands": "A meeting as data", "documents": "Documents", "ink": "Documents", "comparing": "Documents",
    "marks": "My marks", "marks_page": "My marks", "marks_export": "My marks",
    "reading": "Documents", "keep": "Documents", "bound": "Documents", "openings": "Documents", "recalls": "Documents",
    "recall_report": "Documents",
    "minutes": "Minutes", "notes": "Minutes",
    "minutes_templates": "Minutes", "case_texts": "Minutes",
    "tasks": "Tasks", "tasks_api": "Tasks", "calendar": "Tasks", "mail": "Tasks", "series": "Series of meetings",
    "agenda_templates": "Series of meetings", "invitations": "Series of meetings",
    "cases": "Cases", "case_numbers": "Cases", "case_cite": "Cases", "maps": "Cases", "maps_pages": "Cases",
    "map_files": "Cases",
    "case_uploads": "Cases",
    "case_import": "Cases",
    "case_stage": "Cases", "case_scripts": "Cases", "case_callouts": "Cases", "case_script_page": "Cases",
    "case_script_trial": "Cases",
    "case_handover": "Cases", "case_log": "Cases", "case_packages": "Cases", "case_packages_pages": "Cases",
    "court": "Cases", "court_entries": "Cases", "court_files": "Cases", "court_pages": "Cases",
    "case_media": "Cases", "case_media_clips": "Cases", "case_media_files": "Cases",
    "case_media_page": "Cases",
    "case_numbers_page": "Cases",
    "reports": "Cases",
    "case_pages": "Cases",
    "search": "Search",
    "archives_api": "Archives", "archives": "Archives",
    "replay": "Archives", "retention": "Archives", "redaction": "Archives", "supplements": "Archives",
    "official": "Official documents",
    "signing": "Signatures", "sign": "Signatures",
    "review": "Minutes", "registers": "Registers and issuing", "days": "Administration",
    "documents_page": "Official documents",
    "readiness": "Ready 100 %",
    "screens": "Rooms and big screens", "join": "Nameplates and arriving", "tablet": "Shared tablets",
    "health": "Is it alive", "watch": "Is it alive", "edges": "Edges",
}  # fmt: skip
ORDER = (*dict.fromkeys(ROOMS.values()), "Administration")
SYSTEM = {("admin",): "administrators", ("admin", "organiser"): "administrators, organisers of the system"}


@dataclass
class Checks:
    """What a route asks of whoever comes."""

    names: set[str] = field(default_factory=set)  # functions that are called on the way
    staff: bool = False  # others are refused with not_allowed
    strangers: bool = False  # they are refused with not_signed_in by the route itself


def page() -> str:
    """The whole page."""
    rooms: dict[str, list[str]] = {name: [] for name in ORDER}
    for rule, methods, view in routes():
        rooms[room_of(rule, view)].append(f"| `{methods} {rule}` | {who(view)} | {cell(what(view))} |")
    parts = [HEAD]
    for name, rows in rooms.items():
        if rows:
            parts.append("\n".join([f"\n## {name}\n", "| | who | |", "|---|---|---|", *rows]))
    return "\n".join(parts) + "\n"


def routes() -> list[tuple[str, str, object]]:
    """(address, methods, function) of everything that is served, by address."""
    with tempfile.TemporaryDirectory() as data:
        app = create_app(Settings(data=Path(data), testing=True, async_mode="threading"))
        app.extensions["meetingroom"].pool.close()
    found = [
        (
            rule.rule,
            " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}) or ["OPTIONS"]),
            app.view_functions[rule.endpoint],
        )
        for rule in app.url_map.iter_rules()
    ]
    return sorted(found, key=lambda one: (one[0], one[1]))


def room_of(rule: str, view) -> str:
    """The part of the page: by the blueprint of the module. Raises KeyError for one that has no place."""
    return "Administration" if rule.startswith("/admin") else ROOMS[inspect.unwrap(view).__globals__["bp"].name]


def what(view) -> str:
    """The first paragraph of the route's docstring. Raises LookupError where nobody has written one."""
    text = inspect.getdoc(inspect.unwrap(view))
    if not text:
        raise LookupError(f"{view.__module__}.{view.__name__} has no docstring")
    return " ".join(text.split("\n\n")[0].split())


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def who(view) -> str:
    """Who may, in words."""
    if "only_edges" in inspect.unwrap(view).__globals__:  # asked before each of them
        return "edges, by their secret"
    checks = Checks()
    look(inspect.unwrap(view), checks, set())
    checks.strangers = "Problem('not_signed_in', 401)" in ast.unparse(tree(inspect.unwrap(view)))
    if roles := system_roles(view):
        return SYSTEM[roles]
    called = checks.names
    if checks.staff:
        return "staff"
    if "find_seen" in called:
        return "list of the case, meetings that show it"
    if "find_visible" in called:  # what is not theirs to see is not there
        return "members" if is_signed_in(view) else "members, its screens"
    if "who_reports" in called:
        return "members, its screens"
    if "require_member" in called:
        return "members"
    if "prepares_something" in called:
        return "administrators, organisers, whoever prepares a meeting"
    if "from_here" in called:
        return "this computer, administrators"
    if is_signed_in(view):
        return "who is signed in"
    if "tablet_of_request" in called or (checks.strangers and "tablet_here" in called):
        return "the tablet itself"
    if checks.strangers:
        return "the screen itself" if "current_screen" in called else "who is signed in"
    return "anybody"


def system_roles(view) -> tuple[str, ...]:
    """Those that `needs(…)` around the route names."""
    while view is not None:
        if getattr(view, "__code__", None) and view.__code__ in NEEDS:
            return next(cell.cell_contents for cell in view.__closure__ if isinstance(cell.cell_contents, tuple))
        view = getattr(view, "__wrapped__", None)
    return ()


def is_signed_in(view) -> bool:
    while view is not None:
        if getattr(view, "__code__", None) in SIGNED_IN:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


SIGNED_IN = {guard.signed_in(lambda: None).__code__}
NEEDS = {guard.needs()(lambda: None).__code__}


def tree(function) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def look(function, checks: Checks, seen: set) -> None:
    """Everything a function of ours, or one that it calls, checks."""
    if function in seen or not getattr(function, "__module__", "").startswith("meetingroom."):
        return
    seen.add(function)
    staff, calls = read(function)
    checks.staff |= staff
    for called in calls:
        checks.names.add(called.__name__)
        look(called, checks, seen)


@functools.cache
def read(function) -> tuple[bool, list]:
    """Whether a function refuses all but the staff, and the functions that it calls: read once, though most routes
    come by it."""
    staff, calls = False, []
    for node in ast.walk(tree(function)):
        if isinstance(node, ast.If) and "staff" in ast.unparse(node.test).lower():
            staff |= any("not_allowed" in ast.unparse(part) for part in node.body if isinstance(part, ast.Raise))
        if isinstance(node, ast.Call) and inspect.isfunction(called := looked_up(node.func, function)):
            calls.append(called)
    return staff, calls


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{len(routes())} addresses in {PAGE.relative_to(ROOT)}")

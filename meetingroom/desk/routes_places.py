"""The way around: what stands in the header of a desk for whom."""

from dataclasses import dataclass

from flask import Blueprint, g, request
from flask_babel import gettext as _

from meetingroom.cases import store as cases
from meetingroom.web.context import context

bp = Blueprint("places", __name__)


@dataclass(frozen=True)
class Place:
    """An entry of the header; `here`: the reader is in it."""

    label: str
    href: str
    icon: str
    here: bool


@bp.app_template_global("places")
def places() -> list[Place]:
    """What `g.user` may open, in order."""
    if g.user.only:  # came in by a nameplate: this one meeting is all there is
        return []
    path = request.path
    shown = [Place(_("Home"), "/", "house", path == "/")]
    shown.append(Place(_("Tasks"), "/tasks", "clipboard-list", path.startswith("/tasks")))
    if may_see_cases():
        shown.append(Place(_("Cases"), "/cases", "scale", path.startswith("/cases")))
    shown.append(Place(_("Archive"), "/archives", "archive", path.startswith(("/archives", "/verify"))))
    if g.user.clerk or g.user.role == "admin":
        shown.append(Place(_("Registers"), "/registers", "list-ordered", path.startswith("/registers")))
    if g.user.role == "admin":
        shown.append(
            Place(_("Administration"), "/admin", "settings", path.startswith(("/admin", "/retention", "/redactions")))
        )
    return shown


@bp.app_template_filter("initials")
def initials(name: str) -> str:
    """`Trần Thị Bình` → `TB`: the family's and the given name's first letters."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def may_see_cases() -> bool:
    """Those who have cases, or a handover that waits for them."""
    if g.user.only or g.user.is_admin:
        return False
    with context().pool.lend() as db:
        return cases.has_cases(db, g.user.id)

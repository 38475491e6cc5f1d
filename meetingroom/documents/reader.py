"""Who asks for a page, on which device; what is written down of it."""

from flask import g
from flask_babel import gettext as _

from meetingroom.devices.screens import current_screen
from meetingroom.devices.tablets import current_tablet
from meetingroom.devices.this_device import this_device
from meetingroom.documents import access
from meetingroom.documents import fetched_store as fetched
from meetingroom.documents.access import UNKEPT, Sight
from meetingroom.web.context import context


def reader() -> tuple[str, str]:
    """(person, device); of a big screen or a shared tablet nobody's name."""
    return g.user.id if g.user else "", this_device()


def named() -> tuple[str, str]:
    """(name, unit) of who looks; of a big screen or a shared tablet, its own name."""
    if g.user:
        return g.user.name, g.user.unit or g.user.title
    here = current_screen() or current_tablet() or {}
    return str(here.get("name") or _("Big screen")), ""


def note(sight: Sight, bits: int, page: int = 0, glance: bool = False) -> None:
    """This device has these pages now; `page` was opened. Of what is no paper yet nothing is noted; nor of a `glance`
    at a thumbnail of what belongs to no meeting."""
    if home := access.home_of(sight.row):
        if not glance:
            home.read(sight.row, bit_numbers(bits), page)
        return
    if not sight.row["attached"]:
        return
    person, device = reader()
    fetched.note(context().pool, sight.row, device, person, bits, "memory" if sight.cache == UNKEPT else "browser")
    if page and person and not sight.staff:
        fetched.note_opening(context().pool, sight.row, device, person, page)


def bit_numbers(bits: int) -> list[int]:
    """The page numbers of these bits."""
    return [number for number in range(bits.bit_length()) if bits >> number & 1]

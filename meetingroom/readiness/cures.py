"""Where each thing of the board before a meeting is put right: the page, and what the way there is called. Pure."""

from flask_babel import lazy_gettext as _

from meetingroom.readiness.checks import Check

PAPERS = ("/prepare#agenda", _("Open the papers"))
PEOPLE = ("/prepare#people", _("Open the participants"))
SITES = ("/prepare#sites", _("Open the sites"))
DEVICES = ("/readiness#devices", _("See the devices"))
HEALTH = "/admin/health"

CURES = {
    "published": ("/prepare#publish", _("Go to publishing")),
    "pages": PAPERS,
    "uploads": PAPERS,
    "without_site": PEOPLE,
    "sites_here": SITES,
    "technicians": SITES,
    "projector": ("/room?view=staff#screens", _("Open the projector screens")),
    "scripts_tried": ("/prepare#agenda", _("Open the case files of this meeting")),
    "preloaded": ("/readiness#check", _("Go to the check")),
    "pages_at_sites": DEVICES,
    "complaints": DEVICES,
}
# Somebody holds the post and has not come: they are helped in by their card.
CARDS = ("/room?view=staff#nameplates", _("Open the nameplates"))


def cure(check: Check, meeting: str, *, administers: bool = False) -> dict:
    """`{go, go_words}` for what is still to be done; nothing for what is ready, or what is not theirs to mend."""
    if check.state not in ("bad", "todo"):
        return {}
    if check.code == "server":
        return {"go": HEALTH, "go_words": str(_("Open the system status"))} if administers else {}
    if check.code in ("chair", "secretary"):
        place, words = PEOPLE if check.state == "bad" else CARDS
    elif check.code in CURES:
        place, words = CURES[check.code]
    else:
        return {}
    return {"go": f"/meetings/{meeting}{place}", "go_words": str(words)}

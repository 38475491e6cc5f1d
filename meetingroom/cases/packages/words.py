"""The codes of packages in words: where one is on its way, why something is refused, the sentences of the log."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from meetingroom.cases import words
from meetingroom.web.messages import messages

messages.update(
    {
        "package_none": _l("No package of this case has been asked for."),
        "package_waiting": _l("The package waits for the consent of a leader of the case."),
        "package_refused": _l("A leader did not consent to this package."),
        "package_building": _l("The package is being made. Please wait a little."),
        "package_failed": _l("The package could not be made. Please have it made again."),
        "package_over": _l("This package is not out any more. Please ask for a new one."),
        "package_open": _l("You have a package of this case already. Give it back, or take the request back, first."),
        "package_own": _l("Nobody consents to a package of their own."),
        "package_no_leader": _l(
            "The case has no leader who could consent. Put a leader on the list of the case first, then ask again."
        ),
        "package_no_map": _l("No mind map of the case has been published yet. Publish one first."),
        "package_decided": _l("This request has been decided already, or was taken back."),
        "package_holder_gone": _l("Whoever asked for it is not in charge of the case any more."),
        "package_not_out": _l("This package is not out."),
        "package_reason": _l("Please say why."),
        "package_past": _l("The day must not lie in the past."),
        "package_far": _l("A package is back within a year."),
    }
)
words.WRONG.update({"package_past": "package_past", "package_far": "package_far", "package_reason": "package_reason"})
words.LINES.update(
    {
        "package_asked": _l("%(by)s asked for an offline package for %(court)s, to be back by %(due)s"),
        "package_approved": _l("%(by)s consented to the package %(serial)s for %(holder)s (consent no. %(consent)s)"),
        "package_refused": _l("%(by)s did not consent to a package for %(holder)s: %(reason)s"),
        "package_withdrawn": _l("%(by)s took back the offline package that was asked for by %(holder)s"),
        "package_lapsed": _l("With the handover the offline package that %(holder)s had asked for is over"),
        "package_built": _l("The package %(serial)s was made, %(pages)s pages, SHA-256 %(sha256)s"),
        "package_failed": _l("The package %(serial)s could not be made"),
        "package_again": _l("%(by)s has the package %(serial)s made again"),
        "package_downloaded": _l("%(by)s took the package %(serial)s out of the system"),
        "package_deleted": _l("The package %(serial)s, held by %(holder)s, was deleted outside (%(by)s)"),
        "package_handed_back": _l("The package %(serial)s, held by %(holder)s, was handed back (%(by)s)"),
    }
)

STATES = {
    "asked": _l("waits for consent"),
    "building": _l("is being made"),
    "ready": _l("ready to be taken out"),
    "out": _l("out of the office"),
    "returned": _l("back in the office"),
    "refused": _l("not consented to"),
    "withdrawn": _l("request taken back"),
    "failed": _l("could not be made"),
}
HOW = {"deleted": _l("deleted outside"), "handed_back": _l("handed back")}
CONTENTS = {"map": _l("Whole maps with all their pages"), "script": _l("The pages of the presentation script alone")}
AUDIENCES = {
    "room": _l("What everybody may see"),
    "leaders": _l("With what is for leaders"),
    "owner": _l("With what is for the prosecutor alone"),
}
FAILED = {
    "map_gone": _l("A map that belongs to it is not there any more."),
    "pages_missing": _l("Pages that belong to it have not been drawn yet."),
    "media_waiting": _l("A recording that belongs to it is still being prepared."),
    "empty": _l("There is nothing in it to be shown."),
    "gave_up": _l("It failed several times; the program's log says why."),
}


def days(left: int) -> str:
    """`còn 3 ngày`, `hôm nay`, `quá hạn 2 ngày`."""
    if left < 0:
        return ngettext("%(num)d day overdue", "%(num)d days overdue", -left)
    return _("today") if left == 0 else ngettext("%(num)d day left", "%(num)d days left", left)

"""The codes of presentation scripts in words: refusals, kinds of steps, what is wrong with one, lines of the log."""

from flask_babel import lazy_gettext as _l

from meetingroom.cases import words
from meetingroom.web.messages import messages

messages.update(
    {
        "step_taken": _l("There is such a step already."),
        "script_full": _l("The script is full: at most %(most)s steps."),
        "too_many_scripts": _l("The case has enough scripts. Rename one of them, or bring back a removed one."),
        "script_stays": _l("The script that is presented stays. Choose another one for that first."),
        "not_of_case": _l("This page is not in the case any more."),
        "no_projector": _l("No projector of this meeting is connected. Open /projector on its computer first."),
        "not_your_trial": _l(
            "A script is tried by who is in charge of the case or reports it, or chairs or prepares the meeting."
        ),
        "too_many_callouts": _l("Enough excerpts are kept on this page."),
    }
)

STATES = {
    "gone": _l("What this step showed is not in the case any more."),
    "hidden": _l("The room may not see this node."),
    "failed": _l("This page could not be read."),
    "unnumbered": _l("Number (BL) missing"),
    "unpublished": _l("Not in the published version of the map yet"),
    "waiting": _l("The page is not drawn yet"),
    "ok": "",
}

words.LINES.update(
    {
        "script_made": _l("%(by)s made the presentation script “%(title)s”"),
        "script_changed": _l("%(by)s changed the presentation script “%(title)s”"),
        "script_named": _l("%(by)s gave a presentation script the title “%(title)s”"),
        "script_chosen": _l("%(by)s chose the script “%(title)s” to be presented"),
        "script_removed": _l("%(by)s removed the presentation script “%(title)s”"),
        "script_restored": _l("%(by)s brought back the presentation script “%(title)s”"),
        "script_tried": _l("%(by)s tried the presentation script “%(title)s” on the projector of a meeting"),
        "script_exported": _l("%(by)s took the presentation script “%(title)s” out as PDF"),
        "callout_kept": _l("%(by)s kept an excerpt on a page of %(title)s (page %(page)s)"),
        "callout_removed": _l("%(by)s removed an excerpt of a page of %(title)s (page %(page)s)"),
    }
)

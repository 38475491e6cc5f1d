"""The codes of a followed trial in words: refusals, and the sentences of the case's log."""

from flask_babel import lazy_gettext as _l

from meetingroom.cases import words
from meetingroom.web.messages import messages

messages.update(
    {
        "court_observers_only": _l("Only those who are named as observers of this trial write in its log."),
        "court_closed": _l("The log of this trial is closed. Whoever is in charge of the case can open it again."),
        "court_has_entries": _l("There are entries in this log. It goes with the case only."),
        "court_too_many": _l("There are too many trials in this case."),
        "court_too_many_observers": _l("There are too many observers."),
        "court_no_person": _l("Please choose somebody with an account who is not an administrator."),
        "court_entry": _l(
            "This entry cannot be taken as it is: a field is empty, too long, or not one of those offered."
        ),
        "court_full": _l("The log of this trial is full: at most 10,000 entries and 4,000,000 letters."),
        "court_id_taken": _l("Another entry has this number already. Please write it once more."),
        "court_not_yours": _l("Each observer changes his own entries only."),
        "no_such_entry": _l("There is no such entry."),
        "court_removed": _l("This entry has been removed."),
        "court_same": _l("These two are joined already."),
        "court_nothing": _l("There is nothing to draw lessons from yet: no strong or weak point, no violation."),
    }
)
WHAT = {
    "xlsx": _l("table (Excel)"),
    "pdf": _l("table (PDF)"),
    "check": _l("list to check the court's minutes"),
    "notice": _l("notice of lessons drawn"),
}
words.IN_WORDS["court_file"] = WHAT
words.LINES.update(
    {
        "court_begun": _l("%(by)s began to follow a trial: %(court)s"),
        "court_changed": _l("%(by)s changed what is said of the trial: %(court)s"),
        "court_ended": _l("%(by)s closed the log of the trial: %(court)s (entries: %(entries)s, SHA-256 %(sha)s)"),
        "court_reopened": _l("%(by)s opened the log of the trial again: %(court)s"),
        "court_dropped": _l("%(by)s removed a trial without entries: %(court)s"),
        "observer_named": _l("%(by)s named %(person_name)s as an observer of the trial: %(court)s"),
        "observer_dropped": _l("%(by)s took %(person_name)s off the observers of the trial: %(court)s"),
        "court_exported": _l("%(by)s took out of the trial %(court)s: %(court_file)s"),
    }
)

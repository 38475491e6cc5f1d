"""A document that is not in a case any more: who is on its list is told what became of it."""

from flask_babel import gettext as _

from meetingroom.cases import log_store
from meetingroom.web import dates
from meetingroom.web.errors import Problem


def missing(db, case: str, document: str) -> Problem:
    """For whoever is on the list of the case: 410 with who removed it and when; 404 for what it never had."""
    row = log_store.find_removed(db, case, document)
    if row is None:
        return Problem("not_found", 404)
    about = {"title": row["title"], "day": dates.day(row["at"]), "name": row["name"]}
    return Problem(
        "case_document_removed",
        410,
        message=_("“%(title)s” was removed from the case file on %(day)s by %(name)s.", **about),
        hint=_("Its removal stands in the log of the case."),
        way=(f"/cases/{case}", _("To the case file")),
    )

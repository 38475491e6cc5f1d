"""Numberings in words: refusals, the lines of the log, and one sentence for each kind of finding."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from meetingroom.cases.findings import Finding
from meetingroom.cases.words import LINES
from meetingroom.web.messages import messages

messages.update(
    {
        "bl_wrong_number": _l("Please give a number from 1 to 99999, for example 125, 12a or 45bis."),
        "bl_wrong_pages": _l("The document has no such pages."),
        "bl_wrong_suffix": _l("A letter belongs to one page: please name a single page."),
        "bl_unknown_rule": _l("Please choose how these pages are numbered."),
        "bl_wrong_text": _l("Please give a short name."),
        "bl_too_many": _l("These are too many."),
        "bl_no_document": _l("Please choose a document of this case."),
        "bl_changed": _l(
            "Somebody else has numbered these pages meanwhile. Look at their numbers, then set yours again."
        ),
        "bl_replaced": _l("This numbering was replaced by a newer version. Please reload the page."),
        "bl_no_pages": _l("There are no pages in this volume yet."),
        "bl_pages_open": _l("Some pages have no number yet. Number them, or mark them as without one."),
        "bl_reason": _l("Please say why the numbers change."),
    }
)
LINES.update(
    {
        "numbering_made": _l("%(by)s began the numbering %(name)s"),
        "numbering_default": _l("%(by)s made %(name)s the numbering that citations mean"),
        "runs_changed": _l("%(by)s set numbers of the numbering %(name)s"),
        "renumbered": _l("%(by)s renumbered %(name)s, version %(version)s: %(reason)s"),
        "volume_checked": _l("%(by)s checked volume %(no)s against the paper file: the numbers agree"),
        "volume_unchecked": _l("Volume %(no)s no longer counts as checked against the paper file (%(by)s)"),
        "findings_exported": _l("%(by)s took out the list of what to look at"),
    }
)
KINDS = {
    "missing": _l("Missing number"),
    "duplicate": _l("Number twice"),
    "unnumbered": _l("Without a number"),
    "order": _l("Number falls"),
    "overlap": _l("Volumes overlap"),
    "contradicted": _l("Stamp says otherwise"),
    "listed": _l("Not as in the list"),
    "blank": _l("Blank page"),
    "upside_down": _l("Upside down"),
    "identical": _l("Same page twice"),
    "failed": _l("Page failed"),
    "failed_file": _l("File failed"),
    "secret_stamp": _l("Stamp of a secret"),
    "not_found": _l("Citation not found"),
    "reversed": _l("Citation reversed"),
    "ambiguous": _l("Citation unclear"),
    "uncited": _l("No citation"),
}


def sentence(finding: Finding) -> str:
    """What is to be seen, in the reader's language."""
    data = finding.data
    said = SENTENCES[finding.kind](finding, data)
    return f"{data['numbering']}: {said}" if data.get("numbering") else said


def missing(finding: Finding, data: dict) -> str:
    if data["first"] == data["last"]:
        return _("BL %(first)s is missing: between BL %(before)s and BL %(after)s.", **data)
    return _("BL %(first)s–%(last)s are missing: between BL %(before)s and BL %(after)s.", **data)


def unnumbered(finding: Finding, data: dict) -> str:
    if data["last"] == finding.page:
        return _("Page %(page)s of the scan has no number.", page=finding.page)
    return _("Pages %(page)s–%(last)s of the scan have no number.", page=finding.page, **data)


def contradicted(finding: Finding, data: dict) -> str:
    return _(
        "From here on the stamps differ: %(read)s is stamped where BL %(label)s was given (pages %(page)s–%(last)s).",
        page=finding.page,
        **data,
    )


def identical(finding: Finding, data: dict) -> str:
    if data["label"]:
        return _("The page looks like BL %(label)s.", label=data["label"])
    return _("The page looks like page %(other_page)s of the scan.", other_page=data["other_page"])


SENTENCES = {
    "missing": missing,
    "duplicate": lambda f, data: _("BL %(label)s is there %(times)s times.", **data),
    "unnumbered": unnumbered,
    "order": lambda f, data: _("BL %(label)s comes after BL %(before)s.", **data),
    "overlap": lambda f, data: _(
        "BL %(first)s–%(last)s are in volume %(volume)s and again in volume %(next)s.", **data
    ),
    "contradicted": contradicted,
    "listed": lambda f, data: _(
        "The list of documents says BL %(said_first)s–%(said_last)s, the scan has BL %(first)s–%(last)s.", **data
    ),
    "blank": lambda f, data: _("Nothing stands on the page."),
    "upside_down": lambda f, data: _("The page lies upside down."),
    "identical": identical,
    "failed": lambda f, data: _("The page could not be drawn."),
    "failed_file": lambda f, data: _("The file could not be opened."),
    "secret_stamp": lambda f, data: _("“%(stamp)s” is stamped on the page: please check at once.", **data),
    "not_found": lambda f, data: _("%(where)s: “%(text)s” – BL %(missing)s is not in the file.", **data),
    "reversed": lambda f, data: _("%(where)s: “%(text)s” is the wrong way round; BL %(instead)s?", **data),
    "ambiguous": lambda f, data: _("%(where)s: “%(text)s” may mean several pages.", **data),
    "uncited": lambda f, data: _("%(where)s names no BL.", **data),
}

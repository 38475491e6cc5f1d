"""What the owner of a paper should know of it before others see it: codes from the worker, words for the screen.

A warning is {code, page?, detail?}. `detail` is a short string or a number that the words of its code name.
"""

from flask_babel import lazy_gettext as _

from meetingroom.documents.file_rejected import WARNINGS_LIMIT

DETAIL = 200  # letters

WARNINGS = {
    # Office files (`press/Press.bas`)
    "tracked_changes": _(
        "The file holds tracked changes. The final text is shown, but whoever may download the"
        " file can read what was struck out."
    ),
    "comments": _(
        "The file holds comments (%(detail)s). They are not shown, but whoever may download the file can read them."
    ),
    "date_fields": _(
        "The file holds fields that change with the date (%(detail)s). The day of the upload may"
        " be shown: please check."
    ),
    "computed_anew": _(
        "The file holds cells that are computed anew at every opening (%(detail)s), such as RAND or OFFSET."
        " They may show other numbers than when it was saved: please check."
    ),
    "hidden_sheets": _(
        "The sheet “%(detail)s” is hidden in the file. It is not shown, but whoever may download the file can read it."
    ),
    "hidden_slides": _(
        "The file holds hidden slides (%(detail)s). They are not shown, but whoever may download"
        " the file can read them."
    ),
    "speaker_notes": _(
        "The file holds notes of the speaker (%(detail)s). They are not shown, but whoever may"
        " download the file can read them."
    ),
    "wide_sheet": _("The sheet “%(detail)s” is wider than its page. Please check that it can be read."),
    "old_letters": _(
        "The text was in an old Vietnamese font (.VnTime, VNI) and was turned into Unicode. Please check it."
    ),
    "font_missing": _(
        "The font “%(detail)s” is not on this server and another stands in for it: lines and pages may end elsewhere."
        " Please check, or save the file as PDF and upload that."
    ),
    # Plain text (`text_pages.py`)
    "letters_guessed": _(
        "The file does not say in which letters it is written; it was read as Vietnamese of older Windows."
        " Please check it, or save it as UTF-8."
    ),
    "signs_missing": _("No font of this server has these signs, and □ stands in their place: %(detail)s."),
    # PDF files (`text_check.py`)
    "hidden_layers": _("The file holds layers that are hidden (%(detail)s). What stands on them is not shown."),
    "letters_missing": _("Letters are missing in the picture of the page. Please save the file with its fonts."),
    "words_differ": _("What is drawn and the words of the page are not the same. Please check the page."),
    "form_redrawn": _("Fields of the form had no picture of their own and were drawn anew. Please check the page."),
    "mark_without_picture": _("A mark on the page (%(detail)s) has no picture in the file. It is not shown."),
    "xfa_form": _("This is an XFA form. Its contents are not shown. Please print it to a PDF and upload that."),
    "portfolio": _("The file is a folder of other files (%(detail)s). Only its cover is shown. Please upload them."),
    "picture_cut_off": _(
        "A picture on the page was cut off, a part of it is missing. Please scan it or save it again."
    ),
    # Pictures (`page_pictures.py`)
    "cut_off": _(
        "The end of the file is missing: from this page on nothing is there. Please copy it again from where it came,"
        " and upload that."
    ),
    # Recognised pages (`recognition/`)
    "secret_stamp": _(
        "On the page stands the stamp of a state secret (%(detail)s). Such documents must not be kept in this system:"
        " please look at it now, and withdraw and delete the paper if it is one."
    ),
    "attachments": _("The file holds other files (%(detail)s). They are not shown."),
}


def note_warnings(warnings: list[dict]) -> list[dict]:
    """As they are stored: each once, bounded, nothing but what the words need."""
    kept: dict[tuple, dict] = {}
    for each in warnings:
        one: dict[str, str | int] = {"code": str(each["code"])[:40]}
        if isinstance(each.get("page"), int):
            one["page"] = each["page"]
        if (detail := each.get("detail")) not in (None, ""):
            one["detail"] = detail if isinstance(detail, int) else str(detail)[:DETAIL]
        kept.setdefault(tuple(one.values()), one)
    return list(kept.values())[:WARNINGS_LIMIT]


def warning_lines(warnings: list[dict]) -> list[tuple[str, list[int]]]:
    """(words, the pages they are about), each once."""
    said: dict[str, list[int]] = {}
    for each in warnings:
        said.setdefault(sentence_for(each), []).extend([each["page"]] if "page" in each else [])
    return list(said.items())


def with_messages(warnings: list[dict]) -> list[dict]:
    """With `message` in the language of the request. What has no words yet is named by its code."""
    return [{**each, "message": sentence_for(each)} for each in warnings]


def sentence_for(warning: dict) -> str:
    words = WARNINGS.get(warning["code"])
    if words is None:
        return str(_("Please check the file: %(code)s.", code=warning["code"]))
    return str(words) % {"detail": warning.get("detail", "?")} if "%(" in str(words) else str(words)

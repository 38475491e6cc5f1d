"""Codes about papers to words. What went wrong with a file is told with its page or limit (`sentence_for`)."""

from flask_babel import lazy_gettext as _

from meetingroom.web.messages import messages

REFUSALS = {
    "no_file": _("No file was sent."),
    "empty_file": _("The file is empty."),
    "unsupported_type": _(
        "Files of this type cannot be shown. Please upload a PDF, a picture (PNG, JPEG, HEIC, WebP, TIFF), a Word,"
        " PowerPoint or Excel file, plain text, or a ZIP of such files."
    ),
    "disguised": _("The contents of the file are not what its name says. Please check it and save it again."),
    "encrypted": _("The file is protected by a password. Please save it without the password and upload it again."),
    "encrypted_for": _(
        "The file is encrypted for certain people (certificate security). Please save it without protection and upload"
        " it again."
    ),
    "damaged": _(
        "The file is damaged, or its end is missing, and it cannot be opened. Please open it on your machine and save"
        " it again; where that fails, too, copy it again from where it came."
    ),
    "bomb": _("The file unpacks to an unreasonable size and was not opened."),
    "libreoffice_missing": _(
        "This server cannot convert Office files: LibreOffice is not installed. Please upload a PDF, or ask the"
        " administrator to install LibreOffice."
    ),
    "secret_stamp": _(
        "The file name carries the stamp of a state secret. Such documents must not be kept in this system. If the name"
        " is misleading, give the reason."
    ),
    "document_attached": _("This document is in use. Withdraw the paper first."),
    "nothing_to_retry": _("There is nothing to be done again."),
}

FAILURES = {
    "save_as": _(
        "A .%(ending)s file is not shown as it is. Please open it, save it as .%(save_as)s (Save as), and upload that."
    ),
    "upload_lost": _("The file did not arrive whole. Please upload it again."),
    "picture_too_large": _("The picture is too large: more than %(limit)s million pixels."),
    "empty_zip": _("There is no file in the ZIP."),
    "too_many_files": _("The ZIP holds too many files: the limit is %(limit)s. Please send several."),
    "file_too_large": _("The file is larger than this server takes (%(limit)s MB)."),
    "zip_in_zip": _("A ZIP inside a ZIP is not opened. Please upload it on its own."),
    "text_too_long": _("The text is too long: more than %(limit)s MB. Please split it."),
    "too_many_pages": _("The document has too many pages: the limit is %(limit)s. Please split it."),
    "conversion_slow": _("Converting the file took too long. Please save it as PDF and upload that."),
    "conversion_failed": _(
        "The file could not be converted; it may be damaged or protected by a password. Please save it as PDF and"
        " upload that."
    ),
    "opening_slow": _("Opening the file took too long. Please export the document again."),
    "pages_fail": _("Most pages could not be drawn. Please export the document again."),
    "gave_up": _("Processing failed several times. Please try again, or save the document as PDF and upload that."),
}

PAGES = {
    "page_damaged": _("The page is damaged."),
    "absurd_page": _("The page has impossible measurements."),
    "page_slow": _("Drawing the page took too long."),
    "page_crashed": _("Drawing the page needed too much memory."),
}

# What cannot get better by itself: the file has to be changed.
FINAL = {
    "empty_file",
    "encrypted",
    "encrypted_for",
    "damaged",
    "disguised",
    "bomb",
    "too_many_pages",
    "picture_too_large",
    "text_too_long",
    "unsupported_type",
    "zip_in_zip",
    "empty_zip",
    "too_many_files",
    "file_too_large",
}

messages.update(REFUSALS)
messages.update(PAGES)


def sentence_for(code: str, details: dict) -> str:
    """Why a document failed, in the language of the request."""
    if "save_as" in details:
        code = "save_as"
    words = FAILURES.get(code) or REFUSALS.get(code) or messages.get(code) or FAILURES["gave_up"]
    return str(words) % details if "%(" in str(words) else str(words)

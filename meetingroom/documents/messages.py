"""Codes about papers to words. What went wrong with a file is told with its page or limit (`sentence`)."""

from flask_babel import lazy_gettext as _l

from meetingroom.web.messages import messages

REFUSALS = {
    "no_file": _l("No file was sent."),
    "empty_file": _l("The file is empty."),
    "unsupported_type": _l(
        "Files of this type cannot be shown. Please upload a PDF, a picture (PNG, JPEG), or a Word, PowerPoint or Excel"
        " file."
    ),
    "disguised": _l("The contents of the file are not what its name says. Please check it and save it again."),
    "encrypted": _l("The file is protected by a password. Please save it without the password and upload it again."),
    "damaged": _l("The file is damaged and cannot be opened. Please open it on your machine and save it again."),
    "bomb": _l("The file unpacks to an unreasonable size and was not opened."),
    "libreoffice_missing": _l(
        "This server cannot convert Office files: LibreOffice is not installed. Please upload a PDF, or ask the"
        " administrator to install LibreOffice."
    ),
    "secret_stamp": _l(
        "The file name carries the stamp of a state secret. Such documents must not be kept in this system. If the name"
        " is misleading, give the reason."
    ),
    "document_attached": _l("This document is in use. Withdraw the paper first."),
    "nothing_to_retry": _l("There is nothing to be done again."),
}

FAILURES = {
    "upload_lost": _l("The file did not arrive whole. Please upload it again."),
    "picture_too_large": _l("The picture is too large: more than %(limit)s million pixels."),
    "too_many_pages": _l("The document has too many pages: the limit is %(limit)s. Please split it."),
    "absurd_page": _l("Page %(page)s has impossible measurements. Please export the document again."),
    "conversion_slow": _l("Converting the file took too long. Please save it as PDF and upload that."),
    "conversion_failed": _l(
        "The file could not be converted; it may be damaged or protected by a password. Please save it as PDF and"
        " upload that."
    ),
    "opening_slow": _l("Opening the file took too long. Please export the document again."),
    "pages_fail": _l("Most pages could not be drawn. Please export the document again."),
    "gave_up": _l("Processing failed several times. Please try again, or save the document as PDF and upload that."),
}

PAGES = {
    "page_damaged": _l("The page is damaged."),
    "page_slow": _l("Drawing the page took too long."),
    "page_crashed": _l("Drawing the page needed too much memory."),
}

# What cannot get better by itself: the file has to be changed.
FINAL = {
    "empty_file",
    "encrypted",
    "damaged",
    "disguised",
    "bomb",
    "too_many_pages",
    "absurd_page",
    "picture_too_large",
}

messages.update(REFUSALS)
messages.update(PAGES)


def sentence(code: str, details: dict) -> str:
    """Why a document failed, in the language of the request."""
    words = FAILURES.get(code) or messages.get(code) or FAILURES["gave_up"]
    return str(words) % details if "%(" in str(words) else str(words)

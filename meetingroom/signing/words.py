"""What was found in a signed file, in sentences: what it is, what differs and where, who signed it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from meetingroom import clock
from meetingroom.printing import document_names
from meetingroom.signing import places
from meetingroom.signing.verdict import EXACT, REWRITTEN, TRUSTED, UNKNOWN, Found, Reason, Verdict
from meetingroom.web.messages import messages

messages.update(
    {
        "signed_file_refused": _l("This file is not the document with signatures only. It was not kept."),
        "reason_needed": _l("There is something to look at. If the file is to be kept nevertheless, say why."),
        "signed_file_too_large": _l("The signed file is larger than 100 MB."),
        "door_closed": _l("This way of signing is not switched on at this server."),
        "needs_https": _l("A password travels only over HTTPS. Please open this page by its https address."),
        "bad_p12": _l(
            "The key file could not be opened: the password is wrong, or it is no PKCS#12 file (.p12, .pfx)."
        ),
        "no_key": _l("There is no certificate with its key there."),
        "certificate_expired": _l("The certificate is not valid today. Nothing was signed."),
        "no_such_field": _l("The document has no such place for a signature."),
        "field_signed": _l("This place has been signed already."),
        "not_your_place": _l("This place is for the signature of somebody else."),
        "no_token": _l("The signing token was not found at the server. Plug it in, and see that it is the only one."),
        "pin_locked": _l("The token is locked. Whoever issued it can unlock it."),
        "token_stopped": _l(
            "Two wrong PINs: this server asks the token no more, so that it is not locked. Check the PIN with the"
            " token’s own program; then the administrator lets this server ask again."
        ),
        "token_failed": _l("The token or the key could not sign. Nothing was signed."),
        "nothing_signed": _l("No document was signed."),
        "picture_too_large": _l("The picture is too large: at most 200 KB and 4 million dots."),
        "not_a_png": _l("This is no PNG picture."),
        "picture_not_transparent": _l("The picture has no transparent ground: it would cover the text below it."),
        "no_signing_key": _l("Pictures cannot be kept: the server has no place for their key outside the data folder."),
        "not_a_certificate": _l("This is neither a certificate nor a list of revoked certificates."),
        "not_an_authority": _l("This certificate is a person’s, not an authority’s: it cannot be a root of trust."),
        "no_such_serial": _l("Enter the certificate’s serial number: digits and the letters A to F."),
    }
)

GRADES = {
    TRUSTED: _l("Valid; the signer’s certificate is trusted"),
    "intact": _l("The text is whole; who signed is not verified"),
}
PLACES = {
    places.SECRETARY: _l("Secretary"),
    places.CHAIR: _l("Chair"),
    places.AGENCY: _l("Agency"),
    places.TELLER: _l("Tellers"),
}
KINDS = {kind: _l(name) for kind, name in document_names.NAMES.items()}
REASONS = {
    "not_a_pdf": _l("This is no PDF file."),
    "encrypted": _l("The file is locked with a password."),
    "damaged": _l("The file is damaged and cannot be read."),
    "unsigned": _l("The file holds no digital signature."),
    "too_many": _l("The file holds too many signatures."),
    "broken": _l("The signature of %(detail)s no longer fits: the file was changed after it."),
    "resaved": _l(
        "The pages are the same, but the file was saved anew after the signature of %(detail)s, which"
        " destroyed it. Send the file as the signing program made it."
    ),
    "changed_after": _l("After the signature of %(detail)s, more than signatures was added to the file."),
    "weak": _l("The signature of %(detail)s uses a method that can be forged today."),
    "lost_signature": _l(
        "A signature that was kept here already is missing. Download the file to sign again, and sign that one."
    ),
    "other_document": _l("This is another document."),
    "pages_missing": _l("Pages are missing: %(detail)s."),
    "pages_added": _l("Pages were added from page %(page)s on: %(detail)s."),
    "page_changed": _l("Page %(page)s was changed. %(detail)s"),
    "page_moved": _l("Page %(page)s was page %(detail)s: the pages have another order."),
    "page_size": _l("Page %(page)s has another size or lies otherwise."),
    "annotation": _l("Page %(page)s has something on it that is no signature (%(detail)s)."),
    "number_missing": _l(
        "Number and date were put into the document meanwhile, and this file lacks them. Download the file to sign"
        " again, and sign that one."
    ),
    "field": _l("The form field %(detail)s is no signature."),
    "active": _l("The file would open, run or hide something (%(detail)s)."),
}
ABOUT_FIELDS = {"broken", "resaved", "changed_after", "weak"}
PROBLEMS = {
    "broken": _l("the file was changed after it"),
    "changed_after": _l("more than signatures was added after it"),
    "weak": _l("made by a method that can be forged today"),
    "revoked": _l("the certificate had been revoked"),
    "revoked_since": _l("the certificate has been revoked since"),
    "expired": _l("the certificate was not valid at that time"),
    "no_root": _l("no trusted root stands above the certificate"),
    "clock": _l("it says that it was made in the future"),
    "large_mark": _l("its mark covers more than a quarter of the page"),
    "wrong_signer": _l("the certificate is not the one registered for this place"),
    "order": _l("signed before somebody whose signature comes first"),
}


def headline(verdict: Verdict) -> str:
    count = len(verdict.signatures)
    if verdict.code == EXACT:
        return ngettext("Word for word, with %(num)d signature.", "Word for word, with %(num)d signatures.", count)
    if verdict.code == REWRITTEN:
        return _("The signing program has written the file anew; the content of the pages is the same.")
    if verdict.code == UNKNOWN:
        return ngettext("The file holds %(num)d signature.", "The file holds %(num)d signatures.", count)
    return str(messages["signed_file_refused"]) if verdict.signatures else _("This file was not kept.")


def kind(code: str) -> str:
    return str(KINDS.get(code, code))


def reasons(verdict: Verdict) -> list[str]:
    return [reason(each) for each in verdict.reasons]


def reason(each: Reason) -> str:
    words = REASONS.get(each.what, REASONS["damaged"])
    detail = ", ".join(place(field) for field in each.detail.split("\n")) if each.what in ABOUT_FIELDS else each.detail
    return (str(words) % {"page": each.page, "detail": detail}).strip()


def warned(each) -> str:
    return f"{each.signer} ({place(each.field)}): {PROBLEMS[each.what]}"


def problem(code: str) -> str:
    return str(PROBLEMS.get(code, code))


def place(field: str) -> str:
    return str(PLACES.get(field, field))


def grade(code: str) -> str:
    return str(GRADES.get(code, GRADES["intact"]))


def when(ms: int) -> str:
    """`16:05:09, 20/11/2026`; the signer's computer said so."""
    return f"{clock.local(ms):%H:%M:%S, %d/%m/%Y}" if ms else _("at a time it does not say")


def signature(found: Found) -> dict:
    """A signature for programs, with its sentences for people."""
    problems = [str(PROBLEMS[each]) for each in found.problems if each in PROBLEMS]
    return {
        "field": found.field,
        "place": place(found.field),
        "signer": found.signer,
        "issuer": found.issuer,
        "serial": found.serial,
        "at": found.at,
        "when": when(found.at),
        "grade": found.grade,
        "page": found.page,
        "problems": list(found.problems),
        "words": "; ".join([grade(found.grade) if found.is_whole else _("Not valid"), *problems]),
    }


def as_json(verdict: Verdict) -> dict:
    """`{code, accepted, message, reasons: [{code, page?, detail?, words}], signatures, fields}`."""
    return {
        "code": verdict.code,
        "accepted": verdict.accepted,
        "message": headline(verdict),
        "reasons": [
            {"code": each.what, "page": each.page, "detail": each.detail, "words": reason(each)}
            for each in verdict.reasons
        ],
        "signatures": [signature(each) for each in verdict.signatures],
        "fields": list(verdict.fields),
    }

"""Signing at the server, with a key file or a token: one try each, and what is said when it does not come to it."""

import base64

from flask_babel import ngettext

from meetingroom import clock
from meetingroom.printing import printer
from meetingroom.signing import documents, pictures, places, store, work_process
from meetingroom.signing.documents import Held
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

MOST_TRIES = 2  # with a wrong PIN; tokens lock themselves at three or more
P12, TOKEN = "p12", "token"


def sign(held: Held, field: str, person: str, how: str, secret: str, p12: bytes = b"") -> bytes:
    """The signed file. The password or PIN is used once, and kept nowhere. Raises Problem."""
    request = {
        "file": str(documents.path_of(documents.file_to_sign(held))),
        "field": field,
        "how": how,
        "secret": secret,
        "database": str(context().settings.database),
        "key": str(pictures.key_path(context().settings)),
        "attachment": held.document.kind in places.ATTACHMENTS,
        "number": held.number,
        "now": clock.now(),
    }
    if how == P12:
        return ask(person, {**request, "p12": base64.b64encode(p12).decode()})
    settings = context().settings
    return with_token(person, {**request, "module": settings.pkcs11, "label": settings.pkcs11_token})


def ask(person: str, request: dict) -> bytes:
    try:
        return work_process.ask("sign", person, **request)[1]
    except printer.Refused as refused:
        raise Problem(str(refused).partition(":")[0], 422) from None


def with_token(person: str, request: dict) -> bytes:
    """Counted before the token is asked; what did not come to the PIN is no try."""
    token = token_id()
    with context().pool.writing() as db:
        failed = store.failed_tries(db, token)
        if failed >= MOST_TRIES:
            raise Problem("token_stopped", 409, left=0)
        store.count_try(db, token)
    try:
        file = work_process.ask("sign", person, **request)[1]
    except printer.Refused as refused:
        code, _, low = str(refused).partition(":")
        if code == "pin_wrong":
            raise wrong_pin(MOST_TRIES - failed - 1, bool(low)) from None
        if code != "pin_locked":
            with context().pool.writing() as db:
                store.take_try_back(db, token)
        raise Problem(code, 422) from None
    except printer.TooMany:
        with context().pool.writing() as db:
            store.take_try_back(db, token)
        raise
    with context().pool.writing() as db:
        store.forget_tries(db, token)
    return file


def wrong_pin(left: int, low: bool) -> Problem:
    words = ngettext(
        "The PIN is wrong. %(num)d attempt is left here.", "The PIN is wrong. %(num)d attempts are left here.", left
    )
    if not left:
        words = message("token_stopped")
    return Problem("pin_wrong", 422, left=left, low=low, message=words)


def token_id() -> str:
    settings = context().settings
    return f"{settings.pkcs11}|{settings.pkcs11_token}"

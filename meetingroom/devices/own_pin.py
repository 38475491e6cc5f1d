"""Keeping a person's PIN for shared tablets. Reads and writes the database."""

from flask import current_app
from flask_babel import ngettext

from meetingroom.auth import account_store, sign_in
from meetingroom.devices import pins
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message


def save_pin(person: str, pin: str, by: str = "") -> None:
    """This PIN is the person's; `by`: the card that showed who they are, which takes it along when revoked."""
    made = sign_in.run_slow_hash(pins.hash_pin, pin, person, pin_key())
    with context().pool.writing() as db:
        account_store.edit_user(db, person, pin=made, pin_by=by)
        account_store.write_audit_line(db, "pin_set", by=person)


def remove_pin(person: str) -> None:
    with context().pool.writing() as db:
        account_store.edit_user(db, person, pin="", pin_by="")
        account_store.write_audit_line(db, "pin_removed", by=person)


def pin_of(db, person: str) -> str:
    row = account_store.find_user(db, person)
    return (row["pin"] or "") if row and row["active"] else ""


def pin_key() -> bytes:
    """The secret that a thief of the database alone does not have."""
    secret = current_app.secret_key
    return secret if isinstance(secret, bytes) else str(secret).encode()


def check(person: str, pin: str) -> None:
    """That it is the PIN which this person has. Tries are counted with those at shared tablets. Raises Problem:
    pin_unset | too_many_pins (`retry_after`) | pin_wrong (`left`: tries before the next wait)."""
    with context().pool.lend() as db:
        stored = pin_of(db, person)
    if not stored:
        raise Problem("pin_unset", 409)
    tries = current_app.extensions["meetingroom.pins"]
    if seconds := tries.wait(person):
        raise Problem("too_many_pins", 429, retry_after=seconds)
    if not sign_in.run_slow_hash(pins.is_right, pin[:20], stored, person, pin_key()):
        left = tries.left(person)
        raise Problem("pin_wrong", 403, left=left, message=wrong_words(left))
    tries.forgive(person)


def wrong_words(left: int) -> str:
    if not left:
        return message("too_many_pins")
    return ngettext(
        "The PIN is wrong. %(num)d attempt is left here.", "The PIN is wrong. %(num)d attempts are left here.", left
    )

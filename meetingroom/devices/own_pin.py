"""Keeping a person's PIN for shared tablets. Reads and writes the database."""

from flask import current_app

from meetingroom.auth import account_store, sign_in
from meetingroom.devices import pins
from meetingroom.web.context import context


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

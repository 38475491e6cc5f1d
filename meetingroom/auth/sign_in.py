"""Checking a password and letting somebody in: reads and writes the database; used by the form and by the API."""

import os
import threading

from flask import current_app, g, request

from meetingroom.auth import account_store, known_browsers, passwords, sessions
from meetingroom.auth.throttle import Throttle
from meetingroom.meeting import names
from meetingroom.web.context import context
from meetingroom.web.errors import Problem

# A hash keeps a core busy. No more at a time than there are cores, in threads that stand back (ops/low_priority): a
# thousand people who sign in at eight are soon in, and the meeting that is running already does not feel it.
some_at_a_time = threading.Semaphore(os.cpu_count() or 1)


def run_slow_hash(function, *args):
    """Compute with passwords without holding up anybody else."""
    with some_at_a_time:
        return context().in_thread(function, *args)


def hash_all(temporary: list[str]) -> list[str]:
    """Hashes of temporary passwords, in portions: who signs in meanwhile waits for one portion only."""
    portions = [temporary[start : start + 20] for start in range(0, len(temporary), 20)]
    return [made for portion in portions for made in run_slow_hash(passwords.hash_temporary, portion)]


def throttle() -> Throttle:
    return current_app.extensions["meetingroom.throttle"]


def client_address() -> str:
    return request.remote_addr or "unknown"


def sign_in(username: str, password: str) -> dict:
    """Sign this browser in. Returns the person; raises Problem wrong_credentials 401 or too_many_attempts 429."""
    person = verify_credentials(username, password)
    start_session(person["id"], "signed_in")
    return person


def verify_credentials(username: str, password: str) -> dict:
    """Whose name and password these are. Counted, and written down when they are wrong. Raises Problem."""
    username = names.tidy(username).lower()[:80]
    with context().pool.lend() as db:
        person = account_store.find_by_username(db, username)
    device = known_browsers.id_if_known(person["id"]) if person else ""
    if seconds := throttle().wait(client_address(), username, device):
        raise Problem("too_many_attempts", 429, retry_after=seconds)
    may = bool(person and person["active"])
    # A hash is verified in any case: an unknown name must not be answered sooner than a known one.
    right = check_password(password, person["password"] if person and may else "", device)
    if not (person and may and right):
        # Written down in both cases: a commit takes time as well. Not what was typed: it may be a password.
        with context().pool.writing() as db:
            if person:
                account_store.write_audit_line(db, "sign_in_failed", subject=person["id"], address=client_address())
            else:
                account_store.write_audit_line(db, "sign_in_unknown", address=client_address())
        raise Problem("wrong_credentials", 401)
    throttle().succeeded(client_address(), username, device)
    return person


def check_password(password: str, stored: str, device: str) -> bool:
    """Whether the password is right; what is wrong counts for the address, but for a known device. Raises Problem."""
    if device:
        return run_slow_hash(passwords.is_right, password, stored)
    with throttle().check_from(client_address()) as seconds:
        if seconds:
            raise Problem("too_many_attempts", 429, retry_after=seconds)
        right = run_slow_hash(passwords.is_right, password, stored)
        if not right:
            throttle().failed(client_address())
        return right


def start_session(person: str, how: str, limits: sessions.Limits | None = None) -> None:
    """Begin the session, and write down who came in from where."""
    with context().pool.writing() as db:
        before = sessions.begin_session(db, person, context().settings.session_days, limits)
        account_store.write_audit_line(db, how, by=person, address=client_address())
    if limits is None:
        known_browsers.remember(person)
    elif limits.kind == "card":
        known_browsers.remember()
    if before:  # of whoever was signed in in this browser until now
        context().dismiss_session(before)


def sign_out() -> None:
    """End this browser's session, and the sockets it opened."""
    with context().pool.writing() as db:
        ended = sessions.end_session(db)
        if g.user:
            account_store.write_audit_line(db, "signed_out", by=g.user.id)
    if ended:
        context().dismiss_session(ended)


def change_password(person: str, new: str) -> None:
    """Keep the new password; every other session ends and this one gets a new token."""
    made = run_slow_hash(passwords.hash_password, new)
    with context().pool.writing() as db:
        account_store.set_password(db, person, made)
        sessions.end_all_sessions(db, person)
        sessions.begin_session(db, person, context().settings.session_days)
        account_store.write_audit_line(db, "password_changed", by=person)
    context().dismiss_user(person)

"""What a person has chosen for every screen: language and size of text."""

from flask import g, session

from meetingroom.auth import account_store
from meetingroom.translations import LANGUAGES, SIZES
from meetingroom.web.context import context


def save_settings(language: str, text_size) -> None:
    """Keeps what is valid; the rest stays as it was."""
    changes: dict = {}
    if language in LANGUAGES:
        changes["language"] = session["language"] = language
    if str(text_size) in {str(size) for size in SIZES}:
        changes["text_size"] = int(text_size)
    if changes:
        with context().pool.writing() as db:
            account_store.edit_user(db, g.user.id, **changes)

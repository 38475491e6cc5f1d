"""The languages of the program: English is the source, Vietnamese is complete. Which one a reader gets."""

from flask import g, has_request_context, request, session
from flask_babel import Babel, get_locale

from meetingroom.translations import catalogue, script_words

LANGUAGES = ("vi", "en")
SIZES = (90, 100, 115, 130, 150)  # per cent; tokens.css knows the same


def init_app(app) -> None:
    """Flask-Babel with the merged catalogue; the template globals `language()`, `text_size()`, `words_address()`."""
    settings = app.extensions["meetingroom"].settings
    folder = catalogue.compiled_folder(settings.data)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(folder)
    Babel(
        app,
        default_locale=settings.language if settings.language in LANGUAGES else "vi",
        default_timezone="Asia/Ho_Chi_Minh",
        locale_selector=chosen_language,
    )
    app.jinja_env.globals.update(language=language, text_size=text_size)
    script_words.init_app(app, folder, language)


def chosen_language() -> str | None:
    """The person's own; else what this browser was set to; else None, which means the agency's."""
    user = g.get("user")
    kept = (session.get("language"), request.cookies.get("language")) if has_request_context() else ()
    for wanted in (user.language if user else "", *kept):
        if wanted in LANGUAGES:
            return wanted
    return None


def language() -> str:
    """`vi` or `en`."""
    return str(get_locale() or "vi")[:2]


def text_size() -> int:
    """The reader's size of text, per cent: the person's own, else what this browser keeps."""
    user = g.get("user")
    wanted = user.text_size if user else request.cookies.get("text", type=int)
    return wanted if wanted in SIZES else 100

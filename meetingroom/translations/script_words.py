"""The words for the scripts: `/words/vi-<hash>.js` sets `window.words`, which `lib/t.js` reads."""

import hashlib
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import current_app

from meetingroom.translations import catalogue
from meetingroom.web import compression
from meetingroom.web.assets import STATIC

# Every text in double quotes is a candidate; those that stand in the catalogue are sent. Wider than the calls of t(),
# so that a text kept in a table is found as well.
TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def init_app(app, folder: Path, language: Callable[[], str], scripts: Path = STATIC / "js") -> None:
    """The template global `words_address()`. `folder` holds the compiled catalogue, `language()` is the reader's."""
    known = catalogue.translations(folder)
    used = texts_of(scripts)
    vietnamese = {text: known[text] for text in sorted(used) if text in known}
    app.extensions["meetingroom.words"] = {
        language: (hashlib.sha256(code.encode()).hexdigest()[:10], compression.pack(code.encode()))
        for language, code in (("vi", script(vietnamese)), ("en", script({})))
    }
    app.jinja_env.globals.update(words_address=lambda: address(language()))


@cache
def texts_of(folder: Path) -> set[str]:
    """All texts in double quotes in the scripts under `folder`."""
    found = set()
    for path in folder.rglob("*.js"):
        for literal in TEXT.findall(path.read_text("utf-8")):
            try:
                found.add(json.loads(literal))
            except ValueError:
                continue
    return found


def script(words: dict[str, str]) -> str:
    # As a text: browsers read it several times as fast as an object that is part of the script.
    return f"window.words = JSON.parse({json.dumps(json.dumps(words, ensure_ascii=False), ensure_ascii=False)})\n"


def address(language: str) -> str:
    """Where the words of a language are, at their present version."""
    return f"/words/{language}-{current_app.extensions['meetingroom.words'][language][0]}.js"

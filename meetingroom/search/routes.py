"""Searching: the page, and the same as data."""

from urllib.parse import urlencode

from flask import Blueprint, jsonify, render_template, request

from meetingroom.auth.guard import signed_in
from meetingroom.search import answers, labels

bp = Blueprint("search", __name__)
KEPT = ("q", "kind", "meeting", "from", "to", "document", "here", "unit", "case")


@bp.get("/api/search")
@signed_in
def search():
    """Hits for `q` (words, "phrases", -without, a hoặc b, loai: hop: tu: den:): `{hits: [{kind, meeting, paper,
    document, page, title, snippet: [[text, marked]], exact}], total, capped}`, of what the reader may see now.

    `kind` (page | agenda | minutes | conclusion | ballot | note), `meeting`, `from` and `to` (days), `unit` (the name
    of the chair's) and `document` narrow it down, `here` is the meeting that comes first; `page` counts from 1. Of one
    paper five pages are told;
    `of` is how many there are; `version` is the number of one that was replaced, else 0. `capped`: only the newest
    were looked at. Of a page whose words were recognised `source: ocr` and `conf` (0 to 100); `wordless`: so many pages
    have no words yet. `BL 125` first gives the page of the case files that one is on the list of (kind `sheet`).
    Pages of those case files are found by their words like others (with `case`, `label`, `href` of the page under its
    number); `case` looks in this one alone, where `84` is a number too.
    """
    found = answers.answer(answers.wish_of(request.args))
    response = jsonify(
        hits=found.hits, total=found.total, capped=found.capped, page=found.page, more=found.more,
        counts=found.counts, titles=found.titles, understood=found.understood, cut=found.cut, wordless=found.wordless,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/search")
@signed_in
def page():
    """Search: the field, filters with counts, and the hits; each leads to its page with the words framed."""
    wish = answers.wish_of(request.args)
    found = answers.answer(wish)
    wanted = {name: request.args[name] for name in KEPT if request.args.get(name)}

    def link(**changes) -> str:
        args = {**wanted, **changes}
        return "/search?" + urlencode({name: value for name, value in args.items() if value not in ("", None)})

    return render_template(
        "search/page.html", found=found, wish=wish, wanted=wanted, link=link, kinds=labels.kinds(),
        icons=labels.ICONS, hits_of=labels.group(found.hits),
    )  # fmt: skip

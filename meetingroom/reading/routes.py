"""What readers ask of a paper besides its pages."""

from zlib import crc32

from flask import Blueprint, Response, g, jsonify, request

from meetingroom.documents import access, presenter_notes, reader, serving, word_index
from meetingroom.documents import store as documents
from meetingroom.documents.content_store import ContentStore
from meetingroom.documents.recognisable import NONE
from meetingroom.documents.store import OUTLINE
from meetingroom.jobs import queue
from meetingroom.meeting import finding
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.turns import Turns

bp = Blueprint("reading", __name__)
turns = Turns(4)


@bp.get("/documents/<document>/find")
def find(document: str) -> Response:
    """`?q=` (up to 300 letters) → `[{page, boxes: [[x, y, width, height]], exact, from, to}]`: every place, those with
    the very marks of `q` first (`exact`), by pages; a box for each line, in fractions of the page; words `from` to `to`
    of the page. Of a page whose words were recognised also `source: ocr` and `conf`, how surely (0 to 100). At most
    500, and `X-Capped: 1` where there are more. Only pages that may be seen."""
    sight = access.find_visible(document)
    query = request.args.get("q", "")
    if len(query) > finding.LONGEST:
        raise Problem("malformed", 400, fields={"q": f"1 … {finding.LONGEST}"})
    asker = g.user.id if g.user else f"screen/{document}"
    places, more = turns.run(asker, look, context().settings, sight, query)
    with context().pool.lend() as db:
        recognised = documents.list_recognised(db, sight.row["sha"]) if places else {}
    answer = jsonify([place_on_the_wire(each, recognised.get(each.page)) for each in places])
    answer.headers["Cache-Control"] = serving.NEVER
    if more:
        answer.headers["X-Capped"] = "1"
    return answer


def place_on_the_wire(place: finding.Place, conf: int | None) -> dict:
    said = {"page": place.page, "boxes": place.boxes, "exact": place.exact, "from": place.first, "to": place.last}
    return said if conf in (None, NONE) else said | {"source": "ocr", "conf": conf}


@bp.get("/documents/<document>/outline.json")
def outline(document: str) -> Response:
    """`{toc: [{title, page, level}], labels: [...] or null, links: {page: [{box, page or address}]}, ready}`, boxes in
    fractions of the page; for whoever may see every page. `ready: false`: it is being made, ask again."""
    sight = access.sight_of_all(document)
    if not sight.uncopied:  # of a restricted paper, its pages are openings
        reader.note(sight, 0, page=1)
    path = ContentStore(context().settings, sight.row["sha"]).outline()
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        if sight.row["status"] == "ready":
            queue.ask_worker(context().settings, context().pool, OUTLINE, document)
        answer = jsonify({"toc": [], "labels": None, "links": {}, "ready": False})
        answer.headers["Cache-Control"] = serving.NEVER
        return answer
    answer = Response(b'{"ready": true, ' + found[1:], mimetype="application/json")
    return serving.keep(answer, sight, f"{sight.row['sha'][:20]}-outline-{crc32(found):x}", False)


@bp.get("/documents/<document>/notes.json")
def notes(document: str) -> Response:
    """`{notes: {page: text}, of}`: what the presenter wrote under the slides. For the staff, whoever presents the item
    or uploaded the file, and whoever holds the stage while it is there. `of`: slides, or other, which have none."""
    sight = access.find_visible(document)
    if not access.presents(sight):
        raise Problem("not_found", 404)
    found = None
    if sight.row["type"] == "pptx" and sight.row["status"] == "ready":
        path = ContentStore(context().settings, sight.row["sha"]).original
        asker = g.user.id if g.user else f"screen/{document}"
        found = turns.run(asker, presenter_notes.notes_of, path, sight.row["pages"])
    answer = jsonify({"notes": found or {}, "of": "other" if found is None else "slides"})
    answer.headers["Cache-Control"] = serving.NEVER
    return answer


def look(settings, sight: access.Sight, query: str):
    """In a thread: of an old paper the index is made first."""
    if not query.strip() or not sight.row["pages"]:
        return [], False
    pages = word_index.pages_of(settings, sight.row["sha"], sight.row["pages"])
    return finding.find(query, [page for page in pages if sight.shows(page.number)])

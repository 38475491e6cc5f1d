"""Copies of pages at a site (docs/sites.md): its nginx asks before it gives one out, and whether it may keep one.

The question is the page's own address, with the reader's own cookies and the header `X-Site-Asks: right`: so the right
is the page's, asked where it is always asked, and what is written down of a reading is written down. It is answered
without a body: 204 with `X-Site-Key`, the name of the bytes, where a copy at the site may be given to this reader; else
403, and nginx asks for the page itself. `X-Site-Asks: file` fetches it, with the same key where the site may keep it.
"""

from flask import Response, g, request

from meetingroom.documents.access import Sight
from meetingroom.web.errors import Problem

ASKS, KEY = "X-Site-Asks", "X-Site-Key"


def asks_right() -> bool:
    """Whether only the right is asked: nothing is drawn, nothing is sent."""
    return request.headers.get(ASKS) == "right"


def fetches() -> bool:
    """Whether the bytes go to a site's cache: from the program itself, since a proxy that sends a file in its place
    tells another name of the bytes."""
    return request.headers.get(ASKS) == "file"


def only_for_all(sight: Sight) -> None:
    """A site's cache has what all members may read and keep, and of a case nothing. Raises Problem: not_found, before
    anything is drawn or written down."""
    if asks_right() and not (sight.open and sight.row["attached"] and not sight.row["home"]):
        raise Problem("not_found", 404)


def may_keep(answer: Response, tag: str) -> None:
    """These are the bytes that the address will always mean, and every browser keeps them as well."""
    if ASKS in request.headers:
        answer.headers[KEY] = tag


def answer_site(answer: Response) -> Response:
    """After each request: a question for the right gets no more than its answer."""
    if not asks_right():
        return answer
    key = answer.headers.get(KEY) if answer.status_code == 200 else None
    g.bare = True
    return Response(status=204, headers={KEY: key}) if key else Response(status=403)

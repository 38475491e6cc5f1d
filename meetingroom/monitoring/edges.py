"""The edges, as an administrator sees them: how many screens are there, how far away they are, what hinders them."""

import time
from collections.abc import Iterator

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.live import envelope
from meetingroom.monitoring.found import BAD, GOOD, WATCH, Finding
from meetingroom.web import dates


def edges(context) -> Iterator[Finding]:
    """A line each; none where this server has no edges."""
    found = context.edges
    if found is None:
        return
    if not found.carries():
        todo = _("Look at Redis. Until it is back, pages reach the sites half a second later.")
        yield Finding("Redis", BAD, _("Cannot be reached"), todo)
    twice = found.names_twice()
    for edge in sorted(found.known.values(), key=lambda one: one.name):
        about = _("Edge %(name)s", name=edge.name)
        if edge.name in twice:
            todo = _("Give each edge a MEETINGROOM_EDGE_NAME of its own.")
            yield Finding(about, WATCH, _("Several edges have this name. %(state)s", state=state_of(edge)), todo)
        elif edge.redis:
            yield Finding(about, GOOD, state_of(edge))
        else:
            todo = _("Look at the line from there to Redis. Until then, pages reach it half a second later.")
            yield Finding(about, WATCH, _("It does not hear Redis. %(state)s", state=state_of(edge)), todo)
    for edge in sorted(found.silent.values(), key=lambda one: one.name):
        at = dates.clock_time(clock.now() - round((time.monotonic() - edge.heard) * 1000))
        words = _("Not heard since %(time)s; its screens count as lost", time=at)
        todo = _("Look at the line to the site, and at the service there.")
        yield Finding(_("Edge %(name)s", name=edge.name), BAD, words, todo)
    for other in sorted(found.others.values(), key=lambda one: one.name):
        words = _("It runs version %(theirs)s, this server %(ours)s: it is not served",
                  theirs=other.version or "?", ours=envelope.spoken())  # fmt: skip
        todo = _("Bring both to the same version.")
        yield Finding(_("Edge %(name)s", name=other.name), BAD, words, todo)


def state_of(edge) -> str:
    here = ngettext("%(num)s screen is connected", "%(num)s screens are connected", edge.sockets)
    parts = [here]
    if edge.delay is not None:
        parts.append(_("%(ms)s ms there and back", ms=format_decimal(round(edge.delay * 1000))))
    hits, misses = ((edge.cache or {}).get(key) for key in ("hits", "misses"))
    if type(hits) is int and type(misses) is int and hits + misses > 0:
        parts.append(_("%(percent)s%% of pages from the site’s cache", percent=round(100 * hits / (hits + misses))))
    return " · ".join(parts)

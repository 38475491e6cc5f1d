"""A question put to the index by `g.user`, and its answer: ranked, grouped by paper, looked at once more for rights."""

from dataclasses import dataclass, field, replace
from urllib.parse import quote

from flask import g
from sqlite_utils import Database

from meetingroom import clock
from meetingroom.database import Pool
from meetingroom.documents import access
from meetingroom.search import grammar, in_cases, scopes, sheets, store
from meetingroom.search.folding import fold
from meetingroom.search.store import Hit
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.turns import Turns

ON_A_PAGE = 20  # groups: papers, and whatever is found by itself
OF_A_PAPER = 5  # pages of one paper that are shown at once
LAST_PAGE = 400
AT_ONCE = 3  # questions; a phrase of common words takes a second
turns = Turns(AT_ONCE)


OF_MEETINGS = {"meeting", "since", "until"}
COUNTED = ("kinds", "meetings", "years", "units")


@dataclass(frozen=True)
class Wish:
    """What is asked for; what is left out is "" or 1. `meeting` is an id, `here` the meeting that comes first."""

    q: str
    kind: str = ""
    meeting: str = ""
    since: str = ""
    until: str = ""
    page: int = 1
    document: str = ""
    here: str = ""
    unit: str = ""  # its name: of meetings whose chair is of it
    case: str = ""  # of the pages of this case alone


@dataclass(frozen=True)
class Answer:
    """`total` hits were found, `capped` if there may be older ones; `counts` of them by what is `COUNTED`."""

    hits: list[dict] = field(default_factory=list)
    total: int = 0
    capped: bool = False
    groups: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in COUNTED})
    titles: dict[str, str] = field(default_factory=dict)  # of the meetings that are counted
    days: dict[str, int] = field(default_factory=dict)  # when these begin
    page: int = 1
    understood: bool = True  # there was a word to look for
    cut: bool = False
    wordless: int = 0  # pages that have no words yet

    @property
    def more(self) -> bool:
        return self.groups > self.page * ON_A_PAGE


def wish_of(args) -> Wish:
    """Of the arguments of an address, whatever they are."""

    def text(name: str, most: int = 64) -> str:
        return args.get(name, "").replace("\0", "")[:most]

    number = args.get("page", 1, type=int) or 1
    return Wish(
        args.get("q", "").replace("\0", " ")[:5000], text("kind"), text("meeting"), text("from"), text("to"),
        max(1, min(number, LAST_PAGE)), text("document"), text("here"), text("unit", 300),
        text("case"),
    )  # fmt: skip


def answer(wish: Wish) -> Answer:
    """What `g.user` may know of what is asked; first the page of a case file that "BL 125" means."""
    found = of_index(wish)
    narrowed = wish.kind or wish.document or wish.page > 1 or is_of_meetings(wish, grammar.parse(wish.q))
    cited = [] if narrowed else sheets.find(wish.q, wish.case)
    return replace(found, hits=[*cited, *found.hits], total=found.total + len(cited)) if cited else found


def of_index(wish: Wish) -> Answer:
    query = grammar.parse(wish.q)
    if query.is_empty and not query.person:
        return Answer(understood=False)
    kind = wish.kind or query.filters.get("kind", "")
    kind = kind if kind in grammar.KINDS else grammar.kind_of(kind) or kind
    with context().pool.lend() as db:
        case = None if is_of_meetings(wish, query) else wish.case
        mine, meetings = scopes.scopes_of(db, wanted_meetings(wish, query), case)
    if not mine:
        return Answer(cut=query.cut)
    # Not in the event loop: a common word takes a moment.
    hits, wordless = turns.run(g.user.id, find, context().pool, query, mine, kind, wish.document)
    known = {each["id"]: each for each in meetings}
    groups = ranked(hits, wish.here)
    shown = groups[(wish.page - 1) * ON_A_PAGE : wish.page * ON_A_PAGE]
    most = len(hits) if wish.document else OF_A_PAPER
    # Between the two questions a right may have ended: whoever answers for pages is asked once more.
    kept = [kept_of(group, most) for group in shown]
    lost = sum(before for hits_, before in kept if not hits_)
    chosen = [(hits_, size) for hits_, size in kept if hits_]
    silent = {group[0].document for group in shown if is_uncopied(group[0])}
    said, places = turns.run(g.user.id, on_the_wire, context().pool, query, chosen, silent)
    said = [in_cases.named(each, places) for each in said]
    return Answer(
        said, len(hits) - lost, len(hits) >= store.MOST, len(groups), counts_of(hits, known),
        {each.meeting: known[each.meeting]["title"] for each in hits if each.meeting in known},
        {each.meeting: known[each.meeting]["starts_at"] or 0 for each in hits if each.meeting in known},
        wish.page, cut=query.cut, wordless=wordless,
    )  # fmt: skip


def is_of_meetings(wish: Wish, query: grammar.Query) -> bool:
    """Whether certain meetings are asked, and so no case."""
    narrowed = wish.meeting or wish.unit or wish.since or wish.until or query.filters.keys() & OF_MEETINGS
    return bool(narrowed) and not wish.case


def find(pool: Pool, query: grammar.Query, mine: list[str], kind: str, document: str) -> tuple[list[Hit], int]:
    """(what was found, how many pages could not be searched)"""
    with pool.lend() as db:
        hits = (find_person if query.person else find_all)(db, query, mine, kind, document)
        return hits, store.count_wordless(db, mine, document) if kind in ("", "page") else 0


def find_person(db: Database, query: grammar.Query, scopes: list[str], kind: str, document: str) -> list[Hit]:
    """The papers that somebody has put in, and where agenda, minutes, conclusions and ballots name them."""
    named = [scope for scope in scopes if scope[:2] in ("m:", "s:")]
    hits = find_all(db, query.naming(), named, kind, document)
    theirs = store.documents_of(db, [scope[2:] for scope in scopes if scope.startswith("d:")], query.person)
    if not query.is_empty:
        return hits + find_all(db, query, [f"d:{each}" for each in theirs], kind, document)
    wanted = theirs if not document else [each for each in theirs if each == document]
    return hits + (store.first_pages(db, wanted) if kind in ("", "page") else [])


def find_all(db: Database, query: grammar.Query, scopes: list[str], kind: str, document: str) -> list[Hit]:
    """What stands together is found first, then what has the same words apart."""
    together = query.together()
    hits = store.find(db, grammar.matches_of(together), scopes, kind, document) if together else []
    if together and len(hits) >= store.MOST:
        return hits
    found = {hit.id for hit in hits}
    more = store.find(db, grammar.matches_of(query), scopes, kind, document)
    return hits + [hit._replace(apart=bool(together)) for hit in more if hit.id not in found]


def wanted_meetings(wish: Wish, query: grammar.Query):
    """Whether a meeting is one of those that are asked for: by id, by words of its title, by its day."""
    words = fold(query.filters.get("meeting", "")).replace("-", " ").split()
    since = grammar.day_of(wish.since or query.filters.get("since", ""))
    until = grammar.day_of(wish.until or query.filters.get("until", ""), last=True)

    def is_wanted(meeting: dict) -> bool:
        day = f"{clock.local(meeting['starts_at']):%Y-%m-%d}" if meeting["starts_at"] else ""
        title = fold(meeting["title"])
        return (
            (not wish.meeting or meeting["id"] == wish.meeting)
            and (not wish.unit or meeting["unit"] == wish.unit)
            and all(word in title for word in words)
            and (not since or day >= since)
            and (not until or (day != "" and day <= until))
        )

    return is_wanted


def ranked(hits: list[Hit], here: str) -> list[list[Hit]]:
    """Pages of one paper together; of this meeting first, then what stands together, the very accents, whole words."""

    def worth(hit: Hit):
        return (hit.meeting != here if here else False, hit.apart, not hit.exact, hit.begun, hit.score, -hit.id)

    groups: dict[tuple, list[Hit]] = {}
    for hit in sorted(hits, key=worth):
        groups.setdefault(("page", hit.document) if hit.kind == "page" else (hit.kind, hit.id), []).append(hit)
    return list(groups.values())


def kept_of(group: list[Hit], most: int) -> tuple[list[Hit], int]:
    """(those of a group that are shown, how many there are)."""
    if not group[0].document:
        return group[:most], len(group)
    try:
        sight = access.find_visible(group[0].document)
    except Problem:
        return [], len(group)
    whole = sight.pages is None
    return [hit for hit in group[:most] if (sight.shows(hit.page) if hit.page else whole)], len(group)


def is_uncopied(hit: Hit) -> bool:
    """Whether it stands in a paper of which no words are given out: where it stands is told, and not what."""
    return hit.kind == "page" and access.is_uncopied(hit.document)


def on_the_wire(
    pool: Pool, query: grammar.Query, groups: list[tuple[list[Hit], int]], silent: set[str]
) -> tuple[list[dict], dict]:
    """As the wire has them, and those of cases by their places; `of` on the first of a paper says how many of its pages
    were found. Of the documents in `silent` nothing is quoted."""
    every = [hit for hits, _size in groups for hit in hits]
    matches = grammar.matches_of(query if not query.is_empty else query.naming())
    with pool.lend() as db:
        titles = store.titles_of(db, every)
        quoted = [hit for hit in every if hit.kind != "page" or hit.document not in silent]
        confs, in_case = store.conf_of(db, every), in_cases.places_of(db, every)
        snippets = store.find_snippets(db, [hit.id for hit in quoted], matches)
    said = []
    for hits, size in groups:
        for n, hit in enumerate(hits):
            said_there = snippets.get(hit.id, [])
            one = {
                "kind": hit.kind,
                "meeting": hit.meeting,
                "paper": titles["papers"].get(hit.document, ""),
                "document": hit.document,
                "page": hit.page,
                "item": hit.item,
                "title": title_of(hit, titles),
                "meeting_title": titles["meetings"].get(hit.meeting, ""),
                "at": titles["days"].get(hit.meeting, 0),
                "snippet": said_there,
                "exact": hit.exact,
                "version": titles["versions"].get(hit.document, 0),
                "href": address_of(hit, framed(said_there) or words_of(query)),
            }
            if (conf := confs.get((hit.document, hit.page))) is not None:
                one |= {"source": "ocr", "conf": conf}
            said.append({**one, "of": size} if n == 0 and hit.kind == "page" else one)
    return said, in_case


def title_of(hit: Hit, titles: dict) -> str:
    if hit.document:
        return titles["titles"].get(hit.document) or titles["uploads"].get(hit.document, "")
    if hit.item:
        return titles["items"].get(f"{hit.meeting}/{hit.item}", "")
    return titles["meetings"].get(hit.meeting, "")


def framed(snippet: list[list]) -> str:
    """What is framed on the page: the longest run of what was found there, as it is written there; "" for none."""
    runs = [""]
    for text, marked in snippet:
        if marked or (runs[-1] and not text.strip()):
            runs[-1] += text
        else:
            runs.append("")
    return max((" ".join(run.split()) for run in runs), key=len)


def words_of(query: grammar.Query) -> str:
    """What is looked for on a page of which nothing is quoted: the longest of the terms."""
    return max((" ".join(term.tokens) for group in query.groups for term in group), key=len, default="")


def address_of(hit: Hit, words: str) -> str:
    """Where a hit is read: the page with its words framed, or the place of what is no page."""
    meeting = f"/meetings/{quote(hit.meeting)}"
    if hit.document:
        return f"{meeting}#paper={quote(hit.document)}&p={hit.page}&q={quote(words)}"
    return f"{meeting}/minutes" if hit.kind == "minutes" else meeting


def counts_of(hits: list[Hit], known: dict[str, dict]) -> dict[str, dict[str, int]]:
    """Of the hits: {kinds, meetings, years, units: {each: how many}}, the most first."""
    counts: dict[str, dict[str, int]] = {name: {} for name in COUNTED}
    for hit in hits:
        meeting = known.get(hit.meeting)
        unit = meeting["unit"] if meeting else ""
        for name, value in zip(COUNTED, (hit.kind, hit.meeting, year_of(meeting), unit), strict=True):
            if value or meeting:  # a page of a case belongs to no meeting
                counts[name][value] = counts[name].get(value, 0) + 1
    return {name: dict(sorted(found.items(), key=lambda one: -one[1])) for name, found in counts.items()}


def year_of(meeting: dict | None) -> str:
    begins = meeting["starts_at"] if meeting else 0
    return str(clock.local(begins).year) if begins else ""

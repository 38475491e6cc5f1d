"""What the paper of a presentation script says, for the process that makes it."""

from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.auth import account_store
from meetingroom.cases.scripts import excerpts, words
from meetingroom.config import Settings
from meetingroom.documents.content_store import ContentStore
from meetingroom.printing.letterhead import letterhead
from meetingroom.web.context import context

SMALL = 480
MOST_PICTURES = 400  # steps that have a picture on paper


def request_of(
    case: dict, title: str, steps: list[dict], shas: dict[str, str], *, by: str, notes: bool, settings: Settings
) -> dict:
    """As `script_pdf.print_script` takes it. `steps` with `about` (looking.py); `shas` of the documents; `by`: the name
    of whoever takes it out."""
    with context().pool.lend() as db:
        head = letterhead(account_store.list_units(db))
    cut = [quoted(step) for step in steps if step["kind"] == "callout"][:MOST_PICTURES]
    context().in_thread(excerpts.read_words, settings, shas, cut)
    quotes = {each["id"]: each for each in cut}
    now = clock.now()
    on = clock.local(now)
    rows = []
    for n, step in enumerate(steps, 1):
        pages = step["about"]["pages"][: 1 if step["kind"] == "node" else 2] if n <= MOST_PICTURES else []
        pictures = [path_of(settings, shas, page) for page in pages]
        rows.append({
            "n": str(n), "name": name_of(step), "under": under(step), "bl": numbers(step),
            "wrong": str(words.STATES[step["about"]["state"]]), "pictures": [each for each in pictures if each],
            "rects": step.get("rects", []), "marks": step.get("marks", []), "note": step["note"] if notes else "",
            **said_in(quotes.get(step["id"], {})),
        })  # fmt: skip
    return {
        "above": head.parent, "agency": head.issuing,
        "country": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        "place": _("day %(day)s month %(month)s year %(year)s", day=f"{on:%d}", month=f"{on:%m}", year=on.year),
        "title": _("PRESENTATION SCRIPT"), "named": title,
        "about": f"{case['title']} ({case['code']})" if case["title"] else case["code"],
        "columns": [_("No."), _("Picture"), _("Content of the step"), _("BL")], "rows": rows, "note": _("Note:"),
        "foot": f"{case['code']} · {title} · {by} · {on:%d/%m/%Y %H:%M}", "page": _("Page %(n)s", n="%(n)s"),
        "written": now,
    }  # fmt: skip


def quoted(step: dict) -> dict:
    return {**{name: step[name] for name in ("id", "document", "page", "rects")}, "marks": step.get("marks", [])}


def said_in(excerpt: dict) -> dict:
    """What is marked in an excerpt, or else what stands in it: a small picture does not say it."""
    said = excerpt.get("marked") or excerpt.get("words") or ""
    return {"quote": f"“{said}”" if said else "", "marked": bool(excerpt.get("marked"))}


def path_of(settings: Settings, shas: dict[str, str], page: dict) -> str:
    """Where the small picture of a page lies; "" where there is none."""
    sha = shas.get(page["document"], "")
    path = ContentStore(settings, sha).page(page["page"], SMALL) if sha and page["state"] != "gone" else None
    return str(path) if path and path.exists() else ""


def name_of(step: dict) -> str:
    """Its own title, or what it shows."""
    return step["title"] or shown(step)


def under(step: dict) -> str:
    """What it shows, where its title says something else; of a page its document."""
    titles = [page.get("title", "") for page in step["about"]["pages"]]
    if step["title"]:
        return shown(step)
    return "" if step["kind"] == "node" else " ↔ ".join(dict.fromkeys(filter(None, titles)))


def shown(step: dict) -> str:
    about, kind = step["about"], step["kind"]
    if kind == "node":
        return about.get("title") or _("A node that is not there")
    if kind == "pair":
        return _("Two pages compared")
    if kind == "callout":
        return _("Excerpt of a page")
    if kind == "media":
        return about.get("title") or _("Recording or film")
    return about["pages"][0].get("title", "") if about["pages"] else ""


def numbers(step: dict) -> str:
    """`84 (T3)`, of two pages `121 (T2) ↔ 133 (T3)`; of a node what it cites, of a recording its own."""
    about = step["about"]
    if step["kind"] in ("node", "media"):
        return about.get("bl", "")
    named = [f"{page.get('label') or '–'} (T{page['volume']})" if page.get("volume") else page.get("label") or "–"
             for page in about["pages"]]  # fmt: skip
    return " ↔ ".join(named)

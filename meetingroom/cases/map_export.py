"""A map as a file for others: what an audience may see of it, in the form they read."""

from pathlib import PurePosixPath

from flask_babel import gettext as _

from meetingroom import clock
from meetingroom.cases import audience, store_maps, tree
from meetingroom.cases.formats import outline, topics, xmind, xmind8
from meetingroom.printing.printer import printer
from meetingroom.web.context import context

SMALL = 300  # nodes that a thumbnail shows
TYPES = {
    "xmind": "application/vnd.xmind.workbook",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def export(
    row: dict, case: dict, kind: str, seen_by: str, person: str, *, eight: bool = False, sides: int = 2
) -> bytes:
    """`row` as `store_maps.find_map` gives it; `seen_by`: the audience; `sides`: 1, all branches right
    of the root. Raises what `printer.make` raises."""
    seen = audience.cut(row["map"], seen_by)
    if kind == "md":
        return outline.write(seen).encode()
    if kind == "docx":
        from meetingroom.cases import map_docx  # the library is large, and few take this out

        # Not ReportLab: no fonts are kept in the module, and it takes a moment only.
        return context().in_thread(map_docx.outline_docx, seen, row["title"], about(case), row["changed_at"])
    if kind in ("pdf", "png", "svg"):
        return drawn(seen, row, case, kind, person, sides)
    return as_xmind([row], case, seen_by, person, eight=eight)


def as_xmind(rows: list[dict], case: dict, seen_by: str, person: str, *, eight: bool = False) -> bytes:
    """The maps as the sheets of one file, in their order; its picture is that of the first."""
    sheets: list[dict] = []
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for row in rows:
        seen = audience.cut(row["map"], seen_by)
        sheet = topics.to_sheet(seen, xmind.make_ids(row["id"]), taken)
        if len(rows) > 1:
            sheet["title"] = row["title"]
        with context().pool.lend() as db:
            known = [each["name"] for each in store_maps.list_files(db, row["id"])]
            for name in xmind.named_files([sheet], known):
                data = store_maps.read_named(db, row["id"], name) or b""
                own = name if files.get(name, data) == data else f"resources/{store_maps.sha_of(data)}{ending(name)}"
                files[own] = data
                sheet = sheet if own == name else xmind.renamed(sheet, name, own)
        sheets.append(sheet)
    thumbnail = (
        b"" if eight else drawn(glimpse(audience.cut(rows[0]["map"], seen_by)), rows[0], case, "thumbnail", person)
    )
    if eight:
        return context().in_thread(xmind8.write, sheets, files)
    return context().in_thread(xmind.write, sheets, files, thumbnail)


def ending(name: str) -> str:
    found = PurePosixPath(name).suffix
    return found if found[1:].isalnum() else ""


def glimpse(seen: dict) -> dict:
    """What a thumbnail can show of a large map: the first of its boxes that stand near the root."""
    if len(seen["nodes"]) <= SMALL:
        return seen
    kept = dict.fromkeys([node for node, depth in tree.walk(seen) if depth <= 2][:SMALL])
    nodes = {}
    for key in kept:
        mine = seen["nodes"][key]
        nodes[key] = {**mine, "children": [child for child in mine["children"] if child in kept]}
    links = {key: link for key, link in seen["links"].items() if link["from"] in kept and link["to"] in kept}
    return {**seen, "nodes": nodes, "links": links, "loose": [node for node in seen["loose"] if node in kept]}


def about(case: dict) -> str:
    return f"{case['title']} ({case['code']})" if case["title"] else case["code"]


def drawn(seen: dict, row: dict, case: dict, what: str, person: str, sides: int = 2) -> bytes:
    nodes = {
        key: {name: node[name] for name in ("text", "kind", "bl", "colour", "children") if name in node}
        for key, node in seen["nodes"].items()
    }
    links = {key: {name: link[name] for name in ("from", "to", "kind")} for key, link in seen["links"].items()}
    request = {
        "map": {"root": seen["root"], "loose": seen["loose"], "nodes": nodes, "links": links},
        "title": row["title"], "foot": f"{about(case)} · {row['title']} · {clock.local(row['changed_at']):%d/%m/%Y}",
        "page": _("Page %(n)s of %(of)s", n="%(n)s", of="%(of)s"), "written": row["changed_at"], "what": what,
        "sides": sides,
    }  # fmt: skip
    return printer.make("map", request, person)[1]

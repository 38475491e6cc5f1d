"""What the page of the search calls things."""

from flask_babel import gettext as _

ICONS = {
    "page": "file-text", "agenda": "list", "minutes": "notebook-pen", "conclusion": "gavel", "ballot": "vote",
    "note": "pencil", "sheet": "list-ordered",
}  # fmt: skip


def kinds() -> dict[str, str]:
    return {
        "page": _("Papers"),
        "agenda": _("Agenda"),
        "minutes": _("Minutes"),
        "conclusion": _("Conclusions"),
        "ballot": _("Ballots"),
        "note": _("My notes"),
        "sheet": _("File page numbers"),
    }


def group(hits: list[dict]) -> list[list[dict]]:
    """Pages of one paper stand together: they follow each other."""
    groups: list[list[dict]] = []
    for hit in hits:
        if hit["kind"] == "page" and "of" not in hit and groups:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups

"""The pages of a volume as a line: what they are called, what was read in their corners, what is proposed."""

from collections import defaultdict

from meetingroom.cases import numbering, numbers, proposal, store, store_numbers
from meetingroom.cases.numbering import Run


def of_volume(db, case: str, volume: dict) -> tuple[dict, list[str]]:
    """The strip of a volume (a row), and the documents whose corners were not all read yet."""
    chosen = store_numbers.find_current(db, case)
    documents = [row for row in store.list_documents(db, case) if row["volume"] == volume["id"]]
    looks = store_numbers.list_looks(db, case)
    labels = store_numbers.read_labels(db, chosen["id"]) if chosen else {}
    stated = numbering.covered(store_numbers.read_runs(db, chosen["id"])) if chosen else set()
    names = {row["person"]: row["name"] for row in store.list_people(db, case)}
    corner = "bottom" if chosen and "VKS" in chosen["name"].upper() else "top"
    pages: list[dict] = []
    readings: dict[tuple[str, int], int] = {}
    empty: set[tuple[str, int]] = set()
    described: list[dict] = []
    unread: list[str] = []
    for row in documents:
        size = row["pages"] or 0
        seen = {page: looks[row["sha"], page] for page in range(1, size + 1) if (row["sha"], page) in looks}
        readings |= {(row["document"], page): look[corner] for page, look in seen.items() if look[corner] > 0}
        empty |= {(row["document"], page) for page, look in seen.items() if look[corner] == store_numbers.EMPTY}
        for page in range(1, size + 1):
            place = (row["document"], page)
            label = labels.get(place)
            about = {"label": str(label) if label else "", "run": label.run if label else -1}
            about |= {"read": readings.get(place, 0), "stated": place in stated}
            pages.append({"document": row["document"], "page": page, **about})
        keys = ("title", "t", "status", "bl_from", "bl_to")
        described.append({"id": row["document"], "pages": size, "looked": len(seen)} | {key: row[key] for key in keys})
        if row["status"] == "ready" and len(seen) < size:
            unread.append(row["document"])
    head = {key: volume[key] for key in ("id", "no", "title", "checked_at")}
    head["checked_by"] = names.get(volume["checked_by"], "") if volume["checked_at"] else ""
    strip = {
        "volume": head,
        "numbering": numbers.describe_brief(chosen) if chosen else None,
        "documents": described,
        "pages": pages,
        "proposals": proposed(documents, readings, empty, stated),
    }
    return strip, unread


def proposed(
    documents: list[dict],
    readings: dict[tuple[str, int], int],
    empty: set[tuple[str, int]],
    stated: set[tuple[str, int]],
) -> list[dict]:
    """What is proposed for pages of which nothing is said. Where no stamp of a document agrees, what the list of
    documents says of its first page counts (`listed`)."""
    sizes = [(row["document"], row["pages"] or 0) for row in documents]
    open_pages = {(id, page) for id, size in sizes for page in range(1, size + 1)} - stated
    if not open_pages:
        return []
    of: dict[str, list[proposal.Proposal]] = defaultdict(list)
    for each in proposal.propose_row(sizes, readings, empty):
        of[each.run.document].append(each)
    found = []
    for row in documents:
        document, size, first = row["document"], row["pages"] or 0, numbering.read_label(row["bl_from"] or "")
        if first and size and not any(each.agreeing for each in of[document]):
            run = Run(document, 1, size, first.number, suffix=first.suffix if size == 1 else "")
            found.append(vars(run) | {"read": 0, "agreeing": 0, "listed": True})
        else:
            found += [
                vars(each.run) | {"read": each.read, "agreeing": each.agreeing, "listed": False}
                for each in of[document]
            ]
    return [
        each
        for each in found
        if any((each["document"], page) in open_pages for page in range(each["first"], each["last"] + 1))
    ]

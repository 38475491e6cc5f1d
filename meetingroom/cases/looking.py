"""Everything that somebody should look at in a case, from what the database knows of its pages and texts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from meetingroom.cases import audience, citation, findings, numbering, store, store_numbers
from meetingroom.cases.findings import Finding, Listed, Page
from meetingroom.recognition import store as recognition


@dataclass(frozen=True)
class Cited:
    """A text of the case that may cite pages: what it is called, where it stands, and when it was written (0: now).
    `field`: a field for citations; `needs`: it has to cite something (a leaf of a map); `audience`: the widest that may
    read it, "" is everybody on the list."""

    where: str
    text: str
    url: str = ""
    field: bool = True
    needs: bool = False
    at: int = 0
    audience: str = ""


# Each kind of text of a case registers here: (db, case) → its texts. Maps do.
CITED: list[Callable[[object, str], Iterable[Cited]]] = []


def cites(source):
    """Registers `source(db, case)` as one that has texts which cite pages."""
    CITED.append(source)
    return source


def find(db, case: str, seen_by: str = audience.OWNER) -> list[Finding]:
    """The findings of a case: of its pages in the order of the file, then of the texts that an audience reads."""
    rows = [row for row in store_numbers.list_numberings(db, case) if not row["replaced_at"]]
    found = of_pages(db, case, rows)
    return [*found, *failed_documents(db, case), *of_texts(db, case, seen_by)]


def of_pages(db, case: str, rows: list[dict]) -> list[Finding]:
    pages = store_numbers.list_pages(db, case)
    labels = {row["id"]: store_numbers.read_labels(db, row["id"]) for row in rows}
    default = next((row for row in rows if row["is_default"]), None)
    listed = [
        Listed(row["document"], row["bl_from"], row["bl_to"])
        for row in store.list_documents(db, case)
        if row["bl_from"] or row["bl_to"]
    ]
    looks, failed = store_numbers.list_looks(db, case), store_numbers.list_failed(db, case)
    secret = {(sha, page): stamp for sha in {page["sha"] for page in pages} for page, stamp in
              recognition.list_stamps(db, sha)}  # fmt: skip
    corner = "bottom" if default and "VKS" in default["name"].upper() else "top"
    mine = labels[default["id"]] if default else {}
    seen = []
    for page in pages:
        place, look = (page["document"], page["page"]), looks.get((page["sha"], page["page"]), {})
        label = mine.get(place)
        turned, read = (max(0, look.get(key, 0)) for key in ("turned", corner))
        seen.append(
            Page(
                *place,
                page["volume"],
                label,
                picture=look.get("picture", ""),
                ink=look["ink"] if look and look["ink"] >= 0 else None,
                upside_down=bool(turned and label and stands_on_its_head(look, corner, label.number)),
                failed=place in failed,
                read=read,
                secret=secret.get((page["sha"], page["page"]), ""),
            )
        )
    elsewhere = {place for id, known in labels.items() if known is not mine for place in known}
    found = [
        each
        for each in findings.look_through(seen, listed)
        if each.kind != "unnumbered" or not covered_elsewhere(each, elsewhere)
    ]
    for row in rows:
        if row is not default:
            known = labels[row["id"]]
            other = [Page(p["document"], p["page"], p["volume"], known.get((p["document"], p["page"]))) for p in pages]
            checks = (findings.missing, findings.doubled, findings.falling)
            found += [
                Finding(each.kind, each.document, each.page, {**each.data, "numbering": row["name"]}, each.other)
                for check in checks
                for each in check(other)
            ]
    return found


def stands_on_its_head(look: dict, corner: str, number: int) -> bool:
    """Whether the number of a page is where it would be on one that lies upside down. Where the corner itself is bare,
    one digit of several may have been misread."""
    said, turned = str(number), str(look["turned"])
    if said == turned:
        return look[corner] != number
    wrong = sum(one != other for one, other in zip(said, turned, strict=False))
    return look[corner] == store_numbers.EMPTY and len(said) == len(turned) > 1 and wrong == 1


def covered_elsewhere(finding: Finding, elsewhere: set[tuple[str, int]]) -> bool:
    """Whether the pages without a number of the default numbering have one of another."""
    pages = range(finding.page, finding.data["last"] + 1)
    return all((finding.document, page) in elsewhere for page in pages)


def failed_documents(db, case: str) -> list[Finding]:
    """Files that did not become pages at all."""
    return [
        Finding("failed_file", row["document"], 0)
        for row in store.list_documents(db, case)
        if row["status"] == "failed"
    ]


def of_texts(db, case: str, seen_by: str) -> list[Finding]:
    """Citations that lead nowhere or are written the wrong way round, and leaves that cite nothing."""
    found = []
    for each in (text for source in CITED for text in source(db, case)):
        if not audience.sees(seen_by, each.audience):
            continue
        said = {"where": each.where, "url": each.url}
        if each.needs and not each.text.strip():
            found.append(Finding("uncited", "", 0, said))
        for one in citation.parse(each.text, field=each.field):
            answer = store_numbers.resolve(db, case, one, at=each.at)
            about = {**said, "text": one.text, "missing": ", ".join(answer.missing)}
            if answer.reversed:
                found.append(Finding("reversed", "", 0, {**about, "instead": ", ".join(answer.reversed)}))
            elif answer.missing:
                found.append(Finding("not_found", "", 0, about))
            elif answer.result == "several":
                first = answer.pages[0]
                found.append(Finding("ambiguous", first["document"], first["page"], about))
    return found


def labels_in_words(db, case: str, found: list[Finding]) -> dict[tuple[str, int], str]:
    """What the pages of findings are called now."""
    wanted = {(each.document, each.page) for each in found if each.document}
    rows = [row for row in store_numbers.list_numberings(db, case) if not row["replaced_at"]]
    known: dict[tuple[str, int], numbering.Label] = {}
    for row in reversed(rows):
        known |= store_numbers.read_labels(db, row["id"])
    return {place: str(known[place]) for place in wanted if place in known}

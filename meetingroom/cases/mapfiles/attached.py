"""Files that a map names but that lie on some other machine, found again among the documents of the case. Pure.

A link to D:\\HOSO\\… is dead everywhere else; what is left of it is a name.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from meetingroom.cases.formats import topics
from meetingroom.spelling import compose

ENDING = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|tiff?|rtf|odt)$")


def plain(name: str) -> str:
    """A file's name by which it is known again: without folders, ending, marks of case and runs of spaces."""
    last = compose(name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].casefold()
    return re.sub(r"[\s_\-.]+", " ", ENDING.sub("", last)).strip()


def named(documents: Iterable[dict]) -> dict[str, str]:
    """Document by plain name: rows with `document`, and `original`, the name it came under. A name that two of them
    have means neither."""
    found: dict[str, set[str]] = {}
    for row in documents:
        if name := plain(row["original"]):
            found.setdefault(name, set()).add(row["document"])
    return {name: next(iter(several)) for name, several in found.items() if len(several) == 1}


def attach(nodes: dict[str, dict], documents: dict[str, str]) -> dict[str, dict]:
    """The nodes; those that name a document get its first page, unless their pages are known."""
    changed = {}
    for key, node in nodes.items():
        href = node.get("extra", {}).get("topic", {}).get("href", "")
        if not isinstance(href, str) or not topics.is_local(href) or node.get("bl") or node.get("anchors"):
            continue
        if document := documents.get(plain(unquote(href))):
            changed[key] = {**node, "anchors": [{"document": document, "page": 1}]}
    return {**nodes, **changed}


def tell(remarks: list[dict], documents: dict[str, str]) -> list[dict]:
    """Of links to files of another machine, which ones were found here."""
    return [
        {**each, "code": "file_found"} if each["code"] == "local_file" and plain(each["text"]) in documents else each
        for each in remarks
    ]

"""A stranger's map is opened in a process of its own, bounded in time and memory:
`python -m … <kind> <path> <title> <folder>`; the files that came inside it lie in the folder then, by their SHA-256.

Answers one line of JSON: {maps: [{title, map}], resources, remarks}, or {rejected: code, details}.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from meetingroom.cases import node_fields
from meetingroom.cases.formats import limits
from meetingroom.cases.formats.limits import MapRejected

KINDS = ("xmind", "mm", "opml", "md", "txt", "xlsx")
REMARKS = 200


def kind_of(name: str) -> str:
    """By the end of its name. Raises MapRejected."""
    end = name.rpartition(".")[2].lower() if "." in name else ""
    if end == "imx":
        raise MapRejected("map_imx")
    end = "md" if end == "markdown" else end
    if end not in KINDS:
        raise MapRejected("map_type")
    return end


def read_file(kind: str, path: Path, title: str, folder: Path) -> dict:
    from meetingroom.cases.formats import topics, xmind

    if path.stat().st_size > limits.FILE:
        raise MapRejected("map_too_large", most=limits.FILE // limits.MEGABYTE)
    if kind == "xmind":
        with path.open("rb") as file:
            found = xmind.read(file, folder)
    else:
        if path.stat().st_size > limits.CONTENT:
            raise MapRejected("map_too_large", most=limits.CONTENT // limits.MEGABYTE)
        found = READERS[kind](path.read_bytes(), title)
    maps = []
    for each in found["sheets"]:
        made = topics.to_map(each, found["remarks"])
        name_files(made, found["resources"])
        name = made["nodes"][made["root"]]["text"]
        said = xmind.title_of(each)
        maps.append({"title": (said if said and len(found["sheets"]) > 1 else name)[:200], "map": made})
    return {"maps": maps, "resources": found["resources"], "remarks": found["remarks"][:REMARKS]}


# Each loads what it needs alone: the library for workbooks takes half of the time in which a small file is read.
def read_mm(data: bytes, _title: str) -> dict:
    from meetingroom.cases.formats import mm

    return mm.read(data)


def read_opml(data: bytes, _title: str) -> dict:
    from meetingroom.cases.formats import opml

    return opml.read(data)


def read_outline(data: bytes, title: str) -> dict:
    from meetingroom.cases.formats import outline

    return outline.read(data, title)


def read_workbook(data: bytes, title: str) -> dict:
    from meetingroom.cases.formats import sheet

    return sheet.read(data, title)


READERS = {"mm": read_mm, "opml": read_opml, "md": read_outline, "txt": read_outline, "xlsx": read_workbook}


def name_files(map: dict, resources: dict[str, dict]) -> None:
    """Nodes say which picture they show and which file hangs on them."""
    for node in map["nodes"].values():
        topic = node["extra"]["topic"]
        image = topic.get("image")
        shown = resources.get(embedded(image.get("src")) if isinstance(image, dict) else "")
        if shown and shown["type"] in node_fields.PICTURES and not shown.get("lost"):
            sizes = {
                side: int(image[side]) for side in ("width", "height") if isinstance(image.get(side), (int, float))
            }
            node["picture"] = {"sha": shown["sha"], "type": shown["type"], **sizes}
            topic["pictured"] = shown["sha"]
        name = embedded(topic.get("href"))
        hung = resources.get(name)
        if hung and not hung.get("lost"):
            title = node["text"] if "." in node["text"] else name.rpartition("/")[2]
            node["file"] = {"sha": hung["sha"], "name": title[:200], "type": hung["type"]}


def embedded(address: Any) -> str:
    return address.removeprefix("xap:") if isinstance(address, str) and address.startswith("xap:") else ""


def main(kind: str, path: str, title: str, folder: str) -> dict[str, Any]:
    try:
        return read_file(kind, Path(path), title, Path(folder))
    except MapRejected as no:
        return {"rejected": no.code, "details": no.details}
    except (MemoryError, RecursionError):
        return {"rejected": "map_too_deep", "details": {"most": limits.DEPTH}}


if __name__ == "__main__":
    os.nice(5)
    answer = json.dumps(main(*sys.argv[1:5]), ensure_ascii=False).encode("utf-8", "replace")
    sys.stdout.buffer.write(answer)

"""What is in a package: an audience's maps, the pages they refer to, the script, and nothing else. Pure.

A page keeps no name of the program's: document `d03` is the third of the file that has a page in here.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from meetingroom.cases.room_maps import ends, places_of

Place = tuple[str, int]
# What a screen draws of a node; whatever else it holds stays where it is.
NODE = ("text", "kind", "stance", "status", "note", "when", "amount", "bl", "colour", "fold")
STEP = ("id", "kind", "title", "note")


@dataclass(frozen=True)
class Named:
    """What a page is called: its label by the default numbering, those by every one (numbering, label), its volume."""

    label: str = ""
    volume: str = ""
    title: str = ""
    checked: bool = False
    pages: int = 0
    also: tuple[tuple[str, str], ...] = ()


@dataclass
class Package:
    """`data` is what the viewer reads; `pages`, `media` and `pictures` say which files belong to it, by their path."""

    data: dict
    pages: dict[str, Place] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)  # path → id of the medium
    pictures: dict[str, tuple[str, str]] = field(default_factory=dict)  # path → (map, sha)
    printed: list[tuple[str, Place]] = field(default_factory=list)  # (caption, page) for the PDF
    drawn: dict[Place, tuple[list, list]] = field(default_factory=dict)  # (frames, marks) of a page's excerpts


def put_together(
    maps: list[dict],
    steps: list[dict],
    named: Mapping[Place, Named],
    order: Iterable[str],
    media: Mapping[str, dict],
    *,
    whole: bool,
    notes: bool,
) -> Package:
    """`maps`: published versions as the audience sees them; `steps`: the script; `named`: every page that may be in it;
    `order`: the documents as they lie in the file; `whole`: with every page of the maps, not of the script alone;
    `notes`: with what the presenter wrote for himself."""
    by_id = {each["map"]: each for each in maps}
    kept = [step for step in steps if is_seen(step, by_id)]
    places = set(places_of_steps(kept, by_id))
    if whole:
        places = places.union(*(places_of(each) for each in maps))
    places &= set(named)
    documents = list(dict.fromkeys(document for document, _page in sorted_places(places, order)))
    alias = {document: f"d{n:02}" for n, document in enumerate(documents, 1)}
    names = Names(places, alias, media)
    package = Package({})
    package.data = {
        "maps": [cut_map(each, names, package) for each in maps],
        "script": [line for step in kept if (line := cut_step(step, names, notes))],
        "labels": {names.key(place): label_of(named[place]) for place in sorted_places(places, order)},
        "media": {key: described(media[key]) for key in sorted(names.used)},
    }
    package.pages = {f"pages/{names.key(place)}.webp": place for place in sorted_places(places, order)}
    paths = [(media[key].get(name), key) for key in sorted(names.used) for name in ("file", "poster")]
    package.media = {path: key for path, key in paths if path}
    in_script = [place for place in dict.fromkeys(places_of_steps(kept, {})) if place in places]
    package.printed = [(caption(named[place]), place) for place in in_script or sorted_places(places, order)]
    package.drawn = excerpts_of(kept, maps if whole else [])
    return package


def excerpts_of(steps: list[dict], maps: list[dict]) -> dict[Place, tuple[list, list]]:
    """(frames, marks) of each page that an excerpt is of: of a step, or on a node."""
    found: dict[Place, tuple[list, list]] = {}
    on_nodes = (end for map in maps for node in map["nodes"].values() for anchor in node.get("anchors", ())
                for end in sides(anchor) if is_frame(end.get("rect")))  # fmt: skip
    for each in (*(step for step in steps if step.get("rects")), *on_nodes):
        frames, marks = found.setdefault((each["document"], each["page"]), ([], []))
        frames += [rect for rect in each.get("rects") or [each["rect"]] if rect not in frames]
        marks += [mark for mark in each.get("marks") or [] if is_frame(mark) and mark not in marks]
    return found


def sides(anchor: dict) -> list[dict]:
    return [*sides(anchor["left"]), *sides(anchor["right"])] if "left" in anchor else [anchor]


def is_frame(rect: Any) -> bool:
    """Old files of a map may say anything of an excerpt."""
    if not isinstance(rect, list) or len(rect) != 4:
        return False
    return all(type(value) in (int, float) and 0 <= value <= 1 for value in rect)


def sorted_places(places: Iterable[Place], order: Iterable[str]) -> list[Place]:
    at = {document: n for n, document in enumerate(order)}
    return sorted(places, key=lambda place: (at.get(place[0], len(at)), place))


@dataclass
class Names:
    """How places are called inside."""

    places: set[Place]
    alias: dict[str, str]
    media: Mapping[str, dict]
    used: set[str] = field(default_factory=set)  # media that something refers to

    def key(self, place: Place) -> str:
        return f"{self.alias[place[0]]}/{place[1]}"

    def anchor(self, anchor: dict) -> dict | None:
        """An anchor of a node or a side of a pair, None where its page is not in here."""
        if "left" in anchor:
            left, right = self.anchor(anchor["left"]), self.anchor(anchor["right"])
            if left is None or right is None:
                return left or right
            return {"left": left, "right": right, **({"line": anchor["line"]} if anchor.get("line") else {})}
        if "media" in anchor:
            if anchor["media"] not in self.media:
                return None
            self.used.add(anchor["media"])
            return {key: anchor[key] for key in ("media", "from", "to") if key in anchor}
        if (anchor.get("document"), anchor.get("page")) not in self.places:
            return None
        place = {"document": self.alias[anchor["document"]], "page": anchor["page"]}
        return {**place, **{key: anchor[key] for key in ("rect", "rects", "marks") if anchor.get(key)}}


def cut_map(map: dict, names: Names, package: Package) -> dict:
    nodes = {}
    for key, node in map["nodes"].items():
        mine = {name: node[name] for name in NODE if node.get(name)} | {"text": node["text"]}
        mine["children"] = [child for child in node["children"] if child in map["nodes"]]
        if anchors := [found for each in node.get("anchors", ()) if (found := names.anchor(each))]:
            mine["anchors"] = anchors
        if picture := node.get("picture"):
            path = f"media/hinh-{picture['sha'][:16]}.{picture['type'].removeprefix('image/').replace('jpeg', 'jpg')}"
            package.pictures[path] = (map["map"], picture["sha"])
            mine["picture"] = path
        nodes[key] = mine
    links = [
        {key: link[key] for key in ("from", "to", "kind", "text") if link.get(key)} for link in map["links"].values()
    ]
    return {
        "id": map["map"], "title": map["title"], "version": map["version"], "root": map["root"],
        "loose": [key for key in map.get("loose", ()) if key in nodes], "nodes": nodes, "links": links,
    }  # fmt: skip


def is_seen(step: dict, maps: Mapping[str, dict]) -> bool:
    """A step at a node that this audience does not see is not in here, nor its title."""
    if step.get("map"):
        return step.get("node") in maps.get(step["map"], {"nodes": {}})["nodes"]
    return not step.get("node") or any(step["node"] in map["nodes"] for map in maps.values())


def places_of_steps(steps: Iterable[dict], maps: Mapping[str, dict]) -> Iterator[Place]:
    """The pages of a script, with those that its nodes name."""
    for step in steps:
        if step.get("document"):
            yield step["document"], step["page"]
        for side in ("left", "right"):
            if step.get(side):
                yield from ends(step[side])
        if step["kind"] == "node" and step.get("map") in maps:
            for anchor in maps[step["map"]]["nodes"][step["node"]].get("anchors", ()):
                yield from ends(anchor)


def cut_step(step: dict, names: Names, notes: bool) -> dict | None:
    """None where nothing is left of it to be shown."""
    found: dict[str, Any] = {key: step[key] for key in STEP if step.get(key) and (notes or key != "note")}
    found |= {key: step[key] for key in ("map", "node") if step.get(key)}
    if step["kind"] == "pair":
        sides = names.anchor({"left": step["left"], "right": step["right"]})
        text = {"text": step["text"]} if step.get("text") else {}
        return found | text | {"pair": sides} if sides and "left" in sides else None
    if step["kind"] == "media":
        medium = names.anchor({"media": step["media"]})
        ends = {end: step[end] / 1000 for end in ("from", "to") if step.get(end)}  # ms there, seconds here
        return found | medium | ends if medium else None
    if step.get("document"):
        shown = ("document", "page", "rect", "rects", "marks")
        page = names.anchor({key: step[key] for key in shown if step.get(key)})
        return found | page if page else None
    return found if step["kind"] == "node" else None


def label_of(page: Named) -> dict:
    found: dict[str, Any] = {
        "label": page.label, "volume": page.volume, "title": page.title, "checked": page.checked, "pages": page.pages,
    }  # fmt: skip
    return found | ({"also": [list(each) for each in page.also]} if page.also else {})


# What the viewer says of a medium; the paths of its files among it.
MEDIUM = (
    "title", "kind", "caption", "seconds", "width", "height", "bl", "volume", "transcoded", "file", "poster", "sha256",
)  # fmt: skip


def described(medium: Mapping[str, Any]) -> dict:
    return {key: medium[key] for key in MEDIUM if medium.get(key)}


def caption(page: Named) -> str:
    """`BL 84 · T3 · Biên bản hỏi cung`."""
    said = (
        f"BL {page.label}" if page.label else "",
        f"T{page.volume}" if page.volume not in ("", "0") else "",
        page.title,
    )
    return " · ".join(part for part in said if part)


def data_script(data: dict) -> bytes:
    """`data.js`: JSON in a string, of which nothing ends the script or a line of it."""
    spelled = json.dumps(json.dumps(data, ensure_ascii=False, separators=(",", ":")), ensure_ascii=False)
    for mark, escaped in (("</", "<\\/"), ("<!--", "<\\!--"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        spelled = spelled.replace(mark, escaped)
    return f"window.PACKAGE = JSON.parse({spelled})\n".encode("utf-8", "replace")

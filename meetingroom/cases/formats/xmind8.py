"""XMind 8 (`content.xml`, `styles.xml`, `comments.xml`): read into topics as the newer format has them, and written."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as Plain
from xml.etree.ElementTree import Element, SubElement

from meetingroom.cases.formats import archive, safe_xml
from meetingroom.cases.formats.archive import Archive
from meetingroom.cases.formats.limits import MapRejected

CONTENT = "urn:xmind:xmap:xmlns:content:2.0"
COMMENTS = "urn:xmind:xmap:xmlns:comments:2.0"
STYLE = "urn:xmind:xmap:xmlns:style:2.0"
MANIFEST = "urn:xmind:xmap:xmlns:manifest:1.0"
XHTML = "http://www.w3.org/1999/xhtml"
XLINK = "http://www.w3.org/1999/xlink"
SVG = "http://www.w3.org/2000/svg"
FO = "http://www.w3.org/1999/XSL/Format"
PREFIXES = {FO: "fo:", SVG: "svg:", XLINK: "xlink:", XHTML: "xhtml:"}
TAGS = {"p", "b", "i", "u", "ul", "ol", "li", "br"}


def read(zipped: Archive) -> list[dict]:
    """The sheets of a file, as the newer format would have them. Raises MapRejected."""
    tree = safe_xml.parse(zipped.read("content.xml"))
    if local(tree) != "xmap-content":
        raise MapRejected("map_unreadable")
    styles = read_styles(zipped) if "styles.xml" in zipped else {}
    comments = read_comments(zipped) if "comments.xml" in zipped else {}
    return [read_sheet(each, styles, comments) for each in tree if local(each) == "sheet"]


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def short(name: str) -> str:
    """`{http://www.w3.org/2000/svg}fill` → `svg:fill`, as the JSON has it."""
    space, _, rest = name.rpartition("}")
    return PREFIXES.get(space.lstrip("{"), "") + rest


def child(element: Element, name: str) -> Element | None:
    return next((each for each in element if local(each) == name), None)


def words(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).replace("\r\n", "\n")


def read_styles(zipped: Archive) -> dict[str, dict]:
    found = {}
    for style in safe_xml.parse(zipped.read("styles.xml")).iter():
        if local(style) == "style" and style.get("id"):
            properties = {short(key): value for part in style for key, value in part.attrib.items()}
            if properties:
                found[style.get("id", "")] = {"id": style.get("id"), "properties": properties}
    return found


def read_comments(zipped: Archive) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for each in safe_xml.parse(zipped.read("comments.xml")).iter():
        if local(each) == "comment":
            said = {"author": each.get("author", ""), "time": moment(each.get("time", "")), "ms": each.get("time", ""),
                    "content": words(child(each, "content"))}  # fmt: skip
            found.setdefault(each.get("object-id", ""), []).append(said)
    return found


def moment(ms: str) -> str:
    try:
        return f"{datetime.fromtimestamp(int(ms) / 1000, UTC):%d/%m/%Y}"
    except (ValueError, OverflowError, OSError):
        return ""


def read_sheet(element: Element, styles: dict, comments: dict) -> dict:
    root = child(element, "topic")
    if root is None:
        raise MapRejected("map_empty")
    sheet: dict[str, Any] = {"id": element.get("id", ""), "class": "sheet", "title": words(child(element, "title"))}
    sheet["rootTopic"] = read_topics(root, styles, comments)
    relations = child(element, "relationships")
    found = (
        [read_relation(each) for each in relations if local(each) == "relationship"] if relations is not None else []
    )
    return {**sheet, **({"relationships": found} if found else {})}


def read_relation(element: Element) -> dict:
    found: dict[str, Any] = {"id": element.get("id", ""), "end1Id": element.get("end1", ""),
                             "end2Id": element.get("end2", "")}  # fmt: skip
    title = child(element, "title")
    if title is not None:
        found["title"] = words(title)
    points = child(element, "control-points")
    if points is not None:
        found["controlPoints"] = {
            each.get("index", str(n)): {key: number(value) for key, value in each.attrib.items() if key != "index"}
            for n, each in enumerate(points)
        }
    return found


def number(value: str) -> float | str:
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return value


def read_topics(root: Element, styles: dict, comments: dict) -> dict:
    """The whole tree, without recursion: how deep it is the file decides."""
    top: dict = {}
    stack: list[tuple[Element, dict]] = [(root, top)]
    while stack:
        element, topic = stack.pop()
        read_one(element, topic, styles, comments)
        below = child(element, "children")
        for group in below if below is not None else ():
            kind = group.get("type", "attached")
            row = topic.setdefault("children", {}).setdefault(kind, [])
            for each in group:
                if local(each) == "topic":
                    row.append({})
                    stack.append((each, row[-1]))
    return top


def read_one(element: Element, topic: dict, styles: dict, comments: dict) -> None:
    topic["id"] = element.get("id", "")
    title = child(element, "title")
    if title is not None:
        topic["title"] = words(title)
        if title.get(f"{{{SVG}}}width"):
            topic["customWidth"] = number(title.get(f"{{{SVG}}}width", ""))
    for name, ours in (("structure-class", "structureClass"), ("branch", "branch"), (f"{{{XLINK}}}href", "href")):
        if element.get(name):
            topic[ours] = element.get(name)
    if element.get("style-id") in styles:
        topic["style"] = styles[element.get("style-id", "")]
    if topic["id"] in comments:
        topic["comments"] = comments[topic["id"]]
    for part in element:
        if local(part) in PARTS:
            PARTS[local(part)](part, topic)


def read_notes(part: Element, topic: dict) -> None:
    notes: dict[str, Any] = {}
    plain, rich = child(part, "plain"), child(part, "html")
    if plain is not None:
        notes["plain"] = {"content": words(plain)}
    if rich is not None:
        notes["realHTML"] = {"content": rich_text(rich)}
    topic["notes"] = notes


def rich_text(element: Element) -> str:
    """Its paragraphs with the few tags that are kept."""
    out: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            out.append(each)
            continue
        tag = local(each) if local(each) in TAGS else ""
        out.append((f"<{tag}>" if tag else "") + safe_xml.escape(each.text or ""))
        stack.append(f"</{tag}>" if tag and tag != "br" else "")
        for below in reversed(each):
            stack += [safe_xml.escape(below.tail or ""), below]
    return "".join(out)


def read_labels(part: Element, topic: dict) -> None:
    topic["labels"] = [words(each) for each in part if local(each) == "label"]


def read_markers(part: Element, topic: dict) -> None:
    topic["markers"] = [{"markerId": each.get("marker-id", "")} for each in part if local(each) == "marker-ref"]


def read_image(part: Element, topic: dict) -> None:
    image: dict[str, Any] = {"src": next((value for key, value in part.attrib.items() if key.endswith("src")), "")}
    for side in ("width", "height"):
        if part.get(f"{{{SVG}}}{side}"):
            image[side] = number(part.get(f"{{{SVG}}}{side}", ""))
    topic["image"] = image


def read_position(part: Element, topic: dict) -> None:
    topic["position"] = {axis: number(part.get(f"{{{SVG}}}{axis}", "0")) for axis in ("x", "y")}


def read_ranges(name: str):
    def ranges(part: Element, topic: dict) -> None:
        found = []
        for each in part:
            one = {"id": each.get("id", ""), "range": each.get("range", "")}
            if each.get("topic-id"):
                one["topicId"] = each.get("topic-id", "")
            if child(each, "title") is not None:
                one["title"] = words(child(each, "title"))
            found.append(one)
        topic[name] = found

    return ranges


def read_extensions(part: Element, topic: dict) -> None:
    found = []
    for each in part:
        content = child(each, "content")
        said = [{"name": local(one), "content": words(one)} for one in content] if content is not None else []
        found.append({"provider": each.get("provider", ""), "content": said})
    topic["extensions"] = found


def read_numbering(part: Element, topic: dict) -> None:
    topic["numbering"] = {key: value for key, value in (("numberFormat", part.get("number-format")),
                                                        ("prefix", words(child(part, "prefix"))),
                                                        ("suffix", words(child(part, "suffix")))) if value}  # fmt: skip


PARTS = {
    "notes": read_notes,
    "labels": read_labels,
    "marker-refs": read_markers,
    "img": read_image,
    "position": read_position,
    "boundaries": read_ranges("boundaries"),
    "summaries": read_ranges("summaries"),
    "extensions": read_extensions,
    "numbering": read_numbering,
}


# Out


def write(sheets: list[dict], files: dict[str, bytes]) -> bytes:
    """An .xmind for XMind 8; `files` by their names in it."""
    styles: dict[str, dict] = {}
    comments = Element(f"{{{COMMENTS}}}comments", {"version": "2.0"})
    content = Element(f"{{{CONTENT}}}xmap-content", {"version": "2.0"})
    for sheet in sheets:
        write_sheet(content, sheet, styles, comments)
    members = {"content.xml": spell(content), "styles.xml": spell(style_sheet(styles)),
               **({"comments.xml": spell(comments)} if len(comments) else {}),
               "meta.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
                           b'<meta xmlns="urn:xmind:xmap:xmlns:meta:2.0" version="2.0"/>',
               **dict(sorted(files.items()))}  # fmt: skip
    manifest = Element(f"{{{MANIFEST}}}manifest")
    for name in (*members, "META-INF/", "META-INF/manifest.xml"):
        kind = "text/xml" if name.endswith(".xml") else ""
        SubElement(manifest, f"{{{MANIFEST}}}file-entry", {"full-path": name, "media-type": kind})
    return archive.packed({**members, "META-INF/manifest.xml": spell(manifest)})


def spell(element: Element) -> bytes:
    for space, prefix in PREFIXES.items():
        Plain.register_namespace(prefix.rstrip(":"), space)
    space = element.tag[1:].partition("}")[0]
    return b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>' + Plain.tostring(
        unprefixed(element, space), encoding="unicode"
    ).encode("utf-8", "replace")


def unprefixed(element: Element, space: str) -> Element:
    """The elements of the file's own namespace without a prefix: some readers look for the bare names."""
    for each in element.iter():
        each.tag = each.tag.removeprefix(f"{{{space}}}")
    element.set("xmlns", space)
    return element


def style_sheet(styles: dict[str, dict]) -> Element:
    sheet = Element(f"{{{STYLE}}}xmap-styles", {"version": "2.0"})
    row = SubElement(sheet, f"{{{STYLE}}}styles")
    for key, style in styles.items():
        one = SubElement(row, f"{{{STYLE}}}style", {"id": key, "type": "topic"})
        known = {long(name): str(value) for name, value in style.get("properties", {}).items() if value is not None}
        SubElement(one, f"{{{STYLE}}}topic-properties", {key: safe_xml.plain(value) for key, value in known.items()})
    return sheet


def long(name: str) -> str:
    for space, prefix in PREFIXES.items():
        if name.startswith(prefix):
            return f"{{{space}}}{name.removeprefix(prefix)}"
    return name


def put(parent: Element, name: str, content: Any = None, **attributes: Any) -> Element:
    known = {long(key): safe_xml.plain(str(value)) for key, value in attributes.items() if value not in (None, "")}
    element = SubElement(parent, f"{{{CONTENT}}}{name}", known)
    if content is not None:
        element.text = safe_xml.plain(str(content))
    return element


def write_sheet(content: Element, sheet: dict, styles: dict, comments: Element) -> None:
    element = put(content, "sheet", id=sheet["id"])
    stack = [(element, sheet["rootTopic"])]
    while stack:
        parent, topic = stack.pop()
        below = write_one(parent, topic, styles)
        for each in topic.get("comments") or ():
            said = {"author": safe_xml.plain(each["author"]), "object-id": topic["id"], "time": each["ms"]}
            one = SubElement(comments, f"{{{COMMENTS}}}comment", said)
            SubElement(one, f"{{{COMMENTS}}}content").text = safe_xml.plain(each["content"])
        for kind, row in (topic.get("children") or {}).items():
            if row and below is not None:
                group = put(below, "topics", type=kind)
                stack += reversed([(group, each) for each in row if isinstance(each, dict)])
    put(element, "title", sheet.get("title", ""))
    relations = sheet.get("relationships") or []
    if relations:
        row = put(element, "relationships")
        for each in relations:
            one = put(row, "relationship", id=each.get("id"), end1=each.get("end1Id"), end2=each.get("end2Id"))
            if each.get("title"):
                put(one, "title", each["title"])
            points = each.get("controlPoints")
            if isinstance(points, dict) and points:
                group = put(one, "control-points")
                for n, point in points.items():
                    put(group, "control-point", index=n, **(point if isinstance(point, dict) else {}))


def write_one(parent: Element, topic: dict, styles: dict) -> Element | None:
    """The element of a topic; returns where its children go."""
    style = topic.get("style") if isinstance(topic.get("style"), dict) else None
    attributes = {"id": topic.get("id"), "structure-class": topic.get("structureClass"),
                  "branch": topic.get("branch"), "xlink:href": topic.get("href")}  # fmt: skip
    if style and style.get("properties"):
        key = str(style.get("id") or f"style-{topic.get('id')}")
        styles[key] = style
        attributes["style-id"] = key
    element = put(parent, "topic", **attributes)
    if "title" in topic:
        put(element, "title", topic["title"], **({"svg:width": topic["customWidth"]} if "customWidth" in topic else {}))
    image = topic.get("image")
    if isinstance(image, dict) and image.get("src"):
        sizes = {f"svg:{side}": image.get(side) for side in ("width", "height")}
        picture = SubElement(element, f"{{{XHTML}}}img", {f"{{{XHTML}}}src": str(image["src"])})
        for key, value in sizes.items():
            if value:
                picture.set(long(key), str(value))
    if topic.get("markers"):
        row = put(element, "marker-refs")
        for marker in topic["markers"]:
            put(row, "marker-ref", **{"marker-id": marker.get("markerId")})
    write_notes(element, topic.get("notes"))
    if topic.get("labels"):
        row = put(element, "labels")
        for label in topic["labels"]:
            put(row, "label", label)
    position = topic.get("position")
    if isinstance(position, dict):
        put(element, "position", **{f"svg:{axis}": str(position.get(axis, 0)) for axis in ("x", "y")})
    for name, one in (("boundaries", "boundary"), ("summaries", "summary")):
        if topic.get(name):
            row = put(element, name)
            for each in topic[name]:
                ends = {"id": each.get("id"), "range": each.get("range"), "topic-id": each.get("topicId")}
                made = put(row, one, **ends)
                if each.get("title"):
                    put(made, "title", each["title"])
    write_extensions(element, topic.get("extensions"))
    numbering = topic.get("numbering")
    if isinstance(numbering, dict) and numbering:
        made = put(element, "numbering", **{"number-format": numbering.get("numberFormat")})
        for part in ("prefix", "suffix"):
            if numbering.get(part):
                put(made, part, numbering[part])
    below = topic.get("children")
    return put(element, "children") if isinstance(below, dict) and any(below.values()) else None


def write_notes(element: Element, notes: Any) -> None:
    if not isinstance(notes, dict):
        return
    plain = notes.get("plain")
    content = plain.get("content") if isinstance(plain, dict) else None
    if not isinstance(content, str):
        return
    row = put(element, "notes")
    put(row, "plain", content)
    rich = put(row, "html")
    for line in content.split("\n"):
        SubElement(rich, f"{{{XHTML}}}p").text = safe_xml.plain(line)


def write_extensions(element: Element, extensions: Any) -> None:
    known = [each for each in extensions or () if isinstance(each, dict) and isinstance(each.get("content"), list)]
    if known:
        row = put(element, "extensions")
        for each in known:
            content = put(put(row, "extension", provider=each.get("provider")), "content")
            for one in each["content"]:
                if isinstance(one, dict) and safe_xml.is_name(one.get("name")):
                    put(content, one["name"], one.get("content", ""))

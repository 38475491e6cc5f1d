"""FreeMind and Freeplane (`.mm`), into topics."""

from xml.etree.ElementTree import Element

from meetingroom.cases.formats import safe_xml, topics, xmind8
from meetingroom.cases.formats.limits import MapRejected

# What their icons mean here; others are kept as markers by their own names.
ICONS = {"help": "symbol-question", "messagebox_warning": "symbol-exclam", "flag": "flag-red", "flag-red": "flag-red",
         "flag-green": "flag-green", "calendar": "other-calendar", "male1": "people-blue"}  # fmt: skip


def read(data: bytes) -> dict:
    """{sheets, resources, remarks}. Raises MapRejected."""
    tree = safe_xml.parse(data, "node")
    root = next((each for each in tree if each.tag == "node"), None)
    if tree.tag != "map" or root is None:
        raise MapRejected("map_unreadable")
    relations: list[dict] = []
    remarks: list[dict] = []
    top: dict = {}
    stack: list[tuple[Element, dict]] = [(root, top)]
    while stack:
        element, topic = stack.pop()
        read_node(element, topic, relations, remarks)
        below: list[tuple[Element, dict]] = [(each, {}) for each in element if each.tag == "node"]
        if below:
            topic["children"] = {"attached": [child for _each, child in below]}
        stack += reversed(below)
    return {"sheets": [{"title": top["title"], "rootTopic": top, "relationships": relations}], "resources": {},
            "remarks": remarks}  # fmt: skip


def read_node(element: Element, topic: dict, relations: list[dict], remarks: list[dict]) -> None:
    topic["id"] = element.get("ID", "")
    title, notes = element.get("TEXT") or element.get("LOCALIZED_TEXT") or "", []
    for part in element:
        if part.tag == "richcontent":
            said = topics.text_of_html(xmind8.rich_text(part)).strip()
            kind = part.get("TYPE", "NODE").upper()
            if kind == "NODE":
                title = said or title
                if not said and any(each.tag == "img" for each in part.iter()):
                    remarks.append({"code": "picture_outside", "text": title[:80]})
            elif said:
                notes.append(said)
        elif part.tag == "icon":
            name = part.get("BUILTIN", "")
            topic.setdefault("markers", []).append({"markerId": ICONS.get(name, name)})
        elif part.tag == "arrowlink":
            relations.append({"end1Id": topic["id"], "end2Id": part.get("DESTINATION", ""),
                              "title": part.get("MIDDLE_LABEL", "")})  # fmt: skip
        elif part.tag == "attribute":
            name, value = part.get("NAME", ""), part.get("VALUE", "")
            if name or value:
                topic.setdefault("labels", []).append(f"{name} {value}".strip())
    topic["title"] = title
    if notes:
        topic["notes"] = {"plain": {"content": "\n".join(notes)}}
    if link := element.get("LINK", ""):
        topic["href"] = f"xmind:{link}" if link.startswith("#") else link
        if not link.startswith(("#", "http://", "https://", "file:")) and ":" not in link:
            topic["href"] = f"file:{link}"
    if element.get("FOLDED") == "true":
        topic["branch"] = "folded"
    if element.get("BACKGROUND_COLOR"):
        topic["style"] = {"properties": {"svg:fill": element.get("BACKGROUND_COLOR")}}

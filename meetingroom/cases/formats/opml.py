"""OPML 2.0, into topics."""

from xml.etree.ElementTree import Element

from meetingroom.cases.formats import safe_xml
from meetingroom.cases.formats.limits import MapRejected


def read(data: bytes) -> dict:
    """{sheets, resources, remarks}. Several outlines at the top get the title of the file above them."""
    tree = safe_xml.parse(data, "outline")
    body = next((each for each in tree if each.tag == "body"), None)
    if tree.tag != "opml" or body is None:
        raise MapRejected("map_unreadable")
    title = "".join(tree.findtext("head/title", "")).strip()
    rows = [each for each in body if each.tag == "outline"]
    if not rows:
        raise MapRejected("map_empty")
    top: dict = {"title": title}
    stack: list[tuple[Element, dict]] = []
    if len(rows) == 1:
        stack.append((rows[0], top))
    else:
        top["children"] = {"attached": [{} for _each in rows]}
        stack += reversed(list(zip(rows, top["children"]["attached"], strict=True)))
    while stack:
        element, topic = stack.pop()
        topic["title"] = element.get("text") or element.get("title") or topic.get("title", "")
        if note := element.get("_note", ""):
            topic["notes"] = {"plain": {"content": note}}
        if link := element.get("url") or element.get("htmlUrl"):
            topic["href"] = link
        below = [each for each in element if each.tag == "outline"]
        if below:
            topic["children"] = {"attached": [{} for _each in below]}
            stack += reversed(list(zip(below, topic["children"]["attached"], strict=True)))
    return {"sheets": [{"title": title or top["title"], "rootTopic": top}], "resources": {}, "remarks": []}

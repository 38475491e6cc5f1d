"""XML from strangers: no document type, no entities, nothing fetched, bounded in depth and number."""

import html
import io
import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from meetingroom.cases.formats import limits
from meetingroom.cases.formats.limits import MapRejected

NESTED = 4 * limits.DEPTH  # a topic of XMind 8 stands in three elements
ELEMENTS = 400_000
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(data: bytes, topic: str = "") -> Element:
    """The root element; `topic` is the tag of which there may be as many as a map has nodes. Raises MapRejected."""
    depth = count = topics = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            depth, count, topics = depth + 1, count + 1, topics + (element.tag == topic)
            root = element if root is None else root
            if depth > NESTED:
                raise MapRejected("map_too_deep", most=limits.DEPTH)
            if count > ELEMENTS or topics > limits.TOPICS:
                raise MapRejected("map_topics", most=limits.TOPICS)
    except DefusedXmlException:
        raise MapRejected("map_entities") from None
    except (ParseError, ValueError, LookupError):
        raise MapRejected("map_unreadable") from None
    if root is None:
        raise MapRejected("map_empty")
    return root


def escape(text: str) -> str:
    return html.escape(text, quote=False)


def plain(text: str) -> str:
    """Without what XML cannot spell."""
    return NOT_XML.sub("", text)


def is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[A-Za-z_][\w.-]*", value))

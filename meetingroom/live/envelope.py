"""What the origin says to its edges over Redis: a head in JSON, and below it the packet as screens get it. Values only.

A channel for each room, so that over a weak line come the rooms that are needed there, and one for each edge, on which
it hears what is meant for one of its sockets.
"""

import hashlib
import json
from typing import Any

from meetingroom import config

LANGUAGE = 1  # rises when what origin and edges say to each other changes its meaning
METHODS = ("emit", "wave", "leave_room", "disconnect")


class OtherVersion(ValueError):
    """It comes from another version of the program: whether it means the same is not to be guessed."""


def spoken() -> str:
    """What this program speaks with its edges, or with its origin: an edge of another version is refused."""
    return f"{config.version()}/{LANGUAGE}"


def pack(version: str, about: dict[str, Any], text: str = "") -> bytes:
    """`about` is {method, …}; `text` the Socket.IO packet of an `emit` or a `wave`."""
    return f"{json.dumps({'v': version, **about}, separators=(',', ':'))}\n{text}".encode()


def unpack(version: str, raw: bytes) -> tuple[dict[str, Any], str]:
    """(about, text). Raises OtherVersion, and ValueError for what is no message of the origin's."""
    head, _, text = raw.decode().partition("\n")
    about = json.loads(head)
    if not isinstance(about, dict) or not isinstance(about.get("v"), str):
        raise ValueError("no message of the origin's")
    if about.pop("v") != version:
        raise OtherVersion("a message of another version of the program")
    if about.get("method") not in METHODS:
        raise ValueError("a message of an unknown kind")
    return about, text


def body_of(text: str) -> dict:
    """The body of an event's packet (`2["patch",{…}]`). Raises ValueError."""
    found = json.loads(text[text.index("[") :])
    if len(found) != 2 or not isinstance(found[1], dict):
        raise ValueError("an event without a body")
    return found[1]


class Channels:
    """The names of the channels of one agency: another that uses the same Redis has another secret."""

    def __init__(self, secret: str):
        self.beginning = "meetingroom:" + hashlib.sha256(b"channels of " + secret.encode()).hexdigest()[:16]

    def room(self, name: str) -> str:
        return f"{self.beginning}:room:{name}"

    def edge(self, boot: str) -> str:
        return f"{self.beginning}:edge:{boot}"

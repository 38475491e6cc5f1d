"""The address that others in the network reach this server at: what QR codes and cards say."""

import socket

from flask import request

from meetingroom.web import proxies
from meetingroom.web.context import context

OWN = {"localhost", "127.0.0.1", "::1", "[::1]"}


def public_address() -> str:
    """`http://192.168.1.5:8000`: what the operator set, else as the reader typed it, but for "localhost", which leads a
    telephone to itself."""
    if context().settings.address:
        return proxies.origin(context().settings.address)
    address = request.host_url.rstrip("/")
    name, _, port = request.host.rpartition(":") if ":" in request.host.rpartition("]")[2] else (request.host, "", "")
    if name not in OWN or not (outward := own_address()):
        return address
    return f"{request.scheme}://{outward}{':' + port if port else ''}"


def own_address() -> str:
    """The address by which this machine reaches others, or "". Nothing is sent: connecting UDP asks the way only."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return ""

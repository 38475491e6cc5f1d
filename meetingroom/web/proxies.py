"""What stands between browsers and this program: proxies that rewrite the Host, put it under a path, send in chunks.

Around the whole program, the socket included, since each looks at the address by itself.
"""

import json
import logging
import re
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

from meetingroom.config import Settings

logger = logging.getLogger(__name__)

PREFIXED = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phòng họp</title>
<p>Phần mềm phòng họp cần một tên máy chủ hoặc một cổng riêng, không hoạt động trong thư mục con của một trang khác
(X-Forwarded-Prefix). Đề nghị quản trị viên sửa cấu hình máy chủ trung gian.
<p lang="en">The meeting room needs a host name or a port of its own; it does not work under a path of another site
(X-Forwarded-Prefix). See docs/operations.md, “HTTPS, and nginx in front”.
"""


NO_HOST = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phòng họp</title>
<p>Địa chỉ không hợp lệ. Đề nghị nhập lại địa chỉ của phòng họp trong trình duyệt.
<p lang="en">This is not a valid address. Please type the address of the meeting room again.
"""
BAD_HOST = {"code": "malformed", "message": "Địa chỉ máy chủ (Host) không hợp lệ. · The address (Host) is not valid."}

# A name or IPv4 address, or an IPv6 address in brackets, and perhaps a port: all that may stand in links, in the policy
# of a page and in the comparison of origins (RFC 9110, section 7.2).
HOST = re.compile(r"(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?", re.IGNORECASE | re.ASCII)
CLAIMS = ("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_PORT")


class BadAddress(ValueError):
    """MEETINGROOM_ADDRESS or MEETINGROOM_PROXY_ADDRESSES is not what it has to be."""


def origin(address: str) -> str:
    """`https://hop.vks.gov.vn` of the address that was set. Raises BadAddress, with words for the operator."""
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username:
        raise BadAddress(f"MEETINGROOM_ADDRESS must be like https://hop.example.gov.vn, not {address!r}")
    if parts.path.strip("/"):
        raise BadAddress(
            f"MEETINGROOM_ADDRESS has a path ({parts.path}): the meeting room needs a host name or a port of its own"
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def networks(text: str) -> list:
    """The addresses and networks (`10.0.0.5, 192.168.1.0/24`) proxies come from. Raises BadAddress."""
    try:
        return [ip_network(part.strip()) for part in text.split(",") if part.strip()]
    except ValueError as error:
        raise BadAddress(f"MEETINGROOM_PROXY_ADDRESSES: {error}") from None


def is_host(text: str) -> bool:
    """Whether a Host header names one server."""
    found = HOST.fullmatch(text)
    return found is not None and int(found[1] or 0) < 65536


class Proxies:
    """A WSGI program around another."""

    def __init__(self, app, settings: Settings):
        self.app = app
        n = settings.trusted_proxies
        self.proxies = networks(settings.proxy_addresses) if n else []
        self.believing = ProxyFix(self.heard, x_for=n, x_proto=n, x_host=n)
        self.address = origin(settings.address) if settings.address else ""
        self.warned: set[str] = set()

    def __call__(self, environ, start_response):
        """What is said about where a request came from counts only if a proxy of ours says it. It is read here, once,
        for the pages and the socket alike (the socket's library would believe everybody)."""
        believed = self.is_proxy(environ.get("REMOTE_ADDR", ""))
        return (self.believing if believed else self.heard)(environ, start_response)

    def heard(self, environ, start_response):
        for claim in CLAIMS:
            environ.pop(claim, None)
        if not is_host(environ.get("HTTP_HOST", "unsaid")):  # HTTP/1.0 may say none
            return refuse_address(environ, start_response)
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            # The server ends such a body by itself. Whatever length is told beside it does not count (RFC 9112, 6.3).
            environ["wsgi.input_terminated"] = True
            environ.pop("CONTENT_LENGTH", None)
        prefix = environ.get("HTTP_X_FORWARDED_PREFIX", "").strip("/ ") or environ.get("SCRIPT_NAME", "").strip("/")
        if prefix:
            self.warn_once(
                "a proxy serves this program under the path /%s: give it a host name or a port of its own", prefix
            )
            start_response("421 Misdirected Request", [("Content-Type", "text/html; charset=utf-8")])
            return [PREFIXED.encode()]
        if self.address and self.where_from(environ) == self.address:
            # What the browser says stands in its address bar; a page of another site cannot say so.
            environ["wsgi.url_scheme"], _, environ["HTTP_HOST"] = self.address.partition("://")
        elif environ.get("PATH_INFO", "").startswith("/socket.io/") and self.is_rewritten(environ):
            self.warn_once(
                "a browser at %s came with another Host: either a foreign page, or a proxy in between that rewrites it."
                " Let the proxy pass the Host on (proxy_set_header Host $host), or set MEETINGROOM_ADDRESS",
                environ["HTTP_ORIGIN"][:200],
            )
        return self.app(environ, start_response)

    def where_from(self, environ) -> str:
        """The origin of the page that asks, as the browser tells it, or ""."""
        address = environ.get("HTTP_ORIGIN") or environ.get("HTTP_REFERER", "")
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        return f"{parts.scheme}://{parts.netloc.lower()}"

    def is_rewritten(self, environ) -> bool:
        host = environ.get("HTTP_HOST", "").lower()
        return "HTTP_ORIGIN" in environ and self.where_from(environ).partition("://")[2] != host

    def is_proxy(self, address: str) -> bool:
        """Whether a connection from there is one of the proxies that were named."""
        if not self.proxies:
            return False
        try:
            peer = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if isinstance(peer, IPv6Address) and peer.ipv4_mapped:
            peer = peer.ipv4_mapped
        return any(peer in network for network in self.proxies)

    def warn_once(self, words: str, what: str) -> None:
        """Once each, and not without end."""
        if what not in self.warned and len(self.warned) < 20:
            self.warned.add(what)
            logger.warning(words, what)


def refuse_address(environ, start_response):
    """400 in words, before anything looks at the Host."""
    wants_json = environ.get("PATH_INFO", "").startswith(("/api/", "/documents/", "/socket.io/"))
    body = json.dumps({"error": BAD_HOST}, ensure_ascii=False) if wants_json else NO_HOST
    kind = "application/json" if wants_json else "text/html; charset=utf-8"
    sent = body.encode()
    headers = [("Content-Type", kind), ("Content-Length", str(len(sent))), ("Cache-Control", "no-store")]
    start_response("400 Bad Request", [*headers, ("X-Content-Type-Options", "nosniff")])
    return [sent]

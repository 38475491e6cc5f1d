"""What stands between browsers and this program: proxies that rewrite the Host, put it under a path, send in chunks.

Around the whole program, the socket included, since each looks at the address by itself.
"""

import logging
from urllib.parse import urlsplit

from meetingroom.config import Settings

logger = logging.getLogger(__name__)

PREFIXED = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Phòng họp</title>
<p>Phần mềm phòng họp cần một tên máy chủ hoặc một cổng riêng, không hoạt động trong thư mục con của một trang khác
(X-Forwarded-Prefix). Đề nghị quản trị viên sửa cấu hình máy chủ trung gian.
<p lang="en">The meeting room needs a host name or a port of its own; it does not work under a path of another site
(X-Forwarded-Prefix). See docs/operations.md, “HTTPS, and nginx in front”.
"""


class BadAddress(ValueError):
    """MEETINGROOM_ADDRESS is not what people could type."""


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


class Outside:
    """A WSGI program around another."""

    def __init__(self, app, settings: Settings):
        self.app = app
        self.address = origin(settings.address) if settings.address else ""
        self.told: set[str] = set()

    def __call__(self, environ, start_response):
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            # The server ends such a body by itself. Whatever length is told beside it does not count (RFC 9112, 6.3).
            environ["wsgi.input_terminated"] = True
            environ.pop("CONTENT_LENGTH", None)
        prefix = environ.get("HTTP_X_FORWARDED_PREFIX", "").strip("/ ") or environ.get("SCRIPT_NAME", "").strip("/")
        if prefix:
            self.tell(
                "a proxy serves this program under the path /%s: give it a host name or a port of its own", prefix
            )
            start_response("421 Misdirected Request", [("Content-Type", "text/html; charset=utf-8")])
            return [PREFIXED.encode()]
        came_from = self.where_from(environ)
        if self.address and came_from == self.address:
            # What the browser says stands in its address bar; a page of another site cannot say so.
            environ["wsgi.url_scheme"], _, environ["HTTP_HOST"] = self.address.partition("://")
            environ["HTTP_X_FORWARDED_PROTO"], environ["HTTP_X_FORWARDED_HOST"] = (
                environ["wsgi.url_scheme"],
                environ["HTTP_HOST"],
            )
        elif environ.get("PATH_INFO", "").startswith("/socket.io/") and self.is_rewritten(environ):
            self.tell(
                "a browser at %s came with another Host: either a foreign page, or a proxy in between that rewrites it."
                " Let the proxy pass the Host on (proxy_set_header Host $host), or set MEETINGROOM_ADDRESS",
                environ["HTTP_ORIGIN"][:200],
            )
        return self.app(environ, start_response)

    def where_from(self, environ) -> str:
        """The origin of the page that asks, as the browser tells it, or ""."""
        told = environ.get("HTTP_ORIGIN") or environ.get("HTTP_REFERER", "")
        try:
            parts = urlsplit(told)
        except ValueError:
            return ""
        return f"{parts.scheme}://{parts.netloc.lower()}"

    def is_rewritten(self, environ) -> bool:
        hosts = {environ.get("HTTP_HOST", "").lower(), environ.get("HTTP_X_FORWARDED_HOST", "").lower()}
        return "HTTP_ORIGIN" in environ and self.where_from(environ).partition("://")[2] not in hosts

    def tell(self, words: str, what: str) -> None:
        """Once each, and not without end."""
        if what not in self.told and len(self.told) < 20:
            self.told.add(what)
            logger.warning(words, what)

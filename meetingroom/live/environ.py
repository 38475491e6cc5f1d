"""What a WSGI program is told of a request, made once for each connection as far as it stays the same.

eventlet asks the kernel and turns the name of every header around for each request. What comes of it here is the same.
"""

from functools import lru_cache
from urllib.parse import unquote

NAMES = 256  # of headers that are kept


@lru_cache(maxsize=NAMES)
def variable(name: str) -> str:
    """`X-Request-Id` → `HTTP_X_REQUEST_ID`; "" for what is no header of its own there. With an underscore it would be
    taken for another header."""
    key = name.replace("-", "_").upper()
    return "" if "_" in name or key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"


def lasting(protocol) -> dict:
    """What is the same for all requests of a connection."""
    address, here = protocol.client_address, protocol.request.getsockname()
    name, port = (here[0], here[1]) if isinstance(here, tuple) else ("unix", "")
    remote, remote_port = (address[0], address[1]) if isinstance(address, tuple) else ("unix", "")
    state = protocol.conn_state

    def set_idle():
        state[2] = "idle"

    return {
        **protocol.server.get_environ(),
        "SCRIPT_NAME": "",
        "SERVER_PROTOCOL": "HTTP/1.0",
        "SERVER_NAME": name,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": remote,
        "REMOTE_PORT": str(remote_port),
        "GATEWAY_INTERFACE": "CGI/1.1",
        "eventlet.set_idle": set_idle,
    }


def variables(head) -> dict[str, str]:
    """The headers, by the names they have there."""
    found: dict[str, str] = {}
    for name, value in head._headers:
        if key := variable(name):
            found[key] = f"{found[key]},{value}" if key in found else value
    return found


def of_request(always: dict, protocol, library) -> dict:
    """All of it; `library` is eventlet's class of what a body is read from."""
    head = protocol.headers
    path, _, query = head.path.partition("?")
    length = head.get("content-length")
    found = head.variables
    if found is None:
        found = head.variables = variables(head)
    chunked = found.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    expects = found.get("HTTP_EXPECT", "").lower() == "100-continue"
    body = library(
        protocol.rfile,
        length if chunked or length is not None else "0",
        protocol.connection,
        wfile=protocol.wfile if expects else None,
        wfile_line=b"HTTP/1.1 100 Continue\r\n" if expects else None,
        chunked_input=chunked,
    )
    reported = {
        **always,
        "REQUEST_METHOD": head.method,
        "RAW_PATH_INFO": path,
        "PATH_INFO": unquote(path, encoding="latin1") if "%" in path else path,
        "CONTENT_TYPE": head.get("content-type") or head.get_content_type(),
        "headers_raw": tuple(head._headers),
        "wsgi.input": body,
        "eventlet.input": body,
        "eventlet.posthooks": [],
        **found,
    }
    if "?" in head.path:
        reported["QUERY_STRING"] = query
    if length:
        reported["CONTENT_LENGTH"] = length
    return reported

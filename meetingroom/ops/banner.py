"""What the terminal shows when the server is ready: where to go, with which code, and a picture to scan."""

import io
from collections.abc import Sequence

import segno

from meetingroom.config import Settings
from meetingroom.ops.listening import list_addresses
from meetingroom.web import proxies


def where(settings: Settings) -> list[str]:
    """The addresses of the server, the one for tablets first; this machine's own when there is no network.

    Raises BadAddress if the one that the operator set is none.
    """
    own = [f"http://{bracketed(address)}:{settings.port}" for address in list_addresses(settings.host) or ["localhost"]]
    return [proxies.origin(settings.address), *own] if settings.address else own


def bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def banner(settings: Settings) -> str:
    lines = [
        "",
        "Phòng họp không giấy đã sẵn sàng · The paperless meeting room is ready",
        "",
        f"  Trên máy này · On this machine    http://localhost:{settings.port}",
    ]
    for number, address in enumerate(a for a in where(settings) if "localhost" not in a):
        title = "Trong mạng    · In the network" if number == 0 else ""
        lines.append(f"  {title:<33} {address}")
    return "\n".join(lines)


def first_visit(settings: Settings, code: str) -> str:
    """How the first administrator comes in: the code stands in the address, so that nobody types it."""
    link = f"{where(settings)[0]}/first?code={code}"
    return "\n".join(
        (
            "",
            "Chưa có người dùng nào. Mở liên kết (hoặc quét mã) để tạo quản trị viên đầu tiên:",
            "There is nobody yet. Open the link (or scan it) to create the first administrator:",
            "",
            f"  Mở · Open    {link}",
            f"  Mã · Code    {code}",
            "",
            qr(link),
        )
    )


def stopping() -> str:
    return "\nDừng máy chủ: Ctrl+C · To stop the server: Ctrl+C\n"


def qr(address: str) -> str:
    """The address as a picture of characters, for the camera of a tablet."""
    out = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(out=out, compact=True, border=2)
    return out.getvalue().rstrip("\n")


def columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows in aligned columns, indented by two."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("   ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join("  " + line.rstrip() for line in lines)

"""The listening socket, and the addresses at which tablets find it."""

import errno
import fcntl
import resource
import socket
import struct

from meetingroom.config import Settings
from meetingroom.ops.startup_errors import StartupError
from meetingroom.web.address import own_address

BACKLOG = 4096  # a whole conference comes back at the same moment after the power was out
NOT_OURS = ("lo", "docker", "br-", "veth", "virbr", "tun", "tap", "cni", "flannel")
SIOCGIFADDR = 0x8915


def open_listener(settings: Settings) -> socket.socket:
    """Bound and listening. Raises StartupError: port taken, not allowed, no such address.

    Without SO_REUSEPORT: two servers on one port would each get half of the tablets.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Inherited by every connection: a page turn is one small packet, which must not wait for the next one.
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        found.bind((settings.host, settings.port))
        found.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        found.close()
        raise explain_error(settings, error) from error
    return found


def explain_error(settings: Settings, error: Exception) -> StartupError:
    port, code = settings.port, getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return StartupError(
            f"cổng {port} đang được chương trình khác dùng; đề nghị chọn cổng khác, ví dụ PORT={port + 1}.",
            f"port {port} is taken by another program; choose another, for example PORT={port + 1}.",
        )
    if code == errno.EACCES:
        return StartupError(
            f"không được phép dùng cổng {port}; đề nghị chọn cổng từ 1024 trở lên, ví dụ PORT=8000.",
            f"port {port} is not allowed here; choose one from 1024 up, for example PORT=8000.",
        )
    return StartupError(
        f"không mở được địa chỉ {settings.host}:{port} ({error}); đề nghị kiểm tra PORT và MEETINGROOM_HOST.",
        f"cannot listen at {settings.host}:{port} ({error}); check PORT and MEETINGROOM_HOST.",
    )


def raise_file_limit() -> None:
    """As many open files as the system lets us: every tablet holds one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def list_addresses(host: str) -> list[str]:
    """This machine's addresses in the LAN, the likeliest first; `host` alone when the server listens there only."""
    if host not in ("0.0.0.0", "::", ""):  # noqa: S104
        return [] if host in ("127.0.0.1", "::1", "localhost") else [host]
    found = [own_address(), *(address for _, address in list_interfaces())]
    return [a for n, a in enumerate(found) if a and not a.startswith("127.") and a not in found[:n]]


def list_interfaces() -> list[tuple[str, str]]:
    """(name, IPv4 address) of the network cards, without containers' and tunnels'. Linux; empty elsewhere."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            if name.startswith(NOT_OURS):
                continue
            try:
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue
            found.append((name, socket.inet_ntoa(answer[20:24])))
    return found

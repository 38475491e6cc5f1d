"""Settings: read once, from the environment and the data folder."""

import os
import secrets
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """Everything an operator can choose. Sizes in bytes, times in seconds."""

    data: Path = Path("data")
    host: str = "0.0.0.0"  # noqa: S104  (the tablets of the LAN must reach it)
    port: int = 8000
    language: str = "vi"
    async_mode: str = "eventlet"
    secure_cookies: bool = False  # True behind HTTPS
    address: str = ""  # https://…, what people type, where a proxy in between hides it
    trusted_proxies: int = 0  # how many proxies stand in front and may say where a request came from …
    proxy_addresses: str = "127.0.0.0/8, ::1"  # … and from which addresses or networks they come
    upload_limit: int = 500 * MEGABYTE
    page_limit: int = 1000
    case_file_limit: int = 3072 * MEGABYTE  # of one scanned file of a case …
    case_page_limit: int = 4000  # … and its pages
    case_media_hours: int = 12  # that a recording of a case may last
    recognise: bool = True  # the words of scanned pages, where tesseract is installed
    marks_days: int = 0  # days after a meeting's close private marks are deleted; 0: with its dossier
    session_days: int = 14
    fast_emit: bool = True  # write page turns straight to the sockets (live/fast.py)
    accel_redirect: str = ""  # nginx's internal location for the data folder; empty: this program sends the files
    ping_interval: float = 14  # how often a connection is asked whether it lives …
    ping_timeout: float = 10  # … and how long the answer may take: a half-open one is found within the sum
    sign_desktop: bool = False  # by a signing program on the signer's own computer (wss://127.0.0.1:8987)
    sign_p12: bool = False  # by a key file that is brought for one signature
    pkcs11: str = ""  # the module of a signing token at this server; empty: there is none …
    pkcs11_token: str = ""  # … and its label, where the module knows several
    signing_key: str = ""  # the file with the key of signers' pictures, outside the data folder
    redis: str = ""  # redis://… or rediss://…, by which the edges are told; empty: there are none
    edge_secret: str = ""  # what the origin knows its edges by
    origin: str = ""  # of an edge: the address of the origin
    edge_name: str = ""  # of an edge: what the administrator sees it as
    site_cache: str = ""  # of an edge: the file in which the nginx beside it says whether it had a page
    log_level: str = "info"
    testing: bool = False

    @property
    def database(self) -> Path:
        return self.data / "meetingroom.db"

    @property
    def wake(self) -> Path:
        """Grows when there is a new job: the worker looks at its size."""
        return self.data / "worker.wake"

    @property
    def files(self) -> Path:
        """Originals, by SHA-256."""
        return self.data / "files"

    @property
    def pages(self) -> Path:
        """Rendered pages, by SHA-256 of the original."""
        return self.data / "pages"


def from_environment(**overrides) -> Settings:
    """Settings from `MEETINGROOM_*` (and `PORT`, `DATA`), then from the keyword arguments that are not None."""
    read = os.environ.get
    found = {
        "data": Path(read("DATA") or read("MEETINGROOM_DATA") or "data"),
        "host": read("MEETINGROOM_HOST"),
        "port": int(read("PORT") or read("MEETINGROOM_PORT") or 8000),
        "language": read("MEETINGROOM_LANGUAGE"),
        "address": read("MEETINGROOM_ADDRESS"),
        "async_mode": read("MEETINGROOM_ASYNC_MODE"),
        "case_file_limit": megabytes(read("MEETINGROOM_CASE_FILE_LIMIT_MB")),
        "case_page_limit": number(read("MEETINGROOM_CASE_PAGE_LIMIT")),
        "case_media_hours": number(read("MEETINGROOM_CASE_MEDIA_HOURS")),
        "recognise": flag(read("MEETINGROOM_RECOGNISE")),
        "marks_days": number(read("MEETINGROOM_MARKS_DAYS")),
        "secure_cookies": flag(read("MEETINGROOM_SECURE_COOKIES")),
        "trusted_proxies": number(read("MEETINGROOM_TRUSTED_PROXIES")),
        "proxy_addresses": read("MEETINGROOM_PROXY_ADDRESSES"),
        "fast_emit": flag(read("MEETINGROOM_FAST_EMIT")),
        "accel_redirect": read("MEETINGROOM_ACCEL_REDIRECT"),
        "ping_interval": decimal(read("MEETINGROOM_PING_INTERVAL")),
        "ping_timeout": decimal(read("MEETINGROOM_PING_TIMEOUT")),
        "sign_desktop": flag(read("MEETINGROOM_SIGN_DESKTOP")),
        "sign_p12": flag(read("MEETINGROOM_SIGN_P12")),
        "pkcs11": read("MEETINGROOM_PKCS11"),
        "pkcs11_token": read("MEETINGROOM_PKCS11_TOKEN"),
        "signing_key": read("MEETINGROOM_SIGNING_KEY"),
        "redis": read("MEETINGROOM_REDIS"),
        "edge_secret": read("MEETINGROOM_EDGE_SECRET"),
        "origin": read("MEETINGROOM_ORIGIN"),
        "edge_name": read("MEETINGROOM_EDGE_NAME"),
        "site_cache": read("MEETINGROOM_SITE_CACHE"),
        "log_level": read("MEETINGROOM_LOG_LEVEL"),
    }
    chosen = {**found, **overrides}
    return Settings(**{name: value for name, value in chosen.items() if value is not None})


def flag(text: str | None) -> bool | None:
    return None if text is None else text.strip().lower() in {"1", "true", "yes", "on"}


def number(text: str | None) -> int | None:
    """Raises ValueError for what is no number, or below zero."""
    if text is not None and int(text) < 0:
        raise ValueError(f"{int(text)} < 0")
    return None if text is None else int(text)


def megabytes(text: str | None) -> int | None:
    return None if text is None else (number(text) or 0) * MEGABYTE


def decimal(text: str | None) -> float | None:
    return None if text is None else float(text)


@cache
def version() -> str:
    """Of the program, as its people know it."""
    project_file = Path(__file__).parents[1] / "pyproject.toml"
    return tomllib.loads(project_file.read_text("utf-8"))["project"]["version"]


def secret_key(data: Path) -> bytes:
    """The key that signs session cookies: made at the first start, readable by its owner only."""
    path = data / "secret.key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".new")
        aside.write_bytes(secrets.token_bytes(32))
        aside.chmod(0o600)
        aside.rename(path)
    return path.read_bytes()

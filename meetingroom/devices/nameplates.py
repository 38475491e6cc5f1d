"""What stands on nameplates; `nameplates_pdf` draws them, in the process for documents. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Nameplate:
    """What stands on one card. `address` is where its QR code leads; `code` the same to be typed."""

    name: str
    title: str
    unit: str
    site: str
    code: str
    address: str


@dataclass(frozen=True)
class Occasion:
    """What all the cards of a meeting share. `door` is where a code can be typed: `192.168.1.5:8000/join`."""

    agency: str
    meeting: str
    door: str
    printed: int = 0  # ms

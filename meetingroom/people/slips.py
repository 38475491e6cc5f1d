"""Slips of paper with a first password or a sign-in link. Pure; nothing of it is kept."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class Slip:
    """What one person gets in an envelope. `secret` is the temporary password, or empty when there is a `link`."""

    name: str
    title: str
    unit: str
    username: str
    secret: str = ""
    link: str = ""


def qr(address: str) -> str:
    """An SVG without styles of its own, so that the content policy lets it be."""
    return segno.make(address, error="m").svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None)

"""Slips of paper with a first password or a sign-in link; nothing of it is kept."""

from dataclasses import dataclass

import segno
from flask import render_template

from meetingroom.web import address


@dataclass(frozen=True)
class CredentialSlip:
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


def slip(person: dict, secret: str = "", link: str = "") -> CredentialSlip:
    unit = person["unit_name"] or ""
    return CredentialSlip(person["name"], person["title"] or "", unit, person["username"], secret, link)


def slip_page(made: list[CredentialSlip], *, back: str, heading: str):
    """Answered to the POST itself and kept nowhere: reading it again needs another reset."""
    return render_template(
        "people/slips.html", slips=made, back=back, heading=heading, address=address.public_address(), qr=qr
    )

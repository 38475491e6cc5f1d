"""Nameplates as a file, made in the process for documents."""

from meetingroom.devices.nameplates import Nameplate, Occasion
from meetingroom.devices.nameplates_pdf import nameplates_pdf


def nameplates(request: dict) -> tuple[dict, bytes]:
    """`{cards: [{name, title, …}], occasion: {agency, …}, language}` → ({}, PDF)."""
    cards = [Nameplate(**card) for card in request["cards"]]
    return {}, nameplates_pdf(cards, Occasion(**request["occasion"]), request["language"])

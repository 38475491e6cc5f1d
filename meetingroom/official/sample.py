"""A made-up notice, to see a layout by. Pure."""

from meetingroom.minutes.outline import Block
from meetingroom.official.document import Official, Signer
from meetingroom.printing import layout as layouts
from meetingroom.printing.letterhead import Letterhead, letterhead
from meetingroom.printing.wording import words


def notice(unit: dict, units: list[dict], layout: layouts.Layout, language: str) -> Official:
    """Form 1.4 with a number, a place and a date, two conclusions and a signer."""
    _ = words(language)
    above = next((other["name"] for other in units if other["id"] == unit["parent"]), "")
    top = letterhead(units)
    known = top if top.issuing == unit["name"] else Letterhead(unit["name"], above, short=unit["short"] or "")
    letters = layout.on_letterhead(known)
    agency = letters.symbol.partition("-")[2] or top.symbol.partition("-")[2]
    filled = Letterhead(letters.issuing, letters.parent, f"12/TB-{agency}" if agency else "12/TB", letters.short)
    office = layout.signers.get("thong_bao", _("HEAD OF THE AGENCY"))
    day = _("%(day)s/%(month)s/%(year)s", day="05", month="01", year=2027)
    copies = tuple(line for line in layout.recipients.get("thong_bao", "").split("\n") if line.strip())
    text = _("This is an example: it shows how the documents of this unit look on paper, with the length of lines that"
             " a conclusion of the chair usually has.")  # fmt: skip
    return Official(
        "thong_bao",
        filled,
        _("NOTICE"),
        _("Conclusions at the monthly meeting"),
        tuple(Block("text", f"{number}{text}") for number in ("", "1. ", "2. ")),
        signers=(Signer(office, layout.names.get("thong_bao", "")),),
        recipients=copies or (_("The participants"), _("File: records, dossier")),
        place_date=", ".join(part for part in (layout.place, day) if part),
        urgency=layout.urgency,
        circulation=layout.circulation,
        foot=layout.address,
        paper=layout.paper,
    )

"""The notice of lessons drawn from a trial (thông báo rút kinh nghiệm), form 1.4: its number and date are left to be
filled in, and what is concluded from the points is left to be written. Pure."""

from dataclasses import replace

from meetingroom import clock
from meetingroom.cases.court import rows, terms
from meetingroom.cases.court.rows import Group
from meetingroom.minutes.narrative_report import bl_words
from meetingroom.minutes.outline import Block
from meetingroom.official.document import Official, Signer
from meetingroom.printing import wording
from meetingroom.printing.layout import Layout
from meetingroom.printing.letterhead import Letterhead
from meetingroom.printing.wording import Words

ROOM = "\N{NO-BREAK SPACE}" * 5  # for two figures, written or stamped
KIND = "thong_bao"  # whose signer and recipients a unit has set


def notice(
    hearing: dict, case: dict, found: list[Group], letters: Letterhead, layout: Layout, now: int, _: Words
) -> Official:
    """`found`: what lessons are drawn from; `case`: {code, title}."""
    agency = " ".join((letters.issuing or "…").split())
    blocks = [Block("text", opening(hearing, case, agency, _))]
    number = 0
    for kind, heading in (
        ("strength", _("STRONG POINTS")),
        ("weakness", _("WEAK POINTS TO LEARN FROM")),
        ("violation", _("PROCEDURAL VIOLATIONS THAT WERE SEEN")),
    ):
        mine = [group for group in found if group.head["kind"] == kind]
        if mine:
            number += 1
            blocks.append(Block("item", f"{roman(number)}. {heading}"))
            blocks += [point(n, group, hearing["days"], _) for n, group in enumerate(mine, 1)]
    last_heading = _("LESSONS FOR THE UNITS")
    blocks += [Block("item", f"{roman(number + 1)}. {last_heading}"), Block("text", "…")]
    last = _("%(agency)s informs the units, for them to study and draw lessons from./.", agency=agency)
    symbol = "-".join(part for part in ("TB", letters.symbol.partition("-")[2]) if part)
    return Official(
        "rut_kinh_nghiem",
        replace(letters, number="", symbol=symbol),
        _("NOTICE"),
        _("Lessons drawn from the trial at the %(court)s: %(case)s", court=hearing["court"], case=named(case)),
        (*blocks, Block("last", last)),
        signers=(Signer(layout.signers.get(KIND, "") or _("HEAD OF THE AGENCY"), layout.names.get(KIND, "")),),
        recipients=copies(layout, case, _),
        place_date=place_date(layout, _),
        written=now,
        urgency=layout.urgency,
        circulation=layout.circulation,
        foot=layout.address,
        paper=layout.paper,
    )


def named(case: dict) -> str:
    return case["title"] or case["code"]


def opening(hearing: dict, case: dict, agency: str, _: Words) -> str:
    days = [wording.date(clock.milliseconds(f"{day}T12:00"), _) for day in hearing["days"]]
    parts = [
        _("On %(days)s, the %(court)s held the trial (%(public)s): %(case)s.", days=wording.listed(days),
          court=hearing["court"], public=terms.publicity(_)[hearing["public"]], case=named(case)),
    ]  # fmt: skip
    if hearing["place"]:
        parts.append(_("Place: %(place)s", place=hearing["place"]))
    if hearing["panel"]:
        parts.append(
            _("Trial panel: %(panel)s.", panel="; ".join(filter(None, hearing["panel"].split("\n"))).rstrip("."))
        )
    if hearing["prosecutors"]:
        parts.append(_("Prosecutors at the trial: %(names)s.", names=wording.listed(hearing["prosecutors"])))
    parts.append(_("Having followed the trial, %(agency)s notes the following:", agency=agency))
    said = " ".join(parts)
    return said[:1].upper() + said[1:]


def point(n: int, group: Group, days: list[str], _: Words) -> Block:
    """One lesson, with who it is about and when; what others wrote of the same is there to choose from."""
    one = group.head
    speaker = terms.speaker(one["role"], one["name"])
    where = [terms.phases(_)[one["phase"]], rows.time(one, days)[:-3], bl_words(one["bl"])]
    text = " ".join(one["text"].split())
    begin = f"{n}. {speaker}: {text}" if speaker else f"{n}. {text}"
    aside = f"({'; '.join(filter(None, where))})"
    for other in group.others:
        aside += " " + _("[%(name)s wrote: %(text)s]", name=other["by_name"], text=" ".join(other["text"].split()))
    return Block("text", begin, aside=aside)


def copies(layout: Layout, case: dict, _: Words) -> tuple[str, ...]:
    lines = tuple(line for line in layout.recipients.get(KIND, "").split("\n") if line.strip())
    return lines or (
        _("Units (to draw lessons)"),
        _("File: records, procuracy's file of the case %(code)s", code=case["code"]),
    )


def place_date(layout: Layout, _: Words) -> str:
    day = _("%(day)s/%(month)s/%(year)s", day=ROOM, month=ROOM, year=ROOM * 2)
    return f"{layout.place}, {day}" if layout.place else day[:1].upper() + day[1:]


def roman(n: int) -> str:
    return ("I", "II", "III", "IV", "V")[n - 1]

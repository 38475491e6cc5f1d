"""Which pages of the file a record names: under the number of that day, and as what they stay whatever their number
becomes, the document and the page of its scan. From the log alone. Pure."""

import re
from collections.abc import Iterator
from itertools import groupby

from meetingroom.meeting.report_state import Answer, Proposal, Question, Report
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes.model import Section
from meetingroom.minutes.narrative import Narrative
from meetingroom.minutes.narrative_exhibits import Exhibited, Sheet
from meetingroom.printing.wording import Words

Named = tuple[str, str, str]  # label, volume, title
Page = tuple[str, int]  # document, page of its scan


def section(state: MeetingState, narrated: Narrative, _: Words) -> tuple[Section, ...]:
    """Of a case report that names any; what it says stands below the tasks."""
    pages = {**cited(state.report), **shown(narrated)} if state.report != Report() else {}
    if not pages:
        return ()
    head = _(
        "The numbers (BL) are those of the day of the session; what follows names the same page whatever its number"
        " becomes."
    )
    return (Section(_("Pages that are referred to"), (head, *lines(pages, _))),)


def shown(narrated: Narrative) -> dict[Page, Named]:
    found: dict[Page, Named] = {}
    for chapter in narrated.chapters.values():
        for entry in chapter.entries:
            if isinstance(entry, Exhibited):
                for sheet in entry.shown:
                    if isinstance(sheet, Sheet):  # as it was called first
                        found.setdefault((sheet.document, sheet.page), (sheet.label, sheet.volume, sheet.title))
    return found


def cited(report: Report) -> dict[Page, Named]:
    """What questions, answers and proposals name; without titles, which only who saw the pages may know."""
    questions = [report.questions[key] for key in report.order]
    said: list[Question | Answer | Proposal] = [*questions, *report.proposals.values()]
    said += [answer for question in questions for answer in question.answers.values()]
    places = [place for each in said for place in each.pages]
    return {
        (str(place["document"]), int(place["page"])): (
            str(place.get("label", "")), str(place.get("volume", "")), ""
        )
        for place in places
        if place.get("document") and place.get("page")
    }  # fmt: skip


def lines(pages: dict[Page, Named], _: Words) -> Iterator[str]:
    """`BL 341–352 (tập 6), “Bản trích xuất”: tài liệu 0980d6c73a504239, trang 1–12.`; pages that follow each other are
    one line. In the order of the file."""
    rows = groupby(enumerate(sorted(pages)), key=lambda each: (each[1][0], each[1][1] - each[0]))
    stretches = [[place for _n, place in row] for _key, row in rows]
    for places in sorted(stretches, key=lambda places: in_file(pages[places[0]])):
        labels = [pages[place][0] for place in (places[0], places[-1])]
        _label, volume, title = pages[places[0]]
        titled = title or next((pages[place][2] for place in places if pages[place][2]), "")
        named = f"BL {joined(labels)}" if all(labels) else ""
        number = _("%(bl)s (volume %(volume)s)", bl=named, volume=volume) if named and volume else named
        about = ", ".join(part for part in (number, f"“{titled}”" if titled else "") if part)
        scan = joined([str(places[0][1]), str(places[-1][1])])
        where = _("document %(id)s, page %(pages)s of the scan", id=places[0][0], pages=scan)
        yield f"{about}: {where}." if about else f"{where}."


def in_file(named: Named) -> tuple[int, int, str]:
    label, volume, _title = named
    digits = re.match(r"\d+", label)
    return int(volume) if volume.isdecimal() else 0, int(digits[0]) if digits else 0, label


def joined(ends: list[str]) -> str:
    return ends[0] if ends[0] == ends[-1] else f"{ends[0]}–{ends[-1]}"

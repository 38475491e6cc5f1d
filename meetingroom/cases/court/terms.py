"""The words of a trial by their codes: in the reader's language, in Vietnamese in the notice. Pure."""

from meetingroom.meeting import names
from meetingroom.printing.wording import Words

PHASES = ("opening", "questioning", "debate", "last_words", "deliberation", "judgment")
KINDS = ("event", "question", "answer", "evidence", "argument", "violation", "strength", "weakness")
PUBLIC = ("open", "closed")
# What lessons are drawn from: these go into the notice.
LESSONS = ("strength", "weakness", "violation")


def phases(_: Words) -> dict[str, str]:
    return {
        "opening": _("Opening procedure"),
        "questioning": _("Questioning in court"),
        "debate": _("Arguments in court"),
        "last_words": _("Last words"),
        "deliberation": _("Deliberation"),
        "judgment": _("Judgment"),
    }


def short_phases(_: Words) -> dict[str, str]:
    """As they stand on the keys of a phone."""
    return phases(_) | {"opening": _("Opening steps")}


def kinds(_: Words) -> dict[str, str]:
    return {
        "event": _("Course of the trial"),
        "question": _("Asks"),
        "answer": _("Answers in court"),
        "evidence": _("Evidence presented"),
        "argument": _("Argument"),
        "violation": _("Procedural violation"),
        "strength": _("Strong point"),
        "weakness": _("Weak point"),
    }


def publicity(_: Words) -> dict[str, str]:
    return {"open": _("tried in public"), "closed": _("tried behind closed doors")}


def roles(_: Words) -> list[str]:
    """Who speaks in a court: offered where a role is typed."""
    return [
        _("Presiding judge"), _("Judge"), _("People's assessor"), _("Clerk of the court"), _("Prosecutor at the trial"),
        _("Defendant"), _("Victim in court"), _("Defence counsel"), _("Plaintiff"), _("Respondent"),
        _("Person with related interests"), _("Protector of interests"), _("Representative"), _("Witness in court"),
        _("Expert"), _("Interpreter"), _("Investigator"),
    ]  # fmt: skip


def speaker(role: str, name: str) -> str:
    """`Bị cáo Nguyễn Văn A`; whichever of the two there is."""
    return " ".join(part for part in (role, name) if part)


def order(phase: str) -> int:
    return PHASES.index(phase)


def plain(*texts: str) -> str:
    """What a search looks through: without marks, in small letters."""
    return " ".join(names.fold(text[at : at + LINE]) for text in texts for at in range(0, len(text), LINE))


LINE = 4000  # letters that `names.fold` takes at once

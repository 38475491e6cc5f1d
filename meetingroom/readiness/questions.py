"""The questions of the board before a meeting, one function each: what is, what to mend, and who does it. Pure."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from meetingroom.meeting.roll import PRESENT
from meetingroom.readiness.checks import Check, Found, check, keeper_of, listed, preparers, ranges

STAMPED = 60  # readers of a restricted paper for whom its pages can be made while everybody waits


@check
def published(found: Found):
    if found.state.meeting.status != "draft":
        return None
    todo = _("Publish the meeting: until then nobody but its staff sees it.")
    return Check("published", "people", "bad", _("The meeting is not published yet."), todo, preparers(found), 0)


@check
def pages(found: Found):
    total = sum(paper.pages for paper in found.papers)
    broken = [paper for paper in found.papers if paper.broken]
    if not total:
        return Check("pages", "papers", "note", _("The meeting has no papers."))
    bad = sum(len(paper.broken) for paper in broken)
    if not bad:
        words = _("All %(pages)s pages of %(papers)s papers can be shown.", pages=total, papers=len(found.papers))
        return Check("pages", "papers", "good", words, weight=20)
    words = listed([_("“%(title)s”, pages %(pages)s", title=p.title, pages=ranges(p.broken)) for p in broken])
    todo = _("Open the preparation, process the paper again, or upload it anew as PDF.")
    sentence = ngettext("%(num)d page cannot be shown: %(which)s.", "%(num)d pages cannot be shown: %(which)s.", bad,
                    which=words)  # fmt: skip
    return Check("pages", "papers", "bad", sentence, todo, preparers(found), 1 - bad / total, 20)


@check
def stamped_pages(found: Found):
    """Pages with their readers' names are made one by one: beyond some sixty readers a turn takes noticeably long."""
    state = found.state
    titles = [paper.title for paper in state.papers.values() if paper.mode == "restricted"]
    readers = sum(person.presence not in ("excused", "left") for person in state.roll.people.values())
    if not titles or readers <= STAMPED:
        return None
    words = _("Restricted papers (%(titles)s) with %(num)d people in the room: their pages will turn noticeably later.",
              titles=listed(titles), num=readers)  # fmt: skip
    todo = _("Choose fewer readers for these papers, or show them to groups of at most %(most)d.", most=STAMPED)
    return Check("stamped", "papers", "todo", words, todo, preparers(found), 0.5, 5)


@check
def uploads(found: Found):
    if found.failed:
        words = _("Uploads that could not be read: %(names)s.", names=listed(found.failed))
        todo = _("Open the preparation: it says why. Upload another file, or remove this one.")
        if not found.office:
            todo = _("LibreOffice is not installed on the server: upload PDF files, or have it installed.")
        return Check("uploads", "papers", "bad", words, todo, preparers(found), 0, 10)
    if found.processing:
        n = found.processing
        words = ngettext("%(num)d paper is still being processed.", "%(num)d papers are still being processed.", n)
        return Check("uploads", "papers", "todo", words, _("Wait a moment, and check again."), "", 0.5, 10)
    return None


@check
def office(found: Found):
    if found.office:
        return None
    words = _("LibreOffice is not installed: only PDF files and pictures can be added.")
    return Check("office", "server", "note", words)


@check
def chair(found: Found):
    return check_post(
        found, {"chair"}, "chair", _("The meeting has no chair."), _("Give somebody the role of the chair.")
    )


@check
def secretary(found: Found):
    missing = _("The meeting has no secretary.")
    return check_post(found, {"secretary"}, "secretary", missing, _("Give somebody the role of the secretary."))


def check_post(found: Found, held_by, code: str, missing: str, todo: str) -> Check:
    """Somebody holds the post, and is here: on the roll, or with a screen."""
    people = found.state.roll.people
    holders = [key for key in found.state.roll.order if people[key].role in held_by]
    if not holders:
        return Check(code, "people", "bad", missing, todo, preparers(found), 0, 8)
    names = listed([people[key].name for key in holders])
    if any(people[key].presence in PRESENT or key in found.here for key in holders):
        return Check(code, "people", "good", _("%(names)s is here.", names=names), weight=8)
    words = _("%(names)s is not here yet.", names=names)
    todo = _("Call them, or help them to enter the meeting room with the code on their nameplate.")
    return Check(code, "people", "todo", words, todo, preparers(found), 0.5, 8)


@check
def without_site(found: Found):
    if len(found.state.sites.order) < 2:
        return None
    people = found.state.roll.people
    lost = [people[key].name for key in found.state.roll.order if not people[key].site]
    if not lost:
        return Check("without_site", "people", "good", _("Everybody has their site."), weight=4)
    words = _("Without a site: %(names)s.", names=listed(lost))
    todo = _("Choose their site in the preparation, under People.")
    return Check("without_site", "people", "todo", words, todo, preparers(found), 1 - len(lost) / len(people), 4)


@check
def sites_here(found: Found):
    """Every site has a device that is connected."""
    sites = found.state.sites
    if len(sites.order) < 2:
        return None
    away = [key for key in sites.order if not found.sites_here.get(key)]
    if not away:
        words = _("All %(n)s sites are connected.", n=len(sites.order))
        return Check("sites_here", "sites", "good", words, weight=12)
    words = _(
        "Not connected: %(sites)s.", sites=listed([sites.sites[key].short or sites.sites[key].name for key in away])
    )
    todo = _("Switch on the site's computer, open the meeting room on it, and look at its line.")
    who = listed([keeper for key in away if (keeper := keeper_of(found.state, key))])
    return Check("sites_here", "sites", "bad", words, todo, who, 1 - len(away) / len(sites.order), 12)


@check
def technicians(found: Found):
    """Every remote site has somebody to call."""
    lonely = [
        site.short or site.name
        for key in found.state.sites.order
        if not (site := found.state.sites.sites[key]).main and not keeper_of(found.state, key)
    ]
    if not lonely:
        return None
    words = _("Nobody to call at: %(sites)s.", sites=listed(lonely))
    todo = _("Invite a technician for the site, or write down its contact.")
    return Check("technicians", "sites", "todo", words, todo, preparers(found), 0, 3)


@check
def projector(found: Found):
    if found.projecting:
        words = ngettext("%(num)d projector is connected.", "%(num)d projectors are connected.", found.projecting)
        return Check("projector", "devices", "good", words, weight=8)
    if found.paired:
        todo = _("Switch the projector's computer on and open /projector in its browser.")
        words = _("A projector is paired, but not connected.")
    else:
        todo = _("Open /projector on the projector's computer and type its six digits under Projector screens.")
        words = _("No projector is paired with this meeting.")
    return Check("projector", "devices", "todo", words, todo, preparers(found), 0, 8)


# Why a step of a script was not on the glass (cases/scripts/trial_store.py).
WHY_NOT = {
    "stuck": _l("gone, hidden or not published: %(n)s"),
    "not_drawn": _l("the page does not come: %(n)s"),
    "no_codec": _l("the browser there cannot play it: %(n)s"),
    "no_font": _l("letters are missing there: %(n)s"),
    "late": _l("it takes too long: %(n)s"),
}


@check
def scripts_tried(found: Found):
    """Every step of the script of a case has been on the glass of a projector of this meeting."""
    if not found.scripts:
        return None
    of, painted = sum(each.of for each in found.scripts), sum(each.painted for each in found.scripts)
    titles = listed([f"“{each.case}”" for each in found.scripts])
    words = _("On the projector, %(n)s of %(of)s steps of the script of %(titles)s were shown on trial.",
              n=painted, of=of, titles=titles)  # fmt: skip
    if painted == of:
        return Check("scripts_tried", "devices", "good", words, weight=6)
    reasons = [str(WHY_NOT[why] % {"n": n}) for each in found.scripts for why, n in each.failed.items()]
    todo = _("Whoever presents the case opens its script and presses “Try on the projector”.")
    if reasons:
        missing = _("Not shown: %(reasons)s.", reasons=listed(reasons))
        words = f"{words} {missing}"
        todo = _("Whoever presents the case sees in its script which steps it is, mends them and tries them again.")
    state = "bad" if reasons else "todo"
    return Check("scripts_tried", "devices", state, words, todo, "", painted / of, 6)


@check
def preloaded(found: Found):
    """Every connected device has all pages."""
    if not found.device_checks.n:
        todo = _("Press “Check”: every connected device then fetches all pages and reports.")
        return Check("preloaded", "devices", "todo", _("The devices have not been checked yet."), todo, "", 0, 20)
    reports = list(found.device_checks.reports.values())
    silent = sum(device.silent for device in found.devices)
    if not reports and not silent:
        todo = _("Let the participants enter the meeting room, and check again.")
        return Check("preloaded", "devices", "todo", _("No device is connected."), todo, "", 0, 20)
    parts = [report.cached / report.of if report.of else 1.0 for report in reports] + [0.0] * silent
    ready, part = sum(report.done for report in reports), sum(parts) / len(parts)
    words = _("%(ready)s of %(all)s devices have all pages.", ready=ready, all=len(parts))
    if ready == len(parts):
        return Check("preloaded", "devices", "good", words, weight=20)
    todo = _("Wait a little. A device that stays behind: reload its page; a site's: look at its line.")
    return Check("preloaded", "devices", "todo", words, todo, "", min(part, 0.999), 20)


@check
def pages_at_sites(found: Found):
    """Every site with a server of its own has all pages there, as its devices have seen."""
    best: dict[str, tuple[int, int]] = {}
    for device in found.devices:
        for report in found.device_checks.of(device.who):
            if device.site and report.at_site >= 0:
                best[device.site] = max(best.get(device.site, (0, 0)), (report.at_site, report.at_site_of))
    if not best:
        return None
    counts = [f"{site} {min(there, of)}/{of}" for site, (there, of) in best.items()]
    words = _("Pages at the server of the site: %(sites)s.", sites=listed(counts))
    part = sum(min(1.0, there / of) if of else 1.0 for there, of in best.values()) / len(best)
    if part == 1:
        return Check("pages_at_sites", "sites", "good", words, weight=10)
    todo = _("Wait a little: each page is fetched over the line once. If it stays so, look at the server of the site.")
    who = listed(_keepers(found, {site for site, (there, of) in best.items() if there < of}))
    return Check("pages_at_sites", "sites", "todo", words, todo, who, min(part, 0.999), 10)


def _keepers(found: Found, short: set[str]) -> list[str]:
    sites = found.state.sites.sites
    keepers = (keeper_of(found.state, key) for key in sites if (sites[key].short or sites[key].name) in short)
    return [keeper for keeper in keepers if keeper]


@check
def complaints(found: Found):
    """What devices report that will be trouble."""
    bad = sum(bool(report.complaints) for report in found.device_checks.reports.values())
    if not bad:
        return None
    words = ngettext("%(num)d device needs attention.", "%(num)d devices need attention.", bad)
    todo = _("The list of devices below says what each one needs.")
    part = 1 - bad / len(found.device_checks.reports)
    return Check("complaints", "devices", "todo", words, todo, "", part, 6)

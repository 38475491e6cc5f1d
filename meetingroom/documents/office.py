"""Office files become PDFs: LibreOffice, one process per file, behind the sandbox, with a profile of its own.

One-shot on purpose: two jobs on one profile lose one without a word, and a listener that lives on keeps the
memory of every document. LibreOffice answers "all right" when it failed, so success is a PDF that exists.
What is done with the paper before it is printed stands in `press/Press.bas`, a macro of ours in that profile.
"""

import functools
import html
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from meetingroom.documents import (
    content_store,
    default_password,
    legacy_encodings,
    missing_fonts,
    preflight,
    sandbox,
    saved_fields,
    slide_dates,
)
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.kinds import Kind
from meetingroom.printing import FONTS

logger = logging.getLogger(__name__)

SECONDS, SECONDS_LARGE = 60, 180
LARGE = 20 * 1024 * 1024
SHEET_PAGES = 200  # a workbook can print thirteen thousand pages; nobody shows more than these

MODULES = {
    "libswlo.so": ("docx", "odt", "doc", "rtf"),
    "libsclo.so": ("xlsx", "ods", "xls"),
    "libsdlo.so": ("pptx", "odp", "ppt"),
}
FILTERS = {"libswlo.so": "writer_pdf_Export", "libsclo.so": "calc_pdf_Export", "libsdlo.so": "impress_pdf_Export"}

# Caladea stands in for Cambria and has no Vietnamese letters: LibreOffice would take each of them from another font.
FONT_RULES = """<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <selectfont>
    <rejectfont><pattern><patelt name="family"><string>Caladea</string></patelt></pattern></rejectfont>
    <rejectfont><glob>/usr/share/fonts/truetype/liberation/LiberationSerif*</glob></rejectfont>
  </selectfont>
  <match target="pattern">
    <test name="family"><string>Cambria</string></test>
    <edit name="family" mode="assign" binding="same"><string>Liberation Serif</string></edit>
  </match>
  <match target="pattern">
    <test name="family"><string>Calibri Light</string></test>
    <edit name="family" mode="prepend" binding="same"><string>Carlito</string></edit>
  </match>
</fontconfig>
"""

PRESS = Path(__file__).parent / "press"
LOCALE = "vi-VN"  # how a workbook's dates and numbers are written, whatever the server's own language is

# (where, what, value). The network is cut already where namespaces exist; where not, a proxy nobody answers must do.
SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Setup/L10N", "ooSetupSystemLocale", LOCALE),
    ("Office.Linguistic/General", "DefaultLocale", LOCALE),
    ("Setup/Office", "ooSetupInstCompleted", "true"),  # else the first start writes over our macro
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
SETTING = '<item oor:path="/org.openoffice.{0}"><prop oor:name="{1}" oor:op="fuse"><value>{2}</value></prop></item>'
PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    + "\n".join(SETTING.format(*setting) for setting in SETTINGS)
    + "\n</oor:items>\n"
)


# The macro's place in the profile.
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
BASIC = 'xmlns:library="http://openoffice.org/2000/library"'
LIBRARIES = (
    f'{HEADER}<library:libraries {BASIC} xmlns:xlink="http://www.w3.org/1999/xlink"><library:library'
    ' library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"'
    ' library:link="false"/></library:libraries>\n'
)
LIBRARY = (
    f'{HEADER}<library:library {BASIC} library:name="Standard" library:readonly="true"'
    ' library:passwordprotected="false"><library:element library:name="Press"/></library:library>\n'
)
MODULE = (
    f'{HEADER}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Press"'
    ' script:language="StarBasic">{}</script:module>\n'
)

# What the macro found that the owner of a paper is told before it is released.
SHOWN_WARNINGS = {
    "tracked_changes",
    "comments",
    "date_fields",
    "computed_anew",
    "hidden_sheets",
    "hidden_slides",
    "speaker_notes",
    "wide_sheet",
    "old_letters",
}


@functools.cache
def program() -> Path | None:
    """Where LibreOffice is, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(found) if found else None


@functools.cache
def available(ending: str = "docx") -> bool:
    """Whether LibreOffice is installed, with the part of it that opens this ending."""
    if (found := program()) is None:
        return False
    folder = found.resolve().parent
    known = [name for name in MODULES if (folder / name).exists()]
    # Another packaging than Debian's keeps its parts elsewhere: trust it.
    return module(ending) in known if known else True


def module(ending: str) -> str:
    return next(name for name, endings in MODULES.items() if ending in endings)


def page_cap(kind: Kind) -> int | None:
    """After how many pages a paper of this kind is cut; None for kinds that are whole or refused."""
    return SHEET_PAGES if kind.is_office and module(kind.ending) == "libsclo.so" else None


def to_pdf(
    source: Path,
    kind: Kind,
    target: Path,
    *,
    work: Path,
    page_limit: int,
    name: str = "paper",
    pause: Callable[[], None] = lambda: None,
) -> list[dict]:
    """Make the PDF `target` of an office file, in a folder of its own under `work`; takes up to three minutes.

    A PDF of one page more than the limit shows that there were more. `pause` is called several times a second and may
    raise, to break off. Returns what the owner is told of the file: [{code, detail?}].
    Raises FileRejected: libreoffice_missing | conversion_slow | conversion_failed | encrypted.
    """
    if not available(kind.ending):
        raise FileRejected("libreoffice_missing")
    work.mkdir(parents=True, exist_ok=True)
    with (
        default_password.opened(source, kind, work) as (source, kind),
        tempfile.TemporaryDirectory(dir=sandbox.choose_ground(work), prefix=content_store.CONVERSION) as folder,
    ):
        made, warnings = convert(source, kind, Path(folder), page_cap(kind) or page_limit, name, pause)
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_suffix(".new")
        shutil.copyfile(made, aside)
        aside.rename(target)
    return warnings


def convert(
    source: Path, kind: Kind, work: Path, page_limit: int, name: str, pause: Callable[[], None]
) -> tuple[Path, list[dict]]:
    """The PDF inside `work`, and what was found in the paper. `name` is for footers that tell the name of the file."""
    made, report, fonts, said = (work / each for each in ("out.pdf", "report", "fonts.conf", "said"))
    paper = work / "paper" / f"{name[:60]}.{kind.ending}"
    paper.parent.mkdir()
    saved_fields.keep_saved(source, kind, paper)
    (work / "home").mkdir()
    # A copy: the program's own folder may be one that nobody can reach.
    shutil.copytree(FONTS, work / "fonts", copy_function=shutil.copyfile)
    fonts.write_text(FONT_RULES.format(fonts=work / "fonts"))
    furnish(work / "profile" / "user")
    letters = work / "letters"
    if legacy_encodings.is_suspected(paper, kind):
        letters.write_text(legacy_encodings.table())
    command = [str(program()), "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{work}/profile"]
    limits = sandbox.Limits(seconds=SECONDS_LARGE if source.stat().st_size > LARGE else SECONDS)
    try:
        done = sandbox.run(
            [*command, "macro:///Standard.Press.Main"],
            work=work,
            limits=limits,
            pause=pause,
            said=said,
            environment={
                **missing_fonts.ASKING,
                "HOME": str(work / "home"),
                "TMPDIR": str(work / "home"),
                "FONTCONFIG_FILE": str(fonts),
                "PAPER_SOURCE": str(paper),
                "PAPER_TARGET": str(made),
                "PAPER_REPORT": str(report),
                "PAPER_LETTERS": str(letters) if letters.exists() else "",
                "PAPER_FILTER": FILTERS[module(kind.ending)],
                "PAPER_PAGES": f"1-{page_limit + 1}",
            },
        )
    except sandbox.TookTooLong:
        raise FileRejected("conversion_slow", seconds=limits.seconds) from None
    reported = read(report)
    if not made.exists() or not made.stat().st_size:
        words = done.stderr[-500:].decode("utf-8", "replace")
        logger.warning("LibreOffice made no PDF (%s, %s): %s", done.returncode, reported, words)
        raise FileRejected("encrypted" if preflight.has_password(source, kind) else "conversion_failed")
    lines = [line for line in reported if line["code"] in SHOWN_WARNINGS]
    lines += [{"code": "font_missing", "detail": face} for face in missing_fonts.missing_faces(said, paper, kind)]
    dates = slide_dates.count_dates(source) if kind.ending == "ppt" else 0
    if dates and not any(line["code"] == "date_fields" for line in lines):
        lines.append({"code": "date_fields", "detail": str(dates)})
    return made, lines


def furnish(user: Path) -> None:
    """The profile: our settings, and our macro, the only one that runs."""
    contents = user / "basic" / "Standard"
    contents.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(PROFILE)
    (contents.parent / "script.xlc").write_text(LIBRARIES)
    (contents / "script.xlb").write_text(LIBRARY)
    (contents / "Press.xba").write_text(MODULE.format(html.escape((PRESS / "Press.bas").read_text(), quote=False)))


def read(report: Path) -> list[dict]:
    """The macro's report as [{code, detail?}]."""
    try:
        lines = report.read_text("utf-8", "replace").splitlines()[:200]
    except OSError:
        return []
    pairs = [line.partition("\t") for line in lines if line]
    return [{"code": code, "detail": detail[:200]} if detail else {"code": code} for code, _, detail in pairs]

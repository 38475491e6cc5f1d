"""Office files become PDFs: LibreOffice, one process per file, behind the sandbox, with a profile of its own.

One-shot on purpose: two jobs on one profile lose one without a word, and a listener that lives on keeps the
memory of every document. LibreOffice answers "all right" when it failed, so success is a PDF that exists.
"""

import functools
import logging
import shutil
import tempfile
from pathlib import Path

from meetingroom.documents import sandbox
from meetingroom.documents.kinds import Kind
from meetingroom.documents.unfit import Unfit

logger = logging.getLogger(__name__)

SECONDS, SECONDS_LARGE = 60, 180
LARGE = 20 * 1024 * 1024
SHEET_PAGES = 200  # a workbook can print thirteen thousand pages; nobody shows more than these

# Liberation Serif (what "Times New Roman" becomes) comes with the program: Debian 12's own lacks 92 Vietnamese letters.
FONTS = Path(__file__).parent.parent / "minutes" / "fonts"

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
</fontconfig>
"""

# (where, what, value). The network is cut already where namespaces exist; where not, a proxy nobody answers must do.
SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
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


def to_pdf(source: Path, kind: Kind, target: Path, *, work: Path, page_limit: int) -> None:
    """Make the PDF `target` of an office file, in a folder of its own under `work`; takes up to three minutes.

    A PDF of one page more than the limit shows that there were more. Raises Unfit: libreoffice_missing |
    conversion_slow | conversion_failed.
    """
    if not available(kind.ending):
        raise Unfit("libreoffice_missing")
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work.resolve()) as folder:
        made = convert(source, kind, Path(folder), page_cap(kind) or page_limit)
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_suffix(".new")
        shutil.copyfile(made, aside)
        aside.rename(target)


def convert(source: Path, kind: Kind, work: Path, page_limit: int) -> Path:
    """The PDF inside `work`."""
    paper, out, fonts = work / f"paper.{kind.ending}", work / "out", work / "fonts.conf"
    shutil.copyfile(source, paper)
    out.mkdir()
    (work / "home").mkdir()
    fonts.write_text(FONT_RULES.format(fonts=FONTS))
    settings = work / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(PROFILE)
    pages = f'{{"PageRange":{{"type":"string","value":"1-{page_limit + 1}"}}}}'
    command = [
        *(str(program()), "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{work}/profile"),
        *("--convert-to", f"pdf:{FILTERS[module(kind.ending)]}:{pages}", "--outdir", str(out), str(paper)),
    ]
    limits = sandbox.Limits(seconds=SECONDS_LARGE if source.stat().st_size > LARGE else SECONDS)
    try:
        done = sandbox.run(
            command,
            work=work,
            limits=limits,
            readable=(FONTS,),
            environment={"HOME": str(work / "home"), "FONTCONFIG_FILE": str(fonts), "TMPDIR": str(work / "home")},
        )
    except sandbox.TookTooLong:
        raise Unfit("conversion_slow", seconds=limits.seconds) from None
    made = out / "paper.pdf"
    if not made.exists() or not made.stat().st_size:
        words = done.stderr[-500:].decode("utf-8", "replace")
        logger.warning("LibreOffice made no PDF (%s): %s", done.returncode, words)
        raise Unfit("conversion_failed")
    return made

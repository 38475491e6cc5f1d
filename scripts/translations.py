"""Whether every text of the program has its Vietnamese, once and with the same placeholders.

python scripts/translations.py check      lists what is wrong, ends with 1 if anything is
python scripts/translations.py missing    prints what has no Vietnamese yet, as entries to fill in
"""

import io
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PO_FILES = "meetingroom/translations/vi/LC_MESSAGES/*.po"

NAMES = {"_": None, "gettext": None, "lazy_gettext": None, "_l": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}
SOURCES = (
    ("meetingroom/**/*.py", "python"),
    ("run.py", "python"),
    ("templates/**/*.html", "jinja2.ext:babel_extract"),
)
OPTIONS = {"trimmed": "true", "newstyle_gettext": "true"}
# Babel's own extractor of JavaScript misses calls in a template inside a template, of which lit is made; the project
# writes texts in double quotes and in one piece, so this finds all.
LITERAL = r'"((?:[^"\\\n]|\\.)*)"'
CALL = re.compile(rf"(?<![\w.$])(?:(?:t|mark)\(\s*{LITERAL}|tn\(\s*{LITERAL}\s*,\s*{LITERAL})(\s*\+)?")
COMMENT = re.compile(r"^[ \t]*(?://|\*|/\*).*$", re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdrf]|%[sdrf](?!\w)|\{\w+\}")


@dataclass
class Text:
    """A text of the program: its plural if it has one, and where it is said."""

    plural: str = ""
    places: list[str] = field(default_factory=list)


def texts(root: Path = ROOT) -> dict[str, Text]:
    """Every text of the program by its English."""
    found: dict[str, Text] = defaultdict(Text)
    for one, many, place in (*of_python_and_templates(root), *of_scripts(root)):
        found[one].plural = many or found[one].plural
        found[one].places.append(place)
    return dict(found)


def of_python_and_templates(root: Path):
    """(singular, plural or "", place) of every call."""
    for pattern, method in SOURCES:
        for path in sorted(root.glob(pattern)):
            for line, said, _, _ in extract(method, io.BytesIO(path.read_bytes()), keywords=NAMES, options=OPTIONS):
                one, many = said[:2] if isinstance(said, tuple) else (said, "")
                if one:
                    yield one, many, f"{path.relative_to(root)}:{line}"


def of_scripts(root: Path):
    """The same of t(), tn() and mark(). ValueError where a text is put together of pieces."""
    for path in sorted(root.glob("static/js/**/*.js")):
        code = COMMENT.sub("", path.read_text("utf-8"))
        for call in CALL.finditer(code):
            place = f"{path.relative_to(root)}:{code.count(chr(10), 0, call.start()) + 1}"
            if call[4]:
                raise ValueError(f"{place}: a text to translate must stand in one piece")
            one, many = (json.loads(f'"{text}"') for text in (call[1] or call[2] or "", call[3] or ""))
            yield one, many, place


def entries(root: Path = ROOT) -> dict[str, list[tuple[str, object]]]:
    """Every entry of the areas' files: English → [(where, message)]."""
    found: dict[str, list[tuple[str, object]]] = defaultdict(list)
    for path in sorted(root.glob(PO_FILES)):
        with path.open("rb") as file:
            for message in read_po(file, locale="vi", charset="utf-8", abort_invalid=True):
                if message.id:
                    english = message.id[0] if isinstance(message.id, tuple) else message.id
                    found[english].append((f"{path.name}:{message.lineno}", message))
    # Within one file Babel keeps the last of two equal entries; the lines tell.
    for path in sorted(root.glob(PO_FILES)):
        for english, lines in repeated(path.read_text("utf-8")).items():
            found[english].extend((f"{path.name}:{line}", found[english][0][1]) for line in lines)
    return dict(found)


def repeated(po: str) -> dict[str, list[int]]:
    """Texts that one file has twice: the lines of the second and later ones."""
    seen: dict[str, list[int]] = defaultdict(list)
    for match in re.finditer(r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)', po, re.MULTILINE):
        english = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[1])).replace('\\"', '"').replace("\\n", "\n")
        seen[english].append(po.count("\n", 0, match.start()) + 1)
    return {english: lines[1:] for english, lines in seen.items() if english and len(lines) > 1}


def wrong(root: Path = ROOT) -> list[str]:
    """One line for everything that is not as it should be."""
    said, known = texts(root), entries(root)
    problems = [f"missing: {english!r} ({text.places[0]})" for english, text in said.items() if english not in known]
    for english, found in sorted(known.items()):
        where, message = found[0]
        if len(found) > 1:
            problems.append(f"twice: {english!r} ({', '.join(place for place, _ in found)})")
        if english not in said:
            problems.append(f"unused: {english!r} ({where})")
            continue
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.fuzzy:
            problems.append(f"fuzzy: {english!r} ({where})")
        if not all(forms) or not forms:
            problems.append(f"empty: {english!r} ({where})")
            continue
        if bool(said[english].plural) != isinstance(message.id, tuple):
            problems.append(f"one form here, two there: {english!r} ({where}, {said[english].places[0]})")
        problems += [
            f"placeholders differ: {english!r} → {form!r} ({where})"
            for form in forms
            if placeholders(form) != placeholders(said[english].plural or english)
        ]
    return problems


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def stubs(root: Path = ROOT) -> str:
    """What has no Vietnamese yet, to be filled in and moved to the area's file."""
    known, blocks = entries(root), []
    for english, text in texts(root).items():
        if english in known:
            continue
        block = [f"#: {' '.join(text.places[:3])}", f"msgid {quoted(english)}"]
        block += [f"msgid_plural {quoted(text.plural)}", 'msgstr[0] ""'] if text.plural else ['msgstr ""']
        blocks.append("\n".join(block))
    return "\n\n".join(blocks)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main(arguments: list[str]) -> int:
    if arguments == ["missing"]:
        print(stubs())
        return 0
    if arguments != ["check"]:
        print(__doc__)
        return 2
    problems = wrong()
    print("\n".join(problems) or "Every text has its Vietnamese.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

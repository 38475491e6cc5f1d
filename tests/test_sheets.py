"""The sheets check themselves: what old tablets understand, who styles whom, at which widths a layout changes."""

import re

import pytest

from tests.test_house import ROOT, SCRIPTS, SHEETS, short

TOO_NEW_SHEET = {
    r":has\(": ":has (Safari 15.4)",
    r"@container": "container queries (Safari 16)",
    r"@layer": "layers (Safari 15.4)",
    r"\d(cqw|cqh|cqi|cqb)\b": "container units (Safari 16)",
    r"color-mix\(": "color-mix (Safari 16.2)",
    r"^\s*&": "nesting (Safari 16.5)",
}


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_sheets_are_understood_by_safari_15(path):
    code = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    for pattern, what in TOO_NEW_SHEET.items():
        assert not re.search(pattern, code, re.MULTILINE), f"{short(path)} uses {what}"
    if "dvh" in code:
        assert re.search(r"\d+vh|height:\s*100%", code), f"{short(path)}: dvh needs a value before it for Safari 15"


def test_only_addresses_and_names_of_files_may_break_anywhere():
    """A Vietnamese syllable is never taken apart; `break-word` does it only where a word is longer than its line."""
    breaking = r"([^{}]+)\{[^{}]*(?:overflow-wrap:\s*anywhere|word-break|hyphens:\s*auto|line-break:\s*anywhere)"
    found = {
        name.strip()
        for path in SHEETS
        for name in re.findall(breaking, re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL))
    }
    assert found == {".slip-link", ".join-address", ".first-drop output", ".file-name"}


# Rules that a part has for what stands around it, or that a script puts together: (sheet, beginning of the selector).
AROUND = {
    ("agenda-rail", ".rooms"),  # where the rail stands in the frame
    ("ink-tools", ".ink-hl-"),  # `ink-${…}-${…}`
    ("ink-tools", ".ink-pen-"),
    ("ink-tools", ".ink-line-"),
    ("check-in", ".room-bar > .right"),  # the bar that it stands in
    ("painted-board", ".site-people .grow"),  # `site-${…}`
    ("paper-warnings", ".paper-held"),  # the page of a meeting, drawn by its template
    ("prepare-people", ".depth-"),  # `depth-${…}`
}


@pytest.mark.parametrize("path", [p for p in SHEETS if "parts" in p.parts], ids=lambda p: p.stem)
def test_no_part_styles_another(path):
    """A sheet lies beside its script, and each rule names something that this script (or one of its own) draws."""
    script = path.with_suffix(".js").read_text("utf-8")
    for selector in selectors(path.read_text("utf-8")):
        names = re.findall(r"\.([a-z][\w-]*)|(?<![.\w#-])([a-z]+-[a-z-]+)(?![\w(])", selector)
        words = {one or other for one, other in names} or {path.stem}
        known = any(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", script) for word in words)
        around = any(path.stem == part and selector.startswith(start) for part, start in AROUND)
        shared = path.stem == "tally-bar"  # a template: what stands around a bar is part of it
        assert known or around or shared, f"{short(path)} styles {selector}"


def selectors(sheet: str) -> list[str]:
    """The selectors of a sheet's rules, those of its media queries as well."""
    code = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    code = re.sub(r"@keyframes [\w-]+ \{(?:[^{}]*\{[^{}]*\})*\s*\}", "", code)
    return [found.strip() for found in re.findall(r"([^{};@]+)\{", re.sub(r"@[^{;]+\{", "", code)) if found.strip()]


# Pages that a template draws with the looks of a part whose script they do not need.
BORROWED = {"prepare-papers.css", "note-editor.css", "paper-warnings.css", "bl-chip.css", "bl-pad.css"}


def test_a_screen_names_its_parts_once():
    """In its script; the sheet asks for the sheets of what the script brings (web/asset_bundles)."""
    for path in (ROOT / "static/css/screens").glob("*.css"):
        named = set(re.findall(r"js/parts/\S+/([\w-]+\.css)", path.read_text("utf-8")))
        assert named <= BORROWED, short(path)


NAMED = re.compile(
    r"^   (?P<name>\w+) +max-(?P<side>width|height): (?P<most>\d+)px +min-(?P=side): (?P<least>\d+)px", re.MULTILINE
)


def test_layouts_change_at_four_widths_and_one_height_that_have_names():
    rows = [found.groupdict() for found in NAMED.finditer((ROOT / "static/css/tokens.css").read_text("utf-8"))]
    assert [one["side"] for one in rows] == ["width"] * 4 + ["height"]
    assert all(int(one["least"]) == int(one["most"]) + 1 for one in rows)
    known = {f"max-{one['side']}: {one['most']}px" for one in rows}
    known |= {f"min-{one['side']}: {one['least']}px" for one in rows}
    for path in SHEETS:
        for query in re.findall(r"@media([^{]*)\{", path.read_text("utf-8")):
            asked = set(re.findall(r"[\w-]*(?:width|height)\b[^)]*", query))
            assert asked <= known, f"{short(path)}: {asked - known}"
    for path in SCRIPTS:
        code = path.read_text("utf-8")
        for query in re.findall(r"matchMedia\(([^\n]*?\))[\"'`]", code):
            asked = set(re.findall(r"[\w-]*(?:width|height)\b[^)]*", query))
            assert asked <= known, f"{short(path)}: {asked - known}"
        assert not re.search(r"inner(Width|Height) *[<>]=? *\d", code), f"{short(path)}: ask matchMedia"

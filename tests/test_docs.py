"""The docs are true of what is there."""

import importlib.util
import re
from pathlib import Path

from meetingroom.meeting import wire

ROOT = Path(__file__).parent.parent


def module(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def test_every_command_stands_in_the_docs_as_the_rules_have_it():
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == module(ROOT / "scripts" / "commands.py").page(), "run: python scripts/commands.py"
    assert set(re.findall(r"^### `(\w+)`$", written, re.M)) == set(wire.commands())


def test_every_refusal_has_words_in_both_languages():
    from meetingroom.web.messages import messages

    codes = set(re.findall(r"^- refused: (.+)$", (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), re.M))
    named = {code for line in codes for code in re.findall(r"`(\w+)`", line)}
    assert named - set(messages) == set()


def test_every_file_a_page_of_the_docs_names_exists():
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for path in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / path).exists(), f"{page.name}: {path}"

"""What is shipped or installed and not written here: its version, its licence, what it is for."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_what_is_shipped_has_its_version_and_licence():
    folders = [*(ROOT / "static/vendor").iterdir(), ROOT / "meetingroom/printing/fonts"]
    notices = (ROOT / "NOTICES.md").read_text("utf-8")
    for folder in folders:
        assert (folder / "LICENSE").stat().st_size > 300, folder.name
        version = (folder / "VERSION").read_text("utf-8").split()
        number = next(word for word in version if word[0].isdigit())
        assert number in notices, f"{folder.name} {number} is not in NOTICES.md"
    for licence in (ROOT / "meetingroom").rglob("LICENSE*"):
        assert f"`{licence.parent.relative_to(ROOT)}/`" in notices, licence
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines():
        name = line.partition("==")[0]
        assert name.startswith("#") or not name or re.search(rf"\b{re.escape(name)}\b", notices), (
            f"{name} in NOTICES.md"
        )


def test_requirements_are_pinned_and_explained():
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            assert re.match(r"[\w.-]+==[\w.]+ +# \S", line), line

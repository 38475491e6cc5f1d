"""The docs are true of what is there."""

import importlib.util
import re
from pathlib import Path

from meetingroom.meeting import view, wire

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


def test_every_event_stands_in_the_docs_as_the_rules_have_it():
    written = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    assert written == module(ROOT / "scripts" / "events.py").page(), "run: python scripts/events.py"
    assert set(re.findall(r"^### `(\w+)`$", written, re.M)) == set(wire.events())


def test_every_event_comes_from_a_command():
    """Nothing is in the log that nobody wished; an event that no rule makes any more is named here, and stays."""
    written = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    assert "nothing today" not in written


def test_every_address_stands_in_the_docs_as_the_program_serves_it():
    written = (ROOT / "docs" / "routes.md").read_text(encoding="utf-8")
    routes = module(ROOT / "scripts" / "routes.py")
    assert written == routes.page(), "run: python scripts/routes.py"
    rows = re.findall(r"^\| `([A-Z ]+) (/\S*)` \|", written, re.M)
    assert sorted(rows) == sorted((methods, rule) for rule, methods, _ in routes.routes())


# Signing in, files of the program, and what a device without an owner shows; a meeting's own is never among them.
OPEN = (
    "/account/settings", "/api/session", "/api/tablet/act", "/favicon.ico", "/first", "/healthz", "/in/", "/join",
    "/language", "/projector", "/readyz", "/sign-in", "/sign-out", "/static/", "/tablet", "/words/",
)  # fmt: skip


def test_what_anybody_may_have_is_what_is_meant_for_anybody():
    """Read from the code: a route whose guard was forgotten shows here."""
    written = (ROOT / "docs" / "routes.md").read_text(encoding="utf-8")
    open_now = set(re.findall(r"^\| `[A-Z ]+ (/\S*)` \| anybody \|", written, re.M))
    assert {rule for rule in open_now if not rule.startswith(OPEN)} == set()


def test_the_page_about_the_wire_names_what_is_said_there():
    """The events of the socket, as the server and the screens spell them, and the slices of the view."""
    written = (ROOT / "docs" / "wire.md").read_text(encoding="utf-8")
    heard = set(
        re.findall(r'^@socketio\.on\("(\w+)"\)', (ROOT / "meetingroom/live/socket.py").read_text("utf-8"), re.M)
    )
    sent = {
        name
        for path in (ROOT / "meetingroom").rglob("*.py")
        for name in re.findall(r'\b(?:emit|announce)\((?:meeting, )?"(\w+)"', path.read_text("utf-8"))
    }
    assert {"join", "painted"} <= heard
    assert {"patch", "view", "presence", "signal", "dismissed", "preload"} <= sent
    rows = {(way, name) for way, name in re.findall(r"^\| ([→←]) \| `(\w+)` \|", written, re.M)}
    assert {name for way, name in rows if way == "→"} == heard - {"connect", "disconnect"}
    assert {name for way, name in rows if way == "←"} == sent
    assert set(re.findall(r"^\| `(\w+)` \| [^|]+ \|$", written, re.M)) >= set(view._slices)


def test_every_refusal_has_words_in_both_languages():
    from meetingroom.web.messages import messages

    codes = set(re.findall(r"^- refused: (.+)$", (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), re.M))
    named = {code for line in codes for code in re.findall(r"`(\w+)`", line)}
    assert named - set(messages) == set()


def test_every_file_a_page_of_the_docs_names_exists():
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for path in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / path).exists(), f"{page.name}: {path}"

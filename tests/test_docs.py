"""The docs are true of what is there."""

import ast
import importlib.util
import io
import re
import tokenize
from pathlib import Path

import pytest

from meetingroom.meeting import view, wire
from tests.test_house import FLOOR

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
    "/account/settings", "/api/recalls", "/api/session", "/api/tablet/act", "/calendar/", "/favicon.ico", "/first",
    "/healthz", "/in/",
    "/join", "/language", "/offline", "/projector", "/readyz", "/sign-in", "/sign-out", "/signing/", "/static/",
    "/sw.js", "/tablet", "/words/",
)  # fmt: skip

RECEIPT = "/api/meetings/<meeting>/recalls/<recall>/receipt"  # from a device, whoever is signed in at it now


def test_what_anybody_may_have_is_what_is_meant_for_anybody():
    """Read from the code: a route whose guard was forgotten shows here."""
    written = (ROOT / "docs" / "routes.md").read_text(encoding="utf-8")
    open_now = set(re.findall(r"^\| `[A-Z ]+ (/\S*)` \| anybody \|", written, re.M))
    assert {rule for rule in open_now if not rule.startswith(OPEN) and rule != RECEIPT} == set()


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
    assert {"patch", "view", "presence", "signal", "dismissed", "preload", "trial"} <= sent
    rows = {(way, name) for way, name in re.findall(r"^\| ([→←]) \| `(\w+)` \|", written, re.M)}
    assert {name for way, name in rows if way == "→"} == heard - {"connect", "disconnect"}
    assert {name for way, name in rows if way == "←"} == sent
    assert set(re.findall(r"^\| `(\w+)` \| [^|]+ \|$", written, re.M)) >= set(view._slices)


def test_every_refusal_has_words_in_both_languages():
    from meetingroom.web.messages import messages

    codes = set(re.findall(r"^- refused: (.+)$", (ROOT / "docs" / "commands.md").read_text(encoding="utf-8"), re.M))
    named = {code for line in codes for code in re.findall(r"`(\w+)`", line)}
    assert named - set(messages) == set()


def test_a_code_has_one_sentence_whoever_registers_it():
    from meetingroom.web.messages import Messages

    messages = Messages({"too_many": "There are too many of these."})
    messages.update({"too_many": "There are too many of these.", "map_full": "The map is full."})
    with pytest.raises(ValueError, match="too_many has other words already"):
        messages.update({"too_many": "The map is full."})
    assert messages["too_many"] == "There are too many of these."


PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", ".github/pull_request_template.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
# Where a path begins that a page shortens, and what is no file of the program.
BASES = ("", "meetingroom", "static", "static/js", "static/css", "templates", "docs", "tests")
MADE = {  # in the data folder, beside an upload, on the wire, on the machine
    "app.css", "findings.json", "minutes.json", "clock.json", "socket.io.js", "template.csv", "template.xlsx",
    "package.json",
}  # fmt: skip
PATH = re.compile(r"(?<![\w/.<>…*-])(?:[\w-]+/)*[\w.-]+\.(?:py|js|css|html|sh|bas|c|po|toml)\b(?![\w/])")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_a_page_of_the_docs_names_exists(page):
    names = {path.name for folder in BASES[1:] for path in (ROOT / folder).rglob("*")} | {"run.py", "loadgen.c"}
    names |= {path.name for path in (ROOT / "scripts").iterdir()} | {path.name for path in ROOT.iterdir()}
    text = page.read_text(encoding="utf-8")
    for path in set(PATH.findall(text)) - MADE:
        there = any((ROOT / base / path).exists() for base in BASES) if "/" in path else path in names
        assert there, path


PROGRAM = sorted([*(ROOT / "meetingroom").rglob("*.py"), *(ROOT / "static/js").rglob("*.js")])


@pytest.mark.parametrize("room", sorted({str(path.parent.relative_to(ROOT)) for path in PROGRAM}))
def test_no_comment_of_the_program_names_a_file_that_is_gone(room):
    names = {path.name for folder in BASES[1:] for path in (ROOT / folder).rglob("*")} | {"run.py"}
    for file in (path for path in PROGRAM if path.parent == ROOT / room):
        for path in set(re.findall(r"(?<![\w/.<>…*{-])(?:[\w-]+/)*[\w-]+\.(?:py|js|css)\b", comments_of(file))) - MADE:
            there = any((ROOT / base / path).exists() for base in BASES) or path in names
            assert there, f"{file.relative_to(ROOT)}: {path}"
        if file.suffix == ".py":
            assert CODE_NAMES.findall(comments_of(file)) == [], file.relative_to(ROOT)


def comments_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        return "\n".join(re.findall(r"/\*.*?\*/|^\s*//.*$", text, re.DOTALL | re.MULTILINE))
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    said = [token.string for token in tokens if token.type == tokenize.COMMENT]
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return "\n".join(said + [ast.get_docstring(n) or "" for n in ast.walk(ast.parse(text)) if isinstance(n, kinds)])


# What parts of the program were called once; the field has other words for them.
CODE_NAMES = re.compile(r"\b(studio|painters?|foreman|caretaker|diary|easels?|shelf)\b", re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_of_the_docs_speaks_in_code_names(page):
    assert CODE_NAMES.findall(page.read_text(encoding="utf-8")) == []


def test_the_life_of_a_page_turn_names_functions_that_are_there():
    written = (ROOT / "docs" / "life-of-a-page-turn.md").read_text(encoding="utf-8")
    stops = re.findall(r"^\| *(\d*) \| \[`[^`]+`\]\(\.\./([^)]+)\) ((?:`#?\w+`(?:, )?)+) \|", written, re.M)
    assert [int(stop) for stop, _, _ in stops if stop] == list(range(1, 11))
    assert written.count("\n|") == len(stops) + 2  # every row was understood
    for _, path, names in stops:
        for name in re.findall(r"`([^`]+)`", names):
            assert name in defined(ROOT / path), f"{path}: {name}"


def defined(path: Path) -> set[str]:
    """The functions, methods and classes that a file defines."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        kinds = (ast.FunctionDef, ast.ClassDef)
        return {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)}
    line = (
        r"^ *(?:export +)?(?:(?:async|static|get|set|function|class|const) +)*(#?\w+)\b(?:\(.*\)| extends .*| =.*)? \{?"
    )
    return set(re.findall(line, text, re.M))


def test_the_readme_names_every_room():
    """One line each: the folders of the program, of the scripts, and of their parts."""
    written = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^ +([\w-]+)(?:/|\.py) +\S", written, re.M))
    listed = set(re.findall(r"[\w-]+", "".join(re.findall(r"^ +parts/ (.*\n(?: {17}.*\n)*)", written, re.M))))
    for folder in ("meetingroom", "static/js"):
        rooms = {each.name for each in (ROOT / folder).iterdir() if each.is_dir() and each.name != "__pycache__"}
        assert rooms <= named, f"{folder}: {rooms - named}"
    alone = {each.stem for each in (ROOT / "meetingroom").glob("*.py")} - {"__init__"}
    assert alone <= named, alone - named
    assert {each.name for each in (ROOT / "static/js/parts").iterdir()} <= listed
    program = written.partition("\ntemplates/")[0]
    order = [FLOOR[room] for room in re.findall(r"^  (\w+)(?:/|\.py) +\S", program, re.M) if room in FLOOR]
    assert order == sorted(order), "from the ground up, as tests/test_house.py has it"


def test_the_guide_to_a_command_names_what_is_there():
    """Functions and classes it tells to use; what it invents itself is the clock that stands."""
    written = (ROOT / "docs" / "add-a-command.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", written, re.S))
    called = set(re.findall(r"(?<![.\w\"])([A-Za-z_]\w+)\(|@(\w+)", code))
    there = set().union(
        *(defined(path) for folder in ("meetingroom", "tests") for path in (ROOT / folder).rglob("*.py"))
    )
    own = {"PauseTimer", "TimerPaused", "pause_timer", "timer_paused", "test_the_clock_of_the_current_item_stands_once"}
    assert {one or other for one, other in called} - there - own <= {"dataclass", "_"}
    for name in ("fills", "timeline_only", "leave_out", "narrates", "filled_by_server", "slice_of_view"):
        assert name in written
        assert name in there, name


def test_every_link_of_the_docs_leads_somewhere():
    for page in PAGES:
        for path in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / path).exists(), f"{page.name}: {path}"

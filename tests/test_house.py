"""The house checks itself: who may import whom, who sends, and what never leaves the building."""

import ast
import functools
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = sorted((ROOT / "meetingroom").rglob("*.py"))
SCRIPTS = sorted(p for p in (ROOT / "static/js").rglob("*.js"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted(p for p in (ROOT / "static").rglob("*.css") if "vendor" not in p.parts)

# The rules get values: nothing of the standard library that knows a clock, a file, a socket or chance.
PURE = {
    "__future__", "abc", "base64", "binascii", "collections", "collections.abc", "contextvars", "dataclasses",
    "datetime", "decimal", "enum", "fractions", "functools", "hashlib", "inspect", "itertools", "json", "keyword",
    "math", "operator", "re", "string", "types", "typing", "unicodedata",
}  # fmt: skip
# From the ground up: who stands further down knows nothing of who stands above. On one line: side by side.
FLOORS = (
    ("refused",),
    ("word_marks",),
    ("spelling",),
    (
        "clock",
        "working_days",
        "config",
        "disk",
        "migrations",
        "migrations_later",
        "migrations_cases",
        "migrations_cases_later",
        "unchanged",
        "database",
    ),
    ("meeting",),
    ("projections",),
    ("log",),
    ("sealed",),
    ("jobs",),
    ("printing",),
    ("web",),
    ("translations",),
    ("auth",),
    ("people",),
    ("devices",),
    ("documents",),
    ("comparing",),
    ("recognition",),
    ("marks",),
    ("reading",),
    ("minutes",),
    ("issuing",),
    ("signing",),
    ("tasks",),
    ("official",),
    ("invitations",),
    ("cases",),
    ("search",),
    ("archive",),
    ("live",),
    ("edge",),
    ("monitoring",),
    ("commands",),
    ("readiness",),
    ("desk",),
    ("ops",),
    ("demo",),
)
FLOOR = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}
SOCKETS = {"flask_socketio", "socketio", "engineio"}


@functools.cache
def imports(path: Path) -> set[str]:
    """Every module a file names, wherever in it; `from meetingroom import log` counts as `meetingroom.log`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            package = (ROOT / node.module.replace(".", "/")).is_dir()
            found |= {f"{node.module}.{alias.name}" for alias in node.names} if package else {node.module}
    return found


def ours(path: Path) -> set[str]:
    """What a file imports of the program, without the leading `meetingroom.`."""
    return {name.removeprefix("meetingroom.") for name in imports(path) if name.startswith("meetingroom")}


def in_(*folders: str) -> list[Path]:
    return [path for path in PROGRAM if path.relative_to(ROOT / "meetingroom").parts[0] in folders]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_rules_of_a_meeting_touch_nothing_outside():
    for path in in_("meeting"):
        known = {*PURE, "meetingroom.refused", "meetingroom.word_marks", "meetingroom.spelling"}
        foreign = {n for n in imports(path) if n not in known and not n.startswith("meetingroom.meeting")}
        assert not foreign, f"{short(path)} imports {foreign}"


def test_the_rules_read_no_clock_and_throw_no_dice():
    for path in in_("meeting"):
        calls = re.findall(r"\b(?:now|today|time|random|uuid4|urandom|token_\w+)\(\)", path.read_text("utf-8"))
        assert not calls, f"{short(path)}: {calls}"


def room_of(name: str) -> str:
    """The room of a module or of a file of the program: `live` of `live.push` and of `meetingroom/live/push.py`."""
    return name.removesuffix(".py").partition(".")[0]


def climbing(arrows: Iterable[tuple[str, str]]) -> list[str]:
    """Those imports that go up; {module: importing module}, both without the leading `meetingroom.`."""
    return [f"{who} imports {whom}" for who, whom in arrows if FLOOR[room_of(whom)] > FLOOR[room_of(who)]]


def arrows() -> list[tuple[str, str]]:
    """(who, whom) of every import inside the program; `create_app` knows everybody and is left out."""
    found = []
    for path in PROGRAM:
        who = ".".join(path.relative_to(ROOT / "meetingroom").with_suffix("").parts)
        if who != "__init__":
            found += [(who, whom) for whom in ours(path) if room_of(whom) in FLOOR]
    return found


def test_every_room_has_its_floor():
    rooms = {room_of(path.relative_to(ROOT / "meetingroom").parts[0]) for path in PROGRAM} - {"__init__"}
    assert rooms == set(FLOOR)


def test_no_arrow_climbs():
    assert climbing(arrows()) == []


@pytest.mark.parametrize(
    ("who", "whom"),
    [("web.errors", "auth.guard"), ("jobs.worker", "documents.jobs"), ("log", "live.push"), ("log", "sealed")],
)
def test_an_arrow_that_climbs_is_seen(who, whom):
    assert climbing([*arrows(), (who, whom)]) == [f"{who} imports {whom}"]


def test_only_create_app_knows_the_pages():
    """No module imports another that defines a blueprint: what both need stands beside the page."""
    pages = {
        ".".join(path.relative_to(ROOT / "meetingroom").with_suffix("").parts)
        for path in PROGRAM
        if re.search(r"\bBlueprint\(", path.read_text("utf-8"))
    }
    assert len(pages) > 15
    for who, whom in arrows():
        assert whom not in pages, f"{who} imports {whom}"


def test_nobody_below_knows_who_joins_the_parts():
    """What `meetingroom/__init__.py` has is for those who start the program."""
    for path in PROGRAM:
        if path.relative_to(ROOT / "meetingroom").parts[0] not in {"ops", "demo", "__init__.py"}:
            assert {room_of(name) for name in ours(path)} <= set(FLOOR), short(path)


WRITTEN_ONCE = {
    r"disk_usage\(": "disk.py",
    r"errno\.EDQUOT|SQLITE_FULL": "disk.py",
    r"\b200 \* MEGABYTE": "disk.py",
    r"not in (?:roles\.)?STAFF:\n +raise Problem\(\"not_allowed\"": "auth/guard.py",
    r"select role.* from members where": "projections/queries.py",
    r"192\.0\.2\.1": "web/address.py",
    r"next\([^\n]*if [^\n]*\bsites\[key\]\.main\b": "meeting/state.py",
}


@pytest.mark.parametrize("rule", WRITTEN_ONCE)
def test_a_rule_of_the_house_is_written_once(rule):
    found = [path for path in PROGRAM if re.search(rule, path.read_text("utf-8"))]
    assert [str(path.relative_to(ROOT / "meetingroom")) for path in found] == [WRITTEN_ONCE[rule]]


def test_sql_stands_in_the_stores():
    """In `store` files; and where the rows of the log, the sealed votes, the sessions and the jobs are kept."""
    spoken = re.compile(r"[\"'](?:select|insert into|update \w+ set|delete from) ", re.IGNORECASE)
    homes = re.compile(r"store|session|projections/|ops/|live/push|demo/|m/(log|database|migrations|sealed)")
    for path in PROGRAM:
        if spoken.search(path.read_text("utf-8")):
            assert homes.search(short(path)), f"{short(path)} speaks SQL"


def test_only_live_and_the_edge_know_socket_io():
    for path in PROGRAM:
        roots = {name.partition(".")[0] for name in imports(path)}
        if roots & SOCKETS:
            assert path.parent.name in ("live", "edge"), short(path)


def test_only_run_names_eventlet():
    allowed = {"run.py", "meetingroom/live/websocket.py"}  # which knows the loop's own sockets
    for path in [*PROGRAM, *(ROOT / "scripts").glob("*.py"), ROOT / "run.py"]:
        if any(name.partition(".")[0] == "eventlet" for name in imports(path)):
            assert short(path) in allowed, short(path)


def test_the_push_alone_sends_what_happened():
    for path in PROGRAM:
        code = path.read_text("utf-8")
        if re.search(r"\bemit\(", code):
            assert path.parent.name in ("live", "edge"), f"{short(path)} sends"
        if re.search(r"emit\(\s*[\"']patch", code):
            assert path.name in {"push.py", "fast.py"}, f"{short(path)} sends patches"


def test_every_python_file_says_what_it_is_for():
    for path in PROGRAM:
        tree = ast.parse(path.read_text("utf-8"))
        assert not tree.body or ast.get_docstring(tree), short(path)


def test_only_the_connection_knows_the_socket_in_the_browser():
    for path in SCRIPTS:
        if "socket.io" in "".join(lines_of_import(path)):
            assert short(path) == "static/js/meeting/connection.js"


# What is no JSON of the server's: files of pages, a whole page, how long a word takes, whether a map is there, the
# progress of an upload.
ASK_THEMSELVES = {
    "before.js",
    "case/room-maps.js",
    "lib/ask.js",
    "lib/auto-refresh.js",
    "lib/fetched.js",
    "lib/in-time.js",
    "meeting/device-check.js",
    "offline/keeping.js",
    "offline/kept-page.js",
    "offline/worker.js",
    "pages/page-files.js",
    "parts/prepare/uploads.js",
    "parts/page/paper-versions.js",
}


# A table of ours, and one letter at a time.
NORMALISE_THEMSELVES = {"meetingroom/documents/legacy_encodings.py", "meetingroom/printing/glyphs.py"}


def test_one_module_alone_normalises():
    """Text on which somebody has heaped marks takes minutes: `spelling.py` takes them off first."""
    normalising = re.compile(r"\b(is_)?normali[sz]ed?\(\s*\"NF")
    found = {short(path) for path in PROGRAM if normalising.search(path.read_text("utf-8"))}
    assert found - NORMALISE_THEMSELVES <= {"meetingroom/spelling.py"}


def test_parts_listen_by_one_method():
    """Whoever takes a listener away by hand forgets one; `Part.listensTo` ends with the part."""
    for path in SCRIPTS:
        script = without_comments(path.read_text("utf-8"))
        if "extends Part " in script and path.name != "part.js":
            asked = re.findall(r"(\S+)\.addEventListener\((?:(?!addEventListener)[\s\S])*?\bsignal\b", script)
            assert not [source for source in asked if not source.endswith("signal")], short(path)


def test_one_module_alone_touches_what_the_browser_keeps():
    """It may be full, forbidden or missing: `lib/storage.js` knows what then."""
    touching = [p for p in SCRIPTS if re.search(r"\b(local|session)Storage\b", without_comments(p.read_text("utf-8")))]
    assert [short(path) for path in touching] == ["static/js/lib/storage.js"]


def test_roles_and_states_are_listed_in_one_module():
    """Who presides, when the room is open: `meeting/rights.js` has the lists, everybody else asks it by name."""
    of_roles = (
        r"\[[^\[\]]*\"(chair|cochair|secretary|organiser|live|adjourned|archived|cancelled)\"[^\[\]]*\]\.includes"
    )
    compared = r"\brole\b[\w.)\]]*\s*[!=]==\s*\"\w+\"|\"\w+\"\s*[!=]==\s*(\w+\.)*role\b"
    constants = r"const [A-Z_]+ = \[\s*\"(chair|cochair|secretary|draft|live|adjourned|archived|cancelled)\",[^\]]*\]"
    for path in SCRIPTS:
        if path.name not in ("rights.js", "meeting-words.js"):
            listed = re.search(f"{of_roles}|{constants}|{compared}", without_comments(path.read_text("utf-8")))
            assert not listed, f"{short(path)}: {listed}"


def test_scripts_ask_the_server_in_one_place():
    asking = re.compile(r"(?<![\w.#])fetch(InTime|Whole)?\(|XMLHttpRequest\(|sendBeacon\(|new EventSource")
    found = {str(path.relative_to(ROOT / "static/js")) for path in SCRIPTS if asking.search(path.read_text("utf-8"))}
    assert found <= ASK_THEMSELVES


def test_scripts_import_files_that_exist_by_relative_paths():
    """No import map, no bare names: Safari 15 has to find every file by itself."""
    assert SCRIPTS
    for path in SCRIPTS:
        for line in lines_of_import(path):
            target = re.search(r"[\"']([^\"']+)[\"']\s*$", line)
            assert target, f"{short(path)}: {line}"
            assert target[1].startswith("."), f"{short(path)} imports {target[1]}"
            assert (path.parent / target[1]).resolve().is_file(), (
                f"{short(path)} imports {target[1]}, which is not there"
            )


def lines_of_import(path: Path) -> list[str]:
    code = path.read_text("utf-8")
    found = re.findall(r"^(?:import|export)\b[^;\"'`]*?\bfrom\s+[\"'][^\"']+[\"']", code, re.MULTILINE)
    return found + re.findall(r"^import\s+[\"'][^\"']+[\"']", code, re.MULTILINE)


# What the oldest browser we serve (Safari 15, Chrome 90) does not know.
TOO_NEW = {
    r"\.at\(-?\d*\)": "Array.at (Safari 15.4)",
    r"\bstatic\s*\{": "a static block (Safari 16.4)",
    r"structuredClone\(": "structuredClone (Safari 15.4)",
    r"\.findLast(Index)?\(": "findLast (Safari 15.4)",
    r"\.toSorted\(|\.toReversed\(|\.toSpliced\(": "copying array methods (Safari 16)",
    r"Object\.hasOwn\(": "Object.hasOwn (Safari 15.4)",
    r"Object\.groupBy|Promise\.withResolvers": "2024 built-ins",
    r"\(\?<[=!]": "look-behind (Safari 16.4)",
    r"with\s*\{\s*type": "import attributes",
}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_scripts_run_in_safari_15(path):
    code = without_comments(path.read_text("utf-8"))
    for pattern, what in TOO_NEW.items():
        assert not re.search(pattern, code), f"{short(path)} uses {what}"
    if "crypto.randomUUID" in code:
        assert path.name == "uid.js", f"{short(path)}: crypto.randomUUID needs HTTPS, use lib/uid.js"


def without_comments(code: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<![:\"'`\w])//[^\n]*", "", code, flags=re.DOTALL)


def test_nothing_is_fetched_from_outside():
    """No CDN, no web font, no telemetry: addresses of namespaces are not fetched."""
    harmless = re.compile(r"https?://www\.w3\.org")
    for path in [*SCRIPTS, *SHEETS, *TEMPLATES]:
        found = re.findall(
            r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s\"'`)]*", without_comments_of(path), re.IGNORECASE
        )
        outside = [address for address in found if not harmless.match(address) and address.startswith(("http", "//"))]
        assert not outside, f"{short(path)}: {outside}"


def without_comments_of(path: Path) -> str:
    code = path.read_text("utf-8")
    if path.suffix == ".html":
        return re.sub(r"\{#.*?#\}|<!--.*?-->", "", code, flags=re.DOTALL)
    return without_comments(code)


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_templates_hold_no_script_and_no_style(path):
    """The content security policy would refuse them, without a word to the reader."""
    code = without_comments_of(path)
    assert not re.search(r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>", code), "a script inline"
    assert not re.search(r"<style\b", code), "a style sheet inline"
    assert not re.search(r"\sstyle\s*=", code), "a style attribute"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", code), "a handler inline"
    unescaped = re.findall(r"([^{%|]*)\|\s*safe\b", code)
    assert all(re.search(r"['\")]\s*$", said) for said in unescaped), f"not a literal or a picture: {unescaped}"


@pytest.mark.parametrize("path", [*TEMPLATES, *SCRIPTS], ids=short)
def test_every_part_that_begins_ends_under_the_same_name(path):
    """A browser ignores an end that has no beginning: all that follows would stand inside of the part."""
    code = without_comments_of(path)
    ends = set(re.findall(r"</([a-z]+(?:-[a-z]+)+)>", code))
    begins = set(re.findall(r"<([a-z]+(?:-[a-z]+)+)[\s>{]", code))
    assert ends <= begins, f"{short(path)}: {ends - begins}"
    if path in TEMPLATES:
        assert begins == ends, f"{short(path)}: {begins - ends}"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_scripts_draw_no_style_attributes(path):
    """`style=` in a template is refused by the policy; styleMap and element.style are not."""
    code = path.read_text("utf-8")
    assert not re.search(r"\sstyle=\"", code), short(path)
    assert not re.search(r"(inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|document\.write", code), (
        "text made elements"
    )
    assert not re.search(r"\beval\(|new Function\(", code), short(path)
    assert not re.search(r"\bwindow\.(confirm|alert|prompt)\(|(?<![\w.])alert\(", code), "use lib/dialog.js"


def test_every_icon_that_is_used_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/icons.svg").read_text("utf-8")))
    assert len(known) > 70
    for path in [*SCRIPTS, *TEMPLATES]:
        for name in re.findall(r"\bicon\(\s*[\"']([a-z0-9-]+)[\"']", path.read_text("utf-8")):
            assert name in known, f"{short(path)}: no icon {name}"


def test_the_standard_library_list_is_of_this_python():
    assert {name.partition(".")[0] for name in PURE} <= sys.stdlib_module_names


def test_the_tools_that_check_scripts_are_pinned_and_nothing_of_them_is_served():
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    assert package["private"]
    assert not {"dependencies", "optionalDependencies", "scripts"} & set(package), "tools only, and make starts them"
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    for name, version in package["devDependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} {version}"
        assert locked[f"node_modules/{name}"]["version"] == version, "npm install --package-lock-only"
    for path in [*SCRIPTS, *SHEETS, *TEMPLATES]:
        assert "node_modules" not in path.read_text("utf-8"), short(path)


def test_the_types_of_lit_are_of_the_lit_that_is_served():
    version = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]["lit-html"]
    assert version in (ROOT / "static/vendor/lit-html/VERSION").read_text("utf-8")


def test_no_script_is_kept_from_its_checks_without_a_reason():
    for path in [*SCRIPTS, *SHEETS]:
        for line in path.read_text("utf-8").splitlines():
            assert not re.search(r"@ts-(nocheck|ignore)", line), f"{short(path)}: {line}"
            assert not re.search(r"@ts-expect-error\s*$|biome-ignore \S+:?\s*$", line), f"{short(path)}: why? {line}"

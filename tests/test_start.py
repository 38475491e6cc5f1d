"""The server starts with what it needs to serve; what makes or reads files is loaded when the first one comes."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

# Each costs the start between a hundredth and a fifth of a second, and is wanted on rare pages or by the worker only.
HEAVY = {
    "aiohttp", "cryptography", "docx", "holidays", "icalendar", "lxml", "msoffcrypto", "numpy", "openpyxl", "pikepdf",
    "PIL", "pyhanko", "redis", "pypdfium2", "reportlab", "requests", "websocket", "zxcvbn", "email.headerregistry",
}  # fmt: skip

START = """
import sys
from pathlib import Path
import run
run.patch()
import meetingroom.demo.commands
from meetingroom import config
from meetingroom.ops import commands, data_folder, serving
settings = config.from_environment(data=Path(sys.argv[1]))
data_folder.prepare_folder(settings)
serving.make_application(settings)
print(*sorted(sys.modules))
"""


def test_the_server_starts_without_the_libraries_that_make_and_read_files(tmp_path):
    command = [sys.executable, "-c", START, str(tmp_path / "data")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    loaded = set(done.stdout.split())
    assert "meetingroom.signing.routes_sign" in loaded, "all routes were imported"
    assert loaded & HEAVY == set()


# What a process for one file of a stranger has no use for: the app, its words, the rules of a meeting, the network.
THE_APP = {"flask", "flask_babel", "sqlite_utils", "meetingroom.meeting", "meetingroom.log", "http.client", "ssl"}


def loaded_by(*modules: str) -> set[str]:
    said = f"import sys, {', '.join(modules)}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stdout.split())


def test_a_process_that_draws_a_page_is_there_at_once():
    """There is one for every paper: it loads neither the app nor the rules of a meeting."""
    loaded = loaded_by("meetingroom.documents.render_process")
    assert "meetingroom.documents.sandbox" in loaded
    assert loaded & {*HEAVY, *THE_APP} == set()
    drawing = loaded_by("meetingroom.documents.page_renderer")
    assert "pypdfium2" in drawing
    assert drawing & THE_APP == set()


def test_a_process_that_reads_a_map_is_there_at_once():
    """A hostile file is refused within two seconds, also on a busy machine: most of the time was loading the rules."""
    names = ("reading", "topics", "xmind", "xmind8", "mm", "opml", "outline")
    loaded = loaded_by(*(f"meetingroom.cases.formats.{name}" for name in names))
    assert "nh3" in loaded
    assert loaded & {*HEAVY, *THE_APP} == set()

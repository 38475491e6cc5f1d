"""The server starts with what it needs to serve; what makes or reads files is loaded when the first one comes."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

# Each costs the start between a hundredth and a fifth of a second, and is wanted on rare pages or by the worker only.
HEAVY = {
    "aiohttp", "cryptography", "docx", "holidays", "icalendar", "lxml", "msoffcrypto", "numpy", "openpyxl", "pikepdf",
    "PIL", "pyhanko", "pypdfium2", "reportlab", "requests", "websocket", "zxcvbn", "email.headerregistry",
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


def test_a_process_that_draws_a_page_is_there_at_once():
    """There is one for every paper: it loads neither the app nor the rules of a meeting."""
    said = "import sys, meetingroom.documents.render_process; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.split())
    assert "meetingroom.documents.sandbox" in loaded
    assert loaded & {*HEAVY, "flask", "sqlite_utils", "meetingroom.meeting", "meetingroom.log"} == set()

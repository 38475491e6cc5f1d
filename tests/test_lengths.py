"""No file is longer than what one reads at a time."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST = 500
CODE = {".py", ".js", ".css", ".html", ".sh", ".c", ".bas"}
# Each is one program that another program reads as one file: the C compiler, LibreOffice.
LONGER = {"bench/loadgen.c", "meetingroom/documents/press/Press.bas"}


def lines_of(path: Path) -> int:
    return path.read_text("utf-8").count("\n")


def test_no_file_is_longer_than_five_hundred_lines():
    folders = ("meetingroom", "static", "templates", "tests", "bench", "scripts")
    files = [
        path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in CODE and path.is_file()
    ]
    files = [path for path in files if not {"vendor", "build"} & set(path.parts)]  # build: what `make bench` fetches
    assert len(files) > 500
    long = {str(path.relative_to(ROOT)) for path in files if lines_of(path) > LONGEST}
    assert long == LONGER, "split by topic; what has become short is named no longer"

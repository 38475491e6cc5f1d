"""Only what drives a browser is tried again, and a run in which many were fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A browser starved of its core: the first try of each of these fails.
STARVED = """
import pathlib, pytest

@pytest.fixture
def chromium(): return "a browser"

@pytest.fixture
def screen(chromium): return chromium

@pytest.mark.parametrize("n", range({many}))
def test_of_a_screen(screen, n, request):
    mark = pathlib.Path(request.config.rootpath, f"tried-{{n}}")
    tried = mark.exists()
    mark.touch()
    assert tried

def test_says_its_mark(screen, request):
    assert request.node.get_closest_marker("browser")
"""
UNSTEADY = """
import pathlib

def test_of_a_rule(request):
    mark = pathlib.Path(request.config.rootpath, "tried")
    tried = mark.exists()
    mark.touch()
    assert tried
"""


def ran(folder, code, *more):
    (folder / "test_it.py").write_text(code)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  browser: drives a browser\n")
    asked = [sys.executable, "-m", "pytest", "-p", "tests.second_tries", "-p", "no:cacheprovider", "--reruns", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""}
    return subprocess.run(
        [*asked, "--strict-markers", *more, str(folder)],
        capture_output=True, text=True, timeout=120, cwd=folder, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize("more", [(), ("-n", "2")], ids=["alone", "by workers"])
def test_five_second_tries_are_borne_and_six_are_not(tmp_path, more):
    five = ran(tmp_path, STARVED.format(many=5), *more)
    assert five.returncode == 0, five.stdout
    assert "5 rerun" in five.stdout
    for mark in tmp_path.glob("tried-*"):
        mark.unlink()
    six = ran(tmp_path, STARVED.format(many=6), *more)
    assert six.returncode == 1, six.stdout
    assert "6 tests needed a second try, at most 5 may: the run fails" in six.stdout
    assert "test_it.py::test_of_a_screen[5]" in six.stdout


def test_what_drives_no_browser_has_one_try(tmp_path):
    assert ran(tmp_path, UNSTEADY).returncode == 1
    assert ran(tmp_path, UNSTEADY).returncode == 0, "the second run, which finds the mark of the first"


def test_every_test_with_a_page_is_marked_and_no_other(request):
    """Of those that were collected with this one."""
    for item in request.session.items:
        marked = item.get_closest_marker("browser") is not None
        assert marked == ("chromium" in item.fixturenames), item.nodeid


def test_a_browser_comes_from_the_one_fixture_alone():
    """So that nothing drives one unmarked."""
    starts = [p for p in (ROOT / "tests").rglob("*.py") if "sync_play" + "wright()" in p.read_text("utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in starts] == ["tests/conftest.py"]

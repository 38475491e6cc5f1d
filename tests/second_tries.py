"""A second try is for a browser that a busy machine starved, for nothing else; and where many need one, the run fails.

Every test that drives a browser, whichever fixture it has it from, is marked `browser`; only these are tried again
(`--reruns`).
"""

import pytest

BROWSERS = {"chromium"}  # what every page comes from
MOST = 5


def drives_a_browser(item) -> bool:
    return bool(BROWSERS & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(tryfirst=True)  # before `-m browser` chooses
def pytest_collection_modifyitems(items):
    for item in items:
        if drives_a_browser(item):
            item.add_marker(pytest.mark.browser)
        else:
            item.add_marker(pytest.mark.flaky(reruns=0))


class SecondTries:
    """Counts the tests that needed one: once for the whole run, also when workers run them."""

    def __init__(self, config):
        self.config, self.tests = config, set()

    def pytest_runtest_logreport(self, report):
        if report.outcome == "rerun":
            self.tests.add(report.nodeid)

    @property
    def too_many(self):
        return len(self.tests) > MOST

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if self.too_many and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.too_many:
            said = f"{len(self.tests)} tests needed a second try, at most {MOST} may: the run fails. Find out why:"
            terminalreporter.section("second tries", red=True, bold=True)
            terminalreporter.write_line(said)
            for test in sorted(self.tests):
                terminalreporter.write_line(f"  {test}")


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SecondTries(config))

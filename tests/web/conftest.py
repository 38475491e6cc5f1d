import pytest

from meetingroom import clock
from tests.people.conftest import empty_app, hashed  # noqa: F401
from tests.web.desk import Desk

HOUR = 3_600_000


@pytest.fixture(autouse=True)
def in_the_afternoon(monkeypatch):
    """What a page says of today's meetings hangs on the hour: here it is past three in the afternoon."""
    real, ahead = clock.now, (15 - clock.local(clock.now()).hour) * HOUR
    monkeypatch.setattr(clock, "now", lambda: real() + ahead)


@pytest.fixture
def desk(empty_app, hashed):  # noqa: F811
    return Desk(empty_app, hashed)

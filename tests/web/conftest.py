import pytest

from tests.people.conftest import empty_app, hashed  # noqa: F401
from tests.web.desk import Desk


@pytest.fixture
def desk(empty_app, hashed):  # noqa: F811
    return Desk(empty_app, hashed)

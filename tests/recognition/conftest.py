import pytest

from meetingroom.recognition import jobs  # noqa: F401  (registers)
from tests.documents.conftest import bench, room  # noqa: F401
from tests.people.conftest import hashed  # noqa: F401


@pytest.fixture
def there(monkeypatch):
    """tesseract is installed, or not: whatever this machine has."""
    from meetingroom.documents import recognisable

    def choose(installed: bool) -> None:
        monkeypatch.setattr(recognisable, "is_installed", lambda: installed)

    choose(True)
    return choose

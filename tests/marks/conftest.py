from tests.documents.conftest import room  # noqa: F401
from tests.people.conftest import hashed  # noqa: F401

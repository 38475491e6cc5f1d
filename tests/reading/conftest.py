from tests.documents.conftest import bench, hashed, room  # noqa: F401

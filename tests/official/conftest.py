"""The running program of the minutes' tests: documents are made of the same meeting."""

from tests.minutes.conftest import hashed, house, running

__all__ = ["hashed", "house", "running"]

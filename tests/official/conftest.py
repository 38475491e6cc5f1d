"""The running program of the minutes' tests: documents are made of the same meeting."""

from tests.minutes.conftest import hashed, program, running

__all__ = ["hashed", "program", "running"]

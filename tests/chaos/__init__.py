"""Chaos: random people do random things while everything is killed; afterwards nothing is lost and nothing is double.

`python -m tests.chaos --seconds 180 --seed 7` (`make chaos`); `tests/journeys/test_chaos.py` is the short form.
"""

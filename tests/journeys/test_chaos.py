"""The short form of the chaos (`make chaos` is the long one): killed at any instant, nothing is lost."""

import os
from random import randrange

import pytest

from tests.chaos.__main__ import run


@pytest.mark.journey
@pytest.mark.worker
@pytest.mark.timeout(300)
def test_whatever_is_killed_what_was_answered_is_in_the_log_once(opened, tmp_path):
    seed = int(os.environ.get("CHAOS_SEED") or randrange(1_000_000))
    (tmp_path / "chaos").mkdir()
    counts, wrong = run(tmp_path / "chaos", seed, 20, room=opened)
    print(f"seed {seed}: {dict(counts)}")
    assert not wrong, f"CHAOS_SEED={seed}: {wrong}"
    assert counts["kills of the server"] >= 2
    assert counts["answered"] > 20
    assert counts["refused"] > 5
    assert counts["screens that equal the log"] == 7

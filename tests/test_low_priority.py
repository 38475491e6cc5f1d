"""Long computations stand back behind the event loop."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from meetingroom.ops.low_priority import LATER, at_low_priority


def test_the_thread_that_computes_stands_back_and_nobody_else():
    before, found = os.getpriority(os.PRIO_PROCESS, 0), []

    def compute(word):
        found.append((word, os.getpriority(os.PRIO_PROCESS, 0)))

    thread = threading.Thread(target=at_low_priority, args=(compute, "băm"))
    thread.start()
    thread.join()
    assert found == [("băm", LATER)]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


HASHES = """
import threading
from pathlib import Path
from meetingroom.ops.low_priority import give_back
from meetingroom.auth import passwords

def held():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) // 1024

give_back()
passwords.hash_password("mật khẩu")  # what Python and the library need for themselves
before, turn, done = held(), threading.Lock(), threading.Barrier(11)

def hash_one():
    with turn:
        passwords.hash_password("mật khẩu")
    done.wait()

for _ in range(10):
    threading.Thread(target=hash_one, daemon=True).start()
while done.n_waiting < 10:
    pass
print(held() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is told by Linux only")
def test_what_the_hashes_of_passwords_took_is_given_back():
    run = subprocess.run(
        [sys.executable, "-c", HASHES], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 40, "MiB after ten hashes of 19 MiB each in ten threads"

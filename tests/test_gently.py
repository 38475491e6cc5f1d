"""Long computations stand back behind the event loop."""

import os
import threading

from meetingroom.caretaker.gently import LATER, gently


def test_the_thread_that_computes_stands_back_and_nobody_else():
    before, found = os.getpriority(os.PRIO_PROCESS, 0), []

    def compute(word):
        found.append((word, os.getpriority(os.PRIO_PROCESS, 0)))

    thread = threading.Thread(target=gently, args=(compute, "băm"))
    thread.start()
    thread.join()
    assert found == [("băm", LATER)]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before

"""When a hall comes at once, whoever sits already goes first."""

import subprocess
import sys

from tests.rooms import ROOT

# On the event loop itself, in a process of its own: fifty come, then somebody who sits sends a command.
CROWD = """
import eventlet; eventlet.monkey_patch()
from meetingroom.live import admission
from meetingroom.live.admission import AT_ONCE, take_turns, with_threshold
admission.line_up(eventlet.hubs.get_hub(), eventlet.getcurrent)
admission._line.now = iter(range(1000)).__next__  # each newcomer takes longer than a group may
served = []
def newcomer(n):
    with take_turns():
        served.append(n)
def seated():
    served.append("seated")
for n in range(50):
    eventlet.spawn(newcomer, n)
eventlet.spawn(seated)
while len(served) < 51:
    eventlet.sleep(0)
assert [one for one in served if one != "seated"] == list(range(50)), served
print(served.index("seated"))

served, dead = [], eventlet.spawn(newcomer, 0)  # one whose line fails while it waits
eventlet.spawn(newcomer, 1)
eventlet.sleep(0)
dead.kill()
while not served:
    eventlet.sleep(0)
assert served == [1] or served == [0, 1], served

served, pool = [], with_threshold(eventlet.GreenPool)(1000)
eventlet.spawn(seated)
for n in range(50):
    pool.spawn(served.append, n)
pool.waitall()
print(served.index("seated"), AT_ONCE)
"""


def crowd():
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CROWD], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return [int(word) for word in run.stdout.split()]


def test_newcomers_come_in_one_after_the_other_and_who_sits_is_served_between_two_of_them():
    served_after, accepted_before, at_once = crowd()
    assert served_after <= 2
    assert accepted_before <= at_once

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
told = []
def newcomer(n):
    with take_turns():
        told.append(n)
def seated():
    told.append("seated")
for n in range(50):
    eventlet.spawn(newcomer, n)
eventlet.spawn(seated)
while len(told) < 51:
    eventlet.sleep(0)
assert [one for one in told if one != "seated"] == list(range(50)), told
print(told.index("seated"))

told, dead = [], eventlet.spawn(newcomer, 0)  # one whose line fails while it waits
eventlet.spawn(newcomer, 1)
eventlet.sleep(0)
dead.kill()
while not told:
    eventlet.sleep(0)
assert told == [1] or told == [0, 1], told

told, pool = [], with_threshold(eventlet.GreenPool)(1000)
eventlet.spawn(seated)
for n in range(50):
    pool.spawn(told.append, n)
pool.waitall()
print(told.index("seated"), AT_ONCE)
"""


def crowd():
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CROWD], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert told.returncode == 0, told.stderr
    return [int(word) for word in told.stdout.split()]


def test_newcomers_come_in_one_after_the_other_and_who_sits_is_served_between_two_of_them():
    served_after, accepted_before, at_once = crowd()
    assert served_after <= 2
    assert accepted_before <= at_once

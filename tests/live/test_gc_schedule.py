"""When the garbage collector may walk over everything: not while pages turn."""

import gc

from meetingroom.live import gc_schedule


class Clock:
    def __init__(self):
        self.now = 1000.0
        self.settled = []

    def keeper(self):
        return gc_schedule.Keeper(settle=lambda: self.settled.append(self.now), now=lambda: self.now)


def test_when_the_hall_has_filled_and_nobody_does_anything_all_is_looked_through():
    clock = Clock()
    keeper = clock.keeper()
    keeper.look(sockets=300, pushed=0)
    clock.now += 10
    keeper.look(sockets=300, pushed=clock.now - gc_schedule.QUIET)
    assert clock.settled == [1000.0, 1010.0]


def test_not_while_a_hall_comes_in():
    clock = Clock()
    keeper = clock.keeper()
    for sockets in (300, 700, 1000):
        keeper.look(sockets, 0)
    assert clock.settled == [1000.0]
    keeper.look(1001, 0)
    assert len(clock.settled) == 2


def test_not_while_pages_turn():
    clock = Clock()
    keeper = clock.keeper()
    clock.now += 10
    keeper.look(sockets=300, pushed=clock.now - 1)
    assert clock.settled == [1000.0]


def test_not_again_for_the_few_who_come_and_go():
    clock = Clock()
    keeper = clock.keeper()
    for sockets in (300, 300, *range(304, 300 + gc_schedule.MANY, 4)):
        keeper.look(sockets, 0)
    assert len(clock.settled) == 2


def test_now_and_then_in_any_case():
    clock = Clock()
    keeper = clock.keeper()
    clock.now += gc_schedule.AT_LEAST_EVERY + 1
    keeper.look(0, 0)
    assert len(clock.settled) == 2


def test_what_lives_long_is_not_walked_over_and_what_is_dead_does_not_stay():
    class Ring:
        pass

    thresholds = gc.get_threshold()
    try:
        gc_schedule.freeze_and_collect()
        assert gc.get_freeze_count() > 1000
        ring = Ring()
        ring.itself = ring
        gc.freeze()
        del ring
        gc_schedule.freeze_and_collect()
        gc.unfreeze()
        assert not any(type(one) is Ring for one in gc.get_objects())
    finally:
        gc.freeze()  # as the other tests have it (tests/conftest.py)
        gc.set_threshold(*thresholds)

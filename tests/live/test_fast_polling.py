"""Who polls, comes, goes and upgrades while pages turn: it hears what was said, and costs the seated nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.live import fast
from tests.live.hall import Tablet, comes_in, hall, turn, upgrades


def test_one_who_polls_among_many_fetches_the_turns_and_the_others_are_written_to_directly():
    polling, others = Tablet(), [Tablet() for _ in range(3)]
    manager = hall(*others)
    comes_in(manager, polling, polls=True)
    turn(manager, 1)
    turn(manager, 2)
    assert [tablet.heard for tablet in others] == [[1, 2]] * 3
    assert not any(tablet.queue.queue for tablet in others)
    assert (polling.polls(), polling.wire) == ([1, 2], b"")


def test_who_upgrades_while_pages_turn_hears_all_of_them_in_order():
    polling, others = Tablet(), [Tablet() for _ in range(3)]
    manager = hall(*others)
    comes_in(manager, polling, polls=True)
    turn(manager, 1)
    assert polling.polls() == [1]
    turn(manager, 2)
    upgrades(manager, polling)
    turn(manager, 3)  # 2 waits still
    assert polling.wire == b""
    polling.drain()
    turn(manager, 4)
    turn(manager, 5)
    assert polling.heard == [2, 3, 4, 5]
    assert [tablet.heard for tablet in others] == [[1, 2, 3, 4, 5]] * 3
    assert polling.raw_send in manager.row("/", "m1/members").sends, "it is one of the others now"


def test_nothing_goes_to_a_websocket_that_is_not_open_yet():
    polling = Tablet()
    manager = hall(Tablet())
    comes_in(manager, polling, polls=True)
    polling.writer = fast.SocketWriter(polling.ws, polling, manager)  # it is asked whether it would get through
    turn(manager, 1)
    assert (polling.polls(), polling.wire) == ([1], b"")


def test_who_polls_does_not_hear_of_its_own_pen():
    pen, other = Tablet(), Tablet()
    manager = hall(other, Tablet())
    comes_in(manager, pen, polls=True)
    turn(manager, 1)
    manager.emit("signal", {"seq": 2}, "/", room="m1/members", skip_sid="s2")
    turn(manager, 3)
    assert (pen.polls(), other.heard) == ([1, 3], [1, 2, 3])


def test_who_polls_and_does_not_fetch_is_cut_off_at_the_bound_and_the_others_never_notice():
    stalled, polling, others = Tablet(), Tablet(), [Tablet() for _ in range(3)]
    manager = hall(*others, backlog=20)
    comes_in(manager, stalled, polls=True)
    comes_in(manager, polling, polls=True)
    fetched = []
    for seq in range(1, 31):
        turn(manager, seq)
        assert len(stalled.queue.queue) <= 20
        fetched += polling.polls()
    assert (stalled.closed, manager.cut_off) == (True, 1)
    assert fetched == list(range(1, 31))
    assert all(tablet.heard == fetched for tablet in others)


def test_who_comes_between_two_turns_does_not_put_those_who_sit_on_their_guard():
    seated, late, polling = [Tablet() for _ in range(3)], Tablet(), Tablet()
    manager = hall(*seated)
    turn(manager, 1)
    row = manager.row("/", "m1/members")
    comes_in(manager, late)
    comes_in(manager, polling, polls=True)
    assert manager.row("/", "m1/members") is row
    assert row.sends == [*(tablet.raw_send for tablet in seated), late.writer.careful]
    turn(manager, 2)
    assert ([tablet.heard for tablet in seated], late.heard, polling.polls()) == ([[1, 2]] * 3, [2], [2])


def test_who_joins_twice_is_told_once():
    tablet, other = Tablet(), Tablet()
    manager = hall(tablet, other)
    turn(manager, 1)
    manager.basic_enter_room("s0", "/", "m1/members")
    turn(manager, 2)
    assert (tablet.heard, other.heard) == ([1, 2], [1, 2])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["turn", "come", "come polling", "go", "upgrade", "fetch"]), max_size=40), st.data())
def test_whoever_comes_and_goes_each_hears_what_was_said_while_it_was_there(acts, data):
    manager, said = hall(), 0
    there: dict[str, tuple[Tablet, list[int]]] = {}
    for act in acts:
        if act == "turn":
            turn(manager, said := said + 1)
            for _, due in there.values():
                due.append(said)
        elif act.startswith("come"):
            tablet = Tablet()
            comes_in(manager, tablet, polls=act == "come polling")
            there[f"s{tablet.sid}"] = (tablet, [])
        elif there:
            key = data.draw(st.sampled_from(sorted(there)))
            tablet, due = there[key]
            if act == "go":
                manager.basic_leave_room(key, "/", "m1/members")
                del there[key]
                assert not (tablet.writer and tablet.writer.seats)
            elif act == "upgrade" and not tablet.upgraded:
                upgrades(manager, tablet)
            elif not tablet.upgraded:
                fetched = tablet.polls()
                assert fetched == due[: len(fetched)]
                del due[: len(fetched)]
    for tablet, due in there.values():
        if tablet.upgraded:
            tablet.drain()
        assert (tablet.heard if tablet.upgraded else tablet.polls()) == due

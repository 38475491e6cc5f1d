"""What a countdown says, and which thing leads on the wall: functions of the view and the time."""

import pytest

from tests.browser.bare import Bare

SPEECH = {"started_at": 1000, "seconds": 60}
COUNTDOWN = """async ([speech, now]) => {
  const { left, mood, shown, spent } = await import("/static/js/lib/countdown.js")
  const rest = left(speech, now)
  return [rest === undefined ? shown(spent(speech, now)) : shown(rest), mood(speech, now)] }"""
WALL = """async ([show, moments]) => {
  const { Wall } = await import("/static/js/lib/wall.js")
  const wall = new Wall(show)
  return moments.map(([view, time]) => wall.now(view, time)).map(({ shows, strip }) => (strip ? "strip" : shows)) }"""
CHOSEN = """async (searches) => {
  const { chosen } = await import("/static/js/lib/wall.js")
  const kept = new Map()
  const store = { getItem: (key) => kept.get(key) || null, setItem: (key, value) => kept.set(key, value) }
  return searches.map((search) => chosen(search, store)) }"""


@pytest.mark.parametrize(
    ("speech", "now", "said"),
    [
        (SPEECH, 1000, ["01:00", "running"]),
        (SPEECH, 1500, ["01:00", "running"]),  # a second that has begun still counts
        (SPEECH, 31000, ["00:30", "last"]),
        (SPEECH, 60001, ["00:01", "last"]),
        (SPEECH, 61000, ["00:00", "over"]),
        (SPEECH, 68000, ["-00:07", "over"]),
        (SPEECH | {"paused_at": 11000}, 99000, ["00:50", "paused"]),
        (SPEECH | {"paused_at": 71000}, 99000, ["-00:10", "over"]),
        (SPEECH | {"paused_ms": 20000}, 31000, ["00:50", "running"]),
        ({"started_at": 1000}, 66000, ["01:05", "free"]),
        ({"started_at": 1000}, 900, ["00:00", "free"]),
    ],
)
def test_the_countdown(screen, speech, now, said):
    assert Bare(screen()).page.evaluate(COUNTDOWN, [speech, now]) == said


JUMPS = """async (story) => {
  const { ServerClock, Since } = await import("/static/js/meeting/clock.js")
  let [date, steady] = [5_000_000, 1000]
  Date.now = () => date
  performance.now = () => steady
  const clock = new ServerClock(), since = new Since()
  return story.map(([what, ...by]) => {
    if (what === "passes") { date += by[0]; steady += by[0] }
    if (what === "set") date += by[0]
    if (what === "sleeps") date += by[0]
    if (what === "told") { const asked = clock.mark(); date += by[1]; steady += by[1]; clock.learn(asked, by[0]) }
    return [clock.now(), since.age] }) }"""


def test_the_servers_time_goes_on_while_somebody_sets_the_tablets_clock(screen):
    story = [["told", 900_000, 0], ["passes", 2000], ["set", -3_600_000], ["passes", 500], ["set", 7_200_000]]
    times = [now for now, _ in Bare(screen()).page.evaluate(JUMPS, story)]
    assert times == [900_000, 902_000, 902_000, 902_500, 902_500]


def test_a_moment_grows_old_with_a_clock_that_is_set_back_and_in_a_sleep(screen):
    story = [["passes", 4000], ["set", -3_600_000], ["passes", 6000]]
    assert [age for _, age in Bare(screen()).page.evaluate(JUMPS, story)] == [4000, 4000, 10_000]
    assert Bare(screen()).page.evaluate(JUMPS, [["sleeps", 60_000]])[0][1] == 60_000


def test_the_later_word_holds_when_the_servers_clock_was_set_or_the_tablet_slept(screen):
    quick_then_slow = [["told", 900_000, 10], ["passes", 1000], ["told", 5_900_000, 300]]
    assert Bare(screen()).page.evaluate(JUMPS, quick_then_slow)[-1][0] == 5_900_150
    agree = [["told", 900_000, 10], ["passes", 1000], ["told", 901_100, 300]]  # less sure, but no contradiction
    assert Bare(screen()).page.evaluate(JUMPS, agree)[-1][0] == 901_305


def room(status="live", kind="page", since=10, speech=0, ballot="", item=0):
    ballots = {"order": [], "items": {}}
    if ballot:
        ballots = {"order": ["b"], "items": {"b": {"state": ballot, "opened_at": 100, "closed_at": 200}}}
        ballots |= {"open": "b"} if ballot == "open" else {}
    return {
        "meeting": {"status": status},
        "stage": {"kind": kind, "since": since},
        "agenda": {"current": "i", "items": {"i": {"started_at": item}}},
        "floor": {"speech": {"person": "em", "started_at": speech}} if speech else {},
        "ballots": ballots,
    }


@pytest.mark.parametrize(
    ("show", "moments", "shown"),
    [
        ("auto", [(room("published"), 0), (room(), 0), (room("adjourned", ballot="published"), 0)], "board page card"),
        ("auto", [(room(speech=50), 60), (room(kind="title", speech=50), 60)], "strip speech"),
        # A ballot leads until the chair does something else; its result is news again.
        (
            "auto",
            [
                (room(ballot="open", speech=50), 100),
                (room(ballot="closed"), 200),
                (room(ballot="closed", since=250), 250),
                (room(ballot="published", since=250), 300),
                (room(ballot="published", since=250, kind="title", speech=400), 400),
                (room(ballot="published", since=250, kind="title"), 500),  # it does not come back after the speech
            ],
            "ballot ballot page ballot speech card",
        ),
        ("auto", [(room(ballot="open"), 100), (room(ballot="published", item=900), 300)], "ballot page"),
        # A screen that is switched on later.
        ("auto", [(room(ballot="published"), 900)], "ballot"),
        ("auto", [(room(ballot="published", since=300), 900)], "page"),
        # Screens that are kept for one thing.
        ("page", [(room(ballot="open", speech=50), 100), (room(kind="title", speech=50), 100)], "page card"),
        (
            "floor",
            [(room(ballot="open", speech=50), 100), (room(), 100), (room("adjourned"), 100)],
            "speech speech card",
        ),
        ("ballot", [(room(speech=50), 100), (room(ballot="published", since=900), 950)], "ballot ballot"),
    ],
)
def test_what_leads_on_the_wall(screen, show, moments, shown):
    assert Bare(screen()).page.evaluate(WALL, [show, moments]) == shown.split()


def test_what_the_address_of_a_wall_says_is_remembered_and_nonsense_is_not(screen):
    said = ["", "?show=floor", "", "?show=everything", "?show=auto", ""]
    assert Bare(screen()).page.evaluate(CHOSEN, said) == ["auto", "floor", "floor", "floor", "auto", "auto"]


MEASURED = """async (ballots) => {
  const { measured } = await import("/static/js/lib/ballot-rules.js")
  return ballots.map(measured).map(({ base, needed, unvoted }) => [base, needed, unvoted]) }"""


def test_a_bar_is_full_at_the_base_and_the_threshold_has_its_place(screen):
    total, cast = {"base": "total", "threshold": "gt_half"}, {"base": "cast", "threshold": "none"}
    ballots = {
        "six of nine, two missing": (
            {"state": "published", "result": {"base": 9, "needed": 5}, "counts": {"yes": 6, "no": 1}, "cast": 7}
            | {"voters": 9, "rule": total},
            [9, 5, 2],
        ),
        "it runs, and the numbers are told": (
            {"state": "open", "rule": total, "counts": {"yes": 1}, "cast": 1, "voters": 9},
            [9, 5, 8],
        ),
        "it runs, of those present: who is there is told only at the end": (
            {"state": "open", "rule": {**total, "base": "present"}, "counts": {"yes": 1}, "cast": 1, "voters": 9},
            [9, 0, 8],
        ),
        "several may be chosen": (
            {"state": "closed", "result": {"base": 3, "needed": 0}, "counts": {"a": 3, "b": 2}, "cast": 3}
            | {"voters": 4, "rule": cast},
            [3, 0, 1],
        ),
        "too few secret votes": (
            {"state": "published", "result": {"base": 4, "needed": 0, "reason": "too_few"}, "counts": {}, "cast": 3}
            | {"voters": 4, "rule": total},
            [4, 0, 1],
        ),
        "counted on paper": (
            {"state": "closed", "result": {"base": 9, "needed": 6}, "counts": {"yes": 8}, "cast": 0, "returned": 8}
            | {"voters": 9, "tellers": ["Lan"], "rule": total},
            [9, 6, 1],
        ),
        "nobody was entitled": ({"state": "closed", "result": {"base": 0, "needed": 0}}, [1, 0, 0]),
    }
    found = Bare(screen()).page.evaluate(MEASURED, [ballot for ballot, _ in ballots.values()])
    assert dict(zip(ballots, found, strict=True)) == {words: right for words, (_, right) in ballots.items()}

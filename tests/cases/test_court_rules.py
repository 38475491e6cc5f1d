"""The log of a trial: what is typed, when it was, and what stands in its tables. Pure."""

import pytest

from meetingroom import clock
from meetingroom.cases.court import fields, rows, terms
from meetingroom.cases.fields import Wrong

MINUTE = 60_000
NOW = 1_800_000_000_000


def test_days_and_speakers_come_as_lines_or_as_lists():
    typed = {"court": " TAND  tỉnh Lạc Giang ", "days": "17/12/2026, 16/12/2026",
             "people": "Chủ tọa: Lê Văn K\n\nBị cáo:A",
             "sites": "Trụ sở\nĐiểm cầu 2\nTrụ sở", "public": "closed"}  # fmt: skip
    found = fields.read_hearing(typed)
    assert found["court"] == "TAND tỉnh Lạc Giang"
    assert found["days"] == ["2026-12-16", "2026-12-17"]
    assert found["people"] == [{"role": "Chủ tọa", "name": "Lê Văn K"}, {"role": "Bị cáo", "name": "A"}]
    assert (found["sites"], found["prosecutors"]) == (["Trụ sở", "Điểm cầu 2"], [])
    assert fields.read_hearing(found) == found


@pytest.mark.parametrize(
    ("field", "value"),
    [("court", ""), ("court", 3), ("days", ""), ("days", "31/02/2026"), ("days", ["x"]), ("days", ["2026-01-01", 4]),
     ("people", [1]), ("people", "\n".join(f"a: {n}" for n in range(101))), ("sites", {"a": 1}), ("public", "half")],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field(field, value):
    with pytest.raises(Wrong) as refused:
        fields.read_hearing({"court": "x", "days": ["2026-12-16"], field: value})
    assert refused.value.field == field


def test_a_wrong_clock_does_not_move_an_entry():
    """The device is an hour ahead; the entry waited there for nine minutes."""
    hour = 60 * MINUTE
    found = fields.when(NOW, NOW + hour - 9 * MINUTE, NOW + hour)
    assert found == {"moment": NOW - 9 * MINUTE, "typed_at": NOW + hour - 9 * MINUTE, "astray": hour}
    # What came at once bears the server's time; a clock that was set meanwhile says nothing.
    assert fields.when(NOW, NOW - 800, NOW)["moment"] == NOW
    assert fields.when(NOW, NOW + MINUTE, NOW)["moment"] == NOW
    assert fields.when(NOW, 1, NOW)["moment"] == NOW
    for wrong in (None, "9", True, -1, 2**60):
        assert fields.when(NOW, wrong, NOW) == {"moment": NOW, "typed_at": 0, "astray": 0}


def test_an_entry_has_its_bounds():
    whole = {"phase": "debate", "kind": "argument", "text": "a" * 4000}
    assert len(fields.read_entry(whole)["text"]) == 4000
    for wrong in ({"text": "a" * 4001}, {"text": " "}, {"phase": "x"}, {"kind": 1}, {"bl": "1" * 201}, {"role": None}):
        with pytest.raises(Wrong):
            fields.read_entry(whole | wrong)
    assert fields.read_entry({"kind": "answer"}, known=True) == {"kind": "answer"}
    assert terms.plain("a" * 3999 + " Đối CHẤT").endswith("doi chat")


def entry(id, **more):
    base = {"id": id, "n": 1, "phase": "questioning", "kind": "answer", "role": "Bị cáo", "name": "A", "text": id,
            "bl": "", "site": "", "moment": NOW, "at": NOW, "by_name": "Em", "edits": 0, "marked": "",
            "joined": ""}  # fmt: skip
    return base | more


def test_what_was_joined_is_one_row_with_both_texts_and_names():
    found = rows.groups([
        entry("a", bl="84"), entry("b", joined="a", by_name="Nam", bl="85", at=NOW + MINUTE),
        entry("c", phase="debate", kind="strength", role="Kiểm sát viên"), entry("d", joined="gone"),
    ])  # fmt: skip
    _head, table = rows.log_table(found, ["2026-12-16"], lambda text, **values: text % values if values else text)
    assert [row[5] for row in table] == ["Em: a\nNam: b", "c", "d"]
    assert (table[0][6], table[0][8], "reached" in table[0][9]) == ("84; 85", "Em, Nam", True)
    _head, check = rows.check_table(found, ["2026-12-16"], lambda text, **values: text % values if values else text)
    assert [row[4] for row in check] == ["Answers in court: Em: a\nNam: b", "Answers in court: d"], (
        "no remark of ours is checked"
    )


def test_a_lesson_is_one_whichever_of_those_that_were_joined_it_was():
    """The earlier of two stands for both; what lessons are drawn from may be the later one."""
    found = rows.groups([
        entry("told", kind="event"), entry("breach", kind="violation", joined="told", by_name="Nam", marked="u2"),
        entry("praise", kind="strength", n=2), entry("heard", kind="answer", joined="praise", n=3),
        entry("plain", n=4),
    ])  # fmt: skip
    drawn = [group.lesson() for group in found]
    assert [group and [one["id"] for one in group.all] for group in drawn] == [
        ["breach", "told"], ["praise", "heard"], None,
    ]  # fmt: skip
    assert [bool(group.lesson(marked=True)) for group in found] == [True, False, False]
    _head, check = rows.check_table(found, ["2026-12-16"], lambda text, **values: text % values if values else text)
    assert [row[4] for row in check] == [
        "Course of the trial: Em: told\nNam: breach", "Answers in court: heard", "Answers in court: plain",
    ], "what was said in court is checked, though a remark of ours stands before it"  # fmt: skip


def test_a_time_has_its_day_where_that_is_not_the_one_of_the_trial():
    on = clock.milliseconds
    late = entry("a", moment=on("2026-12-16T17:05"), at=on("2026-12-17T08:12"))
    assert rows.time(late, ["2026-12-16"]) == "17:05:00"
    assert rows.arrived(late) == "08:12:00 17/12/2026"
    assert rows.arrived({**late, "at": on("2026-12-16T17:09")}) == "17:09:00"
    after = entry("b", moment=on("2026-12-18T09:00"))
    assert rows.time(after, ["2026-12-16"]) == "18/12 09:00:00"
    assert rows.time(late, ["2026-12-16", "2026-12-17"]) == "16/12 17:05:00"

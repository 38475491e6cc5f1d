"""What somebody should look at in a case file."""

import pytest

from meetingroom.cases import looking
from meetingroom.cases.findings import Listed, Page, look_through, uncited
from meetingroom.cases.numbering import Run, expand


def file_of(runs, sizes, volumes=None, **looks) -> list[Page]:
    """The pages of documents {name: pages} with the labels of runs; volumes {document: number}."""
    labels = {(each.document, each.page): each for each in expand(runs)}
    return [
        Page(name, n, (volumes or {}).get(name, 1), labels.get((name, n)), **looks.get(f"{name}{n}", {}))
        for name, pages in sizes.items()
        for n in range(1, pages + 1)
    ]


def said(pages, listed=()) -> list[str]:
    return [f"{f.kind} {f.document}{f.page}" for f in look_through(pages, listed)]


def test_a_volume_with_everything_has_exactly_these():
    runs = [
        Run("d", 2, 3, 10, "sheet"),  # 10, its back
        Run("d", 4, 5, 11),
        Run("d", 6, 6, 12, suffix="a"),
        Run("d", 7, 35, 13),  # to 41
        Run("d", 36, 38, 43),  # to 45
        Run("d", 39, 39, 45, suffix="bis"),
        Run("d", 40, 54, 46),  # to 60
        Run("d", 55, 57, 60),  # 60 again
    ]
    found = look_through(file_of(runs, {"d": 57}))
    assert [(f.kind, f.page) for f in found] == [("unnumbered", 1), ("missing", 35), ("duplicate", 55)]
    assert found[1].data == {"first": 42, "last": 42, "before": "41", "after": "43"}
    assert found[1].other == ("d", 36)
    assert found[2].data == {"label": "60", "times": 2}
    assert found[2].other == ("d", 54)


def test_a_file_without_a_fault_has_none():
    runs = [Run("d", 1, 40, 1), Run("e", 1, 3, 41, "one"), Run("f", 1, 4, 42, "sheet")]
    volumes = {"d": 1, "e": 2, "f": 2}
    assert said(file_of(runs, {"d": 40, "e": 3, "f": 4}, volumes)) == []


def test_volumes_that_overlap_are_one_line():
    pages = file_of([Run("d", 1, 45, 1), Run("e", 1, 40, 41)], {"d": 45, "e": 40}, {"d": 1, "e": 2})
    (found,) = look_through(pages)
    assert (found.kind, found.data["first"], found.data["last"]) == ("overlap", "41", "45")


def test_a_supplement_with_late_numbers_in_an_early_volume_is_no_overlap():
    runs = [Run("d", 1, 40, 1), Run("s", 1, 2, 81), Run("e", 1, 40, 41)]
    assert said(file_of(runs, {"d": 40, "s": 2, "e": 40}, {"d": 1, "s": 1, "e": 2})) == []


def test_a_number_that_falls_is_said_once():
    runs = [Run("d", 1, 3, 5), Run("d", 4, 4, 3), Run("d", 5, 6, 8)]
    assert said(file_of(runs, {"d": 6})) == ["missing d4", "order d4"]


def test_pages_of_which_nothing_is_said_are_one_line():
    found = look_through(file_of([Run("d", 1, 2, 1), Run("d", 6, 6, 3)], {"d": 6}))
    assert [(f.kind, f.page, f.data) for f in found] == [("unnumbered", 3, {"last": 5})]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [("15", "19", ["listed d1"]), ("15", "18", []), ("", "", []), ("15", "", ["listed d1"]), ("??", "18", [])],
)
def test_the_list_of_documents_is_held_against_the_scan(first, last, found):
    assert said(file_of([Run("d", 1, 4, 15)], {"d": 4}), [Listed("d", first, last)]) == found


def test_a_listed_sheet_counts_with_its_back():
    assert said(file_of([Run("d", 1, 4, 15, "sheet")], {"d": 4}), [Listed("d", "15", "16")]) == []


def test_readings_in_a_row_contradict():
    looks = {f"d{n}": {"read": 100 + n} for n in (3, 4, 5)}
    (found,) = look_through(file_of([Run("d", 1, 9, 1)], {"d": 9}, **looks))
    assert (found.kind, found.page, found.data) == ("contradicted", 3, {"last": 5, "label": 3, "read": 103})


def test_pictures_tell_what_is_wrong_with_a_page():
    looks = {
        "d1": {"ink": 0.0},
        "d2": {"picture": "aa", "ink": 0.1},
        "d3": {"picture": "aa", "ink": 0.1},
        "d4": {"upside_down": True},
        "d5": {"failed": True},
        "d6": {"secret": "MẬT"},
    }
    expected = ["blank d1", "identical d3", "upside_down d4", "failed d5", "secret_stamp d6"]
    assert said(file_of([Run("d", 1, 6, 1)], {"d": 6}, **looks)) == expected


def test_leaves_without_a_citation():
    nodes = {
        "N01": {"kind": "root", "children": ["N25"]},
        "N25": {"kind": "elem", "children": ["N26"]},
        "N26": {"kind": "elem", "children": []},
        "N29": {"kind": "elem", "bl": "43, 61"},
        "N35": {"kind": "inc", "anchors": [{"document": "d", "page": 1}]},
        "N47": {"kind": "gap", "bl": "–"},
        "N48": {"kind": "gap"},
        "N61": {"kind": "prop", "bl": ""},
    }
    assert uncited(nodes) == ["N26"]


def test_a_page_lies_upside_down_where_its_number_is_read_from_the_other_end():
    def lies(number, top, turned):
        return looking.stands_on_its_head({"top": top, "turned": turned}, "top", number)

    assert lies(55, 0, 55)
    assert lies(55, -1, 59)  # the corner is bare, and a digit was misread
    assert not lies(55, 55, 55)
    assert not lies(55, 0, 59)
    assert not lies(5, -1, 9)
    assert not lies(155, -1, 59)

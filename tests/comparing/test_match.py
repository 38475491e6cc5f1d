"""Which page of a new version stands for which of the old one."""

from hypothesis import given
from hypothesis import strategies as st

from meetingroom.comparing.match import Page, match, words_of
from meetingroom.meeting.page_pairs import paired_page

LINE = "Viện kiểm sát nhân dân tỉnh đã thụ lý, giải quyết các vụ án đúng thời hạn luật định, không để quá hạn"


def sheet(n: int, more: str = "") -> Page:
    words = words_of(
        [f"Trang số {n} báo cáo phần thứ {n}", LINE, *(f"Mục {n}.{k} của phần {n}" for k in range(9)), more]
    )
    return Page(words, f"picture {n} {more}")


def scanned(name: str) -> Page:
    return Page((), name)


def compared(old, new, equal=lambda a, b: False, distance=lambda a, b: 256):
    return match(old, new, equal, distance)


def test_a_digit_a_page_put_in_one_taken_out_and_two_in_each_others_place():
    old = [sheet(n) for n in range(1, 13)]
    new = [*old]
    new[3] = Page((*old[3].words[:-1], "2027"), "otherwise")
    new.insert(7, Page(words_of(["Trang mới chèn vào, không có ở bản trước"]), "new"))
    del new[9]  # page 9 is now at 10
    new[9], new[10] = new[10], new[9]
    found = compared(old, new)
    assert found.runs == (
        (1, 1, 3, "same"), (4, 4, 1, "changed"), (5, 5, 3, "same"), (8, 9, 1, "same"),
        (10, 11, 1, "same"), (11, 10, 1, "same"), (12, 12, 1, "same"),
    )  # fmt: skip
    assert (found.removed, found.added) == ((9,), (8,))
    assert len(found.moved) == 1


def test_equal_words_under_another_picture_are_no_same_page():
    old, new = [Page(("báo", "cáo"), "a")], [Page(("báo", "cáo"), "b")]
    assert compared(old, new).runs == ((1, 1, 1, "changed"),)
    assert compared(old, new, equal=lambda a, b: True).runs == ((1, 1, 1, "same"),)


def test_a_sheet_scanned_again_is_paired_and_never_called_the_same():
    old, new = [scanned("a"), scanned("b")], [scanned("c"), scanned("d")]
    bits = {(1, 1): 12, (1, 2): 120, (2, 1): 120, (2, 2): 40}
    found = compared(old, new, distance=lambda a, b: bits[a, b])
    assert found.runs == ((1, 1, 2, "changed"),)
    assert found.doubtful == ((2, 2),)
    assert compared(old, new, distance=lambda a, b: 60).runs == ()


def test_another_text_is_another_page():
    old = [Page(words_of([LINE]), "a")]
    new = [Page(words_of(["Kế hoạch công tác quý ba của các phòng nghiệp vụ và của viện kiểm sát các huyện"]), "b")]
    assert compared(old, new).runs == ()


def test_short_pages_are_paired_by_their_words():
    old = [Page(words_of([f"Biểu số {n}: tổng cộng 120 vụ"]), f"{n}") for n in (1, 2, 3)]
    new = [old[0], Page(words_of(["Biểu số 2: tổng cộng 121 vụ"]), "x"), old[2]]
    assert compared(old, new).runs == ((1, 1, 1, "same"), (2, 2, 1, "changed"), (3, 3, 1, "same"))


pages = st.lists(st.integers(1, 8).map(sheet), max_size=12)


@given(pages, pages)
def test_every_page_is_told_once_whatever_was_done(old, new):
    found = compared(old, new)
    there = {page: pair for page in range(1, len(old) + 1) if (pair := paired_page([found.runs], page))}
    assert {*there} | {*found.removed} == set(range(1, len(old) + 1))
    after = [page for page, _ in there.values()]
    assert sorted([*after, *found.added]) == list(range(1, len(new) + 1))
    assert all(old[a - 1] == new[b - 1] for a, (b, kind) in there.items() if kind == "same")


def test_a_page_is_followed_over_several_versions():
    first, second = ((1, 1, 3, "same"), (4, 5, 1, "changed")), ((1, 2, 5, "same"),)
    assert paired_page([first], 4) == (5, "changed")
    assert paired_page([first], 9) is None
    assert paired_page([first, second], 4) == (6, "changed")
    assert paired_page([first, second], 2) == (3, "same")
    assert paired_page([first, ()], 2) is None

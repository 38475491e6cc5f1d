"""What was written on the pages comes with a package as it was at every moment."""

from meetingroom.archive import inked
from meetingroom.meeting.ink import InkCleared, InkDrawn, InkErased, InkRestored
from meetingroom.meeting.kernel import Recorded
from tests.given import NINE, flat
from tests.meeting.test_versions import READY, REPLACED, stroke


def test_every_change_of_a_page_is_there_and_what_a_new_version_took_over():
    written = [InkDrawn("d1", 5, (stroke("stroke1"), stroke("stroke2"))), InkErased("d1", 5, ("stroke1",))]
    written += [InkCleared("d1", 5), InkDrawn("d1", 5, (stroke("stroke3"),)), InkRestored("d1", 5), REPLACED]
    log = [Recorded(n, NINE + n, "an", fact) for n, fact in enumerate(flat([READY, written]), 1)]
    found = inked.build("m1", log, {"d1", "d2"})
    last = log[-1].at
    assert found["d1/5"] == [
        [last - 5, {"draw": [stroke("stroke1"), stroke("stroke2")]}],
        [last - 4, {"erase": ["stroke1"]}],
        [last - 3, {"all": []}],
        [last - 2, {"draw": [stroke("stroke3")]}],
        [last - 1, {"all": [stroke("stroke2"), stroke("stroke3")]}],
    ]
    assert found["d2/6"] == [[last, {"draw": [stroke("stroke2"), stroke("stroke3")]}]]
    assert inked.build("m1", log, {"d3"}) == {}

"""The page of a meeting's documents: made, numbered, issued, replaced, each step once."""

import re

import pytest

from meetingroom.issuing import making
from meetingroom.meeting.issuing import DocumentIssued, DocumentMade, NumberTaken
from meetingroom.meeting.lifecycle import MeetingClosed
from tests.minutes.test_notes import facts

PAGE = "/meetings/m1/documents"


class Clerk:
    """A member of the staff at the page."""

    def __init__(self, program, name: str):
        self.client = program.client(name)
        self.n = 0

    def does(self, do: str, **given):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(PAGE).text)[1]
        self.n += 1
        form = {"csrf_token": token, "id": f"f{self.n}", "do": do, **given}
        answer = self.client.post(PAGE, data=form)
        return answer if answer.status_code != 302 else self.client.get(PAGE)


@pytest.fixture
def mai(running, monkeypatch):
    """Files are made in a process of their own, which other tests try."""
    monkeypatch.setattr(making, "makers", {"chuong_trinh": files_of, "giay_moi": files_of})
    return Clerk(running, "mai")


def files_of(meeting, wish):
    return b"%PDF-" + wish.kind.encode(), b"PK" + wish.kind.encode()


def test_a_document_is_made_numbered_and_issued(running, mai):
    assert "Đã lập: Giấy mời" in mai.does("make", kind="giay_moi").text
    (made,) = facts(running, DocumentMade)
    assert "Đã cấp số" in mai.does("number", document=made.document).text
    (taken,) = facts(running, NumberTaken)
    assert re.fullmatch(r"01/GM.*", taken.text)
    page = mai.client.get(PAGE).text
    assert "Lập lại để in số" in page  # one step is next, and it alone stands out
    assert page.count('class="button primary"') == 1
    refused = mai.does("issue", document=made.document)
    assert 'role="alert"' in refused.text  # the number is not in the file yet
    mai.does("make", kind="giay_moi")
    page = mai.does("issue", document=made.document)
    assert "Đã ban hành văn bản." in page.text
    (issued,) = facts(running, DocumentIssued)
    assert issued.document == made.document
    answer = running.get("em", "/api/meetings/m1/issued")
    assert answer.status_code == 200, answer.text
    listed = answer.json["documents"]
    assert [(each["kind"], each["number"]) for each in listed] == [("giay_moi", taken.text)]


def test_what_has_gone_out_is_replaced_and_not_changed(running, mai):
    mai.does("make", kind="chuong_trinh")
    first = facts(running, DocumentMade)[0].document
    mai.does("issue", document=first)
    mai.does("make", kind="chuong_trinh")
    second = facts(running, DocumentMade)[1].document
    assert second != first
    page = mai.does("replace", document=first, by=second, reason="sai giờ")
    assert "Đã thay thế" in page.text


def test_a_step_is_done_once_however_often_it_is_sent(running, mai):
    token = re.search(r'name="csrf_token" value="([^"]+)"', mai.client.get(PAGE).text)[1]
    form = {"csrf_token": token, "id": "same", "do": "make", "kind": "chuong_trinh"}
    for _time in range(2):
        assert mai.client.post(PAGE, data=form).status_code == 302
    assert len(facts(running, DocumentMade)) == 1


def test_who_may_see_the_page(running):
    assert running.get("dung", PAGE).status_code == 200
    assert running.get("em", PAGE).status_code == 403
    assert running.get("la", PAGE).status_code == 404


def test_of_what_nothing_is_known_nothing_is_made(running):
    mai = Clerk(running, "mai")
    running.happens("11:00", "an", MeetingClosed())
    assert "Chưa có nội dung để lập văn bản này." in mai.does("make", kind="thong_bao").text
    assert facts(running, DocumentMade) == []
    assert mai.does("dance").status_code == 400

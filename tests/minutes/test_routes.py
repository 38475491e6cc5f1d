"""Who may read the minutes, and what they get."""

import re
from io import BytesIO

import docx
import pypdfium2
import pytest

from meetingroom import log
from meetingroom.meeting.lifecycle import MeetingCreated
from meetingroom.meeting.people import PersonInvited
from meetingroom.minutes.draft import draft
from meetingroom.minutes.letterhead import letterhead
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.people import store
from tests.minutes.story import at

API = "/api/meetings/m1"
FILES = [f"{API}/minutes.pdf", f"{API}/minutes.docx", f"{API}/attendance.pdf", f"{API}/minutes.json"]
EVERYTHING = [*FILES, "/meetings/m1/minutes"]


def words_of(file: bytes) -> str:
    pages = pypdfium2.PdfDocument(file)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


@pytest.mark.parametrize("path", EVERYTHING)
def test_staff_read_at_any_time(house, path):
    for name in ("an", "mai", "dung"):
        assert house.get(name, path).status_code == 200, name


@pytest.mark.parametrize("path", EVERYTHING)
def test_members_read_once_the_meeting_is_closed(finished, path):
    assert finished.get("em", path).status_code == 200


@pytest.mark.parametrize("path", EVERYTHING)
def test_members_do_not_read_along(running, path):
    answer = running.get("em", path)
    assert answer.status_code == 403
    if path.startswith("/api/"):
        assert answer.json["error"]["code"] == "minutes_not_ready"


@pytest.mark.parametrize("path", EVERYTHING)
def test_outsiders_learn_nothing(finished, path):
    unknown = finished.get("la", path.replace("m1", "m404"))
    known = finished.get("la", path)
    assert known.status_code == unknown.status_code == 404
    token = re.compile(r'name="csrf_token" value="[^"]+"')
    assert token.sub("", known.text).replace("m1", "m404") == token.sub("", unknown.text)


@pytest.mark.parametrize("path", FILES)
def test_nobody_reads_without_signing_in(finished, path):
    assert finished.get(None, path).status_code == 401


def test_the_file_is_the_log_in_words(running):
    text = words_of(running.get("mai", FILES[0]).data)
    assert "08 giờ 10: trình chiếu tài liệu “Chương trình” (trang 1–2)." in text
    assert "Thông qua chương trình." in text
    assert "DỰ THẢO" in text


def test_the_file_is_the_same_for_everybody_and_every_time(finished):
    files = {finished.get(name, FILES[0]).data for name in ("an", "mai", "em")}
    assert len(files) == 1
    with finished.pool.lend() as db:
        facts, units = log.read(db, "m1"), store.units(db)
    assert files == {minutes_pdf(draft(facts, log.state(finished.pool, "m1"), letterhead(units)))}


def test_a_file_already_held_is_not_sent_again(finished):
    client = finished.client("mai")
    first = client.get(FILES[0])
    again = client.get(FILES[0], headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_names_of_files_say_what_they_are(finished):
    def name(path):
        return finished.get("mai", path).headers["Content-Disposition"]

    assert name(FILES[0]) == 'inline; filename="bien-ban.pdf"'
    assert name(FILES[2]) == 'inline; filename="danh-sach-tham-du.pdf"'


def test_a_draft_says_so_in_its_name(running):
    assert 'filename="bien-ban-du-thao.docx"' in running.get("mai", FILES[1]).headers["Content-Disposition"]


def test_the_word_file_opens(finished):
    document = docx.Document(BytesIO(finished.get("em", FILES[1]).data))
    assert any("Thông qua chương trình." in paragraph.text for paragraph in document.paragraphs)


def test_the_attendance_list_in_both_orders(finished):
    rank = words_of(finished.get("mai", FILES[2]).data)
    by_name = words_of(finished.get("mai", FILES[2] + "?by=name").data)
    assert by_name == words_of(finished.get("mai", FILES[2] + "?order=name").data)
    assert rank.index("Lý Thị Mai") < rank.index("Phạm Thị Dung") < rank.index("Hoàng Văn Em")
    assert by_name.index("Phạm Thị Dung") < by_name.index("Hoàng Văn Em") < by_name.index("Lý Thị Mai")


def test_the_document_is_vietnamese_whatever_the_reader_reads(finished):
    client = finished.client("mai")
    client.set_cookie("language", "en")
    assert "BIÊN BẢN" in words_of(client.get(FILES[0]).data)
    assert "MINUTES" in words_of(client.get(FILES[0] + "?language=en").data)


def test_the_preview_says_what_the_file_says(running):
    told = running.get("mai", FILES[3]).json
    text = words_of(running.get("mai", FILES[0]).data)
    for block in told["blocks"]:
        assert " ".join(block["text"].split()) in text
    assert told["lines"]["i1"] == ["08 giờ 10: trình chiếu tài liệu “Chương trình” (trang 1–2)."]
    assert told["form"]["issuing"] == ["VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH LẠC GIANG"]


def test_nothing_is_written_of_a_meeting_on_state_secrets(house):
    secret = MeetingCreated("", "meeting", at("08:00"), at("11:00"), "Phòng 1", "secret")
    role = PersonInvited(house.ids["mai"], "Lý Thị Mai", "", "", "secretary")
    house.happens("07:00", "dung", secret, role, meeting="m2")
    for path in FILES:
        answer = house.get("mai", path.replace("m1", "m2"))
        assert (answer.status_code, answer.json["error"]["code"]) == (409, "secret_meeting")
    page = house.get("mai", "/meetings/m2/minutes")
    assert page.status_code == 200
    assert "bí mật nhà nước" in page.text
    assert "minutes-items" not in page.text


def test_the_editor_is_only_there_for_those_who_write(finished):
    assert "<minutes-items>" in finished.get("mai", "/meetings/m1/minutes").text
    for reader in ("em", "dung"):
        assert "<minutes-items>" not in finished.get(reader, "/meetings/m1/minutes").text

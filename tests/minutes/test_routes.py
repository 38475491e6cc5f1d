"""Who may read the minutes, and what they get."""

import re
from io import BytesIO

import docx
import pypdfium2
import pytest

from meetingroom import clock, log
from meetingroom.auth import account_store
from meetingroom.meeting.approval import MinutesUnlocked
from meetingroom.meeting.lifecycle import MeetingArchived, MeetingCreated
from meetingroom.meeting.people import PersonInvited, RoleChanged
from meetingroom.meeting.record import NoteRecorded
from meetingroom.minutes.draft import draft
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.printing.letterhead import letterhead
from tests.minutes.story import at

API = "/api/meetings/m1"
FILES = [f"{API}/minutes.pdf", f"{API}/minutes.docx", f"{API}/attendance.pdf", f"{API}/minutes.json"]
EVERYTHING = [*FILES, "/meetings/m1/minutes"]


def words_of(file: bytes) -> str:
    pages = pypdfium2.PdfDocument(file)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


@pytest.mark.parametrize("path", EVERYTHING)
def test_staff_read_at_any_time(program, path):
    for name in ("an", "mai", "dung"):
        assert program.get(name, path).status_code == 200, name


@pytest.mark.parametrize("path", EVERYTHING)
def test_members_read_once_the_chair_has_approved(approved, path):
    for name in ("an", "mai", "dung", "em"):
        assert approved.get(name, path).status_code == 200, name


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("moment", ["running", "finished", "unlocked", "archived"])
def test_members_do_not_read_a_draft(request, moment, path):
    program = request.getfixturevalue({"running": "running", "unlocked": "approved"}.get(moment, "finished"))
    if moment == "unlocked":
        program.happens("13:00", "an", MinutesUnlocked(1, "sai tên"))
    if moment == "archived":
        program.happens("13:00", "mai", MeetingArchived())
    answer = program.get("em", path)
    assert answer.status_code == 403
    if path.startswith("/api/"):
        assert answer.json["error"]["code"] == "minutes_not_ready"


@pytest.mark.parametrize("role", ["guest", "technician", "delegate"])
@pytest.mark.parametrize("path", EVERYTHING)
def test_whoever_is_no_staff_waits_for_the_approval(finished, path, role):
    finished.happens("11:01", "dung", RoleChanged(finished.ids["em"], role, ""))
    assert finished.get("em", path).status_code == 403
    finished.happens("11:02", "dung", RoleChanged(finished.ids["em"], "cochair", ""))
    assert finished.get("em", path).status_code == 200


@pytest.mark.parametrize("path", EVERYTHING)
def test_outsiders_learn_nothing(approved, path):
    unknown = approved.get("la", path.replace("m1", "m404"))
    known = approved.get("la", path)
    assert known.status_code == unknown.status_code == 404
    token = re.compile(r'name="csrf_token" value="[^"]+"')
    assert token.sub("", known.text).replace("m1", "m404") == token.sub("", unknown.text)


@pytest.mark.parametrize("path", FILES)
def test_nobody_reads_without_signing_in(approved, path):
    assert approved.get(None, path).status_code == 401


def test_the_file_is_the_log_in_words(running):
    text = words_of(running.get("mai", FILES[0]).data)
    assert "08 giờ 10: trình chiếu tài liệu “Chương trình” (trang 1–2)." in text
    assert "Thông qua chương trình." in text
    assert "DỰ THẢO" in text


def test_the_file_is_the_same_for_everybody_and_every_time(approved):
    files = {approved.get(name, FILES[0]).data for name in ("an", "mai", "em")}
    assert len(files) == 1
    with approved.pool.lend() as db:
        facts, units = log.read(db, "m1"), account_store.list_units(db)
    assert files == {minutes_pdf(draft(facts, log.state(approved.pool, "m1"), letterhead(units)))}


def test_what_tells_of_a_moment_says_when_it_was(approved):
    blocks = approved.get("mai", FILES[3]).json["blocks"]
    moments = {block["text"]: block.get("at") for block in blocks}
    assert moments["08 giờ 10: trình chiếu tài liệu “Chương trình” (trang 1–2)."] == at("08:10")
    assert all(moment is None or moment >= at("07:00") for moment in moments.values())
    assert "at" not in blocks[0]  # the head tells of no moment of the meeting


def test_a_file_already_held_is_not_sent_again(approved):
    client = approved.client("mai")
    first = client.get(FILES[0])
    again = client.get(FILES[0], headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_names_of_files_say_what_they_are(approved):
    def name(path):
        return approved.get("mai", path).headers["Content-Disposition"]

    assert name(FILES[0]) == 'inline; filename="bien-ban.pdf"'
    assert name(FILES[2]) == 'inline; filename="danh-sach-tham-du.pdf"'


def test_a_draft_says_so_in_its_name(running):
    assert 'filename="bien-ban-du-thao.docx"' in running.get("mai", FILES[1]).headers["Content-Disposition"]


def test_the_word_file_opens(approved):
    document = docx.Document(BytesIO(approved.get("em", FILES[1]).data))
    assert any("Thông qua chương trình." in paragraph.text for paragraph in document.paragraphs)


def test_the_attendance_list_in_both_orders(approved):
    rank = words_of(approved.get("mai", FILES[2]).data)
    by_name = words_of(approved.get("mai", FILES[2] + "?by=name").data)
    assert by_name == words_of(approved.get("mai", FILES[2] + "?order=name").data)
    assert rank.index("Lý Thị Mai") < rank.index("Phạm Thị Dung") < rank.index("Hoàng Văn Em")
    assert by_name.index("Phạm Thị Dung") < by_name.index("Hoàng Văn Em") < by_name.index("Lý Thị Mai")


def test_the_document_is_vietnamese_whatever_the_reader_reads(approved):
    client = approved.client("mai")
    client.set_cookie("language", "en")
    assert "BIÊN BẢN" in words_of(client.get(FILES[0]).data)
    assert "MINUTES" in words_of(client.get(FILES[0] + "?language=en").data)


def test_the_preview_says_what_the_file_says(running):
    answer = running.get("mai", FILES[3]).json
    text = words_of(running.get("mai", FILES[0]).data)
    for block in answer["blocks"]:
        assert " ".join(block["text"].split()) in text
    assert answer["lines"]["i1"] == ["08 giờ 10: trình chiếu tài liệu “Chương trình” (trang 1–2)."]
    assert answer["form"]["issuing"] == ["VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH LẠC GIANG"]


def test_nothing_is_written_of_a_meeting_on_state_secrets(program):
    secret = MeetingCreated("", "meeting", at("08:00"), at("11:00"), "Phòng 1", "secret")
    role = PersonInvited(program.ids["mai"], "Lý Thị Mai", "", "", "secretary")
    program.happens("07:00", "dung", secret, role, meeting="m2")
    for path in FILES:
        answer = program.get("mai", path.replace("m1", "m2"))
        assert (answer.status_code, answer.json["error"]["code"]) == (409, "secret_meeting")
    page = program.get("mai", "/meetings/m2/minutes")
    assert page.status_code == 200
    assert "bí mật nhà nước" in page.text
    assert "minutes-items" not in page.text


def test_the_editor_is_only_there_for_those_who_write(approved):
    assert "<minutes-items>" in approved.get("mai", "/meetings/m1/minutes").text
    for reader in ("em", "dung"):
        assert "<minutes-items>" not in approved.get(reader, "/meetings/m1/minutes").text


def test_a_draft_is_marked_as_one_until_a_person_approves(finished):
    """Closing the meeting makes nothing final."""
    assert "DỰ THẢO" in words_of(finished.get("mai", FILES[0]).data)
    assert "DỰ THẢO" in words_of(finished.get("mai", FILES[2]).data)
    word = docx.Document(BytesIO(finished.get("mai", FILES[1]).data))
    assert "DỰ THẢO" in word.tables[0]._tbl.xpath("string(.)")
    for path, name in ((FILES[0], "bien-ban-du-thao.pdf"), (FILES[1], "bien-ban-du-thao.docx")):
        assert f'filename="{name}"' in finished.get("mai", path).headers["Content-Disposition"]
    said = finished.get("mai", FILES[3]).json
    assert (said["draft"], said["form"]["mark"], said["approval"]["state"]) == (True, "DỰ THẢO", "draft")


def test_approved_minutes_bear_no_mark_and_say_who_approved(approved):
    for path in (FILES[0], FILES[2]):
        assert "DỰ THẢO" not in words_of(approved.get("em", path).data)
    said = approved.get("em", FILES[3]).json
    assert (said["draft"], said["form"]["mark"]) == (False, "")
    approval = said["approval"]
    assert (approval["state"], approval["version"], approval["at"], approval["by"]) == (
        "approved",
        1,
        at("12:00"),
        "Nguyễn Văn An",
    )


def post_command(program, who: str, name: str, **args):
    body = {"id": clock.new_id(), "name": name, "args": args}
    return program.client(who).post(f"{API}/commands", json=body, headers={"X-Meetingroom": "1"})


def test_the_chair_approves_the_text_that_was_read_and_no_other(finished):
    read = finished.get("an", FILES[3]).json["approval"]
    assert post_command(finished, "mai", "record_note", item="i1", text="Khác rồi.").status_code == 200
    stale = post_command(finished, "an", "approve_minutes", version=read["version"], digest=read["digest"])
    assert (stale.status_code, stale.json["error"]["code"]) == (409, "changed_meanwhile")
    assert finished.get("em", FILES[3]).status_code == 403
    again = finished.get("an", FILES[3]).json["approval"]
    assert again["digest"] != read["digest"]
    assert post_command(finished, "mai", "approve_minutes", **seen_version(again)).status_code == 403
    assert post_command(finished, "an", "approve_minutes", **seen_version(again)).status_code == 200
    assert finished.get("em", FILES[3]).json["approval"]["digest"] == again["digest"]
    refused = post_command(finished, "mai", "record_note", item="i1", text="Sửa sau khi duyệt.")
    assert (refused.status_code, refused.json["error"]["code"]) == (409, "minutes_approved")


def seen_version(approval: dict) -> dict:
    return {"version": approval["version"], "digest": approval["digest"]}


def test_nothing_later_changes_approved_minutes(approved):
    """Neither a later fact nor another name of the agency."""
    before = [approved.get("em", path).data for path in FILES]
    with approved.pool.writing() as db:
        db.conn.execute("update units set name = 'Viện kiểm sát nhân dân tỉnh Khác'")
    approved.happens("14:00", "mai", NoteRecorded("i1", "Thêm vào sau."), MeetingArchived())
    assert [approved.get("em", path).data for path in FILES] == before


def test_the_page_of_the_meeting_says_what_the_minutes_are(approved):
    assert "Biên bản: đã duyệt" in approved.get("em", "/meetings/m1").text
    approved.happens("13:00", "an", MinutesUnlocked(1, "sai tên"))
    member, staff = approved.get("em", "/meetings/m1").text, approved.get("mai", "/meetings/m1").text
    assert "/meetings/m1/minutes" not in member
    assert "Biên bản đang là dự thảo" in member
    assert "Biên bản: dự thảo" in staff

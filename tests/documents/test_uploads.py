"""Uploading: who may, what is taken, what is refused with which words."""

import hashlib
import json

import pytest

from meetingroom import disk, log
from meetingroom.documents import content_store, messages, office, store, upload
from meetingroom.meeting.lifecycle import CloseMeeting, OpenMeeting
from tests.documents import papers


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]["code"]


def incoming(room) -> list:
    return list(content_store.incoming_folder(room.settings).iterdir())


def test_an_upload_is_processed_and_becomes_a_paper_of_its_item(room, tmp_path):
    answer = room.sends("mai", papers.pdf(tmp_path / "Báo cáo_tổng kết.pdf", pages=3))
    assert answer.status_code == 202
    assert answer.get_json()["status"] == "processing"
    document = answer.get_json()["id"]
    waiting = room.api("mai", "GET", f"/api/documents/{document}").get_json()
    assert (waiting["status"], waiting["stage"], waiting["ready_pages"]) == ("processing", "queued", 0)
    room.work()
    done = room.api("mai", "GET", f"/api/documents/{document}").get_json()
    assert (done["status"], done["pages"], done["progress"], done["error"]) == ("ready", 3, 1, None)
    [paper] = log.state(room.pool, "m1").papers.values()
    assert (paper.title, paper.document, paper.item, paper.pages) == ("Báo cáo tổng kết", document, room.item, 3)
    assert paper.shape == ((1, 595.3, 841.9),)


def test_a_file_sent_again_under_the_same_id_is_taken_once(room, tmp_path):
    file, other = papers.pdf(tmp_path / "a.pdf", pages=1), papers.pdf(tmp_path / "b.pdf", pages=2)
    [first, again] = [room.sends("mai", file, id="request-7").get_json()["id"] for _ in range(2)]
    assert first == again
    assert room.sends("mai", other, id="request-7").get_json()["id"] != first, "another file is another document"
    assert room.sends("mai", file).get_json()["id"] != first
    assert len(room.api("mai", "GET", "/api/meetings/m1/documents").get_json()["documents"]) == 3


def test_two_hundred_files_in_three_seconds_are_sixty_now_and_the_rest_later(room, tmp_path):
    file = papers.pdf(tmp_path / "a.pdf", pages=1)
    answers = [room.sends("mai", file) for _ in range(62)]
    assert [answer.status_code for answer in answers] == [202] * 60 + [429] * 2
    assert code(answers[-1]) == (429, "too_many_uploads")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 61
    assert incoming(room) == []
    assert room.sends("an", file).status_code == 202  # others are not held up


def test_the_paper_is_attached_in_the_name_of_its_uploader_and_once(room, tmp_path):
    from meetingroom.documents.ingest import attach
    from meetingroom.jobs.queue import JobContext

    document = room.paper(papers.pdf(tmp_path / "a.pdf", pages=1))
    attach(JobContext(room.settings, room.pool), document)
    room.withdraws(document)
    attach(JobContext(room.settings, room.pool), document)  # a job done again does not bring a withdrawn paper back
    with room.pool.lend() as db:
        facts = log.read(db, "m1")
    attached = [fact for fact in facts if type(fact.event).__name__ == "PaperAttached"]
    assert [fact.by for fact in attached] == [room.ids["mai"]]
    assert log.state(room.pool, "m1").papers == {}


def test_a_document_without_an_item_waits_to_be_attached_by_hand(room, tmp_path):
    document = room.paper(papers.pdf(tmp_path / "a.pdf", pages=1), item="")
    [found] = room.api("mai", "GET", "/api/meetings/m1/documents").get_json()["documents"]
    assert (found["id"], found["status"], found["attached"]) == (document, "ready", False)
    command = {"id": "by-hand", "name": "attach_paper", "args": {"item": room.item, "document": document}}
    assert room.browser("mai").api("POST", "/api/meetings/m1/commands", command).status_code == 200
    assert log.state(room.pool, "m1").papers[room.key(document)].pages == 1


def test_a_document_of_another_meeting_cannot_be_attached(room, tmp_path):
    answer = room.sends("lan", papers.pdf(tmp_path / "a.pdf", pages=1), meeting="m2")
    room.work()
    command = {"id": "x", "name": "attach_paper", "args": {"item": room.item, "document": answer.get_json()["id"]}}
    assert code(room.browser("mai").api("POST", "/api/meetings/m1/commands", command))[1] == "document_not_ready"


def test_an_item_removed_meanwhile_leaves_the_document_to_be_attached_elsewhere(room, tmp_path):
    from meetingroom.meeting.agenda import RemoveItem

    document = room.sends("mai", papers.pdf(tmp_path / "a.pdf", pages=1)).get_json()["id"]
    room.does("mai", RemoveItem(room.item))
    room.work()
    [found] = room.api("mai", "GET", "/api/meetings/m1/documents").get_json()["documents"]
    assert (found["id"], found["status"], found["attached"]) == (document, "ready", False)


@pytest.mark.parametrize(
    ("who", "status"),
    [("mai", 202), ("dung", 202), ("an", 202), ("em", 403), ("khach", 403), ("lan", 404), ("nobody", 404), (None, 401)],
)
def test_the_staff_of_the_meeting_uploads_and_nobody_else(room, tmp_path, who, status):
    assert room.sends(who, papers.pdf(tmp_path / "a.pdf", pages=1)).status_code == status
    assert incoming(room) == []


def test_a_foreign_page_cannot_upload_for_somebody(room, tmp_path):
    assert code(room.sends("mai", papers.pdf(tmp_path / "a.pdf"), header=False)) == (403, "header_missing")


@pytest.mark.parametrize(
    ("make", "name", "refused"),
    [
        (lambda p: (p.write_bytes(b"") and p) or p, "a.pdf", (422, "empty_file")),
        (papers.random_bytes, "a.pdf", (422, "disguised")),
        (papers.random_bytes, "a.exe", (415, "unsupported_type")),
        (papers.encrypted_office, "a.docx", (422, "encrypted")),
    ],
)
def test_what_is_wrong_at_first_sight_is_told_at_once(room, tmp_path, make, name, refused):
    path = tmp_path / name
    make(path)
    assert code(room.sends("mai", path)) == refused
    assert incoming(room) == []
    assert room.api("mai", "GET", "/api/meetings/m1/documents").get_json()["documents"] == []


def test_what_the_worker_finds_is_told_in_words(room, tmp_path):
    document = room.sends("mai", papers.encrypted_pdf(tmp_path / "a.pdf")).get_json()["id"]
    room.work()
    found = room.api("mai", "GET", f"/api/documents/{document}").get_json()
    assert (found["status"], found["error"]["code"], found["may_retry"]) == ("failed", "encrypted", False)
    assert "password" in found["error"]["message"]


@pytest.mark.parametrize(("name", "instead"), [("a.xlsm", ".xlsx"), ("a.ppsx", ".pptx"), ("a.dotx", ".docx")])
def test_a_file_with_macros_or_a_show_is_told_what_to_save_it_as(room, tmp_path, name, instead):
    (tmp_path / name).write_bytes(b"PK")
    answer = room.sends("mai", tmp_path / name)
    assert code(answer) == (415, "unsupported_type")
    assert instead in answer.get_json()["error"]["message"]
    assert answer.get_json()["error"]["save_as"] == instead[1:]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_reason_is_a_whole_sentence_in_both_languages(room, language):
    with room.app.test_request_context(headers={"Accept-Language": language}):
        for reason in (*messages.REFUSALS, *messages.FAILURES, *messages.PAGES):
            save = {"save_as": "xlsx"} if reason == "save_as" else {}
            sentence = messages.sentence_for(reason, {"page": 7, "limit": 1000, "ending": "xlsm", **save})
            assert sentence.endswith((".", ".”"))
            assert "%" not in sentence


def test_a_file_above_the_limit_is_refused_before_it_is_read(room, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-" + bytes(5_000_000))
    assert code(room.sends("mai", tmp_path / "a.pdf")) == (413, "too_large")
    assert incoming(room) == []


def test_a_file_just_above_the_limit_is_refused_while_it_comes(room, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-" + bytes(room.settings.upload_limit))
    assert code(room.sends("mai", tmp_path / "a.pdf")) == (413, "too_large")
    assert incoming(room) == []


def test_without_libreoffice_an_office_file_is_refused_with_what_to_do(room, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "available", lambda ending="docx": False)
    answer = room.sends("mai", papers.docx(tmp_path / "a.docx", paragraphs=1))
    assert code(answer) == (503, "libreoffice_missing")
    assert "PDF" in answer.get_json()["error"]["message"]
    assert "docx" not in room.api("mai", "GET", "/api/meetings/m1/documents").get_json()["kinds"]


def test_a_meeting_on_state_secrets_takes_no_file(room, tmp_path):
    room.meeting("m3", {"dung": "organiser"}, secrecy="secret")
    answer = room.sends("dung", papers.pdf(tmp_path / "a.pdf"), meeting="m3")
    assert code(answer) == (409, "secret_meeting")


def test_a_meeting_that_is_over_takes_no_file(room, tmp_path):
    room.does("an", OpenMeeting())
    room.does("an", CloseMeeting())
    assert code(room.sends("mai", papers.pdf(tmp_path / "a.pdf"))) == (409, "meeting_over")


def test_an_item_that_is_not_there_is_refused(room, tmp_path):
    assert code(room.sends("mai", papers.pdf(tmp_path / "a.pdf"), item="none"))[1] == "no_such_item"
    assert incoming(room) == []


def test_a_stamped_file_is_refused_unless_somebody_says_why_and_that_is_written_down(room, tmp_path):
    path = papers.pdf(tmp_path / "a.pdf", pages=1)
    refused = room.sends("mai", path, filename="Kết luận TỐI MẬT.pdf")
    assert code(refused) == (422, "secret_stamp")
    assert refused.get_json()["error"]["stamp"] == "TỐI MẬT"
    assert code(room.sends("mai", path, filename="Kết luận TỐI MẬT.pdf", override_reason="x")) == (422, "secret_stamp")
    reason = "Tên vở kịch, không phải tài liệu mật"
    taken = room.sends("mai", path, filename="Kết luận TỐI MẬT.pdf", override_reason=reason)
    assert taken.status_code == 202
    with room.pool.lend() as db:
        line = db.conn.execute("select * from audit where name = 'stamp_overridden'").fetchone()
    assert (line["by"], line["subject"]) == (room.ids["mai"], taken.get_json()["id"])
    assert json.loads(line["data"]) == {"filename": "Kết luận TỐI MẬT.pdf", "stamp": "TỐI MẬT", "reason": reason}


def test_the_names_of_the_file_are_tidied(room, tmp_path):
    answer = room.sends("mai", papers.pdf(tmp_path / "a.pdf", pages=1), filename="../../Ba\u0301o\u0000 ca\u0301o.pdf")
    found = room.api("mai", "GET", f"/api/documents/{answer.get_json()['id']}").get_json()
    assert found["filename"] == "Báo cáo.pdf"


def test_the_original_lies_on_the_disk_unchanged_under_its_hash(room, tmp_path):
    path = papers.pdf(tmp_path / "a.pdf")
    room.sends("mai", path)
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    assert content_store.original_path(room.settings, sha).read_bytes() == path.read_bytes()
    assert incoming(room) == []


def test_a_request_without_a_file_or_with_two_is_refused(room, tmp_path):
    browser = room.browser("mai")
    headers = {"X-Meetingroom": "1"}
    nothing = browser.client.post("/api/meetings/m1/documents", data={"item": room.item}, headers=headers)
    assert nothing.status_code == 400
    one, two = papers.pdf(tmp_path / "a.pdf", pages=1), papers.pdf(tmp_path / "b.pdf", pages=1)
    with one.open("rb") as first, two.open("rb") as second:
        both = browser.client.post(
            "/api/meetings/m1/documents", data={"file": (first, "a.pdf"), "more": (second, "b.pdf")}, headers=headers
        )
    assert both.status_code == 400
    assert incoming(room) == []


def test_a_large_file_is_never_held_in_memory(tmp_path):
    import tracemalloc

    arrival = upload.Arrival(tmp_path / "x", 100_000_000)
    block = bytes(64 * 1024)
    tracemalloc.start()
    for _ in range(1000):
        arrival.write(block)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    arrival.close()
    assert arrival.size == 65_536_000
    assert peak < 3_000_000


def test_no_room_on_the_disk_is_told_before_the_file_comes(room, tmp_path, monkeypatch):
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: usage(10**9, 10**9, 1000))
    assert code(room.sends("mai", papers.pdf(tmp_path / "a.pdf"))) == (503, "no_space")


def test_a_failed_document_is_done_again_and_a_good_one_is_not(room, tmp_path):
    document = room.sends("mai", papers.pdf(tmp_path / "a.pdf", pages=1)).get_json()["id"]
    with room.pool.writing() as db:
        store.mark_failed(db, document, "conversion_slow", {"seconds": 60})
        db.conn.execute("update jobs set status = 'done'")
    assert room.api("em", "POST", f"/api/documents/{document}/retry").status_code == 404
    assert room.api("mai", "POST", f"/api/documents/{document}/retry").status_code == 202
    room.work()
    assert code(room.api("mai", "POST", f"/api/documents/{document}/retry")) == (409, "document_attached")
    room.withdraws(document)
    assert code(room.api("mai", "POST", f"/api/documents/{document}/retry")) == (409, "nothing_to_retry")


def test_a_document_in_use_is_not_deleted_a_withdrawn_one_is_with_its_files(room, tmp_path):
    document = room.paper(papers.pdf(tmp_path / "a.pdf", pages=1))
    place = room.contents(document)
    assert code(room.api("mai", "DELETE", f"/api/documents/{document}")) == (409, "document_attached")
    room.withdraws(document)
    assert room.api("em", "DELETE", f"/api/documents/{document}").status_code == 410
    assert room.api("mai", "DELETE", f"/api/documents/{document}").status_code == 204
    assert room.api("mai", "GET", f"/api/documents/{document}").status_code == 404
    room.work()
    assert not place.original.exists()
    assert not place.folder.exists()


def test_the_list_says_what_may_be_uploaded_and_whether_the_worker_lives(room):
    from meetingroom.jobs import heartbeat

    answer = room.api("mai", "GET", "/api/meetings/m1/documents").get_json()
    assert {"pdf", "png", "jpg", "jpeg"} <= set(answer["kinds"])
    assert (answer["limit"], answer["pages"], answer["worker"]) == (3_000_000, 1000, False)
    heartbeat.heartbeat_file(room.settings).touch()
    assert room.api("mai", "GET", "/api/meetings/m1/documents").get_json()["worker"]
    assert room.api("em", "GET", "/api/meetings/m1/documents").status_code == 403
    assert room.api("lan", "GET", "/api/meetings/m1/documents").status_code == 404

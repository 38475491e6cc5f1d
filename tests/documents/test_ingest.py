"""From an upload to a paper: every page, or an honest word about why not."""

import json

import pytest
from PIL import Image

from meetingroom.documents import ingest, office, render_pool, store
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext, Requeue
from tests.documents import papers, pdfs

A4 = "0 0 595 842"


def test_a_report_is_ready_when_every_page_is(bench, tmp_path):
    document = bench.ingested(papers.pdf(tmp_path / "báo cáo.pdf", pages=4))
    assert (document["status"], document["pages"], document["progress"]) == ("ready", 4, 1)
    assert (document["ready_pages"], document["failed_pages"]) == (4, [])
    assert document["shape"] == [[1, 595.3, 841.9]]
    contents = bench.contents(document["id"])
    for number in range(1, 5):
        assert max(Image.open(contents.page(number, 1920)).size) == 1920
        assert max(Image.open(contents.page(number, 480)).size) == 480
    assert contents.record(4)["words"][1]["text"] == "4"


def test_the_text_of_a_page_is_kept_for_search(bench, tmp_path):
    document = bench.ingested(papers.pdf(tmp_path / "a.pdf", pages=1, lines=1))
    with bench.pool.lend() as db:
        assert store.find_page(db, document["id"], 1)["text"] == f"Trang 1 {papers.LINE}"


def test_sharp_pages_follow_in_a_second_pass(bench, tmp_path):
    document = bench.ingested(papers.pdf(tmp_path / "a.pdf", pages=2))
    contents = bench.contents(document["id"])
    assert not contents.is_sharp(1)
    bench.work()
    assert max(Image.open(contents.page(2, 2880)).size) == 2880


def test_a_photograph_is_a_paper_of_one_page_and_no_larger_than_it_is(bench, tmp_path):
    document = bench.ingested(papers.jpeg(tmp_path / "ảnh.jpg"))
    bench.work()
    assert (document["status"], document["pages"]) == ("ready", 1)
    contents = bench.contents(document["id"])
    assert Image.open(contents.page(1, 2880)).size == (400, 300)
    assert contents.page(1, 2880).samefile(contents.page(1, 1920))


@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
def test_a_word_file_becomes_a_paper(bench, tmp_path):
    document = bench.ingested(papers.docx(tmp_path / "báo cáo.docx"))
    assert document["status"] == "ready"
    assert document["pages"] > 1
    assert "kiểm" in json.dumps(bench.contents(document["id"]).record(1), ensure_ascii=False)


@pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")
def test_a_long_workbook_shows_its_first_pages_and_says_so(bench, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "SHEET_PAGES", 2)
    document = bench.ingested(papers.xlsx(tmp_path / "a.xlsx", rows=400))
    assert (document["status"], document["pages"], document["detail"]) == ("ready", 2, {"only_first": 2})


def test_a_workbook_whose_structure_alone_is_protected_is_an_ordinary_paper(bench, tmp_path):
    document = bench.ingested(papers.locked_workbook(tmp_path / "a.xlsx"))
    assert (document["status"], document["pages"], document["warnings"]) == ("ready", 1, [])


@pytest.mark.parametrize(
    ("make", "name", "code"),
    [
        (papers.encrypted_pdf, "a.pdf", "encrypted"),
        (lambda path: papers.truncated(papers.pdf(path), 0.1), "a.pdf", "damaged"),
        (papers.png_bomb, "a.png", "picture_too_large"),
        (lambda path: papers.truncated(papers.jpeg(path), 0.2), "a.jpg", "damaged"),
        (pdfs.for_certificates, "a.pdf", "encrypted_for"),
        (lambda path: papers.locked_workbook(path, "mat-khau"), "a.xlsx", "encrypted"),
        (lambda path: papers.raw_pdf(path, "/MediaBox[0 0 1 90000]"), "a.pdf", "pages_fail"),
        (papers.zip_bomb, "a.docx", "bomb"),
        (lambda path: papers.bit_flipped(papers.docx(path)), "a.docx", "damaged"),
    ],
)
def test_what_cannot_be_a_paper_fails_with_its_reason_and_the_next_one_is_done(bench, tmp_path, make, name, code):
    document = bench.ingested(make(tmp_path / name))
    assert (document["status"], document["error"]) == ("failed", code)
    assert bench.ingested(papers.pdf(tmp_path / "next.pdf", pages=1))["status"] == "ready"


def test_a_document_of_too_many_pages_is_refused_with_the_limit(bench, tmp_path):
    bench.settings = bench.settings.__class__(data=bench.settings.data, page_limit=3)
    document = bench.ingested(papers.pdf(tmp_path / "a.pdf", pages=4, lines=1))
    assert (document["error"], document["detail"]) == ("too_many_pages", {"pages": 4, "limit": 3})


def test_a_page_that_cannot_be_drawn_is_named_and_stands_for_itself(bench, tmp_path, monkeypatch):
    """The other pages are good; the bad one says that it could not be shown."""
    monkeypatch.setattr(render_pool, "PAGE_SECONDS", 3)
    good, bad = papers.pdf(tmp_path / "good.pdf", pages=2), papers.endless_pdf(tmp_path / "bad.pdf")
    document = bench.ingested(joined(tmp_path / "a.pdf", good, bad, good))
    assert (document["status"], document["pages"], document["failed_pages"]) == ("ready", 5, [3])
    contents = bench.contents(document["id"])
    # Which of its bounds it comes to first depends on the computer: its time, or its memory.
    assert contents.record(3)["error"] in ("page_slow", "page_crashed")
    assert Image.open(contents.page(3, 1920)).size == (1357, 1920)
    assert contents.record(4)["words"]


def test_a_page_of_absurd_measurements_refuses_nobody_else(bench, tmp_path):
    document = bench.ingested(pdfs.boxes(tmp_path / "a.pdf", A4, A4, "0 0 1 90000", A4, "0 0 0 0"))
    assert (document["status"], document["pages"], document["failed_pages"]) == ("ready", 5, [3])
    assert bench.contents(document["id"]).record(3)["error"] == "absurd_page"


def test_a_fax_that_was_cut_off_is_shown_as_far_as_it_goes_and_its_owner_is_told(bench, tmp_path):
    document = bench.ingested(papers.truncated(papers.fax(tmp_path / "a.tif", pages=4), 0.7))
    assert (document["status"], document["pages"], document["failed_pages"]) == ("ready", 3, [3])
    assert document["warnings"] == [{"code": "cut_off", "page": 3}]


@pytest.mark.parametrize(("bad", "status"), [(1, "ready"), (3, "ready"), (4, "failed")])
def test_a_paper_most_of_whose_pages_are_placeholders_has_failed(bench, tmp_path, bad, status):
    document = bench.ingested(pdfs.boxes(tmp_path / "a.pdf", *["0 0 1 90000"] * bad, *[A4] * (6 - bad)))
    assert document["status"] == status
    assert document["error"] == ("" if status == "ready" else "pages_fail")


def test_trying_again_is_offered_only_where_it_may_help(room, tmp_path):
    damaged = room.sends("mai", pdfs.boxes(tmp_path / "a.pdf", "0 0 1 90000")).get_json()["id"]
    locked = room.sends("mai", pdfs.for_certificates(tmp_path / "b.pdf")).get_json()["id"]
    room.work("ingest")
    for document in (damaged, locked):
        assert room.get("mai", f"/api/documents/{document}").get_json()["may_retry"] is False


def joined(path, *parts):
    import pypdfium2 as pdfium

    whole = pdfium.PdfDocument.new()
    for part in parts:
        whole.import_pages(pdfium.PdfDocument(part))
    whole.save(path)
    return path


def test_pages_already_drawn_are_kept_when_the_work_begins_anew(bench, tmp_path):
    first = bench.ingested(papers.pdf(tmp_path / "a.pdf", pages=5))
    contents = bench.contents(first["id"])
    drawn = {number: contents.page(number, 1920).stat().st_mtime_ns for number in range(1, 6)}
    contents.words(3).unlink()  # as if the worker had died over page 3
    with bench.pool.writing() as db:
        db.conn.execute("update documents set status = 'processing', progress = 0.4 where id = ?", (first["id"],))
        db.conn.execute("delete from pages where n >= 3")
        queue.request_job(db, store.INGEST, first["id"])
    bench.work(store.INGEST)
    again = {number: contents.page(number, 1920).stat().st_mtime_ns for number in range(1, 6)}
    assert {number for number in drawn if drawn[number] != again[number]} == {3}
    assert bench.document(first["id"])["ready_pages"] == 5


def test_the_same_file_in_another_meeting_is_not_drawn_again(bench, tmp_path):
    path = papers.pdf(tmp_path / "a.pdf", pages=3)
    first = bench.ingested(path)
    contents = bench.contents(first["id"])
    before = contents.page(2, 1920).stat().st_mtime_ns
    second = bench.ingested(path, meeting="m2")
    assert (second["status"], second["ready_pages"]) == ("ready", 3)
    assert contents.page(2, 1920).stat().st_mtime_ns == before


def test_an_upload_that_lost_bytes_is_not_shown(bench, tmp_path):
    document = bench.upload(papers.pdf(tmp_path / "a.pdf"))
    papers.truncated(bench.contents(document).original, 0.9)
    bench.work()
    assert bench.document(document)["error"] == "upload_lost"


def test_a_document_deleted_in_mid_work_ends_the_work_quietly(bench, tmp_path, caplog):
    document = bench.upload(papers.pdf(tmp_path / "a.pdf", pages=6))
    with bench.pool.writing() as db:
        db.conn.execute(
            "create trigger gone after update of pages on documents begin delete from documents where id = new.id; end"
        )
    bench.work(store.INGEST)
    with bench.pool.lend() as db:
        assert store.find_document(db, document) is None
        assert db.conn.execute("select status, attempt from jobs").fetchall()[0][:] == ("done", 1)


def test_a_long_paper_lets_a_short_one_pass(bench, tmp_path, monkeypatch):
    monkeypatch.setattr(ingest, "TURN", 4)
    monkeypatch.setattr("meetingroom.documents.progress.SAVE_EVERY", 0)
    long = bench.upload(papers.pdf(tmp_path / "long.pdf", pages=30, lines=2))
    short = bench.upload(papers.pdf(tmp_path / "short.pdf", pages=2, lines=2))
    first, _ = bench.waiting(store.INGEST)
    context = JobContext(bench.settings, bench.pool)
    queue.do_job(context, first)
    assert bench.document(long)["status"] == "processing"
    assert 4 <= bench.document(long)["ready_pages"] < 30
    bench.work(store.INGEST)
    assert bench.document(short)["status"] == "ready"
    assert bench.document(long)["ready_pages"] == 30


def test_sharp_pages_make_room_for_an_upload(bench, tmp_path):
    document = bench.ingested(papers.pdf(tmp_path / "a.pdf", pages=3))
    bench.upload(papers.pdf(tmp_path / "b.pdf"))
    with pytest.raises(Requeue):
        ingest.sharpen(JobContext(bench.settings, bench.pool), document["id"])


def test_a_file_nobody_has_any_more_leaves_the_disk_and_a_shared_one_stays(bench, tmp_path):
    path = papers.pdf(tmp_path / "a.pdf", pages=1)
    first, second = bench.ingested(path), bench.ingested(path, meeting="m2")
    contents = bench.contents(first["id"])

    def delete(document):
        with bench.pool.writing() as db:
            store.remove_document(db, document)
            queue.request_job(db, store.TIDY, first["sha"])
        bench.work(store.TIDY)

    delete(first["id"])
    assert contents.original.exists()
    assert contents.page(1, 1920).exists()
    delete(second["id"])
    assert not contents.original.exists()
    assert not contents.folder.exists()


def test_what_cannot_be_done_three_times_is_given_up_and_said(bench, tmp_path, monkeypatch):
    def broken(*_):
        raise RuntimeError("the disk is broken")

    monkeypatch.setattr(ingest, "check", broken)
    document = bench.ingested(papers.pdf(tmp_path / "a.pdf"))
    assert (document["status"], document["error"]) == ("failed", "gave_up")
    with bench.pool.lend() as db:
        assert db.conn.execute("select status, attempt from jobs").fetchone()[:] == ("failed", 3)


def test_a_full_disk_is_told_as_such_and_the_paper_is_done_when_there_is_room(bench, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ingest, "draw", full)
    document = bench.ingested(papers.pdf(tmp_path / "a.pdf"))
    assert (document["status"], document["error"]) == ("failed", "no_space")
    monkeypatch.undo()
    with bench.pool.writing() as db:
        store.mark_again(db, document["id"])
        queue.request_job(db, store.INGEST, document["id"])
    bench.work(store.INGEST)
    assert bench.document(document["id"])["status"] == "ready"

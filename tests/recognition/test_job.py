"""Scans become words page by page, beside everything else, and are never lost or believed more than they should be."""

import json
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from meetingroom import log
from meetingroom.documents import recognisable, store
from meetingroom.documents.store import INGEST, RECOGNISE, SHARPEN
from meetingroom.jobs import queue
from meetingroom.marks import jobs as marks_jobs  # noqa: F401  (registers)
from meetingroom.meeting.kernel import Refused
from meetingroom.meeting.papers import EditPaper
from meetingroom.meeting.readers import SetReaders
from meetingroom.recognition import job, tesseract
from tests import rooms
from tests.documents import papers
from tests.recognition import scans
from tests.search.conftest import read_all


def line(*words: str) -> str:
    """What tesseract says of a line of words."""
    rows = [f"5\t1\t1\t1\t1\t{n}\t{60 * n}\t600\t50\t20\t91\t{word}" for n, word in enumerate(words)]
    return "\n".join(rows)


@pytest.fixture
def reads(monkeypatch, there):
    """tesseract finds these words on every page; returns the list of the pages it was asked for."""
    asked = []

    def recognise(picture, dots, work, *, layout=tesseract.WHOLE_PAGE):
        asked.append(picture.size)
        return line("Viện", "kiểm", "sát", "nhân", "dân", "tỉnh", "báo", "cáo")

    monkeypatch.setattr(tesseract, "recognise", recognise)
    return asked


def skip_sharpening(bench) -> None:
    """It would go first, and is not what is looked at here."""
    with bench.pool.writing() as db:
        db.conn.execute("delete from jobs where kind = ?", (SHARPEN,))


def recognises(bench) -> None:
    skip_sharpening(bench)
    bench.work(RECOGNISE)


def small(count: int = 5) -> Image.Image:
    return scans.page(count, size=(620, 877))


def test_a_scan_is_read_through_its_seal_though_it_lies_askew(room, tmp_path):
    """The one real recognition: everything else is tried without tesseract."""
    assert recognisable.is_installed(), "scripts/install-test-tools.sh"
    document = room.paper(scans.pdf(tmp_path / "a.pdf", [scans.page(60, skew=2, seal=True, stamp="TỐI MẬT")]))
    before = room.get("em", f"/documents/{document}/pages/1.json?t=1")
    assert (before.status_code, before.get_json()["words"]) == (200, [])

    recognises(room)

    page = room.get("mai", f"/documents/{document}/pages/1.json?t=2").get_json()
    read = [word["text"] for word in page["words"]]
    assert len([word for word in scans.words(60) if word in read]) >= 54
    assert (page["source"], page["t"]) == ("ocr", 2)
    assert page["conf"] > 80
    assert all(0 <= word["conf"] <= 100 for word in page["words"])
    # The first word of the text, turned with the sheet.
    x, y, _, _ = next(word["box"] for word in page["words"] if word["text"] == "Viện")
    assert (x, y) == pytest.approx((123 / 1240, 400 / 1754), abs=0.006)
    # It is for the staff alone now, and the secretary is answer why.
    assert room.get("em", f"/documents/{document}/pages/1.webp").status_code == 404
    warning = room.get("mai", f"/api/documents/{document}").get_json()["warnings"][0]
    assert (warning["code"], warning["page"], warning["detail"]) == ("secret_stamp", 1, "TỐI MẬT")


def test_pages_are_told_as_they_are_read_and_the_text_gets_a_new_revision(room, tmp_path, reads):
    document = room.paper(scans.pdf(tmp_path / "a.pdf", [small(), small(0), small(6)]))
    recognises(room)
    answer = room.get("em", f"/api/documents/{document}").get_json()
    assert answer["recognition"] == {"state": "done", "done": 3, "of": 3, "found": 2, "hard": []}
    assert answer["t"] == 2
    assert len(reads) == 2, "nothing is read on a page without ink"
    assert log.state(room.pool, "m1").papers[room.key(document)].t == 2
    with room.pool.lend() as db:
        rows = db.conn.execute("select n, text from pages where document = ? order by n", (document,)).fetchall()
    assert [tuple(row) for row in rows] == [
        (1, "Viện kiểm sát nhân dân tỉnh báo cáo"),
        (2, ""),
        (3, "Viện kiểm sát nhân dân tỉnh báo cáo"),
    ]


def test_pages_that_have_words_keep_them(bench, tmp_path, reads):
    document = bench.ingested(papers.pdf(tmp_path / "a.pdf", pages=1))["id"]
    recognises(bench)
    assert (reads, bench.document(document)["t"]) == ([], 1)
    assert bench.contents(document).record(1)["source"] == "pdf"


def test_a_few_words_of_its_own_stay_beside_what_is_found(room, tmp_path, monkeypatch, there):
    """A title slide is no scan; a letterhead over a scan is."""
    path = tmp_path / "a.pdf"
    path.write_bytes(rooms.paper(2, words="Slide"))
    answers = iter([line("Slide"), line("Viện", "kiểm", "sát")])
    monkeypatch.setattr(tesseract, "recognise", lambda *details, **options: on_the_title(next(answers, "")))
    document = room.paper(path)
    recognises(room)
    own, both = (room.get("em", f"/documents/{document}/pages/{n}.json?t=2").get_json() for n in (1, 2))
    assert (own["source"], own["conf"]) == ("pdf", 100)
    assert [word["text"] for word in own["words"]] == ["Slide", "1", "/", "2"]
    assert (both["source"], both["conf"]) == ("ocr", 91)
    assert [word["text"] for word in both["words"]] == ["Slide", "2", "/", "2", "Viện", "kiểm", "sát"]
    assert "source" not in room.get("em", f"/documents/{document}/find?q=slide").get_json()[0]
    assert room.get("em", f"/api/documents/{document}").get_json()["recognition"]["found"] == 1


def on_the_title(table: str) -> str:
    """The word Slide where the page has it, at 200 dots an inch."""
    return table.replace("0\t600\t50\t20", "180\t250\t120\t90") if "Slide" in table else table


def test_a_killed_worker_goes_on_with_the_page_it_was_at(bench, tmp_path, reads, monkeypatch):
    document = bench.ingested(scans.pdf(tmp_path / "a.pdf", [small(n) for n in (5, 6, 7)]))["id"]
    skip_sharpening(bench)
    context = queue.JobContext(bench.settings, bench.pool)
    keep = job.keep

    class Killed(BaseException):
        pass

    def killed(context, sha, page, record):
        if page == 2:  # its words are written, and nothing else
            raise Killed
        return keep(context, sha, page, record)

    monkeypatch.setattr(job, "keep", killed)
    with pytest.raises(Killed):
        job.recognise(context, document)
    monkeypatch.setattr(job, "keep", keep)
    assert len(reads) == 2
    job.recognise(context, document)
    assert len(reads) == 3, "no page is read twice"
    with bench.pool.lend() as db:
        kept = db.conn.execute("select page, announced from recognised_pages order by page").fetchall()
        assert [tuple(row) for row in kept] == [(1, 1), (2, 1), (3, 1)]
    assert bench.document(document)["t"] == 2


def test_it_steps_aside_after_a_page_for_an_upload(bench, tmp_path, reads):
    document = bench.ingested(scans.pdf(tmp_path / "a.pdf", [small(n) for n in (5, 6, 7)]))["id"]
    skip_sharpening(bench)
    context = queue.JobContext(bench.settings, bench.pool)
    original = tesseract.recognise

    def and_somebody_uploads(*details, **options):
        bench.upload(scans.pdf(tmp_path / "b.pdf", [small(8)]))
        return original(*details, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tesseract, "recognise", and_somebody_uploads)
        with pytest.raises(queue.Requeue):
            job.recognise(context, document)
    assert len(reads) == 1
    assert bench.contents(document).record(1)["source"] == "ocr"
    bench.work(INGEST)
    skip_sharpening(bench)
    job.recognise(context, document)
    assert len(reads) == 3


def test_the_same_file_once_more_is_not_read_again(bench, tmp_path, reads):
    path = scans.pdf(tmp_path / "a.pdf", [small()])
    bench.ingested(path)
    recognises(bench)
    again = bench.ingested(path)
    recognises(bench)
    assert len(reads) == 1
    assert bench.contents(again["id"]).record(1)["words"]


def test_a_picture_drawn_anew_keeps_its_words(bench, tmp_path, reads):
    document = bench.ingested(scans.pdf(tmp_path / "a.pdf", [small()]))["id"]
    recognises(bench)
    bench.contents(document).page(1, 1920).unlink()
    with bench.pool.writing() as db:
        queue.request_job(db, "repair", document)
    bench.work("repair")
    assert bench.contents(document).page(1, 1920).exists()
    assert bench.contents(document).record(1)["source"] == "ocr"


def test_without_tesseract_the_page_says_what_to_install_and_it_is_made_up_for_later(room, tmp_path, reads, there):
    there(False)
    document = room.paper(scans.pdf(tmp_path / "a.pdf", [small()]))
    recognises(room)
    answer = room.get("mai", f"/api/documents/{document}").get_json()["recognition"]
    assert answer == {"state": "missing", "done": 0, "of": 1, "found": 0, "hard": []}
    there(True)
    context = queue.JobContext(room.settings, room.pool)
    job.request_unfinished(context)
    job.request_unfinished(context)
    assert len(room.waiting(RECOGNISE)) == 1
    recognises(room)
    assert room.get("mai", f"/api/documents/{document}").get_json()["recognition"]["state"] == "done"
    job.request_unfinished(context)
    assert room.waiting(RECOGNISE) == []


def test_it_can_be_switched_off(bench, tmp_path, reads):
    bench.settings = replace(bench.settings, recognise=False)
    document = bench.ingested(scans.pdf(tmp_path / "a.pdf", [small()]))["id"]
    recognises(bench)
    job.request_unfinished(queue.JobContext(bench.settings, bench.pool))
    assert (reads, bench.waiting(RECOGNISE)) == ([], [])
    assert recognisable.describe(bench.settings, bench.document(document)["of"], {})["state"] == "off"


def test_a_page_that_cannot_be_read_is_hard_and_the_rest_goes_on(room, tmp_path, monkeypatch, there):
    monkeypatch.setattr(tesseract, "recognise", lambda *details, **options: "")
    document = room.paper(scans.pdf(tmp_path / "a.pdf", [small(), small(6)]))
    recognises(room)
    answer = room.get("mai", f"/api/documents/{document}").get_json()["recognition"]
    assert answer == {"state": "done", "done": 2, "of": 2, "found": 2, "hard": [1, 2]}


def test_a_paper_with_a_stamp_is_released_with_a_reason(room, tmp_path, monkeypatch, there):
    stamp = "\n".join(f"5\t1\t1\t1\t1\t{n}\t{90 * n}\t60\t70\t40\t91\t{word}" for n, word in enumerate(["TỐI", "MẬT"]))
    body = line("Viện", "kiểm", "sát", "nhân", "dân").replace("\t1\t1\t1\t", "\t1\t2\t1\t")
    monkeypatch.setattr(tesseract, "recognise", lambda *details, **options: f"{stamp}\n{body}")
    document = room.paper(scans.pdf(tmp_path / "a.pdf", [small()]))
    assert room.get("em", f"/documents/{document}/pages/1.webp").status_code == 200
    recognises(room)
    paper = log.state(room.pool, "m1").papers[room.key(document)]
    assert (paper.readers, paper.held) == ("staff", "TỐI MẬT")
    assert room.get("em", f"/documents/{document}/pages/1.webp").status_code == 404
    with pytest.raises(Refused, match="held_for_stamp"):
        room.releases(document)
    room.does("mai", EditPaper(room.key(document), readers="members", reason="Chữ nằm trong mẫu biểu, không phải dấu"))
    assert room.get("em", f"/documents/{document}/pages/1.webp").status_code == 200
    # Reading it again does not take it back.
    with room.pool.writing() as db:
        queue.request_job(db, RECOGNISE, document)
    recognises(room)
    paper = log.state(room.pool, "m1").papers[room.key(document)]
    assert (paper.readers, paper.held) == ("members", "")
    # A stamp that is found later, on another page, does.
    sha = room.document(document)["sha"]
    job.hold(queue.JobContext(room.settings, room.pool), sha, [(1, "TỐI MẬT"), (2, "MẬT")])
    paper = log.state(room.pool, "m1").papers[room.key(document)]
    assert (paper.readers, paper.held) == ("staff", "MẬT")


def test_a_stamp_found_before_it_is_a_paper_holds_it_from_the_beginning(room, tmp_path, reads):
    document = room.upload(scans.pdf(tmp_path / "a.pdf", [small()]), item="")
    room.work(INGEST)
    with room.pool.writing() as db:
        found = json.dumps([{"code": "secret_stamp", "page": 1, "detail": "MẬT"}])
        db.conn.execute("update documents set warnings = ? where id = ?", (found, document))
    from meetingroom.meeting.papers import AttachPaper

    room.does("mai", AttachPaper(room.item, document))
    paper = log.state(room.pool, "m1").papers[room.key(document)]
    assert (paper.readers, paper.held) == ("staff", "MẬT")


@pytest.fixture
def unsure(monkeypatch, there):
    """On each page a number, a date and a name are recognised, on the second one hardly."""
    confs = iter((91, 41, 41))
    said = ("Số", "77/BC-VKS", "ngày", "03/02/2031", "Nguyễn", "Thị", "Xuyến", "ký")

    def recognise(picture, dots, work, *, layout=tesseract.WHOLE_PAGE):
        return line(*said).replace("\t91\t", f"\t{next(confs)}\t")

    monkeypatch.setattr(tesseract, "recognise", recognise)


def test_what_is_found_on_a_recognised_page_says_so_and_counts_less_where_it_was_hard(room, tmp_path, unsure):
    document = room.paper(scans.pdf(tmp_path / "a.pdf", [small(), small(6)]))
    read_all(room)
    asked = "/api/search?q=xuyến"
    before = room.get("em", asked).get_json()
    assert (before["total"], before["wordless"]) == (0, 2)
    assert "2 pages have no words yet." in room.get("em", "/search?q=xuyến").text
    assert room.get("lan", asked).get_json()["wordless"] == 0, "who may not read them is not told of them"
    recognises(room)
    read_all(room)
    found = room.get("em", asked).get_json()
    assert [(hit["page"], hit["source"], hit["conf"]) for hit in found["hits"]] == [(1, "ocr", 91), (2, "ocr", 41)]
    assert found["wordless"] == 0
    with room.pool.lend() as db:
        weights = db.conn.execute("select page, weight from search_rows where document = ? order by page", (document,))
        assert [tuple(row) for row in weights] == [(1, 1), (2, 0.5)]
    page = room.get("em", "/search?q=xuyến").text
    assert page.index("recognised text") < page.index("hard to read")
    places = room.get("em", f"/documents/{document}/find?q=xuyen").get_json()
    assert [(one["page"], one["source"], one["conf"]) for one in places] == [(1, "ocr", 91), (2, "ocr", 41)]


def test_no_number_date_or_name_that_was_recognised_enters_the_minutes_by_itself(room, tmp_path, unsure):
    room.paper(scans.pdf(tmp_path / "a.pdf", [small(), small(6)]))
    recognises(room)
    with room.pool.lend() as db:
        assert db.conn.execute("select count(*) from pages where text like '%Xuyến%'").fetchone()[0] == 2
        facts = " ".join(row[0] for row in db.conn.execute("select data from events where meeting = 'm1'"))
    minutes = room.get("mai", "/meetings/m1/minutes")
    assert minutes.status_code == 200
    for said in ("77/BC-VKS", "03/02/2031", "Xuyến"):
        assert said not in facts
        assert said not in minutes.text


def test_a_paper_that_is_held_waits_for_those_who_prepare(room, tmp_path, monkeypatch, there):
    stamp = "\n".join(f"5\t1\t1\t1\t1\t{n}\t{90 * n}\t60\t70\t40\t91\t{word}" for n, word in enumerate(["TỐI", "MẬT"]))
    body = line("Viện", "kiểm", "sát", "nhân", "dân").replace("\t1\t1\t1\t", "\t1\t2\t1\t")
    monkeypatch.setattr(tesseract, "recognise", lambda *details, **options: f"{stamp}\n{body}")
    document = room.paper(scans.pdf(tmp_path / "a.pdf", [small()]))
    recognises(room)
    waits = "1 paper is held: the stamp of a state secret was recognised on it"
    assert waits in room.get("mai", "/").text
    assert waits not in room.get("em", "/").text
    room.does("mai", SetReaders(room.key(document), readers=("all",), reason="Mẫu dấu trong phụ lục, không mật"))
    assert waits not in room.get("mai", "/").text


def test_a_scan_can_be_had_as_a_file_in_which_words_are_found(room, tmp_path, unsure):
    document = room.paper(scans.pdf(tmp_path / "a.pdf", [small(), small(0)]))
    recognises(room)
    address = f"/api/papers/{room.key(document)}/export"
    asked = room.browser("em").api("POST", address, {"what": "words", "kind": "annots"})
    assert asked.status_code == 202, asked.text
    room.work("export")
    answer = room.get("em", f"{address}/{asked.json['job']}.pdf")
    assert answer.status_code == 200
    with pypdfium2.PdfDocument(answer.data) as pdf:
        said = [page.get_textpage().get_text_bounded() for page in pdf]
    assert "77/BC-VKS" in said[0]
    assert said[1].strip() == ""


def test_of_a_file_that_nobody_has_any_more_nothing_is_remembered(bench, tmp_path, reads):
    path = scans.pdf(tmp_path / "a.pdf", [small()])
    documents = [bench.ingested(path)["id"] for _ in range(2)]
    recognises(bench)

    def remembered() -> int:
        with bench.pool.lend() as db:
            sql = "select (select count(*) from recognitions) + (select count(*) from recognised_pages)"
            return db.conn.execute(sql).fetchone()[0]

    for document, left in zip(documents, (2, 0), strict=True):
        with bench.pool.writing() as db:
            store.remove_document(db, document)
        assert remembered() == left

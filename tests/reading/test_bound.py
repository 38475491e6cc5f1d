"""All papers of a meeting in one file: who gets what, how it is paged, what is counted."""

import io

import pikepdf
import pypdfium2 as pdfium

from meetingroom.documents import store
from meetingroom.marks import export_store
from meetingroom.reading import jobs as reading_jobs  # noqa: F401  (registers)
from tests.documents import papers, pdfs

ADDRESS = "/api/meetings/m1/papers.pdf"


def state_of(room, who: str, mark: str) -> str:
    return room.get(who, f"{ADDRESS}?state={mark}").get_json()["status"]


def fetched(room, who: str) -> bytes:
    first = room.get(who, ADDRESS)
    assert (first.status_code, first.get_json()) == (202, {"status": "queued"})
    asked = room.get(who, ADDRESS + "?state").get_json()
    assert asked["status"] == "queued"
    room.work("bind")
    assert state_of(room, who, asked["mark"]) == "ready"
    answer = room.get(who, ADDRESS)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.data


def words_of(file: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(file)]


def test_all_papers_are_one_file_with_contents_and_numbers(room, tmp_path):
    report = room.paper(papers.pdf(tmp_path / "Báo cáo.pdf", 2, lines=3))
    room.paper(papers.fax(tmp_path / "Công văn.tif", 3))
    room.paper(pdfs.boxes(tmp_path / "Phụ lục.pdf", "0 0 842 595"))
    file = fetched(room, "em")
    pages = words_of(file)
    assert len(pages) == 1 + 2 + 3 + 1
    lines = pages[0].splitlines()
    assert [line.split() for line in lines if line.startswith(("Báo cáo", "Công văn", "Phụ lục"))] == [
        ["Báo", "cáo", "2"], ["Công", "văn", "4"], ["Phụ", "lục", "7"]
    ]  # fmt: skip
    assert "7 pages in all" in pages[0]
    assert all(f"Page {n} of 7" in page for n, page in enumerate(pages, 1) if n > 1)
    with pikepdf.open(io.BytesIO(file)) as pdf, pdf.open_outline() as outline:
        (contents, item) = outline.root
        assert [contents.title, item.title, *(each.title for each in item.children)] == [
            "Contents", "1. Khai mạc", "Báo cáo", "Công văn", "Phụ lục"
        ]  # fmt: skip
    with room.pool.lend() as db:
        line = db.conn.execute("select data from audit where name = 'papers_bound'").fetchone()[0]
    assert '"pages": 7' in line
    assert room.get("em", ADDRESS).status_code == 200, "the same is not made again"
    room.restricts(report)
    assert room.get("em", ADDRESS).status_code == 202, "what may no longer be read is not in the file"


def test_each_gets_the_papers_that_they_may_keep(room, tmp_path):
    room.paper(papers.pdf(tmp_path / "Một.pdf", 1, lines=1))
    secret = room.paper(papers.pdf(tmp_path / "Hai.pdf", 1, lines=2))
    watched = room.paper(papers.pdf(tmp_path / "Ba.pdf", 1, lines=3))
    room.restricts(secret)
    room.forbids_download(watched)
    theirs, ours = words_of(fetched(room, "em")), words_of(fetched(room, "mai"))
    assert len(theirs) == 2
    assert "Hai" not in theirs[0]
    assert "Ba (read on the screen only, not printed)" in theirs[0]
    assert len(ours) == 4
    assert room.get("lan", ADDRESS).status_code == 404
    assert room.browser().get(ADDRESS).status_code == 401


def test_a_meeting_without_papers_has_nothing_to_print(room):
    assert room.get("em", ADDRESS).get_json()["error"]["code"] == "nothing_to_print"


def test_a_file_that_cannot_be_taken_apart_is_printed_from_its_pictures(room, tmp_path):
    document = room.paper(papers.pdf(tmp_path / "a.pdf", 2, lines=1))
    with room.pool.lend() as db:
        sha = store.find_document(db, document)["sha"]
    (room.settings.files / sha[:2] / sha).write_bytes(b"%PDF-1.4 broken since")
    assert len(words_of(fetched(room, "em"))) == 3


def test_a_file_that_could_not_be_made_says_so_and_is_asked_for_anew(room, tmp_path):
    room.paper(papers.pdf(tmp_path / "a.pdf", 1, lines=1))
    mark = room.get("em", ADDRESS + "?state").get_json()["mark"]
    assert state_of(room, "mai", mark) == "failed", "of somebody else there is none"
    with room.pool.writing() as db:
        db.conn.execute("update exports set status = 'failed'")
        db.conn.execute("delete from jobs where kind = 'bind'")
    assert state_of(room, "em", mark) == "failed"
    assert room.get("em", ADDRESS).status_code == 503
    assert room.get("em", ADDRESS + "?state").get_json() == {"status": "queued", "mark": mark}
    room.work("bind")
    assert room.get("em", ADDRESS).status_code == 200


def test_one_copy_at_a_time(room, tmp_path):
    room.paper(papers.pdf(tmp_path / "a.pdf", 1, lines=1))
    with room.pool.writing() as db:
        about = {"meeting": "m1", "paper": "p", "document": "d", "language": "vi"}
        export_store.add(db, person=room.ids["em"], what="both", kind="flat", **about)
    assert room.get("em", ADDRESS).status_code == 429

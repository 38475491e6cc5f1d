"""Office files become PDFs behind the sandbox. Needs LibreOffice (`make test` installs it)."""

import http.server
import threading

import pypdfium2 as pdfium
import pytest

from meetingroom.documents import office, page_text, preflight, sandbox
from meetingroom.documents.file_rejected import FileRejected
from meetingroom.documents.kinds import KINDS
from tests.documents import papers
from tests.documents.saving import saved_as

pytestmark = pytest.mark.skipif(not office.available(), reason="LibreOffice is not installed")


def converted(path, tmp_path, page_limit=1000):
    target = tmp_path / "out" / "paper.pdf"
    office.to_pdf(path, KINDS[path.suffix[1:]], target, work=tmp_path / "work", page_limit=page_limit)
    return pdfium.PdfDocument(target)


def words(paper) -> str:
    return " ".join(word["text"] for word in page_text.words_of(paper[0]))


@pytest.mark.parametrize("make", [papers.docx, papers.odt, papers.odp])
def test_a_report_becomes_pages_with_all_its_vietnamese_letters(tmp_path, make):
    paper = converted(make(tmp_path / f"a.{make.__name__}"), tmp_path)
    assert papers.LINE in words(paper)


@pytest.mark.parametrize(
    ("make", "ending"), [(papers.odp, "pptx"), (papers.odp, "ppt"), (papers.odt, "doc"), (papers.xlsx, "xls")]
)
def test_slides_and_older_formats_become_pages(tmp_path, make, ending):
    """Real files of each kind, saved by LibreOffice itself; they pass the preflight as well."""
    source = make(tmp_path / f"a.{make.__name__}")
    path = saved_as(source, ending, tmp_path)
    preflight.inspect(path, preflight.inspect_quickly(path, path.name))
    assert {"Đơn", "kiểm"} & set(words(converted(path, tmp_path)).split())


def test_rich_text_becomes_pages(tmp_path):
    assert "tổng kết" in words(converted(papers.rtf(tmp_path / "a.rtf"), tmp_path))


def test_nothing_is_left_behind_in_the_work_folder(tmp_path):
    converted(papers.rtf(tmp_path / "a.rtf"), tmp_path)
    assert list((tmp_path / "work").iterdir()) == []


def test_a_long_workbook_is_cut_one_page_after_the_cap(tmp_path):
    paper = converted(papers.xlsx(tmp_path / "a.xlsx", rows=30_000), tmp_path)
    assert len(paper) == office.SHEET_PAGES + 1


def test_a_report_is_cut_one_page_after_the_limit(tmp_path):
    assert len(converted(papers.docx(tmp_path / "a.docx"), tmp_path, page_limit=2)) == 3


@pytest.mark.parametrize("wall", ["the best", "plain"])
def test_pictures_on_web_servers_are_not_fetched(tmp_path, monkeypatch, wall):
    """Also without namespaces: then the profile says so (a bare LibreOffice asks three times)."""
    asked = []
    if wall == "plain":
        monkeypatch.setattr(sandbox, "find_wall", lambda: "plain")

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET
        log_message = lambda *_: None  # noqa: E731

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/spy.png"
        converted(papers.docx(tmp_path / "a.docx", paragraphs=2, remote_picture=url), tmp_path)
        server.shutdown()
    assert asked == []


def test_what_libreoffice_cannot_open_is_an_error_not_an_empty_paper(tmp_path):
    broken = papers.with_document_xml(tmp_path / "a.docx", b"<w:document>never closed")
    with pytest.raises(FileRejected, match="conversion_failed"):
        converted(broken, tmp_path)


def test_a_conversion_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(FileRejected, match="conversion_slow"):
        converted(papers.xlsx(tmp_path / "a.xlsx", rows=30_000), tmp_path)


@pytest.mark.parametrize("wall", ["unshare", "plain"])
def test_papers_are_converted_behind_every_wall(tmp_path, monkeypatch, wall):
    if wall == "unshare" and not sandbox.wall_works([*sandbox.wrap_command(wall, tmp_path, ()), "true"]):
        pytest.skip("no network namespaces here")
    monkeypatch.setattr(sandbox, "find_wall", lambda: wall)
    assert "tổng kết" in words(converted(papers.rtf(tmp_path / "a.rtf"), tmp_path))

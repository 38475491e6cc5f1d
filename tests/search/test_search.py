"""Who finds what, at the moment of asking."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from meetingroom import clock, log
from meetingroom.auth import account_store
from meetingroom.meeting.agenda import AddItem, EditItem
from meetingroom.meeting.conclusions import EditConclusion, RecordConclusion
from meetingroom.meeting.lifecycle import CloseMeeting, OpenMeeting
from meetingroom.meeting.papers import EditPaper
from meetingroom.meeting.people import RemovePerson
from meetingroom.meeting.readers import SetReaders
from meetingroom.meeting.recall import RecallPapers
from meetingroom.search import indexing, store
from tests.documents import papers
from tests.search.conftest import read_all

LINE = "Đồng chí Viện trưởng kết luận vụ án số 125 của VKSND"
OTHER = "Cơ cấu lại động cơ của đơn vị"


@pytest.fixture
def paper(library, tmp_path):
    return library.paper(papers.pdf(tmp_path / "Báo cáo số 1.pdf", pages=3, text=LINE, lines=3))


def pages(found):
    return [(hit["document"], hit["page"]) for hit in found["hits"] if hit["kind"] == "page"]


@pytest.mark.parametrize(
    ("typed", "exact"),
    [("dong chi", False), ("đồng chí", True), ("ĐỒNG CHÍ", True), ('"vụ án số 125"', True), ("vksnd", True),
     ("dong ch", False), ("viện trường", False)],
)  # fmt: skip
def test_words_of_a_page_are_found_with_and_without_accents(library, paper, typed, exact):
    found = library.finds("em", typed)
    assert sorted(pages(found)) == [(paper, 1), (paper, 2), (paper, 3)]
    first = found["hits"][0]
    assert (first["exact"], first["title"], first["meeting"], first["of"]) == (exact, "Báo cáo số 1", "m1", 3)
    assert first["paper"] == library.key(paper)
    assert any(marked for _text, marked in first["snippet"])
    assert "".join(text for text, _marked in first["snippet"]).count("Viện trưởng")
    assert (found["total"], found["capped"], found["counts"]["kinds"]) == (3, False, {"page": 3})


def test_exact_accents_come_first(library, paper, tmp_path):
    other = library.paper(papers.pdf(tmp_path / "Khác.pdf", pages=1, text=OTHER, lines=3))
    assert [document for document, _n in pages(library.finds("em", "động"))] == [other, paper, paper, paper]
    assert [document for document, _n in pages(library.finds("em", "đồng"))] == [paper, paper, paper, other]


def test_half_a_word_is_found_after_the_whole_ones(library, paper, tmp_path):
    """ "nghi" is a word, and the beginning of "nghiêm": who typed half of it finds both, the whole words first."""
    for title in ("Nghiêm túc", "Hội nghị", "Nghiêm minh"):
        library.paper(papers.pdf(tmp_path / f"{title}.pdf", pages=1, text="Bìa", lines=1))
    titles = [hit["title"] for hit in library.finds("em", "nghi")["hits"]]
    assert (titles[0], {*titles[1:]}) == ("Hội nghị", {"Nghiêm túc", "Nghiêm minh"})
    assert [hit["title"] for hit in library.finds("em", "nghi ")["hits"]] == ["Hội nghị"]


def test_a_number_stands_first_where_it_belongs_to_its_word(library, paper, tmp_path):
    apart = library.paper(papers.pdf(tmp_path / "Rời.pdf", pages=1, text="BL của vụ 9, trang 125", lines=1))
    whole = library.paper(papers.pdf(tmp_path / "Liền.pdf", pages=1, text="Xem (BL 125) và cáo trạng", lines=1))
    assert pages(library.finds("em", "BL 125")) == [(whole, 1), (apart, 1)]
    library.paper(papers.pdf(tmp_path / "Khác.pdf", pages=1, text="VKS báo cáo BC số 05", lines=1))
    number = library.paper(papers.pdf(tmp_path / "Số.pdf", pages=1, text="Số: 05/BC-VKS", lines=1))
    hits = library.finds("em", "05/BC-VKS")["hits"]
    assert [hit["document"] for hit in hits] == [number]
    assert hits[0]["href"].endswith("&q=05/BC-VKS"), "framed as it is written"


def test_of_a_person_are_their_papers_and_what_names_them(library, paper):
    with library.pool.lend() as db:
        sql = "select users.name from users join documents on documents.by = users.id where documents.id = ?"
        name = '"' + db.conn.execute(sql, (paper,)).fetchone()[0] + '"'
    library.does("mai", AddItem("Đồng chí Quỳnh trình bày", 10, ()))
    assert sorted(pages(library.finds("em", f"viện nguoi:{name}"))) == [(paper, n) for n in (1, 2, 3)]
    assert pages(library.finds("em", f"nguoi:{name}")) == [(paper, 1)]
    found = library.finds("em", "nguoi:quỳnh")
    assert [(hit["kind"], hit["title"]) for hit in found["hits"]] == [("agenda", "Đồng chí Quỳnh trình bày")]
    assert library.finds("em", "viện nguoi:quỳnh")["hits"] == []
    assert library.finds("lan", f"nguoi:{name}")["hits"] == library.finds("nobody", f"nguoi:{name}")["hits"] == []


def test_a_paper_is_found_by_its_title_also_when_it_changes(library, paper):
    assert pages(library.finds("em", "báo cáo")) == [(paper, 1)]
    library.does("mai", EditPaper(library.key(paper), title="Tờ trình kinh phí"))
    assert library.finds("em", "báo cáo")["hits"] == []
    assert library.finds("em", "kinh phí")["hits"][0]["title"] == "Tờ trình kinh phí"


@pytest.mark.parametrize(("who", "hits"), [("mai", 3), ("em", 3), ("khach", 3), ("lan", 0), ("nobody", 0)])
def test_only_people_of_the_meeting_find_its_papers(library, paper, who, hits):
    found = library.finds(who, "viện trưởng")
    assert (found["total"], len(found["hits"])) == (hits, hits)
    assert hits or (found["counts"].get("kinds", {}) == {} and found["titles"] == {})


def test_strangers_ask_nothing(library, paper):
    assert library.get(None, "/api/search?q=vien").status_code == 401
    assert library.get(None, "/search?q=vien").status_code == 302


def test_what_is_kept_back_or_taken_back_is_not_found_from_then_on(library, paper):
    library.restricts(paper)
    assert library.finds("em", "viện trưởng")["total"] == 0
    assert library.finds("mai", "viện trưởng")["total"] == 3
    library.releases(paper)
    assert library.finds("em", "viện trưởng")["total"] == 3
    library.withdraws(paper)
    assert library.finds("em", "viện trưởng")["total"] == 0


def test_of_a_restricted_paper_it_is_told_where_and_no_word(library, paper):
    library.does("mai", SetReaders(library.key(paper), readers=("role:delegate",), mode="restricted"))
    for who in ("em", "mai"):
        found = library.finds(who, "viện trưởng")
        assert [hit["snippet"] for hit in found["hits"]] == [[], [], []]
        assert "vụ án" not in library.get(who, "/search?q=viện+trưởng").text
    assert library.finds("khach", "viện trưởng") == library.finds("nobody", "viện trưởng")


def test_who_asks_many_questions_at_once_waits_for_themselves(library, paper):
    """Each may take a second: twenty of one person would have all threads of the server."""
    library.finds("em", "viện trưởng")
    at_work, most, let = [], [], threading.Event()

    def slow(function, *args):
        at_work.append(1)
        most.append(len(at_work))
        let.wait(0.2)
        at_work.pop()
        return function(*args)

    library.app.extensions["meetingroom"].in_thread = slow
    client, path = library.browser("em").client, "/api/search?q=viện"
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: client.get(path).status_code, range(6)))
    assert (set(answers), max(most)) == ({200}, 1)


def test_hits_come_and_go_with_the_pages_of_a_window(library, paper, monkeypatch):
    """At the very millisecond, before any bell rings: hits, counts and titles alike."""
    begins = clock.now() + 100_000
    library.does("mai", SetReaders(library.key(paper), from_=begins, until=begins + 1000))
    none = library.finds("nobody", "viện trưởng")
    for moment, hits in ((begins - 1, 0), (begins, 3), (begins + 999, 3), (begins + 1000, 0)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        found = library.finds("em", "viện trưởng")
        assert found["total"] == hits
        assert hits or (found["hits"], found["counts"], found["titles"]) == (none["hits"], none["counts"], {})
        assert library.finds("mai", "viện trưởng")["total"] == 3


def test_a_recalled_paper_is_found_by_the_staff_alone(library, paper):
    library.does("an", OpenMeeting())
    library.does("an", RecallPapers((library.key(paper),), "Thu hồi sau cuộc họp"))
    found, none = (library.finds(who, "viện trưởng") for who in ("em", "nobody"))
    assert (found["total"], found["hits"], found["counts"]) == (0, [], none["counts"])
    assert library.finds("mai", "viện trưởng")["total"] == 3


def test_a_page_on_the_stage_alone_is_no_hit(library, paper):
    library.restricts(paper)
    library.shows(paper, 2)
    assert library.finds("em", "viện trưởng")["total"] == 0


def test_who_has_left_the_meeting_finds_nothing_of_it(library, paper):
    library.does("mai", RemovePerson(library.ids["em"]))
    assert library.finds("em", "viện trưởng")["total"] == 0


def test_a_meeting_that_is_not_announced_is_its_staffs(library):
    library.meeting("m3", {"an": "chair", "mai": "secretary", "em": "delegate"}, published=False)
    library.does("mai", EditItem(next(iter(log.state(library.pool, "m3").agenda.order)), title="Việc kín đáo"), "m3")
    assert library.finds("mai", "kín đáo")["total"] == 1
    assert library.finds("em", "kín đáo")["total"] == 0


def test_items_and_conclusions_are_found_at_once(library):
    library.does("mai", AddItem("Thẩm tra ngân sách", 10, ()))
    item = log.state(library.pool, "m1").agenda.order[-1]
    found = library.finds("em", "ngân sách")["hits"][0]
    assert (found["kind"], found["item"], found["title"]) == ("agenda", item, "Thẩm tra ngân sách")
    library.does("an", OpenMeeting())
    library.does("mai", RecordConclusion("Phòng 9 rà soát quyết toán"))
    conclusion = log.state(library.pool, "m1").record.order[-1]
    assert library.finds("em", "quyết toán")["total"] == 0  # read out by the chair at the end
    assert library.finds("mai", "quyết toán")["hits"][0]["kind"] == "conclusion"
    library.does("mai", EditConclusion(conclusion, text="Phòng 9 lập dự toán"))
    assert library.finds("mai", "quyết toán")["total"] == 0
    library.does("an", CloseMeeting())
    assert library.finds("em", "dự toán")["hits"][0]["kind"] == "conclusion"


def test_filters_by_kind_meeting_and_day(library, paper):
    library.does("mai", AddItem("Viện trưởng phát biểu", 10, ()))
    assert library.finds("em", "viện trưởng", kind="agenda")["counts"]["kinds"] == {"agenda": 1}
    assert library.finds("em", "viện trưởng loai:trang")["total"] == 3
    assert library.finds("em", "viện trưởng", meeting="m2")["total"] == 0
    assert library.finds("em", "viện trưởng", meeting="m1")["total"] == 4
    assert library.finds("em", "viện trưởng den:1999")["total"] == 0
    assert library.finds("em", "viện trưởng tu:2001")["total"] == 4
    assert library.finds("em", "viện trưởng", document=paper)["total"] == 3
    assert library.finds("em", "viện trưởng", kind="x' or 1")["total"] == 0
    with library.pool.writing() as db:
        unit = account_store.add_unit(db, name="Phòng 9")
        db.conn.execute("update users set unit = ? where id = ?", (unit, library.ids["an"]))
    assert library.finds("em", "viện trưởng")["counts"]["units"] == {"Phòng 9": 4}
    assert library.finds("em", "viện trưởng", unit="Phòng 9")["total"] == 4
    assert library.finds("em", "viện trưởng", unit="Phòng 8")["total"] == 0
    assert "Phòng 9" in library.get("em", "/search?q=viện trưởng&unit=Phòng 9").text


def test_words_that_are_read_anew_take_the_place_of_the_old(library, paper):
    library.finds("em", "viện trưởng")
    with library.pool.writing() as db:
        sha = db.conn.execute("select sha from documents where id = ?", (paper,)).fetchone()[0]
        db.conn.execute("update pages set text = 'chữ nhận dạng' where document = ? and n = 2", (paper,))
        from meetingroom.documents import store as documents

        documents.renew_text(db, sha, source="ocr", done=3, of=3, conf=90)
    assert pages(library.finds("em", "nhận dạng")) == [(paper, 2)]
    assert library.finds("em", "viện trưởng")["total"] == 2


def test_a_note_is_found_by_who_wrote_it(library, paper):
    key = library.key(paper)
    put = {"kind": "note", "document": paper, "page": 2, "body": {"x": 1, "y": 1, "text": "Hỏi lại kinh phí đi lại"}}
    ops = {"ops": [{"op": "op-1", "id": "note-001", "put": put}]}
    answer = library.browser("em").api("POST", f"/api/papers/{key}/marks", ops)
    assert answer.status_code == 200, answer.text
    found = library.finds("em", "kinh phí đi lại")
    assert [(hit["kind"], hit["page"]) for hit in found["hits"]] == [("note", 2)], answer.text
    for other in ("mai", "an", "lan"):
        assert library.finds(other, "kinh phí đi lại")["total"] == 0
    library.browser("em").api(
        "POST", f"/api/papers/{key}/marks", {"ops": [{"op": "op-2", "id": "note-001", "drop": True}]}
    )
    assert library.finds("em", "kinh phí đi lại")["total"] == 0


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "NEAR(", "a:b", ":", "😀", "x" * 2000, "loai:", 'hop:"', "(", "a AND", "\0", "-", "%", "d " * 900],
)
def test_nothing_that_is_typed_is_an_error(library, paper, typed):
    library.finds("em", typed)
    page = library.browser("em").client.get("/search", query_string={"q": typed, "page": "x", "from": "y"})
    assert page.status_code == 200


def test_whatever_is_typed_is_answered(library, paper):
    """A hundred questions of everything that the grammar knows, and of what it does not."""
    dice = random.Random(5)
    pieces = (
        *(
            '"',
            "*",
            "NEAR(",
            ":",
            "-",
            "^",
            "hoặc",
            "AND",
            "loai:",
            "hop:",
            "tu:13/0",
            "nguoi:",
            "nguoi:Mai",
            "BL",
            "125",
        ),
        *("đ", "ddddd", "😀", "viện", "viện" * 90, "\0", "%", "(", ")", "05/BC-VKS", "{", "\u0335"),
    )
    library.finds("em", "viện")
    client = library.browser("em").client
    for _ in range(100):
        typed = "".join(dice.choice(pieces) + dice.choice(("", " ")) for _ in range(dice.randrange(1, 20)))
        assert client.get("/api/search", query_string={"q": typed, "kind": dice.choice(pieces)}).status_code == 200, (
            typed
        )


def test_the_page_shows_hits_that_lead_to_their_page(library, paper):
    library.finds("em", "viện")
    page = library.get("em", "/search?q=viện trưởng").get_data(as_text=True)
    assert "<mark>Viện</mark>" in page
    assert f"/meetings/m1#paper={paper}&amp;p=1&amp;q=Vi%E1%BB%87n%20tr%C6%B0%E1%BB%9Fng" in page


def test_only_what_changed_is_read_and_a_deleted_document_is_gone(library, paper):
    assert library.finds("em", "viện")["total"] == 3
    assert read_all(library) == ([], [])
    with library.pool.writing() as db:
        from meetingroom.documents import store as documents

        documents.remove_document(db, paper)
        assert db.conn.execute("select count(*) from search_rows where document = ?", (paper,)).fetchone()[0] == 0


def test_the_index_is_made_anew_and_finds_the_same(library, paper):
    before = library.finds("em", "viện trưởng")
    indexing.rebuild(library.pool)
    assert pages(library.finds("em", "viện trưởng")) == pages(before)
    with library.pool.lend() as db:
        assert store.progress(db)[:2] == (1, 0)
        for table in ("search_folded", "search_exact"):
            db.conn.execute(f"insert into {table} ({table}, rank) values ('integrity-check', 1)")


def test_every_document_without_its_words_gets_one_job(library, paper):
    assert indexing.request_due(library.pool)
    assert not indexing.request_due(library.pool)
    from meetingroom.search import jobs  # noqa: F401

    library.work(store.INDEX, store.INDEX_LOG)
    assert library.browser("em").client.get("/api/search?q=viện").get_json()["total"] == 3

"""The demo's case: a file of 482 stamped sheets in eight volumes, and a map whose every citation means one of them."""

import pypdfium2
import pytest

from meetingroom import clock, database, log
from meetingroom.cases import citation, corner, log_store, looking, money, store, store_maps, store_numbers, tree
from meetingroom.cases.media import store as media_store
from meetingroom.cases.scripts import looking as script_looking
from meetingroom.cases.scripts import store as scripts
from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.demo import (
    case_file,
    case_media,
    case_record,
    case_sessions,
    case_sheets,
    case_tables,
    notebook,
    people,
)
from meetingroom.demo import jobs as demo_jobs
from meetingroom.documents import made_file_store as made_files
from meetingroom.jobs import queue
from meetingroom.meeting.issuing import minutes_document

FIRST_RUN = clock.milliseconds("2026-12-16T09:12")
VOLUMES = ((1, 40), (41, 80), (81, 150), (151, 230), (231, 280), (281, 400), (401, 440), (441, 482))
WITHOUT = {"N25", "N30", "N38", "N42", "N58", "N47", "N61", "N62"}


def test_the_file_has_eight_volumes_and_482_sheets_without_a_gap():
    found = case_record.documents()
    sheets = [n for each in found for n in range(each.first, each.last + 1)]
    assert sheets == list(range(1, 483))
    ends = [[each for each in found if each.volume == no] for no in range(1, 9)]
    assert tuple((volume[0].first, volume[-1].last) for volume in ends) == VOLUMES


def test_a_sheet_says_what_the_map_cites_it_for_and_bears_its_number(tmp_path):
    second = next(each for each in case_record.documents() if each.first == 121)
    case_sheets.write_document(tmp_path / "121.pdf", second)
    with pypdfium2.PdfDocument(tmp_path / "121.pdf") as pdf:
        words = pdf[0].get_textpage().get_text_range()
        assert len(pdf) == second.pages
    assert "Tôi có biết anh A nhận tiền" in " ".join(words.split())
    assert "BL số:" in words
    assert "121" in words


def test_the_payments_on_the_statement_are_those_of_the_case():
    assert (len(case_tables.PAID), sum(each[-1] for each in case_tables.PAID)) == (23, 1400)


def test_the_map_has_62_nodes_four_cross_links_and_sums_that_agree():
    map = case_file.the_map("28/12/2026")
    assert (len(map["nodes"]), len(map["links"])) == (62, 4)
    assert tree.faults(map) == []
    assert {node for node, each in map["nodes"].items() if not each.get("bl")} == WITHOUT
    cited = [sheet for each in map["nodes"].values() for sheet in citation.parse(each.get("bl", ""), field=True)]
    assert cited
    sums = money.table(map)["sums"]
    assert [(each["amount"], each["agrees"]) for each in sums] == [(2_150_000_000, True), (1_950_000_000, True)]


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("demo") / "data", async_mode="threading", testing=True)
    database.prepare(settings.database)
    notebook.begin(settings, FIRST_RUN)
    pool = Pool(settings.database, patience=5)
    with pool.writing() as db:
        people.settle(db, "no password")
    waiting = case_file.lay_out(settings, pool)
    yield settings, pool, waiting
    pool.close()


def test_the_case_is_laid_out_once_and_waits_for_its_pages(laid_out):
    settings, pool, waiting = laid_out
    assert len(waiting) == len(case_record.documents())
    with pool.lend() as db:
        before = len(log_store.read(db, case_file.CASE))
    assert case_file.lay_out(settings, pool) == waiting
    with pool.lend() as db:
        assert len(log_store.read(db, case_file.CASE)) == before
        assert log_store.broken_at(db, case_file.CASE) == 0
        assert [row["no"] for row in store.list_volumes(db, case_file.CASE)] == list(range(1, 9))


def test_its_recordings_lie_in_it(laid_out, monkeypatch):
    settings, pool, _ = laid_out
    monkeypatch.setattr(case_media.ffmpeg, "available", lambda: False)  # what a camera saw takes its seconds
    demo_jobs.lay_out_media(queue.JobContext(settings, pool), "LG-2026-017")
    with pool.lend() as db:
        assert [row["kind"] for row in media_store.list_media(db, case_file.CASE)] == ["photo", "photo", "audio"]


def test_the_script_leads_through_the_map_to_its_sheets(laid_out):
    _, pool, _ = laid_out
    with pool.lend() as db:
        steps = scripts.steps(db, case_file.CASE)
        about = script_looking.describe(db, case_file.CASE, steps, edits=True)
    assert [each["kind"] for each in steps].count("node") == 7
    assert {"evidence", "callout", "pair"} <= {each["kind"] for each in steps}
    assert {each["about"]["state"] for each in about} <= {"ok", "waiting"}
    pair = next(each for each in about if each["kind"] == "pair")
    assert [page["label"] for page in pair["about"]["pages"]] == ["121", "133"]


def test_every_citation_of_the_map_means_one_page_and_only_leaves_may_lack_one(laid_out):
    _, pool, _ = laid_out
    with pool.lend() as db:
        found = store_maps.find_map(db, case_file.CASE, case_file.MAP)
        checked = store_maps.check_citations(db, case_file.CASE, found["map"])
        assert {node for node, each in checked.items() if each["result"] != "one"} == set()
        seen = store_maps.published(db, case_file.MAP, 1, "room")
        page = seen["nodes"]["N04"]["anchors"][0]
        assert store_numbers.label_of(db, page["document"], page["page"]) == ("11", 1)
        # Leaves that name no sheet: a proposal and a gap need none.
        assert store_maps.without_bl(found["map"]) == []


def test_volumes_are_checked_when_their_pages_are_counted_and_not_before(laid_out):
    settings, pool, _ = laid_out
    with pool.lend() as db:
        assert not any(row["checked_at"] for row in store.list_volumes(db, case_file.CASE))
    with pool.writing() as db:
        for each in case_record.documents():
            document = case_file.importing.document_id(case_file.upload_of(each))
            db["documents"].update(document, {"pages": each.pages, "status": "ready", "shape": "[[1, 595, 842]]"})
    assert case_file.lay_out(settings, pool) == []
    with pool.lend() as db:
        assert all(row["checked_by"] for row in store.list_volumes(db, case_file.CASE))
        kinds = {finding.kind for finding in looking.find(db, case_file.CASE)}
        assert not kinds & {"missing", "doubled", "unnumbered", "falling", "not_as_listed"}


def test_the_session_of_twelve_days_ago_has_its_record_and_todays_is_registered(laid_out):
    settings, pool, _ = laid_out
    case_sessions.play_both(settings, pool)
    before, today = (log.state(pool, meeting) for meeting in (case_sessions.BEFORE, case_sessions.TODAY))
    assert before.report.direction.text == case_sessions.DIRECTION
    assert [each.lead for each in before.record.conclusions.values()] == ["Phòng 1"] * 5
    made = before.issuing.documents[minutes_document(before)]
    with pypdfium2.PdfDocument(made_files.place(settings, made.pdf)) as pdf:
        words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    for sentence in ("BL 121", case_sessions.OTHER.rstrip("."), case_sessions.RESERVED):
        assert sentence in words
    assert today.report.registered.question == case_sessions.AGAIN


def test_two_pages_of_a_statement_look_alike_and_are_not_one_page(tmp_path):
    statement = next(each for each in case_record.documents() if each.first == 301)
    case_sheets.write_document(tmp_path / "301.pdf", statement)
    with pypdfium2.PdfDocument(tmp_path / "301.pdf") as pdf:
        sheets = [pdf[n - 301].render(scale=2).to_pil().convert("RGB") for n in (312, 323, 324, 312)]
    looks = [corner.look(sheet).picture for sheet in sheets]
    assert looks[0] == looks[3]
    assert len(set(looks)) == 3

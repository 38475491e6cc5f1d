"""The demonstration: laid out once, completed when it was interrupted; everybody comes in; its papers are real."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics

from meetingroom import clock, create_app, log
from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.demo import agenda, appendix, deck, following, layout, people, programme, report, scan, speech, survey
from meetingroom.demo.figures import INDICATORS, by_unit
from meetingroom.documents import store
from meetingroom.meeting.issuing import first_minutes
from meetingroom.meeting.kernel import replay
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes.draft import draft
from meetingroom.printing.letterhead import letterhead

ROOT = Path(__file__).parent.parent
FIRST_RUN = clock.milliseconds("2026-12-16T09:12")
TABLES = ("units", "users", "documents", "jobs", "events", "answers", "meetings", "members", "papers")


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """(settings, what the first seeding told)."""
    settings = Settings(data=tmp_path_factory.mktemp("demo") / "data", async_mode="threading", testing=True)
    return settings, layout.seed(settings, FIRST_RUN)


@pytest.fixture(scope="module")
def pool(laid_out):
    pool = Pool(laid_out[0].database, patience=5)
    yield pool
    pool.close()


def counts(settings) -> dict[str, int]:
    db = sqlite3.connect(settings.database)
    try:
        return {table: db.execute(f"select count(*) from {table}").fetchone()[0] for table in TABLES}
    finally:
        db.close()


def happened(settings, meeting: str) -> list[tuple]:
    """What the log holds, without ids that are drawn anew in every folder."""
    db = sqlite3.connect(settings.database)
    try:
        return db.execute("select seq, at, name from events where meeting = ? order by seq", (meeting,)).fetchall()
    finally:
        db.close()


# Laying out


def test_seeding_twice_is_the_same_as_once(laid_out):
    settings, first = laid_out
    before = counts(settings)
    again = layout.seed(settings)
    assert counts(settings) == before
    assert again.password == first.password
    assert [sign_in.username for sign_in in again.sign_ins] == [sign_in.username for sign_in in first.sign_ins]
    assert not {sign_in.link for sign_in in again.sign_ins} & {sign_in.link for sign_in in first.sign_ins}


def test_a_layout_killed_in_the_middle_is_completed(laid_out, tmp_path):
    settings = Settings(data=tmp_path / "data")
    code = "from pathlib import Path; from meetingroom import config; from meetingroom.demo import layout; import sys; "
    code += "layout.seed(config.Settings(data=Path(sys.argv[1])), int(sys.argv[2]))"
    process = subprocess.Popen([sys.executable, "-c", code, settings.data, str(FIRST_RUN)], cwd=ROOT)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if settings.database.exists() and len(events_so_far(settings)) > 20:
            os.kill(process.pid, signal.SIGKILL)
            break
        time.sleep(0.005)
    process.wait()
    assert process.returncode == -signal.SIGKILL, "it was finished before it could be killed"
    layout.seed(settings)
    whole, _ = laid_out
    assert happened(settings, layout.TODAY)[:60] == happened(whole, layout.TODAY)[:60]
    assert counts(settings)["documents"] == counts(whole)["documents"]


def events_so_far(settings) -> list:
    try:
        return happened(settings, layout.TODAY)
    except sqlite3.OperationalError:
        return []


def test_somebody_elses_data_is_left_alone(tmp_path):
    settings = Settings(data=tmp_path / "data")
    from meetingroom import database
    from meetingroom.auth import account_store as directory

    database.prepare(settings.database)
    with Pool(settings.database).writing() as db:
        directory.add_user(db, username="binh.tt", name="Trần Thị Bình")
    before = counts(settings)
    with pytest.raises(layout.NotEmpty):
        layout.seed(settings)
    assert counts(settings) == before


def test_another_password_is_for_everybody_at_the_next_start(laid_out, monkeypatch, app):
    settings, first = laid_out
    monkeypatch.setenv("MEETINGROOM_DEMO_PASSWORD", "phòng-họp-2026")
    assert layout.seed(settings).password == "phòng-họp-2026"
    assert signs_in(app, "chair", "phòng-họp-2026") == 200
    assert signs_in(app, "chair", first.password) == 401
    monkeypatch.setenv("MEETINGROOM_DEMO_PASSWORD", first.password)
    layout.seed(settings)


# Coming in


@pytest.fixture(scope="module")
def app(laid_out):
    return create_app(laid_out[0])


def signs_in(app, username: str, password: str) -> int:
    answer = app.test_client().post(
        "/api/session", json={"username": username, "password": password}, headers={"X-Meetingroom": "1"}
    )
    return answer.status_code


def test_each_account_signs_in(laid_out, app):
    _, found = laid_out
    refused = [a.username for a in people.EVERYBODY if signs_in(app, a.username, found.password) != 200]
    assert not refused


def test_each_link_signs_in_once(laid_out, app):
    settings, _ = laid_out
    for sign_in in layout.seed(settings).sign_ins:
        browser = app.test_client()
        page = browser.get(sign_in.link)
        assert page.status_code in (200, 302), sign_in
        assert sign_in.name in page.get_data(as_text=True) or page.status_code == 302


def test_the_password_is_kept_for_the_owner_only(laid_out):
    settings, first = laid_out
    path = settings.data / "demo-password.txt"
    assert path.read_text().strip() == first.password
    assert path.stat().st_mode & 0o077 == 0


# Today's meeting


def test_todays_meeting_is_open_at_its_second_item(pool):
    state = log.state(pool, layout.TODAY)
    assert state.meeting.status == "live"
    assert state.agenda.current == state.agenda.order[1]
    assert state.stage.holder == next(k for k, p in state.roll.people.items() if p.role == "chair")
    assert clock.local(state.meeting.starts_at) == datetime(2026, 12, 16, 8, 45, tzinfo=clock.VIETNAM)
    assert len(state.sites.order) == 10


def test_the_programme_is_170_minutes_and_a_break(pool):
    state = log.state(pool, layout.TODAY)
    planned = sum(item.minutes for item in state.agenda.items.values())
    assert planned == sum(item.minutes for item in agenda.ITEMS) == 170
    assert state.meeting.ends_at - state.meeting.starts_at == (170 + programme.BREAK) * 60_000


def test_what_happened_before_the_meeting_happened_before_it(pool):
    state = log.state(pool, layout.TODAY)
    assert state.meeting.published_at < state.meeting.starts_at - 3 * 86_400_000
    assert state.meeting.starts_at <= state.meeting.opened_at <= FIRST_RUN


def drawn(pool, settings, meeting: str) -> None:
    """What the worker does to the papers of a meeting, without drawing them."""
    with pool.lend() as db:
        waiting = [row for row in store.list_documents(db, meeting) if row["status"] == "processing"]
    for row in waiting:
        path = settings.files / row["sha"][:2] / row["sha"]
        sizes = [(842.0, 595.0)] * 2 if row["type"] == "xlsx" else sizes_of(path)
        with pool.writing() as db:
            store.write_shape(db, row["id"], len(sizes), [[1, *sizes[0]]], {})
            store.mark_finished(db, row["id"], [])


def sizes_of(path) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_size() for page in pdf]


def test_the_report_comes_on_stage_when_it_is_there(laid_out, pool):
    from meetingroom.documents import ingest
    from meetingroom.jobs.queue import JobContext

    settings, _ = laid_out
    waited_for = following.show_report(settings, pool, layout.TODAY)
    assert len(waited_for) == 1
    assert log.state(pool, layout.TODAY).stage.kind == "title"
    drawn(pool, settings, layout.TODAY)
    ingest.attach(JobContext(settings, pool), waited_for[0])
    assert following.show_report(settings, pool, layout.TODAY) == []
    stage = log.state(pool, layout.TODAY).stage
    assert (stage.kind, stage.page) == ("page", 1)
    assert log.state(pool, layout.TODAY).papers[stage.paper].pages == 48


# The meeting of twenty days ago


@pytest.fixture(scope="module")
def past(laid_out, pool):
    settings, _ = laid_out
    assert len(following.play_past(settings, pool, layout.BEFORE)) == 9
    drawn(pool, settings, layout.BEFORE)
    assert following.play_past(settings, pool, layout.BEFORE) == []
    return log.state(pool, layout.BEFORE)


def test_the_past_meeting_is_sealed_with_its_five_conclusions(past):
    assert past.meeting.status == "archived"
    assert past.record.approved
    assert clock.local(past.meeting.starts_at) == datetime(2026, 11, 26, 8, 0, tzinfo=clock.VIETNAM)
    due = [past.record.conclusions[key].due for key in past.record.order]
    assert due == ["2026-12-03", "2026-12-11", "2027-01-09", "2027-02-06", "2027-03-11"]
    assert len(past.papers) == 9


def test_its_minutes_are_signed_by_both_and_its_conclusions_have_gone_out(past, laid_out, pool):
    minutes = past.issuing.documents[first_minutes(layout.BEFORE)]
    assert [(each.field, each.grade) for each in minutes.signatures] == [("ThuKy", "trusted"), ("ChuTri", "trusted")]
    assert [clock.local(each.at).day for each in minutes.signatures] == [27, 27]
    notice = next(each for each in past.issuing.documents.values() if each.kind == "thong_bao")
    assert minutes.issued
    assert notice.issued
    settings, _ = laid_out
    folder = settings.data
    assert not [path for path in folder.rglob("*") if path.is_file() and b"PRIVATE KEY" in path.read_bytes()]


def test_its_plan_was_adopted_by_six_of_eight(past):
    plan, flag = (past.ballots.ballots[key] for key in past.ballots.order)
    assert (plan.result["verdict"], plan.counts["yes"], plan.result["base"]) == ("adopted", 6, 8)
    assert flag.counts == {"o1": 3, "o2": 5, "o3": 1, "invalid": 1}


def test_its_log_is_in_order_and_whole(past, pool):
    with pool.lend() as db:
        facts = log.read(db, layout.BEFORE)
        assert log.verify(db, layout.BEFORE) == len(facts) > 150
    assert [fact.at for fact in facts] == sorted(fact.at for fact in facts)


def test_played_again_it_stays_as_it_is(past, laid_out, pool):
    following.play_past(laid_out[0], pool, layout.BEFORE)
    assert log.state(pool, layout.BEFORE).seq == past.seq


def test_its_minutes_tell_the_morning(past, pool):
    from meetingroom.auth import account_store as directory

    with pool.lend() as db:
        facts, units = log.read(db, layout.BEFORE), directory.list_units(db)
    state = replay(MeetingState(id=layout.BEFORE), facts)
    minutes = repr(draft(facts, state, letterhead(units)))
    for words in ("05/BB-VKS", "1.284", "Trịnh Văn Sơn", "Kiểm tra, nâng cấp đường truyền", "Ngô Thị Khuê"):
        assert words in minutes


# The papers

DAY = date(2026, 10, 29)
PAPERS = {
    "programme": (lambda path: programme.make(path, datetime(2026, 12, 16, 8, 0)), 2, "08 giờ 00"),
    "year": (lambda path: report.year(path, DAY), 48, "1.284 tin báo"),
    "appendix": (lambda path: appendix.make(path, DAY), 9, "148.750"),
    "computing": (lambda path: report.computing(path, DAY), 16, "79 máy (35,7%)"),
    "deck": (deck.make, 24, "95 phút còn 52 phút"),
    "speech": (lambda path: speech.digitising(path, DAY), 8, "28.263 trang"),
    "plan": (lambda path: speech.plan(path, DAY), 10, "DỰ THẢO LẦN 2"),
    "letter": (lambda path: scan.make(path, DAY), 3, ""),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """{key: (pages told, path)} of every paper, made once."""
    folder = tmp_path_factory.mktemp("papers")
    return {key: (make(folder / f"{key}.pdf"), folder / f"{key}.pdf") for key, (make, _, _) in PAPERS.items()}


def text_of(path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


@pytest.mark.parametrize("key", PAPERS)
def test_a_paper_has_its_pages_and_its_words(key, written):
    header, path = written[key]
    _, pages, words = PAPERS[key]
    assert header == pages == len(sizes_of(path))
    text = text_of(path)
    assert words in text
    assert bool(text) == (key != "letter")  # a scan is a picture


def test_the_deck_is_wide_and_the_appendix_lies(written):
    assert {width / height for width, height in sizes_of(written["deck"][1])} == {16 / 9}
    assert all(width > height for width, height in sizes_of(written["appendix"][1]))
    assert all(width < height for width, height in sizes_of(written["year"][1]))


@pytest.mark.parametrize("key", ["programme", "computing", "deck", "letter"])
def test_a_paper_drawn_twice_is_the_same_file(key, written, tmp_path):
    PAPERS[key][0](tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == written[key][1].read_bytes()


def test_the_survey_is_the_same_spreadsheet_every_time(tmp_path):
    survey.as_spreadsheet(tmp_path / "a.xlsx", DAY)
    time.sleep(1.1)  # a spreadsheet writes down the second it was saved
    survey.as_spreadsheet(tmp_path / "b.xlsx", DAY)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("key", [key for key in PAPERS if key != "letter"])
def test_every_letter_of_a_paper_is_in_its_face(key, written):
    face = pdfmetrics.getFont("Sans" if key == "deck" else "Serif").face
    assert not {letter for letter in text_of(written[key][1]) if ord(letter) not in face.charToGlyph}


def test_units_add_up_to_the_province():
    for key, (_, _, before, now) in INDICATORS.items():
        parts = by_unit(key)
        assert (sum(a for a, _ in parts), sum(b for _, b in parts)) == (before, now), key


def test_no_unit_settles_more_reports_than_it_took_in():
    for took, settled in zip(by_unit("tin_thu_ly"), by_unit("tin_giai_quyet"), strict=True):
        assert settled[0] <= took[0]
        assert settled[1] <= took[1]


def test_what_comes_again_has_its_templates(pool):
    with pool.lend() as db:
        agendas = db.execute("select count(*) from agenda_templates").fetchone()[0]
        kinds = {row[0] for row in db.execute("select kind from minutes_templates")}
    assert agendas >= 2
    assert {"briefing", "case_report"} <= kinds

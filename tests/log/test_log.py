"""The one door in: done once, numbered without a hole, chained, and the same after a restart."""

import hashlib
import multiprocessing
import sqlite3
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetingroom import database, log, sealed
from meetingroom.meeting import wire
from meetingroom.meeting.agenda import AddItem, FinishItem, StartItem
from meetingroom.meeting.kernel import Actor, Refused
from meetingroom.meeting.record import RecordNote
from meetingroom.meeting.roll import CheckIn
from tests.log.conftest import AN, MAI
from tests.meeting.strategies import histories

EM = Actor("em", "delegate")


def test_the_same_command_again_gets_the_same_answer_and_nothing_is_done_twice(live):
    first = log.handle(live, "m1", AddItem("Thảo luận"), MAI, "c1")
    again = log.handle(live, "m1", AddItem("Thảo luận"), MAI, "c1")
    assert (again.seq, again.repeated) == (first.seq, True)
    assert len(log.state(live, "m1").agenda.order) == 1


def test_a_refusal_is_repeated_too_even_when_it_would_now_be_allowed(live):
    with pytest.raises(Refused, match="no_such_item"):
        log.handle(live, "m1", StartItem("nope"), AN, "c1")
    log.handle(live, "m1", AddItem("Thảo luận"), MAI, "c2")
    with pytest.raises(Refused, match="no_such_item"):
        log.handle(live, "m1", StartItem("nope"), AN, "c1")


def test_nobody_gets_the_answer_to_another_persons_command(live):
    log.handle(live, "m1", AddItem("Thảo luận"), MAI, "c1")
    with pytest.raises(Refused, match="id_taken"):
        log.handle(live, "m1", AddItem("Thảo luận"), AN, "c1")
    with pytest.raises(Refused, match="id_taken"):
        log.handle(live, "m1", CheckIn(), MAI, "c1")


def test_the_role_is_the_one_the_meeting_knows_not_the_one_claimed(live):
    with pytest.raises(Refused, match="not_allowed"):
        log.handle(live, "m1", AddItem("x"), Actor("em", "secretary"), "c1")
    with pytest.raises(Refused, match="not_allowed"):
        log.handle(live, "m1", AddItem("x"), Actor("stranger", "secretary"), "c2")


def test_a_refused_command_leaves_no_fact(live):
    before = log.state(live, "m1").seq
    with pytest.raises(Refused):
        log.handle(live, "m1", FinishItem("nope"), AN, "c1")
    with live.lend() as db:
        assert [fact.seq for fact in log.read(db, "m1")] == list(range(1, before + 1))


def test_another_process_sees_the_same_meeting(live):
    log.handle(live, "m1", AddItem("Thảo luận", 30, ("em",)), MAI, "c1")
    mine = log.state(live, "m1")
    log.forget_heads(live)
    assert log.state(live, "m1") == mine


def test_the_chain_breaks_where_a_row_was_changed(live):
    log.handle(live, "m1", RecordNote("general", "Tán thành"), MAI, "c1")
    with live.lend() as db:
        count = log.verify(db, "m1")
        db.conn.execute("update events set data = replace(data, 'Tán', 'Không tán') where seq = ?", (count,))
        with pytest.raises(log.Corrupt, match=f"m1 #{count}"):
            log.verify(db, "m1")


def test_the_chain_breaks_where_a_row_was_taken_out(live):
    with live.lend() as db:
        log.verify(db, "m1")
        db.conn.execute("delete from events where seq = 3")
        with pytest.raises(log.Corrupt, match="m1 #3"):
            log.verify(db, "m1")


def write_items(path, who: str, count: int) -> None:
    pool = database.Pool(path)
    log.fillers.clear()
    for n in range(count):
        log.handle(pool, "m1", AddItem(f"{who} {n}"), MAI, f"{who}-{n}")


def test_two_processes_appending_at_once_leave_no_hole_and_lose_nothing(live):
    start = log.state(live, "m1").seq
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=write_items, args=(live.path, who, 40)) for who in ("một", "hai")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    with live.lend() as db:
        facts = log.read(db, "m1")
        assert [fact.seq for fact in facts] == list(range(1, start + 81))
        assert log.verify(db, "m1") == start + 80
    titles = [item.title for item in log.state(live, "m1").agenda.items.values()]
    assert sorted(titles) == sorted([f"{who} {n}" for who in ("một", "hai") for n in range(40)])


def test_many_threads_with_the_same_command_do_it_once(live):
    answers, errors = [], []

    def ask():
        try:
            answers.append(log.handle(live, "m1", AddItem("Bế mạc"), MAI, "same").seq)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(set(answers)) == 1
    assert len(log.state(live, "m1").agenda.order) == 1


def test_the_tables_made_from_the_log_equal_a_rebuild(live):
    log.handle(live, "m1", AddItem("Thảo luận"), MAI, "c1")

    def tables(db):
        return {
            name: [tuple(row) for row in db.conn.execute(f"select * from {name} order by 1, 2")]
            for name in ("meetings", "members", "papers")
        }

    with live.lend() as db:
        kept = tables(db)
        assert kept["members"]
        with database.writing(db):
            log.rebuild(db)
        assert tables(db) == kept


def test_a_lock_held_by_somebody_else_is_waited_for_and_then_said(live):
    holder = sqlite3.connect(live.path, isolation_level=None)
    holder.execute("begin immediate")
    with live.lend() as db, pytest.raises(database.Busy), database.writing(db, patience=0.05):
        pass
    holder.execute("rollback")
    log.handle(live, "m1", AddItem("x"), MAI, "c1")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories(12))
def test_replaying_the_stored_log_gives_the_live_state(tmp_path_factory, history):
    start, facts = history
    path = tmp_path_factory.mktemp("log") / "m.db"
    database.prepare(path)
    pool = database.Pool(path)
    head = log.Head(start)
    with pool.writing() as db:
        for fact in facts:
            head = log.append(db, "m1", head, [fact.event], Actor(fact.by, "chair", fact.at))
    with pool.lend() as db:
        stored = log.read(db, "m1")
    assert log.replay(start, stored) == head.state
    assert [wire.data_of(fact.event) for fact in stored] == [wire.data_of(fact.event) for fact in facts]
    pool.close()


@pytest.mark.parametrize("ballot", ["../../etc/passwd", "../secret", "a/b", "x" * 300, "", "."])
def test_what_is_no_ballot_reads_no_file_outside_the_seals(tmp_path, ballot):
    (tmp_path / "seals").mkdir()
    (tmp_path / "secret.key").write_bytes(b"k" * 32)
    database.prepare(tmp_path / "m.db")
    db = database.connect(tmp_path / "m.db")
    assert sealed.count_votes(db, tmp_path / "seals", ballot) == ({}, (), ())
    with pytest.raises(ValueError):
        sealed.open_box(db, tmp_path / "seals", ballot)
    with pytest.raises(ValueError):
        sealed.shred_file(tmp_path / "seals", ballot)
    assert (tmp_path / "secret.key").read_bytes() == b"k" * 32
    db.close()


def test_receipts_that_stood_beside_names_are_taken_out(tmp_path):
    database.prepare(tmp_path / "m.db")
    db = database.connect(tmp_path / "m.db")
    row = {"meeting": "m1", "by": "em", "name": "cast_vote"}
    db["answers"].insert_all([row | {"id": "1", "answer": '{"receipt":"ABC","seq":7}'},
                              row | {"id": "2", "answer": '{"code":"already_voted","details":{}}'}])  # fmt: skip
    db.conn.execute("delete from _sqlite_migrations where name = '010_no_receipts_beside_names'")
    db.close()
    database.prepare(tmp_path / "m.db")
    db = database.connect(tmp_path / "m.db")
    assert [row["answer"] for row in db.query("select answer from answers order by id")] == [
        '{"seq":7}', '{"code":"already_voted","details":{}}'
    ]  # fmt: skip
    db.close()


def test_a_thousand_refused_commands_are_not_a_thousand_rows(live):
    log.handle(live, "m1", AddItem("Thảo luận"), MAI, "kept")
    for number in range(200):
        with pytest.raises(Refused):
            log.handle(live, "m1", StartItem("nope"), MAI, f"no{number}")
    with pytest.raises(Refused, match="no_such_item"):
        log.handle(live, "m1", StartItem("nope"), MAI, "no199")
    with live.lend() as db:
        rows = db.conn.execute("select count(*) from answers where by = 'mai' and answer like '%code%'").fetchone()[0]
        assert rows == log.REFUSALS_KEPT
        assert log.find_answer(db, "m1", "kept")


def test_answers_of_before_keep_their_place(tmp_path):
    """Given a file of an earlier version, with answers in rows of their own and 60 refusals of one person."""
    database.prepare(tmp_path / "m.db")
    db = database.connect(tmp_path / "m.db")
    db.conn.execute("drop table answers")
    db["answers"].create(dict.fromkeys(("meeting", "id", "by", "name", "answer"), str), pk=("meeting", "id"))
    db["answers"].insert_all(
        {"meeting": "m1", "id": f"c{n}", "by": "em", "name": "turn_page", "answer": '{"code":"x"}' if n % 2 else "{}"}
        for n in range(120)
    )
    db.conn.execute("delete from _sqlite_migrations where name = '099_refusals_alone'")
    db.close()
    database.prepare(tmp_path / "m.db")
    db = database.connect(tmp_path / "m.db")
    for id, answer in (("c4", "{}"), ("c5", '{"code":"x"}')):
        assert log.find_answer(db, "m1", id)["answer"] == answer
    assert log.remember_answer(db, "m1", "c200", "em", "turn_page", {"code": "y"})
    kept = [row["id"] for row in db.query("select id from answers where refused is not null order by refused")]
    assert kept == [*(f"c{n}" for n in range(23, 120, 2)), "c200"]
    assert len(kept) == log.REFUSALS_KEPT
    db.close()


@given(st.lists(st.text(), min_size=5, max_size=5), st.integers(1, 10**9))
def test_a_facts_hash_rests_on_its_row_as_canonical_json(texts, seq):
    last, meeting, at, by, name = texts
    row = log.canonical_json([meeting, seq, at, by, name, "{}"])
    expected = hashlib.sha256((last + row).encode()).hexdigest()
    assert log.chain_hash(last, meeting, seq, at, by, name, "{}") == expected

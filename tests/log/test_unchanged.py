"""What is remembered of the file is never older than the file (meetingroom/unchanged.py)."""

import sqlite3

import pytest

from meetingroom import database, unchanged


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "some.db"
    with database.connect(path).conn as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create table sessions (id integer primary key, user text)")
        connection.execute("create table events (id integer primary key)")
        connection.execute("insert into sessions values (1, 'an')")
    return path


class Asker:
    """A connection that asks whose the first session is, in a write transaction, and counts how often."""

    def __init__(self, path):
        self.db, self.asked = database.connect(path), 0

    def ask(self):
        self.asked += 1
        return self.db.conn.execute("select user from sessions where id = 1").fetchone()

    def __call__(self, write="", rows=0):
        with database.writing(self.db):
            found = unchanged.find(self.db, "first", self.ask)
            if write:
                self.db.conn.execute(write)
            unchanged.pass_over(self.db, rows)
        return found and found[0]


def test_while_nobody_writes_it_is_asked_once(file):
    asker = Asker(file)
    assert [asker(), asker(), asker()] == ["an"] * 3
    assert asker.asked == 1


def test_rows_of_the_log_are_passed_over(file):
    asker = Asker(file)
    for _ in range(3):
        assert asker("insert into events default values", rows=1) == "an"
    assert asker.asked == 1


CHANGES = (
    "update sessions set user = 'em'",
    "delete from sessions",
    "insert or replace into sessions values (1, 'em')",
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_another_connection_writes_counts_at_the_next_question(file, change):
    asker, other = Asker(file), database.connect(file)
    assert asker() == "an"
    with database.writing(other):
        other.conn.execute(change)
    assert asker() == (None if change.startswith("delete") else "em")


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_same_connection_writes_counts_also_beside_rows_of_the_log(file, change):
    asker = Asker(file)
    assert asker() == "an"
    with database.writing(asker.db):
        asker.db.conn.execute("insert into events default values")
        asker.db.conn.execute(change)
        unchanged.pass_over(asker.db, 1)
    assert asker() == (None if change.startswith("delete") else "em")


def test_what_was_rolled_back_is_not_remembered(file):
    asker = Asker(file)
    with pytest.raises(ZeroDivisionError), database.writing(asker.db):
        asker.db.conn.execute("update sessions set user = 'em'")
        assert unchanged.find(asker.db, "first", asker.ask)[0] == "em"
        raise ZeroDivisionError
    assert asker() == "an"


def test_a_transaction_that_fails_as_it_begins_holds_up_nobody(file, monkeypatch):
    asker = Asker(file)
    assert asker() == "an"
    with monkeypatch.context() as broken:
        broken.setattr(unchanged, "version_of", lambda db: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            asker()
    assert asker("insert into events default values", rows=1) == "an"
    with database.writing(database.connect(file), patience=0) as other:
        assert other.conn.execute("select count(*) from events").fetchone()[0] == 1


def test_a_transaction_that_the_file_has_ended_by_itself_is_not_called_done(file):
    asker = Asker(file)
    with pytest.raises(sqlite3.OperationalError, match="no transaction"), database.writing(asker.db):
        asker.db.conn.execute("insert into events default values")
        assert unchanged.find(asker.db, "first", asker.ask)
        with pytest.raises(sqlite3.IntegrityError):
            asker.db.conn.execute("insert or rollback into sessions values (1, 'em')")
    assert asker() == "an"
    assert asker.asked == 2

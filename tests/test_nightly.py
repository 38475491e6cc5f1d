"""The day's backup: asked for once, kept by days, weeks and months, copied, tried, put off for a secret ballot."""

from datetime import datetime, timedelta

import pytest

from meetingroom import clock
from meetingroom.jobs.queue import JobContext
from meetingroom.monitoring import store
from meetingroom.ops import backup_store, nightly
from tests.test_backup import Pool, settings  # noqa: F401 (a fixture)


@pytest.fixture
def context(request, monkeypatch, tmp_path):
    found = request.getfixturevalue("settings")
    monkeypatch.setenv("MEETINGROOM_BACKUP", str(tmp_path / "backups"))
    monkeypatch.setenv("MEETINGROOM_BACKUP_HOUR", "0")
    pool = Pool(found.database)
    yield JobContext(found, pool)
    pool.close()


def test_it_is_made_read_back_and_tried_and_asked_for_once_a_day(context, tmp_path):
    assert nightly.look(context.settings, context.pool, clock.now())
    assert not nightly.look(context.settings, context.pool, clock.now())
    nightly.make(context, "")
    with context.pool.lend() as db:
        made = backup_store.last(db)
    assert (tmp_path / "backups" / made["file"]).stat().st_size == made["bytes"]
    assert made["tried"].startswith("ok: 1"), made
    assert made["second"] == ""
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [made["file"]]
    with context.pool.writing() as db:
        db.conn.execute("update jobs set status = 'done', created_at = 0")
    assert not nightly.look(context.settings, context.pool, clock.now())
    assert nightly.look(context.settings, context.pool, clock.now() + nightly.A_DAY)


def test_it_waits_for_a_secret_ballot(context):
    with context.pool.writing() as db:
        db.conn.execute("insert into seals (ballot, public) values ('b', x'00')")
    assert not nightly.look(context.settings, context.pool, clock.now())
    nightly.make(context, "")
    with context.pool.lend() as db:
        assert backup_store.last(db) is None


def test_the_second_copy_has_its_own_word(context, monkeypatch, tmp_path):
    monkeypatch.setenv("MEETINGROOM_BACKUP_SECOND", str(tmp_path / "usb"))
    nightly.make(context, "")
    with context.pool.lend() as db:
        assert backup_store.last(db)["second"].startswith("not there")
    (tmp_path / "usb").mkdir()
    made = next((tmp_path / "backups").glob("*.tar"))
    assert nightly.copy_to_second(made) == "ok"
    assert (tmp_path / "usb" / made.name).read_bytes() == made.read_bytes()


def test_none_is_made_where_it_is_off(context, monkeypatch):
    monkeypatch.setenv("MEETINGROOM_BACKUP", "off")
    assert not nightly.look(context.settings, context.pool, clock.now())


def test_days_weeks_and_months_are_kept():
    first = datetime(2026, 1, 1, 2)
    names = [f"meetingroom-{first + timedelta(days=n):%Y%m%d-%H%M%S}.tar" for n in range(500)]
    kept = nightly.select_kept([*names, "other.tar"])
    assert set(names[-7:]) <= kept
    assert 12 <= len(kept) <= 24
    assert len({name[12:18] for name in kept}) == 12


def test_the_newest_is_read_through_once_a_week_and_so_is_its_second_copy(context, monkeypatch, tmp_path):
    (tmp_path / "usb").mkdir()
    monkeypatch.setenv("MEETINGROOM_BACKUP_SECOND", str(tmp_path / "usb"))
    assert not nightly.look_at_newest(context.pool, clock.now())
    nightly.make(context, "")
    in_a_week = clock.now() + 7 * nightly.A_DAY
    assert not nightly.look_at_newest(context.pool, clock.now())
    assert nightly.look_at_newest(context.pool, in_a_week)
    assert not nightly.look_at_newest(context.pool, in_a_week)

    def outcome():
        nightly.check_newest(context, "")
        with context.pool.lend() as db:
            return store.last_backup(db)["checked"]

    assert outcome() == "ok: 1"
    copy = next((tmp_path / "usb").glob("*.tar"))
    whole = copy.read_bytes()
    copy.write_bytes(whole[:-1] + b"x")
    assert outcome() == f"changed: {copy}"
    copy.unlink()
    assert outcome() == f"not there: {copy}"
    copy.write_bytes(whole)
    first = next((tmp_path / "backups").glob("*.tar"))
    first.write_bytes(whole[: len(whole) // 2])
    assert outcome() == f"changed: {first}"

"""Room on the disk: what is kept free, and which errors say that there is none."""

import errno
import sqlite3
from collections import namedtuple

import pytest

from meetingroom import disk

usage = namedtuple("usage", "total used free")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_and_a_share_that_is_used_up_are_told_by_the_system(code):
    assert disk.is_full(OSError(code, "no space"))


def test_other_errors_are_no_full_disk():
    assert not disk.is_full(OSError(errno.EACCES, "full of rights"))
    assert not disk.is_full(ValueError("the disk is full"))


def test_sqlite_says_that_the_disk_is_full():
    db = sqlite3.connect(":memory:")
    db.execute("pragma max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as caught:
        db.execute("create table t as select zeroblob(100000)")
    assert disk.is_full(caught.value)


def test_what_is_kept_free_is_not_given_away(tmp_path, monkeypatch):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda path: usage(10**9, 0, disk.KEPT_FREE + 10))
    assert disk.has_room(tmp_path, 10)
    assert not disk.has_room(tmp_path, 11)

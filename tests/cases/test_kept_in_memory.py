"""What stands in memory of maps, scripts and pages, so that a page that is opened waits for none: so much, no more."""

from collections import OrderedDict
from itertools import product
from pathlib import Path

from sqlite_utils import Database

from meetingroom.cases import room_maps
from meetingroom.cases.scripts import store as scripts
from meetingroom.documents import stamp


def test_of_large_maps_fewer_are_kept(monkeypatch):
    monkeypatch.setattr(room_maps, "_held", OrderedDict())

    def kept(nodes: int) -> list[int]:
        for n in range(30):
            room_maps.keep((n,), room_maps.Held({"nodes": {str(each): {} for each in range(nodes)}}))
        return [n for (n,) in room_maps._held]

    assert kept(10_000) == [26, 27, 28, 29]
    assert len(kept(10)) == room_maps.HELD
    assert kept(room_maps.NODES_HELD + 1) == [29]


def test_of_a_script_that_is_written_the_newest_revision_is_kept_alone(monkeypatch):
    monkeypatch.setattr(scripts, "_held", OrderedDict())
    db = Database(memory=True)
    row = {"id": "k1", "rev": 1, "body": '{"rev": 1}'}
    assert scripts.read(db, row) is scripts.read(db, row)
    for rev in range(2, 9):
        assert scripts.read(db, {"id": "k1", "rev": rev, "body": f'{{"rev": {rev}}}'}) == {"rev": rev}
    assert len(scripts._held) == 1


def test_the_nearest_page_lies_drawn_for_each_of_fifty_readers(monkeypatch):
    monkeypatch.setattr(stamp, "draw", lambda path, reader, size, **parts: b"")
    for name in ("_wanted", "_bodies"):
        monkeypatch.setattr(stamp, name, OrderedDict())
    with stamp._drawing:  # all ask at once, the nearest first
        for page, reader in product(("1", "2", "3"), range(50)):
            stamp.draw_ahead(Path(page), ("", ""), f"reader {reader}", "")
    stamp.draw_wanted()
    assert sum(path == "1" for _reader, path in stamp._bodies) == 50

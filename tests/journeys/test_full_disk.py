"""The disk fills up in mid-meeting: what cannot be written is refused, what was answered stays, all goes on later."""

import os
import shutil
import subprocess
from collections import Counter

import pytest

from meetingroom import database, log
from tests.conftest import first_paper
from tests.rooms import Room, paper

pytestmark = pytest.mark.journey


class Disk:
    """A small file system in memory, whose size can be changed while it is in use."""

    def __init__(self, place):
        self.place = place
        place.mkdir()
        tried = ["mount", "-t", "tmpfs", "-o", "size=900m,mode=700", "tmpfs", str(place)]
        done = subprocess.run(tried, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no small disk to be had here: {done.stderr.strip() or 'mount needs root'}")

    def fill(self) -> None:
        usage = shutil.disk_usage(self.place)
        self.resize(f"{usage.used // 1024 + 16}k")

    def resize(self, size: str) -> None:
        subprocess.run(["mount", "-o", f"remount,size={size}", str(self.place)], check=True, capture_output=True)

    def close(self) -> None:
        subprocess.run(["umount", "-l", str(self.place)], check=False)


@pytest.fixture
def disk(tmp_path):
    if os.geteuid():
        pytest.skip("a small disk can be made by root only")
    disk = Disk(tmp_path / "disk")
    yield disk
    disk.close()


@pytest.fixture
def on_disk(prepared, disk, tmp_path):
    """The opened meeting on the small disk; the terminal's text goes elsewhere."""
    data, people, meeting = prepared
    shutil.copytree(data, disk.place, dirs_exist_ok=True)
    room = Room(disk.place, people, meeting).start()
    an = room.person("an")
    an.does("open_meeting")
    an.does("show_paper", paper=first_paper(an))
    yield room
    room.stop()


def test_a_full_disk_refuses_loses_nothing_and_all_goes_on_when_there_is_room(on_disk, disk):
    an, em, mai = on_disk.person("an"), on_disk.person("em").connect(), on_disk.person("mai")
    answered = {"before": an.send("turn_page", id="before", page=2).json()["seq"]}
    phuong = on_disk.person("phuong")
    document = next(iter(em.read_view()["papers"].values()))["document"]
    disk.fill()

    refused = None
    for n in range(2000):
        answer = an.send("turn_page", id=f"turn-{n}", page=1 + n % 5)
        if answer.status_code != 200:
            refused, refused_id, wanted = answer, f"turn-{n}", 1 + n % 5
            break
        answered[f"turn-{n}"] = answer.json()["seq"]
    assert refused is not None, "the disk was never full"
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "no_space")
    assert mai.send("record_note", item="general", text="x" * 9000).json()["error"]["code"] == "no_space"

    # Everybody sees what they saw, and whoever comes late sees it too.
    assert em.socket.connected
    em.until(lambda view: em.seq == max(answered.values()))
    assert em.read_view() == em.view
    assert em.get(f"/documents/{document}/pages/1.webp").status_code == 200
    assert phuong.connect().view == em.view
    phuong.leave()
    ready = em.get("/readyz")
    assert (ready.status_code, "disk" in ready.json()["missing"]) == (503, True)
    item = em.read_view()["agenda"]["order"][0]
    upload = mai.post(f"/api/meetings/{on_disk.meeting}/documents", data={"item": item},
                      files={"file": ("Phụ lục.pdf", paper(3), "application/pdf")})  # fmt: skip
    assert (upload.status_code, upload.json()["error"]["code"]) == (503, "no_space")

    disk.resize("900m")
    again = an.send("turn_page", id=refused_id, page=wanted)
    assert again.status_code == 200, again.text
    em.until(lambda view: view["stage"]["page"] == wanted and em.seq == again.json()["seq"])
    answered[refused_id] = again.json()["seq"]
    sent = mai.post(f"/api/meetings/{on_disk.meeting}/documents", data={"item": item},
                    files={"file": ("Phụ lục.pdf", paper(3), "application/pdf")})  # fmt: skip
    assert sent.status_code == 202, sent.text
    em.until(lambda view: len(view["papers"]) == 3, timeout=60)
    em.leave()
    on_disk.kill()

    pool = database.Pool(on_disk.data / "meetingroom.db", patience=5)
    with pool.lend() as db:
        log.verify(db, on_disk.meeting)
        facts = Counter(fact.seq for fact in log.read(db, on_disk.meeting))
        assert all(facts[seq] == 1 for seq in answered.values())
        assert len(set(answered.values())) == len(answered)
        (integrity,) = db.conn.execute("pragma integrity_check").fetchone()
    pool.close()
    assert integrity == "ok"

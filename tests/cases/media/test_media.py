"""Photos, audio and video of a case: how they come, what is made of them, who sees them."""

import errno
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from meetingroom.cases import upload_store
from meetingroom.cases.media import convert, ffmpeg, sight
from meetingroom.cases.media import jobs as media_jobs
from meetingroom.database import Pool
from meetingroom.jobs import queue
from tests.recordings import film


def brings(room, path: Path, name: str = "", who="em", **fields) -> str:
    answer = room.sends(who, room.at("/media"), path.read_bytes(), name or path.name, **fields)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def shown(room, id: str) -> dict:
    return room.api("em", "GET", room.at(f"/media/{id}")).json


def file(room, id: str, which="view", who="em", **headers):
    return room.browser(who).get(f"/cases/{room.case}/media/{id}/{which}", **headers)


def test_a_video_that_every_screen_plays_is_shown_as_it_was_recorded(room, clips):
    id = brings(room, clips["fits.mp4"], title="Camera cửa hàng", bl="84")
    assert shown(room, id)["state"] == "waiting"
    room.work()
    one = shown(room, id)
    assert (one["state"], one["kind"], one["label"], one["transcoded"]) == ("ready", "video", "", False)
    assert (one["width"], one["height"], round(one["seconds"], 1)) == (96, 64, 1.5)
    assert room.api("em", "GET", room.at("/media")).json["media"] == [one]
    view = file(room, id)
    assert (view.status_code, view.mimetype, view.headers["Cache-Control"]) == (200, "video/mp4", "private, no-store")
    assert view.data.index(b"moov") < view.data.index(b"mdat")  # begins to play before all of it is there
    assert file(room, id, "poster.webp").mimetype == "image/webp"
    assert file(room, id, "original").data == clips["fits.mp4"].read_bytes()
    assert "media_added" in room.log()
    assert file(room, id, "original", Range="bytes=1-").status_code == 206
    assert room.log().count("media_original") == 1, "parts of it are one taking out, for a minute"


def test_what_a_telephone_recorded_is_made_anew_and_says_so(room, clips):
    ids = [brings(room, clips[name]) for name in ("phone.mov", "camera.avi")]
    room.work()
    for one in (shown(room, id) for id in ids):
        assert (one["state"], one["label"], one["seconds"] > 1.3) == ("ready", "viewing copy", True), one


def test_a_part_of_a_file_is_answered_as_a_part(room, clips):
    id = brings(room, clips["fits.mp4"])
    room.work()
    whole = file(room, id).data
    for asked, first, last in (
        ("bytes=0-1", 0, 1),
        ("bytes=100-", 100, len(whole) - 1),
        ("bytes=-7", len(whole) - 7, len(whole) - 1),
    ):
        answer = file(room, id, Range=asked)
        assert answer.status_code == 206
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert answer.data == whole[first : last + 1]
    beyond = file(room, id, Range=f"bytes={len(whole)}-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")
    assert file(room, id, Range="bytes=0-1", **{"If-Range": '"other"'}).status_code == 200


def test_an_original_that_is_taken_out_in_parts_stands_in_the_log_once(room, monkeypatch):
    id = brings_bytes(room, photographed(), "a.jpg")
    room.browser("em").client.head(f"/cases/{room.case}/media/{id}/original")
    assert "media_original" not in room.log()
    assert file(room, id, "original", Range="bytes=1-").status_code == 206
    with monkeypatch.context() as only:  # the rest of it waits for nobody who writes
        only.setattr(Pool, "writing", None)
        for part in ("bytes=0-0", "bytes=9-20"):
            assert file(room, id, "original", Range=part).status_code == 206
    assert room.log().count("media_original") == 1
    assert file(room, id, "original", "nam").status_code == 200
    assert room.log().count("media_original") == 2


def test_what_is_no_recording_is_refused_at_the_door_and_leaves_nothing(room):
    playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n"
    for name, data, status, code in (
        ("film.mp4", playlist, 422, "media_unknown"),
        ("film.svg", b"<svg/>", 415, "media_unsupported"),
        ("MẬT.mp4", playlist, 422, "secret_stamp"),
    ):
        answer = room.sends("em", room.at("/media"), data, name)
        assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert not [path for path in room.settings.files.rglob("*") if path.is_file()]


def test_a_damaged_recording_says_so_and_its_original_stays(room, clips):
    inside = b"\x1aE\xdf\xa3" + b"#EXTM3U\nfile:///etc/passwd\n" * 20  # a playlist that begins as a film does
    ids = [
        brings_bytes(room, inside, "film.mkv"),
        brings_bytes(room, clips["phone.mov"].read_bytes()[:2000], "cut.mov"),
    ]
    room.work()
    for id in ids:
        one = shown(room, id)
        assert (one["state"], one["error"]["code"], one["error"]["again"]) == ("failed", "damaged", False)
        assert file(room, id).status_code == 409
        assert file(room, id, "original").status_code == 200
    assert not list(room.settings.pages.rglob("making"))


def test_a_recording_that_was_cut_says_that_something_is_missing(room, clips, tmp_path):
    whole = film(tmp_path / "film.mp4", seconds=12, size="96x64", rate=10)
    avi = tmp_path / "film.avi"
    command = ["ffmpeg", "-v", "error", "-i", str(whole), "-c:v", "mpeg4", "-c:a", "pcm_s16le", str(avi)]
    subprocess.run(command, check=True, timeout=60)
    for path in (whole, avi):
        data = path.read_bytes()
        cut, sound = brings_bytes(room, data[: len(data) * 6 // 10], path.name), brings_bytes(room, data, path.name)
        room.work()
        one = shown(room, cut)
        assert one["state"] == "ready"
        assert 2 < one.get("missing", 0) < 10, (path.name, one)
        assert round(one["seconds"] + one["missing"]) == 12
        assert "missing" not in shown(room, sound)


def brings_bytes(room, data: bytes, name: str) -> str:
    return room.sends("em", room.at("/media"), data, name).json["id"]


def test_without_ffmpeg_the_original_is_kept_until_it_is_there(room, clips, monkeypatch):
    monkeypatch.setattr(ffmpeg, "available", lambda: False)
    id = brings(room, clips["recorder.wav"])
    room.work()
    assert shown(room, id)["error"]["code"] == "ffmpeg_missing"
    monkeypatch.undo()
    media_jobs.make_up(queue.JobContext(room.settings, room.pool))
    room.work()
    one = shown(room, id)
    assert (one["state"], one["kind"]) == ("ready", "audio")
    assert file(room, id).mimetype == "audio/mp4"


def step_back(maker):
    raise queue.Requeue


def test_a_killed_worker_goes_on_with_the_pieces_that_are_there(room, clips, monkeypatch):
    id = brings(room, clips["camera.avi"])
    monkeypatch.setattr(convert, "PIECE", 1)
    monkeypatch.setattr(convert.Maker, "join", step_back)
    with pytest.raises(queue.Requeue):
        convert.convert(queue.JobContext(room.settings, room.pool), id)
    monkeypatch.undo()
    monkeypatch.setattr(convert, "PIECE", 1)
    (making,) = room.settings.pages.rglob("making")
    pieces = {path.name: path.stat().st_mtime_ns for path in making.glob("piece*.ts")}
    assert len(pieces) == 2
    (making / "pieces-whole").unlink()  # as if it had died in the second one
    room.work()
    one = shown(room, id)
    assert (one["state"], round(one["seconds"])) == ("ready", 2)
    assert not making.exists()


def test_a_disk_that_fills_up_says_so_and_leaves_nothing(room, clips, monkeypatch):
    id = brings(room, clips["camera.avi"])

    def fills_up(maker, made):
        raise OSError(errno.ENOSPC, "no space left on device")

    def nearly_full(maker, made):
        monkeypatch.setattr(convert.disk, "has_room", lambda folder, more=0: False)
        whole(maker, made)

    whole = convert.Maker.in_pieces
    for what in (fills_up, nearly_full):
        monkeypatch.setattr(convert.Maker, "in_pieces", what)
        room.work()
        one = shown(room, id)
        assert (one["state"], one["error"]["code"], one["error"]["again"]) == ("failed", "no_space", True)
        assert not list(room.settings.pages.rglob("media"))
        assert file(room, id, "original").status_code == 200
        assert room.api("em", "POST", room.at(f"/media/{id}/retry")).status_code == 202
    monkeypatch.undo()
    room.work()
    assert shown(room, id)["state"] == "ready"


def test_what_is_asked_for_again_while_it_is_being_stopped_is_made(room, clips, monkeypatch):
    id = brings(room, clips["camera.avi"])
    clear = convert.clear

    def stopped(maker):
        room.api("em", "POST", room.at(f"/media/{id}/cancel"))
        raise convert.Cancelled

    def asked_again(place):
        clear(place)
        room.api("em", "POST", room.at(f"/media/{id}/retry"))

    monkeypatch.setattr(convert.Maker, "make", stopped)
    monkeypatch.setattr(convert, "clear", asked_again)
    with pytest.raises(queue.Requeue):
        convert.convert(queue.JobContext(room.settings, room.pool), id)
    assert shown(room, id)["state"] == "waiting"


def test_a_copy_that_is_not_whole_is_made_anew(tmp_path, monkeypatch):
    """Root without a wall works on a copy: half of it would become half a recording."""
    monkeypatch.setattr(ffmpeg.sandbox, "find_wall", lambda: "plain")
    monkeypatch.setattr(ffmpeg.os, "geteuid", lambda: 0)
    monkeypatch.setattr(ffmpeg.sandbox, "is_reachable", lambda work: True)
    original = tmp_path / "original film"
    original.write_bytes(b"film" * 1000)
    at = ffmpeg.Workplace(original, tmp_path / "making")
    at.clear()
    assert not at.folder.exists()
    copy = shutil.copyfile

    def half(source, target):
        target.write_bytes(source.read_bytes()[:10])
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(ffmpeg.shutil, "copyfile", half)
    with pytest.raises(OSError, match="no space"):
        at.lay_out()
    monkeypatch.setattr(ffmpeg.shutil, "copyfile", copy)
    assert at.lay_out().source.read_bytes() == original.read_bytes()


def test_a_photo_is_turned_and_what_the_camera_wrote_is_taken_out(room):
    id = brings_bytes(room, photographed(), "IMG_0001.jpg")
    room.work()
    one = shown(room, id)
    assert (one["kind"], one["width"], one["height"]) == ("photo", 40, 60)
    view = file(room, id)
    assert view.mimetype == "image/webp"
    assert b"EXIF" not in view.data
    assert b"Telefon" not in view.data
    assert b"Telefon" in file(room, id, "original").data


def photographed() -> bytes:
    """60 × 40, held on its side, with the name of the camera in it."""
    picture, exif, found = Image.new("RGB", (60, 40), "navy"), Image.Exif(), BytesIO()
    exif[0x0112], exif[0x010F] = 6, "Telefon"
    picture.save(found, "JPEG", exif=exif)
    return found.getvalue()


def test_only_the_list_sees_it_and_only_editors_change_it(room):
    id = brings_bytes(room, photographed(), "a.jpg")
    room.work()
    at = room.at(f"/media/{id}")
    for who in ("lan", "admin"):
        assert {file(room, id, which, who).status_code for which in ("view", "poster.webp", "original")} == {404}
        for method, path in (
            ("GET", room.at("/media")),
            ("GET", at),
            ("GET", f"{at}/there"),
            ("PATCH", at),
            ("DELETE", at),
            ("POST", f"{at}/clips"),
        ):
            assert room.api(who, method, path, {}).status_code == 404, (who, path)
    assert file(room, id, who=None, Accept="application/json").status_code == 401
    assert file(room, id, who="phuong").status_code == 200
    assert file(room, id, "original", "phuong").status_code == 403
    assert room.api("phuong", "DELETE", at).status_code == 403
    assert room.sends("an", room.at("/media"), photographed(), "b.jpg").status_code == 403
    assert (
        room.api("an", "GET", f"{at}/there").status_code == 204
    )  # a screen that has it asks: nobody opened it by that
    reads = room.api("em", "GET", room.at("/reads")).json["reads"]
    assert [(row["person"], row["title"], row["page"]) for row in reads] == [(room.people["phuong"], "a", 0)]
    sight.SHOWING.append(lambda case, media: media == id)
    try:
        assert (file(room, id, who="lan").status_code, file(room, id, who="admin").status_code) == (200, 404)
    finally:
        sight.SHOWING.pop()


def test_parts_have_names_and_a_still_is_a_photo_that_names_its_second(room, clips):
    id = brings(room, clips["fits.mp4"], title="Camera")
    room.work()
    at = room.at(f"/media/{id}")
    part = room.api("em", "POST", f"{at}/clips", {"title": "Vào quầy", "from": 0.2, "to": 1}).json
    assert part["clips"] == [{"id": part["id"], "title": "Vào quầy", "from": 0.2, "to": 1.0}]
    for wrong in ({"from": 1, "to": 0}, {"from": 0, "to": 99}, {"from": "x"}, {"title": ""}):
        body = {"title": "x", "from": 0, "to": 1} | wrong
        assert room.api("em", "POST", f"{at}/clips", body).status_code == 422
    still = room.api("nam", "POST", f"{at}/stills", {"at": 0.5}).json["id"]
    room.work()
    one = shown(room, still)
    assert (one["kind"], one["state"], one["source"], one["second"], one["width"]) == ("photo", "ready", id, 0.5, 96)
    assert one["title"] == "Camera – 0:00"
    assert len(one["sha256"]) == 64
    clip = f"{at}/clips/{part['id']}"
    assert room.api("em", "PATCH", clip, {"to": 0.1}).status_code == 422, "its end lies before its beginning"
    changed = room.api("nam", "PATCH", clip, {"title": "Ra khỏi quầy", "to": 1.2}).json
    assert changed == {"clips": [{"id": part["id"], "title": "Ra khỏi quầy", "from": 0.2, "to": 1.2}]}
    assert room.api("nam", "PATCH", clip, {"title": "Ra khỏi quầy"}).json == changed
    said = [line["text"] for line in room.api("em", "GET", room.at("/log")).json["lines"]]
    assert sum("Vào quầy (0:00–0:01)" in text and "Ra khỏi quầy (" in text for text in said) == 1, said
    assert room.api("phuong", "DELETE", clip).status_code == 403
    assert room.api("em", "DELETE", clip).json == {"clips": []}
    assert room.api("nam", "PATCH", clip, {"title": "x"}).status_code == 404, "somebody else has removed it"
    assert room.api("em", "DELETE", at).status_code == 204
    room.work()
    assert shown(room, still)["state"] == "ready"
    lines = room.api("em", "GET", room.at("/log")).json["lines"]
    assert all(line["text"] != line["name"] for line in lines)


def test_an_upload_in_pieces_becomes_a_recording_and_a_picture_what_one_says(room):
    with room.pool.writing() as db:
        for n, (name, type) in enumerate(
            (("call.amr", "amr"), ("T1/a.jpg", "jpg"), ("b.jpg", "jpg"), ("c.pdf", "pdf"))
        ):
            about = {"state": upload_store.ARRIVED, "sha": f"{n}" * 64, "type": type, "length": 9, "offset": 9}
            upload_store.add(db, id=f"u{n}", case=room.case, by="", filename=name, **about)
    rows = [{"upload": "u0"}, {"upload": "u1"}, {"upload": "u2", "as": "medium", "title": "Con dấu", "bl": "242"}]
    refused = room.api("em", "POST", room.at("/import"), {"rows": [*rows, {"upload": "u3", "as": "medium"}]})
    assert refused.json["error"]["code"] == "media_as"
    made = room.api("em", "POST", room.at("/import"), {"rows": rows}).json
    assert room.api("em", "POST", room.at("/import"), {"rows": rows}).json == made
    assert [row["upload"] for row in made["documents"]] == ["u1"]
    titles = [(one["title"], one["kind"], one["bl"]) for one in room.api("em", "GET", room.at("/media")).json["media"]]
    assert titles == [("call", "audio", ""), ("Con dấu", "photo", "242")]


def test_a_case_that_is_deleted_takes_its_recordings_with_it(room):
    brings_bytes(room, photographed(), "a.jpg")
    room.work()
    answer = room.api("em", "DELETE", room.at(), {"code": "LG-2026-017", "reason": "Nhập nhầm"})
    assert answer.status_code in (200, 204), answer.text
    room.work()
    assert not [
        path for folder in (room.settings.files, room.settings.pages) for path in folder.rglob("*") if path.is_file()
    ]


def test_what_is_cancelled_is_not_made_until_somebody_asks_again(room):
    id = brings_bytes(room, photographed(), "a.jpg")
    at = room.at(f"/media/{id}")
    assert room.api("em", "POST", f"{at}/cancel").json["state"] == "failed"
    room.work()
    assert shown(room, id)["error"]["code"] == "media_cancelled"
    assert room.api("em", "POST", f"{at}/cancel").status_code == 409
    assert room.api("em", "POST", f"{at}/retry").status_code == 202
    room.work()
    assert shown(room, id)["state"] == "ready"

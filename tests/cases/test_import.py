"""Scanned files on their way into volumes: in pieces, in a ZIP, broken, and while the worker dies."""

import base64
import io
import json
import os
import zipfile

import pytest

from meetingroom.cases import arrivals, drawing
from meetingroom.documents import content_store
from meetingroom.jobs import queue
from meetingroom.jobs.queue import JobContext
from tests.rooms import paper

TUS = {"X-Meetingroom": "1", "Tus-Resumable": "1.0.0"}


def begin(room, length, name="T1.pdf", who="em", **about):
    metadata = ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in {"filename": name, **about}.items()
    )
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata}
    return room.browser(who).client.post(room.at("/uploads"), headers=headers)


def piece(room, place, offset, data, who="em", **headers):
    headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream", **headers}
    return room.browser(who).client.patch(place, data=data, headers=headers)


def arrive(room, data, name="T1.pdf") -> str:
    """The id of an upload that is there whole and has been looked at."""
    place = begin(room, len(data), name).headers["Location"]
    assert piece(room, place, 0, data).status_code == 204
    room.work("case_check")
    return place.rpartition("/")[2]


def uploads(room) -> list[dict]:
    return room.api("em", "GET", room.at("/uploads")).json["uploads"]


def left_behind(room) -> list[str]:
    return [path.name for path in content_store.incoming_folder(room.settings).iterdir()]


def test_a_file_comes_in_pieces_and_goes_on_after_a_cut_line(room):
    data = paper(3)
    made = begin(room, len(data), path="Ho so/Tap 02/BL 041-043.pdf")
    assert (made.status_code, made.headers["Tus-Resumable"]) == (201, "1.0.0")
    place = made.headers["Location"]
    assert piece(room, place, 0, data[:1000]).headers["Upload-Offset"] == "1000"
    asked = room.browser("em").client.head(place, headers=TUS)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("1000", str(len(data)))
    (cut,) = uploads(room)
    assert data[:1000].endswith(base64.b64decode(cut["end"]))  # by which the same file is known again
    assert piece(room, place, 0, data).status_code == 409
    assert piece(room, place, 1000, data).status_code == 413
    assert piece(room, place, 1000, data[1000:], **{"Tus-Resumable": "0.2"}).status_code == 412
    assert piece(room, place, 1000, data[1000:], who="phuong").status_code == 403
    assert piece(room, place, 1000, data[1000:], who="lan").status_code == 404
    assert piece(room, place, 1000, data[1000:]).headers["Upload-Offset"] == str(len(data))
    room.work("case_check")
    (one,) = uploads(room)
    assert one["state"] == "arrived"
    assert one["guess"] == {"volume": 2, "title": "", "bl_from": "41", "bl_to": "43", "date": ""}
    assert room.api("em", "GET", room.at()).json["volumes"] == []  # nothing before a person has said what it is
    row = {"upload": one["id"], "volume": 2, "title": "Lý lịch bị can", "bl_from": "41", "bl_to": "43"}
    answer = room.api("em", "POST", room.at("/import"), {"rows": [row]})
    assert answer.status_code == 201
    assert room.api("em", "POST", room.at("/import"), {"rows": [row]}).json == answer.json
    room.work()
    (volume,) = room.api("an", "GET", room.at()).json["volumes"]
    (document,) = volume["documents"]
    assert (volume["no"], document["title"], document["status"], document["pages"]) == (2, "Lý lịch bị can", "ready", 3)
    assert uploads(room) == []
    assert left_behind(room) == []
    assert "imported" in room.log()


def test_what_had_come_when_the_server_was_killed_is_not_lost(room):
    data, context = paper(1), JobContext(room.settings, room.pool)
    worker, sender = [begin(room, len(data)).headers["Location"] for _ in range(2)]
    for place in (worker, sender):  # all bytes are there, and nobody wrote it down
        arrivals.path_of(room.settings, place.rpartition("/")[2]).write_bytes(data)
    asked = room.browser("em").client.head(sender, headers=TUS)
    assert asked.headers["Upload-Offset"] == str(len(data))  # nothing more is sent
    arrivals.clear(context)
    room.work("case_check")
    assert [one["state"] for one in uploads(room)] == ["arrived"] * 2
    # What was cut off waits over a weekend; what belongs to nothing any more does not.
    cut = arrivals.path_of(room.settings, begin(room, len(data)).headers["Location"].rpartition("/")[2])
    for path in (cut, arrivals.path_of(room.settings, "lost")):
        path.write_bytes(data[:100])
        os.utime(path, (1, 1))
    assert [path for path in content_store.list_leftovers(room.settings) if path.parent == cut.parent] == []
    arrivals.clear(context)
    assert left_behind(room) == [cut.name]


def test_what_waits_stands_as_a_person_counts_however_it_came(room):
    for n in (10, 2, 1):
        begin(room, 9, path=f"Tap 02/IMG_{n}.jpg", name=f"IMG_{n}.jpg")
    assert [one["filename"] for one in uploads(room)] == [f"Tap 02/IMG_{n}.jpg" for n in (1, 2, 10)]


def test_first_and_last_page_come_first_and_can_be_read(room):
    answer = room.sends("em", room.at("/documents"), paper(9), filename="Tap 03.pdf", volume="3")
    assert answer.status_code == 202
    document = answer.json["id"]
    room.work("case_first")
    found = room.api("em", "GET", room.at(f"/documents/{document}")).json
    assert (found["status"], found["pages"], found["ready_pages"]) == ("processing", 9, 2)
    for page, status in ((1, 200), (9, 200), (5, 404)):
        assert room.browser("phuong").get(f"/documents/{document}/pages/{page}.webp").status_code == status
    room.work()
    contents = room.contents(document)
    assert all(contents.page(n, size).exists() for n in range(1, 10) for size in (480, 1920))
    assert not contents.is_sharp(1)
    assert room.browser("em").get(f"/documents/{document}/pages/1.webp?w=2880").status_code == 200
    room.work()
    assert contents.is_sharp(1)
    assert not contents.is_sharp(2)


def test_a_worker_that_was_killed_draws_what_is_missing_and_nothing_twice(room, monkeypatch):
    document = room.sends("em", room.at("/documents"), paper(6)).json["id"]
    room.work("case_first")
    context = queue.JobContext(room.settings, room.pool)
    drawn = []
    add = drawing.Progress.add

    def dies_after_two(self, number):
        if len(drawn) == 2:
            raise SystemExit
        drawn.append(number)
        add(self, number)

    with monkeypatch.context() as dying:
        dying.setattr(drawing.Progress, "add", dies_after_two)
        with pytest.raises(SystemExit):
            drawing.draw_rest(context, document)
    kept = {n: room.contents(document).page(n, 1920).stat().st_mtime_ns for n in drawn}
    drawing.draw_rest(context, document)
    assert room.document(document)["status"] == "ready"
    assert room.document(document)["ready_pages"] == 6
    assert kept == {n: room.contents(document).page(n, 1920).stat().st_mtime_ns for n in drawn}


def zipped(**files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_zip_becomes_the_files_in_it_each_with_its_own_verdict(room):
    files = {
        "Tap 01/QD khoi to 11.pdf": paper(1),
        "../../etc/Tap 02.pdf": paper(2),
        "xau.pdf": b"%PDF-broken",
        "x.exe": b"MZ",
        "trong.zip": zipped(a=b"1"),
        "MẬT.pdf": paper(1),
    }
    arrive(room, zipped(**files), "ho so.zip")
    found = {one["filename"]: one for one in uploads(room)}
    assert found["Tap 01/QD khoi to 11.pdf"]["guess"] | {"date": ""} == {
        "volume": 1, "title": "QD khoi to", "bl_from": "11", "bl_to": "11", "date": "",
    }  # fmt: skip
    assert found["etc/Tap 02.pdf"]["state"] == "arrived"
    errors = {name: one["error"]["code"] for name, one in found.items() if one["state"] == "failed"}
    assert errors == {"x.exe": "unsupported_type", "trong.zip": "zip_in_zip", "MẬT.pdf": "secret_stamp"}
    assert left_behind(room) == []


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("T1.pdf", b"no pdf", "disguised"),
        ("T1.zip", b"PK\x03\x04" + b"x" * 500, "damaged"),
        ("T1.zip", zipped(**{"T1.pdf": b"\0" * 30_000_000}), "bomb"),
        ("T1.zip", zipped(), "damaged"),
        ("T1.jpg", b"GIF89a" + b"x" * 100, "disguised"),
    ],
)
def test_what_is_no_sound_file_leaves_a_line_that_says_why_and_nothing_else(room, name, data, code):
    arrive(room, data, name)
    (one,) = uploads(room)
    assert (one["state"], one["error"]["code"] in (code, "disguised")) == ("failed", True)
    assert one["error"]["message"]
    assert left_behind(room) == []
    assert room.api("em", "POST", room.at("/import"), {"rows": [{"upload": one["id"], "volume": 1}]}).status_code == 409
    assert room.api("em", "DELETE", room.at(f"/uploads/{one['id']}")).status_code in (204, 400)


def test_limits_are_said_in_the_error(room, monkeypatch):
    answer = begin(room, room.settings.case_file_limit + 1)
    assert answer.status_code == 413
    assert "3072 MB" in answer.json["error"]["message"]
    object.__setattr__(room.settings, "case_page_limit", 2)
    document = room.sends("em", room.at("/documents"), paper(3)).json["id"]
    room.work()
    found = room.api("em", "GET", room.at(f"/documents/{document}")).json
    assert (found["status"], found["error"]["code"]) == ("failed", "too_many_pages")
    assert "2" in found["error"]["message"]


def test_what_is_to_be_checked_in_a_document_is_said_to_those_who_edit_the_case(room):
    document = room.laid(["một", "hai", "ba"])
    stamp = {"code": "secret_stamp", "page": 1, "detail": "MẬT"}
    noted = [stamp, {"code": "picture_cut_off", "page": 2}, {"code": "hidden_sheets", "detail": "Nháp"}]
    with room.pool.writing() as db:
        db["documents"].update(document, {"warnings": json.dumps(noted)})
        db.conn.execute("update pages set status = 'failed' where document = ? and n > 1", (document,))
    for name, edits in (("em", True), ("nam", True), ("phuong", False)):
        (whole,) = room.api(name, "GET", room.at()).json["volumes"][0]["documents"]
        for found in (whole, room.api(name, "GET", room.at(f"/documents/{document}")).json):
            assert found["failed_pages"] == [2, 3]
            assert found["stamps"] == [{"page": 1, "stamp": "MẬT"}]
            said = [(each["code"], each.get("page")) for each in found.get("warnings", ())]
            assert said == ([("picture_cut_off", 2), ("hidden_sheets", None)] if edits else [])
    assert "Nháp" in room.api("em", "GET", room.at(f"/documents/{document}")).json["warnings"][1]["message"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "x"}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "0"}, 422),
        ({"Upload-Metadata": "filename ???"}, 400),
        ({"Upload-Metadata": "filename " + "A" * 9000}, 400),
        ({"Upload-Metadata": ""}, 415),
        ({"Upload-Metadata": "filename " + base64.b64encode("TỐI MẬT.pdf".encode()).decode()}, 422),
    ],
)
def test_what_is_no_upload_begins_none(room, headers, status):
    name = base64.b64encode(b"T1.pdf").decode()
    sent = {**TUS, "Upload-Length": "10", "Upload-Metadata": f"filename {name}", **headers}
    assert room.browser("em").client.post(room.at("/uploads"), headers=sent).status_code == status
    assert uploads(room) == []


def test_what_is_given_up_is_gone(room):
    place = begin(room, 5000).headers["Location"]
    assert piece(room, place, 0, b"x" * 1000).status_code == 204
    assert left_behind(room)
    assert room.browser("em").client.delete(place, headers=TUS).status_code == 204
    assert left_behind(room) == []
    assert piece(room, place, 1000, b"x").status_code == 404


def test_a_document_is_named_moved_and_removed(room):
    document = room.sends("em", room.at("/documents"), paper(2), volume="1", title="Quyết định").json["id"]
    room.work()
    path = room.at(f"/documents/{document}")
    changed = room.api("nam", "PATCH", path, {"title": "Quyết định khởi tố", "volume": 4, "bl_from": "11"})
    assert changed.json["title"] == "Quyết định khởi tố"
    for wrong in ({"title": ""}, {"volume": 0}, {"volume": "x"}, {"place": "1"}, {"title": 1}, {"date": "hôm nay"}):
        assert room.api("nam", "PATCH", path, wrong).status_code in (400, 422), wrong
    volumes = {row["no"]: row for row in room.api("em", "GET", room.at()).json["volumes"]}
    assert [len(volumes[n]["documents"]) for n in (1, 4)] == [0, 1]
    assert room.api("em", "DELETE", room.at(f"/volumes/{volumes[4]['id']}")).status_code == 409
    assert room.api("em", "DELETE", room.at(f"/volumes/{volumes[1]['id']}")).status_code == 204
    contents = room.contents(document)
    assert room.api("phuong", "DELETE", path).status_code == 403
    assert room.api("em", "DELETE", path).status_code == 204
    room.work()
    assert not contents.folder.exists()
    assert not contents.original.exists()
    assert room.api("em", "GET", path).status_code == 410


def test_a_shell_and_a_closed_case_take_nothing(room):
    shell = room.api("em", "POST", "/api/cases", {"code": "08", "secrecy": "unsure"}).json["id"]
    assert room.sends("em", f"/api/cases/{shell}/documents", paper(1)).status_code == 409
    room.api("em", "PATCH", room.at(), {"closed": True})
    assert begin(room, 100).status_code == 409

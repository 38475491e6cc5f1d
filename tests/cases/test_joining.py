"""Pictures that a scanner made become a document, and are taken apart again where it was meant otherwise."""

import io

import pytest
from PIL import Image

from meetingroom.cases import joining, upload_store
from meetingroom.documents import content_store, messages
from meetingroom.jobs import queue
from tests.cases.test_import import arrive, uploads


def picture(n: int, kind="JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60 + n, 80), (n * 9, 120, 200)).save(out, kind)
    return out.getvalue()


@pytest.fixture
def folder(room):
    """Three pictures of a folder, which came in no order: {name: upload}."""
    return {f"T2/{n}.jpg": arrive_in(room, f"T2/{n}.jpg", picture(n)) for n in (10, 2, 1)}


def arrive_in(room, path: str, data: bytes) -> str:
    id = arrive(room, data, path.rpartition("/")[2])
    with room.pool.writing() as db:
        upload_store.change(db, id, filename=path)
    return id


def scan(pages: int) -> bytes:
    """A TIFF of a scanner, as wide as its page's number says."""
    out, (first, *others) = io.BytesIO(), [Image.new("L", (100 + n, 80), 30 * n) for n in range(pages)]
    first.save(out, "TIFF", save_all=True, append_images=others, compression="tiff_lzw")
    return out.getvalue()


def join(room, ids, who="em"):
    return room.api(who, "POST", room.at("/uploads/join"), {"uploads": ids})


def confirm(room, upload):
    return room.api("em", "POST", room.at("/import"), {"rows": [{"upload": upload, "volume": 2}]})


def test_pictures_of_a_folder_become_one_document_in_the_order_of_their_numbers(room, folder):
    assert [row["joinable"] for row in uploads(room)] == [True] * 3
    made = join(room, list(folder.values()))
    assert made.status_code == 202
    (waiting,) = uploads(room)
    assert (waiting["id"], waiting["state"], waiting["filename"]) == (made.json["upload"], "joining", "T2.pdf")
    assert confirm(room, waiting["id"]).status_code == 409
    room.work(joining.JOIN)
    (row,) = uploads(room)
    assert (row["state"], row["joined"], row["guess"]["volume"]) == ("arrived", 3, 2)
    document = confirm(room, row["id"]).json["documents"][0]["id"]
    room.work()
    found = room.api("em", "GET", room.at(f"/documents/{document}")).json
    assert (found["status"], found["pages"]) == ("ready", 3)
    with room.pool.lend() as db:
        widths = [row["width"] for row in db["pages"].rows_where("document = ?", [document], order_by="n")]
    assert widths == sorted(set(widths))
    assert uploads(room) == []


def test_two_folders_of_one_name_become_documents_that_are_told_apart(room):
    for owner in ("Bị can A", "Bị can B"):
        ids = [arrive_in(room, f"Hồ sơ/{owner}/Lý lịch/{n}.jpg", picture(n)) for n in (1, 2)]
        assert join(room, ids).status_code == 202
        room.work(joining.JOIN)
    titles = ["Bị can A – Lý lịch", "Bị can B – Lý lịch"]
    rows = uploads(room)
    assert [row["guess"]["title"] for row in rows] == titles
    made = room.api("em", "POST", room.at("/import"), {"rows": [{"upload": row["id"]} for row in rows]}).json
    documents = [room.api("em", "GET", room.at(f"/documents/{each['id']}")).json for each in made["documents"]]
    assert [each["title"] for each in documents] == titles


def test_which_pictures_a_document_is_made_of_stands_in_the_log(room, folder):
    upload = join(room, list(folder.values())).json["upload"]
    room.work(joining.JOIN)
    with room.pool.lend() as db:
        shas = {row["filename"]: row["sha"] for row in joining.pages_of(db, upload)}
    confirm(room, upload)
    with room.pool.lend() as db:
        line = next(db["case_log"].rows_where("name = 'imported'", order_by="seq desc"))["data"]
    assert all(name in line and sha in line for name, sha in shas.items())
    assert line.index("T2/2.jpg") < line.index("T2/10.jpg")
    room.work()
    assert not any(content_store.original_path(room.settings, sha).exists() for sha in shas.values())


def test_of_two_who_confirm_the_same_the_second_is_told_that_other_words_stand(room, folder):
    upload = join(room, list(folder.values())).json["upload"]
    room.work(joining.JOIN)

    def confirms(who, title):
        row = {"upload": upload, "volume": 2, "title": title, "bl_from": "41"}
        (made,) = room.api(who, "POST", room.at("/import"), {"rows": [row]}).json["documents"]
        return made

    first = confirms("em", "Bản ảnh hiện trường")
    assert confirms("em", "Bản ảnh hiện trường") == first == {"upload": upload, "id": first["id"]}  # a second try
    assert confirms("nam", "Sơ đồ hiện trường") == {**first, "differs": True}
    there = room.api("em", "GET", room.at(f"/documents/{first['id']}")).json
    assert there["title"] == "Bản ảnh hiện trường"


def test_what_was_joined_is_taken_apart_again(room, folder):
    upload = join(room, list(folder.values())).json["upload"]
    room.work(joining.JOIN)
    assert room.api("em", "DELETE", room.at(f"/uploads/{upload}")).status_code == 204
    room.work()
    assert {row["id"] for row in uploads(room)} == set(folder.values())
    one = folder["T2/1.jpg"]
    assert confirm(room, one).status_code == 201
    room.work()
    assert room.api("em", "GET", room.at("")).status_code == 200


def test_a_folder_of_all_kinds_becomes_one_document_in_the_order_of_the_names(room):
    files = {"10.webp": picture(9, "WEBP"), "2.tif": scan(3), "1.jpg": picture(1), "9.png": picture(8, "PNG")}
    for name, data in files.items():
        arrive_in(room, f"T2/{name}", data)
    rows = uploads(room)
    assert [(row["joinable"], row.get("pages")) for row in rows] == [
        (True, None),
        (True, 3),
        (True, None),
        (True, None),
    ]
    upload = join(room, [row["id"] for row in rows]).json["upload"]
    room.work(joining.JOIN)
    (row,) = uploads(room)
    assert (row["joined"], row["pages"]) == (4, 6)
    document = confirm(room, upload).json["documents"][0]["id"]
    room.work()
    with room.pool.lend() as db:
        pages = list(db["pages"].rows_where("document = ?", [document], order_by="n"))
    ratios = [round(page["height"] / page["width"] * 100) for page in pages]
    assert ratios == [round(8000 / width) for width in (61, 100, 101, 102, 68, 69)]


def test_a_picture_that_cannot_be_read_is_named_and_gives_the_others_back(room, folder):
    with room.pool.lend() as db:
        sha = upload_store.find_any(db, folder["T2/2.jpg"])["sha"]
    content_store.original_path(room.settings, sha).write_bytes(b"\xff\xd8\xff broken")
    upload = join(room, list(folder.values())).json["upload"]
    room.work(joining.JOIN)
    states = {row["id"]: row["state"] for row in uploads(room)}
    broken, *sound = folder["T2/2.jpg"], folder["T2/1.jpg"], folder["T2/10.jpg"]
    assert states == {upload: "failed", broken: "failed", **dict.fromkeys(sound, "arrived")}
    errors = {row["id"]: row["error"] for row in uploads(room) if row["state"] == "failed"}
    assert "T2/2.jpg" in errors[upload]["message"]
    assert errors[broken] == {"code": "damaged", "message": str(messages.REFUSALS["damaged"])}
    again = join(room, sound).json["upload"]
    room.work(joining.JOIN)
    assert {row["id"]: row["state"] for row in uploads(room)} == {again: "arrived", broken: "failed"}


def test_only_pictures_that_are_there_become_one(room, folder):
    ids = list(folder.values())
    other = arrive(room, b"%PDF-1.4 no picture", "a.pdf")
    assert "joinable" not in next(row for row in uploads(room) if row["id"] == other)
    refused = join(room, [*ids, other])
    assert (refused.status_code, refused.json["error"]["code"]) == (422, "case_join")
    assert str(room.settings.case_page_limit) in refused.json["error"]["message"]
    assert join(room, ids[:1]).status_code == 422
    thick = arrive_in(room, "T2/12.tif", scan(5))
    with room.pool.writing() as db:
        upload_store.change(db, thick, pages=room.settings.case_page_limit - 2)
    assert join(room, [*ids, thick]).json["error"]["code"] == "case_join"
    assert join(room, [*ids, "nosuch"]).status_code == 404
    assert join(room, "abc").status_code == 400
    assert join(room, ids, "phuong").status_code == 403
    assert join(room, ids, "lan").status_code == 404
    assert join(room, ids, "admin").status_code == 404
    assert join(room, ids).status_code == 202
    assert join(room, ids, "nam").json["error"]["code"] == "case_joined"  # somebody else was quicker
    assert confirm(room, ids[0]).status_code == 409
    assert room.api("em", "DELETE", room.at(f"/uploads/{ids[0]}")).status_code == 409


def test_a_worker_that_was_killed_over_it_begins_anew(room, folder):
    upload = join(room, list(folder.values())).json["upload"]
    with room.pool.writing() as db:
        db.conn.execute("delete from jobs where kind = ?", (joining.JOIN,))
    joining.clear(queue.JobContext(room.settings, room.pool))
    room.work(joining.JOIN)
    assert [(row["id"], row["state"]) for row in uploads(room)] == [(upload, "arrived")]
    confirm(room, upload)
    with room.pool.writing() as db:
        db.conn.execute("delete from jobs where kind = ?", (joining.CLEAR,))
    joining.clear(queue.JobContext(room.settings, room.pool))
    room.work()
    with room.pool.lend() as db:
        assert upload_store.count(db, room.case) == 0

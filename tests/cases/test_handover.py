"""Handing a case over, and the end of a case."""

import io

import pypdfium2
import pytest

from meetingroom.cases import log_store, people_store, store
from meetingroom.documents import content_store


@pytest.fixture
def handed(room):
    body = {"to": room.people["lan"], "reason": "Điều động", "keep": [], "papers": "8 tập, 482 bút lục"}
    return room.api("em", "POST", room.at("/handovers"), body).json["id"]


def test_nothing_changes_until_the_next_one_confirms_and_then_all_does_at_once(room, handed):
    (waiting,) = room.api("lan", "GET", "/api/cases").json["handovers"]
    assert (waiting["id"], waiting["giver_name"]) == (handed, "Hoàng Văn Em")
    path = f"/cases/{room.case}/handover/{handed}"
    assert [path in room.browser(name).get("/").text for name in ("lan", "em")] == [True, False]
    assert room.api("lan", "GET", room.at()).status_code == 404
    assert room.api("em", "GET", room.at()).json["role"] == "owner"
    for name in ("em", "nam", "phuong", "admin"):
        path = room.at(f"/handovers/{handed}/confirm")
        assert room.api(name, "POST", path).status_code == 404, name
    assert room.api("em", "POST", room.at("/handovers"), {"to": room.people["an"]}).status_code == 409
    document = room.filed()
    assert room.api("lan", "POST", room.at(f"/handovers/{handed}/confirm")).status_code == 200
    for name in ("em", "nam"):  # the helper was not kept
        assert room.api(name, "GET", room.at()).status_code == 404
        assert room.browser(name).get(f"/documents/{document}/pages/1.webp").status_code == 404
    assert room.api("lan", "GET", room.at()).json["role"] == "owner"
    assert room.api("phuong", "GET", room.at()).status_code == 200
    again = room.api("lan", "POST", room.at(f"/handovers/{handed}/confirm"))  # the answer had got lost
    assert (again.status_code, again.json["state"]) == (200, "confirmed")
    assert room.log().count("handed_over") == 1
    assert room.log()[-1] == "handed_over"


def test_the_record_prints_both_names(room, handed):
    path = room.at(f"/handovers/{handed}.pdf")
    assert room.api("em", "GET", path).status_code == 404  # not confirmed yet
    room.api("lan", "POST", room.at(f"/handovers/{handed}/confirm"))
    answer = room.browser("lan").get(path)
    assert answer.mimetype == "application/pdf"
    text = pypdfium2.PdfDocument(io.BytesIO(answer.data))[0].get_textpage().get_text_bounded()
    for words in ("Hoàng Văn Em", "Đỗ Thị Lan", "LG-2026-017", "8 tập, 482 bút lục", "Độc lập - Tự do - Hạnh phúc"):
        assert words in text, words


def test_a_leader_starts_it_helpers_may_stay_and_it_may_be_declined(room):
    assert room.api("nam", "POST", room.at("/handovers"), {"to": room.people["lan"]}).status_code == 403
    for wrong in ({"to": room.people["em"]}, {"to": room.people["admin"]}, {"to": 7}, {}, {"to": "x", "keep": "y"}):
        assert room.api("an", "POST", room.at("/handovers"), wrong).status_code == 422, wrong
    body = {"to": room.people["lan"], "keep": [room.people["nam"], room.people["phuong"]]}
    first = room.api("an", "POST", room.at("/handovers"), body).json["id"]
    line = "Nguyễn Văn An has a case of Hoàng Văn Em handed over to you"
    for page, words in (("/", line), ("/cases", line), (f"/cases/{room.case}/handover/{first}", "Nguyễn Văn An, ")):
        assert words in room.browser("lan").get(page).text, page
    assert room.api("lan", "POST", room.at(f"/handovers/{first}/decline")).json["state"] == "declined"
    second = room.api("an", "POST", room.at("/handovers"), body).json["id"]
    assert room.api("em", "POST", room.at(f"/handovers/{second}/decline")).json["state"] == "withdrawn"
    third = room.api("an", "POST", room.at("/handovers"), body).json["id"]
    room.api("lan", "POST", room.at(f"/handovers/{third}/confirm"))
    assert room.api("nam", "GET", room.at()).json["role"] == "helper"
    assert [row["state"] for row in room.api("lan", "GET", room.at("/handovers")).json["handovers"]] == [
        "confirmed", "withdrawn", "declined",
    ]  # fmt: skip


def test_the_log_is_taken_out_by_those_who_answer_for_it(room):
    document = room.filed()
    room.browser("phuong").get(f"/documents/{document}/pages/2.webp")
    kept = room.browser("an").get(room.at("/log.jsonl")).text.splitlines()
    assert len(kept) == len(room.log())
    assert room.browser("em").get(room.at("/log.xlsx")).data[:2] == b"PK"
    pdf = pypdfium2.PdfDocument(io.BytesIO(room.browser("em").get(room.at("/log.pdf")).data))
    assert "Võ Thị Phượng" in "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert room.browser("phuong").get(room.at("/log.pdf")).status_code == 403
    assert room.api("em", "GET", room.at("/reads")).json["reads"][0]["page"] == 2


def test_a_deleted_case_leaves_a_tombstone_and_no_byte(room):
    document = room.filed()
    contents = room.contents(document)
    wrong = {"code": "x", "reason": "Hết thời hạn"}
    assert room.api("em", "DELETE", room.at(), wrong).status_code == 422
    assert room.api("em", "DELETE", room.at(), {"code": "LG-2026-017", "reason": " "}).status_code == 422
    assert room.api("nam", "DELETE", room.at(), wrong | {"code": "LG-2026-017"}).status_code == 403
    with room.pool.lend() as db:
        last = log_store.last(db, room.case)
    assert room.api("em", "DELETE", room.at(), wrong | {"code": "LG-2026-017"}).status_code == 204
    room.work()
    assert room.api("em", "GET", room.at()).status_code == 404
    assert not contents.original.exists()
    assert not contents.folder.exists()
    assert list(content_store.incoming_folder(room.settings).iterdir()) == []
    with room.pool.lend() as db:
        for table in db.table_names():
            if "case" in db[table].columns_dict and table != "case_tombstones":
                assert not list(db.query(f'select 1 from "{table}" where "case" = ?', (room.case,))), table
        (stone,) = store.list_tombstones(db, room.people["em"])
        assert (stone["code"], stone["pages"], stone["reason"]) == ("LG-2026-017", 3, "Hết thời hạn")
        assert db["case_tombstones"].get(room.case)["hash"] == last["hash"]


def test_handovers_are_listed_by_pages_the_latest_first(room):
    with room.pool.writing() as db:
        em, lan = (room.people[who] for who in ("em", "lan"))
        for n in range(people_store.ON_PAGE + 1):
            about = {"case": room.case, "giver": em, "taker": lan, "by": em, "reason": str(n), "papers": "", "keep": []}
            people_store.add_handover(db, **about, state="confirmed", stands="{}", at=1000 + n, ended_at=2000 + n)
    first, second = (room.api("em", "GET", room.at(f"/handovers?page={n}")).json for n in (1, 2))
    assert [each["reason"] for each in first["handovers"]] == [str(n) for n in range(people_store.ON_PAGE, 0, -1)]
    assert (first["more"], [each["reason"] for each in second["handovers"]], second["more"]) == (True, ["0"], False)
    for page, said in (("", "?handovers=2"), ("?handovers=2", "?handovers=1")):
        assert said in room.browser("em").get(f"/cases/{room.case}{page}").text
    for odd in ("-3", "x", "9" * 30):
        assert room.api("em", "GET", room.at(f"/handovers?page={odd}")).status_code == 200

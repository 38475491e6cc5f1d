"""Issued minutes written anew, over the wire: what the staff and what the members read at each step."""

import pypdfium2

from meetingroom import log
from meetingroom.issuing import register_store
from tests.minutes.hands import HEADERS


def words(file: bytes) -> str:
    pages = pypdfium2.PdfDocument(file)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages).replace("\xa0", " ")


def issue(hands, version: int = 1):
    hands.approve()
    hands.did("mai", "take_number", document="bien_ban")
    hands.did("mai", "finalise_minutes", version=version)
    hands.did("mai", "issue_document", document="bien_ban")


def test_the_old_ones_count_until_the_new_ones_are_issued_and_stay_as_they_are(hands):
    issue(hands)
    old = hands.get("em", "minutes.pdf").data
    assert hands.refused("an", "unlock_minutes", reason="sai") == "already_issued"
    hands.did("an", "reopen_minutes", reason="Sai tên đơn vị")
    # Members read what was issued; the staff have a draft.
    assert hands.get("em", "minutes.pdf").data == old
    assert "da-thay" not in hands.get("em", "minutes.pdf").headers["Content-Disposition"]
    answer = hands.get("em", "minutes.json").json
    assert (answer["draft"], answer["head"]["number"]) == (False, "01/BB-VKSND")
    assert hands.get("em", "minutes.docx").status_code == hands.get("em", "/meetings/m1/minutes").status_code == 200
    draft = words(hands.get("mai", "minutes.pdf").data)
    assert "DỰ THẢO" in draft
    assert "Thay thế Biên bản số 01/BB-VKSND" in " ".join(draft.split())
    assert "Sai tên đơn vị" in draft
    hands.did("mai", "record_note", item="i1", text="Thông qua chương trình đã sửa.")
    assert "đã sửa" not in words(hands.get("em", "minutes.pdf?language=en").data)
    versions = hands.get("an", "minutes/versions").json["versions"]
    assert [each["state"] for each in versions] == ["draft", "issued"]
    # The new ones, with the next number.
    issue(hands, 2)
    new = " ".join(words(hands.get("em", "minutes.pdf").data).split())
    assert "Số: 02/BB-VKSND" in new
    assert "Nội dung được sửa đổi: 1. " in new
    assert "DỰ THẢO" not in new
    listed = {each["document"]: each for each in hands.get("em", "issued").json["documents"]}
    assert (listed["bb-m1"]["replaced_by"], listed["bb-m1"]["reason"]) == ("bb-m1-2", "Sai tên đơn vị")
    assert hands.get("em", "/api/issued/bb-m1/file").data == old
    page = hands.get("em", "/issued/bb-m1").text
    assert "không còn giá trị sử dụng: Sai tên đơn vị" in page
    assert "/issued/bb-m1-2" in page
    assert "/issued/bb-m1" in hands.get("em", "/issued/bb-m1-2").text
    assert hands.get("an", "minutes.pdf?version=1").data == old
    versions = hands.get("an", "minutes/versions").json["versions"]
    assert [(each["state"], [one["part"] for one in each["changed"]]) for each in versions] == [
        ("final", ["i1"]),
        ("replaced", []),
    ]


def test_the_home_page_and_the_clerk_hear_of_the_new_ones(hands):
    issue(hands)
    hands.did("an", "reopen_minutes", reason="Sai tên")
    assert "Biên bản cần hoàn thiện" in hands.get("mai", "/").text
    hands.approve()
    with hands.program.pool.lend() as db:
        (waiting,) = register_store.list_waiting(db)
    assert waiting["text"] == ""  # the old number is not the new ones'
    hands.did("mai", "take_number", document="bb-m1-2")
    state = log.state(hands.program.pool, "m1")
    assert [(taken.number, taken.document) for taken in state.issuing.numbers] == [(1, "bb-m1"), (2, "bb-m1-2")]


def test_who_asked_takes_it_back_unless_a_text_was_saved_since(hands):
    issue(hands)
    old = hands.get("em", "minutes.pdf").data
    hands.did("an", "reopen_minutes", reason="Sai tên")
    assert hands.get("an", "/api/meetings/m1").json["view"]["review"]["replacing"]["withdrawable"]
    hands.did("an", "withdraw_reopening")
    assert hands.get("mai", "minutes.pdf").data == hands.get("em", "minutes.pdf").data == old
    assert "replacing" not in hands.get("em", "/api/meetings/m1").json["view"]["review"]
    assert [each["state"] for each in hands.get("an", "minutes/versions").json["versions"]] == ["final"]
    assert "Biên bản cần hoàn thiện" not in hands.get("mai", "/").text
    # Begun again, and a text is saved: beside the log, but saved.
    hands.did("an", "reopen_minutes", reason="Sai tên")
    note = {"html": "<p>Nội dung sửa.</p>", "base": 0, "window": "w"}
    saved = hands.client("mai").put("/api/meetings/m1/notes/i1", json=note, headers=HEADERS)
    assert saved.status_code == 200, saved.text
    assert hands.refused("an", "withdraw_reopening") == "changed_since_reopened"

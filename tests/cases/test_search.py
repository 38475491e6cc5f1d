"""Words of a case file are found by the people of its list, and by nobody else."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from meetingroom import clock
from meetingroom.cases import handing_over, store
from meetingroom.search import indexing
from tests.cases.test_numbers import Numbered
from tests.rooms import paper

TEXTS = ["Biên bản hỏi cung Nguyễn Văn A", "A nhận tiền tại quán cà phê Hương Quê", "Trang ba"]


@pytest.fixture
def filed(room):
    numbered = Numbered(room, texts=TEXTS)
    numbered.lay(first=1, last=2, label="84")
    indexing.index_document(room.pool, numbered.document)
    return numbered


@pytest.fixture
def threads():
    with ThreadPoolExecutor(1) as threads:
        yield threads


def found(room, name, q, **more):
    answer = room.browser(name).client.get("/api/search", query_string={"q": q, **more})
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_word_opens_the_page_at_its_number_for_the_list_alone(room, filed, monkeypatch, threads):
    answer = found(room, "phuong", "quán cà phê")
    (hit,) = answer["hits"]
    assert (hit["case"], hit["label"], hit["page"]) == (room.case, "85", 2)
    assert hit["href"] == f"/cases/{room.case}/pages/{filed.document}/2"
    assert hit["title"].startswith("BL 85 · Volume 1 · ")
    # In the reader's language, though it is looked up in a thread, as beside the event loop.
    room.browser("phuong").send("/language", {"language": "vi"})
    here = room.app.extensions["meetingroom"]
    monkeypatch.setattr(here, "in_thread", lambda search, *what: threads.submit(search, *what).result())
    assert found(room, "phuong", "quán cà phê")["hits"][0]["title"].startswith("BL 85 · Tập 1 · ")
    assert hit["meeting_title"].startswith("LG-2026-017")
    assert any(marked for _, marked in hit["snippet"])
    assert answer["counts"]["meetings"] == {}
    for name in ("lan", "admin"):
        for more in ({}, {"case": room.case}, {"document": filed.document}):
            other = found(room, name, "quán cà phê", **more)
            assert (other["hits"], other["total"], other["counts"]["kinds"], other["wordless"]) == ([], 0, {}, 0)
    # Asked of one case a bare number is a number of it; asked of meetings, no case answers.
    assert found(room, "em", "85", case=room.case)["hits"][0]["kind"] == "sheet"
    assert [each["page"] for each in found(room, "em", "hỏi cung", case=room.case)["hits"]] == [1]
    for more in ({"meeting": "m1"}, {"from": "2026-01-01"}):
        assert found(room, "em", "quán cà phê", **more)["total"] == 0
        assert found(room, "em", "BL 85", **more)["total"] == 0
    assert found(room, "em", "quán cà phê", case="c-none")["total"] == 0
    page = room.browser("em").client.get("/search", query_string={"q": "quán cà phê", "case": room.case})
    assert "BL 85" in page.text
    assert room.browser("em").client.get(f"/cases/{room.case}").text.count('name="case"') == 1


def test_a_meeting_that_shows_the_whole_case_lets_nobody_else_search_it(room, filed):
    wish = {"question": "Truy tố?", "chair": room.people["an"], "secretary": room.people["lan"]}
    meeting = room.api("em", "POST", room.at("/reports"), wish).json["id"]

    def go(name, command, **args):
        body = {"id": clock.new_id(), "name": command, "args": args}
        assert room.api(name, "POST", f"/api/meetings/{meeting}/commands", body).status_code == 200, command

    go("lan", "publish_meeting")
    go("an", "open_meeting")
    go("an", "release_case", case=room.case, level="whole")
    assert filed.cite("BL 85", "lan")[0]["result"] == "one"
    assert found(room, "lan", "quán cà phê")["total"] == 0
    # Off the list, nothing is found from that moment on.
    assert found(room, "phuong", "quán cà phê")["total"] == 1
    room.api("em", "DELETE", room.at(f"/people/{room.people['phuong']}"))
    assert found(room, "phuong", "quán cà phê")["total"] == 0
    assert found(room, "phuong", "BL 85")["total"] == 0


def test_a_volume_is_no_longer_compared_once_a_document_comes_or_goes(room, filed):
    other = room.laid(["Phụ lục"], title="Phụ lục", volume=2)
    filed.lay(first=3, last=3, label="86")
    volumes = {each["no"]: each["id"] for each in room.api("em", "GET", room.at()).json["volumes"]}
    room.api("em", "POST", room.at(f"/numberings/{filed.id}/runs"), {"document": other, "first": 1, "label": "87"})

    def checked():
        return [bool(each["checked_at"]) for each in room.api("em", "GET", room.at()).json["volumes"]]

    for volume in volumes.values():
        assert room.api("em", "POST", room.at(f"/volumes/{volume}/checked"), {"checked": True}).status_code == 200
    assert checked() == [True, True]
    assert room.api("em", "PATCH", room.at(f"/documents/{other}"), {"title": "Phụ lục 1"}).status_code == 200
    assert checked() == [True, True]
    assert room.api("em", "PATCH", room.at(f"/documents/{other}"), {"volume": 1}).status_code == 200
    assert checked() == [False, False]
    assert room.log()[-3:-1] == ["volume_unchecked"] * 2
    assert room.api("em", "POST", room.at(f"/volumes/{volumes[1]}/checked"), {"checked": True}).status_code == 200
    assert room.api("em", "DELETE", room.at(f"/documents/{other}")).status_code == 204
    assert checked()[0] is False


def test_a_name_that_only_looks_like_a_stamp_comes_with_a_reason_that_is_kept(room):
    path, reason = room.at("/documents"), "Tên riêng của một công ty"
    refused = room.sends("em", path, paper(1), filename="TỐI MẬT.pdf", volume="1")
    assert refused.json["error"]["code"] == "secret_stamp"
    sent = room.sends("em", path, paper(1), filename="TỐI MẬT.pdf", volume="1", override_reason=reason)
    assert sent.status_code == 202, sent.text
    assert room.log()[-2:] == ["stamp_overridden", "imported"]
    assert reason in room.api("phuong", "GET", room.at("/log")).json["lines"][1]["text"]


def test_a_case_that_nobody_can_hand_over_is_started_on_the_server(room):
    def start(code="LG-2026-017", username="lan", reason="Chuyển công tác"):
        with room.pool.writing() as db:
            return handing_over.start_for_nobody(db, code, username, reason)

    with pytest.raises(ValueError, match="not_orphaned"):
        start()
    with room.pool.writing() as db:
        db["users"].update(room.people["em"], {"active": 0})
    with pytest.raises(ValueError, match="not_orphaned"):
        start()
    # A leader whose time is over can do nothing in the case, and is in nobody's way.
    with room.pool.writing() as db:
        store.put_person(db, room.case, room.people["an"], "leader", "2020-01-01", "2020-12-31")
    for wrong, code in (
        ({"code": "X"}, "no_case"), ({"username": "admin"}, "no_taker"), ({"username": "em"}, "no_taker"),
        ({"reason": " "}, "no_reason"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=code):
            start(**wrong)
    start(username="phuong", reason="x" * 3000)
    with pytest.raises(ValueError, match="handover_open"):
        start()
    with room.pool.writing() as db:
        db["users"].update(room.people["phuong"], {"active": 0})
    id = start()
    with pytest.raises(ValueError, match="handover_open"):
        start()
    assert room.log()[-3] == "handover_withdrawn"
    assert room.log()[-2:] == ["handover_started", "handover_from_server"]
    assert room.api("lan", "GET", room.at()).status_code == 404
    assert "the server" in room.browser("lan").client.get(f"/cases/{room.case}/handover/{id}").text
    assert "A case of Hoàng Văn Em is to be handed over to you" in room.browser("lan").get("/cases").text
    assert room.api("lan", "POST", room.at(f"/handovers/{id}/confirm"), {}).status_code == 200
    assert room.api("lan", "GET", room.at(f"/handovers/{id}.pdf")).status_code == 200
    assert room.api("lan", "GET", room.at()).json["role"] == "owner"
    assert room.api("nam", "GET", room.at()).json["role"] == "helper"

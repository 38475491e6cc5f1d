"""A case is reported to leaders: from its registration to the record, over the wire."""

import hashlib
import io

import docx
import pypdfium2
import pytest

from meetingroom import clock, create_app
from meetingroom.cases import reported_store, store_maps
from meetingroom.config import Settings
from tests.cases.conftest import SHEET, CaseRoom
from tests.cases.test_numbers import Numbered

CHARGE = {"law": "Bộ luật Hình sự", "article": "174", "clause": "4", "point": "a", "name": "Lừa đảo chiếm đoạt tài sản"}
WISH = {"question": "Trả hồ sơ điều tra bổ sung hay truy tố?"}
KEPT = "Tôi bảo lưu:\nbị can B không biết."


@pytest.fixture
def room(tmp_path, hashed):
    app = create_app(Settings(data=tmp_path, async_mode="threading", testing=True, language="vi"))
    yield CaseRoom(app, hashed)
    app.extensions["meetingroom"].pool.close()


@pytest.fixture
def session(room):
    Numbered(room, texts=[""] * 5).lay(first=1, last=3, label="1")
    deadlines = [{"name": "Hạn quyết định truy tố", "date": "2026-11-27"}]
    room.api("em", "PATCH", room.at(), {"charges": [CHARGE], "deadlines": deadlines})
    for name in ("lan",):
        room.api("em", "POST", room.at("/people"), {"person": room.people[name], "role": "leader"})
    parts = {"chair": room.people["an"], "head": room.people["phuong"], "secretary": room.people["nam"]}
    answer = room.api("em", "POST", room.at("/reports"), WISH | parts)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def does(room, meeting, who, command, **args):
    body = {"id": clock.new_id(), "name": command, "args": args}
    return room.api(who, "POST", f"/api/meetings/{meeting}/commands", body)


def view(room, meeting, name):
    return room.api(name, "GET", f"/api/meetings/{meeting}").json["view"]


def test_the_owner_registers_the_report_and_its_people_are_named_ones(room, session):
    report = view(room, session, "phuong")["report"]
    assert (report["title"], report["question"]) == (SHEET["title"], WISH["question"])
    assert (report["stage"], report["deadline"]) == ("prosecution", "2026-11-27")
    assert (report["charges"][0]["article"], report["reporter"]) == ("174", room.people["em"])
    assert room.log()[-1] == "report_registered"
    # The head of the unit says the first word, before anything is announced: it waits at home.
    page = f"/meetings/{session}/first-opinion"
    assert page in room.browser("phuong").client.get("/").text
    assert page not in room.browser("an").client.get("/").text
    assert room.browser("an").client.get(page).status_code == 404
    assert room.browser("admin").client.get(page).status_code == 404
    assert WISH["question"] in room.browser("phuong").client.get(page).text
    wish = {"stance": "other", "text": " ", "id": clock.new_id()}
    assert room.browser("phuong").send(page, at=page, data=wish).status_code == 422
    assert (
        room.browser("phuong").send(page, at=page, data=wish | {"stance": "agree", "id": clock.new_id()}).status_code
        == 302
    )
    assert view(room, session, "phuong")["report"]["opinions"][room.people["phuong"]]["stance"] == "agree"
    assert page not in room.browser("phuong").client.get("/").text
    refused = does(room, session, "nam", "add_site", name="KV1", short="KV1")
    assert refused.json["error"]["code"] == "sites_not_permitted"
    (line,) = room.api("em", "GET", room.at("/reports")).json["reports"]
    assert (line["meeting"], line["status"]) == (session, "draft")
    assert room.api("an", "POST", room.at("/reports"), WISH).status_code == 403
    assert room.api("em", "POST", room.at("/reports"), WISH | {"head": "nobody"}).status_code == 422
    assert room.api("em", "POST", room.at("/reports"), WISH | {"head": 3}).status_code == 400
    for wrong in ({"question": " "}, {"deadline": "31/02"}, {"stage": "xx"}, {"question": "x" * 4000}):
        assert room.api("em", "POST", room.at("/reports"), WISH | wrong).status_code == 422
    # What is refused leaves no meeting behind.
    assert len(room.api("em", "GET", "/api/meetings").json) == 1
    assert room.api("em", "GET", f"/cases/{room.case}/reports/new").status_code == 200
    assert room.api("an", "GET", f"/cases/{room.case}/reports/new").status_code == 403


def test_a_report_goes_from_its_registration_to_the_record(room, session):
    def go(name, command, **args):
        answer = does(room, session, name, command, **args)
        assert answer.status_code == 200, (command, answer.text)

    go("phuong", "give_opinion", stance="agree", text="Đồng ý trả hồ sơ")
    go("nam", "publish_meeting")
    go("an", "open_meeting")
    go("em", "put_proposal", text="Trả hồ sơ làm rõ N43, N46, N47", bl="133, 225")
    go("em", "put_proposal", text="Truy tố theo Điều 174")
    map = room.api("em", "POST", room.at("/maps"), {"title": "Nội dung", "text": "Vụ án\n\tLời khai (BL 2)\n"}).json[
        "id"
    ]
    assert room.api("em", "POST", room.at(f"/maps/{map}/versions"), {}).status_code == 201
    go("an", "show_map", case=room.case, map=map)
    pa1, pa2 = view(room, session, "em")["report"]["proposals"]["order"]
    go("an", "ask_question", text="B biết gì về nguồn tiền?")
    (question,) = view(room, session, "em")["report"]["questions"]["order"]
    go("em", "answer_question", question=question, text="Bản cung 2 khai có biết.", bl="BL 121")
    go("nam", "edit_question", question=question, text="Bị can B biết gì về nguồn tiền?")
    go("phuong", "give_opinion", stance="agree", proposal=pa2)
    go("phuong", "reserve_opinion", text=KEPT)
    go("nam", "give_opinion", stance="other", text="Đối chất trước", person=room.people["em"])
    go("an", "conclude_direction", text="Trả hồ sơ điều tra bổ sung:\n1. Đối chất A–B.\n2. Thu sao kê.", proposal=pa1)
    go("em", "confirm_understanding")
    go("nam", "split_direction")
    go("an", "close_meeting")
    printed = words(room, session)
    for said in (
        "BIÊN BẢN", "họp báo cáo án: Vụ án Nguyễn Văn A và Trần Thị B",
        "Lừa đảo chiếm đoạt tài sản, điểm a khoản 4 Điều 174 Bộ luật Hình sự", "ngày 27 tháng 11 năm 2026",
        "Trả hồ sơ điều tra bổ sung hay truy tố?", "Bị can B biết gì về nguồn tiền?", "BL 121",
        "PA1 (BL 133, 225): Trả hồ sơ", "lúc đầu đồng ý: “Đồng ý trả hồ sơ” (trước phiên họp",
        "sau đồng ý PA2", "thư ký nhập", "“Tôi bảo lưu:", "bị can B không biết.”", "Kết luận chỉ đạo",
        "Hồ sơ: 1 tập, 3 bút lục (5 trang bản số hóa).", "Theo phương án PA1.", "Kiểm sát viên thụ lý, đồng chí Hoàng",
        "đã xác nhận nắm rõ kết luận chỉ đạo", "Lưu: VT, hồ sơ kiểm sát LG-2026-017",
    ):  # fmt: skip
        for kind, text in printed.items():
            assert said in text, (kind, said, text)
    assert "quá nửa" not in printed["pdf"]
    assert room.api("em", "GET", room.at(f"/reports/{session}/record.pdf")).status_code == 404
    approve(room, session)
    notice = room.api("nam", "GET", f"/api/meetings/{session}/documents/thong_bao.pdf")
    said = " ".join(
        "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(notice.data)).split()
    )
    assert "Trả hồ sơ điều tra bổ sung:" in said
    assert "PA1" not in said
    filed(room, session)


def approve(room, meeting):
    """The minutes are approved by the chair and made final."""
    at = room.api("an", "GET", f"/api/meetings/{meeting}/minutes.json").json["approval"]
    for name, command, args in (("an", "approve_minutes", at), ("nam", "finalise_minutes", {"version": at["version"]})):
        answer = does(room, meeting, name, command, **{key: args[key] for key in ("version", "digest") if key in args})
        assert answer.status_code == 200, answer.text


def filed(room, meeting):
    """The record lies in the file of the case, for its owner and leaders, and what was taken out is written down."""
    (line,) = room.api("em", "GET", room.at("/reports")).json["reports"]
    answer = room.api("lan", "GET", room.at(f"/reports/{meeting}/record.pdf"))
    assert hashlib.sha256(answer.data).hexdigest() == line["record"]["pdf"]
    assert room.log()[-3:] == ["map_reported", "record_filed", "record_taken"]
    assert line["maps"] == [{"title": "Nội dung", "version": 1}]
    with room.pool.lend() as db:
        (kept,) = reported_store.list_reported(db, room.case)
        versions = {
            name: store_maps.list_versions(db, kept["map"], name)[0]["sha"] for name in ("owner", "leaders", "room")
        }
    assert versions == {name: kept[name] for name in versions}
    for name, code in (("nam", 403), ("phuong", 403), ("admin", 404)):
        assert room.api(name, "GET", room.at(f"/reports/{meeting}/record.docx")).status_code == code
    assert "record" not in room.api("phuong", "GET", room.at("/reports")).json["reports"][0]


def words(room, meeting) -> dict[str, str]:
    base = f"/api/meetings/{meeting}/minutes"
    files = {kind: room.api("nam", "GET", f"{base}.{kind}") for kind in ("pdf", "docx")}
    for answer in files.values():
        assert answer.status_code == 200, answer.text
    pdf = pypdfium2.PdfDocument(files["pdf"].data)
    document = docx.Document(io.BytesIO(files["docx"].data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    pages = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    return {"pdf": " ".join(pages.split()), "docx": " ".join(text.split())}

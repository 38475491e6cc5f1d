"""Whose place in a document is whose: one signer who is set, the tellers of a count, the secretary alone."""

from dataclasses import replace

import pytest

from meetingroom.documents import made_file_store as made_files
from meetingroom.meeting.issuing import DocumentMade
from meetingroom.meeting.state import Ballot, Document, MeetingState, Person
from meetingroom.official import kinds
from meetingroom.official.pdf import official_pdf
from meetingroom.people import layout_store
from meetingroom.printing.layout import Layout
from meetingroom.signing import fields, places, signers, store
from tests.minutes.conftest import MEETING, hashed, program, running  # noqa: F401
from tests.official.test_kinds import VOTED_ON, source
from tests.signing.authority import MAI
from tests.signing.conftest import signed
from tests.signing.test_routes import OURS, Desk, at_once  # noqa: F401

ROLL = {
    "an": Person("Nguyễn Văn An", role="chair"),
    "mai": Person("Lý Thị Mai", role="secretary"),
    "hoa": Person("Lê Thị Hoa", role="delegate"),
}


def meeting(*counted: str) -> MeetingState:
    empty = MeetingState(id="m1")
    state = replace(empty, roll=replace(empty.roll, people=ROLL, order=tuple(ROLL)))
    ballots = (
        {"b1": Ballot("Thông qua?", (), False, "HOI_NGHI", None, (), item="i1", tellers=counted)} if counted else {}
    )
    return replace(state, ballots=replace(state.ballots, ballots=ballots))


def test_a_count_on_paper_is_signed_by_a_teller_then_the_chair():
    document = Document("ket_qua_phieu", 1, "p", "w", 0, "mai", item="i1")
    state = meeting("Lê Thị Hoa", "Trần Văn Nam")
    assert signers.places_of(state, document) == ("ToKiemPhieu", "ChuTri", "CoQuan")
    assert signers.owners(state, document)["ToKiemPhieu"] == {"hoa"}
    # Counted by the program: the secretary signs.
    assert signers.places_of(meeting(), document) == ("ThuKy", "ChuTri", "CoQuan")
    other = replace(document, item="i2")
    assert signers.places_of(state, other)[0] == "ThuKy"


def test_the_tellers_field_stands_in_their_room():
    counted = tuple(
        replace(item, ballots=tuple(replace(ballot, tellers=("Lê Thị Hoa",)) for ballot in item.ballots))
        for item in VOTED_ON.items
    )
    chair = replace(VOTED_ON, items=counted, chair=source().minutes.chair, draft=False)
    pdf = official_pdf(kinds.build("ket_qua_phieu", source(chair, item="i1")))
    found = fields.places(pdf, "ket_qua_phieu", first=places.TELLER)
    assert list(found) == ["ToKiemPhieu", "ChuTri", "CoQuan"]
    assert found["ToKiemPhieu"].box[2] < found["ChuTri"].box[2]


@pytest.mark.parametrize("kind", ["y_kien", "danh_sach", "tiep_thu", "nhiem_vu"])
def test_what_the_secretary_signs_alone(kind):
    document = Document(kind, 1, "p", "w", 0, "mai")
    assert signers.places_of(meeting(), document) == ("ThuKy", "CoQuan")


@pytest.fixture
def notice(running, original):  # noqa: F811
    """A notice that the head of the office signs by order."""
    desk = Desk(running, original)
    sha = made_files.keep(desk.context.settings, official_pdf(kinds.build("thong_bao", source(number="12/TB-VKS"))))
    with running.pool.writing() as db:
        made_files.note(db, sha, made_files.PDF, "n1", 1, meeting=MEETING)
        wanted = Layout(signers={"thong_bao": "TL. VIỆN TRƯỞNG"}, names={"thong_bao": "Hoàng Văn  Em"})
        layout_store.keep_layout(db, layout_store.issuing_unit(db), "2026-01-01", wanted, "")
    running.happens("12:10", "mai", DocumentMade("n1", "thong_bao", 1, sha, sha))
    return desk


def test_who_was_set_to_sign_reads_and_signs_and_the_chair_does_not(notice):
    reported = notice.clients["em"].get("/api/issued/n1")
    assert reported.status_code == 200
    assert [each["place"] for each in reported.json["open"]] == ["Hoàng Văn  Em", "Cơ quan"]
    notice.switch(sign_desktop=True)

    def wish(who: str, field: str):
        answer = notice.clients[who].post("/api/issued/n1/sign", json={"how": "desktop", "field": field}, headers=OURS)
        return answer.json.get("error", {}).get("code", "")

    assert wish("em", places.CHAIR) == ""
    assert wish("em", places.AGENCY) == "not_your_place"
    assert wish("an", places.CHAIR) == "not_your_place"
    assert wish("an", places.AGENCY) == "reason_needed"  # before the signer


def test_another_ones_certificate_in_that_place_needs_a_reason(notice):
    notice.register("mai", MAI)
    file = notice.clients["em"].get("/api/issued/n1/file?to=sign").data
    answer = notice.send("em", "/api/issued/n1/signed", signed(file, places.CHAIR, MAI))
    assert answer.json["error"]["code"] == "reason_needed"
    assert answer.json["error"]["warnings"][0]["code"] == "wrong_signer"


def test_home_counts_what_waits_for_my_signature_and_for_nobody_elses(notice):
    with notice.context.pool.writing() as db:
        for who in ("em", "mai"):
            (person,) = db.conn.execute("select id from users where username = ?", [who]).fetchone()
            store.save_signer(db, f"serial-{who}", person, "", who, "")
    assert "Chờ ký" in notice.clients["em"].get("/").text
    assert "/issued/n1" in notice.clients["em"].get("/").text
    assert "/issued/n1" not in notice.clients["mai"].get("/").text

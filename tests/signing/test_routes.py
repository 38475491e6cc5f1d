"""A document on its way from its makers to its signers and back: over the wire."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from meetingroom.config import Settings
from meetingroom.documents import made_file_store as made_files
from meetingroom.meeting.approval import MinutesApproved
from meetingroom.meeting.issuing import DocumentMade
from meetingroom.meeting.lifecycle import MeetingClosed
from meetingroom.meeting.review import MinutesFinalised
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.printing import printer
from meetingroom.signing import fields, pictures, places, store, trust, work, work_process
from tests.minutes.conftest import MEETING, hashed, program, running  # noqa: F401
from tests.minutes.story import MINUTES
from tests.signing.authority import AN, MAI, PASSWORD, intermediate, person, revocations, root
from tests.signing.conftest import picture, signed

DOCUMENT = f"bb-{MEETING}"
BASE = f"/api/issued/{DOCUMENT}"
OURS = {"X-Meetingroom": "1"}


class Desk:
    """Final minutes, and their people at HTTP."""

    def __init__(self, program, original: bytes):  # noqa: F811
        self.program, self.original = program, original
        self.context = program.app.extensions["meetingroom"]
        sha = made_files.keep(self.context.settings, original)
        with program.pool.writing() as db:
            made_files.note(db, sha, made_files.PDF, DOCUMENT, len(original), meeting=MEETING)
            for holder, kind in ((root(), trust.ROOT), (intermediate(), trust.INTERMEDIATE)):
                found = trust.read(holder.der)
                assert found.kind == kind
                store.propose_trust(db, found, "")
                store.confirm_trust(db, found.sha, "")
        program.happens("11:00", "an", MeetingClosed())
        program.happens("12:00", "an", MinutesApproved(1, "d", {}))
        program.happens(
            "12:05", "mai", MinutesFinalised(1, "d", sha, sha), DocumentMade(DOCUMENT, "bien_ban", 1, sha, sha)
        )
        self.clients = {name: program.client(name) for name in ("an", "mai", "em", "la")}

    def get(self, name: str, path: str = ""):
        return self.clients[name].get(BASE + path)

    def send(self, name: str, path: str, file: bytes, **form):
        data = {"file": (BytesIO(file), "signed.pdf"), **form}
        return self.clients[name].post(path, data=data, headers=OURS)

    def bring(self, name: str, file: bytes, **form):
        return self.send(name, f"{BASE}/signed", file, **form)

    def sign(self, name: str, **wish):
        return self.clients[name].post(f"{BASE}/sign", json=wish, headers=OURS)

    def switch(self, **changes) -> None:
        settings: Settings = replace(self.context.settings, **changes)
        self.program.app.extensions["meetingroom"] = self.context = replace(self.context, settings=settings)

    def to_sign(self, name: str = "mai") -> bytes:
        answer = self.get(name, "/file?to=sign")
        assert answer.status_code == 200, answer.text
        return answer.data

    def register(self, who: str, certificate_of: str, role: str = store.PERSON) -> None:
        with self.program.pool.writing() as db:
            store.save_signer(db, person(certificate_of).serial, self.program.ids[who], role, certificate_of, "")

    def facts(self) -> list:
        from meetingroom import log

        return log.state(self.program.pool, MEETING).issuing.documents[DOCUMENT].signatures


@pytest.fixture(autouse=True)
def at_once(monkeypatch, request):
    """The work itself, without a process for each piece, which takes most of a second to start."""
    if "key_file" in request.node.name:
        return

    def ask(name, person, **fields):
        return work.WORK[name](fields)

    monkeypatch.setattr(work_process, "ask", ask)


@pytest.fixture
def desk(running, original):  # noqa: F811
    return Desk(running, original)


def test_the_secretary_signs_then_the_chair_and_everybody_reads_who(desk):
    first = desk.to_sign()
    assert first.startswith(desk.original)
    answer = desk.bring("mai", signed(first, places.SECRETARY, MAI))
    assert answer.status_code == 200, answer.text
    assert answer.json["kept"]
    assert answer.json["code"] == "exact"
    second = desk.to_sign("an")
    assert desk.bring("an", signed(second, places.CHAIR, AN)).json["kept"]
    assert [(each.field, each.signer, each.grade) for each in desk.facts()] == [
        ("ThuKy", MAI, "trusted"),
        ("ChuTri", AN, "trusted"),
    ]
    answer = desk.get("em").json
    assert [each["signer"] for each in answer["signatures"]] == [MAI, AN]
    assert answer["open"] == [{"field": "CoQuan", "place": "Cơ quan"}]
    file = desk.get("em", "/file?signed=1").data
    assert file.startswith(second)
    assert desk.send("em", f"{BASE}/check", file).json["message"] == "Đúng nguyên văn, có 2 chữ ký."
    page = desk.clients["em"].get(f"/issued/{DOCUMENT}")
    assert page.status_code == 200
    assert AN in page.text
    assert "Kiểm tra và lưu" not in page.text


def test_the_same_file_again_is_one_fact(desk):
    file = signed(desk.to_sign(), places.SECRETARY, MAI)
    assert desk.bring("mai", file).json["kept"]
    assert desk.bring("mai", file).json["kept"]
    assert len(desk.facts()) == 1


def test_who_signs_an_old_copy_is_told_to_take_the_new_one(desk):
    old = desk.to_sign()
    desk.bring("mai", signed(old, places.SECRETARY, MAI))
    answer = desk.bring("an", signed(old, places.CHAIR, AN))
    assert answer.status_code == 422
    assert answer.json["error"]["reasons"][0]["code"] == "lost_signature"
    assert len(desk.facts()) == 1


def test_what_is_not_the_document_is_refused_in_words(desk):
    other = minutes_pdf(replace(MINUTES, title="Hội nghị giao ban tháng 11", items=()))
    answer = desk.bring("mai", signed(fields.prepare(other, "bien_ban"), places.SECRETARY, MAI))
    assert answer.status_code == 422
    error = answer.json["error"]
    assert (error["code"], error["verdict"]) == ("signed_file_refused", "refused")
    assert "Đây là một văn bản khác." in error["message"]
    assert desk.bring("mai", b"%PDF-1.7 " + b"x" * 900).json["error"]["reasons"][0]["code"] == "damaged"
    assert desk.facts() == ()


def test_the_chair_before_the_secretary_needs_a_reason(desk):
    answer = desk.bring("an", signed(desk.to_sign(), places.CHAIR, AN))
    assert answer.json["kept"]  # nobody stands before: it is seen when the secretary signs after the chair
    late = signed(desk.to_sign(), places.SECRETARY, MAI)
    refused = desk.bring("mai", late)
    assert refused.status_code == 409
    assert [each["code"] for each in refused.json["error"]["warnings"]] == ["order"]
    assert desk.bring("mai", late, reason="Chủ tọa đi công tác").json["kept"]
    signature = desk.get("em").json["signatures"][-1]
    assert signature["reason"] == "Chủ tọa đi công tác"


def test_another_ones_certificate_or_a_revoked_one_needs_a_reason(desk):
    desk.register("mai", MAI)
    desk.register("an", AN)
    wrong = desk.bring("mai", signed(desk.to_sign(), places.SECRETARY, AN))
    assert [each["code"] for each in wrong.json["error"]["warnings"]] == ["wrong_signer"]
    with desk.program.pool.writing() as db:
        found = trust.read(revocations(intermediate(), person(MAI)))
        store.propose_trust(db, found, "")
        store.confirm_trust(db, found.sha, "")
    revoked = desk.bring("mai", signed(desk.to_sign(), places.SECRETARY, MAI))
    assert [each["code"] for each in revoked.json["error"]["warnings"]] == ["revoked"]
    assert desk.facts() == ()


@pytest.mark.parametrize("name", ["em", "la"])
def test_members_read_and_strangers_learn_nothing(desk, name):
    file = signed(desk.to_sign(), places.SECRETARY, MAI)
    assert desk.bring(name, file).status_code == (403 if name == "em" else 404)
    assert desk.get(name).status_code == (200 if name == "em" else 404)
    assert desk.get(name, "/file?to=sign").status_code == (403 if name == "em" else 404)
    assert desk.program.client().get(BASE).status_code == 401


def test_any_pdf_is_checked_for_anybody_here_and_ours_is_known(desk):
    desk.bring("mai", signed(desk.to_sign(), places.SECRETARY, MAI))
    file = desk.get("mai", "/file?signed=1").data
    answer = desk.send("em", "/api/signatures/check", file).json
    assert answer["known"]["document"] == DOCUMENT
    assert answer["signatures"][0]["words"] == "Chữ ký hợp lệ; chứng thư số của người ký được tin cậy"
    assert "known" not in desk.send("la", "/api/signatures/check", file).json


def test_doors_are_closed_until_they_are_switched_on(desk):
    for how in ("desktop", "p12", "token"):
        answer = desk.sign("mai", how=how, field="ThuKy", password="x", pin="x")
        assert answer.json["error"]["code"] == "door_closed"
    assert desk.clients["mai"].get(f"/issued/{DOCUMENT}/sign").status_code == 200


def test_a_key_file_signs_once_and_is_kept_nowhere(desk, tmp_path):
    desk.switch(sign_p12=True)
    key, wish = person(MAI).p12(), {"how": "p12", "field": "ThuKy"}
    wrong = desk.send("mai", f"{BASE}/sign", key, **wish, password="không phải")
    assert (wrong.status_code, wrong.json["error"]["code"]) == (422, "bad_p12")
    assert desk.send("em", f"{BASE}/sign", key, **wish, password="x").status_code == 403
    other = desk.send("an", f"{BASE}/sign", key, **wish, password=PASSWORD.decode())
    assert other.json["error"]["code"] == "not_your_place"
    done = desk.send("mai", f"{BASE}/sign", key, **wish, password=PASSWORD.decode())
    assert done.status_code == 200, done.text
    assert desk.facts()[0].serial == person(MAI).serial
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert PASSWORD not in kept
    assert key[40:80] not in kept


def test_a_picture_is_locked_away_and_printed_under_its_own_signature_only(desk, tmp_path):
    desk.switch(sign_p12=True, signing_key=str(tmp_path.parent / f"{tmp_path.name}.key"))
    drawn = picture("blue")
    key = pictures.key_path(desk.context.settings)
    with desk.program.pool.writing() as db:
        store.save_picture(db, person(MAI).serial, pictures.lock(key, drawn), "")
    assert key.stat().st_mode & 0o077 == 0
    desk.register("mai", MAI)
    wish = {"how": "p12", "field": "ThuKy", "password": PASSWORD.decode()}
    assert desk.send("mai", f"{BASE}/sign", person(MAI).p12(), **wish).json["kept"]
    with pikepdf.open(BytesIO(desk.get("mai", "/file?signed=1").data)) as pdf:
        (widget,) = [each for page in pdf.pages for each in page.get("/Annots", []) if each.get("/V")]
        assert any("/SMask" in image for image in images_of(widget.AP.N))
    assert drawn[60:120] not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def images_of(form) -> list:
    found = []
    for each in form.get("/Resources", {}).get("/XObject", {}).values():
        found += [each] if each.get("/Subtype") == "/Image" else images_of(each)
    return found


def test_two_wrong_pins_and_the_token_is_asked_no_more(desk, monkeypatch):
    desk.switch(pkcs11="/usr/lib/a-token.so")
    asked, real = [], work_process.ask

    def ask(work, person, **request):
        if work != "sign":
            return real(work, person, **request)
        asked.append(request["secret"])
        raise printer.Refused("pin_wrong")

    monkeypatch.setattr(work_process, "ask", ask)
    wish = {"how": "token", "field": "ThuKy"}
    first = desk.sign("mai", **wish, pin="1").json["error"]
    assert (first["code"], first["left"]) == ("pin_wrong", 1)
    assert "1 lần" in first["message"]
    assert desk.sign("mai", **wish, pin="2").json["error"]["left"] == 0
    assert desk.sign("mai", **wish, pin="3").json["error"]["code"] == "token_stopped"
    assert asked == ["1", "2"]


def test_a_program_on_the_signers_computer_signs_by_addresses_that_work_once(desk):
    desk.switch(sign_desktop=True)
    page = desk.clients["mai"].get(f"/issued/{DOCUMENT}/sign")
    assert "wss://127.0.0.1:8987" in page.headers["Content-Security-Policy"]
    assert "8987" not in desk.clients["mai"].get(f"/issued/{DOCUMENT}").headers["Content-Security-Policy"]
    offered = desk.sign("mai", how="desktop", field="ThuKy").json
    assert offered["service"] == "wss://127.0.0.1:8987/SignApproved"
    service = desk.program.app.test_client()  # without any session
    fetch, send = (offered["wish"][key].replace("http://localhost", "") for key in ("FileName", "FileUploadHandler"))
    assert service.post(send, data={"uploadfile": (BytesIO(b"%PDF-"), "a.pdf")}).status_code == 404  # not yet
    file = service.get(fetch)
    assert file.status_code == 200
    assert service.get(fetch).status_code == 404
    assert desk.get("mai", f"/sign/{offered['token']}").json == {"state": "fetched"}
    done = signed(file.data, places.SECRETARY, MAI)
    answer = service.post(send, data={"uploadfile": (BytesIO(done), "file.signed.pdf")})
    assert answer.json == {"Status": True, "Message": "Đúng nguyên văn, có 1 chữ ký.", "FileName": "", "FileServer": ""}
    assert service.post(send, data={"uploadfile": (BytesIO(done), "a.pdf")}).status_code == 404
    assert desk.get("mai", f"/sign/{offered['token']}").json["kept"]
    assert desk.get("an", f"/sign/{offered['token']}").status_code == 404
    assert len(desk.facts()) == 1


def test_an_address_lasts_ten_minutes(desk):
    desk.switch(sign_desktop=True)
    answer = desk.sign("mai", how="desktop", field="ThuKy").json
    with desk.program.pool.writing() as db:
        db.conn.execute("update sign_tokens set until = until - 600000")
    assert (
        desk.program.app.test_client().get(answer["wish"]["FileName"].replace("http://localhost", "")).status_code
        == 404
    )

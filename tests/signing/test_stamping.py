"""Number and date come into the room that was left for them, and no signature suffers."""

import datetime
import itertools
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm

from meetingroom import log
from meetingroom.meeting.issuing import DocumentIssued, NumberStamped
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.printing.letterhead import Letterhead
from meetingroom.signing import check, fields, places, stamping
from tests.minutes.conftest import MEETING, hashed, program, running  # noqa: F401
from tests.minutes.story import MINUTES
from tests.signing.authority import AN, MAI, PASSWORD, person
from tests.signing.conftest import AT, signed
from tests.signing.test_routes import BASE, DOCUMENT, OURS, Desk, at_once  # noqa: F401

DAY = datetime.date(2026, 12, 7)
TEXT = "05/BB-VKS"
COUNT = itertools.count()


@pytest.fixture(scope="module")
def roomy() -> bytes:
    """Minutes whose number is not known yet."""
    letters: Letterhead = replace(MINUTES.letterhead, number="", symbol="BB-VKS")
    return minutes_pdf(replace(MINUTES, letterhead=letters))


@pytest.fixture(scope="module")
def by_two(roomy) -> bytes:
    return signed(signed(fields.prepare(roomy, "bien_ban"), places.SECRETARY, MAI), places.CHAIR, AN, at=AT + 60_000)


@pytest.fixture(scope="module")
def stamped(by_two, roomy) -> bytes:
    return stamping.stamp(by_two, roomy, TEXT, DAY)


def number_in(file: bytes) -> str:
    """The number in its field."""
    with pikepdf.open(BytesIO(file)) as read:
        values = {str(each.T): str(each.get("/V", "")) for each in read.Root.AcroForm.Fields if each.FT == "/Tx"}
    return values.get(places.NUMBER, "")


def test_the_number_comes_after_two_signatures_which_stay_valid(stamped, by_two, roomy, trusted, tmp_path):
    assert stamped.startswith(by_two)
    assert number_in(stamped) == "05"
    verdict = check.check(stamped, roomy, trusted, AT + 120_000, ours=stamped)
    assert (verdict.code, [each.grade for each in verdict.signatures]) == ("exact", ["trusted", "trusted"])
    if shutil.which("pdfsig"):
        file = tmp_path / "stamped.pdf"
        file.write_bytes(stamped)
        outcome = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout
        assert outcome.count("Signature is Valid.") == 2
    sealed = signed(stamped, places.AGENCY, AN, at=AT + 90_000)
    verdict = check.check(sealed, roomy, trusted, AT + 120_000, ours=stamped)
    assert (verdict.code, set(verdict.fields)) == ("exact", set(places.FIELDS))
    assert all(each.grade == "trusted" and not each.problems for each in verdict.signatures)


def test_the_number_is_seen_in_its_room_and_nowhere_else(stamped, by_two):
    before, after = map(picture_of, (by_two, stamped))
    changed = [
        (x, y)
        for y in range(0, before.height, 2)
        for x in range(0, before.width, 2)
        if abs(before.getpixel((x, y)) - after.getpixel((x, y))) > 60
    ]
    room = stamping.rooms(stamped)[places.NUMBER].box
    assert changed
    high = before.height / 2
    for x, y in changed:
        assert room[0] <= x / 2 <= room[2]
        assert room[1] <= high - y / 2 <= room[3]


def picture_of(file: bytes):
    pdf = pypdfium2.PdfDocument(file)
    pdf.init_forms()
    return pdf[0].render(scale=2, grayscale=True).to_pil()


def test_a_number_that_is_printed_leaves_no_room(original, prepared):
    assert places.NUMBER not in stamping.rooms(original)
    with pytest.raises(stamping.CannotStamp, match="no_room"):
        stamping.stamp(prepared, original, TEXT, DAY)


def test_what_was_signed_without_our_fields_or_has_another_symbol_is_refused(roomy, stamped):
    bare = signed_anywhere(roomy)
    with pytest.raises(stamping.CannotStamp, match="no_room"):
        stamping.stamp(bare, roomy, TEXT, DAY)
    with pytest.raises(stamping.CannotStamp, match="other_symbol"):
        stamping.stamp(fields.prepare(roomy, "bien_ban"), roomy, "05/BB-KHAC", DAY)
    with pytest.raises(stamping.CannotStamp, match="stamped_already"):
        stamping.stamp(stamped, roomy, "06/BB-VKS", DAY)


def signed_anywhere(pdf: bytes, **how) -> bytes:
    """By a program that knows nothing of our places."""
    signer = signers.SimpleSigner.load_pkcs12_data(person(AN).p12(), [], passphrase=PASSWORD)
    meta = signers.PdfSignatureMetadata(field_name="Khac", **how)
    out = BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=signer, output=out)
    return out.getvalue()


def test_a_signature_that_forbids_every_change_keeps_the_number_out(roomy):
    locked = signed_anywhere(fields.prepare(roomy, "bien_ban"), certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    assert not check.keeps_signatures(stamping.stamp(locked, roomy, TEXT, DAY), locked, AT)


def test_a_number_typed_in_by_another_hand_is_seen(by_two, roomy, stamped, trusted):
    forged = stamping.stamp(by_two, roomy, "99/BB-VKS", DAY)
    outcome = check.check(signed(forged, places.AGENCY, AN), roomy, trusted, AT + 120_000, ours=by_two)
    assert [each.what for each in outcome.reasons][:1] == ["annotation"]
    # Signed on the copy from before it was stamped: the number would be lost.
    old = check.check(signed(by_two, places.AGENCY, AN), roomy, trusted, AT + 120_000, ours=stamped)
    assert "number_missing" in [each.what for each in old.reasons]


@pytest.fixture
def desk(running, roomy):  # noqa: F811
    return Desk(running, roomy)


def does(desk, who: str, name: str, **args):
    body = {"id": f"c{next(COUNT)}", "name": name, "args": args}
    return desk.clients[who].post(f"/api/meetings/{MEETING}/commands", json=body, headers=OURS)


def take_number(desk) -> str:
    outcome = does(desk, "mai", "take_number", document="bien_ban")
    assert outcome.status_code == 200, outcome.text
    return desk.get("mai").json["number"]


def test_who_stamps_and_when_it_is_refused_in_words(desk):
    desk.bring("mai", signed(desk.to_sign(), places.SECRETARY, MAI))
    assert does(desk, "an", "stamp_number", document="bien_ban").json["error"]["code"] == "number_needed"
    number = take_number(desk)
    page = desk.clients["mai"].get(f"/issued/{DOCUMENT}").text
    assert "Đóng số, ngày vào văn bản" in page
    assert does(desk, "em", "stamp_number", document="bien_ban").json["error"]["code"] == "not_allowed"
    outcome = does(desk, "mai", "stamp_number", document="bien_ban", date="2999-01-01")
    assert outcome.json["error"]["code"] == "day_ahead"
    refused = does(desk, "mai", "stamp_number", document="bien_ban")
    # The register writes another symbol than the file has: nothing is changed, and it is said.
    assert number.partition("/")[2] != "BB-VKS"
    assert refused.json["error"]["code"] == "other_symbol"
    assert desk.get("mai").json["signatures"][0]["grade"] == "trusted"


def test_the_number_is_put_in_by_hand_or_as_the_document_goes_out(desk):
    with desk.program.pool.writing() as db:
        db.conn.execute("update registers set pattern = '{so:02}/BB-VKS' where id = 'bb'")
    desk.bring("mai", signed(desk.to_sign(), places.SECRETARY, MAI))
    desk.switch(sign_desktop=True)
    assert "DocNumber" not in desk.sign("an", how="desktop", field="ChuTri").json["wish"]
    take_number(desk)
    wish = desk.sign("an", how="desktop", field="ChuTri").json["wish"]
    assert (wish["DocNumber"], wish["IssuedDate"][:4], len(wish["SessionId"])) == ("01/BB-VKS", "2026", 32)
    token = re.search(r'name="csrf_token" value="([^"]+)"', desk.clients["mai"].get(f"/issued/{DOCUMENT}").text)[1]
    path = f"/issued/{DOCUMENT}/stamp"
    wrong = {"csrf_token": token, "date": "31/02/2026"}
    assert "Ngày không hợp lệ" in desk.clients["mai"].post(path, data=wrong, follow_redirects=True).text
    page = desk.clients["mai"].post(path, data={"csrf_token": token, "date": ""}, follow_redirects=True)
    assert "Đã đóng số, ngày vào văn bản." in page.text
    (fact,) = facts(desk, NumberStamped)
    assert fact.number == "01/BB-VKS"
    file = desk.get("em", "/file?signed=1").data
    assert number_in(file) == "01"
    assert desk.send("em", f"{BASE}/check", file).json["message"] == "Đúng nguyên văn, có 1 chữ ký."
    assert desk.send("em", "/api/signatures/check", file).json["reasons"] == []
    assert does(desk, "an", "stamp_number", document="bien_ban").json["error"]["code"] == "stamped_already"
    # A program that puts numbers in is not asked for what is there already.
    assert "DocNumber" not in desk.sign("an", how="desktop", field="ChuTri").json["wish"]
    # The chair signs what was stamped; who brings a copy from before is outcome so.
    assert desk.bring("an", signed(desk.to_sign("an"), places.CHAIR, AN)).json["kept"]
    assert len(desk.facts()) == 2
    assert does(desk, "mai", "issue_document", document="bien_ban").status_code == 200
    (issued,) = facts(desk, DocumentIssued)
    assert issued.file == desk.facts()[-1].file


def test_issuing_puts_it_in_where_nobody_has(desk, monkeypatch):
    with desk.program.pool.writing() as db:
        db.conn.execute("update registers set pattern = '{so:02}/BB-VKS' where id = 'bb'")
    desk.bring("mai", signed(desk.to_sign(), places.SECRETARY, MAI))
    take_number(desk)
    begins, read = [], log.read
    monkeypatch.setattr(log, "read", lambda db, meeting, after=0: begins.append(after) or read(db, meeting, after))
    assert does(desk, "mai", "issue_document", document="bien_ban").status_code == 200
    monkeypatch.undo()
    assert begins  # nobody reads a log from its start while others wait to write
    assert all(begins)
    (stamped_,) = facts(desk, NumberStamped)
    (issued,) = facts(desk, DocumentIssued)
    assert issued.file == stamped_.file
    assert number_in(desk.get("em", "/file?signed=1").data) == "01"
    assert desk.facts()[0].grade == "trusted"


def test_issuing_that_is_cut_or_asked_for_twice_at_once_is_done_once(desk, monkeypatch):
    with desk.program.pool.writing() as db:
        db.conn.execute("update registers set pattern = '{so:02}/BB-VKS' where id = 'bb'")
    take_number(desk)

    def cut(*args, **kept):
        raise KeyboardInterrupt  # the file is there, the fact is not

    monkeypatch.setattr(log, "handle", cut)
    with pytest.raises(KeyboardInterrupt):
        does(desk, "mai", "issue_document", document="bien_ban")
    monkeypatch.undo()
    assert not facts(desk, DocumentIssued) + facts(desk, NumberStamped)
    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(does, desk, who, "issue_document", document="bien_ban") for who in ("mai", "an")]
    assert sorted(answer.result().status_code for answer in answers) == [200, 409]
    (issued,), (put_in,) = facts(desk, DocumentIssued), facts(desk, NumberStamped)
    assert issued.file == put_in.file
    assert number_in(desk.get("em", "/file?signed=1").data) == "01"


def facts(desk, kind) -> list:
    with desk.program.pool.lend() as db:
        return [fact.event for fact in log.read(db, MEETING) if isinstance(fact.event, kind)]

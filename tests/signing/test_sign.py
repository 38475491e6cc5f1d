"""Signing on the server: in the places of form 1.9, with what the signer's own certificate may show."""

import os
import subprocess
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from cryptography.hazmat.primitives import serialization
from PIL import Image

from meetingroom.minutes.pdf import attendance_pdf
from meetingroom.printing.page_format import MM
from meetingroom.signing import check, fields, picture_check, places, sign, token, trust
from tests.minutes.story import MINUTES
from tests.signing.authority import AN, MAI, PASSWORD, intermediate, person
from tests.signing.conftest import AT, LOOK, picture, signed

MODULE = "/usr/lib/softhsm/libsofthsm2.so"


def test_fields_stand_between_the_office_and_the_name(original, prepared):
    assert prepared.startswith(original)
    found = fields.places(original, "bien_ban")
    secretary, chair, seal = (found[name] for name in places.FIELDS)
    assert secretary.page == chair.page == seal.page
    assert secretary.box[2] < chair.box[0]
    assert seal.box[2] - seal.box[0] == pytest.approx(36 * MM)
    # A third of the signature's picture (45 mm, in the middle of the field) lies under the seal.
    left = (chair.box[0] + chair.box[2]) / 2 - 45 * MM / 2
    assert seal.box[2] - left == pytest.approx(15 * MM)
    with pikepdf.open(BytesIO(prepared)) as pdf:
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["ThuKy", "ChuTri", "CoQuan"]


def test_fields_are_made_once(prepared):
    with pikepdf.open(BytesIO(fields.prepare(prepared, "bien_ban"))) as pdf:
        assert len(pdf.Root.AcroForm.Fields) == 3


def test_a_document_with_no_such_place_is_signed_unseen(trusted):
    file = BytesIO()
    pikepdf.new().save(file)
    with pikepdf.open(file) as pdf:
        pdf.add_blank_page()
        pdf.save(file := BytesIO())
    made = signed(fields.prepare(file.getvalue(), "thong_bao"), places.CHAIR, AN)
    found = check.check(made, file.getvalue(), trusted, AT)
    assert (found.code, found.signatures[0].grade) == ("exact", "trusted")


def test_a_paper_that_belongs_to_another_is_signed_in_words_at_its_top_right():
    paper = attendance_pdf(MINUTES)
    look = replace(LOOK, attachment=True, number="05/BB-VKS", picture_of={person(AN).serial: picture()}.get)
    made = signed(fields.prepare(paper, "danh_sach"), places.AGENCY, AN, look)
    assert "05/BB-VKS" in words_of_field(made, places.AGENCY)
    assert "+07:00" in words_of_field(made, places.AGENCY)
    place = fields.places(paper, "danh_sach")[places.AGENCY]
    assert place.page == 0
    assert place.box[0] > 105 * MM
    assert place.box[1] > 277 * MM


def words_of_field(pdf: bytes, field: str) -> str:
    """What stands in the appearance of a signature: as its own page."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        (widget,) = [each for page in opened.pages for each in page.get("/Annots", []) if each.get("/T") == field]
        left, low, right, high = (float(edge) for edge in widget.Rect)
        drawn = pikepdf.new()
        page = drawn.add_blank_page(page_size=(right - left, high - low))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=drawn.copy_foreign(widget.AP.N)))
        page.Contents = drawn.make_stream(b"/A Do")
        drawn.save(out := BytesIO())
    return pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_range()


def test_a_picture_stands_only_where_its_own_certificate_signs(prepared):
    look = replace(LOOK, picture_of={person(AN).serial: picture("blue")}.get)
    with_picture, in_words = signed(prepared, places.CHAIR, AN, look), signed(prepared, places.CHAIR, MAI, look)
    assert "Người ký" not in words_of_field(with_picture, places.CHAIR)
    assert f"Người ký: {MAI}" in words_of_field(in_words, places.CHAIR)
    assert b"/SMask" in with_picture
    assert b"/SMask" not in in_words


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: b"\x89PNG" + b"0" * 300_000, "picture_too_large"),
        (lambda: b"GIF89a", "not_a_png"),
        (lambda: as_png(Image.new("RGB", (80, 40), "white")), "picture_not_transparent"),
    ],
)
def test_a_picture_is_a_small_transparent_png(data, code):
    with pytest.raises(picture_check.BadPicture, match=code):
        picture_check.check_picture(data())
    assert picture_check.check_picture(picture()).startswith(b"\x89PNG")


def as_png(drawn: Image.Image) -> bytes:
    drawn.save(out := BytesIO(), "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("file", "password", "code"),
    [
        (lambda: person(AN).p12(), "sai", "bad_p12"),
        (lambda: b"0" * 50, "sai", "bad_p12"),
        (lambda: person("Hết hạn ký", years=0).p12(), PASSWORD.decode(), "certificate_expired"),
    ],
)
def test_a_file_that_cannot_sign_says_why(prepared, file, password, code):
    with pytest.raises(sign.CannotSign, match=code):
        sign.sign_with_p12(prepared, places.CHAIR, file(), password, LOOK, (), AT + 1)


def test_a_field_is_signed_once(by_mai):
    for field, code in ((places.SECRETARY, "field_signed"), ("Khac", "no_such_field")):
        with pytest.raises(sign.CannotSign, match=code):
            signed(by_mai, field, MAI)


@pytest.fixture(scope="module")
def softhsm(tmp_path_factory):
    """A token in software, with the chair's key."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    key = person(AN).key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(key)
    made = ["--init-token", "--free", "--label", "ChuTri", "--so-pin", "87654321", "--pin", "123456"]
    put = ["--import", str(folder / "key.pem"), "--token", "ChuTri", "--pin", "123456", "--label", "key", "--id", "01"]
    for command in (made, put):
        subprocess.run(["softhsm2-util", *command], check=True, capture_output=True)
    put_certificate(person(AN).der)
    (folder / "key.pem").unlink()
    yield folder
    del os.environ["SOFTHSM2_CONF"]


def put_certificate(der: bytes) -> None:
    from pkcs11 import Attribute
    from pkcs11.util.x509 import decode_x509_certificate

    with token.find_token(MODULE, "ChuTri").open(user_pin="123456", rw=True) as session:
        session.create_object({**decode_x509_certificate(der), Attribute.TOKEN: True, Attribute.ID: b"\x01"})


def test_secretary_by_file_then_chair_by_token(softhsm, by_mai, original, trusted, tmp_path):
    chain = (intermediate().der,)
    made = token.sign_with_token(by_mai, places.CHAIR, MODULE, "", "123456", LOOK, chain, AT)
    assert (made.signer, made.serial) == (AN, person(AN).serial)
    found = check.check(made.file, original, trusted, AT + 99_000)
    assert [(each.signer, each.grade) for each in found.signatures] == [(MAI, "trusted"), (AN, "trusted")]
    (tmp_path / "both.pdf").write_bytes(made.file)
    output = subprocess.run(["pdfsig", "-nocert", tmp_path / "both.pdf"], capture_output=True, text=True).stdout
    assert output.count("Signature is Valid.") == 2


def test_a_wrong_pin_is_said_and_tried_once(softhsm, by_mai):
    with pytest.raises(sign.CannotSign, match="pin_wrong"):
        token.sign_with_token(by_mai, places.CHAIR, MODULE, "ChuTri", "000000", LOOK, (), AT)


@pytest.mark.parametrize(("module", "label"), [("/nowhere.so", ""), (MODULE, "Khác")])
def test_a_token_that_is_not_there(softhsm, by_mai, module, label):
    with pytest.raises(sign.CannotSign, match="no_token"):
        token.sign_with_token(by_mai, places.CHAIR, module, label, "123456", LOOK, (), AT)


def test_what_is_trusted_is_an_authority_or_its_list():
    assert trust.read(intermediate().der).kind == trust.INTERMEDIATE
    for data, code in ((person(AN).der, "not_an_authority"), (b"xx", "not_a_certificate")):
        with pytest.raises(trust.NotTrustable, match=code):
            trust.read(data)

"""Signing on this server: a key from a PKCS#12 file, or one in a token that never leaves it. Nothing is fetched.

Called in a process of its own (`work.py`), which ends after each signature: no password outlives it.
"""

import contextlib
import datetime
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.stamp import StaticStampStyle

from meetingroom.signing import appearance, places, trust


class CannotSign(Exception):
    """`code`: bad_p12 | no_key | certificate_expired | no_such_field | field_signed | no_token | pin_wrong |
    pin_locked | token_failed. `low`: the token says that few tries are left."""

    def __init__(self, code: str, low: bool = False):
        super().__init__(code)
        self.code, self.low = code, low


@dataclass(frozen=True)
class Look:
    """What stands on the page. `picture_of`: the PNG of a certificate by its serial, asked for the signing one only;
    `number` is that of an attachment."""

    picture_of: Callable[[str], bytes | None]
    attachment: bool = False
    number: str = ""
    zone: datetime.tzinfo = datetime.UTC


@dataclass(frozen=True)
class Signed:
    file: bytes
    serial: str
    signer: str


def sign_with_p12(
    pdf: bytes, field: str, p12: bytes, password: str, look: Look, chain: tuple[bytes, ...], now: int
) -> Signed:
    """Raises CannotSign."""
    try:
        held = pkcs12.load_pkcs12(p12, password.encode())
    except (ValueError, TypeError):
        raise CannotSign("bad_p12") from None
    if held.key is None or held.cert is None:
        raise CannotSign("no_key")
    signer = signers.SimpleSigner.load_pkcs12_data(p12, chain_of(chain), passphrase=password.encode())
    if signer is None:
        raise CannotSign("bad_p12")
    return sign(pdf, field, signer, look, now)


def chain_of(chain: tuple[bytes, ...]) -> list[x509.Certificate]:
    return [x509.Certificate.load(der) for der in chain]


def sign(pdf: bytes, field: str, signer: signers.Signer, look: Look, now: int) -> Signed:
    """One more signature, in a field that is there and empty. Raises CannotSign."""
    certificate = signer.signing_cert
    if certificate is None:
        raise CannotSign("no_key")
    if not trust.moment(certificate.not_valid_before) <= now <= trust.moment(certificate.not_valid_after):
        raise CannotSign("certificate_expired")
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    found = {name: (value, reference) for name, value, reference in enumerate_sig_fields(writer.prev)}
    if field not in found:
        raise CannotSign("no_such_field")
    if found[field][0] is not None:
        raise CannotSign("field_signed")
    rect = found[field][1].get_object().get("/Rect")
    box = [float(edge) for edge in rect] if rect else [0.0] * 4
    at = datetime.datetime.fromtimestamp(now / 1000, look.zone)
    metadata = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    drawn = draw(certificate, field, look, at, abs(box[2] - box[0]), abs(box[3] - box[1]))
    out = BytesIO()
    with style_of(drawn) as style:
        try:
            Dated(metadata, signer, stamp_style=style, at=at).sign_pdf(writer, output=out)
        except SigningError:
            raise CannotSign("token_failed") from None
    return Signed(out.getvalue(), trust.serial_of(certificate), trust.name_of(certificate.subject))


class Dated(signers.PdfSigner):
    """Its signature says the time that stands beside it, not whatever the clock says by then."""

    def __init__(self, *args, at: datetime.datetime, **more):
        super().__init__(*args, **more)
        self.at = at

    def init_signing_session(self, *args, **more):
        session = super().init_signing_session(*args, **more)
        session.system_time = self.at
        return session


def draw(
    certificate: x509.Certificate, field: str, look: Look, at: datetime.datetime, width: float, height: float
) -> bytes:
    """A page as large as the field; b"" where the field is not seen."""
    if not width or not height:
        return b""
    if look.attachment and field == places.AGENCY:
        return appearance.draw_attachment(look.number, at, width, height)
    if picture := look.picture_of(trust.serial_of(certificate)):
        return appearance.draw_picture(picture, width, height, field)
    return appearance.draw_words(trust.name_of(certificate.subject), at, width, height)


@contextlib.contextmanager
def style_of(drawn: bytes) -> Iterator[StaticStampStyle | None]:
    if not drawn:
        yield None
        return
    middle = AxisAlignment.ALIGN_MID
    whole = SimpleBoxLayoutRule(middle, middle, Margins(), InnerScaling.NO_SCALING)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:  # the library takes a name
        file.write(drawn)
        file.flush()
        page = ImportedPdfPage(file.name)
        yield StaticStampStyle(border_width=0, background=page, background_opacity=1.0, background_layout=whole)

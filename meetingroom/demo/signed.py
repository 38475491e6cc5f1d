"""The minutes of the meeting that is over are signed, and a notice of its conclusions goes out.

The certificates are made on the spot by an authority that exists in this data folder alone; their keys are thrown away.
"""

import datetime
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from meetingroom import clock
from meetingroom.config import Settings
from meetingroom.demo.play import HOUR, Play
from meetingroom.documents import made_file_store as made_files
from meetingroom.issuing import making
from meetingroom.meeting.issuing import (
    AddSignature,
    IssueDocument,
    MakeDocument,
    TakeNumber,
    minutes_document,
)
from meetingroom.official import print_jobs
from meetingroom.signing import check, fields, places, sign, store, trust

AUTHORITY = "Chứng thực trình diễn (không có giá trị pháp lý)"
NOTICE = "thong_bao"
YEARS = 5
PASSWORD = b"only between two calls"


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)


def sign_minutes(play: Play, at: int) -> None:
    """First the secretary, an hour later the chair."""
    settings = Settings(data=play.pool.path.parent)
    document = minutes_document(play.state)
    made = play.state.issuing.documents[document]
    original = made_files.place(settings, made.pdf).read_bytes()
    root: Holder | None = None
    file = fields.prepare(original, made.kind, places.SEAL_MM)
    for n, (who, place) in enumerate((("secretary", places.SECRETARY), ("chair", places.CHAIR))):
        if len(made.signatures) > n:  # done, when this was begun before
            file = made_files.place(settings, made.signatures[n].file).read_bytes()
            play.count += 1
            continue
        if root is None:
            root = issue_certificate(AUTHORITY, None, at)
            remember(play, root)
        name = play.state.roll.people[play.people[who]].name
        held = issue_certificate(name, root, at)
        register(play, held, who, name)
        when = at + n * HOUR
        file = put_signature(file, place, held, root, when)
        keep(play, settings, document, original, file, place, who, when)


def put_signature(file: bytes, place: str, held: Holder, root: Holder, when: int) -> bytes:
    p12 = pkcs12.serialize_key_and_certificates(
        b"demo", held.key, held.certificate, [root.certificate], serialization.BestAvailableEncryption(PASSWORD)
    )
    look = sign.Look(lambda _serial: None, zone=clock.local(when).tzinfo or datetime.UTC)
    return sign.sign_with_p12(file, place, p12, PASSWORD.decode(), look, (root.der,), when).file


def keep(
    play: Play, settings: Settings, document: str, original: bytes, file: bytes, place: str, who: str, when: int
) -> None:
    """As the server does with a signed file that has come: checked, kept, told to the log."""
    with play.pool.lend() as db:
        trusted = store.read_trust(db)
    verdict = check.check(file, original, trusted, clock.now())
    found = next(each for each in verdict.signatures if each.field == place)
    sha = made_files.keep(settings, file)
    made = play.state.issuing.documents[document]
    with play.pool.writing() as db:
        made_files.note(db, sha, made_files.SIGNED, document, len(file), meeting=play.meeting, source=made.pdf)
        store.note_signed(db, document, sha, verdict.as_json(), [], "", play.people[who])
    wish = AddSignature(document, sha, place, found.signer, found.serial, found.at or when, found.grade)
    play(who, when, wish, role="system")


def remember(play: Play, root: Holder) -> None:
    """The agency's own list of whom it trusts."""
    described = trust.describe_certificate(root.der)
    with play.pool.writing() as db:
        store.propose_trust(db, described, play.people["admin"])
        store.confirm_trust(db, described.sha, play.people["admin"])


def register(play: Play, held: Holder, who: str, name: str) -> None:
    serial = f"{held.certificate.serial_number:X}"
    with play.pool.writing() as db:
        store.save_signer(db, serial, play.people[who], store.PERSON, name, play.people["admin"])


def issue_certificate(common: str, by: Holder | None, at: int) -> Holder:
    """`by` nobody: an authority."""
    key = rsa.generate_private_key(65537, 2048) if by else ec.generate_private_key(ec.SECP256R1())
    since = datetime.datetime.fromtimestamp(at / 1000, datetime.UTC) - datetime.timedelta(days=30)
    unused = ("data_encipherment", "key_agreement", "encipher_only", "decipher_only", "key_encipherment")
    usage = x509.KeyUsage(
        digital_signature=bool(by), content_commitment=bool(by), key_cert_sign=not by, crl_sign=not by,
        **dict.fromkeys(unused, False),
    )  # fmt: skip
    name = x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common[:64])]
    )
    signing_key = by.key if by else key
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.certificate.subject if by else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + datetime.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=not by, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    return Holder(built.sign(signing_key, hashes.SHA256()), key)


def send_notice(play: Play, at: int) -> None:
    """Made, numbered, made again with its number, issued."""
    make_notice(play, at)
    document = next(key for key, made in play.state.issuing.documents.items() if made.kind == NOTICE)
    play("secretary", at + HOUR, TakeNumber(document))
    make_notice(play, at + 2 * HOUR)
    play("secretary", at + 3 * HOUR, IssueDocument(document))


def make_notice(play: Play, at: int) -> None:
    """What the server makes before this command."""
    settings, wish = Settings(data=play.pool.path.parent), MakeDocument(NOTICE)
    for form in (made_files.PDF, made_files.DOCX):
        request = {"official": NOTICE, "form": form, "database": play.pool.file, "meeting": play.meeting}
        _head, file = print_jobs.print_official({**request, "language": "vi", "item": "", "person": ""})
        sha = made_files.keep(settings, file)
        with play.pool.writing() as db:
            made_files.note(db, sha, form, making.wanted(play.meeting), len(file), meeting=play.meeting,
                            source=making.source_of(wish))  # fmt: skip
    play("secretary", at, wish)

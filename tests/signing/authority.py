"""An authority of certificates for tests, made anew: a root, an intermediate, people, a list of who was revoked."""

import datetime
from dataclasses import dataclass
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.now(datetime.UTC).replace(microsecond=0)  # a signature says when it was made
PASSWORD = b"mat khau chung thu"


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def serial(self) -> str:
        return f"{self.certificate.serial_number:X}"

    def p12(self, *chain: "Holder", password: bytes = PASSWORD) -> bytes:
        return pkcs12.serialize_key_and_certificates(
            b"key", self.key, self.certificate, [each.certificate for each in chain],
            serialization.BestAvailableEncryption(password),
        )  # fmt: skip


def issue(common: str, by: Holder | None, *, ca: bool = False, years: int = 5, since=None, serial=None) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1()) if ca else rsa.generate_private_key(65537, 2048)
    since = since or NOW - datetime.timedelta(days=365)
    usage = dict.fromkeys(
        ("data_encipherment", "key_agreement", "encipher_only", "decipher_only", "key_encipherment"), False
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(name(common))
        .issuer_name(by.certificate.subject if by else name(common))
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + datetime.timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=not ca, content_commitment=not ca, key_cert_sign=ca, crl_sign=ca, **usage),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    signing_key = by.key if by else key
    built = built.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
    )
    return Holder(built.sign(signing_key, hashes.SHA256()), key)


def revocations(by: Holder, *revoked: Holder, at=NOW - datetime.timedelta(days=30), made=NOW) -> bytes:
    """A list in DER."""
    listed = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(made)
        .next_update(made + datetime.timedelta(days=30))
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
    )
    for each in revoked:
        listed = listed.add_revoked_certificate(
            x509.RevokedCertificateBuilder().serial_number(each.certificate.serial_number).revocation_date(at).build()
        )
    return listed.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@cache
def root() -> Holder:
    return issue("Tổ chức chứng thực gốc thử nghiệm", None, ca=True, years=20)


@cache
def intermediate() -> Holder:
    return issue("Tổ chức chứng thực thử nghiệm", root(), ca=True, years=10)


@cache
def person(common: str, years: int = 5, since=None) -> Holder:
    """One for each name in a run: keys take time."""
    return issue(common, intermediate(), years=years, since=since)


MAI, AN = "Lý Thị Mai", "Nguyễn Văn An"

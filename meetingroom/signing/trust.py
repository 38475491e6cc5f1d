"""Whom the agency trusts: roots, intermediates and lists of revoked certificates. Pure, on bytes."""

import datetime
import hashlib
from dataclasses import dataclass

from asn1crypto import crl, pem, x509

ROOT, INTERMEDIATE, CRL = "root", "intermediate", "crl"
KINDS = (ROOT, INTERMEDIATE, CRL)


class NotTrustable(ValueError):
    """What was brought is no certificate or list that can be trusted; the argument is why, as a code."""


@dataclass(frozen=True)
class Trust:
    """All in DER."""

    roots: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Described:
    """What a certificate or a list says of itself. Times in ms; `until` 0: it does not say."""

    kind: str
    der: bytes
    sha: str  # SHA-256 of `der`
    name: str
    issuer: str
    serial: str
    since: int
    until: int


def read(data: bytes) -> Described:
    """A certificate or list from DER or PEM. Raises NotTrustable: not_a_certificate | not_an_authority."""
    der = unwrap(data)
    try:
        return describe_certificate(der)
    except NotTrustable:
        raise
    except (ValueError, TypeError, OverflowError):
        pass
    try:
        return describe_list(der)
    except (ValueError, TypeError, OverflowError):
        raise NotTrustable("not_a_certificate") from None


def unwrap(data: bytes) -> bytes:
    if not pem.detect(data):
        return data
    try:
        return pem.unarmor(data)[2]
    except ValueError:
        raise NotTrustable("not_a_certificate") from None


def describe_certificate(der: bytes) -> Described:
    found = x509.Certificate.load(der, strict=True)
    found.native  # noqa: B018  (parses the whole of it)
    if not found.ca:
        raise NotTrustable("not_an_authority")
    kind = ROOT if found.subject == found.issuer else INTERMEDIATE
    return Described(kind, der, fingerprint(der), name_of(found.subject), name_of(found.issuer), serial_of(found),
                     moment(found.not_valid_before), moment(found.not_valid_after))  # fmt: skip


def read_person(data: bytes) -> tuple[str, str]:
    """(serial number, name) of a person's certificate. Raises NotTrustable: not_a_certificate."""
    try:
        found = x509.Certificate.load(unwrap(data), strict=True)
        return serial_of(found), name_of(found.subject)
    except (ValueError, TypeError, OverflowError):
        raise NotTrustable("not_a_certificate") from None


def describe_list(der: bytes) -> Described:
    found = crl.CertificateList.load(der, strict=True)
    listed = found["tbs_cert_list"]
    listed.native  # noqa: B018
    until = listed["next_update"].native
    return Described(CRL, der, fingerprint(der), name_of(found.issuer), name_of(found.issuer), "",
                     moment(listed["this_update"].native), moment(until) if until else 0)  # fmt: skip


def revoked_at(crls: tuple[bytes, ...], certificate: x509.Certificate) -> int:
    """When a certificate was revoked (ms), by a list of its issuer; 0 if none says so."""
    for der in crls:
        listed = crl.CertificateList.load(der)
        if listed.issuer != certificate.issuer:
            continue
        for each in listed["tbs_cert_list"]["revoked_certificates"]:
            if each["user_certificate"].native == certificate.serial_number:
                return moment(each["revocation_date"].native)
    return 0


def fingerprint(der: bytes) -> str:
    return hashlib.sha256(der).hexdigest()


def serial_of(certificate: x509.Certificate) -> str:
    """In hexadecimal capitals, as the tools of tokens show it."""
    return f"{certificate.serial_number:X}"


def name_of(name: x509.Name) -> str:
    """The common name; otherwise all of it."""
    native = name.native
    common = native.get("common_name") or native.get("organization_name")
    if isinstance(common, list):
        common = common[-1]
    return str(common or name.human_friendly)[:300]


def moment(at: datetime.datetime) -> int:
    return int(at.timestamp() * 1000)

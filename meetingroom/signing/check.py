"""Is this the document, plus signatures, and whose? Pure: bytes in, a verdict out; nothing is fetched.

Called in a process of its own (`work.py`): the file comes from outside.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import KeyUsageConstraints, SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from meetingroom.signing import pages, places, trust
from meetingroom.signing.trust import Trust
from meetingroom.signing.verdict import EXACT, INTACT, REFUSED, REWRITTEN, TRUSTED, UNKNOWN, Found, Reason, Verdict

MOST_SIGNATURES = 40
AHEAD = 3_600_000  # ms by which the clock of a signer's computer may be wrong
LARGE = 0.25  # of a page: what a mark that covers more could hide
UNREADABLE = (
    PdfError, pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, KeyError, TypeError, IndexError, AttributeError,
    RecursionError, OverflowError, NotImplementedError,
)  # fmt: skip
# Who signs for an office in Vietnam may have either.
USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


@dataclass
class Report:
    """What is found out on the way."""

    signatures: list[Found] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def refused(self) -> Verdict:
        return Verdict(REFUSED, tuple(self.signatures), tuple(self.reasons[: pages.MOST_DIFFERENCES]))


def check(
    signed: bytes, original: bytes | None, trusted: Trust, now: int, kept: tuple[str, ...] = (), ours: bytes = b""
) -> Verdict:
    """What a signed file is, at `now` (ms). `original`: as the program made it; None: nothing to compare with. `kept`:
    ids of signatures that it must still hold. `ours`: the file that was given out last, with rooms for number and date
    or what was put there."""
    report = Report()
    if not signed[:1024].lstrip().startswith(b"%PDF-"):
        report.reasons.append(Reason("not_a_pdf"))
        return report.refused()
    try:
        reader = PdfFileReader(BytesIO(signed), strict=False)
        if reader.encrypted:
            report.reasons.append(Reason("encrypted"))
            return report.refused()
        report.signatures += [
            with_place(each, marks_of(signed)) for each in read_signatures(reader, trusted, now, filled=signed == ours)
        ]
        more = new_fields(signed, original) if original else ()
        differences = (
            pages.compare(original, signed, pixels=not signed.startswith(original), ours=ours) if original else []
        )
    except (
        PdfError,
        pikepdf.PdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as error:
        report.reasons.append(Reason("encrypted" if isinstance(error, pikepdf.PasswordError) else "damaged"))
        return report.refused()
    report.reasons += [Reason(each.what, each.page, each.detail) for each in differences]
    report.reasons += reasons_of(report.signatures, kept, same_pages=bool(original) and not differences)
    if report.reasons:
        return report.refused()
    if original is None:
        return Verdict(UNKNOWN, tuple(report.signatures))
    code = EXACT if signed.startswith(original) else REWRITTEN
    return Verdict(code, tuple(report.signatures), (), more)


def reasons_of(signatures: list[Found], kept: tuple[str, ...], same_pages: bool) -> Iterator[Reason]:
    """Why a file does not count, whatever its pages say."""
    if not signatures:
        yield Reason("unsigned")
    if len(signatures) >= MOST_SIGNATURES:
        yield Reason("too_many")
    if missing := set(kept) - {each.id for each in signatures}:
        yield Reason("lost_signature", 0, str(len(missing)))
    for what in ("broken", "changed_after", "weak"):
        named = [each for each in signatures if what in each.problems]
        # Saved anew after it was signed, by a program that knows nothing of signatures: nobody meant any harm.
        resaved = what == "broken" and same_pages and all("moved" in each.problems for each in named)
        if named:
            yield Reason("resaved" if resaved else what, 0, "\n".join(each.field for each in named))


def keeps_signatures(changed: bytes, before: bytes, now: int) -> bool:
    """Whether each signature says of the changed file what it said before, and nothing but fields were filled in."""
    nobody = Trust()
    was, now_is = [
        [
            (each.id, each.problems)
            for each in read_signatures(PdfFileReader(BytesIO(file), strict=False), nobody, now, True)
        ]
        for file in (before, changed)
    ]
    return was == now_is


def read_signatures(reader: PdfFileReader, trusted: Trust, now: int, filled: bool = False) -> list[Found]:
    """`filled`: what follows the last of them was put there by us."""
    embedded = reader.embedded_regular_signatures[:MOST_SIGNATURES]
    last = None if filled or not embedded else embedded[-1]
    return [read_signature(reader, each, trusted, now, last=each is last) for each in embedded]


def read_signature(reader: PdfFileReader, embedded: Any, trusted: Trust, now: int, last: bool) -> Found:
    certificate: x509.Certificate = embedded.signer_cert
    claimed = embedded.self_reported_timestamp
    at = trust.moment(claimed) if claimed else 0
    fields = {
        "field": embedded.field_name[:200],
        "signer": trust.name_of(certificate.subject),
        "issuer": trust.name_of(certificate.issuer),
        "serial": trust.serial_of(certificate),
        "at": at,
        "id": trust.fingerprint(bytes(embedded.pkcs7_content)),
    }
    when = min(at or now, now)
    problems = list(about_certificate(certificate, trusted, when, at, now))
    try:
        status = validate_pdf_signature(embedded, context_at(when, trusted), key_usage_settings=USAGE)
    except SignatureValidationError:
        return Found(**fields, grade=INTACT, problems=("broken", *problems))
    problems = [*about_file(status, last), *problems]
    if "broken" in problems and is_moved(reader, embedded):
        problems.append("moved")
    grade = TRUSTED if status.bottom_line and "revoked" not in problems and "expired" not in problems else INTACT
    if grade == INTACT and not problems:
        problems.append("no_root")
    return Found(**fields, grade=grade, problems=tuple(problems))


def context_at(when: int, trusted: Trust) -> ValidationContext:
    """Everything that may be believed, as of a moment. No root of the operating system's: the list is given, be it
    empty."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trusted.roots],
        other_certs=[x509.Certificate.load(der) for der in trusted.intermediates],
        crls=list(trusted.crls),
        moment=datetime.datetime.fromtimestamp(when / 1000, datetime.UTC),
        allow_fetching=False,
        revocation_mode="soft-fail",
        retroactive_revinfo=True,  # a list of today says of a signature of last year what it could not say then
    )


def about_certificate(certificate: x509.Certificate, trusted: Trust, when: int, at: int, now: int) -> Iterator[str]:
    if revoked := trust.revoked_at(trusted.crls, certificate):
        yield "revoked" if revoked <= when else "revoked_since"
    if not trust.moment(certificate.not_valid_before) <= when <= trust.moment(certificate.not_valid_after):
        yield "expired"
    if at > now + AHEAD:
        yield "clock"


def about_file(status: Any, last: bool) -> Iterator[str]:
    """What was done to the bytes: by `intact` and by what came after, never by `valid` alone."""
    if not status.intact:
        yield "broken"
    elif not status.valid:
        yield "weak" if "CRYPTO" in str(status.trust_problem_indic) or is_weak(status) else "broken"
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        yield "broken"
    level = status.modification_level
    allowed = ModificationLevel.LTA_UPDATES if last else ModificationLevel.FORM_FILLING
    if not status.intact:
        return
    if level is None or level > allowed or status.docmdp_ok is False:
        yield "changed_after"


def is_moved(reader: PdfFileReader, embedded: Any) -> bool:
    """Whether the file is no longer built as the signature says: it does not stand where it says it does."""
    start, end = embedded.byte_range[1], embedded.byte_range[2]
    reader.stream.seek(start)
    room = reader.stream.read(max(0, end - start))
    return not (room.startswith(b"<") and room.endswith(b">") and embedded.pkcs7_content.hex().encode() in room.lower())


def is_weak(status: Any) -> bool:
    return str(getattr(status, "md_algorithm", "")).lower() in ("md5", "sha1")


def with_place(found: Found, marks: dict[str, tuple[int, float]]) -> Found:
    """Where it is seen; a mark as large as half a page could hide what stands below."""
    page, share = marks.get(found.field, (0, 0.0))
    large = ("large_mark",) if share > LARGE else ()
    return replace(found, page=page, problems=found.problems + large)


def marks_of(signed: bytes) -> dict[str, tuple[int, float]]:
    with pikepdf.open(BytesIO(signed)) as pdf:
        return pages.marks(pdf)


def new_fields(signed: bytes, original: bytes) -> tuple[str, ...]:
    with pikepdf.open(BytesIO(signed)) as two, pikepdf.open(BytesIO(original)) as one:
        known = {name for name, _ in pages.fields(one)}
        return tuple(sorted(name for name, field in pages.fields(two) if name not in known | places.ROOMS))

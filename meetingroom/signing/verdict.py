"""What came of checking a signed file. Values only: they travel between processes."""

from dataclasses import asdict, dataclass
from typing import Any

EXACT, REWRITTEN, REFUSED, UNKNOWN = "exact", "rewritten", "refused", "signatures"
TRUSTED, INTACT = "trusted", "intact"


@dataclass(frozen=True)
class Found:
    """A signature in a file.

    `at` in ms, as the signer's computer said (0: it did not). `grade`: trusted (a root of the agency's list stands
    above it, and it counted then) or intact (the text, whoever signed). `id`: SHA-256 of the signature itself.
    `problems`: broken | moved (it no longer stands where it says) | changed_after | weak | revoked | revoked_since |
    expired | no_root | clock | large_mark.
    """

    field: str
    signer: str
    issuer: str
    serial: str
    at: int
    grade: str
    id: str
    page: int = 0
    problems: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not {"broken", "changed_after", "weak"} & set(self.problems)


@dataclass(frozen=True)
class Reason:
    """Why a file is refused: not_a_pdf | encrypted | damaged | unsigned | too_many | broken | resaved | changed_after |
    weak | lost_signature, or what `pages.Difference` has."""

    what: str
    page: int = 0
    detail: str = ""


@dataclass(frozen=True)
class Verdict:
    """`code`: exact (our bytes, then signatures) | rewritten (other bytes, the same pages) | refused | signatures
    (nothing to compare it with). `fields`: names of signature fields that the original does not have."""

    code: str
    signatures: tuple[Found, ...] = ()
    reasons: tuple[Reason, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.code in (EXACT, REWRITTEN)

    def as_json(self) -> dict:
        return asdict(self)


def verdict_from(fields: dict[str, Any]) -> Verdict:
    """From `as_json`, also after a way through JSON."""
    signatures = tuple(Found(**{**each, "problems": tuple(each["problems"])}) for each in fields["signatures"])
    return Verdict(
        fields["code"], signatures, tuple(Reason(**each) for each in fields["reasons"]), tuple(fields["fields"])
    )

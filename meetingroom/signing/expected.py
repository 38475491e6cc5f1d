"""What makes a signature worth a second look: who was to sign, in which order, with which certificate. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meetingroom.signing import places
from meetingroom.signing.verdict import Found

ORDER = {places.SECRETARY: 0, places.TELLER: 0, places.CHAIR: 1, places.AGENCY: 2}
# Of what a check finds: who keeps the file has to say why.
SERIOUS = frozenset({"revoked", "revoked_since", "expired", "clock", "large_mark"})


@dataclass(frozen=True)
class Expected:
    """`registered`: {serial: place} of all certificates that the agency has registered: where their owner may sign
    this document ("": nowhere)."""

    registered: Mapping[str, str]

    def place_of(self, field: str, serial: str) -> str:
        """Which place a signature is in: by the name of its field; elsewhere by whose it is."""
        return field if field in ORDER else self.registered.get(serial, "")


@dataclass(frozen=True)
class Warned:
    """`what`: wrong_signer | order, or a serious problem of the check."""

    what: str
    field: str
    signer: str


def warnings(found: Iterable[Found], before: Iterable[str], expected: Expected) -> list[Warned]:
    """Of the signatures that are new; `before` are the ids of those that were kept already."""
    known, warnings = set(before), []
    stood = [(each, expected.place_of(each.field, each.serial)) for each in found]
    for n, (each, place) in enumerate(stood):
        if each.id in known:
            continue
        warnings += [Warned(what, each.field, each.signer) for what in each.problems if what in SERIOUS]
        owners = {serial for serial, at in expected.registered.items() if at == place}
        if place and each.serial not in owners and (owners or each.serial in expected.registered):
            warnings.append(Warned("wrong_signer", each.field, each.signer))
        later = [at for _, at in stood[:n] if at in ORDER and place in ORDER and ORDER[at] > ORDER[place]]
        if later:
            warnings.append(Warned("order", each.field, each.signer))
    return warnings


def is_early(place: str, signed: Iterable[str], foreseen: Iterable[str]) -> bool:
    """Whether somebody who signs before this place has not signed yet."""
    return place in ORDER and any(ORDER[each] < ORDER[place] for each in set(foreseen) - set(signed) if each in ORDER)

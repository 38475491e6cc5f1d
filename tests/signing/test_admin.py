"""Whom the agency trusts: brought by the administrator, compared, confirmed."""

from io import BytesIO

import pytest

from meetingroom.signing import pictures, store, trust
from tests.people.conftest import Agency, empty_app, hashed  # noqa: F401
from tests.signing.authority import AN, intermediate, person, revocations, root
from tests.signing.conftest import picture

PAGE = "/admin/signing"


@pytest.fixture
def agency(empty_app, hashed):  # noqa: F811
    return Agency(empty_app, hashed)


def bring(browser, data: bytes, name: str = "file", **form):
    return browser.send(PAGE + ("/trust" if name == "file" else "/signers"), {name: (BytesIO(data), "a.cer"), **form})


def trusted(agency) -> trust.Trust:
    with agency.context.pool.lend() as db:
        return store.read_trust(db)


def test_a_root_counts_once_its_fingerprint_was_compared(agency):
    admin = agency.browser("admin")
    answer = bring(admin, root().der)
    sha = trust.fingerprint(root().der)
    assert answer.location == f"{PAGE}/trust/{sha}"
    spaced = " ".join(sha.upper()[n : n + 2] for n in range(0, 64, 2))
    assert spaced in admin.page(answer.location)
    assert trusted(agency).roots == ()
    assert admin.send(f"{answer.location}/confirm").location == PAGE
    assert trusted(agency).roots == (root().der,)
    assert spaced in admin.page(PAGE)
    admin.send(f"{answer.location}/remove")
    assert trusted(agency).roots == ()


def test_a_newer_list_takes_the_place_of_the_older(agency):
    admin = agency.browser("admin")
    for listed in (revocations(intermediate()), revocations(intermediate(), person(AN))):
        admin.send(f"{bring(admin, listed).location}/confirm")
    assert len(trusted(agency).crls) == 1
    page = admin.page("/admin/health")
    assert "The oldest list of revoked certificates is 0 days old" in page


@pytest.mark.parametrize("data", [b"", b"not a certificate", b"\x30\x82\xff\xff" + b"0" * 90])
def test_what_is_no_certificate_is_said_to_be_none(agency, data):
    answer = bring(agency.browser("admin"), data)
    assert answer.status_code == 422
    assert "neither a certificate nor a list" in answer.text


def test_a_persons_certificate_is_no_root_and_is_registered_with_a_picture(agency):
    admin, drawn = agency.browser("admin"), picture()
    assert "not an authority’s" in bring(admin, person(AN).der).text
    form = {"person": agency.people["an"], "role": "person", "picture": (BytesIO(drawn), "ky.png")}
    assert bring(admin, person(AN).der, "certificate", **form).location == PAGE
    page = admin.page(PAGE)
    assert person(AN).serial in page
    assert "with a picture" in page
    with agency.context.pool.lend() as db:
        locked = store.find_picture(db, person(AN).serial)
    path = pictures.key_path(agency.context.settings)
    assert pictures.unlock(path, locked).startswith(b"\x89PNG")
    assert agency.context.settings.data.absolute() not in path.parents
    path.write_bytes(b"0" * 32)
    assert pictures.unlock(path, locked) is None


def test_only_administrators_come_there(agency):
    for path in (PAGE, f"{PAGE}/trust/{'0' * 64}"):
        assert agency.browser("mai").get(path).status_code == 403

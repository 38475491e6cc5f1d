"""Days off that were moved, and days worked for them, in the hands of the administrator."""

import datetime

import pytest

from meetingroom.issuing import swapped_day_store

GOOD = {"day": "21/12/2026", "until": "", "kind": "off", "reason": "Quyết định 12/QĐ"}


def entered(agency) -> dict[str, int]:
    return {row["day"]: row["works"] for row in agency.read(swapped_day_store.list_days)}


def test_days_are_entered_shown_and_removed(agency):
    admin = agency.browser("admin")
    assert admin.send("/admin/days", {**GOOD, "until": "28/12/2026"}).status_code == 302
    weekdays = ["2026-12-21", "2026-12-22", "2026-12-23", "2026-12-24", "2026-12-25", "2026-12-28"]
    assert entered(agency) == dict.fromkeys(weekdays, 0)  # the weekend is off anyway
    admin.send("/admin/days", {**GOOD, "day": "26/12/2026", "kind": "worked", "reason": "Làm bù <b>"})
    page = admin.page("/admin/days")
    assert "26/12/2026" in page
    assert "Làm bù <b>" in page
    admin.send("/admin/days/remove", {"day": "2026-12-26"})
    assert "2026-12-26" not in entered(agency)
    assert "21/12/2026" in admin.page("/admin/audit")


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": ""},
        {"day": "31/02/2026"},
        {"day": "21/12/1899"},
        {"day": "x" * 100_000},
        {"until": "20/12/2026"},
        {"until": "31/12/2027"},
        {"reason": " "},
        {"day": "26/12/2026"},  # a Saturday is off already
        {"kind": "worked"},  # a Monday is worked already
    ],
)
def test_what_is_no_day_or_changes_nothing_is_said(agency, wrong):
    answer = agency.browser("admin").send("/admin/days", {**GOOD, **wrong})
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert entered(agency) == {}


def test_other_years_are_looked_at(agency):
    admin = agency.browser("admin")
    assert "22/08/2026" in admin.page("/admin/days?year=2026")
    for odd in ("99999999999", "x", "²", ""):
        assert f"{datetime.date.today().year}" in admin.page(f"/admin/days?year={odd}")


def test_only_administrators_enter_days(agency):
    browser = agency.browser("mai")
    assert browser.send("/admin/days", GOOD).status_code in (302, 303, 403, 404)
    assert entered(agency) == {}

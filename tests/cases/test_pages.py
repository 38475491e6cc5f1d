"""The pages of cases: who is led there, and what stands on them."""

import datetime
import io

import pikepdf
import pytest

from meetingroom import clock
from tests.rooms import paper


def test_those_who_have_cases_are_led_there_and_others_are_not(room):
    assert 'href="/cases"' in room.browser("phuong").page("/")
    assert 'href="/cases"' not in room.browser("admin").page("/")
    assert room.browser("admin").get("/cases").status_code == 404
    assert "on the list of no case" in room.browser("lan").page("/cases")
    for path in (f"/cases/{room.case}", f"/cases/{room.case}/log"):
        assert room.browser("lan").get(path).status_code == 404
        assert room.browser().get(path).status_code == 302


def test_the_page_of_a_case_says_what_it_is_and_who_sees_it(room):
    day = (clock.local(clock.now()).date() + datetime.timedelta(days=3)).isoformat()
    charge = {"law": "BLHS", "article": "174", "clause": "4", "point": "a"}
    sheet = {"deadlines": [{"name": "Hạn truy tố", "date": day}], "charges": [charge]}
    assert room.api("em", "PATCH", room.at(), sheet).status_code == 200
    room.sends("em", room.at("/documents"), paper(1))
    for name in ("em", "nam", "an", "phuong"):
        page = room.browser(name).page(f"/cases/{room.case}")
        for words in ("Vụ án Nguyễn Văn A", "point a, clause 4, Article 174 BLHS", "3 days left", "Võ Thị Phượng",
                      "Backups of this system contain the whole case"):  # fmt: skip
            assert words in page, (name, words)
        assert ("Delete the case" in page) == (name == "em")
        assert ("<case-arrivals>" in page) == (name in ("em", "nam"))
        assert ("Hand the case over" in page) == (name in ("em", "an"))
        assert ("Pages that were looked at" in room.browser(name).page(f"/cases/{room.case}/log")) == (
            name in ("em", "an")
        )
    assert room.log().count("looked_in") == 4
    assert "3 days left" in room.browser("em").page("/cases")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_stands_in_both_languages(room, language):
    assert room.browser("em").send("/language", {"language": language}).status_code in (200, 302)
    handed = room.api("em", "POST", room.at("/handovers"), {"to": room.people["lan"]}).json["id"]
    for path in ("/cases", "/cases/new", f"/cases/{room.case}", f"/cases/{room.case}/log"):
        assert room.browser("em").get(path).status_code == 200, path
    assert "LG-2026-017" in room.browser("lan").page(f"/cases/{room.case}/handover/{handed}")
    assert room.browser("phuong").get(f"/cases/{room.case}/handover/{handed}").status_code == 404


def test_links_in_the_pdf_of_a_page_are_those_of_the_list_alone(room):
    """To a page of the same document, or an address that is shown; what would run something is left out."""
    answer = room.sends("em", room.at("/documents"), linked())
    document = answer.json["id"]
    for _ in range(3):
        room.work()
    outline = f"/documents/{document}/outline.json"
    room.browser("phuong").get(outline)
    room.work()
    found = room.browser("phuong").get(outline).json
    assert found["ready"]
    assert [each.get("page") or each["address"] for each in found["links"]["1"]] == [3, "https://example.vn/a"]
    assert room.browser("lan").get(outline).status_code == 404


def linked() -> bytes:
    """Three pages; on the first a link to the third, one out of the file, and one that would open a program."""
    pdf = pikepdf.open(io.BytesIO(paper(3)))
    first, third = pdf.pages[0], pdf.pages[2]
    actions = (
        {"A": pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([third.obj, pikepdf.Name.Fit]))},
        {"A": pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.vn/a"))},
        {"A": pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))},
    )
    first.Annots = pikepdf.Array([
        pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[60, 700 - 60 * n, 260, 740 - 60 * n], **each
        ))
        for n, each in enumerate(actions)
    ])  # fmt: skip
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()

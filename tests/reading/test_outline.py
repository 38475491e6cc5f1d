"""Contents, labels and links of a PDF: where they lie on the page as shown, and nothing that could do harm."""

import pytest

from meetingroom.documents.outline import safe_address
from tests.documents import papers, pdfs

LINK = "<</Type/Annot/Subtype/Link/Rect[{}]{}>>"
URI = "/A<</S/URI/URI({})>>"


def linked(path, page="", rect="100 700 200 720"):
    """A page that links to itself, to the web, and to what must not be followed; its contents go round in a circle."""
    targets = (
        "/Dest[3 0 R/Fit]",
        URI.format("https://vks.example/a?b=1"),
        URI.format("javascript:alert\\(1\\)"),
        URI.format("file:///etc/passwd"),
        "/A<</S/Launch/F(calc.exe)>>",
        "/A<</S/JavaScript/JS(app.alert\\(1\\))>>",
    )
    numbers = " ".join(f"{9 + n} 0 R" for n in range(len(targets)))
    more = (
        "<</Type/Outlines/First 7 0 R/Last 8 0 R/Count 2>>",
        f"<</Title {pdfs.spelled('Phần thứ nhất')}/Parent 6 0 R/Next 8 0 R/Dest[3 0 R/Fit]>>",
        "<</Title(Two)/Parent 6 0 R/Next 7 0 R/First 7 0 R>>",
        *(LINK.format(rect, target) for target in targets),
    )
    catalog = "/Outlines 6 0 R/PageLabels<</Nums[0<</S/r/St 4>>]>>"
    return pdfs.one_page(path, pdfs.show("Trang"), page=f"/Annots[{numbers}]{page}", catalog=catalog, more=more)


def outline(room, who, document):
    return room.get(who, f"/documents/{document}/outline.json")


def test_a_paper_has_its_contents_labels_and_only_harmless_links(room, tmp_path):
    found = outline(room, "em", room.paper(linked(tmp_path / "a.pdf"))).get_json()
    assert found["ready"]
    assert found["toc"][0] == {"title": "Phần thứ nhất", "page": 1, "level": 0}
    assert len(found["toc"]) <= 3
    assert found["labels"] == ["iv"]
    assert [{key: value for key, value in link.items() if key != "box"} for link in found["links"]["1"]] == [
        {"page": 1},
        {"address": "https://vks.example/a?b=1"},
    ]


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        (0, [50 / 400, 1 - 670 / 700, 100 / 400, 20 / 700]),
        (90, [650 / 700, 50 / 400, 20 / 700, 100 / 400]),
        (180, [250 / 400, 650 / 700, 100 / 400, 20 / 700]),
        (270, [1 - 670 / 700, 250 / 400, 20 / 700, 100 / 400]),
    ],
)
def test_a_link_lies_where_it_is_shown_on_a_turned_and_cut_page(room, tmp_path, turn, box):
    cut = f"/Rotate {turn}/CropBox[50 50 450 750]"
    found = outline(room, "em", room.paper(linked(tmp_path / "a.pdf", cut, "100 700 200 720"))).get_json()
    assert found["links"]["1"][0]["box"] == pytest.approx(box, abs=0.001)


def test_an_outline_is_for_whoever_may_see_every_page(room, tmp_path):
    paper = room.paper(papers.pdf(tmp_path / "a.pdf", pages=2))
    assert [outline(room, who, paper).status_code for who in ("em", "lan", None)] == [200, 404, 401]
    room.restricts(paper)
    room.shows(paper, 1)
    assert outline(room, "em", paper).status_code == 404
    assert outline(room, "mai", paper).headers["Cache-Control"] == "private, no-store"


def test_an_old_paper_gets_its_outline_when_somebody_asks(room, tmp_path):
    paper = room.paper(linked(tmp_path / "a.pdf"))
    room.contents(paper).outline().unlink()
    assert not outline(room, "em", paper).get_json()["ready"]
    room.work("outline")
    assert outline(room, "em", paper).get_json()["labels"] == ["iv"]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " JavaScript:x", "java\tscript:x", "file:///etc", "data:text/html,x", "//host/x", "x.html",
     "http:", "mailto:", "https://[", "https://a/\u202egpj.exe", "https://" + "a" * 3000, "smb://a/b", ""],
)  # fmt: skip
def test_what_is_no_plain_address_is_none(address):
    assert safe_address(address) == ""


def test_addresses_of_the_web_and_of_mail_stay():
    for address in ("https://a.vn/x?y#z", "http://a.vn", "mailto:van.phong@vks.example", "HTTPS://a.vn"):
        assert safe_address(address) == address

"""The numbers of a case over the wire: who sets them, what a citation then means, what somebody should look at."""

import pytest

from meetingroom.cases import store_numbers
from meetingroom.cases.citation import parse
from meetingroom.cases.numbering import Run
from tests.cases.test_citation import FIELDS, ROWS


class Numbered:
    """A case with one volume of some pages, numbered 1 to n."""

    def __init__(self, room, pages=4, texts=()):
        self.room = room
        self.document = room.laid(texts) if texts else room.filed(pages)
        self.id = room.api("em", "POST", room.at("/numberings"), {"name": "BL-CQĐT"}).json["id"]
        self.volume = room.api("em", "GET", room.at()).json["volumes"][0]["id"]

    def lay(self, name="em", **run):
        answer = self.room.api(
            name, "POST", self.room.at(f"/numberings/{self.id}/runs"), {"document": self.document, **run}
        )
        return answer

    def cite(self, q, name="em"):
        return self.room.browser(name).client.get(self.room.at("/cite"), query_string={"q": q}).json

    def strip(self, name="phuong"):
        return self.room.api(name, "GET", self.room.at(f"/volumes/{self.volume}/strip")).json

    def pages(self, q):
        (found,) = self.cite(q)
        return found["result"], [(page["page"], page["label"]) for page in found["pages"]]

    def findings(self):
        return [(f["kind"], f["page"], f["text"]) for f in self.room.api("em", "GET", self.room.at("/findings")).json]


@pytest.fixture
def numbered(room):
    made = Numbered(room)
    made.lay(first=1, last=4, label="1")
    return made


def test_a_citation_opens_the_page_that_carries_the_number(numbered):
    assert numbered.pages("BL 2-3") == ("one", [(2, "2"), (3, "3")])
    (found,) = numbered.cite("BL 2")
    page = {"document": numbered.document, "page": 2, "label": "2", "volume": 1, "title": "Trang", "checked": False}
    assert found["pages"] == [page]
    assert [item["label"] for item in numbered.cite("BL 1-2, 4")[0]["items"]] == ["1–2", "4"]
    many = numbered.room.api("em", "POST", numbered.room.at("/cite"), {"texts": ["–", "BL 2; 3"]}).json["answers"]
    assert [len(each) for each in many] == [0, 1]
    assert numbered.cite("2, 3")[0]["text"] == "2, 3"
    assert numbered.cite("Điều 174 BLHS") == []


def test_what_is_not_there_names_the_nearest(numbered):
    (found,) = numbered.cite("BL 9")
    assert (found["result"], found["pages"], found["missing"]) == ("none", [], ["9"])
    assert [page["label"] for page in found["nearest"]] == ["3", "4"]
    (found,) = numbered.cite("BL 4-6")
    assert (found["result"], [p["label"] for p in found["pages"]], found["missing"]) == ("one", ["4"], ["6"])
    (found,) = numbered.cite("BL 1, 9")
    assert [page["label"] for page in found["nearest"]] == ["3", "4"]  # beside the one that is not there
    (found,) = numbered.cite("BL 3-2")
    assert (found["result"], found["reversed"]) == ("none", ["2–3"])
    assert numbered.cite("T2: BL 2")[0]["result"] == "none"
    assert numbered.cite("T1: BL 2")[0]["result"] == "one"


def test_a_label_that_is_there_twice_asks(numbered):
    numbered.lay(first=4, last=4, label="2")
    assert numbered.pages("BL 2") == ("several", [(2, "2"), (4, "2")])
    assert [kind for kind, *_ in numbered.findings()] == ["duplicate"]


def test_a_judgment_with_one_number_and_a_sheet_are_one_thing(numbered):
    numbered.lay(first=1, last=2, label="7", rule="one")
    numbered.lay(first=3, last=4, label="8", rule="sheet")
    assert numbered.pages("BL 7") == ("one", [(1, "7"), (2, "7")])
    assert numbered.pages("BL 8") == ("one", [(3, "8"), (4, "8 (mặt sau)")])
    assert numbered.pages("BL 8 (mặt sau)") == ("one", [(4, "8 (mặt sau)")])


def test_a_range_has_the_sheets_that_were_put_between(numbered):
    numbered.lay(first=2, last=2, label="1a", carry=True)
    assert numbered.pages("BL 1-2") == ("one", [(1, "1"), (2, "1a"), (3, "2")])
    numbered.lay(first=2, last=2, label="1a", carry=True)  # a second try
    assert numbered.pages("BL 1-3") == ("one", [(1, "1"), (2, "1a"), (3, "2"), (4, "3")])


def test_of_two_who_number_the_same_pages_the_second_sees_what_the_first_has_set(numbered):
    seen = [page["label"] if page["stated"] else None for page in numbered.strip()["pages"]]
    mine = {"first": 2, "last": 2, "label": "9", "was": seen[1:2]}
    assert numbered.lay(**mine).status_code == 200
    assert numbered.lay(**mine).status_code == 200  # a second try
    late = numbered.lay("nam", first=2, last=3, label="12", was=seen[1:3])
    error = late.json["error"]
    assert (late.status_code, error["code"], error["page"], error["label"]) == (409, "bl_changed", 2, "9")
    assert numbered.lay("nam", first=3, last=3, label="12", was=seen[2:3]).status_code == 200  # elsewhere
    assert [page["label"] for page in numbered.strip()["pages"]][:4] == ["1", "9", "12", "4"]
    assert numbered.lay(first=1, last=1, rule="none", was="x").status_code == 400


def test_two_numberings_of_which_the_default_is_meant(numbered):
    room = numbered.room
    other = room.api("em", "POST", room.at("/numberings"), {"name": "BL-VKS"}).json["id"]
    run = {"document": numbered.document, "first": 1, "last": 2, "label": "2"}
    room.api("em", "POST", room.at(f"/numberings/{other}/runs"), run)
    assert numbered.pages("BL 2") == ("one", [(2, "2")])
    assert numbered.pages("BL-VKS 2") == ("one", [(1, "2")])
    assert numbered.pages("BL của VKS 3") == ("one", [(2, "3")])
    room.api("em", "POST", room.at(f"/numberings/{other}/default"), {})
    assert numbered.pages("BL 2") == ("one", [(1, "2")])
    assert numbered.pages("BL 4") == ("one", [(4, "4")])  # the default has none


def test_a_supplement_renumbers_and_the_old_label_is_still_known(numbered):
    room = numbered.room
    document = room.filed(2, "Bổ sung")
    wish = {"id": "r1", "reason": "Bổ sung tài liệu", "insert": {"document": document, "after": "2"}}
    path = room.at(f"/numberings/{numbered.id}/renumber")
    made = room.api("em", "POST", path, wish)
    assert (made.status_code, made.json["version"]) == (201, 2)
    assert room.api("em", "POST", path, wish).json == made.json
    (found,) = numbered.cite("BL 5")
    assert (found["pages"][0]["document"], found["pages"][0]["page"]) == (numbered.document, 3)
    names = room.api("em", "GET", room.at(f"/pages/{numbered.document}/3")).json
    assert (names["label"], [each["label"] for each in names["before"]]) == ("5", ["3"])
    assert numbered.lay(first=1, label="9").status_code == 409  # the version that was replaced
    with room.pool.lend() as db:  # a text of before means what it meant
        then = store_numbers.find_numbering(db, room.case, made.json["id"])["since"] - 1
        found = store_numbers.resolve(db, room.case, parse("BL 3")[0], at=then)
        assert [(page["document"], page["page"]) for page in found.pages] == [(numbered.document, 3)]


def test_a_supplement_at_the_end_changes_nothing_else(numbered):
    document = numbered.room.filed(2, "Bổ sung")
    path = numbered.room.at(f"/numberings/{numbered.id}/append")
    for _ in range(2):
        assert numbered.room.api("em", "POST", path, {"document": document}).status_code == 200
    assert [p["document"] for p in numbered.cite("BL 5-6")[0]["pages"]] == [document, document]
    assert numbered.pages("BL 1-4")[1] == [(1, "1"), (2, "2"), (3, "3"), (4, "4")]


def test_only_owner_and_helper_set_numbers(numbered):
    for name in ("an", "phuong"):
        assert numbered.lay(name, first=1, label="5").status_code == 403
        assert numbered.room.api(name, "GET", numbered.room.at("/findings")).status_code == 200
    for name in ("lan", "admin"):
        assert numbered.lay(name, first=1, label="5").status_code == 404
    assert numbered.lay("nam", first=1, last=4, label="5").status_code == 200
    for wrong in ({"first": 0, "label": "1"}, {"first": 1, "last": 9, "label": "1"}, {"first": 1, "label": "x"},
                  {"first": 1}, {"first": 1, "label": "1", "rule": "x"}, {"first": 1, "last": 2, "label": "1a"},
                  {"first": "1", "label": "1"}, {"first": True, "label": "1"}, {"document": "x", "label": "1"},
                  {"first": 1, "start": 10**9}, {"first": 1, "label": 7},
                  {"first": 1, "label": "1" * 9999}):  # fmt: skip
        assert numbered.lay("em", **wrong).status_code == 422, wrong


def test_a_volume_is_checked_by_a_named_person_until_its_numbers_change(numbered):
    room = numbered.room
    path = room.at(f"/volumes/{numbered.volume}/checked")
    answer = room.api("nam", "POST", path, {"checked": True})
    assert (answer.status_code, answer.json["checked_by"]) == (200, "Phan Văn Nam")
    assert (
        room.api("an", "GET", room.at(f"/volumes/{numbered.volume}/strip")).json["volume"]["checked_by"]
        == "Phan Văn Nam"
    )
    assert room.api("an", "GET", room.at(f"/pages/{numbered.document}/1")).json["checked"] is True
    numbered.lay(first=4, last=4, label="5")
    assert room.api("an", "GET", room.at(f"/pages/{numbered.document}/1")).json["checked"] is False
    assert [name for name in room.log() if name.startswith("volume_")] == ["volume_checked", "volume_unchecked"]
    clear = {"document": numbered.document, "first": 2, "last": 3}
    room.api("em", "DELETE", room.at(f"/numberings/{numbered.id}/runs"), clear)
    assert room.api("nam", "POST", path, {"checked": True}).status_code == 409


def test_the_strip_shows_what_was_read_and_proposes(room):
    made = Numbered(room, pages=6)
    with room.pool.writing() as db:
        sha = db["documents"].get(made.document)["sha"]
        for page in range(1, 7):
            store_numbers.keep_look(db, sha, page, top=40 + page, bottom=0, turned=0, picture="", ink=0.1)
    strip = made.strip()
    assert [page["read"] for page in strip["pages"]] == [41, 42, 43, 44, 45, 46]
    (proposal,) = strip["proposals"]
    assert (proposal["first"], proposal["last"], proposal["start"], proposal["agreeing"]) == (1, 6, 41, 6)
    made.lay(**{key: proposal[key] for key in ("first", "last", "start", "rule", "side")})
    strip = made.strip()
    assert strip["proposals"] == []
    assert strip["pages"][0]["label"] == "41"


def test_the_list_of_what_to_look_at_is_a_workbook_and_a_paper(numbered):
    numbered.lay(first=3, last=4, label="6")
    assert numbered.findings() == [("missing", 2, "BL 3–5 are missing: between BL 2 and BL 6.")]
    book = numbered.room.api("phuong", "GET", numbered.room.at("/findings.xlsx"))
    assert book.status_code == 200
    assert book.data[:2] == b"PK"
    assert numbered.room.api("phuong", "GET", numbered.room.at("/findings.pdf")).data[:5] == b"%PDF-"
    assert numbered.room.api("lan", "GET", numbered.room.at("/findings.pdf")).status_code == 404


def test_every_form_of_a_citation_over_the_wire(room):
    made = Numbered(room, pages=1)
    with room.pool.writing() as db:  # the pages need not be drawn for this
        db["documents"].update(made.document, {"pages": 1300})
        store_numbers.write_runs(db, made.id, [
            Run(made.document, 1, 1234, 1), Run(made.document, 1235, 1235, 12, suffix="a"),
            Run(made.document, 1236, 1236, 12, suffix="b"), Run(made.document, 1237, 1237, 12, suffix="c"),
            Run(made.document, 1238, 1238, 45, suffix="bis"), Run(made.document, 1239, 1239, 12, suffix=".1"),
            Run(made.document, 1240, 1240, 12, suffix="/1"), Run(made.document, 1241, 1241, 12, side="back"),
        ])  # fmt: skip
    for text, expected in (ROWS | FIELDS).items():
        answer = made.cite(text)
        assert bool(answer) == bool(expected), text
        for each in answer:
            assert each["text"] in text
            assert each["result"] in ("one", "none"), (text, each["result"])
    assert [p["label"] for p in made.cite("BL 12a-12c")[0]["pages"]] == ["12a", "12b", "12c"]
    assert [p["label"] for p in made.cite("BL 45 bis, 46")[0]["pages"]] == ["45bis", "46"]
    assert [p["label"] for p in made.cite("BL 92 ↔ 168, 187")[0]["pages"]] == ["92", "168", "187"]
    assert made.cite("BL 92 ↔ 168, 187")[0]["against"] == 2
    assert made.cite("BL 201-6")[0]["guessed"] == ["201–206"]
    assert made.cite("BL 1.234")[0]["pages"][0]["page"] == 1234
    assert made.cite("x" * 100_000) == []


def test_the_search_finds_the_page_first_and_only_for_the_list(numbered):
    found = numbered.room.browser("phuong").client.get("/api/search", query_string={"q": "BL 2"}).json
    (hit,) = found["hits"]
    assert (hit["kind"], hit["document"], hit["page"]) == ("sheet", numbered.document, 2)
    assert numbered.room.browser("phuong").client.get(hit["href"]).status_code == 200
    assert "BL 2" in numbered.room.browser("phuong").client.get("/search?q=BL+2").text
    for name in ("lan", "admin"):
        found = numbered.room.browser(name).client.get("/api/search", query_string={"q": "BL 2"}).json
        assert (found["hits"], found["total"]) == ([], 0)
        assert numbered.room.browser(name).client.get(hit["href"]).status_code == 404
        assert numbered.room.browser(name).client.get(f"/cases/{numbered.room.case}/numbers").status_code == 404


def test_citations_of_a_map_that_lead_nowhere_are_findings(numbered):
    room = numbered.room
    outline = "Vụ án\n  Chứng cứ buộc tội\n    Lời khai (BL 2)\n    Sao kê (BL 99)\n    Không có bút lục\n"
    sent = room.sends("em", room.at("/maps"), outline.encode(), "so-do.md")
    assert sent.status_code == 201, sent.text
    kinds = [kind for kind, *_ in numbered.findings()]
    assert "uncited" in kinds


def test_the_pages_for_people_say_what_the_numbers_are(numbered):
    client = numbered.room.browser("phuong").client
    path = f"/cases/{numbered.room.case}"
    assert "BL 1–4" in client.get(f"{path}/numbers").text
    assert client.get(f"{path}/numbers?volume={numbered.volume}").status_code == 200
    assert client.get(f"{path}/findings?kind=x").status_code == 200
    assert client.get(f"{path}/pages/{numbered.document}/1").status_code == 200
    assert client.get(f"{path}/pages/{numbered.document}/9").status_code == 404


def test_a_question_is_answered_however_large_its_numbers_are(numbered):
    room, huge = numbered.room, "9" * 30
    for path in (f"/cite?q=BL 1&at={huge}", f"/log?before={huge}", f"/log?before=-{huge}"):
        assert room.api("em", "GET", room.at(path)).status_code == 200
    assert room.api("em", "GET", f"/cases/{room.case}/log?before={huge}").status_code == 200
    assert room.api("admin", "GET", f"/admin/audit?before={huge}").status_code == 200
    for at in (int(huge), -1, True, "1"):
        assert room.api("em", "POST", room.at("/cite"), {"texts": ["BL 1"], "at": at}).status_code == 400


def test_a_question_that_names_far_more_than_there_is_is_refused(numbered, monkeypatch):
    room, ranges = numbered.room, "BL " + ", ".join(["1-9000"] * 12)
    assert room.api("em", "GET", room.at(f"/cite?q={ranges}")).status_code == 200  # of four pages
    assert numbered.pages("BL 1-99999")[1][-1] == (4, "4")
    monkeypatch.setattr("meetingroom.cases.routes_cite.MOST_LABELS", 40)
    assert room.api("em", "GET", room.at(f"/cite?q={ranges}")).status_code == 413
    assert room.api("em", "POST", room.at("/cite"), {"texts": ["BL 1-9000"] * 12}).status_code == 413
    many = [{"document": numbered.document, "first": 1, "last": 4, "start": 1}] * 501
    path = room.at(f"/numberings/{numbered.id}/runs")
    assert room.api("em", "POST", path, {"runs": many}).status_code == 400
    assert room.api("em", "PUT", path, {"runs": many}).status_code == 422


def test_a_document_that_is_removed_takes_its_numbers_along(numbered):
    room, runs = numbered.room, numbered.room.at(f"/numberings/{numbered.id}/runs")
    other = room.laid(["Phụ lục"], title="Phụ lục", volume=2)
    numbered.lay(document=other, first=1, label="5")
    with room.pool.lend() as db:
        assert store_numbers.count_numbers(db, room.case) == 5
    assert room.api("em", "DELETE", room.at(f"/documents/{other}")).status_code == 204
    with room.pool.lend() as db:
        assert store_numbers.count_numbers(db, room.case) == 4
    (now,) = room.api("em", "GET", room.at("/numberings")).json["numberings"]
    assert [each["document"] for each in now["runs"]] == [numbered.document]
    assert room.api("em", "PUT", runs, {"runs": now["runs"]}).status_code == 200

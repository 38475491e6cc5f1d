"""Finding words in a paper, over the wire: where they stand, and nothing of pages that may not be seen."""

import json
from io import BytesIO

import pytest
from PIL import Image, ImageOps

from meetingroom.documents import word_index
from tests.documents import papers, pdfs


@pytest.fixture
def paper(room, tmp_path):
    return room.paper(papers.pdf(tmp_path / "Báo cáo.pdf", pages=3))


def find(room, who, paper, query):
    return room.browser(who).client.get(f"/documents/{paper}/find", query_string={"q": query})


def first_word(room, paper, page=1):
    return room.get("mai", f"/documents/{paper}/pages/{page}.json").get_json()["words"][0]


def test_a_frame_lies_on_its_word(room, paper):
    word = first_word(room, paper, page=2)
    hits = [hit for hit in find(room, "em", paper, word["text"].upper()).get_json() if hit["page"] == 2]
    assert hits[0]["exact"]
    for found, printed in zip(hits[0]["boxes"][0], word["box"], strict=True):
        assert found == pytest.approx(printed, abs=0.0003)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_frame_lies_on_its_word_on_a_page_that_is_turned(room, tmp_path, turn):
    """Of what is drawn, not of what the server itself says of the word: the ink lies inside the frame, and fills it."""
    cut = f"/Rotate {turn}/CropBox[50 50 450 750]"
    paper = room.paper(pdfs.one_page(tmp_path / "a.pdf", pdfs.show("HHHHH", 120, 400, 30), page=cut))
    ((box,),) = [hit["boxes"] for hit in find(room, "em", paper, "hhhhh").get_json()]
    picture = Image.open(BytesIO(room.get("em", f"/documents/{paper}/pages/1.webp").data)).convert("L")
    left, top, right, bottom = ImageOps.invert(picture).point(lambda dot: 255 * (dot > 128)).getbbox()
    centre = ((left + right) / 2 / picture.width, (top + bottom) / 2 / picture.height)
    assert centre == pytest.approx((box[0] + box[2] / 2, box[1] + box[3] / 2), abs=0.003)


def test_who_has_no_right_finds_no_paper(room, paper):
    text = first_word(room, paper)["text"]
    assert [find(room, who, paper, text).status_code for who in ("em", "lan", "nobody", None)] == [200, 404, 404, 401]
    room.restricts(paper)
    assert find(room, "em", paper, text).status_code == 404
    assert find(room, "mai", paper, text).headers["Cache-Control"] == "private, no-store"


def test_of_a_paper_that_only_the_stage_shows_only_the_page_shown_is_searched(room, paper):
    text = first_word(room, paper)["text"]
    room.restricts(paper)
    room.shows(paper, 2)
    assert {hit["page"] for hit in find(room, "em", paper, text).get_json()} == {2}
    room.turns(3)
    assert {hit["page"] for hit in find(room, "em", paper, text).get_json()} == {3}
    assert {hit["page"] for hit in find(room, "mai", paper, text).get_json()} == {1, 2, 3}


@pytest.mark.parametrize("query", ['"', "*", "NEAR(", ":", "😀", "%00", "\x00", "a" * 300, "\u0301" * 300])
def test_no_query_is_too_odd(room, paper, query):
    assert find(room, "em", paper, query).status_code == 200


def test_a_query_of_a_page_is_refused_and_none_finds_nothing(room, paper):
    assert find(room, "em", paper, "a" * 2000).status_code == 400
    assert room.get("em", f"/documents/{paper}/find").get_json() == []


def test_words_read_anew_are_found_at_once_and_a_lost_index_is_made_again(room, paper):
    contents = room.contents(paper)
    assert len(list(contents.folder.glob("words-*.index"))) == 1, "the worker made it"
    assert find(room, "em", paper, "thanhcong").get_json() == []
    record = contents.record(3)
    record["words"] = [{"text": "THÀNHCÔNG", "box": [0.1, 0.1, 0.2, 0.02]}]
    contents.words(3).write_text(json.dumps(record))
    (hit,) = find(room, "em", paper, "thanhcong").get_json()
    assert (hit["page"], hit["exact"], hit["boxes"]) == (3, False, [[0.1, 0.1, 0.2, 0.02]])
    (index,) = contents.folder.glob("words-*.index")
    index.unlink()
    word_index._held.clear()
    assert len(find(room, "em", paper, "thanhcong").get_json()) == 1

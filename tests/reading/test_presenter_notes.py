"""What the presenter wrote under the slides: under the right page, and for those who speak to the paper alone."""

import zipfile

import pytest

from meetingroom.documents.presenter_notes import notes_of
from meetingroom.meeting.stage import GiveStage
from tests.documents import papers

PPT = "http://schemas.openxmlformats.org"
NAMES = (
    f'xmlns:a="{PPT}/drawingml/2006/main" xmlns:p="{PPT}/presentationml/2006/main" '
    f'xmlns:r="{PPT}/officeDocument/2006/relationships"'
)
KIND = f"{PPT}/officeDocument/2006/relationships/"


def relations(**targets):
    each = (f'<Relationship Id="{key}" Type="{KIND}{kind}" Target="{path}"/>' for key, (kind, path) in targets.items())
    return f'<Relationships xmlns="{PPT}/package/2006/relationships">{"".join(each)}</Relationships>'


def notes(*lines):
    body = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    shape = '<p:sp><p:nvSpPr><p:nvPr><p:ph type="{}"/></p:nvPr></p:nvSpPr><p:txBody>{}</p:txBody></p:sp>'
    number = shape.format("sldNum", "<a:p><a:r><a:t>7</a:t></a:r></a:p>")
    return f"<p:notes {NAMES}><p:cSld>{number}{shape.format('body', body)}</p:cSld></p:notes>"


def deck(path, more=None):
    """Four slides: the second is hidden, and the file has them in another order than it numbers them."""
    order = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in (4, 2, 1, 3))
    parts = {
        "ppt/presentation.xml": f"<p:presentation {NAMES}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"r{n}": ("slide", f"slides/slide{n}.xml") for n in range(1, 5)}
        ),
        "ppt/notesSlides/notesSlide1.xml": notes("Chào mừng &amp; cảm ơn", "dòng hai"),
        "ppt/notesSlides/notesSlide2.xml": notes("ẩn"),
        "ppt/notesSlides/notesSlide4.xml": notes("mở đầu"),
    }
    for n in range(1, 5):
        shown = ' show="0"' if n == 2 else ""
        parts[f"ppt/slides/slide{n}.xml"] = f"<p:sld {NAMES}{shown}/>"
        if n != 3:
            target = ("notesSlide", f"../notesSlides/notesSlide{n}.xml")
            parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = relations(rId1=target)
    return papers.zipped(path, parts | (more or {}))


def test_notes_stand_under_the_pages_that_are_seen(tmp_path):
    path = deck(tmp_path / "a.pptx")
    assert notes_of(path, 3) == {"1": "mở đầu", "2": "Chào mừng & cảm ơn\ndòng hai"}
    assert notes_of(path, 1) == {"1": "mở đầu"}
    assert notes_of(path, 4) is None  # pages that are no slides


@pytest.mark.parametrize(
    "more",
    [
        {"ppt/presentation.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        {"ppt/presentation.xml": "<x"},
        {"ppt/notesSlides/notesSlide1.xml": "<x>" + " " * 6_000_000 + "</x>"},
    ],
)
def test_a_file_that_cannot_be_trusted_has_no_notes(tmp_path, more):
    assert notes_of(deck(tmp_path / "a.pptx", more), 3) is None


def test_what_is_no_such_file_has_no_notes(tmp_path):
    (tmp_path / "a.pptx").write_bytes(b"PK\x03\x04")
    assert notes_of(tmp_path / "a.pptx", 3) is None
    with zipfile.ZipFile(tmp_path / "b.pptx", "w"):
        pass
    assert notes_of(tmp_path / "b.pptx", 3) is None


def test_they_are_for_those_who_speak_to_the_paper_alone(room, tmp_path):
    paper = room.paper(papers.pdf(tmp_path / "a.pdf", pages=3))
    with room.pool.writing() as db:
        db["documents"].update(paper, {"type": "pptx"})
    deck(room.contents(paper).original)

    def asked(who):
        return room.get(who, f"/documents/{paper}/notes.json")

    assert [asked(who).status_code for who in ("mai", "an", "em", "nobody", None)] == [200, 200, 404, 404, 401]
    assert asked("an").get_json() == {"notes": {"1": "mở đầu", "2": "Chào mừng & cảm ơn\ndòng hai"}, "of": "slides"}
    assert asked("an").headers["Cache-Control"] == "private, no-store"
    room.shows(paper, 1)
    assert asked("em").status_code == 404
    room.does("an", GiveStage(room.ids["em"]))
    assert asked("em").get_json()["notes"]["1"] == "mở đầu"

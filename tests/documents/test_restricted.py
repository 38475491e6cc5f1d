"""A restricted paper: each page bears its reader's name and is written down, nothing of it may stay."""

import io

import pytest
from PIL import Image, ImageChops, ImageOps

from meetingroom.documents import fetched_store as fetched
from meetingroom.documents import jpeg_rows, recognisable, stamp, stamp_drawing
from meetingroom.meeting.readers import SetReaders
from meetingroom.recognition import tesseract
from tests.documents import papers


@pytest.fixture
def paper(room, tmp_path):
    document = room.paper(papers.pdf(tmp_path / "Kết luận.pdf", pages=2))
    room.does("mai", SetReaders(room.key(document), mode="restricted"))
    return document


def picture(answer) -> Image.Image:
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg"), answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return Image.open(io.BytesIO(answer.data))


def openings(room, document):
    with room.pool.lend() as db:
        return [dict(row) for row in db.conn.execute("select * from openings where document = ?", [document])]


def test_each_reader_has_a_picture_of_their_own(room, paper):
    address = f"/documents/{paper}/pages/1.webp"
    em, khach = picture(room.get("em", f"{address}?w=1920")), picture(room.get("khach", f"{address}?w=2880"))
    assert max(em.size) == max(khach.size) == 1920
    assert ImageChops.difference(em.convert("RGB"), khach.convert("RGB")).getbbox()
    staff = picture(room.get("mai", address))
    assert ImageChops.difference(em.convert("RGB"), staff.convert("RGB")).getbbox()
    rows = openings(room, paper)
    assert [row["person"] for row in rows] == [room.ids[name] for name in ("em", "khach", "mai")]
    assert len({row["code"] for row in rows}) == 3
    assert all(len(row["code"]) == 8 for row in rows)
    assert room.get("em", address).data == room.get("em", address).data
    assert len(openings(room, paper)) == 3


@pytest.mark.parametrize("who", ["em", "mai"])
def test_nothing_unstamped_goes_out(room, paper, who):
    pages = f"/documents/{paper}/pages"
    for address in (f"{pages}/1.webp?w=480", f"{pages}/1.json?t=1", f"{pages}/words-0?t=1", f"{pages}/bundle-0"):
        assert room.get(who, address).status_code == 404, address
    assert room.get(who, f"{pages}/1.webp", **{"X-Meetingroom-Ahead": "1"}).status_code == 404
    assert room.get(who, f"/documents/{paper}/file").status_code == 403
    asked = room.browser(who).api("POST", f"/api/papers/{room.key(paper)}/export", {"what": "mine", "kind": "flat"})
    assert asked.status_code == 403
    assert not openings(room, paper)


def test_an_open_paper_is_written_down_once_and_not_while_it_goes_out(room, tmp_path):
    document = room.paper(papers.pdf(tmp_path / "Báo cáo.pdf", pages=2))
    for address in ("1.webp?w=480", "1.json?t=1", "bundle-0"):
        room.get("em", f"/documents/{document}/pages/{address}")
    fetched.write(room.pool)
    assert not openings(room, document)
    for number in (2, 1, 2):
        room.get("em", f"/documents/{document}/pages/{number}.webp")
    assert not openings(room, document)
    fetched.write(room.pool)
    fetched.write(room.pool)
    assert [(row["person"], row["page"], row["code"]) for row in openings(room, document)] == [(room.ids["em"], 2, "")]
    with room.pool.lend() as db:
        kept = [tuple(row) for row in db.conn.execute("select person, pages, store from kept order by at")]
    assert kept == [(room.ids["em"], 1, "browser")]
    fetched.count(room.pool, [document])
    with room.pool.lend() as db:
        assert db.conn.execute("select pages from kept").fetchone()[0] == 2


def test_the_staff_see_who_has_opened_it_and_a_code_leads_to_its_opening(room, paper):
    key = room.key(paper)
    room.get("em", f"/documents/{paper}/pages/2.webp")
    room.get("em", f"/documents/{paper}/pages/1.webp")
    about = room.get("an", f"/api/papers/{key}/openings").get_json()
    assert [(each["name"], each["pages"]) for each in about["opened"]] == [("Em", 2)]
    assert [each["name"] for each in about["not_opened"]] == ["Khach"]
    assert [each["page"] for each in about["openings"]] == [1, 2]
    assert about["total"] == 2
    code = about["openings"][1]["code"]
    found = room.get("mai", f"/api/papers/{key}/openings?code={code.lower()}").get_json()["openings"]
    assert [(each["page"], each["person"], each["code"]) for each in found] == [(2, room.ids["em"], code)]
    assert code in room.get("mai", f"/api/papers/{key}/openings.csv").text
    assert room.get("em", f"/api/papers/{key}/openings").status_code == 403
    room.does("mai", SetReaders(key, readers=(f"person:{room.ids['em']}",)))
    assert room.get("khach", f"/api/papers/{key}/openings").status_code == 404
    assert room.get("lan", f"/api/papers/{key}/openings").status_code == 404


def test_of_an_open_paper_only_that_it_was_opened(room, tmp_path):
    document = room.paper(papers.pdf(tmp_path / "Báo cáo.pdf", pages=2))
    room.get("em", f"/documents/{document}/pages/1.webp")
    about = room.get("mai", f"/api/papers/{room.key(document)}/openings").get_json()
    assert [set(each) for each in about["opened"]] == [{"person", "name", "at"}]
    assert [each["name"] for each in about["not_opened"]] == ["Khach"]
    assert "openings" not in about


def test_the_next_page_lies_drawn_and_nobody_has_opened_it(room, paper, monkeypatch):
    drawn = []
    draw = stamp.draw
    monkeypatch.setattr(stamp, "draw", lambda *at, **parts: drawn.append(sorted(parts)) or draw(*at, **parts))
    monkeypatch.setattr(stamp.threading.Thread, "start", lambda thread: thread.run())
    picture(room.get("em", f"/documents/{paper}/pages/1.webp"))
    assert drawn == [["across", "foot"], ["across"]]
    assert [row["page"] for row in openings(room, paper)] == [1]
    ready = [code for code, _, _ in stamp._bodies.values()]
    whole = picture(room.get("em", f"/documents/{paper}/pages/2.webp"))
    assert drawn[2:] == [["foot"]]
    assert [row["code"] for row in openings(room, paper)][1:] == ready[-1:]
    assert max(whole.size) == 1920
    # Somebody else's page is theirs: nothing that was drawn for one goes to another.
    picture(room.get("khach", f"/documents/{paper}/pages/2.webp"))
    assert drawn[3:] == [["across", "foot"]]
    assert len({row["code"] for row in openings(room, paper)}) == 3


def test_rows_of_two_pictures_are_one_picture():
    whole = Image.effect_noise((400, 328), 90).convert("RGB")
    parts = []
    for begin, end in ((0, 208), (208, 328)):
        file = io.BytesIO()
        whole.crop((0, begin, 400, end)).save(file, "JPEG", quality=82, **jpeg_rows.HOW)
        parts.append(file.getvalue())
    joined = Image.open(io.BytesIO(jpeg_rows.join(*parts)))
    assert joined.size == (400, 328)
    lower = Image.open(io.BytesIO(parts[1]))
    assert not ImageChops.difference(joined.crop((0, 224, 400, 328)), lower.crop((0, 16, 400, 120))).getbbox()
    for wrong in (b"", b"\xff\xd8", parts[1][:90]):
        with pytest.raises(ValueError, match=r"."):
            jpeg_rows.join(wrong, parts[1])


@pytest.mark.parametrize(("wide", "high"), [(1358, 1920), (1920, 1080)])
def test_the_name_is_read_on_a_bad_copy_of_half_the_size(tmp_path, wide, high):
    """At the foot on a page full of text, and across it where there is none."""
    assert recognisable.is_installed(), "scripts/install-test-tools.sh"
    Image.new("RGB", (wide, high), "white").save(tmp_path / "1.webp", lossless=True)
    name, code = "Võ Thị Phượng · Phòng 3", "KQ7WXZ24"
    words = {"across": f"{name} · {code}", "foot": f"{name} · 09:14:22 30/11/2026 · {code}"}
    page = Image.open(
        io.BytesIO(stamp_drawing.draw({"path": tmp_path / "1.webp", "changed": 1, "size": 1920, **words})[1])
    )
    file = io.BytesIO()
    page.resize((wide // 2, high // 2)).save(file, "JPEG", quality=50)
    copy = Image.open(file).convert("L")
    foot = copy.crop((0, copy.height - 30, copy.width, copy.height))
    turned = copy.rotate(-stamp_drawing.ANGLE, fillcolor=255)
    across = ImageOps.autocontrast(turned.crop((0, copy.height // 2 - 45, copy.width, copy.height // 2 + 45)))
    for part in (foot, across):
        table = tesseract.recognise(part.resize((part.width * 2, part.height * 2)), 150, tmp_path)
        read = " ".join(row.split("\t")[-1] for row in table.splitlines())
        assert "Phượng" in read, read
        assert "Phòng" in read, read

"""Archives over HTTP: who sees what, and what becomes of a dossier."""

import hashlib
import io
import re
import zipfile

import pypdfium2
import pytest

from meetingroom import clock, log
from meetingroom.archive import destruction_store, jobs, sealing, store
from meetingroom.documents.content_store import original_path
from meetingroom.marks import export_store
from meetingroom.ops import inspection
from tests.archive.conftest import CALL, MEETING, WHISPER, context_of, seal
from tests.documents.pdfs import one_page, show

HEADER = {"X-Meetingroom": "1"}


def post(room, who, path, **more):
    return room.client(who).post(path, headers=HEADER, **more)


def test_the_list_is_of_ones_own_meetings_and_is_searched_with_and_without_accents(sealed):
    for q in ("", "thống nhất", "thong nhat", "kế hoạch kiểm sát", "hoang van em", "THONG NHAT"):
        found = sealed.client("em").get("/api/archives", query_string={"q": q}).json
        assert [row["id"] for row in found["archives"]] == [MEETING], q
    assert "thống nhất" in sealed.client("em").get("/api/archives?q=thong nhat").json["archives"][0]["words"]
    for q in ("thông nhật", "khongco", "!!!", '" OR 1', "a" * 3000):
        assert sealed.client("em").get("/api/archives", query_string={"q": q}).json["total"] == 0, q
    assert sealed.client("la").get("/api/archives").json == {"archives": [], "total": 0}
    assert sealed.client("quantri").get("/api/archives").json["total"] == 0
    assert sealed.client("quantri").get("/api/archives?all=1").json["total"] == 1
    assert sealed.client("em").get("/api/archives?all=1&kind=briefing").json["total"] == 0
    assert sealed.client("em").get("/api/archives?year=2026&from=2026-12-16&until=2026-12-16").json["total"] == 1
    assert sealed.client().get("/api/archives").status_code == 401


def test_who_may_archive_does_it_by_one_address_and_twice_is_once(held, approved):
    path, why = f"/api/meetings/{MEETING}/archive", {"without_minutes": "Họp nội bộ, không ban hành biên bản"}
    assert post(held, "em", path, json=why).status_code == 403
    assert post(held, "la", path, json=why).status_code == 404
    assert post(held, "mai", path, json={}).json["error"]["code"] == "minutes_not_final"
    assert post(held, "mai", path, json=why | {"code": 7}).status_code == 400
    first = post(held, "mai", path, json=why | {"id": "archive-1"})
    assert first.status_code == 202
    assert post(held, "mai", path, json=why | {"id": "archive-1"}).json == first.json
    assert held.client("an").get(f"/api/archives/{MEETING}/file").status_code == 409  # not before it is sealed
    seal(held)
    assert held.client("an").get(f"/api/archives/{MEETING}/file").status_code == 200


def test_the_package_is_for_the_staff(sealed):
    answer = sealed.client("mai").get(f"/api/archives/{MEETING}/file")
    assert answer.status_code == 200
    assert zipfile.ZipFile(io.BytesIO(answer.data)).testzip() is None
    assert f"hop-2026-12-16-{MEETING}.zip" in answer.headers["Content-Disposition"]
    statuses = {"em": 403, "la": 404, "quantri": 404}
    for who, status in statuses.items():
        assert sealed.client(who).get(f"/api/archives/{MEETING}/file").status_code == status


def test_many_come_as_one_file(sealed):
    answer = post(sealed, "mai", "/api/archives/export", json=[MEETING])
    outer = zipfile.ZipFile(io.BytesIO(answer.data))
    assert outer.namelist() == [f"hop-2026-12-16-{MEETING}.zip"]
    assert outer.testzip() is None
    assert post(sealed, "em", "/api/archives/export", json=[MEETING]).status_code == 403
    for wrong in ([], {}, "x", [1], None, {"archives": "x"}):
        assert post(sealed, "mai", "/api/archives/export", json=wrong).status_code == 400, wrong
    assert post(sealed, "mai", "/api/archives/export", json=[str(n) for n in range(500)]).status_code == 422


def test_a_package_is_checked_as_it_comes(sealed):
    package = sealed.client("mai").get(f"/api/archives/{MEETING}/file").data
    found = post(sealed, "la", "/api/verify", data={"file": (io.BytesIO(package), "x.zip")}).json
    assert found["whole"]
    assert found["known"]["name"] == f"hop-2026-12-16-{MEETING}.zip"
    assert "meeting" not in found["known"]
    assert post(sealed, "mai", "/api/verify", data=package).json["known"]["meeting"] == MEETING
    broken = bytearray(package)
    broken[len(broken) // 2] ^= 1
    found = post(sealed, "la", "/api/verify", data=bytes(broken)).json
    assert not found["whole"]
    assert "known" not in found
    for wrong in (b"", b"nonsense", b"PK\x03\x04"):
        assert not post(sealed, "la", "/api/verify", data=wrong).json["whole"]
    assert sealed.client().post("/api/verify", headers=HEADER, data=package).status_code == 401


def past(room):
    """The period is over."""
    with room.pool.writing() as db:
        db.conn.execute("update archives set keep_until = '2020-12-31'")


def ordinary_tables(db) -> list[str]:
    return [table for table in db.table_names() if not db[table].virtual_table_using and table != "audit"]


def names_any(db, table: str, wanted: set[str]) -> bool:
    """Whether a row of the table names one of these."""
    return any(wanted & {each for each in row if isinstance(each, str)}
               for row in db.conn.execute(f'select * from "{table}"'))  # fmt: skip


def test_a_dossier_is_destroyed_by_two_people_with_a_decision_and_leaves_a_stone(sealed):
    wanted = {"decision": "12/QĐ-VKS", "date": "2026-01-05"}
    settings = sealed.app.extensions["meetingroom"].settings
    path = f"/api/archives/{MEETING}/destroy"
    assert post(sealed, "quantri", path, json=wanted).status_code == 409  # its time is not over
    past(sealed)
    assert post(sealed, "mai", path, json=wanted).status_code == 403
    assert post(sealed, "quantri", path + "/confirm").status_code == 409  # nobody has asked
    for wrong in ({}, {"decision": "1"}, {"decision": "1", "date": "hôm nay"}, {"decision": 1, "date": "2999-01-01"}):
        assert post(sealed, "quantri", path, json=wrong).status_code == 422, wrong
    assert post(sealed, "quantri", path, json=wanted).status_code == 202
    with sealed.pool.writing() as db:
        documents = {row[0] for row in db.conn.execute("select id from documents")}
        for document in documents:  # what is known of a file besides its row
            db.conn.execute("insert or ignore into pages (document, n, status) values (?, 1, 'ready')", [document])
            db.conn.execute("insert or ignore into text_state (document) values (?)", [document])
            about = [document, "d9", "done", "[]", "{}", 1]
            db.conn.execute("insert into matches (old, new, status, map, pages, at) values (?, ?, ?, ?, ?, ?)", about)
        of = {"person": sealed.ids["em"], "meeting": MEETING, "paper": "d2", "document": "f2", "language": "vi"}
        copy = export_store.place(settings, export_store.add(db, **of, what="both", kind="flat"))
        note = {"id": "n1", "page": 1, "kind": "note", "body": '{"text": "Ghi riêng"}', "rev": 1, "at": 1}
        db["marks"].insert({**{key: of[key] for key in of if key != "language"}, **note, "from": "", "dropped": 0})
        db["mark_ops"].insert({"person": of["person"], "op": "o1", "meeting": MEETING, "answer": "{}", "at": 1})
        db["paper_versions"].insert({"document": "f2", "paper": "d2", "meeting": MEETING, "n": 1})
        db["mailings"].insert({"meeting": MEETING, "sequence": 1, "state": "", "seen": "", "seen_at": 1})
        assert db["search_rows"].count_where("kind = 'note'") == 1
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(b"%PDF a copy with notes")
    assert post(sealed, "quantri", path + "/confirm").json["error"]["code"] == "second_person_needed"
    assert post(sealed, "mai", path + "/confirm").status_code == 404
    done = post(sealed, "phoquantri", path + "/confirm")
    assert done.json == {"destroyed": MEETING, "files": 2}
    assert not copy.exists()
    assert not [path for path in settings.files.rglob("*") if path.is_file()]
    with sealed.pool.lend() as db:
        stone = dict(db.conn.execute("select * from tombstones").fetchone())
        for table in (
            "events",
            "meetings",
            "members",
            "documents",
            "archives",
            "note_revisions",
            "note_bodies",
            "answers",
            "marks",
            "mark_ops",
            "exports",
            "paper_versions",
            "mailings",
            "search_rows",
            "search_state",
        ):
            assert db.conn.execute(f"select count(*) from {table}").fetchone()[0] == 0, table
        for index in ("search_folded", "search_exact"):
            assert not db.conn.execute(f"select 1 from {index} where {index} match 'riêng'").fetchone()
        assert db.conn.execute("select count(*) from archive_texts").fetchone()[0] == 0
        assert documents
        assert not [table for table in ordinary_tables(db) if names_any(db, table, documents)]
    jobs.forget_words(context_of(sealed), MEETING)  # the worker
    with sealed.pool.lend() as db:
        for index in ("search_folded", "search_exact", "archive_texts"):
            blocks = db.conn.execute(f"select block from {index}_data").fetchall()
            assert not [block for (block,) in blocks if b"ghi" in block or b"thong" in block], index
    assert (stone["decision"], stone["title"], len(stone["file"])) == ("12/QĐ-VKS", "", 64)
    assert sealed.client("mai").get(f"/api/meetings/{MEETING}").status_code == 404
    assert inspection.inspect(settings).problems == []
    assert "12/QĐ-VKS" in sealed.client("quantri").get("/archives/due").text


def test_a_fact_is_withheld_by_two_and_the_chain_stays_green(sealed):
    with sealed.pool.lend() as db:
        note = db.conn.execute("select seq from events where name = 'NoteRecorded' order by seq").fetchone()[0]
        created = db.conn.execute("select seq from events where name = 'MeetingCreated'").fetchone()[0]
    asked = f"/api/meetings/{MEETING}/redactions"
    assert post(sealed, "an", asked, json={"seq": note, "reason": "x"}).status_code == 403
    for seq in (note, created):
        assert post(sealed, "quantri", asked, json={"seq": seq, "reason": "Bí mật"}).status_code == 201
    for wrong in ({}, {"seq": "1", "reason": "x"}, {"seq": 1}, {"seq": True, "reason": "x"}, {"seq": 0, "reason": "x"}):
        assert post(sealed, "quantri", asked, json=wrong).status_code == 422, wrong

    def redact(who, seq, id):
        args = {"seq": seq, "reason": "Bí mật"}
        body = {"id": id, "name": "redact_fact", "args": args}
        return post(sealed, who, f"/api/meetings/{MEETING}/commands", json=body)

    assert redact("mai", note, "r1").status_code == 403
    assert redact("an", created, "r2").json["error"]["code"] == "fact_needed"
    before = log.state(sealed.pool, MEETING).archive.sha256
    assert redact("an", note, "r3").status_code == 200
    log.forget_heads(sealed.pool)
    with sealed.pool.lend() as db:
        assert log.verify(db, MEETING) > 10
        data = db.conn.execute("select data from events where seq = ?", (note,)).fetchone()[0]
    assert data.startswith('{"redacted":"')
    assert sealed.client("mai").get(f"/api/meetings/{MEETING}/log").status_code == 200
    assert seal(sealed)["file"] != before
    with sealed.pool.writing() as db:
        db.conn.execute("update events set data = ? where seq = ?", (data.replace("redacted", "redactex"), note))
    with sealed.pool.lend() as db, pytest.raises(log.Corrupt):
        log.verify(db, MEETING)


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("em", "/archives", 200),
        ("quantri", "/archives?all=1", 200),
        ("la", "/archives", 200),
        ("em", "/verify", 200),
        ("em", f"/meetings/{MEETING}/archive", 200),
        ("mai", f"/meetings/{MEETING}/archive", 200),
        ("la", f"/meetings/{MEETING}/archive", 404),
        ("em", "/archives/due", 403),
        ("em", "/retention", 403),
        ("quantri", "/retention", 200),
        ("mai", "/redactions", 403),
        ("quantri", "/redactions", 200),
        ("mai", f"/meetings/{MEETING}/redactions", 200),
        ("em", f"/meetings/{MEETING}/redactions", 403),
        ("quantri", f"/meetings/{MEETING}/redactions", 404),
        ("quantri", "/archives/due", 200),
    ],
)
def test_pages_by_role(sealed, who, path, status):
    assert sealed.client(who).get(path).status_code == status


def test_a_meeting_is_archived_from_its_page(held, request):
    request.getfixturevalue("finished")
    page = held.client("mai").get(f"/meetings/{MEETING}/archive")
    assert "without_minutes" in page.text
    assert held.client("em").get(f"/meetings/{MEETING}/archive").status_code == 404


def test_the_period_counts_from_the_end_of_the_year(sealed):
    with sealed.pool.lend() as db:
        row = db.conn.execute("select code, keep_until from archives").fetchone()
    assert tuple(row) == ("10N", f"{clock.local(clock.now()).year + 10}-12-31")
    answer = post(sealed, "quantri", f"/api/archives/{MEETING}/retention", json={"code": "VV"})
    assert answer.json == {"code": "VV", "keep_until": ""}
    wanted = {"until": "2999-01-01", "reason": "x"}  # what is kept for good is kept no longer by a day
    assert post(sealed, "quantri", f"/api/archives/{MEETING}/retention", json=wanted).status_code == 422
    assert post(sealed, "quantri", f"/api/archives/{MEETING}/retention", json={"code": 5}).status_code == 422


def press(room, who, path, **form):
    """As a form sends it, with its token."""
    client = room.client(who)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account").text)[1]
    return client.post(path, data={"csrf_token": token, **form}, follow_redirects=True)


def test_what_falls_due_is_kept_longer_or_destroyed_on_the_page(sealed):
    def until():
        with sealed.pool.lend() as db:
            return store.find_archive(db, MEETING)["keep_until"]

    past(sealed)
    page = press(sealed, "quantri", f"/archives/{MEETING}/destroy", decision="12/QĐ", date="2026-01-05")
    assert "Rút đề nghị" in page.text
    assert "Xác nhận: hủy" not in page.text  # not by who has asked
    assert "/destroy/confirm" in sealed.client("phoquantri").get("/retention").text
    assert "Đề nghị hủy" in press(sealed, "phoquantri", f"/archives/{MEETING}/destroy/withdraw").text
    press(sealed, "quantri", f"/archives/{MEETING}/destroy", decision="12/QĐ", date="2026-01-05")
    for wrong in ("", "hôm nay", "2019-01-01", "2020-12-31"):
        path = f"/api/archives/{MEETING}/retention"
        assert post(sealed, "quantri", path, json={"until": wrong, "reason": "x"}).status_code == 422, wrong
    press(sealed, "quantri", f"/archives/{MEETING}/retention", until="05/01/2999", reason="Đang dùng")
    assert until() == "2999-01-05"
    with sealed.pool.lend() as db:
        assert destruction_store.find_asked(db, MEETING) is None
    past(sealed)
    press(sealed, "quantri", f"/archives/{MEETING}/destroy", decision="12/QĐ", date="2026-01-05", keep_title="1")
    page = press(sealed, "phoquantri", f"/archives/{MEETING}/destroy/confirm")
    assert "12/QĐ ngày 05/01/2026" in page.text
    assert "Hội nghị tổng kết" in page.text


def test_an_entry_is_found_asked_for_and_withheld_by_forms(sealed):
    here = f"/meetings/{MEETING}/redactions"
    with sealed.pool.lend() as db:
        note = db.conn.execute("select max(seq) from events where name = 'NoteRecorded'").fetchone()[0]
    found = sealed.client("mai").get(f"{here}?q=thong nhat voi").text
    assert f'<b class="entry-number">{note}</b>' in found
    assert "Hội nghị thống nhất" in found
    for whom, words in (("mai", WHISPER), ("an", CALL)):  # meant for one person: its number alone
        every = sealed.client(whom).get(here).text
        assert "Gửi riêng một người" in every
        assert words not in every
        assert words not in sealed.client(whom).get(here, query_string={"q": words}).text.replace(
            f'value="{words}"', ""
        )
    for wrong in ({"seq": "x", "meeting": MEETING}, {"seq": "99999", "meeting": MEETING}, {"seq": "1", "meeting": "?"}):
        press(sealed, "quantri", "/redactions", reason="Nhầm", **wrong)
    page = press(sealed, "quantri", "/redactions", meeting=MEETING, seq=str(note), reason="Gõ nhầm")
    assert "Gõ nhầm" in page.text
    assert "Hội nghị thống nhất" not in page.text  # an administrator reads no content
    assert press(sealed, "mai", f"{here}/{note}").status_code == 404
    assert "Che vĩnh viễn" in sealed.client("an").get(here).text
    press(sealed, "an", f"{here}/{note}", refuse="1")
    assert "thong nhat" not in sealed.client("an").get(here).text
    press(sealed, "quantri", "/redactions", meeting=MEETING, seq=str(note), reason="Gõ nhầm")
    page = press(sealed, "an", f"{here}/{note}")
    assert f"Mục {note} đã được che" in page.text
    assert "Hội nghị thống nhất" not in sealed.client("mai").get(here).text


def test_a_sealed_package_has_a_slip_with_its_numbers(sealed):
    answer = sealed.client("mai").get(f"/api/archives/{MEETING}/slip.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data))
    with sealed.pool.lend() as db:
        row = store.find_archive(db, MEETING)
    assert row["file"] in text.replace("\r\n", "").replace("\n", "")
    assert "PHIẾU NIÊM PHONG" in text
    assert sealed.client("em").get(f"/api/archives/{MEETING}/slip.pdf").status_code == 403


def withhold_note(sealed):
    """What the secretary noted is withheld, and the package sealed anew."""
    with sealed.pool.lend() as db:
        note = db.conn.execute("select seq from events where name = 'NoteRecorded' order by seq").fetchone()[0]
    asked = {"seq": note, "reason": "Bí mật"}
    assert post(sealed, "quantri", f"/api/meetings/{MEETING}/redactions", json=asked).status_code == 201
    body = {"id": "withhold", "name": "redact_fact", "args": asked}
    assert post(sealed, "an", f"/api/meetings/{MEETING}/commands", json=body).status_code == 200
    # Until then nobody gets the words that are withheld.
    assert sealed.client("mai").get(f"/api/archives/{MEETING}/file").status_code == 409
    assert post(sealed, "mai", "/api/archives/export", json={"archives": [MEETING]}).status_code == 409
    assert "Gói hồ sơ đang được tạo" in sealed.client("mai").get(f"/meetings/{MEETING}/archive").text
    seal(sealed)


def test_package_and_supplements_are_told_apart_in_every_order(sealed, tmp_path):
    paper = one_page(tmp_path / "a.pdf", show("signed")).read_bytes()

    def bring(title):
        data = {"title": title, "file": (io.BytesIO(paper), "phieu.pdf")}
        made = post(sealed, "mai", f"/api/archives/{MEETING}/supplements", data=data).json
        return sealed.client("mai").get(f"/api/archives/{MEETING}/supplements/{made['n']}/file").data

    def package():
        return sealed.client("mai").get(f"/api/archives/{MEETING}/file").data

    def known(file):
        found = post(sealed, "la", "/api/verify", data=file).json
        assert found["whole"]
        return found["known"]

    def said(file):
        return inspection.whose_package(settings, hashlib.sha256(file).hexdigest())

    settings, name = sealed.app.extensions["meetingroom"].settings, f"hop-2026-12-16-{MEETING}.zip"
    first, before = package(), bring("Trước")
    digest = hashlib.sha256(first).hexdigest()
    assert known(before) | {"sealed_at": 0} == {
        "name": f"hop-2026-12-16-{MEETING}-bs1.zip", "sealed_at": 0, "supplement_to": name, "package": digest,
        "resealed": False,
    }  # fmt: skip
    withhold_note(sealed)
    second, after = package(), bring("Sau")
    assert second != first
    now = hashlib.sha256(second).hexdigest()
    assert (known(before)["package"], known(before)["resealed"]) == (digest, True)
    assert (known(after)["package"], known(after)["resealed"]) == (now, False)
    assert known(first)["replaced_by"] == now
    assert known(first)["replaced_at"] >= known(first)["sealed_at"]
    assert "replaced_at" not in known(second)
    assert not original_path(settings, digest).exists()
    assert "không còn dùng" in said(first)
    assert "niêm phong lại sau đó" in said(before)
    assert said(after).startswith("Đúng phần bổ sung")
    assert "niêm phong lại" not in said(after)
    assert "Ghi mã của gói lần niêm phong trước" in sealed.client("mai").get(f"/meetings/{MEETING}/archive").text
    # A seal that was cut before it removed the former package is made good by the next.
    original_path(settings, digest).write_bytes(first)
    sealing.seal(sealed.app.extensions["meetingroom"], MEETING)
    assert not original_path(settings, digest).exists()
    assert package() == second


def test_what_comes_after_the_seal_is_a_package_of_its_own(sealed, tmp_path):
    signed = one_page(tmp_path / "a.pdf", show("signed")).read_bytes()
    path = f"/api/archives/{MEETING}/supplements"

    def bring(who, title="Phiếu niêm phong đã ký", name="phieu.pdf", data=signed):
        return post(sealed, who, path, data={"title": title, "file": (io.BytesIO(data), name)})

    assert bring("em").status_code == 403
    assert bring("la").status_code == 404
    assert bring("mai", title=" ").status_code == 422
    assert bring("mai", name="x.exe", data=b"MZ nonsense").status_code == 422
    before = sealed.client("mai").get(f"/api/archives/{MEETING}/file").data
    made = bring("mai")
    assert made.status_code == 201
    assert made.json["name"] == f"hop-2026-12-16-{MEETING}-bs1.zip"
    assert sealed.client("mai").get(f"/api/archives/{MEETING}/file").data == before
    package = sealed.client("mai").get(f"{path}/1/file").data
    found = post(sealed, "la", "/api/verify", data=package).json
    assert found["whole"]
    assert found["known"]["supplement_to"] == f"hop-2026-12-16-{MEETING}.zip"
    assert hashlib.sha256(before).hexdigest().encode() in zipfile.ZipFile(io.BytesIO(package)).read(
        f"hop-2026-12-16-{MEETING}-bs1/bag-info.txt"
    )
    assert bring("mai").json["name"].endswith("-bs2.zip")
    assert "bs2.zip" in sealed.client("mai").get(f"/meetings/{MEETING}/archive").text
    settings = sealed.app.extensions["meetingroom"].settings
    missing = "archive hop-2026-12-16-m1-bs1.zip: the package is missing"
    assert missing not in inspection.inspect(settings).problems
    original_path(settings, made.json["sha256"]).unlink()
    assert missing in inspection.inspect(settings).problems

"""A ZIP of papers: each becomes a paper of its own, or says why not."""

import io
import warnings
import zipfile

import pytest

from meetingroom import log
from meetingroom.documents import ingest, unpacking
from meetingroom.jobs.queue import JobContext
from tests.documents import papers


def zipped(path, files: dict[str, bytes], password=False):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    if password:
        data = bytearray(path.read_bytes())
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = -1
            while (start := data.find(mark, start + 1)) >= 0:
                data[start + at] |= 1
        path.write_bytes(data)
    return path


def found_in(room) -> list[tuple]:
    documents = room.get("mai", "/api/meetings/m1/documents").get_json()["documents"]
    return sorted((one["filename"], one["status"], (one["error"] or {}).get("code")) for one in documents)


def test_each_file_of_a_zip_is_a_paper_in_the_order_of_their_names(room, tmp_path):
    page = papers.pdf(tmp_path / "a.pdf", pages=1, lines=1).read_bytes()
    inside = {
        "Hồ sơ/10. Phụ lục.pdf": page,
        "Hồ sơ/2. Báo cáo.txt": "Báo cáo công tác kiểm sát".encode(),
        "Hồ sơ/3. Bản vẽ.dwg": b"AC1032",
        "Hồ sơ/4. TỐI MẬT.pdf": page,
        "Hồ sơ/5. Cũ.zip": zipped(tmp_path / "b.zip", {"a.txt": b"a"}).read_bytes(),
        "__MACOSX/._a.pdf": b"x",
        "Hồ sơ/.DS_Store": b"x",
        "Hồ sơ/~$o cáo.docx": b"x",
    }
    answer = room.sends("mai", zipped(tmp_path / "Hồ sơ.zip", inside))
    assert answer.status_code == 202
    room.work("ingest")
    assert found_in(room) == [
        ("10. Phụ lục.pdf", "ready", None),
        ("2. Báo cáo.txt", "ready", None),
        ("3. Bản vẽ.dwg", "failed", "unsupported_type"),
        ("4. TỐI MẬT.pdf", "failed", "secret_stamp"),
        ("5. Cũ.zip", "failed", "zip_in_zip"),
    ]
    state = log.state(room.pool, "m1")
    assert [paper.title for paper in state.papers.values()] == ["2. Báo cáo", "10. Phụ lục"]
    assert room.get("mai", f"/api/documents/{answer.get_json()['id']}").status_code == 404
    failed = [one for one in room.get("mai", "/api/meetings/m1/documents").get_json()["documents"] if one["error"]]
    assert not any(one["may_retry"] for one in failed)
    room.work("tidy")
    assert not [path for path in room.settings.files.rglob("*") if path.is_file() and zipfile.is_zipfile(path)]


def test_a_worker_that_died_in_the_middle_takes_no_file_twice(room, tmp_path, monkeypatch):
    path = zipped(tmp_path / "a.zip", {f"{n}/a.txt": b"%d" % n for n in range(1, 4)})
    document = room.sends("mai", path).get_json()["id"]
    context = JobContext(room.settings, room.pool)
    take, taken = unpacking.take, []

    def dies(context, upload, archive, entry, called):
        if len(taken) == 2:
            raise SystemExit
        taken.append(called)
        take(context, upload, archive, entry, called)

    monkeypatch.setattr(unpacking, "take", dies)
    with pytest.raises(SystemExit):
        ingest.ingest(context, document)
    monkeypatch.setattr(unpacking, "take", take)
    ingest.ingest(context, document)
    documents = room.get("mai", "/api/meetings/m1/documents").get_json()["documents"]
    assert sorted(one["title"] for one in documents) == ["1 – a", "2 – a", "3 – a"]


def test_papers_of_two_folders_are_told_apart_by_where_they_lay(room, tmp_path):
    papers_of = [f"{folder}/Báo_cáo.txt" for folder in ("Hồ sơ/Vụ 1", "Hồ sơ/Vụ 2")]
    for files in ([*papers_of, "Hồ sơ/Vụ 2/Dự thảo.txt"], ["Vụ 3/Dự thảo.txt", "Vụ 3/Tờ trình.txt"]):
        room.sends("mai", zipped(tmp_path / "Hồ sơ.zip", {name: name.encode() for name in files}))
        room.work("ingest")
    titles = [paper.title for paper in log.state(room.pool, "m1").papers.values()]
    assert titles == ["Vụ 1 – Báo cáo", "Vụ 2 – Báo cáo", "Dự thảo", "Vụ 3 – Dự thảo", "Tờ trình"]
    assert {name for name, *_ in found_in(room)} == {"Báo_cáo.txt", "Dự thảo.txt", "Tờ trình.txt"}


def test_a_zip_that_cannot_be_opened_says_why(room, tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST", 3)
    cases = {
        "khóa.zip": (zipped(tmp_path / "1.zip", {"a.txt": b"a"}, password=True), "encrypted"),
        "rỗng.zip": (zipped(tmp_path / "2.zip", {".DS_Store": b"a"}), "empty_zip"),
        "nhiều.zip": (zipped(tmp_path / "3.zip", {f"{n}.txt": b"a" for n in range(4)}), "too_many_files"),
        "bom.zip": (zipped(tmp_path / "4.zip", {"a.xml": b"0" * 30_000_000}), "bomb"),
    }
    for name, (path, _) in cases.items():
        assert room.sends("mai", path, filename=name).status_code == 202
    room.work("ingest")
    assert {name: code for name, _, code in found_in(room)} == {name: code for name, (_, code) in cases.items()}
    cut = papers.truncated(zipped(tmp_path / "5.zip", {"a.txt": b"a" * 999}), 0.7)
    room.sends("mai", cut, filename="hỏng.zip")
    room.work("ingest")
    assert ("hỏng.zip", "failed", "damaged") in found_in(room)


def test_a_file_that_is_broken_inside_a_zip_is_named_and_the_others_are_papers(room, tmp_path):
    path = zipped(tmp_path / "a.zip", {"1.txt": b"a" * 2000, "2.txt": b"b" * 5000 + bytes(range(65, 90)) * 20})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two of one name: it is said, and done
        archive.writestr("1.txt", b"another of the same name")
        second = archive.infolist()[1].header_offset + 30 + len("2.txt")
    data = bytearray(path.read_bytes())
    data[second : second + 6] = b"\xff" * 6
    path.write_bytes(data)
    room.sends("mai", path)
    room.work("ingest")
    assert found_in(room) == [
        ("1.txt", "ready", None), ("1.txt", "ready", None), ("2.txt", "failed", "damaged")
    ]  # fmt: skip


def test_a_new_version_of_a_paper_is_no_zip(room, tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.txt": b"a"})
    assert room.sends("mai", path, single="1").status_code == 415


@pytest.mark.parametrize("letters", ["utf-8", "cp1258"])
def test_names_that_do_not_say_their_letters_are_read(letters):
    name = "Bao cao Vi\xeat.pdf"
    with zipfile.ZipFile(io.BytesIO(), "w"):
        entry = zipfile.ZipInfo(name.encode(letters).decode("cp437"))
    assert unpacking.read_name(entry) == name

"""What a scanned file's name proposes."""

import pytest

from meetingroom.cases.scan_names import read_name, titles_of


@pytest.mark.parametrize(
    ("path", "volume", "title", "first", "last", "date"),
    [
        ("T1.pdf", 1, "", "", "", ""),
        ("Tap 03.pdf", 3, "", "", "", ""),
        ("Tập III.PDF", 3, "", "", "", ""),
        ("tap_12_ho so.pdf", 12, "ho so", "", "", ""),
        ("BL 041-080.pdf", 0, "", "41", "80", ""),
        ("BL41_80.pdf", 0, "", "41", "80", ""),
        ("Bút lục 15 đến 17 Biên bản.pdf", 0, "Biên bản", "15", "17", ""),
        ("T2 BL 041-080 Lý lịch bị can.pdf", 2, "Lý lịch bị can", "41", "80", ""),
        ("QD khoi to 11.pdf", 0, "QD khoi to", "11", "11", ""),
        ("QD_khoi_to_11-14.pdf", 0, "QD khoi to", "11", "14", ""),
        ("BL 12a Biên bản.pdf", 0, "Biên bản", "12a", "12a", ""),
        ("Biên bản hỏi cung 12.11.2025.pdf", 0, "Biên bản hỏi cung", "", "", "2025-11-12"),
        ("Biên bản khám nghiệm ngày 12-11-2025.pdf", 0, "Biên bản khám nghiệm", "", "", "2025-11-12"),
        ("Kết luận giám định 2025-11-12 BL 285-290.pdf", 0, "Kết luận giám định", "285", "290", "2025-11-12"),
        ("Tap 04/loi khai/BL 151-160.pdf", 4, "", "151", "160", ""),
        ("C:\\ho so\\Tập 2\\T3.pdf", 3, "", "", "", ""),
        ("Scan 0001.pdf", 0, "Scan 0001", "", "", ""),
        ("Điều 174.pdf", 0, "Điều 174", "", "", ""),
        ("IMG_2041.jpg", 0, "IMG 2041", "", "", ""),
        ("001.pdf", 0, "001", "", "", ""),
        ("Biên bản 31.02.2025.pdf", 0, "Biên bản 31.02.2025", "", "", ""),
        ("", 0, "", "", "", ""),
    ],
)
def test_a_name_is_read(path, volume, title, first, last, date):
    assert read_name(path) == {"volume": volume, "title": title, "bl_from": first, "bl_to": last, "date": date}


def test_a_name_that_never_ends_is_read_soon():
    for path in ("T" * 100_000, "BL " * 50_000, "BL 1-" * 30_000, "1 " * 50_000):
        assert read_name(path[:4000])["volume"] == 0


@pytest.mark.parametrize(
    ("titles", "taken"),
    [
        ({"Hồ sơ/Bị can A/Lý lịch.pdf": "Bị can A – Lý lịch", "Hồ sơ/Bị can B/Lý lịch.pdf": "Bị can B – Lý lịch"}, []),
        ({"A/Bản gốc/Lý lịch.pdf": "A – Lý lịch", "B/Bản gốc/Lý lịch.pdf": "B – Lý lịch"}, []),
        ({"A/Lý lịch.pdf": "A – Lý lịch", "lý lịch.pdf": "lý lịch"}, []),
        ({"Tập 1/Lý lịch.pdf": "Lý lịch", "Tập 2/Lý lịch.pdf": "Lý lịch"}, []),
        ({"Lời khai/A.pdf": "A", "Lời khai/B.pdf": "B"}, []),
        ({"Lời khai/BL 1-9.pdf": "Lời khai", "Biên bản/BL 10-19.pdf": "Biên bản"}, []),
        ({"a/x/1.pdf": "a / x – 1", "a/y/1.pdf": "a / y – 1", "b/x/1.pdf": "b / x – 1"}, []),
        ({"B/Lý lịch.pdf": "B – Lý lịch"}, [(1, "Lý Lịch")]),
        ({"Tập 2/B/Lý lịch.pdf": "Lý lịch"}, [(1, "Lý lịch")]),
        ({f"{'rất dài ' * 20}{n}/A.pdf": f"…{('rất dài ' * 10)[1:]}{n} – A" for n in "12"}, []),
        ({"": ""}, []),
    ],
)
def test_what_is_called_alike_is_told_apart_by_its_folder(titles, taken):
    assert titles_of(titles, taken) == titles

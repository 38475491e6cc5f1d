"""Registers the tables that are only rows: the short ones of `rows.py` and the long ones of `lists.py`."""

from typing import Any

from meetingroom.demo.exhibits import lists
from meetingroom.demo.exhibits.registry import long, ruled
from meetingroom.demo.exhibits.rows import ROWS
from meetingroom.demo.figures import percent

INDICATORS = [
    (*row, "<b>Chưa đạt</b>" if i in lists.MISSED else "Đạt") for i, row in enumerate(lists.INDICATOR_ROWS, 1)
]
CRITERIA = [(group, name, most, got, percent(got, most)) for group, name, most, got in lists.CRITERIA]

# name, caption, head, rows, widths as parts, alignment per column
LONG: tuple[tuple[Any, ...], ...] = (
    (
        "long-indicators",
        "Bảng 10. Kết quả thực hiện 41 chỉ tiêu công tác năm 2026",
        ("Chỉ tiêu", "Đề ra", "Thực hiện", "Kết quả"),
        INDICATORS,
        (7, 2.6, 2, 2),
        "lccc",
    ),
    (
        "long-tasks",
        "Bảng 13. Phân công nhiệm vụ chủ yếu năm 2027",
        ("Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"),
        lists.TASKS,
        (5, 3.3, 3.3, 2.6, 2.3),
        "lllcl",
    ),
    (
        "long-criteria",
        "Bảng. Điểm tự chấm theo tiêu chí năm 2026",
        ("Nhóm", "Tiêu chí", "Tối đa", "Đạt", "Tỷ lệ"),
        CRITERIA,
        (1.4, 7, 1.6, 1.4, 2),
        "clccc",
    ),
    ("table-short", "DANH MỤC CHỮ VIẾT TẮT", ("Chữ viết tắt", "Nghĩa"), lists.SHORT_FORMS, (3, 7), "cl"),
    (
        "long-visits",
        "Bảng. Kết quả kiểm tra thực tế",
        ("Đơn vị", "Hiện trạng", "Thống nhất xử lý"),
        lists.VISITS,
        (3, 5, 4),
        "lll",
    ),
    (
        "long-checks",
        "Bảng. Bảng kiểm điểm cầu trước cuộc họp",
        ("Nội dung", "Yêu cầu"),
        lists.SITE_CHECKS,
        (3, 6),
        "ll",
    ),
    ("long-plans", "", ("Tên kế hoạch", "Đơn vị chủ trì", "Ngày ban hành"), lists.PLANS, (7, 3, 2.6), "llc"),
    (
        "long-trials",
        "",
        ("Ngày", "Đơn vị", "Nội dung vụ án", "Người theo dõi"),
        lists.TRIALS,
        (2.4, 2.6, 6, 2.2),
        "cllc",
    ),
    ("long-year", "", ("Thời gian", "Nhiệm vụ trọng tâm"), lists.YEAR_PLAN, (1.6, 10), "cl"),
    (
        "long-form",
        "",
        ("Nội dung", "Đơn vị tính", "Trả lời"),
        [(*row, "") for row in lists.SURVEY_FORM],
        (7, 2, 4),
        "lcc",
    ),
    (
        "long-wanted",
        "",
        ("Đơn vị", "Máy quét", "Máy tính", "Máy tính bảng", "Dự phòng"),
        lists.WANTED,
        (4, 2, 2, 2.4, 2.4),
        "lcccc",
    ),
    (
        "long-targets",
        "",
        ("Đơn vị", "Hồ sơ hình sự số hóa", "Vụ án sơ đồ", "Tập huấn", "Họp không giấy"),
        lists.UNIT_TARGETS,
        (4.6, 2.4, 2, 1.8, 2.2),
        "lcccc",
    ),
    (
        "long-changes",
        "",
        ("Nội dung", "Đơn vị góp ý", "Ý kiến", "Tiếp thu, giải trình"),
        lists.DRAFT_CHANGES,
        (2, 2.6, 4.4, 4.2),
        "llll",
    ),
    (
        "long-faults",
        "",
        ("Khâu", "Lỗi phát hiện", "Số lần", "Cách sửa quy trình"),
        lists.FAULTS,
        (2, 4.4, 1.4, 5),
        "llcl",
    ),
    (
        "long-tasks-plan",
        "",
        ("Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"),
        lists.TASKS,
        (5, 3.3, 3.3, 2.6, 2.3),
        "lllcl",
    ),
)

for table in ROWS:
    ruled(*table)
for list_ in LONG:
    long(*list_)

"""Chương trình hội nghị: the order of the morning, on one or two pages."""

from datetime import datetime, timedelta
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph

from meetingroom.demo.agenda import ITEMS, TITLE
from meetingroom.demo.report import dated
from meetingroom.demo.typeset import BODY, WIDTH, Report, faces, grid, heading, letterhead, signatures

DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
BREAK_AFTER, BREAK = 4, 10  # ten minutes of rest before the discussion


def make(path: Path, held: datetime) -> int:
    """Write the programme of a meeting that starts at `held`; returns its pages."""
    faces()
    report = Report(path, "Chương trình hội nghị")
    story = [letterhead("Số: 39/CTr-VKS", dated(held.date() - timedelta(days=5)))]
    story += heading("CHƯƠNG TRÌNH", *TITLE_LINES)
    day = f"{held:%d/%m/%Y}"
    end = held + timedelta(minutes=sum(item.minutes for item in ITEMS) + BREAK)
    for label, words in (
        ("Thời gian", f"Từ {clock(held)} đến {clock(end)}, {DAYS[held.weekday()]}, ngày {day}."),
        ("Địa điểm", "Hội trường tầng 3, VKSND tỉnh Lạc Giang (điểm cầu chính), kết nối đến 09 điểm cầu khu vực."),
        ("Chủ trì", "Đồng chí Nguyễn Văn An, Viện trưởng VKSND tỉnh."),
        ("Thành phần", "Lãnh đạo Viện; trưởng các phòng; lãnh đạo, đại biểu VKSND khu vực 1 - 9."),
    ):
        story.append(Paragraph(f"<b>{label}:</b> {words}", BODY))
    story += [schedule(held), *notes()]
    copies = ["Lãnh đạo Viện;", "Các phòng, VKSND khu vực 1 - 9;", "Lưu: VT, VP."]
    story.append(signatures("TL. VIỆN TRƯỞNG", "CHÁNH VĂN PHÒNG", "Phạm Thị Dung", copies))
    report.build(story)
    return report.page


TITLE_LINES = (
    "Hội nghị tổng kết công tác kiểm sát năm 2026,",
    "triển khai công tác năm 2027 và chuyên đề ứng dụng",
    "công nghệ thông tin, chuyển đổi số",
)


def clock(moment: datetime) -> str:
    return f"{moment:%H} giờ {moment:%M}"


def schedule(held: datetime):
    rows, moment = [["Thời gian", "Nội dung", "Người trình bày, điều hành", "Phút"]], held
    for i, item in enumerate(ITEMS, 1):
        after = moment + timedelta(minutes=item.minutes)
        rows.append([f"{moment:%H:%M} - {after:%H:%M}", f"{i}. {item.title}", item.by, str(item.minutes)])
        moment = after
        if i == BREAK_AFTER:
            after = moment + timedelta(minutes=BREAK)
            rows.append([f"{moment:%H:%M} - {after:%H:%M}", "<i>Nghỉ giải lao</i>", "", str(BREAK)])
            moment = after
    return grid(rows, (30 * mm, WIDTH - 92 * mm, 47 * mm, 15 * mm), align="cllc")


def notes() -> list:
    lines = (
        "Đại biểu đọc trước tài liệu trên hệ thống phòng họp không giấy; hội nghị không phát tài liệu giấy. "
        "Đại biểu có thể dùng thiết bị cá nhân hoặc thiết bị do Ban Tổ chức bố trí tại chỗ.",
        "Báo cáo tại hội nghị chỉ trình bày tóm tắt; tham luận không quá 15 phút; "
        "phát biểu thảo luận không quá 05 phút. "
        "Đại biểu đăng ký phát biểu trên hệ thống; ý kiến chưa được phát biểu gửi bằng văn bản ngay trong hội nghị.",
        "Các điểm cầu hoàn thành kiểm tra hình, tiếng, tài liệu chậm nhất 60 phút trước giờ khai mạc; "
        "kỹ thuật viên trực đến khi hội nghị bế mạc.",
        "Trang phục: trang phục Ngành. Đại biểu có mặt trước giờ khai mạc 15 phút để điểm danh.",
    )
    head = Paragraph("<b>Một số lưu ý</b>", BODY)
    return [head, *(Paragraph(f"{i}. {line}", BODY) for i, line in enumerate(lines, 1))]


assert TITLE  # the heading is the meeting's title, broken by hand

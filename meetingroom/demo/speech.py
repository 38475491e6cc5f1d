"""Two shorter papers: the contribution on digitising files (8 pages) and the draft plan (10 pages)."""

from datetime import date
from pathlib import Path

from reportlab.platypus import Paragraph, Spacer

from meetingroom.demo import exhibits
from meetingroom.demo.report import appendices, dated
from meetingroom.demo.typeset import UNDER, Report, faces, flow, heading, letterhead, signatures, style, text

LOWER = ("VIỆN KIỂM SÁT NHÂN DÂN", "KHU VỰC 4 - LẠC GIANG")


def digitising(path: Path, day: date) -> int:
    """Tham luận của VKSND khu vực 4; returns its pages."""
    faces()
    report = Report(path, "Tham luận: số hóa hồ sơ vụ án phục vụ báo cáo án")
    story = [letterhead("", dated(day), parent="VIỆN KIỂM SÁT NHÂN DÂN<br/>TỈNH LẠC GIANG", issuer=LOWER)]
    story += heading("THAM LUẬN", "Số hóa hồ sơ vụ án phục vụ báo cáo án", "và thực hành quyền công tố tại phiên tòa")
    who = "(Đồng chí Ngô Thị Khuê, Viện trưởng VKSND khu vực 4, trình bày tại Hội nghị tổng kết năm 2026)"
    story += [Paragraph(who, UNDER), Spacer(1, 4)]
    story += flow(text("tham-luan"), exhibits.insert)
    story.append(signatures("VIỆN TRƯỞNG", "", "Ngô Thị Khuê", ["Ban Tổ chức hội nghị;", "Lưu: VT."]))
    story += appendices(
        ("SƠ ĐỒ TƯ DUY CÓ LIÊN KẾT BÚT LỤC", "chart-case"), ("SỔ THEO DÕI LỖI SỐ HÓA QUÝ IV", "long-faults")
    )
    report.build(story)
    return report.page


def plan(path: Path, day: date) -> int:
    """Dự thảo Kế hoạch chuyển đổi số 2027, second version; returns its pages. A draft has no number and no day."""
    faces()
    report = Report(path, "Dự thảo Kế hoạch ứng dụng CNTT, chuyển đổi số năm 2027 (v2)")
    mark = style("draft", fontName="Serif-Bold", fontSize=13, textColor="#b3202c", spaceAfter=2)
    story = [Paragraph("DỰ THẢO LẦN 2", mark)]
    story += [
        letterhead(
            "Số: &nbsp;&nbsp;&nbsp;&nbsp; /KH-VKS",
            "Lạc Giang, ngày &nbsp;&nbsp;&nbsp; tháng &nbsp;&nbsp;&nbsp; năm 2026",
        )
    ]
    story += heading(
        "KẾ HOẠCH",
        "Ứng dụng công nghệ thông tin, chuyển đổi số năm 2027",
        "của Viện kiểm sát nhân dân hai cấp tỉnh Lạc Giang",
    )
    bases = (
        "Căn cứ Luật Tổ chức Viện kiểm sát nhân dân;",
        "Căn cứ Báo cáo số 412/BC-VKS về tổng kết công tác kiểm sát năm 2026;",
        f"Căn cứ Báo cáo chuyên đề số 413/BC-VKS ngày {day:%d/%m/%Y} về hạ tầng, nhân lực công nghệ thông tin;",
        "Theo đề nghị của Trưởng phòng Thống kê tội phạm và Công nghệ thông tin.",
    )
    italic = style("bases", fontName="Serif-Italic", firstLineIndent=36)
    story += [Paragraph(base, italic) for base in bases]
    story += flow(text("ke-hoach"), exhibits.insert)
    copies = [
        "VKSND tối cao (để báo cáo);",
        "Lãnh đạo Viện;",
        "Các phòng, VKSND khu vực 1 - 9;",
        "Lưu: VT, TKTP&amp;CNTT.",
    ]
    story.append(signatures("VIỆN TRƯỞNG", "", "Nguyễn Văn An", copies, signed=False))
    story += appendices(
        ("CHỈ TIÊU GIAO CHO CÁC ĐƠN VỊ NĂM 2027", "long-targets"),
        ("TIẾN ĐỘ THỰC HIỆN", "long-tasks-plan"),
        ("ĐƯỜNG TRUYỀN CÁC ĐIỂM CẦU CẦN NÂNG CẤP", "chart-network"),
        ("TỔNG HỢP Ý KIẾN GÓP Ý DỰ THẢO LẦN 1", "long-changes"),
    )
    report.build(story)
    return report.page

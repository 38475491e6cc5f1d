"""What the office has prepared for meetings that come again: a series, templates of agendas and of minutes."""

from meetingroom import clock
from meetingroom.demo.people import COMMITTEE
from meetingroom.minutes import rich, rich_reading, template_store
from meetingroom.minutes.template_store import Template
from meetingroom.tasks import series_store

BRIEFING, CASE, CONFERENCE = "demo-giao-ban", "demo-hop-an", "demo-hoi-nghi"
AGENDAS = (
    (
        BRIEFING,
        "Giao ban tháng",
        (
            ("Báo cáo kết quả công tác tháng trước, nhiệm vụ trọng tâm tháng này", 20),
            ("Các phòng nghiệp vụ báo cáo: thụ lý, giải quyết án; vi phạm, kiến nghị, kháng nghị", 40),
            ("VKSND các khu vực báo cáo qua điểm cầu; khó khăn, vướng mắc, đề xuất", 40),
            ("Công tác tổ chức cán bộ, tài chính, công nghệ thông tin và chuyển đổi số", 15),
            ("Thảo luận những việc phối hợp giữa các đơn vị", 20),
            ("Kết luận của Viện trưởng; giao nhiệm vụ, thời hạn cho từng đơn vị", 15),
        ),
    ),
    (
        CASE,
        "Họp án (báo cáo án với lãnh đạo Viện)",
        (
            ("Kiểm sát viên thụ lý báo cáo nội dung vụ án, quá trình tố tụng", 20),
            ("Báo cáo việc đánh giá chứng cứ, căn cứ pháp luật áp dụng; trình chiếu sơ đồ tư duy", 20),
            ("Quan điểm của Kiểm sát viên và của lãnh đạo phòng; những vấn đề còn ý kiến khác nhau", 15),
            ("Câu hỏi và ý kiến của thành viên dự họp", 30),
            ("Biểu quyết đường lối giải quyết (khi chủ tọa yêu cầu)", 10),
            ("Kết luận của lãnh đạo Viện; yêu cầu điều tra bổ sung, thời hạn thực hiện", 10),
        ),
    ),
    (
        CONFERENCE,
        "Hội nghị sơ kết, tổng kết",
        (
            ("Chào cờ; tuyên bố lý do, giới thiệu đại biểu; thông qua chương trình", 10),
            ("Báo cáo kết quả công tác, phương hướng, nhiệm vụ trọng tâm", 30),
            ("Tham luận của các đơn vị", 45),
            ("Thảo luận, giải trình", 30),
            ("Phát biểu chỉ đạo của lãnh đạo cấp trên", 15),
            ("Công bố quyết định khen thưởng; trao thưởng", 15),
            ("Kết luận; bế mạc", 10),
        ),
    ),
)
MINUTES = (
    (
        "demo-bb-giao-ban",
        "briefing",
        "Giao ban: báo cáo của một đơn vị",
        "<p><strong>1. Kết quả thực hiện nhiệm vụ trong tháng</strong></p>"
        "<ul><li><p>Thụ lý: … ; đã giải quyết: … ; đạt tỷ lệ … %.</p></li>"
        "<li><p>Kiến nghị, kháng nghị đã ban hành: … ; được tiếp thu, chấp nhận: …</p></li></ul>"
        "<p><strong>2. Tồn tại, khó khăn và nguyên nhân</strong></p><p>…</p>"
        "<p><strong>3. Nhiệm vụ trọng tâm tháng tới</strong></p><p>…</p>"
        "<p><strong>4. Đề xuất, kiến nghị với lãnh đạo Viện</strong></p><p>…</p>",
    ),
    (
        "demo-bb-hop-an",
        "case_report",
        "Họp án: nội dung và đường lối giải quyết",
        "<p><strong>1. Nội dung vụ án, quá trình tố tụng</strong></p>"
        "<p>Vụ án khởi tố ngày … theo Quyết định số … về tội …, quy định tại khoản … Điều … Bộ luật Hình sự. "
        "Bị can: … Thời hạn điều tra, truy tố đến ngày …</p>"
        "<p><strong>2. Chứng cứ và đánh giá chứng cứ</strong></p>"
        "<ul><li><p>Chứng cứ buộc tội: …</p></li><li><p>Chứng cứ gỡ tội: …</p></li>"
        "<li><p>Những mâu thuẫn cần làm rõ: …</p></li></ul>"
        "<p><strong>3. Quan điểm giải quyết</strong></p>"
        "<ul><li><p>Kiểm sát viên thụ lý: …</p></li><li><p>Lãnh đạo phòng: …</p></li>"
        "<li><p>Ý kiến khác: …</p></li></ul>"
        "<p><strong>4. Kết luận của lãnh đạo Viện</strong></p>"
        "<p>Đồng ý với quan điểm …; yêu cầu Kiểm sát viên …, báo cáo kết quả trước ngày …</p>",
    ),
    (
        "demo-bb-hoi-nghi",
        "conference",
        "Hội nghị: khai mạc, tham luận, kết luận",
        "<p>Đồng chí … tuyên bố lý do, giới thiệu đại biểu và thông qua chương trình hội nghị.</p>"
        "<p><strong>Tham luận</strong></p><ul><li><p>Đại diện … trình bày tham luận “…”: …</p></li>"
        "<li><p>Đại diện … trình bày tham luận “…”: …</p></li></ul>"
        "<p><strong>Ý kiến chỉ đạo</strong></p><p>Ghi nhận, đánh giá cao …; yêu cầu thời gian tới tập trung: …</p>",
    ),
)


def keep(db, people: dict[str, str]) -> None:
    """Templates, and the monthly briefing; once, so that what is changed later stays."""
    organiser = people["organiser"]
    for key, name, items in AGENDAS:
        if not series_store.find_template(db, key):
            rows = [{"title": title, "minutes": minutes, "presenters": []} for title, minutes in items]
            series_store.save_template(db, key, organiser, name, rows)
    for key, kind, title, html in MINUTES:
        if not template_store.find(db, key):
            text = rich.write(rich_reading.parse(html))
            template_store.keep(db, Template(key, kind, title, text, clock.now(), organiser))
    roles = {"chair": "chair", "cochair": "cochair", "organiser": "organiser", "secretary": "secretary"}
    usual = [{"person": people[who], "role": roles.get(who, "delegate")} for who in ("secretary", *COMMITTEE)]
    name = "Giao ban tháng của Viện kiểm sát nhân dân tỉnh"
    series_store.add_series(db, "demo-giao-ban", organiser, name, "briefing", "", usual, BRIEFING)

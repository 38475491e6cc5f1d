"""What the secretary wrote at the meeting that is over: the text on each item, the written opinion, the conclusions."""

from pathlib import Path

# One section for each item, from "# 1" on.
SECTIONS = (Path(__file__).parent / "texts" / "ghi-chep.txt").read_text(encoding="utf-8").strip().split("# ")[1:]
NOTES = {int(section.split("\n")[0]): section.split("\n", 1)[1].strip() for section in SECTIONS}
GENERAL = "Hội nghị diễn ra nghiêm túc, đúng chương trình; tài liệu được xem trên thiết bị, không phát tài liệu giấy."
OPINION = (
    "Việc số hóa hồ sơ án dân sự nên thực hiện trước với án có kháng nghị và án hành chính; "
    "đề nghị lùi mốc báo cáo án 100% bằng sơ đồ tư duy đối với án dân sự sang quý III/2027."
)
OTHER_VIEW = "Lùi mốc báo cáo án 100% bằng sơ đồ tư duy sang quý III"

CONCLUSIONS = (  # text, lead, cooperating, days after the meeting, deliverable
    (
        "Ban hành Thông báo kết luận và Kế hoạch chuyển đổi số năm 2027",
        "Văn phòng",
        ("Phòng TKTP&CNTT",),
        7,
        "Thông báo, Kế hoạch",
    ),
    (
        "Kiểm tra, nâng cấp đường truyền ĐC05, ĐC07, ĐC09; lập danh mục thiết bị",
        "Phòng TKTP&CNTT",
        ("VKSND khu vực 5", "VKSND khu vực 7", "VKSND khu vực 9"),
        15,
        "Biên bản kiểm tra",
    ),
    (
        "Tập huấn số hóa hồ sơ, sơ đồ tư duy cho 100% Kiểm sát viên, Kiểm tra viên hai cấp",
        "Phòng 1",
        ("Phòng 15", "Phòng TKTP&CNTT"),
        44,
        "Danh sách, tài liệu",
    ),
    (
        "Mỗi đơn vị báo cáo ít nhất 02 vụ án bằng sơ đồ tư duy có liên kết bút lục",
        "Các phòng nghiệp vụ, VKSND khu vực 1 - 9",
        ("Văn phòng",),
        72,
        "Báo cáo kết quả",
    ),
    (
        "Tự chấm chỉ số ứng dụng CNTT quý I, đề xuất VKSND tối cao",
        "Phòng TKTP&CNTT",
        ("Các đơn vị",),
        105,
        "Báo cáo, Tờ trình",
    ),
)
HEAD = {
    "number": "05/BB-VKS",
    "recipients": "VKSND tối cao (để báo cáo)\nLãnh đạo Viện\nCác phòng, VKSND khu vực 1 - 9\nLưu: VT, Hồ sơ",
}

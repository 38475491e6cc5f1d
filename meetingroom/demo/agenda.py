"""What the demo's conference is: its title, its six items, who presents them."""

from dataclasses import dataclass

TITLE = (
    "Hội nghị tổng kết công tác kiểm sát năm 2026, triển khai công tác năm 2027 "
    "và chuyên đề ứng dụng công nghệ thông tin, chuyển đổi số"
)
MOTTO = "Công minh, chính trực, khách quan, thận trọng, khiêm tốn"
PLACE = "Hội trường tầng 3, VKSND tỉnh Lạc Giang"


@dataclass(frozen=True)
class Item:
    """An item: `presenters` are usernames, `by` is how the programme names them."""

    key: str
    title: str
    minutes: int
    presenters: tuple[str, ...]
    by: str


ITEMS = (
    Item("1", "Khai mạc; điểm danh các điểm cầu; thông qua chương trình", 10, ("organiser",), "Phạm Thị Dung"),
    Item(
        "2", "Báo cáo tóm tắt tổng kết công tác kiểm sát năm 2026, phương hướng 2027", 25, ("cochair",), "Trần Thị Bình"
    ),
    Item(
        "3", "Báo cáo chuyên đề: thực trạng hạ tầng, nhân lực CNTT và chỉ số ứng dụng CNTT", 20,
        ("delegate5",), "Bùi Thị Hạnh",
    ),
    Item(
        "4", "Tham luận: xây dựng sơ đồ tư duy phục vụ báo cáo án; số hóa hồ sơ", 30,
        ("delegate2", "delegate7"), "Hoàng Văn Em; Ngô Thị Khuê (ĐC04)",
    ),
    Item(
        "5", "Thảo luận; biểu quyết Kế hoạch chuyển đổi số 2027; lấy phiếu thi đua", 70,
        ("chair",), "Nguyễn Văn An điều hành",
    ),
    Item("6", "Kết luận; bế mạc", 15, ("chair",), "Nguyễn Văn An"),
)  # fmt: skip

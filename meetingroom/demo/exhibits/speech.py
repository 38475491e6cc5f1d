"""Figures of the contribution on digitising and of the draft plan."""

from meetingroom.demo import charts
from meetingroom.demo.charts import Figure
from meetingroom.demo.exhibits.registry import exhibit


@exhibit("chart-process", "Hình 1. Ba người, ba việc: đường đi của một tập hồ sơ")
def process():
    steps: tuple[tuple[str, str], ...] = (("Nhận", "Đối chiếu bảng thống kê"), ("Quét", "Kiểm tra viên A, trong ngày"))
    steps += (("Kiểm tra", "Kiểm tra viên B, 10% số trang"), ("Xác nhận", "Kiểm sát viên thụ lý"))
    steps += (("Sử dụng", "Sơ đồ, báo cáo án, phiên tòa"),)
    return Figure(130, lambda c, box: charts.road(c, box, steps))


@exhibit("chart-quarters", "Hình 2. Hồ sơ số hóa và vụ án báo cáo bằng sơ đồ của khu vực 4 theo quý năm 2026")
def quarters():
    labels, series = ("Quý I", "Quý II", "Quý III", "Quý IV"), ((2, 4, 5, 7), (11, 19, 27, 35))
    names = ("Vụ án báo cáo bằng sơ đồ", "Hồ sơ số hóa")
    return Figure(175, lambda c, box: charts.columns(c, box, labels, series, names))


@exhibit("chart-plan-cycle", "Hình 1. Một cuộc họp không giấy, từ giấy mời đến thông báo kết luận")
def cycle():
    steps: tuple[tuple[str, str], ...] = (
        ("T - 5 ngày", "Giấy mời, chương trình"),
        ("T - 3 ngày", "Phát hành tài liệu"),
    )
    steps += (("T - 60 phút", "Kiểm tra điểm cầu"), ("T", "Họp, biểu quyết, đọc lại kết luận"))
    steps += (("T + 1 ngày", "Hoàn thành biên bản"), ("T + 5 ngày", "Thông báo kết luận"))
    return Figure(135, lambda c, box: charts.road(c, box, steps))

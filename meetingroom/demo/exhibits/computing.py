"""Figures and computed tables of the report on IT."""

from reportlab.lib.units import mm

from meetingroom.demo import charts
from meetingroom.demo.charts import Figure
from meetingroom.demo.diagrams import network
from meetingroom.demo.exhibits.registry import exhibit
from meetingroom.demo.figures import INDEX, SHORT, SURVEY, number, percent
from meetingroom.demo.typeset import WIDTH, grid


@exhibit("chart-method", "Hình 1. Các bước khảo sát")
def method():
    steps: tuple[tuple[str, str], ...] = (("Bước 1", "Gửi phiếu 14 nội dung"), ("Bước 2", "Đơn vị tự khai, xác nhận"))
    steps += (("Bước 3", "Kiểm tra thực tế 06/10 đơn vị"), ("Bước 4", "Tổng hợp, đối chiếu"), ("Bước 5", "Báo cáo"))
    return Figure(120, lambda c, box: charts.road(c, box, steps))


@exhibit("chart-age", "Hình 2. Máy tính đã dùng trên 05 năm, tỷ lệ theo đơn vị (%)")
def age():
    rows = [(name, 100 * row[5] / row[4]) for name, row in zip(SHORT, SURVEY, strict=True)]
    old = tuple(i for i, (_, rate) in enumerate(rows) if rate > 45)
    return Figure(200, lambda c, box: charts.bars(c, box, rows, top=65, unit="%", places=1, left=0.1, marks=old))


@exhibit("chart-lines", "Hình 3. Tốc độ đường truyền của các điểm cầu (Mbps); màu đỏ: điểm cầu chưa ổn định")
def lines():
    rows = [(f"ĐC0{i}", row[9]) for i, row in enumerate(SURVEY)]
    return Figure(200, lambda c, box: charts.bars(c, box, rows, top=340, left=0.1, marks=(5, 7, 9)))


@exhibit("chart-skills", "Hình 4. Kỹ năng tự đánh giá của 159 Kiểm sát viên, Kiểm tra viên (%)")
def skills():
    rows = [("Đã được tập huấn", 78), ("Tự tin quét, sắp xếp hồ sơ", 70), ("Tự tin lập sơ đồ tư duy", 61)]
    rows += [("Tự tin dẫn chiếu bút lục trên hồ sơ số", 57), ("Tự tin trình chiếu chứng cứ tại phiên tòa", 44)]
    return Figure(150, lambda c, box: charts.bars(c, box, rows, top=100, unit="%", left=0.42))


@exhibit("chart-time", "Hình 5. Thời gian báo cáo trung bình một vụ án (phút)")
def time_saved():
    labels = ("Quý IV/2025", "Quý I/2026", "Quý II/2026", "Quý III/2026", "Quý IV/2026")
    return Figure(150, lambda c, box: charts.columns(c, box, labels, ((95, 84, 71, 60, 52),)))


@exhibit("chart-index", "Hình 6. Tỷ lệ điểm đạt theo nhóm chỉ số năm 2026 (%)")
def index_bars():
    rows = [(name, 100 * now / most) for name, most, _, now in INDEX]
    return Figure(200, lambda c, box: charts.bars(c, box, rows, top=112, unit="%", left=0.4, marks=(3, 6)))


@exhibit("table-index", "Bảng. Chỉ số ứng dụng công nghệ thông tin (tự chấm)")
def index():
    rows: list[list] = [["Nhóm", "Nội dung", "Điểm tối đa", "2025", "2026", "Tỷ lệ đạt"]]
    for i, (name, most, before, now) in enumerate(INDEX, 1):
        rows.append([str(i), name, number(most), number(before), number(now), percent(now, most)])
    most, before, now = (sum(row[k] for row in INDEX) for k in (1, 2, 3))
    rows.append(["", "Tổng điểm", number(most), number(before), number(now), percent(now, most)])
    widths = (16 * mm, WIDTH - 100 * mm, 22 * mm, 19 * mm, 19 * mm, 24 * mm)
    return grid(rows, widths, align="clcccc", total=True)


@exhibit("table-survey", "Bảng. Tóm tắt khảo sát 10 đơn vị")
def survey():
    rows: list[list] = [["Đơn vị", "Có mặt", "Máy tính", "Máy quét", "Mbps", "Dự phòng", "CNTT", "Tình trạng điểm cầu"]]
    names = ("VKSND tỉnh", *(f"Khu vực {n}" for n in range(1, 10)))
    for name, row in zip(names, SURVEY, strict=True):
        rows.append([name, row[1], row[4], row[6], row[9], row[12], row[10] + row[11], row[13]])
    widths = [WIDTH * part / 16.4 for part in (2.6, 1.5, 1.8, 1.8, 1.6, 1.8, 1.6, 3.7)]
    return grid(rows, widths, align="lccccccl")


exhibit("chart-network")(lambda: Figure(470, network))

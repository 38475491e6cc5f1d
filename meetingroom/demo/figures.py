"""The figures of the fictional tỉnh Lạc Giang: one source for every paper of the demo, so that they agree."""

from typing import Any

UNITS = ("Các phòng nghiệp vụ VKSND tỉnh", *(f"VKSND khu vực {n} - Lạc Giang" for n in range(1, 10)))
SHORT = ("Tỉnh", *(f"KV{n}" for n in range(1, 10)))

# key: (what it is, unit of count, 2025, 2026)
INDICATORS = {
    "tin_thu_ly": ("Tố giác, tin báo thụ lý kiểm sát", "tin", 1251, 1332),
    "tin_giai_quyet": ("Tin báo, tố giác đã giải quyết", "tin", 1197, 1284),
    "khoi_to": ("Vụ án khởi tố mới", "vụ", 731, 768),
    "bi_can": ("Bị can khởi tố mới", "bị can", 1204, 1263),
    "dieu_tra": ("Vụ án thụ lý kiểm sát điều tra", "vụ", 934, 982),
    "truy_to": ("Vụ án truy tố", "vụ", 642, 671),
    "yeu_cau": ("Yêu cầu điều tra đã ban hành", "văn bản", 588, 660),
    "so_tham": ("Vụ án xét xử sơ thẩm", "vụ", 655, 689),
    "rut_kinh_nghiem": ("Phiên tòa rút kinh nghiệm", "phiên", 54, 61),
    "truc_tuyen": ("Phiên tòa kết nối trực tuyến đến trụ sở", "phiên", 7, 18),
    "dan_su": ("Vụ việc dân sự thụ lý kiểm sát", "vụ việc", 3412, 3586),
    "dan_su_xong": ("Vụ việc dân sự đã giải quyết", "vụ việc", 3021, 3244),
    "khang_nghi": ("Kháng nghị dân sự, hành chính", "văn bản", 28, 34),
    "kien_nghi": ("Kiến nghị khắc phục vi phạm", "văn bản", 41, 52),
    "thi_hanh": ("Việc thi hành án dân sự thụ lý kiểm sát", "việc", 6284, 6731),
    "truc_tiep": ("Cuộc kiểm sát trực tiếp", "cuộc", 46, 51),
    "don": ("Đơn khiếu nại, tố cáo tiếp nhận", "đơn", 512, 487),
    "so_do": ("Vụ án báo cáo bằng sơ đồ tư duy", "vụ", 37, 94),
    "so_hoa": ("Hồ sơ vụ án đã số hóa", "hồ sơ", 212, 486),
    "trang": ("Trang bút lục đã số hóa", "trang", 61300, 148750),
}

# How the year's work falls on the ten units; one row of weights per kind of work, so that no two columns are alike.
WEIGHTS = {
    "criminal": (14, 19, 11, 9, 12, 8, 9, 7, 6, 5),
    "civil": (8, 24, 12, 10, 13, 8, 8, 6, 6, 5),
    "small": (20, 14, 9, 8, 13, 7, 9, 7, 7, 6),
    "digital": (22, 13, 8, 7, 19, 5, 9, 5, 8, 4),
}
KIND = {
    **dict.fromkeys(("dan_su", "dan_su_xong", "khang_nghi", "kien_nghi", "thi_hanh"), "civil"),
    **dict.fromkeys(("rut_kinh_nghiem", "truc_tuyen", "truc_tiep", "don"), "small"),
    **dict.fromkeys(("so_do", "so_hoa", "trang"), "digital"),
}

CRIMES: tuple[tuple[Any, ...], ...] = (  # group of crimes, cases 2025, cases 2026, accused 2026
    ("Xâm phạm tính mạng, sức khỏe, danh dự", 142, 149, 271),
    ("Xâm phạm sở hữu", 268, 281, 398),
    ("Ma túy", 131, 138, 214),
    ("Kinh tế, môi trường", 47, 52, 83),
    ("Tham nhũng, chức vụ", 11, 14, 37),
    ("Trật tự công cộng, an toàn giao thông", 118, 121, 239),
    ("Tội phạm khác", 14, 13, 21),
)

# Reports of crime taken in each month of the working year, from December of the year before.
MONTHS = ("12", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11")
REPORTS_2025 = (98, 104, 87, 101, 107, 112, 103, 109, 111, 106, 108, 105)
REPORTS_2026 = (104, 110, 91, 108, 113, 121, 112, 117, 119, 114, 116, 107)

SURVEY_COLUMNS = (
    "Biên chế giao", "Có mặt", "Kiểm sát viên", "Kiểm tra viên", "Máy tính", "Máy tính trên 5 năm", "Máy quét",
    "Màn hình lớn", "Máy tính bảng", "Đường truyền (Mbps)", "CNTT chuyên trách", "CNTT kiêm nhiệm",
)  # fmt: skip
SURVEY: tuple[tuple[Any, ...], ...] = (
    (86, 80, 47, 16, 92, 26, 12, 7, 18, 300, 3, 2, "Có", "Tốt"),
    (24, 22, 14, 4, 24, 8, 4, 3, 3, 200, 0, 2, "Có", "Tốt"),
    (15, 14, 8, 3, 15, 6, 2, 2, 2, 150, 0, 1, "Không", "Tốt"),
    (14, 13, 8, 2, 14, 5, 2, 1, 1, 150, 0, 1, "Không", "Tốt"),
    (17, 16, 10, 3, 18, 5, 3, 2, 3, 200, 0, 2, "Có", "Tốt"),
    (12, 11, 7, 2, 12, 6, 1, 1, 1, 60, 0, 1, "Không", "Chập chờn"),
    (13, 12, 8, 2, 13, 6, 2, 2, 1, 150, 0, 1, "Không", "Tốt"),
    (12, 11, 7, 2, 12, 6, 2, 1, 1, 80, 0, 1, "Không", "Mất tiếng"),
    (11, 10, 6, 2, 11, 6, 2, 2, 1, 120, 0, 1, "Không", "Tốt"),
    (10, 9, 6, 2, 10, 5, 1, 1, 1, 50, 0, 1, "Không", "Mất kết nối từng lúc"),
)

INDEX: tuple[tuple[Any, ...], ...] = (  # group of the IT index, most points, 2025, 2026
    ("Chuyển đổi nhận thức", 100, 82, 90),
    ("Kiến tạo thể chế", 100, 78, 86),
    ("Ứng dụng trong quản lý, điều hành, nghiệp vụ", 300, 221, 262),
    ("Hạ tầng, nền tảng số", 150, 96, 108),
    ("Thông tin, dữ liệu số", 150, 101, 134),
    ("An toàn, an ninh mạng", 100, 84, 91),
    ("Đào tạo, nhân lực", 100, 66, 74),
)


def share(total: int, weights) -> list[int]:
    """`total` split by `weights` in whole numbers that sum to it (largest remainders first)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    most_left = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in most_left[: total - sum(parts)]:
        parts[i] += 1
    return parts


def by_unit(key: str) -> list[tuple[int, int]]:
    """(2025, 2026) of an indicator for each of the ten units, in the order of `UNITS`."""
    kind = KIND.get(key, "criminal")
    weights = WEIGHTS[kind]
    _, _, before, now = INDICATORS[key]
    # The year before leaned a little more on the town, so that the units do not all rise by the same rate.
    older = [w * (20 + (3 * i + len(kind)) % 5) for i, w in enumerate(weights)]
    return list(zip(share(before, older), share(now, [w * 22 for w in weights]), strict=True))


def number(n: float, places: int = 0) -> str:
    """`1.284` or `96,4`: as numbers are written in Vietnamese."""
    return f"{n:,.{places}f}".translate(str.maketrans(",.", ".,"))


def percent(part: float, whole: float) -> str:
    """`96,4%`; a whole is written `100%`."""
    return f"{number(100 * part / whole, 1)}%".replace(",0%", "%")


def change(before: float, now: float) -> str:
    """`+7,3%`, `-4,9%`, or `0%`; from 100 up without a decimal."""
    if not before:
        return "-"
    rate = 100 * (now - before) / before
    return f"{'+' if rate > 0 else ''}{number(rate, 0 if abs(rate) >= 100 else 1)}%".replace(",0%", "%")

"""The long lists of the reports: indicators of the year, tasks of the next, abbreviations, checks."""

INDICATOR_ROWS = (  # indicator, set, done
    ("Quản lý, kiểm sát tố giác, tin báo về tội phạm", "100%", "100%"),
    ("Tỷ lệ giải quyết tố giác, tin báo", "≥ 90%", "96,4%"),
    ("Kiểm sát trực tiếp việc tiếp nhận nguồn tin tại Cơ quan điều tra", "≥ 02 lần/năm", "02 lần"),
    ("Kiểm sát trực tiếp tại Công an cấp xã", "≥ 30% số xã", "41%"),
    ("Kháng nghị, kiến nghị trong giải quyết nguồn tin", "≥ 15", "19"),
    ("Ban hành yêu cầu điều tra đối với vụ án phải có yêu cầu", "100%", "100%"),
    ("Tỷ lệ yêu cầu điều tra trên số vụ khởi tố mới", "≥ 80%", "85,9%"),
    ("Kiểm sát khám nghiệm hiện trường, tử thi", "100%", "100%"),
    ("Tỷ lệ giải quyết án trong giai đoạn truy tố", "≥ 95%", "98,1%"),
    ("Truy tố đúng thời hạn", "100%", "100%"),
    ("Truy tố đúng tội danh", "≥ 95%", "100%"),
    ("Án trả hồ sơ điều tra bổ sung", "≤ 2%", "0,9%"),
    ("Đình chỉ điều tra vì không phạm tội", "0", "0"),
    ("Bị cáo Tòa án tuyên không phạm tội", "0", "0"),
    ("Xác định án trọng điểm", "≥ 20 vụ", "23 vụ"),
    ("Phiên tòa hình sự rút kinh nghiệm", "≥ 45", "48"),
    ("Phiên tòa trực tuyến kết nối đến trụ sở", "≥ 12", "18"),
    ("Kháng nghị phúc thẩm hình sự được chấp nhận", "≥ 75%", "92,9%"),
    ("Kiểm sát việc tạm giữ, tạm giam", "100%", "100%"),
    ("Quá hạn tạm giữ, tạm giam thuộc trách nhiệm Viện kiểm sát", "0", "0"),
    ("Kiểm sát trực tiếp nơi tạm giữ, tạm giam", "≥ 10 lần", "12 lần"),
    ("Kiểm sát thi hành án hình sự tại cấp xã", "≥ 30 xã", "34 xã"),
    ("Kiểm sát bản án, quyết định dân sự", "100%", "100%"),
    ("Tham gia phiên tòa dân sự thuộc trường hợp phải tham gia", "100%", "100%"),
    ("Kháng nghị dân sự phúc thẩm được chấp nhận", "≥ 80%", "88,2%"),
    ("Kháng nghị dân sự phúc thẩm cấp khu vực", "09/09 đơn vị", "<b>07/09</b>"),
    ("Phiên tòa dân sự, hành chính rút kinh nghiệm", "≥ 12", "13"),
    ("Kiến nghị khắc phục vi phạm trong giải quyết vụ việc dân sự", "≥ 40", "52"),
    ("Kiểm sát quyết định thi hành án dân sự", "100%", "100%"),
    ("Kiểm sát trực tiếp cơ quan thi hành án dân sự", "≥ 09", "10"),
    ("Giải quyết khiếu nại, tố cáo thuộc thẩm quyền", "≥ 95%", "99,4%"),
    ("Kiểm sát việc giải quyết khiếu nại, tố cáo về tư pháp", "≥ 12 cơ quan", "18 cơ quan"),
    ("Trả lời thỉnh thị đúng hạn", "100%", "100%"),
    ("Báo cáo định kỳ đúng hạn", "100%", "100%"),
    ("Nhiệm vụ sau hội nghị hoàn thành đúng hạn", "≥ 90%", "92,1%"),
    ("Văn bản đi ký số, gửi trên môi trường mạng", "≥ 95%", "98,7%"),
    ("Hồ sơ vụ án hình sự được số hóa", "≥ 55%", "<b>49,5%</b>"),
    ("Vụ án báo cáo bằng sơ đồ tư duy", "≥ 60", "94"),
    ("Cán bộ được tập huấn số hóa hồ sơ, sơ đồ tư duy", "100%", "<b>78%</b>"),
    ("Cuộc họp không giấy trên tổng số cuộc họp cấp tỉnh", "≥ 60%", "75%"),
    ("Chỉ số ứng dụng công nghệ thông tin", "≥ 800 điểm", "845 điểm"),
)
MISSED = (26, 37, 39)  # numbers of the three that were not reached

TASKS = (  # task, lead, with whom, until, product
    ("Ban hành Thông báo kết luận hội nghị, Kế hoạch chuyển đổi số năm 2027", "Văn phòng", "P. TKTP&amp;CNTT", "23/12/2026", "TB-VKS, KH-VKS"),
    ("Kiểm tra, nâng cấp đường truyền ĐC05, ĐC07, ĐC09; lập danh mục thiết bị", "P. TKTP&amp;CNTT", "VKSND khu vực 5, 7, 9", "31/12/2026", "Biên bản kiểm tra"),
    ("Giao chỉ tiêu công tác năm 2027 cho từng đơn vị", "Văn phòng", "Các phòng nghiệp vụ", "31/12/2026", "Quyết định"),
    ("Ký quy chế phối hợp liên ngành về bản số hóa hồ sơ", "Phòng 1", "Phòng 3, Phòng 9", "20/01/2027", "Quy chế"),
    ("Tập huấn số hóa hồ sơ, sơ đồ tư duy cho 100% KSV, KTV hai cấp", "Phòng 1", "Phòng 15, P. TKTP&amp;CNTT", "29/01/2027", "Danh sách, tài liệu"),
    ("Mỗi đơn vị báo cáo ít nhất 02 vụ án bằng sơ đồ tư duy có liên kết bút lục", "Các đơn vị", "Văn phòng", "26/02/2027", "Báo cáo kết quả"),
    ("Tự chấm chỉ số ứng dụng CNTT quý I, đề xuất VKSND tối cao", "P. TKTP&amp;CNTT", "Các đơn vị", "31/3/2027", "Báo cáo, Tờ trình"),
    ("Kiểm tra toàn diện VKSND khu vực 5, khu vực 7", "Thanh tra", "Phòng 1, Phòng 9", "30/4/2027", "Kết luận"),
    ("Hoàn thành thư viện 30 sơ đồ mẫu theo loại tội phạm", "Phòng 1", "Phòng 3", "31/5/2027", "Thư viện điện tử"),
    ("Sơ kết công tác 6 tháng đầu năm", "Văn phòng", "Các đơn vị", "15/6/2027", "Báo cáo"),
    ("Hoàn thành mua sắm máy quét, đường truyền dự phòng", "Văn phòng", "P. TKTP&amp;CNTT", "30/6/2027", "Biên bản nghiệm thu"),
    ("Rà soát, khôi phục giải quyết nguồn tin, vụ án tạm đình chỉ", "Phòng 1", "VKSND khu vực 1 - 9", "31/7/2027", "Danh mục, báo cáo"),
    ("Hội thi báo cáo án bằng sơ đồ tư duy cấp tỉnh", "Phòng 15", "Phòng 1, Văn phòng", "30/9/2027", "Kế hoạch, kết quả"),
    ("Chuyên đề nâng cao tỷ lệ kháng nghị dân sự cấp khu vực", "Phòng 9", "VKSND khu vực 7, 9", "30/9/2027", "Chuyên đề"),
    ("Tổng kết thi đua, đánh giá, xếp loại năm 2027", "Phòng 15", "Các đơn vị", "20/11/2027", "Tờ trình"),
)  # fmt: skip

SHORT_FORMS = (
    ("BL", "Bút lục"), ("CNTT", "Công nghệ thông tin"), ("CQĐT", "Cơ quan điều tra"), ("ĐC", "Điểm cầu"),
    ("ĐTBS", "Điều tra bổ sung"), ("HĐND", "Hội đồng nhân dân"), ("KSV", "Kiểm sát viên"), ("KTV", "Kiểm tra viên"),
    ("KV", "Khu vực"), ("TAND", "Tòa án nhân dân"), ("THADS", "Thi hành án dân sự"),
    ("THQCT", "Thực hành quyền công tố"), ("TKTP", "Thống kê tội phạm"), ("UBKS", "Ủy ban kiểm sát"),
    ("UBND", "Ủy ban nhân dân"), ("VKSND", "Viện kiểm sát nhân dân"), ("VP", "Văn phòng"), ("VT", "Văn thư"),
)  # fmt: skip

SITE_CHECKS = (
    ("Nguồn điện, bộ lưu điện", "Rút điện thử 05 phút, thiết bị không tắt"),
    ("Đường truyền chính", "Tốc độ hai chiều đạt mức tối thiểu 20 Mbps, độ trễ dưới 60 ms"),
    ("Đường truyền dự phòng", "Chuyển đường, kết nối lại trong 02 phút"),
    ("Hình ảnh chiều đi", "Điểm cầu chính nhận rõ toàn cảnh và người phát biểu"),
    ("Hình ảnh chiều đến", "Màn hình không giật, không nhòe"),
    ("Âm thanh chiều đi", "Từng micro được thử, không hú, không vọng"),
    ("Âm thanh chiều đến", "Nghe rõ ở hàng ghế cuối"),
    ("Tài liệu trên thiết bị", "Mở được trang đầu, trang cuối của từng tài liệu"),
    ("Theo trang trình bày", "Chuyển 05 trang, thiết bị của điểm cầu hiển thị đúng trang"),
    ("Thiết bị dùng chung", "Pin trên 80%, đã đăng nhập đúng đại biểu"),
    ("Điểm danh", "Danh sách đại biểu đầy đủ, có người dự phòng thao tác"),
    ("Liên lạc khẩn", "Số điện thoại kỹ thuật hai đầu đã gọi thử"),
)

VISITS = (  # unit, what was found, what was agreed
    ("VKSND khu vực 1", "Đường truyền tốt; máy chiếu phòng họp mờ, độ sáng còn dưới một nửa", "Thay bằng màn hình lớn trong quý I"),
    ("VKSND khu vực 4", "Số hóa nền nếp; tệp đặt tên thống nhất; sao lưu hằng tuần", "Nhân rộng cách đặt tên tệp, bảng kê"),
    ("VKSND khu vực 5", "Tín hiệu chập chờn sau 14 giờ; bộ định tuyến đã dùng 08 năm", "Thay bộ định tuyến, thêm đường dự phòng"),
    ("VKSND khu vực 6", "Thiết bị đầy đủ; 03 máy tính chưa cập nhật hệ điều hành", "Cập nhật trong 10 ngày"),
    ("VKSND khu vực 7", "Bộ trộn âm thanh hỏng một kênh; micro để bàn nhiễu", "Thay bộ trộn, 04 micro"),
    ("VKSND khu vực 9", "Cáp quang đi chung cột điện, đứt 03 lần trong năm; không có dự phòng", "Lắp đường dự phòng không dây; bộ lưu điện"),
)  # fmt: skip

CRITERIA = (  # group, criterion, most, 2026
    ("1", "Lãnh đạo đơn vị trực tiếp phụ trách chuyển đổi số", 30, 30),
    ("1", "Nghị quyết, kế hoạch được ban hành trong quý I", 30, 28),
    ("1", "Tin, bài, chuyên mục tuyên truyền", 40, 32),
    ("2", "Quy chế quản lý, sử dụng phần mềm dùng chung", 40, 36),
    ("2", "Quy chế bảo đảm an toàn thông tin", 30, 28),
    ("2", "Tiêu chí số trong đánh giá, xếp loại", 30, 22),
    ("3", "Văn bản ký số, gửi nhận trên mạng", 60, 58),
    ("3", "Họp không giấy, hội nghị trực tuyến", 60, 55),
    ("3", "Báo cáo án bằng sơ đồ tư duy", 60, 52),
    ("3", "Phần mềm quản lý án, quản lý đơn", 60, 50),
    ("3", "Thư điện tử, hệ thống báo cáo", 60, 47),
    ("4", "Tỷ lệ máy tính đạt cấu hình tối thiểu", 40, 27),
    ("4", "Đường truyền và dự phòng", 50, 31),
    ("4", "Phòng họp, phòng báo cáo án", 40, 34),
    ("4", "Máy quét, thiết bị số hóa", 20, 16),
    ("5", "Số hóa hồ sơ vụ án", 80, 71),
    ("5", "Số hóa hồ sơ lưu trữ", 40, 33),
    ("5", "Chất lượng dữ liệu thống kê", 30, 30),
    ("6", "Phòng chống mã độc, cập nhật", 40, 38),
    ("6", "Sao lưu, phục hồi dữ liệu", 30, 24),
    ("6", "Quản lý tài khoản, phân quyền", 30, 29),
    ("7", "Công chức chuyên trách", 40, 24),
    ("7", "Đào tạo kỹ năng số", 60, 50),
)

PLANS = (
    ("Kế hoạch công tác kiểm sát năm 2026", "Văn phòng", "15/12/2025"),
    ("Nâng cao chất lượng kiểm sát việc giải quyết nguồn tin về tội phạm tại cấp xã", "Phòng 1", "08/01/2026"),
    ("Phối hợp thu hồi tài sản trong án kinh tế, tham nhũng", "Phòng 3", "12/01/2026"),
    ("Phiên tòa rút kinh nghiệm, phiên tòa trực tuyến kết nối đến trụ sở", "Phòng 1", "20/01/2026"),
    ("Nâng cao chất lượng, hiệu quả kháng nghị dân sự", "Phòng 9", "22/01/2026"),
    ("Ứng dụng công nghệ thông tin, chuyển đổi số năm 2026", "P. TKTP&amp;CNTT", "26/01/2026"),
    ("Số hóa hồ sơ, báo cáo án bằng sơ đồ tư duy", "Phòng 1", "05/02/2026"),
    ("Đào tạo, bồi dưỡng, tự đào tạo tại chỗ", "Phòng 15", "09/02/2026"),
    ("Kiểm tra nghiệp vụ VKSND khu vực", "Văn phòng", "03/3/2026"),
    ("Họp không giấy ở VKSND hai cấp", "Văn phòng", "16/3/2026"),
    ("Kiểm sát thi hành án hành chính", "Phòng 9", "06/4/2026"),
    ("Phong trào thi đua chào mừng các ngày lễ lớn", "Phòng 15", "04/5/2026"),
    ("Bảo vệ bí mật nhà nước, an toàn thông tin", "Văn phòng", "18/5/2026"),
)

TRIALS = (  # date, unit, about, watchers
    ("14/01/2026", "Khu vực 1", "Mua bán trái phép chất ma túy", 38), ("27/01/2026", "VKSND tỉnh", "Giết người", 52),
    ("12/3/2026", "Khu vực 4", "Trộm cắp tài sản", 41), ("25/3/2026", "Khu vực 2", "Cố ý gây thương tích", 44),
    ("08/4/2026", "VKSND tỉnh", "Tham ô tài sản", 63), ("21/4/2026", "Khu vực 6", "Vi phạm quy định về giao thông", 39),
    ("07/5/2026", "Khu vực 1", "Lừa đảo chiếm đoạt tài sản", 57), ("19/5/2026", "Khu vực 3", "Tranh chấp đất bãi bồi", 36),
    ("04/6/2026", "Khu vực 5", "Tàng trữ trái phép chất ma túy", 33), ("18/6/2026", "VKSND tỉnh", "Phúc thẩm: hủy hoại tài sản", 48),
    ("09/7/2026", "Khu vực 4", "Khai thác tài nguyên trái phép", 46), ("23/7/2026", "Khu vực 2", "Cướp giật tài sản", 40),
    ("06/8/2026", "Khu vực 8", "Chia thừa kế quyền sử dụng đất", 37), ("20/8/2026", "Khu vực 6", "Đánh bạc", 35),
    ("10/9/2026", "Khu vực 1", "Lừa đảo qua không gian mạng", 71), ("24/9/2026", "Khu vực 7", "Hủy hoại rừng", 44),
    ("08/10/2026", "VKSND tỉnh", "Khiếu kiện quyết định thu hồi đất", 59), ("22/10/2026", "Khu vực 9", "Gây rối trật tự công cộng", 45),
)  # fmt: skip

YEAR_PLAN = (
    ("12/2026", "Ban hành kế hoạch công tác, giao chỉ tiêu; nâng cấp đường truyền ba điểm cầu"),
    ("01/2027", "Tập huấn số hóa hồ sơ, sơ đồ tư duy tại chỗ (14 lớp); ký quy chế phối hợp liên ngành"),
    ("02/2027", "Mỗi đơn vị hoàn thành báo cáo 02 vụ án bằng sơ đồ tư duy; kiểm sát trực tiếp nơi tạm giữ dịp Tết"),
    ("3/2027", "Tự chấm chỉ số ứng dụng CNTT quý I; giao ban quý I toàn tỉnh"),
    ("4/2027", "Kiểm tra toàn diện VKSND khu vực 5, khu vực 7"),
    ("5/2027", "Hoàn thành thư viện 30 sơ đồ mẫu; kiểm sát trực tiếp cơ quan thi hành án dân sự"),
    ("6/2027", "Sơ kết công tác 6 tháng; nghiệm thu máy quét, đường truyền dự phòng"),
    ("7/2027", "Rà soát nguồn tin, vụ án tạm đình chỉ; tập huấn chứng cứ điện tử"),
    ("8/2027", "Kiểm sát việc xét giảm thời hạn chấp hành án; thi cấp cơ sở về sơ đồ tư duy"),
    ("9/2027", "Hội thi báo cáo án bằng sơ đồ tư duy cấp tỉnh; chuyên đề kháng nghị dân sự"),
    ("10/2027", "Kiểm tra việc thực hiện kết luận hội nghị; thẩm định số liệu năm"),
    ("11/2027", "Đánh giá, xếp loại; tổng kết công tác năm 2027"),
)

SURVEY_FORM = (
    ("Tổng số biên chế được giao, số có mặt", "Người"), ("Số Kiểm sát viên, Kiểm tra viên", "Người"),
    ("Số máy tính đang sử dụng", "Máy"), ("Trong đó đã dùng trên 05 năm", "Máy"), ("Máy quét, loại máy quét", "Máy"),
    ("Màn hình lớn, máy chiếu tại phòng họp", "Bộ"), ("Máy tính bảng dùng chung", "Máy"),
    ("Tốc độ đường truyền chính (đo thực tế)", "Mbps"), ("Đường truyền dự phòng", "Có/Không"),
    ("Cán bộ CNTT chuyên trách, kiêm nhiệm", "Người"), ("Cán bộ đã được tập huấn số hóa, sơ đồ tư duy", "Người"),
    ("Hồ sơ vụ án đã số hóa trong năm", "Hồ sơ"), ("Vụ án báo cáo bằng sơ đồ tư duy", "Vụ"),
    ("Khó khăn, đề xuất của đơn vị", "Ghi rõ"),
)  # fmt: skip

WANTED = (  # unit, scanners, computers, tablets, backup line
    ("VKSND tỉnh", 0, 12, 12, "-"), ("VKSND khu vực 1", 1, 5, 3, "-"), ("VKSND khu vực 2", 1, 3, 3, "Có"),
    ("VKSND khu vực 3", 1, 3, 3, "Có"), ("VKSND khu vực 4", 0, 2, 3, "-"), ("VKSND khu vực 5", 2, 4, 3, "Ưu tiên"),
    ("VKSND khu vực 6", 1, 3, 2, "Có"), ("VKSND khu vực 7", 1, 3, 3, "Ưu tiên"), ("VKSND khu vực 8", 0, 2, 2, "Có"),
    ("VKSND khu vực 9", 2, 3, 2, "Ưu tiên"),
)  # fmt: skip

UNIT_TARGETS = (  # unit, files digitised, mind maps, trained, meetings without paper
    ("Phòng 1", "100%", 24, "100%", "100%"), ("Phòng 3", "100%", 12, "100%", "100%"),
    ("Phòng 9", "40%", 10, "100%", "100%"), ("Phòng 15, Văn phòng, P. TKTP&amp;CNTT", "-", "-", "100%", "100%"),
    *((f"VKSND khu vực {n}", "100%", maps, "100%", "100%") for n, maps in enumerate((24, 16, 14, 30, 10, 16, 10, 14, 8), 1)),
)  # fmt: skip

DRAFT_CHANGES = (  # article of the draft, proposed by, opinion, how it was taken up
    ("Mục III.2", "Phòng 1, khu vực 6", "Lùi mốc 100% báo cáo án bằng sơ đồ sang quý III", "Trình hội nghị biểu quyết"),
    ("Mục II", "Khu vực 5", "Giảm chỉ tiêu số hóa trong quý I do thiếu máy quét", "Tiếp thu một phần: tính từ khi có máy"),
    ("Mục III.1.b", "Phòng 9", "Thí điểm số hóa án hành chính trước, án dân sự sau", "Tiếp thu"),
    ("Mục III.4", "Khu vực 9", "Ưu tiên đường truyền dự phòng không dây", "Tiếp thu"),
    ("Mục III.6", "Phòng 15", "Tập huấn nhóm nhỏ không quá 15 người", "Tiếp thu"),
    ("Mục IV", "Văn phòng", "Tách kinh phí âm thanh ĐC07 thành mục riêng", "Tiếp thu"),
    ("Mục V", "Khu vực 1", "Báo cáo hằng quý thay cho hằng tháng", "Không tiếp thu: cần theo dõi sát trong năm đầu"),
)

FAULTS = (  # step, fault, times, what was changed
    ("Quét", "Lệch trang, mất lề trái", 9, "Thêm khay dẫn giấy; xem lại 05 trang đầu mỗi tập"),
    ("Quét", "Thiếu mặt sau", 6, "Bật chế độ hai mặt mặc định; xóa trang trắng sau khi kiểm tra"),
    ("Quét", "Trang mờ, giấy mỏng", 11, "Lót giấy đen phía sau; chụp bổ sung bằng máy ảnh"),
    ("Đặt tên", "Sai khoảng bút lục", 4, "Tên tệp lấy từ bảng kê, không gõ tay"),
    ("Đặt tên", "Trùng tên tập", 2, "Kiểm tra trùng khi lưu"),
    ("Kiểm tra", "Bỏ sót trang bút lục a, b", 3, "Bảng kê có cột riêng cho bút lục phụ"),
    ("Xác nhận", "Xác nhận chậm quá 02 ngày", 5, "Nhắc việc vào 16 giờ hằng ngày"),
    ("Sử dụng", "Liên kết bút lục trong sơ đồ sai số", 7, "Người thứ hai bấm thử từng liên kết trước phiên báo cáo"),
    ("Lưu trữ", "Thiết bị lưu rời chưa niêm phong", 1, "Giao cán bộ đầu mối ký sổ vào thứ Sáu hằng tuần"),
)

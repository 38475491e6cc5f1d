"""The places of a document in which it is signed, and the measures of what stands there."""

SECRETARY, CHAIR, AGENCY = "ThuKy", "ChuTri", "CoQuan"  # names of which none begins another
TELLER = "ToKiemPhieu"  # in the secretary's place, where votes were counted on paper
FIELDS = (SECRETARY, CHAIR, AGENCY)
NUMBER, DATE = "SoVanBan", "NgayVanBan"  # fields for what is stamped
ROOMS = frozenset({NUMBER, DATE})
# Minutes are signed by two, all else by one.
COUNT = "ket_qua_phieu"
BY_TWO = frozenset({"bien_ban", COUNT})
# Signed by the secretary alone, and no annex.
BY_SECRETARY = frozenset({"y_kien"})
# Papers that belong to another one: the agency signs in words at the top of the first page.
ATTACHMENTS = frozenset({"danh_sach", "tiep_thu", "nhiem_vu"})
PICTURE_MM, SEAL_MM = 45, 36  # the width of a signature's picture; a seal in its true size

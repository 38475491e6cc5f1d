"""What things are called in a package: meetings, roles, documents. Pure."""

from meetingroom.meeting.issuing import number_of
from meetingroom.meeting.state import MeetingState

# English, as the catalogue of the documents' words has it.
KIND_WORDS = {
    "meeting": "Meeting",
    "conference": "Conference",
    "review_conf": "Review conference",
    "briefing": "Regular briefing",
    "adhoc": "Extraordinary meeting",
    "training": "Training conference",
    "case_report": "Case report session",
    "ubks": "Procuratorial Committee meeting",
    "interagency": "Inter-agency meeting",
    "online_trial": "Online trial, lessons learnt",
}
ROLE_WORDS = {"chair": "Chủ tọa", "cochair": "Đồng chủ tọa", "secretary": "Thư ký", "organiser": "Tổ chức",
              "delegate": "Đại biểu", "guest": "Khách mời", "technician": "Kỹ thuật"}  # fmt: skip
DOCUMENTS = {"bien_ban": "Biên bản", "minutes": "Biên bản", "thong_bao": "Thông báo kết luận", "giay_moi": "Giấy mời",
             "nghi_quyet": "Nghị quyết", "trich_bien_ban": "Trích biên bản", "trich_sao": "Trích sao",
             "ket_qua_phieu": "Biên bản kiểm phiếu", "chuong_trinh": "Chương trình",
             "danh_sach": "Danh sách"}  # fmt: skip


def bag_name(state: MeetingState, day: str) -> str:
    """`hop-2026-12-16-m4f1c…`: ASCII, and no two are called the same."""
    return f"hop-{day}-{''.join(c for c in state.id if c.isascii() and (c.isalnum() or c in '-_')) or 'x'}"


def document_title(state: MeetingState, key: str) -> str:
    document = state.issuing.documents[key]
    name = DOCUMENTS.get(document.kind, document.kind.replace("_", " ").capitalize())
    number = number_of(state, key)
    return f"{name} số {number}" if number else name

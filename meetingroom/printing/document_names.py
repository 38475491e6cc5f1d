"""What the kinds of official documents are called, for whoever has words: pages, the timeline, file lists. Pure."""


def _l(text: str) -> str:
    """Marks a source text for the catalogue; its words are found where it is shown."""
    return text


NAMES = {
    "bien_ban": _l("Minutes"),
    "giay_moi": _l("Invitation"),
    "chuong_trinh": _l("Programme"),
    "danh_sach": _l("List of participants"),
    "thong_bao": _l("Notice of conclusions"),
    "ket_qua_phieu": _l("Minutes of the count"),
    "nghi_quyet": _l("Resolution"),
    "trich_sao": _l("Extract"),
    "y_kien": _l("Written opinions"),
    "tiep_thu": _l("Comments and answers"),
    "nhiem_vu": _l("List of directives"),
}

import unicodedata

import pytest

from meetingroom.documents import file_names


@pytest.mark.parametrize(
    "filename",
    [
        "Báo cáo MẬT.pdf",
        "MẬT - kết luận.docx",
        "Kế hoạch_MẬT_2026.pdf",
        "TỐI MẬT báo cáo án.pdf",
        "Công văn TUYỆT MẬT.pdf",
        "Công văn TUYỆT_MẬT.pdf",
        "BAO CAO TOI MAT.pdf",
        "quy định BẢO MẬT - bản MẬT.pdf",
        unicodedata.normalize("NFD", "Báo cáo MẬT.pdf"),
    ],
)
def test_a_stamp_in_a_file_name_is_seen(filename):
    assert file_names.find_secrecy_stamp(filename)


@pytest.mark.parametrize(
    "filename",
    [
        "Quy chế BẢO MẬT thông tin.pdf",
        "Luật bảo vệ BÍ MẬT NHÀ NƯỚC.pdf",
        "Hướng dẫn đổi MẬT KHẨU.pdf",
        "Bàn về mật ong.pdf",
        "Báo cáo tối mật.pdf",
        "MẬTX.pdf",
        "NHÀ MAT.pdf",
    ],
)
def test_everyday_words_are_no_stamp(filename):
    assert file_names.find_secrecy_stamp(filename) == ""


def test_the_stamp_is_told_as_it_stands():
    assert file_names.find_secrecy_stamp("01 TỐI  MẬT.pdf") == "TỐI MẬT"


def test_a_file_name_keeps_no_folders_no_control_characters_and_one_unicode_form():
    sent = "C:\\Tài liệu\\" + unicodedata.normalize("NFD", "Báo cáo\x00\n số 1.pdf")
    assert file_names.tidy_name(sent) == "Báo cáo số 1.pdf"
    assert file_names.tidy_name("../../etc/báo cáo.pdf") == "báo cáo.pdf"


def test_a_long_file_name_keeps_its_ending():
    name = file_names.tidy_name("á" * 400 + ".docx")
    assert len(name) == file_names.NAME_LENGTH
    assert name.endswith("á.docx")


def test_a_paper_is_called_like_its_file_until_somebody_names_it():
    assert file_names.title_of("Báo_cáo_tổng__kết.v2.pdf") == "Báo cáo tổng kết.v2"

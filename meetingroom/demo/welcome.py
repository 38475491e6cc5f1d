"""The demonstration: laid out in the data folder, and how a visitor comes in, as the terminal tells it."""

from meetingroom.config import Settings
from meetingroom.demo import layout
from meetingroom.demo.jobs import PAST_IS_MADE, PAST_IS_THERE
from meetingroom.documents import office
from meetingroom.ops import banner
from meetingroom.ops.startup_errors import StartupError

LIBREOFFICE = (
    "sudo apt install --no-install-recommends libreoffice-writer-nogui libreoffice-impress-nogui "
    "libreoffice-calc-nogui bubblewrap fonts-liberation2"
)


def lay_out(settings: Settings) -> str:
    """Fill the folder (the first time), make new sign-in links (every time), and tell of both. Raises StartupError."""
    try:
        found = layout.seed(settings)
    except layout.NotEmpty:
        raise StartupError(
            f"thư mục {settings.data} đã có dữ liệu thật; đề nghị chọn thư mục khác cho bản trình diễn, "
            "ví dụ DATA=demo-data.",
            f"{settings.data} holds real data; choose another folder for the demonstration, "
            "for example DATA=demo-data.",
        ) from None
    return welcome_text(settings, found)


def welcome_text(settings: Settings, found: layout.Demo) -> str:
    base = banner.where(settings)[0]
    meeting = f"{base}/meetings/{found.meeting}/room"
    rows = [(sign_in.label, sign_in.username, base + sign_in.link) for sign_in in found.sign_ins]
    lines = [
        "",
        "Mỗi đường dẫn đăng nhập được một lần, trong 12 giờ · Each link signs in once, within 12 hours:",
        "",
        banner.columns(rows),
        "",
        f"  Mật khẩu của mọi tài khoản trên · Password of all these accounts: {found.password}",
        "",
        f"  Màn hình lớn · Projector: {base}/projector",
        "  Nhập mã sáu số của màn hình ở phòng họp của chủ tọa hoặc thư ký.",
        "  Type its six digits in the room of the chair or the secretary.",
        "",
        f"  Máy tính bảng cùng mạng: quét mã để vào cuộc họp · Tablets in the network: scan to join\n  {meeting}",
        "",
        banner.qr(meeting),
        "",
        PAST_IS_THERE if found.past_is_there else PAST_IS_MADE,
    ]
    if not office.available():
        lines += [
            "",
            "  Để dùng tài liệu Word, Excel, PowerPoint, cần cài LibreOffice · For Office papers install LibreOffice:",
            f"  {LIBREOFFICE}",
        ]
    return "\n".join(lines)

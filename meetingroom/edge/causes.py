"""Why the origin is not heard, where that does not mend by itself: in the words of whoever has to mend it."""

import socket
import ssl

from meetingroom.edge.line import Turned, Unheard
from meetingroom.live.envelope import spoken

Words = tuple[str, str]  # Vietnamese, English

SECRET: Words = (
    "máy chủ trung tâm không nhận điểm kết nối này: MEETINGROOM_EDGE_SECRET ở hai nơi khác nhau, máy chủ trung tâm "
    "chạy không có MEETINGROOM_REDIS, hoặc địa chỉ trỏ tới chính điểm kết nối.",
    "the origin does not know this edge: MEETINGROOM_EDGE_SECRET is not the same in both places, the origin runs "
    "without MEETINGROOM_REDIS, or the address leads to this edge itself.",
)
CERTIFICATE: Words = (
    "không tin được chứng thư số của máy chủ trung tâm (%s); đề nghị kiểm tra SSL_CERT_FILE và tên trong --origin.",
    "the certificate of the origin cannot be trusted (%s); look at SSL_CERT_FILE and at the name in --origin.",
)
PLAIN: Words = (
    "máy chủ trung tâm không dùng HTTPS ở địa chỉ này; đề nghị kiểm tra --origin (http:// hay https://, cổng).",
    "the origin speaks no HTTPS there; look at --origin (http:// or https://, the port).",
)
NAME: Words = (
    "không tìm thấy tên máy chủ trung tâm trên mạng; đề nghị kiểm tra --origin, DNS và /etc/hosts.",
    "the name of the origin is not known to the network; look at --origin, the DNS and /etc/hosts.",
)
OTHER: Words = (
    "máy chủ trung tâm chạy phiên bản %s, điểm kết nối này %s: không được phục vụ; đề nghị cài cùng một phiên bản.",
    "the origin runs version %s, this edge %s: it is not served; bring both to the same version.",
)


def explain(error: Unheard | Turned) -> Words | None:
    """None for what may pass: an origin that is not there, or not yet."""
    if isinstance(error, Turned):
        if error.code == "other_version":
            return OTHER[0] % (error.version, spoken()), OTHER[1] % (error.version, spoken())
        return SECRET if error.status == 404 else None
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return CERTIFICATE[0] % cause.verify_message, CERTIFICATE[1] % cause.verify_message
    if isinstance(cause, ssl.SSLError):
        return PLAIN
    return NAME if isinstance(cause, socket.gaierror) else None

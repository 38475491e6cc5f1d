"""What is wrong between us and Redis and does not mend by itself: in the words of whoever has to mend it."""

Words = tuple[str, str]  # Vietnamese, English

PASSWORD: Words = (
    "Redis không nhận mật khẩu trong MEETINGROOM_REDIS; đề nghị kiểm tra mật khẩu (rediss://:MẬT_KHẨU@…).",
    "Redis does not take the password in MEETINGROOM_REDIS; look at it (rediss://:PASSWORD@…).",
)
RIGHT: Words = (
    "Redis không cho người dùng này phát và nhận tin; đề nghị cấp quyền +@pubsub +@connection (deploy/redis.conf).",
    "Redis does not let this user publish and subscribe; it needs +@pubsub +@connection (deploy/redis.conf).",
)
CERTIFICATE: Words = (
    "không tin được chứng thư số của Redis: do nơi khác cấp, hết hạn hoặc mang tên khác với tên trong "
    "MEETINGROOM_REDIS; đề nghị kiểm tra ssl_ca_certs (hoặc SSL_CERT_FILE) và tên máy.",
    "the certificate of Redis cannot be trusted: another has issued it, it is out of date, or it is of another name "
    "than that in MEETINGROOM_REDIS; look at ssl_ca_certs (or SSL_CERT_FILE) and the name.",
)
PLAIN: Words = (
    "Redis ở địa chỉ này không dùng TLS; địa chỉ trong MEETINGROOM_REDIS phải bắt đầu bằng redis://, hoặc đề nghị bật "
    "TLS ở Redis.",
    "Redis speaks no TLS there; MEETINGROOM_REDIS has to begin with redis://, or Redis has to be given TLS.",
)
ADDRESS: Words = (
    "MEETINGROOM_REDIS không hợp lệ; địa chỉ phải có dạng rediss://:MẬT_KHẨU@tên-máy:6379/0.",
    "MEETINGROOM_REDIS is not valid; it has to be like rediss://:PASSWORD@host:6379/0.",
)
SAID = {
    "CERTIFICATE_VERIFY_FAILED": CERTIFICATE, "WRONG_VERSION_NUMBER": PLAIN, "WRONGPASS": PASSWORD,
    "invalid username-password": PASSWORD, "NOAUTH": PASSWORD, "Authentication required": PASSWORD,
    "without any password": PASSWORD, "NOPERM": RIGHT, "no permissions": RIGHT, "DB index": ADDRESS,
}  # fmt: skip


def explain(error: BaseException) -> Words | None:
    """None for what may pass: a Redis that is not there, or not yet."""
    if type(error) in (ValueError, TypeError):  # of its address
        return ADDRESS
    said = f"{error!r} {error.__cause__!r} {error.__context__!r}"
    return next((words for sign, words in SAID.items() if sign in said), None)


def in_words(error: BaseException) -> str:
    """In one line of a log."""
    return " | ".join(explain(error) or (repr(error),))

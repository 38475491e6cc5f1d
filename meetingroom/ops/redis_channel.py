"""What has to be set where there are edges."""

from meetingroom.config import Settings
from meetingroom.ops.startup_errors import StartupError

SHORTEST = 16  # letters of the secret


def check_channel(settings: Settings) -> None:
    """With Redis there are edges, and each is known by the secret. Raises StartupError."""
    if not settings.redis:
        return
    if not settings.redis.startswith(("redis://", "rediss://", "unix://")):
        raise StartupError(
            "MEETINGROOM_REDIS phải có dạng redis://…, rediss://… hoặc unix://….",
            "MEETINGROOM_REDIS must be like redis://…, rediss://… or unix://….",
        )
    if len(settings.edge_secret) < SHORTEST:
        raise StartupError(
            f"MEETINGROOM_EDGE_SECRET phải có ít nhất {SHORTEST} ký tự, giống nhau ở máy chủ trung tâm và các điểm kết "
            "nối (tạo bằng: openssl rand -hex 32).",
            f"MEETINGROOM_EDGE_SECRET must have at least {SHORTEST} letters, the same at the origin and all edges "
            "(make it with: openssl rand -hex 32).",
        )
    try:
        import redis  # noqa: F401
    except ImportError:
        raise StartupError(
            "thiếu thư viện redis; đề nghị cài lại theo requirements.txt.",
            "the library redis is missing; install requirements.txt again.",
        ) from None

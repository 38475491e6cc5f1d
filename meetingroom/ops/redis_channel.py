"""What has to be set where there are edges."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from meetingroom.config import Settings
from meetingroom.live import redis_errors
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


def try_redis(settings: Settings) -> None:
    """What is wrong and does not mend by itself is said at once; a Redis that is not there is waited for. Raises
    StartupError."""
    from meetingroom.live.redis_out import load_redis, options

    redis = load_redis()
    trusted = parse_qs(urlsplit(settings.redis).query).get("ssl_ca_certs", [""])[0]
    if trusted and not Path(trusted).is_file():
        raise StartupError(*redis_errors.CERTIFICATE)
    try:
        client = redis.Redis.from_url(settings.redis, **options(settings.redis))
        try:
            client.ping()
        finally:
            client.close()
    except (redis.RedisError, OSError, ValueError, TypeError) as error:
        if words := redis_errors.explain(error):
            raise StartupError(*words) from None

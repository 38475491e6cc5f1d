"""`run.py edge`: the sockets of a site, without a data folder. What is checked before it starts, and how it ends."""

import time
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from meetingroom.config import Settings
from meetingroom.ops import banner, listening, serving, site_cache
from meetingroom.ops.redis_channel import check_channel, try_redis
from meetingroom.ops.startup_errors import StartupError
from meetingroom.web.proxies import origin


def edge(settings: Settings, options, begin: Callable) -> None:
    """Serve until a signal asks to end. Raises StartupError."""
    settings = chosen(settings, options)
    check_edge(settings)
    ended = serving.on_signals()
    listener = listening.open_listener(settings)
    listening.raise_file_limit()
    running: serving.Running | None = None
    try:
        from meetingroom.edge.program import Program

        program = Program(settings)
        counts = site_cache.Counts(settings.site_cache) if settings.site_cache else None
        running = begin(program, listener)
        program.start()
        print(f"\nĐiểm kết nối {program.name} đã sẵn sàng · The edge {program.name} is ready", flush=True)
        print(banner.stopping(), flush=True)
        while not ended:
            program.beat.cache = counts.read() if counts else None
            if why := running.deaf():
                raise serving.deaf_error(why)
            time.sleep(serving.TICK)
    finally:
        listener.close()
        if running:
            running.stop()


def chosen(settings: Settings, options) -> Settings:
    return replace(settings, origin=options.origin or settings.origin, redis=options.redis or settings.redis)


def check_edge(settings: Settings) -> None:
    check_origin(settings.origin)
    if not settings.redis:
        raise StartupError(
            "cần địa chỉ của Redis: --redis rediss://… (hoặc MEETINGROOM_REDIS).",
            "the address of Redis is needed: --redis rediss://… (or MEETINGROOM_REDIS).",
        )
    check_channel(settings)
    try_redis(settings)


def check_origin(address: str) -> None:
    if not address.strip():
        raise StartupError(
            "cần địa chỉ của máy chủ trung tâm: --origin https://… (hoặc MEETINGROOM_ORIGIN).",
            "the address of the origin is needed: --origin https://… (or MEETINGROOM_ORIGIN).",
        )
    try:
        origin(address)
        _ = urlsplit(address).port
    except ValueError:
        raise StartupError(
            "địa chỉ của máy chủ trung tâm phải có dạng https://hop.example.gov.vn, không kèm đường dẫn, không phải "
            f"{address}.",
            f"the address of the origin must be like https://hop.example.gov.vn, without a path, not {address}.",
        ) from None

"""`run.py edge`: the sockets of a site, without a data folder. What is checked before it starts, and how it ends."""

import time
from collections.abc import Callable
from dataclasses import replace

from meetingroom.config import Settings
from meetingroom.ops import banner, listening, serving, site_cache
from meetingroom.ops.redis_channel import check_channel
from meetingroom.ops.startup_errors import StartupError
from meetingroom.web.proxies import BadAddress, origin


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
    try:
        origin(settings.origin)
    except BadAddress:
        raise StartupError(
            "cần địa chỉ của máy chủ trung tâm: --origin https://… (hoặc MEETINGROOM_ORIGIN).",
            "the address of the origin is needed: --origin https://… (or MEETINGROOM_ORIGIN).",
        ) from None
    if not settings.redis:
        raise StartupError(
            "cần địa chỉ của Redis: --redis rediss://… (hoặc MEETINGROOM_REDIS).",
            "the address of Redis is needed: --redis rediss://… (or MEETINGROOM_REDIS).",
        )
    check_channel(settings)

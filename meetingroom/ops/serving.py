"""The server: what is checked before it starts, the loop that watches it, and how it ends."""

import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from meetingroom.config import Settings
from meetingroom.ops import banner, data_folder, listening, redis_channel
from meetingroom.ops.low_priority import give_back
from meetingroom.ops.startup_errors import StartupError, explain_errors
from meetingroom.ops.worker_process import RUN, Worker, command

TICK = 0.2


@dataclass
class Running:
    """What listens: how it is stopped; `deaf()` is true when nobody comes in any more though nobody asked for that."""

    stop: Callable[[], object]
    deaf: Callable[[], object] = lambda: False


def no_preparation(ended: list[int]) -> str:
    return ""


def serve(
    settings: Settings, begin: Callable, prepare: Callable[[list], str] = no_preparation, with_worker: bool = True
) -> None:
    """Serve until a signal asks to end. `begin(app, listener)` starts the loop (see Running); `prepare`
    runs before, alone with the data folder, and returns what to print; it is given the list that a signal fills.
    Raises StartupError."""
    redis_channel.check_channel(settings)
    ended = on_signals()
    data_folder.prepare_folder(settings)
    with data_folder.hold_folder(settings):
        listener = listening.open_listener(settings)
        listening.raise_file_limit()
        data_folder.check_database(settings)
        notes = prepare(ended)
        worker = Worker(command(settings, RUN, sys.executable) if with_worker else [])
        running: Running | None = None
        try:
            worker.look()  # it loads its own modules on the other core meanwhile
            give_back()
            app = make_application(settings)
            running = begin(app, listener)
            make_ready(app)
            notes += first_visit_text(app, settings)
            print(banner.banner(settings), notes, banner.stopping(), sep="\n", flush=True)
            while not ended:
                if why := running.deaf():
                    raise deaf_error(why)
                worker.look()
                time.sleep(TICK)
        finally:
            listener.close()
            if running:
                running.stop()
            worker.stop()


def deaf_error(why) -> StartupError:
    """A process that lives and lets nobody in is worse than one that ends: whoever started it starts it again."""
    return StartupError(
        f"máy chủ không nhận được kết nối mới nữa ({why!r}); chương trình dừng để được khởi động lại.",
        f"nobody can connect any more ({why!r}); the program ends, to be started again.",
    )


def on_signals() -> list[int]:
    """A list that is empty until SIGTERM, SIGINT or SIGHUP (the terminal was closed) arrives."""
    ended: list[int] = []

    def heard(number, frame):
        if ended:  # asked twice: at once
            sys.exit(130)
        ended.append(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, heard)
    return ended


def load_modules() -> None:
    """Import what the application is made of, which takes longer than making it."""
    from meetingroom import ROUTES

    for name in ROUTES:
        import_module(f"meetingroom.{name}")


def make_application(settings: Settings):
    """The app, following the log. Raises StartupError."""
    from meetingroom import create_app, log
    from meetingroom.live import clock_sync, socket
    from meetingroom.projections import queries

    with explain_errors(settings.data):
        app = create_app(settings)
        context = app.extensions["meetingroom"]
        with context.pool.lend() as db:
            running = queries.live_meetings(db)
        clock_sync.begin_clock(settings, [log.state(context.pool, meeting) for meeting in running])
        socket.start(app)
    return app


def make_ready(app) -> None:
    """What browsers load is put together while the first of them may come in already."""
    from meetingroom.live import socket
    from meetingroom.web import assets

    start, pause = socket.socketio.start_background_task, socket.socketio.sleep
    start(assets.make_ready, app, app.extensions["meetingroom"].in_thread, pause)


def first_visit_text(app, settings: Settings) -> str:
    """With nobody in the data folder: the code that makes the first administrator."""
    from meetingroom.auth import account_store

    with app.extensions["meetingroom"].pool.writing() as db:
        if account_store.has_users(db):
            return ""
        code = account_store.make_first_code(db)
    return banner.first_visit(settings, code)

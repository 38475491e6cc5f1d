"""The server from the first check to the last goodbye."""

import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from meetingroom.caretaker import folder, greeting, listening
from meetingroom.caretaker.gently import give_back
from meetingroom.caretaker.trouble import Trouble, explained
from meetingroom.caretaker.worker import Worker, command
from meetingroom.config import Settings

TICK = 0.2


@dataclass
class Running:
    """What listens: how it is stopped; `deaf()` is true when nobody comes in any more though nobody asked for that."""

    stop: Callable[[], object]
    deaf: Callable[[], object] = lambda: False


def nothing(ended: list[int]) -> str:
    return ""


def serve(
    settings: Settings, begin: Callable, prepare: Callable[[list], str] = nothing, with_worker: bool = True
) -> None:
    """Serve until a signal asks to end. `begin(app, listener)` starts the loop (see Running); `prepare`
    runs before, alone with the data folder, and returns what to print; it is given the list that a signal fills.
    Raises Trouble."""
    from meetingroom.caretaker.commands import RUN

    ended = on_signals()
    folder.ready(settings)
    with folder.held(settings):
        listener = listening.listener(settings)
        listening.more_files()
        folder.sound(settings)
        told = prepare(ended)
        worker = Worker(command(settings, RUN, sys.executable) if with_worker else [])
        running: Running | None = None
        try:
            worker.look()  # it loads its own modules on the other core meanwhile
            give_back()
            app = application(settings)
            running = begin(app, listener)
            make_ready(app)
            told += first_visit(app, settings)
            print(greeting.greeting(settings), told, greeting.stopping(), sep="\n", flush=True)
            while not ended:
                if why := running.deaf():
                    raise deaf(why)
                worker.look()
                time.sleep(TICK)
        finally:
            listener.close()
            if running:
                running.stop()
            worker.stop()


def deaf(why) -> Trouble:
    """A process that lives and lets nobody in is worse than one that ends: whoever started it starts it again."""
    return Trouble(
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


def load() -> None:
    """Import what the application is made of, which takes longer than making it."""
    from meetingroom import ROUTES

    for name in ROUTES:
        import_module(f"meetingroom.{name}")


def application(settings: Settings):
    """The app, following the log. Raises Trouble."""
    from meetingroom import create_app, log, timekeeping
    from meetingroom.live import socket
    from meetingroom.web import store

    with explained(settings.data):
        app = create_app(settings)
        house = app.extensions["meetingroom"]
        with house.pool.lend() as db:
            running = store.live_meetings(db)
        timekeeping.begin(settings, [log.state(house.pool, meeting) for meeting in running])
        socket.start(app)
    return app


def make_ready(app) -> None:
    """What browsers load is put together while the first of them may come in already."""
    from meetingroom.live import socket
    from meetingroom.web import assets

    start, pause = socket.socketio.start_background_task, socket.socketio.sleep
    start(assets.make_ready, app, app.extensions["meetingroom"].in_thread, pause)


def first_visit(app, settings: Settings) -> str:
    """With nobody in the data folder: the code that makes the first administrator."""
    from meetingroom.people import store

    with app.extensions["meetingroom"].pool.writing() as db:
        if store.anybody(db):
            return ""
        code = store.first_code(db)
    return greeting.first_visit(settings, code)

#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""The command line: serve, edge, demo, worker, add-user, backup, restore, verify and more; `run.py --help` lists them.

Written so that an old Python still understands it well enough to say that it is too old.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "Lỗi: cần Python 3.11 trở lên, bản này là %d.%d; đề nghị cài python3.11 rồi chạy lại `make run`. | "
        "Error: Python 3.11 or newer is needed, this is %d.%d; install python3.11 and run `make run` again.\n"
        % (sys.version_info[:2] * 2)
    )
    sys.exit(1)

import argparse
import gc
import os
import warnings
from functools import partial

SERVERS = ("serve", "demo", "edge")
# What the worker does.
JOBS = (
    "meetingroom.documents.jobs",
    "meetingroom.comparing.jobs",
    "meetingroom.recognition.jobs",
    "meetingroom.cases.jobs_numbers",
    "meetingroom.cases.jobs",
    "meetingroom.cases.packages.jobs",
    "meetingroom.cases.media.jobs",
    "meetingroom.archive.jobs",
    "meetingroom.invitations.jobs",
    "meetingroom.ops.jobs",
    "meetingroom.demo.jobs",
    "meetingroom.tasks.jobs",
    "meetingroom.marks.jobs",
    "meetingroom.reading.jobs",
    "meetingroom.search.jobs",
)
CONNECTIONS = 20000  # open at the same time; a tablet holds one or two


def main(arguments=None):
    options = parser().parse_args(arguments)
    green = options.name in SERVERS and os.environ.get("MEETINGROOM_ASYNC_MODE", "eventlet") == "eventlet"
    try:
        if green:
            patch()
        from meetingroom.ops.startup_errors import StartupError
    except ImportError as error:
        sys.stderr.write(
            "Lỗi: thiếu thư viện %s; đề nghị chạy bằng `make run`. | "
            "Error: the library %s is missing; start with `make run`.\n" % (error.name, error.name)
        )
        return 1
    from meetingroom.demo.commands import COMMANDS
    from meetingroom.ops import commands

    try:
        serve = serve_green if green else serve_threads
        return commands.run(options, serve, COMMANDS) or 0
    except StartupError as error:
        sys.stderr.write("%s\n" % error)
        return 1
    except KeyboardInterrupt:
        return 130


def patch():
    """Before anything else is imported: sockets, locks and sleep become the event loop's."""
    gc.set_threshold(20_000, 20, 100)  # modules stay: looking through them 70 times is a thirtieth of the start
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="eventlet")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import eventlet
    eventlet.monkey_patch()


def serve_green(app, listener):
    """Serve on eventlet's loop; returns at once."""
    from eventlet import tpool

    from meetingroom.live import fast
    from meetingroom.ops.low_priority import at_low_priority

    if not hasattr(app, "extensions"):  # an edge
        names_beside_the_loop()
        return listen_green(app, listener, app, bool(app.sockets.fast))
    from meetingroom.live.socket import socketio

    context = app.extensions["meetingroom"]
    context.in_thread = partial(tpool.execute, at_low_priority)
    greeted = isinstance(socketio.server.manager, fast.FastManager)
    if context.settings.redis:
        names_beside_the_loop()
    return listen_green(app, listener, context, greeted)


def names_beside_the_loop():
    """Who speaks to other computers looks up their names; while that line is down nobody here waits for it."""
    import socket

    from eventlet import patcher, tpool
    from eventlet.green import _socket_nodns
    from eventlet.green import socket as green

    beside = partial(tpool.execute, patcher.original("socket").getaddrinfo)
    for module in (socket, green, _socket_nodns):
        module.getaddrinfo = beside  # type: ignore


def listen_green(app, listener, context, greeted):
    """Serve a WSGI program; where `greeted`, tablets come in before eventlet's server sees them. `context` has
    settings and is given the connections."""
    import eventlet
    import eventlet.wsgi

    from meetingroom.live import admission, connections
    from meetingroom.ops.serving import Running

    admission.line_up(eventlet.hubs.get_hub(), eventlet.getcurrent)
    pool = admission.with_threshold(eventlet.GreenPool)(CONNECTIONS)
    at_most = min(
        connections.connection_bound(), CONNECTIONS - 100
    )  # who waits for a place in the pool would hold up the loop
    context.connections = limiter = connections.ConnectionLimiter(
        listener, alone=not context.settings.trusted_proxies, at_most=at_most
    )
    accepting, listener, bench = None, limiter, None
    if greeted:  # else tablets come in the library's way
        listener, accepting, bench = listen_first(limiter, app)
    loop = eventlet.spawn(
        eventlet.wsgi.server, listener, app, log_output=False, custom_pool=pool, keepalive=75, debug=False,
        protocol=connections.protocol(limiter, eventlet.wsgi.HttpProtocol, eventlet.wsgi.Input, bench),
        socket_timeout=connections.STALL,
    )  # fmt: skip
    watch = eventlet.spawn(limiter.run)
    # At its end the loop waits for everybody who is still connected, so it is not dead when it is deaf.
    return Running(
        stop=lambda: (watch.kill(), accepting and accepting.kill(), loop.kill()),
        deaf=lambda: limiter.broken or loop.dead or (accepting is not None and accepting.dead),
    )


def listen_first(limiter, app):
    """What eventlet's server accepts from, where tablets are greeted before it, the green thread that accepts, and
    where connections rest."""
    import eventlet
    from eventlet import patcher, queue, wsgi
    from greenlet import getcurrent, greenlet

    from meetingroom.live import acceptor, readers, resting

    class Reader(greenlet):
        paced = True  # admission.take_turns: it serves newcomers a few at a time

    hub = eventlet.hubs.get_hub()
    epoll = patcher.original("select").epoll()
    reading = readers.Readers(hub, epoll, lambda run: Reader(run, hub.greenlet), getcurrent)
    server = wsgi.Server(limiter, limiter.getsockname(), app, None)  # for what it says of itself in each request
    found = acceptor.Acceptor(limiter, reading, app, server, wsgi.Input, queue.LightQueue())
    return found, eventlet.spawn(found.run), resting.Bench(hub, reading, getcurrent)


def serve_threads(app, listener):
    """The same with a thread for every connection: MEETINGROOM_ASYNC_MODE=threading."""
    import logging
    import threading

    from werkzeug.serving import make_server

    from meetingroom.ops.serving import Running

    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    host, port = listener.getsockname()[:2]
    server = make_server(host, port, app, threaded=True, fd=listener.fileno())
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    return Running(stop=server.shutdown, deaf=lambda: not thread.is_alive())


def parser():
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument("--data", help="the data folder (DATA; default: data)")
    every.add_argument("--port", help="the port (PORT; default: 8000)")
    found = argparse.ArgumentParser(prog="run.py", description="The paperless meeting room.")
    commands = found.add_subparsers(dest="name", required=True, metavar="command")

    def command(name, help):
        return commands.add_parser(name, parents=[every], help=help, description=help)

    serve = command("serve", "the server and its worker")
    serve.add_argument("--no-worker", action="store_true", help="the worker is started apart from it (`run.py worker`)")
    edge = command("edge", "holds the sockets of a site, without data of its own; see docs/edges.md")
    edge.add_argument("--origin", help="the address of the server (MEETINGROOM_ORIGIN)")
    edge.add_argument("--redis", help="redis://… or rediss://… (MEETINGROOM_REDIS)")
    command("demo", "the same with a demonstration agency and meeting")
    worker = command("worker", "only the worker that converts and renders papers (serve starts its own)")
    worker.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)
    worker.set_defaults(kinds=JOBS)
    seed = command("seed", "only fills the data folder with the demonstration")
    seed.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)
    user = command("add-user", "adds a person; prints a link that signs in once")
    user.add_argument("username", help="what is typed at sign-in, for example binh.tt")
    user.add_argument("full_name", help='for example "Trần Thị Bình"')
    user.add_argument("--title", default="", help="office or rank")
    user.add_argument("--role", choices=("admin", "organiser", "member"), default="member")
    backup = command("backup", "writes everything into one file, also while the server runs")
    backup.add_argument("file", nargs="?", help="default: meetingroom-<date>.tar in the present folder")
    restore = command("restore", "puts a backup in place of the data folder")
    restore.add_argument("file")
    verify = command("verify", "checks the log of every meeting and the pages of every paper, or an archive package")
    verify.add_argument("file", nargs="?", help="the package of an archived meeting (.zip)")
    command("reindex", "makes the search index anew, also while the server runs")
    case = command("hand-over-case", "a case that nobody in charge can hand over goes to somebody, who confirms it")
    case.add_argument("code", help="of the case, for example LG-2026-017")
    case.add_argument("username", help="who takes it over")
    case.add_argument("--reason", default="", help="stands in the log of the case and in the record")
    return found


if __name__ == "__main__":
    sys.exit(main())

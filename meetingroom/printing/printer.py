"""A process of its own in which documents are made, one after the other.

ReportLab keeps the subsets of its fonts in the module: two documents at once in one process now and then got each
other's letters. And a hundred pages are half a second of one core, in which no page would turn and nobody would sign
in. So there is one such process, at low priority, started when it is first needed; who asks for too much at once is
told to wait.

Started as `python -m meetingroom.printing.printer <fd>`, it answers on a socket: a line of JSON and as many bytes as
the line says, in both directions. It ends with the server, whose end of the socket is then closed.
"""

import importlib
import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

# What can be made: name on the wire → `module:function`, which takes the request and returns (told, file).
MAKERS = {
    "minutes": "meetingroom.minutes.print_jobs:print_minutes",
    "signing": "meetingroom.signing.work:do",
    "tasks": "meetingroom.tasks.print_jobs:print_tasks",
    "official": "meetingroom.official.print_jobs:print_official",
    "layout": "meetingroom.official.print_jobs:print_sample",
    "register": "meetingroom.issuing.register_pdf:print_book",
    "slip": "meetingroom.archive.slip:print_slip",
    "marks": "meetingroom.marks.annotated:print_marks",
    "bound": "meetingroom.reading.bound:print_bound",
    "text": "meetingroom.documents.text_pages:print_text",
    "recall": "meetingroom.official.recall:print_recall",
    "page": "meetingroom.documents.stamp_drawing:draw",
    "map": "meetingroom.cases.map_print:print_map",
    "handover": "meetingroom.cases.handover_pdf:print_handover",
    "package_pages": "meetingroom.cases.packages.pdf:print_pages",
    "package_register": "meetingroom.cases.packages.pdf:print_register",
    "court": "meetingroom.cases.court.print_jobs:print_court",
    "script": "meetingroom.cases.scripts.script_pdf:print_script",
    "nameplates": "meetingroom.devices.print_jobs:nameplates",
}
EACH, ALL = 3, 24  # documents that one person, and all together, may be waiting for
SECONDS = 120  # for one document
LONGEST_LINE = 4_000_000


class TooMany(Exception):
    """This person, or everybody together, is waiting for enough documents already."""


class Failed(Exception):
    """The document could not be made; what happened is in the program's log."""


class Refused(Exception):
    """The maker says no; the argument is what it told."""


class Printer:
    """The process, from the server's side. One per program."""

    def __init__(self, each: int = EACH, most: int = ALL):
        self._each, self._most = each, most
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self._waiting: Counter[str] = Counter()
        self._process: subprocess.Popen | None = None
        self._line: socket.socket | None = None

    def make(self, kind: str, request: dict[str, Any], person: str) -> tuple[dict, bytes]:
        """(what the maker tells, the file). Raises TooMany, Refused, Failed."""
        with self._count:
            if self._waiting[person] >= self._each or self._waiting.total() >= self._most:
                raise TooMany
            self._waiting[person] += 1
        try:
            with self._turn:
                return self._ask({"kind": kind, **request})
        finally:
            with self._count:
                self._waiting[person] -= 1
                self._waiting += Counter()  # forgets who waits for nothing

    @property
    def waiting(self) -> int:
        return self._waiting.total()

    def end(self) -> None:
        """Called when something went wrong, and at the end of the program."""
        if self._line:
            self._line.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._process = self._line = None

    def _ask(self, request: dict) -> tuple[dict, bytes]:
        try:
            line = self._running()
            send_message(line, request)
            header, file = receive_message(line)
        except (OSError, ValueError) as error:
            logger.warning("the process that makes documents was ended: %r", error)
            self.end()
            raise Failed from error
        if "refused" in header:
            raise Refused(header["refused"])
        if "failed" in header:
            logger.error("%s was not made: %s", request["kind"], header["failed"])
            raise Failed
        return header, file

    def _running(self) -> socket.socket:
        if self._process is None or self._process.poll() is not None or self._line is None:
            self.end()
            mine, theirs = socket.socketpair()
            command = [sys.executable, "-m", "meetingroom.printing.printer", str(theirs.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd=ROOT, stdin=subprocess.DEVNULL)
            theirs.close()
            mine.settimeout(SECONDS)
            self._line = mine
        return self._line


ROOT = Path(__file__).parents[2]
printer = Printer()  # of this program


def send_message(line: socket.socket, header: dict, file: bytes = b"") -> None:
    line.sendall(json.dumps({**header, "bytes": len(file)}).encode() + b"\n" + file)


def receive_message(line: socket.socket) -> tuple[dict, bytes]:
    """Raises OSError when the other end is gone, ValueError for nonsense."""
    head = bytearray()
    while b"\n" not in head:
        if len(head) > LONGEST_LINE:
            raise ValueError("no line of JSON")
        head += receive_bytes(line)
    text, _, rest = bytes(head).partition(b"\n")
    header = json.loads(text)
    chunks, have = [rest], len(rest)
    while have < header["bytes"]:
        chunks.append(receive_bytes(line))
        have += len(chunks[-1])
    return header, b"".join(chunks)


def receive_bytes(line: socket.socket) -> bytes:
    found = line.recv(1 << 20)
    if not found:
        raise ConnectionError("the other end is gone")
    return found


# In the process itself


def serve_requests(line: socket.socket) -> None:
    """Makes what is asked for until the server is gone."""
    line.setblocking(True)  # the event loop's sockets are not, and pass that on
    while True:
        try:
            request, _ = receive_message(line)
        except OSError:
            return
        send_message(line, *make_document(request))


def make_document(request: dict) -> tuple[dict, bytes]:
    module, _, name = MAKERS[request["kind"]].partition(":")
    try:
        return getattr(importlib.import_module(module), name)(request)
    except Refused as refused:
        return {"refused": str(refused)}, b""
    except Exception as error:  # whatever it is, the next document is made
        logging.getLogger(__name__).exception("a document failed")
        return {"failed": repr(error)}, b""


if __name__ == "__main__":
    from meetingroom.printing import printer as printing  # under its own name, which the makers know as well

    os.nice(10)  # the meeting goes first
    printing.serve_requests(socket.socket(fileno=int(sys.argv[1])))

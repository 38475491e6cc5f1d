"""An upload on its way in: the file goes to the disk as it arrives, is hashed and counted, and never held in memory."""

import hashlib
import secrets
import time
from contextlib import contextmanager
from pathlib import Path

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header
from werkzeug.wsgi import get_input_stream

from meetingroom import disk
from meetingroom.config import MEGABYTE, Settings
from meetingroom.documents import content_store
from meetingroom.web.errors import Problem

FORM_ROOM = MEGABYTE  # for what stands around the file in the form


class Arrival:
    """The file that is coming: where it lies, its SHA-256 and its size. Takes the place of a file for the parser."""

    def __init__(self, path: Path, limit: int):
        self.path, self.limit = path, limit
        self.size = 0
        self.filename = ""
        self._hash = hashlib.sha256()
        self._file = path.open("xb")

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self.limit:
            raise RequestEntityTooLarge
        self._hash.update(data)
        self._file.write(data)
        # A fast sender must not keep everybody else waiting: let the event loop turn.
        time.sleep(0)
        return len(data)

    def seek(self, *where) -> None:
        """The parser rewinds what it has written; nobody reads this here."""

    def close(self) -> None:
        self._file.close()

    @property
    def sha(self) -> str:
        return self._hash.hexdigest()


@contextmanager
def receive_upload(environ: dict, settings: Settings, field: str = "file"):
    """(arrival, form) of a multipart request; what is left of the file afterwards is deleted. `field` is the file's
    name in the form; "": any.

    Raises Problem: no_file | no_space | malformed; RequestEntityTooLarge.
    """
    limit = settings.upload_limit
    stream = get_input_stream(environ, max_content_length=limit + FORM_ROOM)
    length = int(environ.get("CONTENT_LENGTH") or 0)  # none where a proxy sends in chunks
    if not disk.has_room(content_store.incoming_folder(settings), length):
        raise Problem("no_space", 503)
    arrivals: list[Arrival] = []

    def arrive(total_content_length, content_type, filename, content_length=None):
        if arrivals:
            raise Problem("malformed", 400)
        path = content_store.incoming_folder(settings) / secrets.token_hex(16)
        arrivals.append(Arrival(path, limit))
        arrivals[0].filename = filename or ""
        return arrivals[0]

    parser = FormDataParser(arrive, max_form_memory_size=100_000, max_form_parts=20, silent=False)
    kind, options = parse_options_header(environ.get("CONTENT_TYPE"))
    try:
        try:
            _, form, files = parser.parse(stream, kind, length, options)
        except ValueError as error:
            raise Problem("malformed", 400) from error
        if not arrivals or (field and field not in files):
            raise Problem("no_file", 400)
        arrivals[0].close()
        yield arrivals[0], form
    finally:
        for arrival in arrivals:
            arrival.close()
            arrival.path.unlink(missing_ok=True)

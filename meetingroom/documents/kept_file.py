"""A made file over HTTP: the bytes as they were kept, and a name that changes with every byte."""

from flask import Response, send_file
from flask_babel import lazy_gettext

from meetingroom.documents import made_file_store as made_files
from meetingroom.web.context import context
from meetingroom.web.errors import Problem
from meetingroom.web.messages import messages

messages.update(
    {
        "file_lost": lazy_gettext(
            "This file is missing on the server. Please tell the administrator, who can restore a backup."
        )
    }
)


def send(sha: str, name: str, mimetype: str, *, download: bool = False) -> Response:
    """The file of this SHA-256. Raises Problem("file_lost", 410)."""
    path = made_files.place(context().settings, sha)
    if not path.is_file():
        raise Problem("file_lost", 410)
    answer = send_file(
        path, mimetype=mimetype, as_attachment=download, download_name=name, etag=sha, conditional=True, max_age=None
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer

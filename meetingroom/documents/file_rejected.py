"""Why a file cannot become a paper: one exception, one code per reason."""

from contextlib import contextmanager

from meetingroom import disk

WARNINGS_LIMIT = 300  # of one file that is not rejected; what is wrong with every page is known after as many


class FileRejected(Exception):
    """A file that is not shown. `code` is found in words at the screen (`messages.py`); `details` fill them in.

    `details` hold what the words need (`page`, `limit`, `stamp`), numbers and short strings only.
    """

    def __init__(self, code: str, **details):
        super().__init__(code)
        self.code, self.details = code, details

    def __repr__(self):
        return f"FileRejected({self.code!r}, **{self.details!r})"


@contextmanager
def full_is_rejected():
    """A disk that is full is a reason, too: FileRejected("no_space")."""
    try:
        yield
    except OSError as error:
        if not disk.is_full(error):
            raise
        raise FileRejected("no_space") from error

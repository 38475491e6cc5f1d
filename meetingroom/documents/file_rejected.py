"""Why a file cannot become a paper: one exception, one code per reason."""


class FileRejected(Exception):
    """A file that is not shown. `code` is found in words at the screen (`messages.py`); `details` fill them in.

    `details` hold what the words need (`page`, `limit`, `stamp`), numbers and short strings only.
    """

    def __init__(self, code: str, **details):
        super().__init__(code)
        self.code, self.details = code, details

    def __repr__(self):
        return f"FileRejected({self.code!r}, **{self.details!r})"

"""The answer no, of any rule: what the rules of a meeting and those of a case share.

It stands alone, so that a process which reads one file of a stranger need not load the rules of a meeting for it.
"""


class Refused(Exception):
    """The rules say no. `code` is found in words at the screen; `details` are what those words need."""

    def __init__(self, code: str, **details):
        super().__init__(code)
        self.code, self.details = code, details

    def __repr__(self):
        return f"Refused({self.code!r}, **{self.details!r})"

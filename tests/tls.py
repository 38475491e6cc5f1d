"""A TLS line of the tests' own client, which reads and writes in two threads.

OpenSSL lets one thread at a time use a connection, and Python 3.11 keeps no lock: a word that is written while one is
waited for now and then looks like the end of the line (`recv` returns nothing; one connection in some four hundred on
a busy machine). So each look and each word is short and has the line for itself.
"""

import select
import ssl
import threading


class OneAtATime(ssl.SSLSocket):
    """Waits outside of OpenSSL, and calls it only for what can be done at once."""

    line = None  # a lock, since the handshake
    patience = None  # seconds; None is for ever

    def do_handshake(self, block=False):
        super().do_handshake(block)
        self.patience, self.line = self.gettimeout(), threading.Lock()
        super().settimeout(0)

    def settimeout(self, value):
        if self.line is None:
            super().settimeout(value)
        self.patience = value

    def gettimeout(self):
        return super().gettimeout() if self.line is None else self.patience

    def recv(self, buflen=1024, flags=0):
        return self._patiently(super().recv, buflen, flags)

    def send(self, data, flags=0):
        return self._patiently(super().send, data, flags)

    def _patiently(self, act, *args):
        while True:
            try:
                with self.line:
                    return act(*args)
            except ssl.SSLWantReadError:
                ready = select.select([self], [], [], self.patience)
            except ssl.SSLWantWriteError:
                ready = select.select([], [self], [], self.patience)
            if not any(ready):
                raise TimeoutError("the line said nothing")


def trusting(authority: str) -> ssl.SSLContext:
    """The context of a client that trusts the authority of this file."""
    made = ssl.create_default_context(cafile=authority)
    made.sslsocket_class = OneAtATime
    return made

"""A wire between the tablets and the server that can be cut at any instant, also between a commit and its answer."""

import socket
import struct
import threading


class Wire:
    """Listens on a port of its own and passes bytes on. `cut()` breaks connections without a word; through those that
    there are at `freeze()` nothing comes any more, and neither end hears of it."""

    def __init__(self, port: int):
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        self.cuts = 0
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._frozen: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, chance: float, random) -> None:
        """Break each connection with this chance."""
        with self._lock:
            chosen = [pair for pair in self._pairs if random.random() < chance]
        for pair in chosen:
            self.cuts += 1
            self._end(pair)

    def freeze(self) -> None:
        with self._lock:
            self._frozen |= self._pairs

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        pair = (near, far)
        with self._lock:
            self._pairs.add(pair)
        threading.Thread(target=self._copy, args=(far, near, pair), daemon=True).start()
        self._copy(near, far, pair)

    def _copy(self, source: socket.socket, target: socket.socket, pair) -> None:
        try:
            while data := source.recv(65536):
                if pair not in self._frozen:
                    target.sendall(data)
        except OSError:
            pass
        if pair in self._frozen:
            return
        self._end(pair)

    def _end(self, pair) -> None:
        with self._lock:
            if pair not in self._pairs:
                return
            self._pairs.discard(pair)
        for end in pair:
            try:
                # A reset instead of an orderly goodbye, as when somebody steps on the cable.
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

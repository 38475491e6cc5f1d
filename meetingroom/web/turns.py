"""Long questions take turns: whoever asks many at once waits for themselves, and the threads stay free for others."""

import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

from meetingroom.web.context import context


class Turns:
    """Runs functions beside the event loop, `most` at once, and of each asker one after the other."""

    def __init__(self, most: int):
        self._some = threading.Semaphore(most)
        self._askers: WeakValueDictionary[str, Any] = WeakValueDictionary()

    def run(self, asker: str, function: Callable, *args):
        own = self._askers.get(asker)
        if own is None:
            own = self._askers[asker] = threading.Semaphore(1)
        with own, self._some:
            return context().in_thread(function, *args)

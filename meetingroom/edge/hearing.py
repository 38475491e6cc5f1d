"""What an edge hears by Redis: the rooms that its tablets are in, and what is meant for itself.

Socket.IO's own manager would listen to one channel with everything on it, and wait up to a minute after a failure.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from meetingroom.live.envelope import Channels, OtherVersion, spoken, unpack
from meetingroom.live.redis_errors import explain, in_words
from meetingroom.live.redis_out import load_redis, options

logger = logging.getLogger(__name__)

LOOK = 1.0  # seconds
PING_EVERY = 4.0
DEAF = 10.0  # seconds without a word, not even the answer to a ping
AGAIN = 0.5  # seconds until it is tried again


class Hearing:
    """`act(about, text)` is told each message, `open(room)` that everything of a room comes from now on; neither may
    wait for anybody."""

    def __init__(self, url: str, channels: Channels, boot: str, act: Callable, opened: Callable[[str], None]):
        self.url, self.channels, self.act, self.opened = url, channels, act, opened
        self.own = channels.edge(boot)
        self.rooms: dict[str, str] = {}  # by channel
        self.well = False
        self.why: tuple[str, str] | None = None  # it does not mend by itself, in words
        self.refused = 0  # messages of another version
        self._stopped = False
        self._pubsub: Any = None

    def want(self, room: str) -> None:
        self.rooms[self.channels.room(room)] = room
        self._say("subscribe", self.channels.room(room))

    def leave(self, room: str) -> None:
        self.rooms.pop(self.channels.room(room), None)
        self._say("unsubscribe", self.channels.room(room))

    def _say(self, word: str, channel: str) -> None:
        if not self.well:  # with the others, as soon as Redis is heard
            return
        try:
            getattr(self._pubsub, word)(channel)
        except Exception as error:
            logger.info("Redis could not be asked for a room: %r", error)
            self.well = False

    def run(self) -> None:
        """For as long as the edge runs."""
        redis, complained, self._begun = load_redis(), False, False
        while not self._stopped:
            try:
                self._listen(redis)
            except Exception as error:
                if self._begun or not complained:
                    logger.warning("Redis cannot be heard; the origin is asked until it is back: %s", in_words(error))
                self._begun, complained = False, True
                self.well, self.why = False, explain(error)
                self._close()
                time.sleep(AGAIN)

    def _listen(self, redis) -> None:
        self._pubsub = redis.Redis.from_url(self.url, **options(self.url)).pubsub()
        self._pubsub.subscribe(self.own, *self.rooms)
        heard = pinged = time.monotonic()
        while not self._stopped:
            message = self._pubsub.get_message(timeout=LOOK)
            now = time.monotonic()
            if message is not None:
                heard = now
                self._heard(message)
            elif now - heard > DEAF:
                raise TimeoutError("nothing was heard")
            if self._begun and not self.well:  # `_say` has failed; the line may look well all the same
                raise ConnectionError("a room could not be asked for")
            if now - pinged > PING_EVERY:
                self._pubsub.ping()
                pinged = now

    def _heard(self, message: dict) -> None:
        if message["type"] == "subscribe":
            channel = message["channel"].decode()
            if channel == self.own:
                self.well, self.why = True, None
                self._begun = True
                for missing in self.rooms.keys() - {name.decode() for name in self._pubsub.channels}:
                    self._pubsub.subscribe(missing)
            elif room := self.rooms.get(channel):
                self.opened(room)
        elif message["type"] == "message":
            try:
                self.act(*unpack(spoken(), message["data"]))
            except OtherVersion:
                self.refused += 1
                if self.refused == 1:
                    logger.error("the origin runs another version of the program: nothing it says is believed")
            except Exception:  # of this one message; what is missing is asked for
                logger.exception("what came by Redis could not be handled")

    def _close(self) -> None:
        try:
            if self._pubsub is not None:
                self._pubsub.close()
        except Exception as error:
            logger.info("the line to Redis could not be closed: %r", error)
        self._pubsub = None

    def stop(self) -> None:
        self._stopped = True

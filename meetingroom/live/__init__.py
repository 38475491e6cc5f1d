"""What is live: connections and their frames, who is present, and the one way out (`push`)."""

import sys

# Engine.IO brings its clients along, and they what they speak HTTP with, where another library has installed it: a
# tenth of the server's start; Socket.IO does the same with Redis (live/redis_out.py). `None` is how Python is told that
# there is no such module.
CLIENTS = [name for name in ("aiohttp", "requests", "websocket", "redis", "valkey") if name not in sys.modules]
sys.modules.update(dict.fromkeys(CLIENTS))  # type: ignore[arg-type]
import engineio  # noqa: E402, F401
import socketio  # noqa: E402, F401

for _name in CLIENTS:
    del sys.modules[_name]

"""How many pages the nginx of a site had, and how many it fetched: it writes a word for each into a file in memory, the
edge beside it counts them (docs/site-nginx.conf), and the origin's administrator sees the share."""

from pathlib import Path

AT_ONCE = 1_000_000  # bytes: what a busy minute leaves
WORDS = {b"HIT": "hits", b"MISS": "misses", b"EXPIRED": "misses"}


class Counts:
    """`path` may not be there yet, and is emptied by whoever cares for it."""

    def __init__(self, path: str):
        self.path, self.at = Path(path), 0
        self.found = {"hits": 0, "misses": 0}

    def read(self) -> dict | None:
        """{hits, misses} since the edge began; None while nothing was asked for."""
        try:
            with self.path.open("rb") as file:
                if file.seek(0, 2) < self.at:
                    self.at = 0
                file.seek(self.at)
                said = file.read(AT_ONCE)
        except OSError:
            return self.found if any(self.found.values()) else None
        whole = said[: said.rfind(b"\n") + 1]
        self.at += len(whole)
        for word in whole.split():
            if key := WORDS.get(word):
                self.found[key] += 1
        return self.found if any(self.found.values()) else None

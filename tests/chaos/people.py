"""A process of people: each wishes at random, tries again as a browser does, and writes down what it was told."""

import contextlib
import json
import sys
import threading
import time
from pathlib import Path
from random import Random

import requests
import socketio.exceptions

from tests.chaos.commands import random_command
from tests.rooms import Person, Room

LOST = (requests.RequestException, socketio.exceptions.SocketIOError, OSError)


class Somebody(Person):
    """A person at a tablet that comes back by itself, and their journal of what was answered."""

    def __init__(self, room: Room, username: str, session, seed: str, journal, over: Path):
        super().__init__(room, username, session)
        self.random, self.journal = Random(seed), journal
        self.over = over
        self.count = self.returns = 0

    def live(self) -> None:
        """Until the word is given; then see that the screen is whole, and what the server told."""
        while not self.over.exists():
            try:
                if not self.username or self.random.random() < 0.02:
                    time.sleep(0.2)
                if not self.here():
                    self.come_back()
                if self.username:
                    self.command()
                    time.sleep(self.random.random() * 0.1)
            except LOST:
                time.sleep(0.1 + self.random.random() * 0.2)
            except AssertionError:
                time.sleep(0.2)  # the join was refused: the server is just coming up
        self.settle()

    def here(self) -> bool:
        return self.socket is not None and self.socket.connected and not self.gaps

    def come_back(self) -> None:
        self.hang_up()
        held = self.seq
        self.gaps = 0
        self.connect()
        self.returns += 1
        if held and self.random.random() < 0.5:
            self.join(after=held)

    def hang_up(self) -> None:
        with contextlib.suppress(Exception):
            self.leave()
        self.socket = None

    def command(self) -> None:
        if self.id not in self.view.get("roll", {}).get("people", {}):
            return
        people = [*(p for p in self.room.people.values() if p in self.view["roll"]["people"]), self.room.people["lan"]]
        self.count += 1
        mark = f"<{self.username}-{self.count}>"
        name, args = random_command(self.random, self.view, people, self.id, mark)
        entry = {"id": f"{self.username}-{self.count}", "by": self.id, "name": name, "mark": mark}
        marked = mark in json.dumps(args, ensure_ascii=False)
        self.note({**entry, "marked": marked, "status": 0})
        for _ in range(self.random.choice([1, 3, 30])):  # some give up, some insist
            try:
                answer = self.send(name, id=entry["id"], **args)
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code < 500:
                body = answer.json()
                self.note({**entry, "marked": marked, "status": answer.status_code, "seq": body.get("seq", 0),
                           "code": body.get("error", {}).get("code", "")})  # fmt: skip
                if self.random.random() > 0.1:  # now and then once more, as after an answer that was lost
                    return
            elif answer is not None and answer.status_code == 500:
                self.note({**entry, "marked": marked, "status": 500, "code": answer.text[:200]})
            time.sleep(0.05)
            if self.over.exists():
                return

    def settle(self) -> None:
        """The screen as it is in the end, and the view as the server tells it anew."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if not self.here():
                    self.come_back()
                now = self.join(after=self.seq)
                if "error" not in now:
                    break
            except (*LOST, AssertionError):
                self.hang_up()
                time.sleep(0.3)
        time.sleep(1)  # what is still on the way
        fresh = {}
        if self.username:
            answer = self.get(f"/api/meetings/{self.room.meeting}").json()
            fresh = {"seq": answer["seq"], "view": answer["view"]}
        with self._changed:  # a patch may come even now: number and view belong together
            held = {"seq": self.seq, "view": self.view}
        self.note({"screen": self.username or "projector", "audience": now.get("audience", ""), "held": held,
                   "fresh": fresh, "returns": self.returns})  # fmt: skip
        self.hang_up()

    def note(self, entry: dict) -> None:
        self.journal.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self.journal.flush()


def main(settings_json: str) -> None:
    """`told` is JSON of what the orchestrator knows: url, meeting, people, cookies by username, seed, files."""
    plan = json.loads(Path(settings_json).read_text())
    room = Room(Path(plan["data"]), plan["people"], plan["meeting"])
    room.url = plan["url"]
    over = Path(plan["over"])
    threads = []
    for username, cookies in plan["cookies"].items():
        session = requests.Session()
        session.headers["X-Meetingroom"] = "1"
        session.cookies.update(cookies)
        path = Path(plan["journals"], f"{username or 'projector'}.jsonl")
        journal = path.open("a", encoding="utf-8")
        somebody = Somebody(room, username, session, f"{plan['seed']}/{username}", journal, over)
        threads.append(threading.Thread(target=somebody.live, daemon=True))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1])

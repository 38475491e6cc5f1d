"""Three hundred voters cast within five seconds: none lost, none twice, how long each waits for the answer.

python -m bench ballot --voters 300 --seconds 5
"""

import json
import random
import shutil
import statistics
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

from meetingroom import clock, database
from meetingroom.auth import account_store, passwords
from tests.rooms import PASSWORD, Room, people_of, prepare_meeting

CHOICES = ("yes", "yes", "yes", "no", "other")


def voters_of(data: Path, count: int) -> dict[str, str]:
    """More people in the directory; user ids by username."""
    pool = database.Pool(data / "meetingroom.db")
    hashed = passwords.hash_password(PASSWORD)
    with pool.writing() as db:
        unit = account_store.list_units(db)[0]["id"]
        found = {}
        for n in range(count):
            name = f"voter{n}"
            found[name] = account_store.add_user(
                db, username=name, name=f"Đại biểu {n}", title="", unit=unit, role="member"
            )
            account_store.set_password(db, found[name], hashed)
    pool.close()
    return found


class Voter(threading.Thread):
    """Somebody who signs in, waits for the ballot, and votes once at their moment."""

    def __init__(self, room: Room, username: str, moment: float, begin: threading.Event):
        super().__init__(daemon=True)
        self.room, self.moment, self.begin = room, moment, begin
        self.waited, self.answer = 0.0, {}
        session = room.person(username).session
        self.cookie = "; ".join(f"{c.name}={c.value}" for c in session.cookies)
        self.ballot = ""

    def run(self):
        connection = HTTPConnection("127.0.0.1", self.room.port, timeout=30)
        connection.connect()
        self.begin.wait()
        time.sleep(self.moment)
        choice = random.choice(CHOICES)
        args = {"ballot": self.ballot, "choice": choice} | ({"text": "ý kiến khác"} if choice == "other" else {})
        body = json.dumps({"id": clock.new_id(), "name": "cast_vote", "args": args})
        headers = {"Cookie": self.cookie, "X-Meetingroom": "1", "Content-Type": "application/json"}
        started = time.perf_counter()
        connection.request("POST", f"/api/meetings/{self.room.meeting}/commands", body, headers)
        response = connection.getresponse()
        self.answer = {"status": response.status, **json.loads(response.read())}
        self.waited = time.perf_counter() - started


def measure(voters: int = 300, seconds: float = 5, secret: bool = True) -> dict:
    """{p50, p99, max (ms), counted, answered, receipts}."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    people = people_of(folder / "data")
    people |= voters_of(folder / "data", voters)
    room = Room(folder / "data", people).start()
    try:
        prepare_meeting(room)
        an, dung = room.person("an"), room.person("dung")
        for n in range(voters):
            dung.does("invite", person=people[f"voter{n}"], role="delegate")
        an.does("open_meeting")
        names = [people[f"voter{n}"] for n in range(voters)]
        dung.does("draft_ballot", question="Thông qua?", preset="UBKS_NQ", secret=secret, voters=names)
        ballot = dung.read_view()["ballots"]["order"][0]
        begin = threading.Event()
        crowd = [Voter(room, f"voter{n}", random.uniform(0, seconds), begin) for n in range(voters)]
        for voter in crowd:
            voter.ballot = ballot
            voter.start()
        an.does("open_ballot", ballot=ballot)
        begin.set()
        for voter in crowd:
            voter.join(60)
        an.does("close_ballot", ballot=ballot)
        an.does("publish_result", ballot=ballot)
        seen = an.read_view()["ballots"]["items"][ballot]
        waited = sorted(voter.waited * 1000 for voter in crowd)
        return {
            "p50": statistics.median(waited),
            "p99": waited[int(len(waited) * 0.99) - 1],
            "max": waited[-1],
            "answered": sum(voter.answer["status"] == 200 for voter in crowd),
            "counted": sum(seen["counts"].values()),
            "receipts": len(seen.get("receipts", [])),
        }
    finally:
        room.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main(voters: int, seconds: float) -> None:
    for secret in (False, True):
        found = measure(voters, seconds, secret)
        print(f"{'secret' if secret else 'open'} ballot, {voters} voters in {seconds:g} s:", end=" ")
        print(
            ", ".join(f"{name} {value:.1f}" if name[0] in "pm" else f"{name} {value}" for name, value in found.items())
        )

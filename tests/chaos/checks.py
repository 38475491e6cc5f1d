"""After the chaos: what was answered is in the log once, what was refused is not, everything fits together."""

import json
from collections import Counter
from pathlib import Path

from meetingroom import database, log
from meetingroom.meeting import view as views
from meetingroom.meeting.kernel import replay
from meetingroom.meeting.state import MeetingState

TABLES = ("meetings", "members", "papers")


def journals(folder: Path) -> tuple[dict[tuple, list[dict]], list[dict]]:
    """(what each command was told, in order; the screens as they were in the end)."""
    answers: dict[tuple, list[dict]] = {}
    screens = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if "screen" in entry:
                screens.append(entry)
            else:
                answers.setdefault((entry["by"], entry["id"]), []).append(entry)
    return answers, screens


def check(data: Path, meeting: str, folder: Path) -> tuple[Counter, list[str]]:
    """(counts, problems). The server has been stopped."""
    answers, screens = journals(folder)
    counts: Counter = Counter(commands=len(answers), screens=len(screens))
    pool = database.Pool(data / "meetingroom.db", patience=5)
    with pool.lend() as db:
        wrong = [*answered(db, meeting, answers, counts), *attributed(db, meeting, counts), *chains(db, counts)]
        facts = log.read(db, meeting)
        state = replay(MeetingState(id=meeting), facts)
        wrong += [*seen(facts, meeting, screens, counts), *boxes(db, data, state, counts), *rebuilt(pool, counts)]
    pool.close()
    return counts, wrong


def answered(db, meeting: str, journal: dict, counts: Counter):
    stored = {row["id"]: row for row in db.conn.execute("select * from answers where meeting = ?", (meeting,))}
    texts = [row[0] for row in db.conn.execute("select data from events where meeting = ?", (meeting,))]
    for (by, key), entries in journal.items():
        answers = [entry for entry in entries if entry["status"]]
        first = answers[0] if answers else {"status": 0}
        if any((a["status"], a.get("seq"), a.get("code")) != (first["status"], first.get("seq"), first.get("code"))
               for a in answers):  # fmt: skip
            yield f"{key}: two answers: {answers}"
        row = stored.get(key)
        kept = json.loads(row["answer"]) if row else {}
        times = sum(text.count(entries[0]["mark"]) for text in texts) if entries[0]["marked"] else None
        if first["status"] == 200:
            counts["answered"] += 1
            if kept.get("seq") != first["seq"] or row["by"] != by:
                yield f"{key}: was answered {first['seq']} and the file says {kept}"
            if times is not None and times != 1:
                yield f"{key} ({entries[0]['name']}): {times} times in the log"
            counts["counted by their text"] += times is not None
        elif 400 <= first["status"] < 500:
            counts["refused"] += 1
            if "seq" in kept or times:
                yield f"{key}: was refused ({first['code']}) and is in the log"
        else:
            counts["never answered"] += 1
            counts["never answered, and done"] += "seq" in kept
            if times and ("seq" not in kept or times > 1):
                yield f"{key}: {times} times in the log without an answer"
        if first["status"] == 500:
            yield f"{key}: {entries[0]['name']} made the server fail: {first['code']}"


def attributed(db, meeting: str, counts: Counter):
    """Every fact belongs to exactly one answer: the facts up to an answer's number are of one hand and one moment."""
    ends = Counter(
        json.loads(row["answer"])["seq"]
        for row in db.conn.execute("select answer from answers where meeting = ? and answer like '%seq%'", (meeting,))
        if "seq" in json.loads(row["answer"])
    )
    expected, run = 0, []
    for row in db.conn.execute("select seq, at, by, name from events where meeting = ? order by seq", (meeting,)):
        expected += 1
        if row["seq"] != expected:
            yield f"number {expected} is missing"
            return
        run.append(row)
        if row["seq"] in ends:
            if len({(each["at"], each["by"]) for each in run}) > 1:
                yield f"the facts up to {row['seq']} are not of one command: {[tuple(each) for each in run]}"
            run = []
    counts["facts"] = expected
    if run:
        yield f"the last facts belong to no answer: {[tuple(each) for each in run]}"
    if beyond := [seq for seq in ends if seq > expected]:
        yield f"answers for facts that are not there: {beyond}"


def chains(db, counts: Counter):
    for (meeting,) in db.conn.execute("select distinct meeting from events").fetchall():
        try:
            counts["facts whose hashes fit"] += log.verify(db, meeting)
        except log.Corrupt as corrupt:
            yield f"hash chain: {corrupt}"
    for (line,) in db.conn.execute("pragma integrity_check"):
        if line != "ok":
            yield f"integrity: {line}"


def seen(facts: list, meeting: str, screens: list[dict], counts: Counter):
    """What stood on each screen, and what a fresh one was given, is the view of the log at that number."""
    for screen in screens:
        counts["returns of screens"] += screen["returns"]
        for kind in ("held", "fresh"):
            if not (shown := screen[kind]):
                continue
            state = replay(MeetingState(id=meeting), facts[: shown["seq"]])
            true = json.loads(json.dumps(views.view(state, screen["audience"])))
            if true != shown["view"]:
                parts = [key for key in true if true[key] != shown["view"].get(key)]
                yield f"{screen['screen']} ({kind}, number {shown['seq']}) differs in {parts}"
        if screen["fresh"] and screen["held"]["seq"] < screen["fresh"]["seq"] - 2:
            yield f"{screen['screen']} stands at {screen['held']['seq']}, the log at {screen['fresh']['seq']}"
        counts["screens that equal the log"] += 1


def boxes(db, data: Path, state: MeetingState, counts: Counter):
    """Keys and sealed votes are those of open secret ballots, one per voter who voted."""
    ballots = state.ballots.ballots
    secret = {key: one for key, one in ballots.items() if one.secret}
    counts["secret ballots"] = len(secret)
    counts["secret ballots over"] = sum(one.state not in ("draft", "open") for one in secret.values())
    open_now = {key for key, one in secret.items() if one.state == "open"}
    keys = {path.stem for path in (data / "seals").glob("*.key")}
    if keys != open_now:
        yield f"keys of {keys}, open are {open_now}"
    for key, one in secret.items():
        (votes,) = db.conn.execute("select count(*) from sealed_votes where ballot = ?", (key,)).fetchone()
        if votes != (len(one.voted) if key in open_now else 0):
            yield f"ballot {key} ({one.state}): {votes} in the box, {len(one.voted)} voted"


def rebuilt(pool, counts: Counter):
    with pool.writing() as db:
        before = tables(db)
        log.rebuild(db)
        after = tables(db)
    counts["projected rows"] = sum(map(len, before.values()))
    for name in TABLES:
        if before[name] != after[name]:
            yield f"projection {name} differs from its rebuild: {before[name] ^ after[name]}"


def tables(db) -> dict[str, set]:
    return {name: {tuple(row) for row in db.conn.execute(f"select * from {name}")} for name in TABLES}

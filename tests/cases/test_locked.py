"""While somebody else keeps the database for writing, a stranger to a case is told that nothing is there, at once."""

from meetingroom import database


def addresses_of(room, wanted, known: dict) -> list[tuple[str, str]]:
    """(method, address) of what the program answers at; what is not `known` is called 1."""
    found = []
    with room.app.test_request_context():
        urls = room.app.url_map.bind("localhost")
        for rule in filter(wanted, room.app.url_map.iter_rules()):
            values = {name: known.get(name, "1") for name in rule.arguments}
            methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            found += [(method, urls.build(rule.endpoint, values, method=method)) for method in methods]
    return found


def test_a_stranger_learns_nothing_and_waits_for_nobody_who_writes(room, monkeypatch):
    known = {"case": room.case, "document": room.filed(pages=1), "page": 1, "number": 1, "version": 1, "rev": 1}
    found = addresses_of(room, lambda rule: bool(rule.arguments & {"case", "document"}), known)
    room.browser("lan")
    with room.pool.writing() as db:
        db.conn.execute("update sessions set seen_at = 0")  # to be renewed
    waited = set()

    def refuse(db, patience):
        waited.add(patience)
        raise database.Busy

    monkeypatch.setattr(database, "begin", refuse)
    answers = {(*each, room.api("lan", *each, {} if each[0] != "GET" else None).status_code) for each in found}
    assert [each for each in answers if each[2] >= 500] == []
    assert room.api("lan", "GET", room.at()).status_code == 404
    assert waited == {0}


def test_what_is_not_there_is_not_there_also_while_somebody_writes(room, monkeypatch):
    """Nobody waits for the database, merely to be told so: neither who is signed in nor who has an address only."""
    found = addresses_of(room, lambda rule: bool(rule.arguments), {"number": 1, "page": 1})
    room.browser("lan")
    outside = room.app.test_client()

    def refuse(db, patience):
        raise database.Busy

    monkeypatch.setattr(database, "begin", refuse)
    for method, address in found:
        if method == "GET":
            answers = [room.api("lan", method, address).status_code, outside.get(address).status_code]
            assert max(answers) < 500, (address, answers)

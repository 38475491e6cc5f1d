"""While somebody else keeps the database for writing, a stranger to a case is told that nothing is there, at once."""

from meetingroom import database


def test_a_stranger_learns_nothing_and_waits_for_nobody_who_writes(room, monkeypatch):
    known = {"case": room.case, "document": room.filed(pages=1), "page": 1, "number": 1, "version": 1, "rev": 1}
    found = []
    with room.app.test_request_context():
        urls = room.app.url_map.bind("localhost")
        for rule in room.app.url_map.iter_rules():
            if rule.arguments & {"case", "document"}:
                values = {name: known.get(name, "1") for name in rule.arguments}
                methods = sorted(rule.methods - {"HEAD", "OPTIONS"})
                found += [(method, urls.build(rule.endpoint, values, method=method)) for method in methods]
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

"""Two secretaries and one text: nothing typed is lost, nothing of the other's is overwritten unseen."""

import pytest

from meetingroom import log
from meetingroom.auth import account_store
from meetingroom.meeting.approval import MinutesApproved
from meetingroom.meeting.record import NoteRecorded
from meetingroom.minutes import diff, note_store, rich
from meetingroom.minutes.rich_reading import parse

API = "/api/meetings/m1"
NOTE = f"{API}/notes/i1"
HEADERS = {"X-Meetingroom": "1"}


class Writer:
    """Somebody in one window."""

    def __init__(self, program, name: str, window: str = "w1"):
        self.client, self.window = program.client(name), window

    def save(self, html: str, base: int = 0, path: str = NOTE, **more):
        return self.send("put", path, html=html, base=base, **more)

    def send(self, method: str, path: str, **body):
        return getattr(self.client, method)(path, json={"window": self.window, **body}, headers=HEADERS)

    def read(self, path: str = NOTE):
        return self.client.get(path).json

    def command(self, name: str, **args):
        body = {"id": f"c-{name}-{self.window}", "name": name, "args": args}
        return self.client.post(f"{API}/commands", json=body, headers=HEADERS)


@pytest.fixture
def mai(running):
    return Writer(running, "mai")


@pytest.fixture
def an(running):
    return Writer(running, "an", "w2")


def facts(program, kind=NoteRecorded):
    with program.pool.lend() as db:
        return [fact.event for fact in log.read(db, "m1") if isinstance(fact.event, kind)]


def test_a_text_is_saved_in_its_one_spelling_and_read_again(mai):
    saved = mai.save("<p>Nhất trí <b>cao</b><script>x()</script></p>").json
    assert saved["html"] == "<p>Nhất trí <strong>cao</strong></p>"
    again = mai.read()
    assert (again["rev"], again["html"], again["name"]) == (saved["rev"], saved["html"], "Lý Thị Mai")


def test_a_note_that_was_there_before_versions_were_kept_is_version_nought(mai):
    """The log has it from an older program."""
    assert mai.read()["html"] == "<p>Thông qua chương trình.</p>"
    assert mai.save("<p>Khác</p>").status_code == 200
    kinds = [(each["rev"], each["kind"]) for each in mai.read(f"{NOTE}/revisions")]
    assert kinds == [(2, "auto"), (1, "checkpoint")]


def test_a_newer_text_is_not_overwritten_unseen(mai, an):
    first = mai.save("<p>Của Mai</p>").json
    refused = an.save("<p>Của An</p>", base=0)
    assert refused.status_code == 409
    error = refused.json["error"]
    assert (error["code"], error["rev"], error["name"]) == ("note_changed", first["rev"], "Lý Thị Mai")
    assert an.save("<p>Của cả hai</p>", base=first["rev"]).status_code == 200


def test_the_window_whose_answer_got_lost_goes_on(mai):
    mai.save("<p>Một</p>")
    assert mai.save("<p>Một hai</p>", base=0).status_code == 200
    assert mai.read()["html"] == "<p>Một hai</p>"


def test_another_window_of_the_same_person_is_another(running, mai):
    mai.save("<p>Một</p>")
    assert Writer(running, "mai", "w9").save("<p>Hai</p>", base=0).status_code == 409


def test_two_hundred_autosaves_are_no_two_hundred_facts(running, mai):
    before, base = len(facts(running)), 0
    for n in range(200):
        base = mai.save(f"<p>Ghi {n}</p>", base=base).json["rev"]
    assert len(facts(running)) - before <= 3
    versions = mai.read(f"{NOTE}/revisions")
    assert len(versions) > 190, "all of ten minutes"
    assert versions[0]["words"] == 2


def test_autosaves_are_thinned_with_time_and_nothing_else_goes():
    minute, now = 60_000, 3 * 24 * 60 * 60_000
    kinds = {3: "checkpoint", 4: "branch", 5: "restore"}

    def saved(n, at):
        return note_store.Revision(n, at, "mai", "w", str(n), kinds.get(n, "auto"))

    for ago, every in ((9 * minute, 1), (60 * minute, 2), (26 * 60 * minute, 15)):
        versions = [saved(n, now - ago + n * minute - n * minute // 60) for n in range(60, 0, -1)]
        versions = [each for each in versions if each.at <= now]
        gone = note_store.spare(versions, now)
        left = [each.rev for each in versions if each not in gone]
        assert set(kinds) & {each.rev for each in versions} <= set(left)
        autos = [each for each in versions if each.kind == "auto" and now - each.at > note_store.IN_FULL]
        kept = [each for each in autos if each not in gone]
        assert len(kept) <= len(autos) // every + 2
        assert all(now - each.at > note_store.IN_FULL and each.kind == "auto" for each in gone)
        assert versions[0].rev in left, "the text itself"


def test_a_version_that_nothing_names_is_deleted_for_good_with_a_reason(running, mai):
    secret = "<p>Dán nhầm: số điện thoại riêng.</p>"
    first = mai.save(secret).json["rev"]

    def forgets(rev, reason="Dán nhầm", who=mai):
        return who.send("delete", f"{NOTE}/revisions/{rev}", reason=reason)

    assert forgets(first).json["error"]["code"] == "version_in_use"
    second = mai.save("<p>Đúng.</p>", base=first).json["rev"]
    assert forgets(first, "").json["error"]["code"] == "empty"
    assert forgets(first, who=Writer(running, "dung")).status_code == 403
    assert forgets(first).status_code == 200
    assert forgets(first).json["error"]["code"] == "version_gone"
    with running.pool.lend() as db:
        assert "Dán nhầm" not in str(list(db["note_bodies"].rows))
        (line,) = account_store.audit_lines(db, name="note_version_deleted")
        assert (line["by_name"], line["data"]["reason"], line["data"]["rev"]) == ("Lý Thị Mai", "Dán nhầm", first)
    third = mai.save("<p>Vào nhật ký.</p>", base=second, checkpoint=True).json["rev"]
    mai.save("<p>Khác.</p>", base=third)
    assert forgets(third).json["error"]["code"] == "version_in_log"


def test_what_was_saved_goes_into_the_log_when_its_writer_leaves_it(running, mai):
    mai.save("<ul><li>một</ul>")
    mai.send("post", f"{NOTE}/hold")
    assert mai.send("delete", f"{NOTE}/hold").status_code == 200
    last = facts(running)[-1]
    assert (last.text, last.rev, last.chars) == ("- một", mai.read()["rev"], 5)
    assert last.sha == rich.sha_of("<ul><li><p>một</p></li></ul>")


@pytest.mark.parametrize(("name", "args"), [("finish_item", {"item": "i1"}), ("close_meeting", {})])
def test_what_rests_on_the_texts_finds_them_in_the_log(running, mai, an, name, args):
    mai.save("<p>Chưa xong</p>")
    assert an.command(name, **args).status_code == 200
    assert facts(running)[-1].text == "Chưa xong"


def test_the_chair_approves_what_was_saved_last_and_later_saving_is_refused(finished, mai, an):
    mai.save("<p>Bản <em>cuối</em></p>")
    approval = an.client.get(f"{API}/minutes.json").json["approval"]
    assert an.command("approve_minutes", version=approval["version"], digest=approval["digest"]).status_code == 200
    assert facts(finished, MinutesApproved)
    refused = mai.save("<p>Sau</p>", base=mai.read()["rev"])
    assert (refused.status_code, refused.json["error"]["code"]) == (409, "minutes_approved")
    assert "<em>cuối</em>" in str(an.client.get(f"{API}/minutes.json").json["blocks"])


def test_a_text_saved_while_the_chair_reads_is_not_approved_unread(finished, mai, an):
    approval = an.client.get(f"{API}/minutes.json").json["approval"]
    mai.save("<p>Vừa sửa</p>")
    refused = an.command("approve_minutes", version=approval["version"], digest=approval["digest"])
    assert refused.json["error"]["code"] == "changed_meanwhile"


def test_one_writes_the_other_is_told_and_can_take_over(mai, an):
    assert mai.send("post", f"{NOTE}/hold").json["mine"]
    held = an.send("post", f"{NOTE}/hold").json
    assert (held["mine"], held["name"]) == (False, "Lý Thị Mai")
    assert an.send("post", f"{NOTE}/hold", take=True).json["mine"]
    assert not mai.send("post", f"{NOTE}/hold").json["mine"]
    assert mai.read()["hold"]["name"] == "Nguyễn Văn An"


def test_what_the_other_had_not_saved_is_set_aside_and_found(mai, an):
    base = an.save("<p>Bản chính</p>").json["rev"]
    mai.save("<p>Câu dở của Mai</p>", base=0, branch=True)
    found = an.read(f"{NOTE}/revisions")[0]
    assert (found["kind"], found["name"]) == ("branch", "Lý Thị Mai")
    assert (an.read()["rev"], an.read()["html"]) == (base, "<p>Bản chính</p>")
    assert an.read(f"{NOTE}/revisions/{found['rev']}")["html"] == "<p>Câu dở của Mai</p>"


def test_an_older_version_is_compared_and_comes_back(mai):
    first = mai.save("<p>Đồng ý với báo cáo của Phòng 1.</p>").json["rev"]
    second = mai.save("<p>Khác.</p>", base=first, checkpoint=True).json["rev"]
    mai.send("post", f"{NOTE}/hold")
    third = mai.save("<p>Đồng ý với dự thảo của Phòng 1.</p>", base=second, checkpoint=True).json["rev"]
    back = mai.send("post", f"{NOTE}/restore", rev=second, base=third).json
    assert (back["rev"], back["html"]) == (third + 1, "<p>Khác.</p>")
    blocks = mai.read(f"{NOTE}/diff?a={second}&b={third}")["blocks"]
    assert {block["kind"] for block in blocks} == {"removed", "added"}
    missing = mai.send("post", f"{NOTE}/restore", rev=999, base=third + 1)
    assert missing.json["error"]["code"] == "version_gone"


def test_words_are_compared_not_letters():
    blocks = diff.differences(parse("<p>Đồng ý với báo cáo toà án</p>"), parse("<p>Đồng ý với báo cáo tòa án</p>"))
    assert [(word["kind"], word["text"]) for word in blocks[0]["words"]] == [
        ("same", "Đồng ý với báo cáo "), ("removed", "toà"), ("added", "tòa"), ("same", " án"),
    ]  # fmt: skip


def test_long_texts_are_compared_without_holding_anybody_up():
    old = parse("".join(f"<p>Đoạn {n}</p><p>.</p>" for n in range(1200)))
    new = parse("".join(f"<p>Đoạn {n} mới</p><p>.</p>" for n in range(1200)))
    assert len(diff.differences(old, new)) >= 2400


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"html": "<table><tr>" + "<td>x" * 13}, 422, "too_complex"),
        ({"html": 5}, 400, "malformed"),
        ({"html": "x", "base": "1"}, 400, "malformed"),
        ({"html": "x", "window": ""}, 400, "malformed"),
        ({"html": "x", "window": "w" * 41}, 400, "malformed"),
    ],
)
def test_bad_input_is_refused_in_words(mai, body, status, code):
    answer = mai.send("put", NOTE, **{"base": 0, **body})
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert answer.json["error"]["message"]


def test_an_item_that_is_none_and_people_who_do_not_write(running, mai):
    assert mai.save("<p>x</p>", path=f"{API}/notes/i9").json["error"]["code"] == "no_such_item"
    for name, status in (("em", 403), ("dung", 403), ("la", 404)):
        assert Writer(running, name).save("<p>x</p>").status_code == status, name
    assert running.get("dung", NOTE).status_code == 200
    assert running.get("em", NOTE).status_code == 403
    assert running.get("la", NOTE).status_code == 404

"""Lines that the log tells by itself, and what it can tell in a place of the text."""

from meetingroom.meeting.stage import PageTurned

MEETING = "/api/meetings/m1"
HEADERS = {"X-Meetingroom": "1"}


def said(client):
    return client.get(f"{MEETING}/minutes.json").get_json()


def test_a_line_that_is_placed_or_left_out_is_told_once_and_can_be_brought_back(running):
    mai = running.client("mai")
    (line,) = said(mai)["auto"]["i1"]
    assert line["text"].endswith("trình chiếu tài liệu “Chương trình” (trang 1–2).")
    for html in (
        f'<p data-from="{line["seq"]}">Trình chiếu.</p>',
        f'<div data-live="hidden" data-ref="{line["seq"]}"></div>',
    ):
        wish = {"html": html, "base": 0, "window": "w1"}
        note = mai.get(f"{MEETING}/notes/i1").get_json()
        answer = mai.put(f"{MEETING}/notes/i1", json={**wish, "base": note["rev"]}, headers=HEADERS)
        assert answer.status_code == 200
        now = said(mai)
        assert now["auto"]["i1"] == [{**line, "used": True}]
        assert line["text"] not in [block["text"] for block in now["blocks"]]
    note = mai.get(f"{MEETING}/notes/i1").get_json()
    mai.put(f"{MEETING}/notes/i1", json={"html": "", "base": note["rev"], "window": "w1"}, headers=HEADERS)
    assert said(mai)["auto"]["i1"] == [line]


def test_what_can_be_put_in_has_its_words_and_its_text(running):
    live = said(running.client("mai"))["live"]
    assert [one["kind"] for one in live[""]] == ["roll", "absent", "quorum"]
    assert live[""][0]["label"] == "Thành phần tham dự"
    (shown,) = live["i1"]
    assert shown["kind"] == "shown"
    assert "Chương trình" in shown["lines"][0]


def test_words_made_of_a_live_block_stand_for_it_and_tell_when_the_log_says_otherwise(running):
    mai = running.client("mai")
    (shown,) = said(mai)["live"]["i1"]
    made = f'<p data-told="shown@{shown["sha"]}">Đã trình chiếu Chương trình.</p>'
    write(mai, "i1", made)
    assert said(mai)["doubts"] == []
    assert mai.get(f"{MEETING}/notes/i1").get_json()["html"] == made
    running.happens("09:00", "an", PageTurned("d1", 4))
    (doubt,) = said(mai)["doubts"]
    assert (doubt["item"], doubt["kind"]) == ("i1", "changed")
    assert "“Tài liệu đã trình chiếu” đã đổi sau khi chuyển thành chữ" in doubt["text"]
    assert mai.get(f"{MEETING}/minutes.json?language=en").get_json()["doubts"] == [], "made in the other language"


def test_the_text_keeps_its_order_and_a_line_before_an_earlier_one_is_said(running):
    mai = running.client("mai")
    (line,) = said(mai)["auto"]["i1"]
    texts = ["Đoạn mở đầu.", "Việc sau.", "Việc trước."]
    marks = ("", f' data-from="{line["seq"] + 1}"', f' data-from="{line["seq"]}"')
    write(mai, "i1", "".join(f"<p{mark}>{text}</p>" for mark, text in zip(marks, texts, strict=True)))
    now = said(mai)
    assert [block["text"] for block in now["blocks"] if block["text"] in texts] == texts
    (doubt,) = now["doubts"]
    assert doubt["kind"] == "order"
    assert "“Việc sau.” đứng trước “Việc trước.”" in doubt["text"]


def write(client, item, html):
    rev = client.get(f"{MEETING}/notes/{item}").get_json()["rev"]
    wish = {"html": html, "base": rev, "window": "w1"}
    assert client.put(f"{MEETING}/notes/{item}", json=wish, headers=HEADERS).status_code == 200


def test_lines_of_the_timeline_say_of_what_kind_and_item_they_are_and_whom_they_are_about(running):
    mai, an = running.client("mai"), running.ids["an"]
    lines = mai.get(f"{MEETING}/timeline").get_json()["lines"]
    shown = next(line for line in lines if "Trình chiếu" in line["text"])
    assert (shown["kind"], shown["item"], shown["people"]) == ("pages", "i1", [an])
    assert {line["kind"] for line in lines} <= {"roll", "agenda", "pages", "floor", "ballots", "record", "other"}

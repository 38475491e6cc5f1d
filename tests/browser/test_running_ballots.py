"""Ballots as the chair and the secretary run them at their screens: drafted, opened, counted, published, annulled."""

from playwright.sync_api import expect

from tests.browser.rooms import PLAN, eventually, everybody_in, seat, write_ballot


def ballots(room):
    seen = room.person("an").read_view()["ballots"]
    return [seen["items"][key] for key in seen["order"]]


def test_an_open_ballot_from_the_draft_to_the_published_result(screen, opened):
    everybody_in(opened)
    page = seat(screen, opened, "an")
    write_ballot(page, PLAN)
    page.wait_for_selector("ballot-opening .quorum-notice.good")
    expect(page.locator("ballot-opening .desk-roll li")).to_have_count(5)
    page.click("ballot-opening .primary.big")
    page.wait_for_selector("dialog", state="detached")
    page.wait_for_selector(".side .desk-card.live")
    key = opened.person("an").read_view()["ballots"]["open"]
    for username in ("em", "phuong", "ich"):
        opened.person(username).does("cast_vote", ballot=key, choice="yes")
    page.wait_for_selector(".side .desk-cast:has-text('3/5')")
    page.click(".side .desk-vote")
    page.click("dialog .ballot-option >> nth=1")
    page.click("dialog .ballot-paper .primary")
    page.wait_for_selector(".side .desk-cast:has-text('4/5')")
    page.click("dialog > .dialog-actions button")
    page.wait_for_selector("dialog", state="detached")
    page.click(".side .desk-end")
    assert "1" in page.inner_text("dialog .dialog-body p"), "one has not voted"
    page.click("dialog .primary")
    page.wait_for_selector(".side .desk-verdict.good")
    assert ballots(opened)[0]["state"] == "closed"
    assert "result" not in opened.person("em").read_view()["ballots"]["items"][key]
    sentence = ballots(opened)[0]["result"]["sentence"]["vi"]
    assert page.inner_text(".side .desk-sentence") == sentence.replace(" %", "\u00a0%")
    page.click(".side .desk-publish")
    page.wait_for_selector(".side .desk-start")
    result = opened.person("em").read_view()["ballots"]["items"][key]["result"]
    assert result["verdict"] == "adopted"


def test_a_secret_ballot_of_few_voters_warns_before_it_opens(screen, opened):
    everybody_in(opened)
    page = seat(screen, opened, "an")
    write_ballot(page, "Giới thiệu nhân sự", secret=True)
    out = page.locator("ballot-opening .desk-roll li button")
    for n in (0, 1):
        out.nth(n).click()
        page.wait_for_selector(f"ballot-opening .desk-roll li.out >> nth={n}")
    assert page.is_disabled("ballot-opening .primary.big"), "three voters and not said that it is known"
    page.check("ballot-opening [name=despite]")
    page.click("ballot-opening .primary.big")
    page.wait_for_selector(".side .desk-card.live")
    ballot = ballots(opened)[0]
    assert ballot["secret"]
    assert len(ballot["roll"]) == 3
    key = opened.person("an").read_view()["ballots"]["open"]
    voters = [name for name, person in opened.people.items() if person in ballot["roll"]]
    opened.person(voters[0]).does("cast_vote", ballot=key, choice="no")
    page.wait_for_selector(".side .desk-cast:has-text('1/3')")
    page.click(".side .desk-more")
    expect(page.locator("dialog .desk-missing li")).to_have_count(2)
    assert not page.is_visible("dialog .tallies"), "nothing is counted before the end"
    page.click("dialog .desk-end")
    page.click("dialog >> nth=-1 >> .primary")
    page.wait_for_selector("dialog .desk-verdict")
    page.click("dialog .desk-publish")
    eventually(page, lambda: ballots(opened)[0]["state"] == "published")


def test_a_ballot_being_written_is_not_lost(screen, opened):
    page = seat(screen, opened, "an")
    page.click(".desk-start")
    page.click("ballot-desk[wide] .desk-new")
    page.fill("#b-question", PLAN)
    page.reload()
    page.click(".desk-start")
    page.click("ballot-desk[wide] .desk-new")
    expect(page.locator("#b-question")).to_have_value(PLAN)
    page.select_option("#b-preset", "THAM_KHAO")
    page.click("ballot-form [value=save]")
    page.wait_for_selector("ballot-form .error")
    page.fill("#b-list", "Phòng 1\nPhòng 3\nKhu vực 1")
    page.fill("#b-choose", "2")
    page.click("ballot-form button:has-text('Chọn từng người')")
    page.locator("ballot-form .voters input").first.uncheck()
    page.click("ballot-form [value=save]")
    page.wait_for_selector(".desk-draft")
    ballot = ballots(opened)[0]
    assert (ballot["choose"], ballot["secret"], len(ballot["roll"])) == (2, True, 4)
    assert [option["label"] for option in ballot["options"]] == ["Phòng 1", "Phòng 3", "Khu vực 1"]


def test_a_draft_is_edited_from_what_it_holds_and_nobody_elses_change_is_lost(screen, opened):
    everybody_in(opened)
    mai, em = opened.person("mai"), opened.people["em"]
    mai.does("draft_ballot", question=PLAN, preset="UBKS_NQ", seconds=90, live=True, tie_at_half_only=False)
    (draft,) = mai.read_view()["ballots"]["order"]
    mai.does("recuse", ballot=draft, person=em)
    page = seat(screen, opened, "an")
    page.click(".desk-start")
    page.click(".desk-draft button[aria-label^='Sửa'], .desk-draft button:has-text('Sửa')")
    expect(page.locator("#b-question")).to_have_value(PLAN)
    assert page.input_value("#b-preset") == "UBKS_NQ"
    assert page.input_value("#b-seconds") == "90"
    mai.does("edit_ballot", ballot=draft, seconds=300)
    page.fill("#b-question", "Thông qua Quy chế?")
    page.click("ballot-form button:has-text('Bỏ phiếu kín')")
    page.click("ballot-form [value=save]")
    page.wait_for_selector(".desk-draft:has-text('Quy chế')")
    (ballot,) = ballots(opened)
    assert (ballot["question"], ballot["secret"], ballot["seconds"]) == ("Thông qua Quy chế?", True, 300)
    assert (ballot["recused"], ballot["rule"]["tie_at_half_only"]) == ([em], False)
    assert ballot["all_delegates"], "who comes yet votes, too"
    page.click(".desk-draft button[aria-label^='Sửa'], .desk-draft button:has-text('Sửa')")
    page.click("ballot-form [value=open]")
    page.wait_for_selector("ballot-opening .desk-question:has-text('Quy chế')")


def test_a_count_on_paper_needs_two_tellers(screen, opened):
    everybody_in(opened)
    opened.person("mai").does("draft_ballot", question=PLAN)
    opened.person("an").does("open_ballot", ballot=opened.person("an").read_view()["ballots"]["order"][0])
    page = seat(screen, opened, "mai")
    page.click(".room-tabs button:has-text('Biểu quyết')")
    page.click("button:has-text('Nhập kết quả kiểm phiếu giấy')")
    page.fill("paper-count [name=yes]", "4")
    lacks = page.locator("paper-count .dialog-actions .count-lacks")
    expect(lacks).to_have_text("Còn thiếu họ tên hai người kiểm phiếu.")
    page.fill("#teller-0", "Lý Thị Mai")
    assert page.is_disabled("paper-count .primary")
    expect(lacks).to_have_text("Còn thiếu họ tên người kiểm phiếu thứ hai.")
    page.fill("#teller-1", "Lý Thị Mai")
    expect(lacks).to_have_text("Hai người kiểm phiếu phải là hai người khác nhau.")
    page.fill("#teller-1", "Phạm Thị Dung")
    page.fill("paper-count [name=no]", "2")
    assert page.is_disabled("paper-count .primary"), "six papers of five voters"
    page.fill("paper-count [name=no]", "1")
    expect(lacks).to_be_empty()
    page.click("paper-count .primary")
    page.wait_for_selector(".desk-verdict.good")
    assert not page.is_visible(".desk-publish"), "the chair publishes"


def test_papers_with_several_choices_are_counted_as_papers(screen, opened):
    everybody_in(opened)
    mai = opened.person("mai")
    mai.does(
        "draft_ballot", question="Cờ thi đua", preset="THAM_KHAO", options=["Phòng 1", "Phòng 3", "KV 4"], choose=2
    )
    opened.person("an").does("open_ballot", ballot=mai.read_view()["ballots"]["order"][0])
    page = seat(screen, opened, "mai")
    page.click(".room-tabs button:has-text('Biểu quyết')")
    page.click("button:has-text('Nhập kết quả kiểm phiếu giấy')")
    page.fill("#teller-0", "Lý Thị Mai")
    page.fill("#teller-1", "Phạm Thị Dung")
    page.fill("paper-count [name=o1]", "4")
    page.fill("paper-count [name=o2]", "3")
    assert page.is_disabled("paper-count .primary"), "how many papers there were is not known"
    page.fill("paper-count [name=papers]", "3")
    page.wait_for_selector("paper-count .count-sum.over:has-text('không khớp')")
    page.fill("paper-count [name=papers]", "4")
    page.click("paper-count .primary")
    page.wait_for_selector("paper-count", state="detached")
    (ballot,) = ballots(opened)
    assert (ballot["issued"], ballot["returned"], ballot["counts"]["o1"]) == (5, 4, 4)


def test_a_ballot_is_annulled_with_a_reason_and_the_new_round_is_a_new_one(screen, opened):
    everybody_in(opened)
    opened.person("mai").does("draft_ballot", question=PLAN)
    opened.person("an").does("open_ballot", ballot=opened.person("an").read_view()["ballots"]["order"][0])
    page = seat(screen, opened, "an")
    page.click(".side .desk-more")
    page.click("dialog .button.danger")
    page.fill("dialog >> nth=-1 >> textarea", "Đọc nhầm nội dung")
    page.click("dialog >> nth=-1 >> .primary")
    page.wait_for_selector("dialog .desk-over")
    page.click("dialog .desk-over summary")
    page.click("dialog .desk-over button:has-text('Soạn lượt mới')")
    expect(page.locator("#b-question")).to_have_value(PLAN)
    page.click("ballot-form [value=save]")
    page.wait_for_selector("dialog .desk-draft")
    assert [one["state"] for one in ballots(opened)] == ["annulled", "draft"]

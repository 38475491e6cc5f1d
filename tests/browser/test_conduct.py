"""Conducting the meeting, as a delegate, a site's technician and the hall see it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.bare import until
from tests.browser.rooms import barriers

PHONE = (390, 844)


@pytest.fixture
def phone(enter):
    """`phone(room, "em")`: somebody with a phone; `taps` counts what their finger does."""

    def take(room, username):
        page = enter(room, username, *PHONE, fingers=True)
        page.taps = 0

        def tap(place):
            page.taps += 1
            place.tap()

        page.finger = tap
        return page

    return take


def drafted(room, question="Thông qua Kế hoạch chuyển đổi số năm 2027?", **more):
    mai = room.person("mai")
    mai.does("draft_ballot", question=question, **more)
    return mai.read_view()["ballots"]["order"][-1]


def opened_ballot(room, **more):
    ballot = drafted(room, **more)
    room.person("an").does("open_ballot", ballot=ballot)
    return ballot


def ballot_of(room, ballot, who="an"):
    return room.person(who).read_view()["ballots"]["items"][ballot]


def people(room, *usernames):
    return [room.people[name] for name in usernames]


# The floor


def test_asking_to_speak_takes_two_taps_and_shows_ones_place(opened, phone):
    opened.person("phuong").does("request_floor")
    em = phone(opened, "em")
    em.finger(em.get_by_role("button", name="Xin phát biểu"))
    em.finger(em.get_by_role("button", name="Gửi đăng ký"))
    expect(em.locator("floor-button")).to_contain_text("Thứ 2")
    assert em.taps <= 3
    floor = opened.person("an").read_view()["floor"]
    assert floor["requests"][floor["queue"][1]]["person"] == opened.people["em"]
    opened.person("phuong").does("withdraw_request")
    expect(em.locator("floor-button")).to_contain_text("Thứ 1")


def test_a_request_is_taken_back_or_given_in_writing(opened, enter):
    em = enter(opened, "em")
    opened.person("em").does("request_floor", kind="question")
    em.get_by_role("button", name="Đã đăng ký").click()
    expect(em.locator("floor-sheet")).to_contain_text("Nêu câu hỏi")
    em.get_by_role("button", name="Rút đăng ký").click()
    expect(em.get_by_role("button", name="Xin phát biểu")).to_be_visible()
    opened.person("em").does("request_floor")
    em.get_by_role("button", name="Đã đăng ký").click()
    em.get_by_role("button", name="Gửi ý kiến bằng văn bản").click()
    em.get_by_label("Ý kiến của đồng chí").fill("Đề nghị bổ sung kinh phí đường truyền.")
    em.get_by_role("button", name="Gửi thư ký").click()
    expect(em.get_by_role("button", name="Xin phát biểu")).to_be_visible()
    (opinion,) = opened.person("mai").read_view()["floor"]["opinions"].values()
    assert opinion["text"] == "Đề nghị bổ sung kinh phí đường truyền."


def test_a_closed_list_says_so_and_still_takes_a_point_of_order(opened, enter):
    opened.person("an").does("close_floor")
    em = enter(opened, "em")
    expect(em.locator("floor-button")).to_contain_text("đã dừng nhận")
    em.locator("floor-button button").click()
    expect(em.locator("floor-sheet")).to_contain_text("Chủ tọa đã dừng nhận đăng ký")
    expect(em.locator("floor-sheet input[type=radio]")).to_have_count(1)
    em.get_by_role("button", name="Gửi đăng ký").click()
    expect(em.locator("floor-button")).to_contain_text("Thứ 1")
    (request,) = opened.person("an").read_view()["floor"]["requests"].values()
    assert request["kind"] == "point_of_order"


def test_the_countdown_is_large_for_the_speaker_small_for_others_and_runs_over_in_red(opened, enter):
    em, phuong = enter(opened, "em"), enter(opened, "phuong")
    opened.person("an").does("grant_floor", person=opened.people["em"], seconds=3)
    large, small = em.locator("speech-clock.large .speech-time b"), phuong.locator("speech-clock .speech-time b")
    expect(large).to_be_visible()
    expect(phuong.locator("speech-clock")).to_contain_text("Hoàng Văn Em")
    assert large.bounding_box()["height"] > 1.5 * small.bounding_box()["height"]
    expect(em.locator("speech-clock")).to_have_attribute("data-mood", "over")
    expect(large).to_contain_text(re.compile(r"-\d\d:\d\d"))
    opened.person("mai").does("pause_speech")
    expect(small.locator("xpath=..")).to_contain_text("tạm dừng")
    em.get_by_role("button", name="Đang phát biểu").click()
    em.get_by_role("button", name="Tôi đã phát biểu xong").click()
    expect(phuong.locator("speech-clock")).to_be_hidden()


# Ballots


def test_voting_takes_two_taps_on_a_phone_and_the_mode_is_said_before(opened, phone):
    em = phone(opened, "em")
    ballot = opened_ballot(opened)
    card = em.locator("ballot-card")
    expect(card).to_contain_text("Biểu quyết công khai")
    expect(card).to_contain_text("được ghi cùng họ tên")
    em.finger(card.get_by_text("Tán thành", exact=True))
    em.finger(card.get_by_role("button", name="Xác nhận: Tán thành"))
    expect(card.locator(".ballot-mine")).to_contain_text("Tán thành")
    assert em.taps <= 3
    assert opened.person("em").me()["ballots"][ballot]["choices"] == ["yes"]


def test_an_open_sheet_gives_way_to_a_vote_and_comes_back_with_what_was_typed(opened, phone):
    em = phone(opened, "em")
    em.finger(em.get_by_role("button", name="Xin phát biểu"))
    em.locator("#floor-note").fill("Về chỉ tiêu 3")
    opened_ballot(opened)
    card = em.locator("ballot-card")
    expect(em.locator("dialog[open]")).to_have_count(0)
    em.finger(card.get_by_text("Tán thành", exact=True))
    em.finger(card.get_by_role("button", name="Xác nhận: Tán thành"))
    expect(em.locator("dialog[open] #floor-note")).to_have_value("Về chỉ tiêu 3")
    em.finger(em.get_by_role("button", name="Gửi đăng ký"))
    expect(em.locator("dialog")).to_have_count(0)
    (request,) = opened.person("an").read_view()["floor"]["requests"].values()
    assert request["note"] == "Về chỉ tiêu 3"


def test_the_page_stays_within_reach_while_a_ballot_is_open(opened, phone):
    em = phone(opened, "em")
    opened_ballot(opened)
    em.finger(em.get_by_role("button", name="Thu gọn phiếu"))
    expect(em.locator("ballot-card .ballot-paper")).to_be_hidden()
    em.keyboard.press("ArrowRight")
    expect(em.locator(".page-number b")).to_have_text("2")
    em.finger(em.locator(".ballot-strip"))
    expect(em.locator("ballot-card .ballot-paper")).to_be_visible()


def test_an_open_vote_is_changed_until_the_close_and_the_result_says_why(opened, enter):
    em = enter(opened, "em")
    ballot = opened_ballot(opened)
    card = em.locator("ballot-card")
    card.get_by_text("Không tán thành").click()
    card.get_by_role("button", name="Xác nhận").click()
    card.get_by_role("button", name="Thay đổi phiếu").click()
    card.get_by_text("Ý kiến khác").click()
    expect(card.get_by_role("button", name="Xác nhận"), "another opinion needs its words").to_be_disabled()
    card.get_by_label("Ý kiến của đồng chí").fill("Bổ sung lộ trình")
    card.get_by_role("button", name="Xác nhận: Ý kiến khác").click()
    expect(card.locator(".ballot-mine")).to_contain_text("Bổ sung lộ trình")
    for voter in ("an", "phuong", "ich"):
        opened.person(voter).does("cast_vote", ballot=ballot, choice="yes")
    opened.person("an").does("close_ballot", ballot=ballot)
    expect(card).to_contain_text("Đã kết thúc biểu quyết.")
    opened.person("an").does("publish_result", ballot=ballot)
    result = ballot_of(opened, ballot, "em")["result"]
    expect(card.locator(".verdict")).to_have_text("Thông qua")
    expect(card.locator(".ballot-sentence")).to_have_text(result["sentence"]["vi"])
    card.get_by_text("Danh sách biểu quyết").click()
    expect(card.locator(".ballot-names")).to_contain_text("Đỗ Văn Ích")
    card.get_by_role("button", name="Đóng").click()
    expect(card).to_be_hidden()
    em.reload()
    expect(em.locator("connection-lamp [data-state=live]")).to_be_visible()
    expect(card).to_be_hidden()
    em.locator("room-menu > button").click()
    em.get_by_role("button", name="Kết quả biểu quyết").click()
    em.locator(".ballot-out summary").first.click()
    expect(em.locator("ballot-book")).to_contain_text(result["sentence"]["vi"])


def test_a_secret_vote_gives_a_receipt_that_is_found_in_the_list_and_tells_no_choice(opened, phone):
    em = phone(opened, "em")
    ballot = opened_ballot(opened, secret=True, preset="HDND_NQ", voters=people(opened, "an", "em", "phuong", "ich"))
    card = em.locator("ballot-card")
    expect(card).to_contain_text("Bỏ phiếu kín")
    expect(card).to_contain_text("Không ai xem được lựa chọn của đồng chí")
    em.finger(card.get_by_text("Không tán thành", exact=True))
    em.finger(card.get_by_role("button", name="Xác nhận"))
    receipt = card.locator(".receipt-code").inner_text()
    assert len(receipt) == 14
    em.reload()
    expect(card.locator(".receipt-code")).to_have_text(receipt)
    assert card.get_by_role("button", name="Thay đổi phiếu").count() == 0
    kept = em.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert receipt in kept
    assert '"no"' not in kept.replace("\\", "")
    for voter in ("an", "phuong", "ich"):  # of fewer than four no receipt is listed
        opened.person(voter).does("cast_vote", ballot=ballot, choice="yes")
    opened.person("an").does("close_ballot", ballot=ballot)
    opened.person("an").does("publish_result", ballot=ballot)
    expect(card).to_contain_text("Phiếu của đồng chí có trong danh sách.")
    card.get_by_text("Danh sách biên nhận (4)").tap()
    expect(card.locator(".receipts .mine")).to_have_text(receipt)


def test_who_may_not_vote_is_told_exactly_why_and_can_mend_what_can_be_mended(opened, enter):
    em, phuong, ich = enter(opened, "em"), enter(opened, "phuong"), enter(opened, "ich")
    opened.person("em").does("excuse", reason="Họp ở tỉnh")
    ballot = drafted(opened, voters=people(opened, "an", "em", "phuong"))
    opened.person("mai").does("recuse", ballot=ballot, person=opened.people["phuong"])
    opened.person("an").does("open_ballot", ballot=ballot)
    expect(ich.locator("ballot-card")).to_contain_text("không có tên trong danh sách biểu quyết")
    expect(phuong.locator("ballot-card")).to_contain_text("có liên quan đến nội dung này")
    expect(em.locator("ballot-card")).to_contain_text("được ghi là vắng mặt")
    for page in (em, phuong, ich):
        assert page.locator(".ballot-paper").count() == 0
    em.locator("ballot-card").get_by_role("button", name="Điểm danh").click()
    em.locator("ballot-card").get_by_text("Tán thành", exact=True).click()
    em.locator("ballot-card").get_by_role("button", name="Xác nhận").click()
    expect(em.locator(".ballot-mine")).to_be_visible()
    assert ballot_of(opened, ballot)["cast"] == 1


def test_two_of_four_are_chosen_and_no_third(opened, enter):
    em = enter(opened, "em")
    names = ["Phòng 1", "Phòng 3", "VKSND khu vực 1", "VKSND khu vực 4"]
    ballot = opened_ballot(opened, preset="THAM_KHAO", secret=False, options=names, choose=2)
    card = em.locator("ballot-card")
    card.get_by_text("Phòng 3").click()
    card.get_by_text("VKSND khu vực 4").click()
    expect(card).to_contain_text("Đã chọn: 2")
    expect(card.get_by_label("Phòng 1")).to_be_disabled()
    card.get_by_role("button", name="Gửi phiếu (đã chọn 2)").click()
    expect(card.locator(".ballot-mine")).to_contain_text("Phòng 3; VKSND khu vực 4")
    assert opened.person("em").me()["ballots"][ballot]["choices"] == ["o2", "o4"]


def test_nothing_moves_under_a_finger_while_others_vote(opened, enter):
    em = enter(opened, "em")
    ballot = opened_ballot(opened)
    card = em.locator("ballot-card")
    option = card.locator(".ballot-option").nth(1)
    expect(option).to_be_visible()
    em.wait_for_timeout(300)  # the card has come forward
    place = option.bounding_box()
    em.mouse.move(place["x"] + 40, place["y"] + 20)
    em.mouse.down()
    opened.person("phuong").does("cast_vote", ballot=ballot, choice="yes")
    until(em, lambda: ballot_of(opened, ballot)["cast"] == 1)
    em.wait_for_timeout(200)
    assert "0/" in card.locator(".ballot-cast").inner_text()
    assert option.bounding_box() == place
    em.mouse.up()
    expect(card.locator(".ballot-cast")).to_contain_text("1/")
    expect(card.get_by_role("button", name="Xác nhận: Không tán thành")).to_be_visible()


def test_a_ballot_that_ends_before_the_vote_was_sent_says_so_and_keeps_the_words(opened, enter):
    em = enter(opened, "em")
    ballot = opened_ballot(opened)
    em.locator("ballot-card").get_by_text("Ý kiến khác").click()
    em.get_by_label("Ý kiến của đồng chí").fill("Xin lùi thời hạn một tháng")
    opened.person("an").does("close_ballot", ballot=ballot)
    expect(em.locator("ballot-card")).to_contain_text("trước khi phiếu của đồng chí được gửi")
    expect(em.locator("ballot-card")).to_contain_text("Xin lùi thời hạn một tháng")


# Service, notices, substitutes


def test_a_call_for_service_shows_that_somebody_is_coming(opened, phone):
    em = phone(opened, "em")
    em.finger(em.get_by_role("button", name="Gọi phục vụ"))
    em.finger(em.get_by_role("button", name="Nước uống"))
    sheet = em.locator("service-sheet")
    expect(sheet.locator(".service-calls")).to_contain_text("đã gửi")
    (call,) = opened.person("mai").read_view()["notices"]["calls"]
    opened.person("mai").does("answer_call", call=call, answer="taken")
    expect(sheet.locator(".service-calls")).to_contain_text("đang đến")
    expect(sheet.locator(".service-calls")).to_contain_text("Lý Thị Mai")
    sheet.get_by_role("button", name="Trợ giúp khác").tap()
    sheet.get_by_label("Đồng chí cần gì?").fill("Kính lúp")
    sheet.get_by_role("button", name="Gửi", exact=True).tap()
    expect(sheet.locator(".service-calls li")).to_have_count(2)
    texts = [one.get("text") for one in opened.person("mai").read_view()["notices"]["calls"].values()]
    assert "Kính lúp" in texts
    sheet.get_by_role("button", name="Không cần nữa").first.tap()
    expect(sheet.locator(".service-calls li").first).to_contain_text("đã xong")


def test_a_notice_stays_until_it_is_read_or_taken_back_and_others_do_not_see_mine(opened, enter):
    mai = opened.person("mai")
    em, phuong = enter(opened, "em"), enter(opened, "phuong")
    mai.does("send_notice", text="Giải lao lúc 09 giờ 45")
    mai.does("send_notice", text="Mời đồng chí Em gặp thư ký", to=opened.people["em"])
    mai.does("send_notice", text="Thì thầm với chủ tọa", to="chair")
    expect(em.locator("notice-banner")).to_contain_text("Mời đồng chí Em gặp thư ký")
    expect(phuong.locator("notice-banner")).to_contain_text("Giải lao lúc 09 giờ 45")
    member = opened.person("phuong")
    assert "gặp thư ký" not in str(member.read_view()) + str(member.me()), "what is said to one is told to nobody else"
    em.reload()
    expect(em.locator("notice-banner")).to_contain_text("Mời đồng chí Em gặp thư ký")
    em.get_by_role("button", name="Đã rõ").click()
    expect(em.locator("notice-banner")).to_contain_text("Giải lao")
    em.reload()
    expect(em.locator("notice-banner")).to_contain_text("Giải lao")
    (first, *_) = mai.read_view()["notices"]["order"]
    mai.does("take_notice_back", notice=first)
    for page in (em, phuong):
        expect(page.locator(".notice-line")).to_have_count(0)


def test_a_substitute_is_proposed_where_one_checks_in(opened, enter):
    em = enter(opened, "em")
    em.get_by_role("button", name="Hình thức khác").click()
    em.locator("dialog").get_by_role("button", name="Cử người dự thay").click()
    em.get_by_label("Họ và tên người dự thay").fill("Trần Quốc Huy")
    em.get_by_label("Chức vụ").fill("Phó Trưởng phòng 1")
    em.get_by_role("button", name="Đề nghị chủ tọa").click()
    until(em, lambda: "substitute" in opened.person("em").me()["roll"])
    opened.person("an").does("accept_substitute", person=opened.people["em"])
    em.get_by_role("button", name="Hình thức khác").click()
    expect(em.locator("dialog")).to_contain_text("Trần Quốc Huy, Phó Trưởng phòng 1 (chủ tọa đã đồng ý)")


def test_a_technician_asks_for_a_named_person_and_hears_the_calls_of_the_site(opened, enter):
    opened.person("em").does("call_service", kind="water")
    opened.person("ich").does("call_service", kind="microphone")
    tho = enter(opened, "tho", view="")
    tho.get_by_role("button", name="Đăng ký phát biểu cho đại biểu").click()
    tho.locator("dialog label", has_text="Đỗ Văn Ích").click()
    tho.locator("dialog label", has_text="Nêu câu hỏi").click()
    tho.get_by_role("button", name="Gửi đăng ký").click()
    expect(tho.locator("site-floor li")).to_contain_text("Đỗ Văn Ích")
    (request,) = opened.person("an").read_view()["floor"]["requests"].values()
    assert (request["person"], request["kind"]) == (opened.people["ich"], "question")
    expect(tho.locator("site-calls li")).to_have_count(1)
    expect(tho.locator("site-calls li")).to_contain_text("Micro")
    until(tho, lambda: tho.locator("site-calls").bounding_box()["y"] < tho.locator("line-state").bounding_box()["y"])
    expect(tho.locator(".room-tabs .tab-count")).to_have_text("1")
    tho.get_by_role("button", name="Tôi đến ngay").click()
    expect(tho.locator("site-calls li")).to_contain_text("đang đến")
    tho.get_by_role("button", name="Đã xong việc").click()
    expect(tho.locator("site-calls li")).to_have_count(0)
    opened.person("em").does("call_service", kind="help", text="Kính lúp")
    opened.person("ich").does("call_service", kind="help", text="Mic số 2 bị rè")
    expect(tho.locator("site-calls li")).to_have_count(1)
    expect(tho.locator("site-calls li")).to_contain_text("Mic số 2 bị rè")
    assert "Kính lúp" not in str(opened.person("tho").me())


# Every size, and for everybody


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (390, 844), (844, 390)])
def test_a_ballot_fits_every_screen_and_keeps_nobody_out(opened, enter, width, height):
    em = enter(opened, "em", width, height, fingers=width < 900)
    opened_ballot(opened, seconds=600)
    card = em.locator("ballot-card")
    expect(card.locator("time-left")).to_contain_text("còn 0")
    card.locator(".ballot-option").first.click()
    confirm = card.get_by_role("button", name="Xác nhận")
    expect(confirm).to_be_in_viewport(ratio=1)
    assert confirm.bounding_box()["height"] >= 48
    for option in card.locator(".ballot-option").all():
        assert option.bounding_box()["height"] >= 56
    assert barriers(em) == []
    em.get_by_role("button", name="Xin phát biểu").click()
    assert barriers(em) == []

"""The minutes beside the meeting: they follow what happens, and are final only when the chair says so."""

import pytest
from playwright.sync_api import expect

from tests.browser.rooms import barriers, seat, sign_in, small_targets

SIZES = [(1280, 800), (1024, 768), (390, 844)]


def desk(screen, room, username, width=1280, height=800):
    """Somebody at the page of the minutes."""
    page = screen(width, height)
    sign_in(page.context, room, username)
    page.goto(f"{room.url}/meetings/{room.meeting}/minutes")
    page.wait_for_selector(".minutes-paper")
    return page


def test_the_timeline_and_the_preview_follow_speeches_opinions_and_ballots(screen, opened):
    an, mai, em, ich = (opened.person(name) for name in ("an", "mai", "em", "ich"))
    first = an.read_view()["agenda"]["order"][0]
    an.does("start_item", item=first)
    for person in (em, ich):
        person.does("check_in")
    timeline, minutes = seat(screen, opened, "mai"), desk(screen, opened, "mai")
    preview = minutes.locator(".minutes-paper")
    speech = timeline.locator(".happenings li", has_text="Hoàng Văn Em").filter(has_text="phát biểu")

    an.does("grant_floor", person=opened.people["em"])
    expect(speech).to_contain_text("đang phát biểu")
    expect(preview).to_contain_text("Hoàng Văn Em phát biểu")
    an.does("end_speech")
    expect(speech).not_to_contain_text("đang phát biểu")
    expect(speech).to_have_count(1)
    expect(preview.locator("p", has_text="Hoàng Văn Em phát biểu")).to_have_count(1)

    ich.does("request_floor")
    (request,) = an.read_view()["floor"]["queue"]
    ich.does("record_opinion", request=request, text="Cần bổ sung.")
    expect(timeline.locator(".happenings")).to_contain_text("gửi ý kiến bằng văn bản: “Cần bổ sung.”")
    expect(preview).to_contain_text("Cần bổ sung")

    mai.does("draft_ballot", question="Thông qua Kế hoạch", preset="HOI_NGHI", item=first)
    ballot = an.read_view()["ballots"]["order"][0]
    an.does("open_ballot", ballot=ballot)
    expect(timeline.locator(".happenings")).to_contain_text("Bắt đầu biểu quyết “Thông qua Kế hoạch”.")
    em.does("cast_vote", ballot=ballot, choice="yes")
    an.does("close_ballot", ballot=ballot)
    an.does("publish_result", ballot=ballot)
    expect(timeline.locator(".happenings")).to_contain_text("Công bố kết quả biểu quyết “Thông qua Kế hoạch”")
    expect(preview).to_contain_text("Thông qua Kế hoạch")


def test_the_chair_approves_the_document_on_the_screen(screen, opened):
    mai, an, em = (opened.person(name) for name in ("mai", "an", "em"))
    mai.does("record_note", item="general", text="Nhất trí.")
    an.does("close_meeting")
    chair, secretary = desk(screen, opened, "an"), desk(screen, opened, "mai")
    state = secretary.locator(".minutes-approval")
    expect(state).to_have_text("Dự thảo – chưa duyệt")
    expect(secretary.locator(".approve-minutes")).to_have_count(0)
    expect(chair.locator(".draft-mark")).to_have_text("DỰ THẢO")

    mai.does("record_note", item="general", text="Nhất trí với dự thảo.")
    expect(chair.locator(".minutes-paper")).to_contain_text("Nhất trí với dự thảo.")
    member = comments_on_a_phone(screen, opened, secretary)
    expect(chair.locator(".road .now")).to_contain_text("Trình duyệt")
    chair.locator(".approve-minutes").click()
    chair.locator("dialog .button.primary").click()
    expect(state).to_contain_text("Đã duyệt lúc")
    expect(chair.locator(".draft-mark")).to_have_count(0)
    expect(secretary.locator(".note-text[aria-readonly=false]")).to_have_count(0)
    assert secretary.locator("textarea:not([readonly])").count() == 0

    press(secretary, "Cấp số")
    press(secretary, "Lập bản cuối")
    expect(secretary.locator(".road .now")).to_contain_text("Bản cuối")
    expect(secretary.locator(".minutes-paper")).to_contain_text("Số: 01/BB")

    member.goto(f"{opened.url}/meetings/{opened.meeting}/minutes")
    expect(member.locator(".minutes-approval")).to_contain_text("Đã duyệt lúc")
    expect(member.locator(".minutes-paper")).to_contain_text("Nhất trí với dự thảo.")

    chair.locator(".unlock-minutes").click()
    chair.locator("dialog textarea").fill("Sai tên đơn vị")
    chair.locator("dialog .button.primary").click()
    expect(state).to_have_text("Dự thảo lần 2 – chưa duyệt")
    expect(member.locator(".minutes-paper")).to_have_count(0)
    assert em.get(f"/api/meetings/{opened.meeting}/minutes.pdf").status_code == 403


def comments_on_a_phone(screen, opened, secretary):
    """The way from the secretary's copy to the chair; the reader's page."""
    press(secretary, "Gửi lấy ý kiến", confirmed=False)
    secretary.locator("dialog .check", has_text="Hoàng Văn Em").click()
    secretary.locator("dialog .button.primary").click()
    expect(secretary.locator(".road .now")).to_contain_text("Lấy ý kiến")
    member = screen(390, 844)
    sign_in(member.context, opened, "em")
    member.goto(f"{opened.url}/meetings/{opened.meeting}/review")
    part = member.locator(".review-part").last
    expect(part).to_contain_text("Nhất trí với dự thảo.")
    assert small_targets(member) == []
    assert barriers(member) == []
    part.get_by_role("button", name="Cho ý kiến phần này").click()
    part.locator("textarea").fill("Bổ sung số liệu.")
    part.get_by_role("button", name="Gửi ý kiến").click()
    expect(part.locator(".review-comment")).to_contain_text("Bổ sung số liệu.")
    press(secretary, "Kết thúc lấy ý kiến")
    secretary.get_by_role("link", name="Trả lời ý kiến").click()
    secretary.locator(".review-comment").get_by_role("button", name="Tiếp thu").click()
    expect(secretary.locator(".review-answer")).to_contain_text("Tiếp thu")
    secretary.goto(f"{opened.url}/meetings/{opened.meeting}/minutes")
    press(secretary, "Trình chủ tọa duyệt", confirmed=False)
    return member


def press(page, name: str, confirmed: bool = True) -> None:
    """A step of the road; what it asks is answered with yes."""
    page.locator("minutes-road").get_by_role("button", name=name).click()
    if confirmed and name != "Cấp số":
        page.locator("dialog .button.primary").click()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_approving_is_in_reach_at_every_size(screen, opened, width, height):
    opened.person("an").does("close_meeting")
    page = screen(width, height)
    sign_in(page.context, opened, "an")
    page.goto(f"{opened.url}/meetings/{opened.meeting}/minutes")
    expect(page.locator(".approve-minutes")).to_be_enabled()
    expect(page.locator(".approve-minutes")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert small_targets(page) == []
    assert barriers(page) == []

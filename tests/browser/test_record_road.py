"""From a series' first meeting to its sealed package and the next meeting: chair, secretary, a delegate who heads the
leading unit, the organiser; each on a screen, everything pressed that they press."""

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from meetingroom import database
from meetingroom.archive import checking
from meetingroom.auth import account_store
from tests.browser.rooms import at_desk, seat
from tests.signing import conftest as signing

pytestmark = pytest.mark.worker
TEXT = "Phòng 1 tham mưu kế hoạch kiểm sát thi hành án"
SENTENCE = "Các đồng chí thống nhất với báo cáo."


def step(page, name, yes=".button.primary"):
    """A step of the minutes' road, and the answer to what it asks."""
    page.locator("minutes-road").get_by_role("button", name=name).click()
    if yes:
        page.locator("dialog[open]").locator(yes).last.click()


def seal_of(url, person, field, who):
    """Signed with the signer's own program, and brought back (away from the browser's loop)."""

    def sign():
        file = person.get(f"{url}/file?to=sign").content
        return person.post(f"{url}/signed", files={"file": ("a.pdf", signing.signed(file, field, who))})

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(sign).result()


def test_from_the_first_meeting_of_a_series_to_the_next(screen, room):
    with database.Pool(room.data / "meetingroom.db").writing() as db:
        unit = account_store.add_unit(db, name="Phòng 1")
        db.conn.execute("update users set unit = ? where id = ?", (unit, room.people["em"]))

    # The organiser founds a series and makes its first meeting
    dung = at_desk(screen, room, "dung", "/series")
    dung.get_by_label("Tên").fill("Giao ban tháng")
    dung.get_by_role("button", name="Lập chuỗi").click()
    dung.get_by_role("button", name="Lập cuộc họp kỳ tới").click()
    dung.wait_for_url(re.compile(r"/meetings/\w+"))
    room.meeting = re.search(r"/meetings/(\w+)", dung.url)[1]
    organiser = room.person("dung")
    for who, role in (("an", "chair"), ("mai", "secretary"), ("em", "delegate")):
        organiser.does("invite", person=room.people[who], role=role)
    organiser.does("add_item", title="Báo cáo tháng", minutes=20)
    organiser.does("publish_meeting")

    # The meeting: the secretary writes, a conclusion is read back and approved
    chair, secretary = seat(screen, room, "an"), seat(screen, room, "mai")
    room.person("em").does("check_in")
    chair.click(".top .open-meeting")
    chair.click("dialog .primary")
    expect(chair.locator(".top .open-meeting")).to_have_count(0)
    room.person("an").does("start_item", item=room.person("an").read_view()["agenda"]["order"][-1])
    secretary.locator(".note-text").first.click()
    secretary.keyboard.type(SENTENCE)
    secretary.locator(".room-tabs button").nth(4).click()
    secretary.click(".add-conclusion")
    secretary.fill("#c-text", TEXT)
    secretary.select_option("#c-unit", label="Phòng 1")
    secretary.get_by_role("button", name="trong tuần").click()
    secretary.click(".conclusion-form [type=submit]")
    secretary.get_by_role("button", name="Trình chủ tọa").click()
    chair.get_by_role("button", name="Đọc và duyệt").click()
    chair.locator("dialog").get_by_role("button", name="Duyệt").click()
    expect(secretary.locator(".readback")).to_contain_text("đã duyệt")
    chair.locator("dialog").get_by_role("button", name="Xong").click()
    chair.click(".top .close-meeting")
    chair.click("dialog .danger")
    chair.wait_for_selector(".top a[href$='/minutes']")

    # A delegate comments, the secretary answers, the chair approves; the final files have a number
    minutes, review = f"/meetings/{room.meeting}/minutes", f"/meetings/{room.meeting}/review"
    secretary.goto(room.url + minutes)
    step(secretary, "Gửi lấy ý kiến", "")
    secretary.locator("dialog .check", has_text="Hoàng Văn Em").click()
    secretary.locator("dialog .button.primary").click()
    expect(secretary.locator(".road .now")).to_contain_text("Lấy ý kiến")
    delegate = at_desk(screen, room, "em", "/")
    delegate.locator(f"a[href='{review}']").first.click()
    part = delegate.locator(".review-part", has_text=SENTENCE)
    part.get_by_role("button", name="Cho ý kiến phần này").click()
    part.locator("textarea").fill("Đề nghị bổ sung số liệu.")
    part.get_by_role("button", name="Gửi ý kiến").click()
    expect(part.locator(".review-comment")).to_contain_text("bổ sung số liệu")
    step(secretary, "Kết thúc lấy ý kiến")
    secretary.get_by_role("link", name="Trả lời ý kiến").click()
    secretary.locator(".review-comment").get_by_role("button", name="Tiếp thu").click()
    expect(secretary.locator(".review-answer")).to_contain_text("Tiếp thu")
    secretary.goto(room.url + minutes)
    replay = secretary.locator(".minutes-moment").first
    expect(replay).to_have_attribute("href", re.compile(rf"/meetings/{room.meeting}/replay\?at=\d+$"))
    step(secretary, "Trình chủ tọa duyệt", "")
    chair.goto(room.url + minutes)
    chair.locator(".approve-minutes").click()
    chair.locator("dialog .button.primary").click()
    step(secretary, "Cấp số", "")
    step(secretary, "Lập bản cuối")
    expect(secretary.locator(".road .now")).to_contain_text("Bản cuối", timeout=60_000)

    # Both sign; the document is issued; the dossier is sealed and found whole
    mai, an = room.person("mai"), room.person("an")
    document = mai.read_view()["review"]["document"]
    issued = f"/api/issued/{document}"
    assert seal_of(issued, mai, "ThuKy", "Lý Thị Mai").json()["kept"]
    assert seal_of(issued, an, "ChuTri", "Nguyễn Văn An").json()["kept"]
    step(secretary, "Ban hành")
    expect(secretary.locator(".road .now")).to_contain_text("Đã ban hành")
    delegate.goto(f"{room.url}/issued/{document}")
    expect(delegate.locator("main")).to_contain_text("Nguyễn Văn An")
    secretary.goto(f"{room.url}/meetings/{room.meeting}/archive")
    secretary.get_by_role("button", name="Lưu hồ sơ và niêm phong").click()
    package = mai.wait(
        lambda: (got := mai.get(f"/api/archives/{room.meeting}/file")).status_code == 200 and got.content
    )
    found = checking.check([package])
    assert found.whole, found
    names = zipfile.ZipFile(io.BytesIO(package)).namelist()
    assert sum("signed" in name for name in names) == 2

    # The unit's head finds the task, confirms it, and the next meeting begins with it
    delegate.goto(room.url + "/")
    delegate.get_by_role("link", name=re.compile(TEXT)).first.click()
    delegate.get_by_role("button", name="Xác nhận tiếp nhận").click()
    expect(delegate.locator(".task-line")).to_contain_text("tiếp nhận")
    dung.goto(room.url + "/series")
    dung.get_by_role("link", name="Giao ban tháng").click()
    dung.get_by_role("button", name="Lập cuộc họp kỳ tới").click()
    dung.wait_for_url(re.compile(r"/meetings/\w+"))
    dung.goto(f"{room.url}/meetings/{re.search(r'/meetings/([a-z0-9]+)', dung.url)[1]}")
    expect(dung.locator("main")).to_contain_text("Kiểm điểm việc thực hiện kết luận")
    expect(dung.locator("main")).to_contain_text(TEXT)

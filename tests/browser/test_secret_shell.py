"""In the room of a meeting on state secrets one asks to speak and calls for service, and finds nowhere to write."""

from meetingroom import clock


def test_nothing_is_typed_in_a_meeting_on_state_secrets(room, enter):
    dung, now = room.person("dung"), clock.now()
    shell = dict(title="", kind="meeting", starts_at=now, ends_at=now + 3_600_000, place="Phòng 2", secrecy="secret")
    made = dung.post("/api/meetings", json=shell)
    assert made.status_code == 201, made.text
    room.meeting = made.json()["id"]
    for username, role in (("an", "chair"), ("em", "delegate")):
        dung.does("invite", person=room.people[username], role=role)
    dung.does("publish_meeting")
    room.person("an").does("open_meeting")
    assert room.person("em").refused("call_service", kind="help", text="In lại kết luận") == "secret_meeting"
    em = enter(room, "em")
    em.locator("floor-button button").click()
    em.wait_for_selector("floor-sheet #ask-floor")
    assert em.locator("floor-sheet input:not([type=radio]), floor-sheet textarea").count() == 0
    em.click("floor-sheet .primary")
    em.wait_for_selector("floor-sheet", state="detached")
    assert len(room.person("an").read_view()["floor"]["queue"]) == 1
    em.get_by_role("button", name="Gọi phục vụ").click()
    em.wait_for_selector("service-sheet .service-kinds button")
    em.locator("service-sheet .service-kinds button").last.click()
    em.wait_for_selector("service-sheet .service-calls li")
    assert em.locator("service-sheet input").count() == 0
    (call,) = room.person("an").read_view()["notices"]["calls"].values()
    assert (call["kind"], call.get("text")) == ("help", None)

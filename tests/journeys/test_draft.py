"""A meeting that is still being prepared: a screen carried into it learns no more than those to be invited."""

import pytest

from meetingroom import clock
from tests.journeys.test_shared_tablet import shared_tablet
from tests.rooms import paper

pytestmark = [pytest.mark.journey, pytest.mark.worker]


@pytest.fixture
def draft(room):
    """The room's next meeting, in draft: one item with one paper; the people of the first one are in it."""
    dung, now = room.person("dung"), clock.now()
    body = {"title": "Họp kín", "kind": "briefing", "starts_at": now, "ends_at": now + 3_600_000, "place": "P.301"}
    made = dung.post("/api/meetings", json=body | {"secrecy": "none"})
    assert made.status_code == 201, made.text
    room.meeting = made.json()["id"]
    for username, role in (("an", "chair"), ("mai", "secretary"), ("em", "delegate"), ("phuong", "delegate")):
        dung.does("invite", person=room.people[username], role=role)
    dung.does("add_item", title="Nhân sự dự kiến", minutes=10, presenters=[])
    [item] = dung.read_view()["agenda"]["order"]
    sent = dung.post(
        f"/api/meetings/{room.meeting}/documents",
        files={"file": ("Dự thảo.pdf", paper(2), "application/pdf")},
        data={"item": item},
    )
    assert sent.status_code == 202, sent.text
    dung.wait(lambda: dung.read_view()["papers"])
    return room


@pytest.mark.parametrize("which", ["projector", "shared tablet"])
def test_what_is_prepared_reaches_nobody_but_the_staff_before_it_is_published(draft, which):
    mai = draft.person("mai")
    carried = {
        "projector": lambda: draft.screen(mai),
        "shared tablet": lambda: shared_tablet(draft, "em", "phuong"),
    }[which]().connect()
    [document] = [each["document"] for each in mai.read_view()["papers"].values()]
    page = f"/documents/{document}/pages/1.webp"

    mai.does("edit_item", item=mai.read_view()["agenda"]["order"][0], title="Nhân sự đã rõ")
    assert "Nhân sự" not in str(carried.view)
    for secret in ("Dự thảo", "Họp kín", "P.301", *draft.people.values()):
        assert secret not in str(carried.view)
    assert carried.get(page).status_code == 404
    assert mai.get(page).status_code == 200

    mai.does("publish_meeting")
    carried.until(lambda view: "Nhân sự đã rõ" in str(view))
    first = next(str(patch) for patch in carried.patches if "Nhân sự" in str(patch))
    assert "published" in first, "what was edited before went to the staff alone"
    assert carried.get(page).status_code == 200
    carried.leave()

"""The device check through the real server: the signal reaches every room, reports come back, the number says it."""

import pytest

from tests.journeys.test_shared_tablet import shared_tablet

pytestmark = pytest.mark.journey


def test_every_room_hears_the_signal_and_what_they_report_is_on_the_board(room):
    mai, em, ich, tho = (room.person(name) for name in ("mai", "em", "ich", "tho"))
    heard: dict[str, dict] = {}
    big, tablet = room.screen(mai), shared_tablet(room, "em", "phuong")
    screens = {"mai": mai, "em": em, "tho": tho, "big": big, "tablet": tablet}
    for name, screen in screens.items():
        screen.connect()
        screen.socket.on("preload", lambda body, name=name: heard.update({name: body}))

    path = f"/api/meetings/{room.meeting}/readiness"
    before = mai.get(path).json()
    assert mai.post(f"{path}/check").status_code == 202
    mai.wait(lambda: set(heard) == set(screens))
    assert all(body == heard["mai"] for body in heard.values())
    papers = heard["em"]["papers"]
    assert sorted(paper["pages"] for paper in papers) == [4, 5]

    for name, screen in screens.items():
        for paper in papers:
            assert screen.get(f"/documents/{paper['document']}/pages/1.webp?w=1920").status_code == 200, name
        report = {"check": heard[name]["check"], "device": name, "pages_cached": 9, "of": 9, "failed": 0}
        sent = screen.session.post(room.url + f"{path}/report", json=report, headers={"X-Meetingroom": "1"})
        assert sent.status_code == 204, (name, sent.text)

    after = mai.get(path).json()
    by_code = {check["code"]: check for check in after["checks"]}
    assert by_code["preloaded"]["state"] == by_code["projector"]["state"] == "good"
    assert by_code["pages"]["state"] == "good"
    assert by_code["sites_here"]["state"] == "good", "the technician's screen is site ĐC01's"
    assert len(after["devices"]) == 5
    assert all(row["connected"] and row["cached"] == 9 for row in after["devices"])
    assert before["percent"] < after["percent"] < 100

    # Somebody comes in later: the board waits for their device.
    ich.connect()
    late = {check["code"]: check for check in mai.get(path).json()["checks"]}
    assert late["preloaded"]["state"] == "todo"
    for screen in (*screens.values(), ich):
        screen.leave()

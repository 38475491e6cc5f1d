"""Photos, audio and video of a case: how they come, what is made of them, who sees them."""

from pathlib import Path


def brings(room, path: Path, name: str = "", who="em", **fields) -> str:
    answer = room.sends(who, room.at("/media"), path.read_bytes(), name or path.name, **fields)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def shown(room, id: str) -> dict:
    return room.api("em", "GET", room.at(f"/media/{id}")).json


def file(room, id: str, which="view", who="em", **headers):
    return room.browser(who).get(f"/cases/{room.case}/media/{id}/{which}", **headers)


def test_a_video_that_every_screen_plays_is_shown_as_it_was_recorded(room, clips):
    id = brings(room, clips["fits.mp4"], title="Camera cửa hàng", bl="84")
    assert shown(room, id)["state"] == "waiting"
    room.work()
    one = shown(room, id)
    assert (one["state"], one["kind"], one["label"], one["transcoded"]) == ("ready", "video", "", False)
    assert (one["width"], one["height"], round(one["seconds"], 1)) == (96, 64, 1.5)
    assert room.api("em", "GET", room.at("/media")).json["media"] == [one]
    view = file(room, id)
    assert (view.status_code, view.mimetype, view.headers["Cache-Control"]) == (200, "video/mp4", "private, no-store")
    assert view.data.index(b"moov") < view.data.index(b"mdat")  # begins to play before all of it is there
    assert file(room, id, "poster.webp").mimetype == "image/webp"
    assert file(room, id, "original").data == clips["fits.mp4"].read_bytes()
    assert "media_added" in room.log()


def test_what_a_telephone_recorded_is_made_anew_and_says_so(room, clips):
    ids = [brings(room, clips[name]) for name in ("phone.mov", "camera.avi")]
    room.work()
    for one in (shown(room, id) for id in ids):
        assert (one["state"], one["label"], one["seconds"] > 1.3) == ("ready", "viewing copy", True), one


def test_a_part_of_a_file_is_answered_as_a_part(room, clips):
    id = brings(room, clips["fits.mp4"])
    room.work()
    whole = file(room, id).data
    for asked, first, last in (
        ("bytes=0-1", 0, 1),
        ("bytes=100-", 100, len(whole) - 1),
        ("bytes=-7", len(whole) - 7, len(whole) - 1),
    ):
        answer = file(room, id, Range=asked)
        assert answer.status_code == 206
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert answer.data == whole[first : last + 1]
    beyond = file(room, id, Range=f"bytes={len(whole)}-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")
    assert file(room, id, Range="bytes=0-1", **{"If-Range": '"other"'}).status_code == 200

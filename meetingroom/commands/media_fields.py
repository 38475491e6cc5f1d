"""What the server tells the commands about recordings and photos of a case: what they are called, whether they can be
played, who is on the list of the case. One that is not there, or not the asker's, is told of in the same way."""

from dataclasses import replace

from meetingroom.cases import room_maps, store
from meetingroom.cases.media import store as media_store
from meetingroom.log import fills_by_state
from meetingroom.meeting.media_stage import AboutMedia, ShowMedia
from meetingroom.meeting.state import MeetingState


@fills_by_state(ShowMedia)
def show_media(db, state: MeetingState, command: ShowMedia) -> ShowMedia:
    if command.case not in state.exhibits:
        return command
    about = know(db, command.case, command.media)
    return replace(command, about=about, people=tuple(store.roles_in_case(db, command.case)))


def know(db, case: str, media: str) -> AboutMedia | None:
    """{title, kind, seconds, label, volume, caption, state, transcoded, anchored}; None where there is none."""
    found = media_store.about_for_meeting(db, case, media)
    if not found:
        return None
    texts = {name: str(found.get(name) or "") for name in ("title", "kind", "label", "volume", "caption", "state")}
    anchored = int(media in room_maps.anchored_media(db, case))
    seconds, copy = float(found.get("seconds") or 0), int(bool(found.get("transcoded")))
    return {**texts, "seconds": seconds, "transcoded": copy, "anchored": anchored}

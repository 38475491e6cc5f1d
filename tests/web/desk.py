"""An agency whose people make meetings through the one door, and read the pages a browser would."""

from datetime import timedelta

from meetingroom import clock, log
from meetingroom.meeting import wire
from meetingroom.meeting.kernel import Actor
from tests.people.conftest import Agency

HOUR = 3_600_000


class Desk(Agency):
    """`admin`, `mai` (organiser) and `an` of the agency; `em` and `lan` have no rights of their own."""

    def __init__(self, app, hashed):
        super().__init__(app, hashed)
        self.add("em", "Hoàng Văn Em", title="Trưởng phòng 1")
        self.add("lan", "Đỗ Thị Lan", title="Kiểm sát viên")
        self.sent = 0

    def does(self, meeting: str, username: str, role: str, command: str, /, **args) -> None:
        """A command of somebody in a role."""
        self.sent += 1
        actor = Actor(self.people[username], role)
        log.handle(self.context.pool, meeting, wire.command_from(command, args), actor, f"desk-{self.sent}")

    def meeting(self, key: str, title: str = "Họp giao ban", *, days: int = 0, hour: int = 8, hours: int = 2, **more):
        """A draft made by `mai`, with `an` in the chair and `em` as delegate, `days` from today. Returns its id."""
        day = clock.local(clock.now()).replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
        starts = round(day.timestamp() * 1000)
        frame = {"title": title, "kind": "briefing", "place": "Phòng họp số 1", **more}
        self.does(key, "mai", "system", "create_meeting", starts_at=starts, ends_at=starts + hours * HOUR, **frame)
        self.does(key, "mai", "system", "invite", person=self.people["mai"], role="organiser")
        self.does(key, "mai", "organiser", "invite", person=self.people["an"], role="chair")
        self.does(key, "mai", "organiser", "invite", person=self.people["em"], role="delegate")
        return key

    def published(self, key: str, title: str = "Họp giao ban", **more) -> str:
        self.meeting(key, title, **more)
        self.does(key, "mai", "organiser", "publish_meeting")
        return key

    def opened(self, key: str, title: str = "Họp giao ban", **more) -> str:
        self.published(key, title, **more)
        self.does(key, "an", "chair", "open_meeting")
        return key

    def closed(self, key: str, title: str = "Họp giao ban", **more) -> str:
        self.opened(key, title, **more)
        self.does(key, "an", "chair", "close_meeting")
        return key

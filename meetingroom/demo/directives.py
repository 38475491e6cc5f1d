"""What the meeting of twenty days ago concluded, given out as work, and how far each unit has come since."""

from datetime import date, timedelta

from meetingroom.auth import account_store
from meetingroom.demo.past_texts import CONCLUSIONS
from meetingroom.demo.play import DAY, HOUR, Play
from meetingroom.meeting.conclusions import ApproveConclusions, RecordConclusion, SubmitConclusions, digest_of
from meetingroom.tasks.taking_steps import take_step

REGIONS = tuple(f"KV{n}" for n in range(1, 10))
UNITS = (  # who leads, who cooperates, by their short names; in the order of the conclusions
    ("VP", ("TKTP&CNTT",)),
    ("TKTP&CNTT", ("KV5", "KV7", "KV9")),
    ("P1", ("P15", "TKTP&CNTT")),
    ("P1", ("P3", "P9", *REGIONS, "VP")),
    ("TKTP&CNTT", ("VP", "P1", "P3", "P9", "P15", *REGIONS)),
)
HEADS = {"VP": "organiser", "TKTP&CNTT": "delegate5", "P1": "delegate2", "P3": "delegate3", "P9": "delegate4",
         "KV1": "delegate6", "KV4": "delegate7", "KV9": "delegate8", "KV2": "delegate9", "KV3": "delegate10",
         "KV5": "delegate11", "KV6": "delegate12", "KV7": "delegate13", "KV8": "delegate14"}  # fmt: skip


def record(morning, item: str, day: date) -> None:
    with morning.play.pool.lend() as db:
        units = {row["short"]: row["id"] for row in account_store.list_units(db)}
    for k, ((text, lead, cooperating, days, deliverable), (leads, others)) in enumerate(
        zip(CONCLUSIONS, UNITS, strict=True)
    ):
        due = (day + timedelta(days=days)).isoformat()
        ids = tuple(units[unit] for unit in others)
        wish = RecordConclusion(text, lead, cooperating, due, deliverable, item, units[leads], ids)
        morning("secretary", f"10:{47 + 2 * k}", wish)


def approve(morning) -> None:
    morning("secretary", "10:58", SubmitConclusions())
    morning("chair", "10:59", ApproveConclusions(digest_of(morning.play.state.record)))


def follow_up(play: Play, starts: int) -> None:
    """K1 is done in time, K2 overdue, K3 at 60 %, K4 received by ten units and not begun, K5 lies in the future."""
    record = play.state.record
    k1, k2, k3, k4, k5 = (record.directives[key] for key in record.order)
    steps = Steps(play, starts)
    steps(k1, "organiser", 1, "receive")
    steps(k1, "delegate5", 1, "receive")
    steps(k1, "organiser", 3, "progress", percent=70, text="Dự thảo Thông báo, Kế hoạch đã gửi các phòng góp ý.")
    steps(k1, "delegate5", 4, "report", text="Đã góp ý dự thảo, bổ sung phụ lục thiết bị.")
    steps(k1, "organiser", 6, "report", text="Đã ban hành Thông báo kết luận và Kế hoạch chuyển đổi số năm 2027.")
    steps(k1, "chair", 7, "accept", text="Văn phòng tiếp tục theo dõi, đôn đốc.")
    steps(k2, "delegate5", 1, "receive")
    for who in ("delegate11", "delegate13"):
        steps(k2, who, 2, "receive")
    text = "Đã kiểm tra ĐC05, ĐC07; ĐC09 chờ nhà mạng lắp đường truyền dự phòng."
    steps(k2, "delegate5", 10, "progress", percent=65, text=text)
    steps(k3, "delegate2", 1, "receive")
    steps(k3, "delegate5", 2, "receive")
    text = "Đã tập huấn 02 đợt cho 48 Kiểm sát viên; còn các khu vực 6 - 9."
    steps(k3, "delegate2", 15, "progress", percent=60, text=text)
    for n in ("P1", "P3", "P9", "VP", "KV1", "KV2", "KV3", "KV4", "KV5", "KV6"):
        steps(k4, HEADS[n], 2, "receive")
    steps(k5, "delegate5", 1, "receive")


class Steps:
    """`steps(task, who, days after the meeting, name, …)`: each once, however often it is played."""

    def __init__(self, play: Play, starts: int):
        self.play, self.starts, self.count = play, starts, 0

    def __call__(self, task: str, who: str, days: int, name: str, **args) -> None:
        self.count += 1
        at = self.starts + days * DAY + HOUR + self.count * 60_000
        take_step(self.play.pool, task, self.play.people[who], name, args, f"demo-{self.count:03}", at)

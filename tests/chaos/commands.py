"""Random commands: what somebody may want in the meeting they see, and sometimes what makes no sense any more.

A command is (name, args). Where a command takes a text, the text holds a mark of its own, so that it can be counted in
the log afterwards.
"""

from random import Random

from meetingroom.meeting import wire


def random_command(random: Random, view: dict, people: list[str], me: str, mark: str) -> tuple[str, dict]:
    """One command out of all, weighted as in a lively meeting; mostly one that has a chance."""
    role = view["roll"]["people"][me]["role"]
    if view["meeting"]["status"] == "adjourned" and role == "chair" and random.random() < 0.5:
        return "resume_meeting", {}
    while True:
        make = random.choices(list(COMMANDS), weights=list(COMMANDS.values()))[0]
        name, args = make(random, view, people, mark)
        if sensible(name, args, view, role, me) or random.random() < 0.07:
            return name, args


def sensible(name: str, args: dict, view: dict, role: str, me: str) -> bool:
    known = wire.commands().get(name)
    if known is None or role not in known.may or "gone" in args.values():
        return False
    if name in ("turn_page", "zoom"):
        return view["stage"].get("holder") == me
    if name == "cast_vote":
        return "open" in view.get("ballots", {})
    return view["meeting"]["status"] == "live"


def some(random: Random, known) -> str:
    """One of what is known, now and then something that never was."""
    known = list(known)
    return random.choice(known) if known and random.random() < 0.95 else "gone"


def turn(random, view, people, mark):
    return "turn_page", {"page": random.randint(1, 6)}


def show(random, view, people, mark):
    return "show_paper", {"paper": some(random, view.get("papers", {})), "page": random.randint(1, 4)}


def stage(random, view, people, mark):
    return random.choice([
        ("show_title", {}), ("take_stage", {}), ("call_back", {}),
        ("zoom", {}), ("zoom", {"rect": [0.1, 0.1, 0.5, 0.5]}),
        ("give_stage", {"person": some(random, people)}),
    ])  # fmt: skip


def note(random, view, people, mark):
    return "record_note", {"item": some(random, view["agenda"]["order"]), "text": f"Ghi chép {mark}"}


def conclude(random, view, people, mark):
    text = {"text": f"Kết luận {mark}", "lead": "Văn phòng", "cooperating": [], "due": "2026-12-31", "deliverable": ""}
    return "record_conclusion", text


def check_in(random, view, people, mark):
    return random.choice([("check_in", {"mode": random.choice(["onsite", "online"])})] * 4 + [("check_out", {})])


def roll(random, view, people, mark):
    return random.choice(
        [("call_roll", {}), ("excuse", {"person": some(random, people), "reason": f"Đi công tác {mark}"})]
    )


def ask(random, view, people, mark):
    kind = random.choice(["speak", "question", "point_of_order"])
    return random.choice([("request_floor", {"kind": kind, "note": f"Xin phát biểu {mark}"}), ("withdraw_request", {})])


def floor(random, view, people, mark):
    waiting = view.get("floor", {}).get("queue", [])
    return random.choice([
        ("grant_floor", {"request": some(random, waiting), "seconds": random.choice([1, 2, 60])}),
        ("end_speech", {}), ("pause_speech", {}), ("resume_speech", {}), ("extend_speech", {"seconds": 30}),
        ("record_opinion", {"person": some(random, people), "text": f"Ý kiến {mark}"}),
    ])  # fmt: skip


def draft(random, view, people, mark):
    args = {"question": f"Thông qua? {mark}", "secret": random.random() < 0.6, "live": random.random() < 0.5}
    return "draft_ballot", args | ({"seconds": random.choice([10, 30])} if random.random() < 0.5 else {})


def vote(random, view, people, mark):
    ballots = view.get("ballots", {})
    return "cast_vote", {"ballot": ballots.get("open") or some(random, ballots.get("order", [])),
                         "choice": random.choice(["yes", "no", "yes", "maybe"])}  # fmt: skip


def ballot(random, view, people, mark):
    ballots = view.get("ballots", {})
    drafts = [key for key, one in ballots.get("items", {}).items() if one.get("state") == "draft"]
    one = ballots.get("open") or some(random, ballots.get("order", []))
    if "open" in ballots and random.random() < 0.6:
        return "close_ballot", {"ballot": one}
    return random.choice([
        ("open_ballot", {"ballot": some(random, drafts), "despite": True}),
        ("open_ballot", {"ballot": some(random, drafts), "despite": True}),
        ("close_ballot", {"ballot": one}),
        ("annul_ballot", {"ballot": one, "reason": f"Bỏ phiếu lại {mark}"}),
        ("publish_result", {"ballot": some(random, ballots.get("order", []))}),
        ("drop_ballot", {"ballot": some(random, drafts)}),
    ])  # fmt: skip


def notice(random, view, people, mark):
    return "send_notice", {"text": f"Thông báo {mark}", "to": "all"}


def call(random, view, people, mark):
    calls = view.get("notices", {}).get("calls", {})
    return random.choice([
        ("call_service", {"kind": random.choice(["water", "technical"]), "text": f"Gọi {mark}"}),
        ("answer_call", {"call": some(random, calls), "answer": random.choice(["taken", "done"])}),
    ])  # fmt: skip


def agenda(random, view, people, mark):
    order = view["agenda"]["order"]
    return random.choice([
        ("add_item", {"title": f"Nội dung {mark}", "minutes": 5}), ("remove_item", {"item": some(random, order)}),
        ("move_item", {"item": some(random, order), "before": some(random, order)}),
        ("start_item", {"item": some(random, order)}), ("finish_item", {"item": view["agenda"].get("current", "gone")}),
    ])  # fmt: skip


def papers(random, view, people, mark):
    paper = some(random, view.get("papers", {}))
    return "edit_paper", {"paper": paper, "title": f"Tài liệu {mark}", "download": random.random() < 0.5}


def sites(random, view, people, mark):
    order = view.get("sites", {}).get("order", [])
    return random.choice([
        ("add_site", {"name": f"Điểm cầu {mark}", "short": "ĐC"}), ("remove_site", {"site": some(random, order)}),
    ])  # fmt: skip


def invitations(random, view, people, mark):
    """About the one whom nobody needs (the last of `people`), so that the others' screens stay."""
    return random.choice(
        [("invite", {"person": people[-1], "role": "guest"}), ("remove_person", {"person": people[-1]})]
    )


def pause(random, view, people, mark):
    return ("resume_meeting", {}) if view["meeting"]["status"] == "adjourned" else ("adjourn_meeting", {})


def nonsense(random, view, people, mark):
    return random.choice([("open_meeting", {}), ("dance", {}), ("turn_page", {"page": "four"}), ("turn_page", {})])


COMMANDS = {
    turn: 30, show: 6, stage: 6, note: 6, conclude: 3, check_in: 8, roll: 2, ask: 6, floor: 8, draft: 6, vote: 14,
    ballot: 12, notice: 3, call: 4, agenda: 5, papers: 2, sites: 2, invitations: 3, pause: 2, nonsense: 3,
}  # fmt: skip

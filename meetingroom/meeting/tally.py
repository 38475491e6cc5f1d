"""What a ballot came to: one function, exact integers, and the sentence that explains it. No votes are cast here.

Rules are data. Sources: Law on Organization of Local Government 2015 art. 91 (`HDND_*`), Law on Organization of the
People's Procuracy 2014 art. 47 (`UBKS_*`), Party Statute art. 9 (`DANG_NQ`); the others are the chair's rules.
"""

from dataclasses import dataclass

GT_HALF, GE_TWO_THIRDS, NO_VERDICT = "gt_half", "ge_two_thirds", "none"
THRESHOLDS = (GT_HALF, GE_TWO_THIRDS, NO_VERDICT)
TOTAL, PRESENT, CAST = "total", "present", "cast"
BASES = (TOTAL, PRESENT, CAST)
TIES = ("rejected", "chair")
YES, NO, OTHER, NOT_VOTING, BLANK = "yes", "no", "other", "not_voting", "blank"
KNOWN = (YES, NO, OTHER, NOT_VOTING)


@dataclass(frozen=True)
class Rule:
    """How a ballot is decided.

    `base`: of how many; `threshold`: how much of it; `tie`: who wins when yes = no ("chair": the side the chair voted
    for); `tie_at_half_only`: that a tie is one only when each side is exactly half of the base (the law is silent on
    abstentions); `opinion`: no verdict, the chair decides afterwards and must say what; `report`: an
    outvoted chair may report upwards, which is the law of the Procuracy committee alone (art. 47).
    """

    base: str = TOTAL
    threshold: str = GT_HALF
    tie: str = "rejected"
    tie_at_half_only: bool = True
    opinion: bool = False
    report: bool = False


@dataclass(frozen=True)
class Preset:
    rule: Rule
    options: tuple[str, ...]
    secret: bool = False


PRESETS = {
    "HDND_NQ": Preset(Rule(TOTAL, GT_HALF), (YES, NO, NOT_VOTING)),
    "HDND_2_3": Preset(Rule(TOTAL, GE_TWO_THIRDS), (YES, NO, NOT_VOTING)),
    "UBKS_NQ": Preset(Rule(TOTAL, GT_HALF, "chair", report=True), (YES, NO, OTHER)),
    "UBKS_AN": Preset(Rule(TOTAL, NO_VERDICT, opinion=True), (YES, NO, OTHER)),
    "DANG_NQ": Preset(Rule(TOTAL, GT_HALF), (YES, NO, NOT_VOTING)),
    "HOI_NGHI": Preset(Rule(PRESENT, GT_HALF, "chair"), (YES, NO, OTHER)),
    "THAM_KHAO": Preset(Rule(CAST, NO_VERDICT), (), secret=True),
}


@dataclass(frozen=True)
class Count:
    """What was counted: votes per option (an invalid ballot paper under "invalid"), people entitled, present, voted.

    `chair` is the chair's own choice in an open ballot, "" if unknown or none.
    """

    votes: dict[str, int]
    total: int
    present: int
    cast: int
    chair: str = ""


@dataclass(frozen=True)
class Result:
    """`verdict`: adopted | rejected | opinion | none. `needed` is the least number of yes that adopts."""

    verdict: str
    base: int
    needed: int
    reason: str
    may_report: bool
    sentence: dict[str, str]


def result_without_numbers(base: int, cast: int, few: int) -> Result:
    """What is said of a secret ballot in which so few voted that its numbers would tell who voted what."""
    numbers = {"cast": f"{cast:02d}" if cast else "0", "few": f"{few:02d}"}
    sentence = {language: words["too_few"].format(**numbers) for language, words in WORDS.items()}
    return Result("none", base, 0, "too_few", False, sentence)


def is_passed(yes: int, base: int, threshold: str) -> bool:
    """Whether `yes` votes of `base` reach the threshold, in exact integers.

    `gt_half`: 2·yes > base; `ge_two_thirds`: 3·yes ≥ 2·base (Law on Organization of Local Government, art. 91).
    Raises ValueError if yes > base or base < 1.
    """
    if base < 1 or not 0 <= yes <= base:
        raise ValueError(f"{yes} of {base}")
    return 2 * yes > base if threshold == GT_HALF else 3 * yes >= 2 * base


def votes_needed(base: int, threshold: str) -> int:
    """The least number of yes that reaches the threshold: 5 of 8 and of 9 by half, 6 of 9 by two thirds."""
    return base // 2 + 1 if threshold == GT_HALF else -(-2 * base // 3)


def result(rule: Rule, count: Count) -> Result:
    """The one result of a ballot."""
    return result_with_sentence(rule, count, *find_verdict(rule, count))


def find_verdict(rule: Rule, count: Count) -> tuple[str, int, int, str]:
    """Verdict, base, least number of yes, reason."""
    base = {TOTAL: count.total, PRESENT: count.present, CAST: count.cast}[rule.base]
    if rule.opinion:
        return "opinion", base, 0, "opinion"
    if rule.threshold == NO_VERDICT:
        return "none", base, 0, "none"
    if base < 1:
        return "rejected", base, 0, "nobody"
    yes, no = count.votes.get(YES, 0), count.votes.get(NO, 0)
    least = votes_needed(base, rule.threshold)
    if is_passed(yes, base, rule.threshold):
        return "adopted", base, least, "majority"
    if yes == no and rule.threshold == GT_HALF and rule.tie == "chair":
        if rule.tie_at_half_only and 2 * yes != base:
            return "rejected", base, least, "equal_but_not_half"
        if count.chair in (YES, NO):
            return "adopted" if count.chair == YES else "rejected", base, least, "chair_side"
        return "rejected", base, least, "chair_unknown"
    return "rejected", base, least, "tie" if 2 * yes == base and yes == no else "short"


def is_outvoted(rule: Rule, count: Count, base: int) -> bool:
    """Whether more than half of the base took one side and the chair, who voted, another (art. 47): for or against.

    No majority against what the chair wanted, only too few for it, outvotes nobody; nor does a tie.
    """
    if not rule.report or rule.threshold == NO_VERDICT or not count.chair or base < 1:
        return False
    side = next((side for side in (YES, NO) if 2 * count.votes.get(side, 0) > base), "")
    return bool(side) and count.chair not in (side, BLANK)


def result_with_sentence(rule: Rule, count: Count, verdict: str, base: int, least: int, reason: str) -> Result:
    """The result with its sentence in both languages, which is stored and printed the same everywhere."""
    may_report = is_outvoted(rule, count, base)
    numbers = {"yes": count.votes.get(YES, 0), "no": count.votes.get(NO, 0), "needed": least, "cast": count.cast}
    sentence = {}
    for language, words in WORDS.items():
        figures = {name: write_count(n, language) for name, n in {**numbers, "base": base}.items()}
        said = words[reason].format(
            **figures,
            share=percent(numbers["yes"], base, "," if language == "vi" else "."),
            of=words["base_" + rule.base].format(base=base),
            by=words.get(rule.threshold, ""),
            side=words["side_" + (count.chair if count.chair in (YES, NO) else "none")],
        )
        sentence[language] = said + (words["may_report"] if may_report else "")
    return Result(verdict, base, least, reason, may_report, sentence)


def write_count(n: int, language: str) -> str:
    """`05`: a Vietnamese office writes a nought before numbers of one figure."""
    return f"{n:02d}" if n and language == "vi" else str(n)


def percent(part: int, whole: int, point: str) -> str:
    """`62,5`: to one place, halves up, without a nought behind the point."""
    if whole < 1:
        return "0"
    ones, tenths = divmod((2000 * part + whole) // (2 * whole), 10)
    return f"{ones}{point}{tenths}" if tenths else str(ones)


WORDS = {
    "vi": {
        "base_total": "thành viên",
        "base_present": "người có mặt",
        "base_cast": "phiếu thu vào",
        "gt_half": "quá nửa",
        "ge_two_thirds": "tỷ lệ tối thiểu hai phần ba",
        "side_yes": "tán thành",
        "side_no": "không tán thành",
        "side_none": "",
        "majority": "{yes}/{base} {of} tán thành ({share} %), đạt {by} (cần từ {needed}).",
        "short": "{yes}/{base} {of} tán thành ({share} %), chưa đạt {by} (cần từ {needed}).",
        "tie": "{yes}/{base} {of} tán thành ({share} %), {no} không tán thành: số phiếu ngang nhau, chưa đạt {by}"
        " (cần từ {needed}).",
        "chair_side": "{yes}/{base} {of} tán thành ({share} %), {no} không tán thành: số phiếu ngang nhau, theo bên"
        " có ý kiến của người chủ trì ({side}).",
        "chair_unknown": "{yes}/{base} {of} tán thành ({share} %), {no} không tán thành: số phiếu ngang nhau, không"
        " xác định được bên có ý kiến của người chủ trì.",
        "equal_but_not_half": "{yes}/{base} {of} tán thành ({share} %), {no} không tán thành: bằng nhau nhưng không"
        " bên nào đạt một nửa, chưa đạt {by} (cần từ {needed}).",
        "opinion": "Lấy ý kiến, không quyết định theo đa số; người chủ trì quyết định.",
        "none": "Thu vào {cast} phiếu; kết quả để tham khảo.",
        "nobody": "Không có ai trong danh sách biểu quyết được tính.",
        "may_report": " Người chủ trì thuộc thiểu số: thực hiện theo đa số và có quyền báo cáo Viện trưởng VKSND"
        " tối cao.",
        "too_few": "Thu vào {cast} phiếu, dưới {few} phiếu: không công bố số phiếu để giữ bí mật.",
    },
    "en": {
        "base_total": "the total of {base} members",
        "base_present": "the {base} present",
        "base_cast": "the {base} ballots returned",
        "gt_half": "more than half",
        "ge_two_thirds": "at least two thirds",
        "side_yes": "in favour",
        "side_no": "against",
        "side_none": "",
        "majority": "{yes} in favour of {of} ({share}%): {by} reached ({needed} needed).",
        "short": "{yes} in favour of {of} ({share}%): {by} not reached ({needed} needed).",
        "tie": "{yes} in favour, {no} against of {of}: a tie, {by} not reached ({needed} needed).",
        "chair_side": "{yes} in favour, {no} against of {of}: a tie, decided by the side of the chair ({side}).",
        "chair_unknown": "{yes} in favour, {no} against of {of}: a tie, and the side of the chair is not known.",
        "equal_but_not_half": "{yes} in favour, {no} against of {of}: equal, but neither is half; {by} not reached"
        " ({needed} needed).",
        "opinion": "Opinions only, no decision by majority; the chair decides.",
        "none": "{cast} ballots returned; the result is for reference.",
        "nobody": "Nobody on the roll of this ballot counts.",
        "may_report": " The chair was outvoted: the majority stands; the chair may report to the Supreme Procuracy.",
        "too_few": "{cast} ballots returned, fewer than {few}: they are not told, to keep them secret.",
    },
}

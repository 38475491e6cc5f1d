"""Citations of sheets of a case file in Vietnamese text: "(BL 15-17)", "bút lục số 15 đến 17", "T3: BL 84". Pure.

`parse` finds what is cited and reads it tolerantly; whether there is such a sheet is for the numbering to say. Free
text cites only behind its lead ("BL", "bút lục"); in a field for citations the lead may be missing.
"""

import re
from dataclasses import dataclass

from meetingroom.spelling import compose

LONGEST = 200_000  # letters of one text that are looked at
HIGHEST = 99_999
ANY, FRONT, BACK = "", "front", "back"


@dataclass(frozen=True)
class Sheet:
    """What one label says: 12, 12a, 45bis, 12 on its back."""

    number: int
    suffix: str = ""
    side: str = ANY

    def __str__(self) -> str:
        return f"{self.number}{self.suffix}" + (" (mặt sau)" if self.side == BACK else "")


@dataclass(frozen=True)
class Span:
    """From one label to another, or one label. `guessed`: read as, from a short form ("201-6"); `reversed`: the last
    comes before the first, which is an error of whoever wrote it."""

    first: Sheet
    last: Sheet
    guessed: bool = False
    reversed: bool = False

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Citation:
    """What one place of a text cites. `text` is exactly as typed, from `start` to `end` of the text that was given;
    `against` is what the spans are held against ("121 ↔ 133"); `volume` 0 and `numbering` "" are not said."""

    text: str
    start: int
    end: int
    spans: tuple[Span, ...]
    against: tuple[Span, ...] = ()
    volume: int = 0
    numbering: str = ""

    def weight(self, most: int = HIGHEST) -> int:
        """How many numbers it names, ranges counted out, none as more than `most`."""
        spans = (*self.spans, *self.against)
        return sum(min(most, max(0, each.last.number - each.first.number) + 1) for each in spans)

    def __str__(self) -> str:
        said = ", ".join(map(str, self.spans))
        return f"{said} ↔ {', '.join(map(str, self.against))}" if self.against else said


S = r"[^\S\n]{0,4}"  # some space on the line
GAP = r"\s{0,4}"
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def volume_pattern(n: str) -> str:
    """ "tập 3", "Tập III", "T3"; `n` tells its groups from those of another in the same pattern."""
    spelled = rf"(?<!\w)(?:tập|tap|quyển){S}(?:số{S})?(?:(?P<v{n}>[0-9]{{1,3}})|(?P<r{n}>[ivxl]{{1,7}}))"
    return rf"(?:{spelled}|(?<!\w)t\.?{S}(?P<t{n}>[0-9]{{1,3}}))(?!\w)"


AGENCIES = {
    r"viện kiểm sát(?: nhân dân)?": "VKS",
    r"cơ quan điều tra": "CQĐT",
    r"t(?:oà|òa) án(?: nhân dân)?": "TA",
    r"vks(?:nd)?": "VKS",
    r"cq[đd]t": "CQĐT",
    r"tand": "TA",
    r"ta": "TA",
    r"tạm": "tạm",
}
AGENCY = rf"(?P<agency>{'|'.join(AGENCIES)})(?!\w)"
MARK = r"(?:bút\s{1,3}lục|but\s{1,3}luc|bl|b\.\s?l)(?![^\W\d_])"
NAMED = rf"(?:(?:{S}(?:-|của){S}|{S}\(?){AGENCY}\)?|-(?P<other>[^\W\d_]{{2,8}})(?![^\W_]))"
FILL = rf"(?:{GAP}(?:[:.#(\[]|(?:các|số|từ|thứ|trang)(?!\w)))"
LEAD = re.compile(
    rf"(?:{volume_pattern('1')}\)?{S}[,:;.–-]?{S}\(?)?(?:các{S})?(?<!\w){MARK}\.?(?P<named>{NAMED})?"
    rf"{FILL}{{0,5}}{GAP}(?:{volume_pattern('2')}{S}[,:;.]?)?{GAP}(?=[0-9])",
    re.IGNORECASE,
)
OPENING = re.compile(  # of a field, where the lead may be missing
    rf"[\s(\[•*]{{0,8}}(?:{volume_pattern('1')}\)?{S}[,:;.–-]?{S})?(?P<named>{NAMED})?(?:số{S})?{GAP}(?=[0-9])",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?:(?P<thousands>[0-9]{1,2}\.[0-9]{3})|(?P<plain>[0-9]{1,5}))(?![0-9])")
SUFFIX = re.compile(
    rf"(?:(?P<letter>[a-z])|{S}-?(?P<latin>bis|ter)|(?P<part>[./][1-9][0-9]?))(?!\w|[./]\d)", re.IGNORECASE
)
SIDE = re.compile(rf"{S}\(?{S}(?:mặt|mat){S}(?P<side>sau|trước|truoc)(?!\w){S}\)?", re.IGNORECASE)
NO_LABEL = re.compile(r"\w|[./:]\d|/\w|%")  # right behind the digits: a date, an amount, a time, the sign of a document
DATE = re.compile(r"[0-9]{1,2}\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?[0-9]{4}|[0-9]{1,2}[./-](?:19|20)[0-9]{2}(?![0-9])")
AMOUNT = re.compile(
    rf"{S}(?:triệu|trieu|tr|tỷ|tỉ|đồng|đ|nghìn|ngàn|vnđ|vnd|usd|%|kg|km|m2|m²|ha|lít|gam|giờ|phút)(?!\w)", re.IGNORECASE
)
NOUNS = """
người, bị hại, bị can, bị cáo, nạn nhân, nhân chứng, đối tượng, đồng phạm, nguyên đơn, bị đơn, cá nhân, tổ chức,
công ty, đơn vị, hộ, đồng chí, cán bộ, thành viên, kiểm sát viên, điều tra viên, luật sư, lần, lượt, bản, tờ,
trang, tập, quyển, giấy, gcn, con, chiếc, cái, cặp, xe, máy, điện thoại, bộ, vụ, hành vi, khoản, điều, điểm,
mục, giao dịch, tài khoản, ngày, tháng, năm, tuổi, tuần, quý, kỳ, buổi, phiên, đợt, vòng, thửa, lô, cây, viên,
gói, tép, thùng, bao, cọc, tin nhắn, cuộc, hình, ảnh, bức, tấm, đoạn, video, clip, tệp, file, usb, đĩa, thẻ,
sim, phiếu, hóa đơn, hoá đơn, biên bản, lời khai, quyết định, văn bản, tài liệu, chứng cứ, vật chứng, mẫu, dấu,
vết, loại, nhóm, bên, phần, ý kiến, yêu cầu, câu, nội dung, vấn đề, trường hợp, hợp đồng, căn, ngôi, phòng, mét,
m, g, k
""".replace("\n", " ")
COUNTED = re.compile(rf"{S}(?:{'|'.join(noun.strip() for noun in NOUNS.split(','))})(?!\w)", re.IGNORECASE)
NOUN = re.compile(rf"{S}[^\W\d_]")
JOINING = re.compile(rf"{S}(?:và|với|đến|tới|den|toi|hoặc|bis|ter|tập|tap)(?!\w)", re.IGNORECASE)
LISTED = re.compile(rf"{GAP}(?:[,;&+]|(?:và|hoặc|cùng)(?!\w)){GAP}(?:và(?!\w){GAP})?", re.IGNORECASE)
UNTIL = re.compile(
    rf"{GAP}(?:[-–—÷−‐‑](?![->])|(?P<word>đến|tới|den|toi)(?!\w)(?:{S}hết(?!\w))?){GAP}", re.IGNORECASE
)  # fmt: skip
AGAINST = re.compile(rf"{GAP}(?:↔|⇔|<[-–=]+>){GAP}")
AGAIN = re.compile(rf"(?:(?:các{S})?{MARK}\.?)?{FILL}{{0,4}}{GAP}(?=[0-9])", re.IGNORECASE)
AFTER = re.compile(rf"(?P<apart>{GAP}[,;]{GAP}|{S})\(?{S}(?:thuộc{S})?{volume_pattern('1')}\)?", re.IGNORECASE)
NEXT_LEAD = re.compile(rf"{S}[,:;.–-]?{S}\(?(?:các{S})?(?:{MARK}|[0-9])", re.IGNORECASE)
REMARK = re.compile(rf"{S}\([^()0-9]{{1,200}}\)(?={GAP}(?:[,;]|$))")
SHORT_LETTER = re.compile(r"[-–](?P<letter>[a-z])(?!\w)", re.IGNORECASE)
STRICT_END = re.compile(r"\s*(?:$|[,;()\[\]↔<–—.:]|-)")


def parse(text: str, field: bool = False) -> list[Citation]:
    """What a text cites, in its order. `field`: the text is that of a field for citations, or typed into the search
    box. Never raises; time grows with the length of the text."""
    said, places = composed(text[:LONGEST])
    found, at = [], 0
    if field and (opening := OPENING.match(said)):
        run = Run(said, opening.end(), lead=False, field=True)
        if run.spans:
            found.append(run.citation(opening, text, places))
            at = run.at
            while (again := following(said, at)) is not None:  # T3: 84; T4: 152
                run = Run(said, again.end(), lead=False, field=True)
                if not run.spans:
                    break
                found.append(run.citation(again, text, places))
                at = run.at
    while (lead := LEAD.search(said, at)) is not None:
        run = Run(said, lead.end(), field=field)
        if run.spans:
            found.append(run.citation(lead, text, places))
        at = max(run.at, lead.end())
    return found


def following(said: str, at: int) -> re.Match | None:
    """The next citation of a field, which names its own volume or numbering."""
    apart = LISTED.match(said, at)
    opening = OPENING.match(said, apart.end()) if apart else None
    named = opening and (volume_in(opening, "1") or opening["named"])
    return opening if named else None


def composed(text: str) -> tuple[str, list[int] | None]:
    """The text in NFC, and for each of its letters where it began (None: nothing moved)."""
    if compose(text) == text:
        return text, None
    said, places = [], []
    for cluster in re.finditer(r".[\u0300-\u036f]*", text, re.DOTALL):
        short = compose(cluster[0])
        said.append(short)
        places += [cluster.start()] * len(short)
    return "".join(said), [*places, len(text)]


class Run:
    """The labels that stand from one place of a text on, as far as they go."""

    def __init__(self, said: str, at: int, *, lead: bool = True, field: bool = False):
        self.said, self.at, self.lead, self.field = said, at, lead, field
        self.spans: list[Span] = []
        self.against: list[Span] = []
        self.volume = 0
        self.read()

    def citation(self, lead: re.Match, text: str, places: list[int] | None) -> Citation:
        groups = lead.groupdict()
        volume = volume_in(lead, "1") or ("v2" in groups and volume_in(lead, "2")) or self.volume
        start = next((lead.start() + n for n, each in enumerate(lead[0]) if each.isalnum()), lead.start())
        if places:
            start, end = places[start], places[self.at]
        else:
            end = self.at
        return Citation(
            text[start:end], start, end, tuple(self.spans), tuple(self.against), volume, numbering_in(groups)
        )

    def read(self) -> None:
        first = self.span(self.at, checked=not self.lead)
        if first is None:
            return
        side = self.spans
        while True:
            side.append(first)
            remark = REMARK.match(self.said, self.at) if self.field else None
            after = remark.end() if remark else self.at
            apart = AGAINST.match(self.said, after)
            if apart:
                side = self.against
            else:
                apart = LISTED.match(self.said, after)
            again = AGAIN.match(self.said, apart.end()) if apart else None
            before = self.at
            first = self.span(again.end(), checked=True, apart=apart[0]) if again and apart else None
            if first is None:
                self.at = min(before, self.at)
                break
        if not self.lead and not STRICT_END.match(self.said, self.at):
            self.spans, self.against = [], []
            return
        self.volume_after()

    def volume_after(self) -> None:
        """ "BL 84-86 (tập 3)"; not in "BL 15; tập 2: BL 41", where it is said of what follows."""
        after = AFTER.match(self.said, self.at)
        if after and not (after["apart"].strip() and NEXT_LEAD.match(self.said, after.end())):
            self.volume, self.at = volume_in(after, "1"), after.end()

    def span(self, at: int, *, checked: bool, apart: str = "") -> Span | None:
        """A label or a range. `checked`: it may be something else that is counted, as in "BL 15 và 03 bị hại"."""
        label, end = self.sheet(at)
        if label is None or (checked and self.is_counted(at, end, apart)):
            return None
        self.at = end
        if self.said[end : end + 1] in ("-", "–") and label.suffix and (short := SHORT_LETTER.match(self.said, end)):
            last = Sheet(label.number, short["letter"].lower(), label.side)
            if len(label.suffix) == 1 and label.suffix < last.suffix:
                self.at = short.end()
                return Span(label, last, guessed=True)
        until = UNTIL.match(self.said, end)
        if not until:
            return Span(label, label)
        again = AGAIN.match(self.said, until.end())
        if again is None or (not until["word"] and re.search(r"số|từ|các", again[0], re.IGNORECASE)):
            return Span(label, label)
        upper, behind = self.sheet(again.end())
        if upper is None or AMOUNT.match(self.said, behind):
            return Span(label, label)
        self.at = behind
        return ranged(label, upper, self.said[again.end() : behind])

    def sheet(self, at: int) -> tuple[Sheet | None, int]:
        if DATE.match(self.said, at) or not (number := NUMBER.match(self.said, at)):
            return None, at
        end, suffix, side = number.end(), "", ANY
        if more := SUFFIX.match(self.said, end):
            suffix, end = (more["letter"] or more["latin"] or more["part"]).lower(), more.end()
        if NO_LABEL.match(self.said, end):
            return None, at
        if page := SIDE.match(self.said, end):
            side, end = BACK if page["side"].lower() == "sau" else FRONT, page.end()
        value = int((number["thousands"] or number["plain"]).replace(".", ""))
        return (Sheet(value, suffix, side), end) if 0 < value <= HIGHEST else (None, at)

    def is_counted(self, at: int, end: int, apart: str) -> bool:
        """Whether what looks like a label is an amount, counts something, or begins a paragraph."""
        said = self.said
        if AMOUNT.match(said, end):
            if apart == "," and len(self.spans) > 1:  # 2,5 triệu
                self.spans.pop()
            return True
        if JOINING.match(said, end):
            return False
        if COUNTED.match(said, end):
            return True
        if "\n" in apart and said[end : end + 1] in (".", ")"):
            return True
        first = self.spans[0].first.number if self.spans else 0
        return said[at] == "0" and first > 9 and bool(NOUN.match(said, end))


def ranged(first: Sheet, last: Sheet, typed: str) -> Span:
    """From one label to the other; "201-6" is read as 201–206."""
    before = (last.number, suffix_rank(last.suffix)) < (first.number, suffix_rank(first.suffix))
    if not before:
        return Span(first, last)
    whole, tail = str(first.number), str(last.number)
    if len(tail) < len(whole) and not typed.startswith("0"):
        read = int(whole[: -len(tail)] + tail)
        if read > first.number:
            return Span(first, Sheet(read, last.suffix, last.side), guessed=True)
    return Span(first, last, reversed=True)


def suffix_rank(suffix: str) -> int:
    """In the order of a file: none, a to z, bis, ter, .1 to .99, /1 to /99."""
    if not suffix:
        return 0
    if suffix in ("bis", "ter"):
        return 27 if suffix == "bis" else 28
    if suffix[0] in "./":
        return (100 if suffix[0] == "." else 200) + int(suffix[1:])
    return ord(suffix) - ord("a") + 1


def volume_in(match: re.Match, n: str) -> int:
    digits = match[f"v{n}"] or match[f"t{n}"]
    if digits:
        return int(digits)
    total, before = 0, 0
    for value in (ROMAN[letter] for letter in reversed((match[f"r{n}"] or "").lower())):
        total += -value if value < before else value
        before = max(before, value)
    return total


def numbering_in(groups: dict) -> str:
    if groups.get("other"):
        return groups["other"]
    said = (groups.get("agency") or "").lower()
    return next((name for pattern, name in AGENCIES.items() if said and re.fullmatch(pattern, said)), "")

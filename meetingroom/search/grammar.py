"""What somebody types to search, understood: words, "phrases", -without, a hoặc b, loai: hop: tu: den: nguoi:.

Pure. Whatever is typed has a meaning or none, and never an error: every word is quoted before the index sees it.
"""

import calendar
import datetime
import itertools
import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from meetingroom.search.folding import fold, tokens_of
from meetingroom.spelling import compose

MOST_LETTERS = 300  # of a query
MOST_TERMS = 12
MOST_SPELLINGS = 16  # of one term, with d and đ
LONGEST = 40  # letters of a word
KINDS = {
    "page": ("page", "paper", "trang", "tai-lieu", "tailieu"),
    "agenda": ("agenda", "chuong-trinh", "chuongtrinh", "noi-dung"),
    "minutes": ("minutes", "bien-ban", "bienban"),
    "conclusion": ("conclusion", "ket-luan", "ketluan"),
    "ballot": ("ballot", "bieu-quyet", "bieuquyet"),
    "note": ("note", "ghi-chu", "ghichu"),
}
WORD_OF_KIND = {word: kind for kind, words in KINDS.items() for word in words}
PIECE = re.compile(r'(-?)(?:([^\W\d_]+):(?="))?"([^"]*)"?|(\S+)')
FILTERS = {
    "loai": "kind", "kind": "kind", "hop": "meeting", "meeting": "meeting", "tu": "since", "from": "since",
    "den": "until", "to": "until", "nguoi": "person", "person": "person",
}  # fmt: skip
# What a number belongs to: "BL 125" is one thing (bút lục), and found as such first.
NUMBERED = {"bl", "so", "dieu", "khoan", "muc", "quyen", "to", "no"}
OR = {"hoặc", "hoac", "or", "|"}


@dataclass(frozen=True)
class Term:
    """A word or a phrase, as its tokens; `begins`: the last of them may be the beginning of a longer one."""

    tokens: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True)
class Query:
    """Each group is a choice of terms, all groups must be found, none of `without`."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    filters: dict[str, str] = field(default_factory=dict)  # kind, meeting (words of its title), since, until, person
    cut: bool = False  # more was typed than is looked for

    @property
    def is_empty(self) -> bool:
        return not self.groups

    @property
    def person(self) -> str:
        """Whose it is or who is named in it; "" for anybody."""
        return self.filters.get("person", "") if tokens_of(self.filters.get("person", "")) else ""

    def naming(self) -> "Query":
        """The same where the person is named, too."""
        return replace(self, groups=(*self.groups, (Term(tuple(tokens_of(self.person))[:MOST_TERMS]),)))

    def together(self) -> "Query | None":
        """With each number behind what it belongs to as one phrase; None where there is none."""
        groups: list[tuple[Term, ...]] = []
        for group in self.groups:
            before = groups[-1][0].tokens if groups and len(groups[-1]) == 1 else ()
            is_number = len(group) == 1 and group[0].tokens[0][0].isdigit()
            if is_number and len(before) == 1 and fold(before[0]) in NUMBERED:
                groups[-1] = (Term(before + group[0].tokens, group[0].begins),)
            else:
                groups.append(group)
        return replace(self, groups=tuple(groups)) if len(groups) < len(self.groups) else None


def parse(text: str) -> Query:
    """Anything at all; what has no word in it is left out."""
    text = compose(text)
    cut = len(text) > MOST_LETTERS
    text = text[:MOST_LETTERS]
    groups: list[tuple[Term, ...]] = []
    without: list[Term] = []
    filters: dict[str, str] = {}
    joined = False
    pieces = list(PIECE.finditer(text))
    for n, piece in enumerate(pieces):
        minus, name, phrase, word = piece.groups()
        if phrase is None:
            if word.lower() in OR and groups and n + 1 < len(pieces):
                joined = True
                continue
            minus, name, phrase, is_phrase = take_apart(word)
        else:
            is_phrase = True
        if key := FILTERS.get(fold(name or "")):
            if phrase.strip():
                filters[key] = phrase.strip()
            continue
        tokens = tuple(token[:LONGEST] for token in tokens_of(f"{name or ''} {phrase}"))
        if not tokens:
            continue
        ends = n == len(pieces) - 1 and not is_phrase and not minus and not text[-1:].isspace()
        term = Term(tokens[:MOST_TERMS], begins=ends and len(tokens[-1]) > 1)
        cut = cut or len(tokens) > MOST_TERMS
        if sum(map(len, groups)) + len(without) >= MOST_TERMS:
            cut = True
            break
        if minus:
            without.append(term)
        elif joined:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joined = False
    return Query(tuple(groups), tuple(without), filters, cut)


def take_apart(word: str) -> tuple[str, str, str, bool]:
    """(minus, name of a filter, what is looked for, whether it is a phrase) of what was typed without quotes."""
    minus = "-" if word.startswith("-") and len(word) > 1 else ""
    word = word.removeprefix("-") if minus else word
    name, colon, rest = word.partition(":")
    if colon and not minus and fold(name) in FILTERS:
        return "", name, rest, False
    return minus, "", word, False


class Matches(NamedTuple):
    """A question as the index takes it: as it was typed, without accents, and with the last word unfinished."""

    exact: str
    folded: str
    begun: str
    rare: bool = False  # a phrase, or something left out: few places have it, among many that must be looked at


def matches_of(query: Query) -> Matches:
    return Matches(exact_match(query), folded_match(query), begun_match(query), is_rare(query))


def is_rare(query: Query) -> bool:
    return bool(query.without) or any(len(term.tokens) > 1 for group in query.groups for term in group)


def exact_match(query: Query) -> str:
    """For the index that keeps accents: whole words as they were typed."""
    return expression(query, lambda term: [quoted(term.tokens)])


def folded_match(query: Query) -> str:
    """For the index without accents: d and đ are the same."""
    return expression(query, spellings)


def begun_match(query: Query) -> str:
    """As `folded_match`, and the last word may go on."""
    return expression(query, lambda term: [each + (" *" if term.begins else "") for each in spellings(term)])


def expression(query: Query, write) -> str:
    """With an AND, OR or NOT between all of them: FTS5 has no other that is safe before a bracket."""
    if not query.groups:
        return ""
    wanted = " AND ".join(
        "(" + " OR ".join(itertools.chain.from_iterable(map(write, group))) + ")" for group in query.groups
    )
    if query.without:
        wanted = f"({wanted}) NOT (" + " OR ".join(itertools.chain.from_iterable(map(write, query.without))) + ")"
    return wanted


def quoted(tokens) -> str:
    return '"' + " ".join(tokens) + '"'


def spellings(term: Term) -> list[str]:
    """With d and with đ wherever there is one of them: the index takes the two for different letters."""
    tokens = [fold(token) for token in term.tokens]
    if 2 ** sum(token.count("d") for token in tokens) <= MOST_SPELLINGS:
        choices = [[*map("".join, itertools.product(*("dđ" if c == "d" else c for c in token)))] for token in tokens]
    elif 2 ** sum(token.startswith("d") for token in tokens) <= MOST_SPELLINGS:
        choices = [[token, *(["đ" + token[1:]] if token.startswith("d") else [])] for token in tokens]
    else:  # a long phrase: as it was typed, or all without
        return [quoted(tokens), quoted([token.lower() for token in term.tokens])]
    return [quoted(each) for each in itertools.product(*choices)]


def kind_of(word: str) -> str:
    """The kind that a filter names, in either language; "" for none."""
    return WORD_OF_KIND.get(fold(word).replace("_", "-").replace(" ", "-"), "")


def day_of(word: str, *, last: bool = False) -> str:
    """`2026`, `01/2026`, `31/01/2026`, `2026-01-31` as yyyy-mm-dd, the first day meant or the `last`; "" if none."""
    numbers = [int(n) for n in re.findall(r"\d+", word) if len(n) < 5]
    if len(numbers) > 1 and numbers[0] > 31:
        numbers.reverse()
    if not 1 <= len(numbers) <= 3:
        return ""
    year = numbers[-1]
    month = numbers[-2] if len(numbers) > 1 else (12 if last else 1)
    if not (1900 < year < 9000 and 1 <= month <= 12):
        return ""
    day = numbers[0] if len(numbers) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""

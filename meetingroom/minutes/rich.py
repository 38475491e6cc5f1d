"""The secretary's text as a small tree, and its one canonical form as HTML. Pure.

What comes from outside goes through `nh3` first and then through the parser here, which knows nothing but this tree:
no colour, size, font, link or picture. `parse(write(doc)) == doc`, and `write(parse(x))` is a fixed point.
"""

import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from meetingroom.meeting.checks import clean_text
from meetingroom.minutes.labels import label_of

KINDS_OF_LIST = ("number", "letter", "dash")
# What the log tells, in place; `hidden`: an automatic line that the secretary leaves out. Those with a reference: of
# what (a ballot, a person, the number of a fact).
LIVE = frozenset({"roll", "absent", "quorum", "opinions", "shown", "followup"})
LIVE_OF = frozenset({"ballot", "opinion", "speech", "hidden"})
REFERENCE = re.compile(r"[\w.:-]{1,80}")
# Of which live block a paragraph was made, and the fingerprint of what the log told then: `ballot:b1@0123456789ab`.
TOLD = re.compile(r"([a-z]{1,20})(?::([\w.:-]{1,80}))?@[0-9a-f]{12}")


@dataclass(frozen=True)
class Limits:
    """How much one text may hold. A table beyond them would cost the PDF seconds."""

    letters: int = 100_000
    blocks: int = 5_000
    levels: int = 3
    tables: int = 60
    columns: int = 12
    rows: int = 500
    colspan: int = 12
    rowspan: int = 50
    cell: int = 5_000  # letters


LIMITS = Limits()


class TooComplex(ValueError):
    """The text holds more of something than it may: `what` is a field of Limits, or `live` for a block nobody knows."""

    def __init__(self, what: str):
        super().__init__(what)
        self.what = what
        self.limit = getattr(LIMITS, what, 0)


@dataclass(frozen=True)
class Run:
    """Letters with one look; a line break within a paragraph is `\\n`."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True)
class Para:
    """A paragraph. `since`: the number of the fact whose line of the timeline it was made from; 0: typed. `told`: the
    live block that was turned into it, as TOLD has it; "": none."""

    runs: tuple[Run, ...]
    since: int = 0
    told: str = ""


@dataclass(frozen=True)
class Sub:
    """A sub-heading within an item."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class ListItem:
    blocks: "tuple[Para | List, ...]"


@dataclass(frozen=True)
class List:
    """Points with labels of one kind (`number`, `letter`, `dash`); the first has the number `start`."""

    kind: str
    items: tuple[ListItem, ...]
    start: int = 1


@dataclass(frozen=True)
class Cell:
    blocks: tuple[Para | List, ...]
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells that fill the grid without a hole. `header`: the first row; `widths` in per cent, or none."""

    rows: tuple[tuple[Cell, ...], ...]
    header: bool = False
    widths: tuple[int, ...] = ()

    @property
    def columns(self) -> int:
        return sum(cell.colspan for cell in self.rows[0])


@dataclass(frozen=True)
class Live:
    """What the log tells, in this place: `kind` of LIVE, or of LIVE_OF with its `ref`."""

    kind: str
    ref: str = ""


Block = Para | Sub | List | Table | Live


@dataclass(frozen=True)
class Doc:
    blocks: tuple[Block, ...] = ()


EMPTY = Doc()


def from_plain(text: str) -> Doc:
    """Old notes and those of plain clients: a paragraph a line."""
    lines = (clean_text(line).strip() for line in clean_text(text).split("\n"))
    return Doc(tuple(Para((Run(line),)) for line in lines if line))


def sha_of(written: str) -> str:
    """The name of a text: SHA-256 of its canonical HTML."""
    return hashlib.sha256(written.encode()).hexdigest()


def write(doc: Doc) -> str:
    """The canonical HTML."""
    return "".join(write_block(block) for block in doc.blocks)


def write_block(block: Block) -> str:
    if isinstance(block, Para):
        since = f' data-from="{block.since}"' if block.since else ""
        told = f' data-told="{block.told}"' if block.told else ""
        return f"<p{since}{told}>{write_runs(block.runs)}</p>"
    if isinstance(block, Sub):
        return f"<h4>{write_runs(block.runs)}</h4>"
    if isinstance(block, List):
        items = "".join(f"<li>{''.join(map(write_block, item.blocks))}</li>" for item in block.items)
        if block.kind == "dash":
            return f"<ul>{items}</ul>"
        letters = ' data-k="letter"' if block.kind == "letter" else ""
        start = f' start="{block.start}"' if block.start != 1 else ""
        return f"<ol{letters}{start}>{items}</ol>"
    if isinstance(block, Table):
        return write_table(block)
    ref = f' data-ref="{html.escape(block.ref)}"' if block.ref else ""
    return f'<div data-live="{block.kind}"{ref}></div>'


def write_table(table: Table) -> str:
    widths = f' data-w="{",".join(map(str, table.widths))}"' if table.widths else ""
    rows = []
    for n, row in enumerate(table.rows):
        tag, cells = ("th" if table.header and n == 0 else "td"), []
        for cell in row:
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            cells.append(f"<{tag}{spans}>{''.join(map(write_block, cell.blocks))}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table{widths}><tbody>{''.join(rows)}</tbody></table>"


def write_runs(runs: tuple[Run, ...]) -> str:
    found = []
    for run in runs:
        text = html.escape(run.text, quote=False).replace("\n", "<br>")
        for tag, is_on in (("u", run.underline), ("em", run.italic), ("strong", run.bold)):
            text = f"<{tag}>{text}</{tag}>" if is_on else text
        found.append(text)
    return "".join(found)


def plain(doc: Doc) -> str:
    """As text: a line a paragraph, points with their labels, a row of a table in one line. Live blocks have none."""
    return "\n".join(line for block in doc.blocks for line in plain_lines(block))


def plain_lines(block: Block) -> list[str]:
    if isinstance(block, (Para, Sub)):
        return plain_of(block.runs).split("\n")
    if isinstance(block, List):
        return [line for paragraph in labelled((block,)) for line in plain_of(paragraph.runs).split("\n")]
    if isinstance(block, Table):
        return [
            " | ".join(" ".join(line for each in cell.blocks for line in plain_lines(each)) for cell in row)
            for row in block.rows
        ]
    return []


def plain_of(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def is_plain(para: Para) -> bool:
    """No look of its own and no line break: what an old client can show as it is."""
    return all(not (run.bold or run.italic or run.underline) and "\n" not in run.text for run in para.runs)


def lives(doc: Doc) -> list[Live]:
    return [block for block in doc.blocks if isinstance(block, Live)]


def fingerprint(texts: Iterable[str]) -> str:
    """Of what the log tells in a live block: kept with the paragraphs that are made of it."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def origin(block: Block) -> Live | None:
    """The live block that stands here, or of which this paragraph was made."""
    if isinstance(block, Live):
        return block
    found = TOLD.fullmatch(block.told) if isinstance(block, Para) else None
    return Live(found[1], found[2] or "") if found else None


def used_facts(doc: Doc) -> frozenset[int]:
    """The numbers of the facts whose automatic line is not told again: placed in the text, or hidden."""
    placed = {block.since for block in doc.blocks if isinstance(block, Para) and block.since}
    return frozenset(placed | {int(live.ref) for live in lives(doc) if live.kind == "hidden"})


def labelled(blocks: tuple[Para | List, ...], level: int = 0) -> list[Para]:
    """Paragraphs and points one after another, the labels typed in front: as every kind of file shows them. `level`:
    in how many lists with dashes they are."""
    found: list[Para] = []
    for block in blocks:
        if isinstance(block, Para):
            found.append(block)
            continue
        within = level + (block.kind == "dash")
        for n, item in enumerate(block.items, start=block.start):
            first, *rest = labelled(item.blocks, within) or [Para(())]
            label = label_of(block.kind, n, within)
            if not item.blocks or isinstance(item.blocks[0], Para):
                first = Para((Run(f"{label} "), *first.runs))
            else:  # a list in a list without a word before it: both labels
                first = Para((Run(f"{label} {first.runs[0].text}"), *first.runs[1:]))
            found += [first, *rest]
    return found


# Making a tree canonical. What is made here and by `rich_reading` has passed through these.


def tidy_runs(runs: list[Run]) -> tuple[Run, ...]:
    """One spelling, white space as HTML has it, no empty runs, neighbours of one look joined."""
    tidied, before = tidy_once(tuple(runs)), tuple(runs)
    while tidied != before:  # a run that came to nothing has brought two of one look together
        tidied, before = tidy_once(tidied), tidied
    return tidied


def tidy_once(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    found: list[Run] = []
    for run in joined:
        text = re.sub(r" *\n *", "\n", re.sub(r"[ \t\r\f]+", " ", clean_text(run.text)))
        if found and found[-1].text.endswith((" ", "\n")):  # a space there is one already, or none
            text = text.removeprefix(" ")
        if text.startswith("\n") and found:
            found[-1] = replace(found[-1], text=found[-1].text.removesuffix(" "))
        while found and not found[-1].text:
            found.pop()
        found.append(replace(run, text=text))
    return strip_end([run for run in found if run.text])


def strip_end(runs: list[Run]) -> tuple[Run, ...]:
    """Without spaces and line breaks at the end and at the beginning."""
    while runs and (text := runs[-1].text.rstrip(" \n")) != runs[-1].text:
        runs[-1:] = [replace(runs[-1], text=text)] if text else []
    while runs and (text := runs[0].text.lstrip(" \n")) != runs[0].text:
        runs[:1] = [replace(runs[0], text=text)] if text else []
    return tuple(runs)


def fit_table(rows: list[list[Cell]], header: bool, widths: tuple[int, ...]) -> Table | None:
    """Cells in a grid without holes: spans that reach too far are cut, short rows filled up. None: no cell at all.

    Raises TooComplex.
    """
    rows = [row for row in rows if row]
    if not rows:
        return None
    if len(rows) > LIMITS.rows:
        raise TooComplex("rows")
    columns = width_of(rows)
    taken: dict[tuple[int, int], bool] = {}
    fitted = []
    for y, row in enumerate(rows):
        made, x = [], 0
        for cell in [*row, *(Cell(()) for _n in range(columns))]:
            while x < columns and (y, x) in taken:
                x += 1
            if x >= columns:
                break
            wide = 1
            while wide < cell.colspan and x + wide < columns and (y, x + wide) not in taken:
                wide += 1
            high = min(cell.rowspan, len(rows) - y)
            taken.update({(y + dy, x + dx): True for dy in range(high) for dx in range(wide)})
            made.append(replace(cell, colspan=wide, rowspan=high))
            x += wide
        fitted.append(made)
    return without_bare_rows(fitted, columns, header, widths)


def width_of(rows: list[list[Cell]]) -> int:
    """Columns of the widest row, those counted that reach down into it. Raises TooComplex."""
    reaching: list[tuple[int, int]] = []  # columns taken, rows still to go
    widest = 0
    for row in rows:
        here = sum(wide for wide, _high in reaching) + sum(cell.colspan for cell in row)
        widest = max(widest, here)
        if widest > LIMITS.columns:
            raise TooComplex("columns")
        reaching = [(wide, high - 1) for wide, high in reaching if high > 1]
        reaching += [(cell.colspan, cell.rowspan - 1) for cell in row if cell.rowspan > 1]
    return widest


def without_bare_rows(rows: list[list[Cell]], columns: int, header: bool, widths: tuple[int, ...]) -> Table:
    """A row that is filled from above alone has no cell of its own, which no reader of HTML keeps: it goes, and what
    reaches through it ends sooner."""
    bare = {y for y, row in enumerate(rows) if not row}
    kept = [
        tuple(
            replace(cell, rowspan=cell.rowspan - len(bare & set(range(y, y + cell.rowspan)))) for cell in row
        )
        for y, row in enumerate(rows)
        if row
    ]  # fmt: skip
    return Table(tuple(kept), header, fit_widths(widths, columns))


def fit_widths(widths: tuple[int, ...], columns: int) -> tuple[int, ...]:
    """Whole per cent that make a hundred, each at least one; none if they are not one for each column."""
    if len(widths) != columns or any(width < 1 for width in widths):
        return ()
    total = sum(widths)
    fitted = [max(1, width * 100 // total) for width in widths]
    fitted[fitted.index(max(fitted))] += 100 - sum(fitted)
    return tuple(fitted)

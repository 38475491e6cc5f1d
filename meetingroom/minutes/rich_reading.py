"""HTML from outside as the tree of `rich.py`: `nh3` keeps known tags, the parser makes sense of them. Pure."""

from html.parser import HTMLParser

import nh3

from meetingroom.minutes import rich
from meetingroom.minutes.rich import LIMITS, Block, Cell, Doc, List, ListItem, Live, Para, Run, Sub, Table, TooComplex

LOOKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline"}
CLEANER = nh3.Cleaner(
    tags={"p", "br", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "div", *LOOKS},
    attributes={
        "ol": {"start", "data-k"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "table": {"data-w"},
        "p": {"data-from", "data-told"},
        "div": {"data-live", "data-ref"},
    },
    url_schemes=set(),
    clean_content_tags={"script", "style", "title", "template"},
)
MOST_NESTED = 64  # open tags: more is no text that a person wrote


def parse(written: str) -> Doc:
    """The tree. Raises TooComplex where the text holds more than it may."""
    if len(written) > 20 * LIMITS.letters:
        raise TooComplex("letters")
    reader = Reader()
    reader.feed(CLEANER.clean(written))
    reader.close()
    return reader.finish()


class Holder:
    """An open element, and what has been read in it. `runs` are the letters that are in no paragraph yet."""

    def __init__(self, tag: str, attributes: dict[str, str]):
        self.tag, self.attributes = tag, attributes
        self.blocks: list = []
        self.runs: list[Run] = []
        self.letters = 0

    def end_paragraph(self) -> None:
        if runs := rich.tidy_runs(self.runs):
            self.blocks.append(Para(runs))
        self.runs = []


class Reader(HTMLParser):
    """Tags to the tree. The text it gets is what nh3 wrote: every tag is known and closed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Holder("doc", {})]
        self.looks: list[str] = []
        self.letters = self.blocks = self.tables = 0

    def handle_starttag(self, tag: str, attrs):
        attributes = {key: value or "" for key, value in attrs}
        if tag in LOOKS:
            self.looks.append(LOOKS[tag])
        elif tag == "br":
            self.open[-1].runs.append(self.run("\n"))
        else:
            if len(self.open) > MOST_NESTED:
                raise TooComplex("levels")
            if tag == "table":
                self.tables += 1
                if self.tables > LIMITS.tables:
                    raise TooComplex("tables")
            self.open[-1].end_paragraph()
            self.open.append(Holder(tag, attributes))

    def handle_endtag(self, tag: str):
        if tag in LOOKS:
            self.looks.remove(LOOKS[tag])
        elif tag != "br":
            done = self.open.pop()
            done.end_paragraph()
            CLOSE[tag](self, done, self.open[-1])

    def handle_data(self, data: str):
        self.letters += len(data)
        if self.letters > LIMITS.letters:
            raise TooComplex("letters")
        for holder in self.open:
            holder.letters += len(data)
        # A line break in the source is a space; one in the text is a <br>.
        self.open[-1].runs.append(self.run(data.replace("\n", " ")))

    def run(self, text: str) -> Run:
        return Run(text, "bold" in self.looks, "italic" in self.looks, "underline" in self.looks)

    def add(self, holder: Holder, block: Block) -> None:
        self.blocks += 1
        if self.blocks > LIMITS.blocks:
            raise TooComplex("blocks")
        holder.blocks.append(block)

    def finish(self) -> Doc:
        self.open[0].end_paragraph()
        if len(self.open[0].blocks) > LIMITS.blocks:
            raise TooComplex("blocks")
        return Doc(tuple(block for block in self.open[0].blocks if isinstance(block, Block)))


def close_paragraph(reader: Reader, done: Holder, parent: Holder) -> None:
    """What a paragraph cannot hold (a table in it) stands behind it."""
    since, told = number(done.attributes.get("data-from"), 0), done.attributes.get("data-told", "")
    told = told if rich.TOLD.fullmatch(told) else ""
    for n, block in enumerate(done.blocks):
        reader.add(parent, Para(block.runs, since, told) if n == 0 and isinstance(block, Para) else block)


def close_heading(reader: Reader, done: Holder, parent: Holder) -> None:
    for block in done.blocks:
        reader.add(parent, Sub(block.runs) if isinstance(block, Para) else block)


def close_block(reader: Reader, done: Holder, parent: Holder) -> None:
    """A live block, or whatever stands in a <div> of somebody's."""
    if kind := done.attributes.get("data-live"):
        reader.add(parent, live(kind, done.attributes.get("data-ref", "")))
    for block in done.blocks:
        reader.add(parent, block)


def live(kind: str, ref: str) -> Live:
    known = (kind in rich.LIVE and not ref) or (kind in rich.LIVE_OF and rich.REFERENCE.fullmatch(ref))
    if not known or (kind in ("speech", "hidden") and not ref.isdecimal()):
        raise TooComplex("live")
    return Live(kind, ref)


def close_item(reader: Reader, done: Holder, parent: Holder) -> None:
    """A point holds paragraphs and lists; a heading in it is a paragraph, a table in it stands apart as its rows."""
    if blocks := simple_blocks(done.blocks):
        parent.blocks.append(ListItem(blocks))


def close_list(reader: Reader, done: Holder, parent: Holder) -> None:
    kind = "dash" if done.tag == "ul" else "letter" if done.attributes.get("data-k") == "letter" else "number"
    items = tuple(each if isinstance(each, ListItem) else ListItem(simple_blocks([each])) for each in done.blocks)
    items = tuple(item for item in items if item.blocks)
    if not items:
        return
    start = number(done.attributes.get("start"), 1) if kind != "dash" else 1
    made = List(kind, items, start or 1)
    if levels_of(made) > LIMITS.levels:
        raise TooComplex("levels")
    reader.add(parent, made)


def close_cell(reader: Reader, done: Holder, parent: Holder) -> None:
    if done.letters > LIMITS.cell:
        raise TooComplex("cell")
    spans = [number(done.attributes.get(name), 1) or 1 for name in ("colspan", "rowspan")]
    for span, name in zip(spans, ("colspan", "rowspan"), strict=True):
        if span > getattr(LIMITS, name):
            raise TooComplex(name)
    parent.blocks.append((done.tag, Cell(simple_blocks(done.blocks), *spans)))


def close_row(reader: Reader, done: Holder, parent: Holder) -> None:
    parent.blocks.append([each for each in done.blocks if isinstance(each, tuple)])


def close_table_part(reader: Reader, done: Holder, parent: Holder) -> None:
    parent.blocks += [each for each in done.blocks if isinstance(each, list)]


def close_table(reader: Reader, done: Holder, parent: Holder) -> None:
    rows = [row for row in done.blocks if isinstance(row, list) and row]
    header = bool(rows) and all(tag == "th" for tag, _cell in rows[0])
    widths = tuple(number(part, 0) for part in done.attributes.get("data-w", "").split(",") if part)
    if table := rich.fit_table([[cell for _tag, cell in row] for row in rows], header, widths[: LIMITS.columns + 1]):
        reader.add(parent, table)


CLOSE = {
    "p": close_paragraph,
    "h4": close_heading,
    "div": close_block,
    "li": close_item,
    "ul": close_list,
    "ol": close_list,
    "td": close_cell,
    "th": close_cell,
    "tr": close_row,
    "thead": close_table_part,
    "tbody": close_table_part,
    "table": close_table,
}


def simple_blocks(blocks: list) -> tuple[Para | List, ...]:
    """As paragraphs and lists, which is all that a point or a cell holds."""
    found: list[Para | List] = []
    for block in blocks:
        if isinstance(block, (Para, Sub)):
            found.append(Para(block.runs))
        elif isinstance(block, List):
            found.append(block)
        elif isinstance(block, Table):
            rows = (rich.tidy_runs([Run(line)]) for line in rich.plain_lines(block) if line.strip(" |"))
            found += [Para(runs) for runs in rows if runs]
        elif isinstance(block, ListItem):
            found += block.blocks
    return tuple(found)


def levels_of(block) -> int:
    """How deep lists are nested."""
    if not isinstance(block, List):
        return 0
    return 1 + max((levels_of(each) for item in block.items for each in item.blocks), default=0)


def number(text: str | None, otherwise: int) -> int:
    """A whole number from 0 to a million from an attribute; `otherwise` where there is none."""
    text = (text or "").strip()
    return min(int(text), 10**6) if text.isascii() and text.isdecimal() and len(text) < 16 else otherwise

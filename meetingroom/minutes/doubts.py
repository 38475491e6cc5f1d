"""Where the secretary's text no longer agrees with the log: to be looked at before the chair approves. Pure.

The text is the secretary's and is printed as it stands. Two things are only said: words that were made of a live block
which tells something else by now, and a line that stands before something that happened earlier.
"""

from collections.abc import Iterator

from meetingroom.minutes import rich
from meetingroom.minutes.model import Item, Minutes
from meetingroom.minutes.rich import Block, Para
from meetingroom.printing.wording import Words

SHORT = 60  # letters


def find_doubts(minutes: Minutes, offers: dict[str, list[dict]], _: Words) -> list[dict]:
    """`[{item, kind: "changed" | "order", text}]`; `offers` as `live_blocks.offers` gives them."""
    found = []
    for item in minutes.items:
        told = {(one["kind"], one.get("ref", "")): one for one in [*offers.get("", []), *offers.get(item.id, [])]}
        blocks = [passage.block for passage in item.text]
        found += [{"item": item.id, "kind": "changed", "text": text} for text in changed(item, blocks, told, _)]
        found += [{"item": item.id, "kind": "order", "text": text} for text in misplaced(item, blocks, _)]
    return found


def changed(item: Item, blocks: list[Block], told: dict, _: Words) -> Iterator[str]:
    for mark in dict.fromkeys(block.told for block in blocks if isinstance(block, Para) and block.told):
        made = next(block for block in blocks if isinstance(block, Para) and block.told == mark)
        live = rich.origin(made)
        now = told.get((live.kind, live.ref)) if live else None
        if now is None or now["sha"] != mark[-12:]:
            yield _(
                "%(item)s: “%(what)s” has changed in the log since it was turned into text.",
                item=name_of(item),
                what=now["label"] if now else shortened(made),
            )


def misplaced(item: Item, blocks: list[Block], _: Words) -> Iterator[str]:
    last: Para | None = None
    for block in blocks:
        if not (isinstance(block, Para) and block.since):
            continue
        if last and block.since < last.since:
            yield _(
                "%(item)s: “%(late)s” stands before “%(early)s”, which happened earlier.",
                item=name_of(item),
                late=shortened(last),
                early=shortened(block),
            )
        else:
            last = block


def name_of(item: Item) -> str:
    return f"{item.number}. {item.title}" if item.number else item.title


def shortened(para: Para) -> str:
    text = rich.plain_of(para.runs)
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"

"""What XMind draws around several children of a topic: its boundaries and summaries name them by their numbers."""

import re
from typing import Any

RANGED = ("boundaries", "summaries", "summary", "callout", "attached_ids")
RANGE = re.compile(r"\((\d+),(\d+)\)")


def kept_lists(raw: dict, children: list[str]) -> tuple[dict, dict]:
    """({summary, callout, …} to stand among the children, {boundaries, summaries} beside them) of a topic as it came,
    whose children now are these ids: numbers follow the children they meant; what lost all of them goes."""
    was = raw.get("attached_ids")
    below = {key.removeprefix("children."): value for key, value in raw.items() if key.startswith("children.")}
    if raw.get("callout"):
        below["callout"] = raw["callout"]
    lists: dict[str, Any] = {}
    for name in ("boundaries", "summaries"):
        if raw.get(name):
            moved = [renumbered(each, was, children) for each in raw[name] if isinstance(each, dict)]
            lists[name] = [each for each in moved if each]
    wanted = {each.get("topicId") for each in lists.get("summaries", ())}
    summary = [each for each in raw.get("summary") or () if isinstance(each, dict) and each.get("id") in wanted]
    return below | ({"summary": summary} if summary else {}), {key: value for key, value in lists.items() if value}


def renumbered(each: dict, was: list[str] | None, children: list[str]) -> dict | None:
    match = RANGE.fullmatch(each.get("range", "")) if isinstance(each.get("range"), str) else None
    if match is None or was is None or was == children:
        return each
    meant = was[int(match[1]) : int(match[2]) + 1]
    left = [n for n, child in enumerate(children) if child in meant]
    return {**each, "range": f"({left[0]},{left[-1]})"} if left else None

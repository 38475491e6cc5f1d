"""Amounts in đồng, and sums that must agree. Pure; integers only."""

import re
from fractions import Fraction
from typing import Any

from meetingroom.cases import tree

AMOUNT = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,3}))?\s*(tỷ|tỉ|ty|triệu|trieu|tr|nghìn|ngàn|đồng|đ|VNĐ|VND)(?!\w)",
    re.IGNORECASE,
)
UNITS = {"tỷ": 10**9, "tỉ": 10**9, "ty": 10**9, "triệu": 10**6, "trieu": 10**6, "tr": 10**6, "nghìn": 1000,
         "ngàn": 1000, "đồng": 1, "đ": 1, "vnđ": 1, "vnd": 1}  # fmt: skip
MOST = 10**15


def amounts(text: str) -> list[int]:
    """Every amount a text names: 600 tr, 1.400 triệu, 1,5 tỷ, 350.000.000 đồng."""
    found = []
    for match in AMOUNT.finditer(text):
        whole, part, unit = match[1].replace(".", ""), match[2] or "", match[3].lower()
        value = Fraction(int(whole + part), 10 ** len(part)) * UNITS[unit]
        if value.denominator == 1 and value <= MOST:
            found.append(int(value))
    return found


def propose(text: str) -> int | None:
    """The amount of a text that names one, and one only: of several a person chooses."""
    found = set(amounts(text))
    return found.pop() if len(found) == 1 else None


def of_cell(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() and abs(value) <= MOST else None
    digits = str(value).strip().replace(".", "").replace(" ", "")
    return int(digits) if re.fullmatch(r"-?\d{1,15}", digits) else propose(str(value))


def table(map: dict) -> dict:
    """{rows: [{node, amount}], sums: [{node, amount, parts: [{node, sign, amount}], total, agrees, missing: [node]}],
    proposed: {node: amount}, differing: [{node, amount, text: [amounts]}]} of a map as somebody sees it.

    A sum agrees when every part has an amount and together they are the node's own. `differing` are nodes whose text
    names amounts, none of which is theirs.
    """
    nodes = map["nodes"]
    rows, sums, proposed, differing = [], [], {}, []
    for node, _depth in tree.walk(map):
        mine = nodes[node]
        amount = mine.get("amount")
        said = amounts(mine["text"])
        if amount is None:
            guess = propose(mine["text"])
            if guess is not None:
                proposed[node] = guess
        else:
            rows.append({"node": node, "amount": amount})
            if said and amount not in said:
                differing.append({"node": node, "amount": amount, "text": said})
        for parts in mine.get("sums", ()):
            sums.append({"node": node, "amount": amount, **add_up(nodes, parts, amount)})
    return {"rows": rows, "sums": sums, "proposed": proposed, "differing": differing}


def add_up(nodes: dict, parts: list[dict], amount: int | None) -> dict:
    known = [{**part, "amount": nodes.get(part["node"], {}).get("amount")} for part in parts]
    missing = [part["node"] for part in known if part["amount"] is None]
    total = sum(part["sign"] * part["amount"] for part in known if part["amount"] is not None)
    return {"parts": known, "total": total, "missing": missing,
            "agrees": not missing and amount is not None and total == amount}  # fmt: skip

"""What a request brings along: a JSON object, the id that makes a repeated wish harmless, a number of its address."""

import re
import string
from typing import Any

from flask import request

from meetingroom.web.errors import Problem

MOST = 2**53  # what everybody here can count with
LONGEST_ID = 80
OTHER_ID = re.compile(r"[\w.:-]+")
ID_LETTERS = f"{string.ascii_letters}{string.digits}_.:-"  # of nearly all of them: no pattern is needed


def read_json_object() -> dict:
    wish = request.get_json(silent=True)
    if not isinstance(wish, dict):
        raise Problem("malformed", 400)
    return wish


def read_command_id(value) -> str:
    if not is_command_id(value):
        raise Problem("malformed", 400, fields={"id": "type"})
    return value


def is_command_id(value: Any) -> bool:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        return False
    return not value.strip(ID_LETTERS) or OTHER_ID.fullmatch(value) is not None


def read_number(name: str, default: int = 0) -> int:
    """`?name=` as a number that a database can hold, never below 0; `default` where none is said."""
    return max(0, min(request.args.get(name, default, type=int), MOST))

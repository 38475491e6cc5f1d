"""What a request brings along with a wish: a JSON object, and the id that makes a repeated wish harmless."""

import re

from flask import request

from meetingroom.web.errors import Problem

COMMAND_ID = re.compile(r"[\w.:-]{1,80}")


def read_json_object() -> dict:
    wish = request.get_json(silent=True)
    if not isinstance(wish, dict):
        raise Problem("malformed", 400)
    return wish


def read_command_id(value) -> str:
    if not isinstance(value, str) or not COMMAND_ID.fullmatch(value):
        raise Problem("malformed", 400, fields={"id": "type"})
    return value

"""Machinery has the field's terms: names that were pictures, or meant three things, do not come back."""

import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What somebody was told is an answer, a report, a header, a warning; a house is a context, a program or an agency.
PICTURES = re.compile(
    r"_*(?:(?:\w+_)?(?:un)?told(?:_\w+)?|(?:\w+_)?tells|house|studio|painters?|brush|shelf|intake|Unfit|diary|tale"
    r"|caretaker|gently|Workshop|MakeRoom|easels?|floor_?[bB]ook|put_?[aA]way|House|Gate|Guest)"
)
# `data-told` is a mark of the stored text: what keeps and reads it calls it so.
MARKS = {"rich.py", "rich_reading.py", "doubts.py", "editor-doubts.js", "editor-schema.js", "editor.js", "rich-html.js"}
PYTHON = [path for folder in ("meetingroom", "tests", "bench", "scripts") for path in (ROOT / folder).rglob("*.py")]
SCRIPTS = [path for path in (ROOT / "static/js").rglob("*.js") if "vendor" not in path.parts]
QUOTED = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|>[^<`$]*<", re.DOTALL)


@pytest.mark.parametrize("room", sorted({path.relative_to(ROOT).parts[:2] for path in PYTHON}), ids="/".join)
def test_no_name_in_python_is_a_picture(room):
    for path in PYTHON:
        if path.relative_to(ROOT).parts[:2] != room or path.name in MARKS:
            continue
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
            if token.type == tokenize.NAME and not token.string.startswith("test_"):
                assert not PICTURES.fullmatch(token.string), f"{path}:{token.start[0]}: {token.string}"


def test_no_name_in_a_script_is_a_picture():
    for path in (path for path in SCRIPTS if path.name not in MARKS):
        for word in re.findall(r"[A-Za-z_$][\w$]*", QUOTED.sub(" ", path.read_text("utf-8"))):
            assert not PICTURES.fullmatch(word), f"{path}: {word}"

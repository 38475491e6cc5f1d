"""The page of a package: one script, one sheet, one document, made of the program's own files. Nothing else is loaded.

From `file://` browsers refuse modules, fetch and (Firefox) files of fonts: the modules of `static/js/package/` are
joined into one classic script, fonts and icons are put into the files themselves.
"""

import base64
import json
import re
from functools import cache
from html import escape

from meetingroom.printing import wording
from meetingroom.web import asset_bundles
from meetingroom.web.assets import STATIC

SOURCE = STATIC / "offline"
SHEETS = ("frame", "map", "pages")  # in this order one sheet
FONT = STATIC / "vendor/be-vietnam-pro"
WEIGHTS = (400, 600, 700)
EXPORTED = re.compile(r"^export const modules = .*\n\Z", re.M)
TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"')
SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.S)
FACE = re.compile(r"@font-face \{.*?\n\}\n", re.S)
FILE = re.compile(r'url\(\.\./vendor/be-vietnam-pro/([\w-]+\.woff2)\) format\("woff2"\)')


@cache
def script() -> bytes:
    """`app.js`. Raises asset_bundles.NotUnderstood."""
    joined = EXPORTED.sub("", asset_bundles.bundle_script(STATIC / "js", "package/app.js"))
    return f'(() => {{\n"use strict"\n{joined}}})()\n'.encode()


def vietnamese() -> dict[str, str]:
    """The texts of the script in Vietnamese; English is what stands in it."""
    known = wording.catalogue("vi")
    return {text: known[text] for text in sorted(texts()) if text in known}


@cache
def texts() -> frozenset[str]:
    """All that stands in double quotes in the script: its words and the names of its icons are among it."""
    return frozenset(json.loads(text) for text in TEXT.findall(script().decode()))


@cache
def sheet() -> bytes:
    """`app.css` with the faces in it."""
    faces = FACE.findall((STATIC / "css/fonts.css").read_text("utf-8"))
    wanted = [face for face in faces if any(f"font-weight: {weight};" in face for weight in WEIGHTS)]
    sheets = [(SOURCE / f"{name}.css").read_text("utf-8") for name in SHEETS]
    return "".join([*(FILE.sub(inlined, face) for face in wanted), *sheets]).encode()


def inlined(found: re.Match) -> str:
    data = base64.b64encode((FONT / found[1]).read_bytes()).decode()
    return f'url(data:font/woff2;base64,{data}) format("woff2")'


def page(title: str) -> bytes:
    """`index.html`, with the icons that the script names."""
    drawn = {found[1]: found[0] for found in SYMBOL.finditer((STATIC / "icons.svg").read_text("utf-8"))}
    used = sorted(texts() & set(drawn))
    whole = (SOURCE / "index.html").read_text("utf-8")
    return whole.replace("{title}", escape(title)).replace("{icons}", "".join(drawn[name] for name in used)).encode()


def read_first(values: dict[str, str]) -> bytes:
    """`DOC-TRUOC.txt`, as Windows' own editor reads it."""
    text = (SOURCE / "DOC-TRUOC.txt").read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()

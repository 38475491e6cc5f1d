"""A screen in one file does what its files do one by one; what cannot be joined is served as it is."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from meetingroom.web import asset_bundles, assets

STATIC = Path(__file__).parents[2] / "static"
SCREENS = sorted(path.name for path in (STATIC / "js/screens").glob("*.js"))
SHEETS = sorted(path.name for path in (STATIC / "css/screens").glob("*.css"))


@pytest.fixture
def folder(tmp_path):
    """`write({"a.js": "…"})`: a folder of modules."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "static" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path / "static"

    return write


def said(folder: Path, entry: str, chromium) -> list:
    """What the joined module has put into `window.said`, in a browser."""
    page = chromium.new_page()
    try:
        page.route("http://room.test/", lambda route: route.fulfill(content_type="text/html", body="<p>"))
        text = asset_bundles.bundle_script(folder, entry)
        kind = "text/javascript"
        page.route("http://room.test/static/**", lambda route: route.fulfill(content_type=kind, body=text))
        page.goto("http://room.test/")
        return page.evaluate(f"async () => {{ window.said = []; await import('/static/{entry}'); return window.said }}")
    finally:
        page.close()


def test_every_form_of_import_and_export_that_is_used(folder, chromium):
    place = folder(
        {
            "js/screens/a.js": """/** A screen. import nothing from this comment. */

import { one, two as zwei } from "../lib/b.js"
import Chief, { aide } from "../lib/c.js"
import * as all from "../lib/b.js"
import {
  again, renamed,
} from "../lib/d.js"
import { tight } from "../vendor/e.js"
import "../lib/side.js"

window.said.push(one, zwei(), new Chief().name, aide, all.one, again, renamed, tight, await_free())
function await_free() { return `import "x" from a template; export {no}` }
""",
            "js/lib/b.js": 'window.said.push("b")\nexport const one = 1\nexport function two() { return inner() }\n'
            "function inner() { return 2 }\n",
            "js/lib/c.js": 'class Chief { name = "chief" }\nconst aide = "aide"\n'
            "export { aide }\nexport default Chief\n",
            "js/lib/d.js": 'export { one as again } from "./b.js"\nexport { one as renamed } from "./b.js"\n',
            "js/lib/side.js": 'window.said.push("side")\nconst one = "mine alone"\nexport class Kept {}\n',
            "js/vendor/e.js": '/*! licence */\nimport{one as i}from"../lib/b.js";const t=i+41;export{t as tight};\n'
            "//# sourceMappingURL=e.js.map\n",
        }
    )
    output = said(place, "js/screens/a.js", chromium)
    assert output == ["b", "side", 1, 2, "chief", "aide", 1, 1, 1, 42, 'import "x" from a template; export {no}']


def test_functions_may_be_imported_around_a_circle(folder, chromium):
    place = folder(
        {
            "a.js": 'import { ask } from "./b.js"\nexport const here = () => "a"\n'
            'export function name() { return "a" }\nwindow.said.push(ask())\n',
            "b.js": 'import { name } from "./a.js"\nexport function ask() { return typeof name }\n',
        }
    )
    assert said(place, "a.js", chromium) == ["function"]


def test_an_address_beside_a_module_is_the_same_in_the_joined_one(folder, chromium):
    place = folder(
        {
            "js/screens/a.js": 'import { sprite } from "../lib/deep/icon.js"\nwindow.said.push(sprite)\n',
            "js/lib/deep/icon.js": 'export const sprite = new URL("../../../icons.svg", import.meta.url).pathname\n',
        }
    )
    assert said(place, "js/screens/a.js", chromium) == ["/static/icons.svg"]


def test_a_test_or_a_screen_can_reach_the_very_module_that_runs(folder):
    place = folder({"js/a.js": 'import { b } from "./b.js"\nb()\n', "js/b.js": "export function b() {}\n"})
    assert asset_bundles.bundle_script(place, "js/a.js").endswith(
        'export const modules = { "js/b.js": $$_0, "js/a.js": $$_1 }\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        'export * from "./b.js"\n',
        "export let count = 0\n",
        "export var count = 0\n",
        "export const { a, b } = window\n",
        "export default class {}\n",
        "import { a } from './b.js'\n",
        'import { a } from "lit"\n',
        'import { a } from "/b.js"\n',
        'import { gone } from "./b.js"\n',
        'import { a } from "./gone.js"\n',
        'import { a } from "../../outside.js"\n',
        'const b = await import("./b.js")\n',
        'import { b } from "./circle.js"\nexport const c = 1\n',
    ],
)
def test_what_is_not_understood_is_not_guessed_at(folder, text):
    place = folder(
        {
            "js/a.js": text,
            "js/b.js": "export const a = 1\n",
            "js/circle.js": 'import { c } from "./a.js"\nexport const b = c\n',
        }
    )
    (place.parent / "outside.js").write_text("export const a = 1\n")
    with pytest.raises(asset_bundles.NotUnderstood):
        asset_bundles.bundle_script(place, "js/a.js")


def test_a_screen_that_cannot_be_joined_is_served_as_it_is(folder, caplog):
    place = folder({"js/screens/a.js": 'export * from "../b.js"\n', "js/b.js": "export const a = 1\n"})
    assert assets.read_content(place, "js/screens/a.js") == b'export * from "../b.js"\n'
    assert "js/screens/a.js" in caplog.text


@pytest.mark.parametrize("name", SCREENS)
def test_every_script_of_a_screen_is_one_file(name):
    text = asset_bundles.bundle_script(STATIC, f"js/screens/{name}")
    assert "\nimport " not in text
    if node := shutil.which("node"):
        checked = subprocess.run([node, "--input-type=module", "--check"], input=text, text=True, capture_output=True)
        assert checked.returncode == 0, checked.stderr[:500]


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_of_a_screen_is_one_file(name):
    text = asset_bundles.bundle_sheet(STATIC, f"css/screens/{name}")
    assert "@import" not in text
    assert text.count("{") == text.count("}")
    for path in asset_bundles.URL.findall(text):
        assert (STATIC / "css/screens" / path[1]).is_file(), path


def test_sheets_keep_their_order_and_come_once(folder):
    place = folder(
        {
            "css/screens/a.css": '@import "base.css";\n@import "../parts/b.css";\n@import "../parts/c.css";\n.a { }\n',
            "css/screens/base.css": '@import "../fonts.css";\n',
            "css/fonts.css": "@font-face { src: url(../vendor/f.woff2) }\n",
            "css/parts/b.css": '.b { background: url("../../b.svg") url(data:x) url(#y) url(/z) }\n',
            "css/parts/c.css": '@import "../fonts.css";\n.c { }\n',
        }
    )
    lines = [line for line in asset_bundles.bundle_sheet(place, "css/screens/a.css").splitlines() if line]
    assert lines == [
        "@font-face { src: url(../../vendor/f.woff2) }",
        ".b { background: url(../../b.svg) url(data:x) url(#y) url(/z) }",
        ".c { }",
        ".a { }",
    ]


def test_every_page_names_a_screen_that_there_is():
    """Both lists of a screen's parts: its script's imports and its sheet's."""
    templates = STATIC.parent / "templates"
    for page in templates.rglob("*.html"):
        text = page.read_text("utf-8")
        if page.name != "base.html":  # a second script or sheet would bring what both import twice
            assert "{% block scripts" not in text, page
            assert 'type="module"' not in text, page
            assert 'rel="stylesheet"' not in text, page
        for kind, have in (("screen", SCREENS), ("sheet", SHEETS)):
            for part in text.split("{% block " + kind + " %}")[1:]:
                name = part.partition("{%")[0]
                wanted = json.loads(f'"{name}"') if "{{" not in name and name else ""
                assert not wanted or f"{wanted}.{'js' if kind == 'screen' else 'css'}" in have, page


def test_the_sheet_of_a_screen_has_those_of_the_parts_that_its_script_brings(folder):
    place = folder(
        {
            "css/screens/a.css": '@import "../base.css";\n@import "../../js/screens/a.js";\n.last { top: 0 }\n',
            "css/base.css": ".base { top: 0 }\n",
            "js/screens/a.js": 'import "../parts/one.js"\nimport "../parts/two.js"\n',
            "js/parts/one.js": 'import "./two.js"\n',
            "js/parts/one.css": ".one { background: url(one.svg) }\n",
            "js/parts/two.js": "",
            "js/parts/two.css": ".two { top: 0 }\n",
            "js/parts/other.css": ".other { top: 0 }\n",
        }
    )
    sheet = asset_bundles.bundle_sheet(place, "css/screens/a.css")
    assert [line.split()[0] for line in sheet.splitlines()] == [".base", ".two", ".one", ".last"]
    assert "url(../../js/parts/one.svg)" in sheet

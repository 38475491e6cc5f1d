"""What a browser loads keeps for a year, comes with the right type, and nothing else leaves the folder."""

import gzip
import re
import threading
from pathlib import Path

import brotli
import pytest
from flask import Flask

from meetingroom.web import assets, routes_assets

ROOT = Path(__file__).parents[2]


def house_with(folder: Path) -> Flask:
    app = Flask("test", static_folder=None)
    assets.init_app(app, folder)
    app.register_blueprint(routes_assets.bp)
    return app


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "static/js").mkdir(parents=True)
    (tmp_path / "static/js/room.js").write_text("export const room = 1\n")
    (tmp_path / "static/letter.woff2").write_bytes(b"wOF2")
    (tmp_path / "static/icons.svg").write_text("<svg/>")
    (tmp_path / "static/LICENSE").write_text("free")
    (tmp_path / "secret.js").write_text("secret")
    return tmp_path / "static"


@pytest.fixture
def app(folder):
    return house_with(folder)


def address(app, path: str) -> str:
    with app.app_context():
        return assets.asset(path)


def test_a_file_is_kept_for_a_year(app):
    answer = app.test_client().get(address(app, "js/room.js"))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("js/room.js", "text/javascript; charset=utf-8"),
        ("letter.woff2", "font/woff2"),
        ("icons.svg", "image/svg+xml"),
    ],
)
def test_a_file_comes_with_the_type_a_browser_insists_on(app, path, kind):
    answer = app.test_client().get(address(app, path))
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_address_changes_when_any_file_does(folder):
    before = address(house_with(folder), "icons.svg")
    assert before == address(house_with(folder), "icons.svg")
    (folder / "js/room.js").write_text("export const room = 2\n")
    assert address(house_with(folder), "icons.svg") != before


def test_a_tablet_from_before_an_update_gets_todays_file_but_does_not_keep_it(app):
    answer = app.test_client().get("/static/0123456789/js/room.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.js",
        "js/../../secret.js",
        "%2e%2e/secret.js",
        "..%2fsecret.js",
        "//secret.js",
        "js\\..\\..\\secret.js",
    ],
)
def test_nothing_outside_the_folder_is_served(app, folder, path):
    version = app.extensions["meetingroom.assets"].version
    answer = app.test_client().get(f"/static/{version}/{path}")
    assert answer.status_code in {301, 308, 404}
    assert b"secret" not in answer.data.replace(b"secret.js", b"")


@pytest.mark.parametrize("path", ["LICENSE", "js", "js/", "gone.js", ""])
def test_what_is_no_file_for_browsers_is_not_found(app, path):
    version = app.extensions["meetingroom.assets"].version
    assert app.test_client().get(f"/static/{version}/{path}").status_code == 404


def test_an_icon_is_decoration_unless_it_has_a_label(app):
    with app.app_context():
        assert 'aria-hidden="true"' in assets.icon("mic")
        assert 'aria-label="a &#34;b&#34;"' in assets.icon("mic", 'a "b"')
        assert assets.icon("mic").count("#mic") == 1


def test_the_fonts_that_the_sheet_names_are_there():
    sheet = (ROOT / "static/css/fonts.css").read_text("utf-8")
    files = re.findall(r"url\(\.\./([^)]+)\)", sheet)
    assert len(files) == 12
    for file in files:
        assert (ROOT / "static" / file).stat().st_size > 5000


def test_every_vietnamese_letter_is_in_a_face_of_the_sheet():
    """`Ệ` in another face than `E` looks like a ransom note."""
    sheet = (ROOT / "static/css/fonts.css").read_text("utf-8")
    ranges = [(int(a, 16), int(b or a, 16)) for a, b in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", sheet)]
    letters = (
        "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
        + "áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    )
    for letter in letters + letters.upper() + "–—“”…₫′":
        assert any(low <= ord(letter) <= high for low, high in ranges), letter


@pytest.fixture
def long(folder):
    (folder / "js/long.js").write_text("export const words = 1 // và nhiều chữ\n" * 300)
    return house_with(folder)


@pytest.mark.parametrize(
    ("accepted", "got"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("identity", None),
        ("", None),
        (None, None),
        ("zstd", None),
        ("gzip;q=0, br;q=0", None),
    ],
)
def test_scripts_come_as_small_as_the_browser_understands(long, accepted, got):
    said = {} if accepted is None else {"Accept-Encoding": accepted}
    answer = long.test_client().get(address(long, "js/long.js"), headers=said)
    assert answer.headers.get("Content-Encoding") == got
    assert answer.headers["Vary"] == "Accept-Encoding"
    content = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[got](answer.data)
    assert content.decode().startswith("export const words")
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    if got:
        assert len(answer.data) < len(content) / 10


def test_what_the_browser_has_already_is_not_sent_again_and_each_form_has_its_name(long):
    browser, place = long.test_client(), address(long, "js/long.js")
    names = {}
    for form in ("br", "gzip", "identity"):
        names[form] = browser.get(place, headers={"Accept-Encoding": form}).headers["ETag"]
        again = browser.get(place, headers={"Accept-Encoding": form, "If-None-Match": names[form]})
        assert (again.status_code, again.data, again.headers["Vary"]) == (304, b"", "Accept-Encoding")
    assert len(set(names.values())) == 3
    other = browser.get(place, headers={"Accept-Encoding": "gzip", "If-None-Match": names["br"]})
    assert other.status_code == 200


def test_a_head_and_a_part_of_a_file(long):
    browser, place = long.test_client(), address(long, "js/long.js")
    whole = browser.get(place)
    head = browser.head(place, headers={"Accept-Encoding": "gzip"})
    assert (head.status_code, head.data) == (200, b"")
    assert int(head.headers["Content-Length"]) < len(whole.data)
    part = browser.get(place, headers={"Accept-Encoding": "gzip", "Range": "bytes=7-11"})
    assert (part.status_code, part.data) == (206, b"const")
    assert part.headers["Content-Range"] == f"bytes 7-11/{len(whole.data)}"
    assert browser.get(place, headers={"Range": "bytes=999999-"}).status_code == 416


def test_an_edited_file_is_seen_at_the_next_reload(folder, monkeypatch):
    monkeypatch.setattr(assets, "LOOK_EVERY", 0)
    (folder / "js/screens").mkdir()
    (folder / "js/screens/a.js").write_text('import { room } from "../room.js"\nroom\n')
    app = house_with(folder)
    before = address(app, "js/screens/a.js")
    assert b"const room = 1" in app.test_client().get(before).data
    (folder / "js/room.js").write_text("export const room = 22\n")
    after = address(app, "js/screens/a.js")
    assert after != before
    assert b"const room = 22" in app.test_client().get(after).data
    late = app.test_client().get(before)
    assert (b"const room = 22" in late.data, late.headers["Cache-Control"]) == (True, "no-cache")


def test_it_is_made_once_however_many_ask(folder):
    held, made = assets.Assets(folder), []

    def aside(function, *args):
        made.append(args)
        return function(*args)

    crowd = [threading.Thread(target=held.text, args=("js/room.js", aside)) for _ in range(20)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert len(made) == 1


def test_the_screens_are_made_before_anybody_asks(folder):
    """When the server starts, aside from its loop; what cannot be made is told to whoever asks, and nobody else."""
    for path in ("js/screens/room.js", "css/screens/room.css", "js/screens/broken.js"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("export const x = 1\n" if path.endswith(".js") else "p { margin: 0 }\n")
    (folder / "js/screens/broken.js").write_bytes(b"\xff")
    app, aside = house_with(folder), []

    def in_thread(function, *args):
        aside.append(args[-1])
        return function(*args)

    assets.make_ready(app, in_thread, lambda seconds: None)
    assert set(aside) == {"js/screens/room.js", "css/screens/room.css", "js/screens/broken.js", "icons.svg"}
    assert set(app.extensions["meetingroom.assets"].held) == set(aside) - {"js/screens/broken.js"}
    assert app.test_client().get(address(app, "js/screens/room.js")).status_code == 200
    assert len(aside) == 4, "nothing is made again"


def test_what_stands_before_the_screens_goes_with_each_of_them(folder):
    (folder / "js/screens").mkdir()
    (folder / "js/screens/room.js").write_text('import { room } from "../room.js"\nexport const here = room\n')
    (folder / "js/before.js").write_text("await Promise.resolve()\n")
    assert assets.read_content(folder, "js/screens/room.js").startswith(b"await Promise.resolve()\n// ")
    assert assets.read_content(folder, "js/room.js") == b"export const room = 1\n"

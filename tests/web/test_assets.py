"""What a browser loads keeps for a year, comes with the right type, and nothing else leaves the folder."""

import re
from pathlib import Path

import pytest
from flask import Flask

from meetingroom.web import assets

ROOT = Path(__file__).parents[2]


def house_with(folder: Path) -> Flask:
    app = Flask("house", static_folder=None)
    assets.init_app(app, folder)
    app.register_blueprint(assets.bp)
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

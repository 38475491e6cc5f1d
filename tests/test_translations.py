"""Every text of the program has its Vietnamese, and it reaches templates and scripts."""

import importlib.util
import json
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, g
from flask_babel import gettext

from meetingroom import translations
from meetingroom.config import Settings
from meetingroom.translations import catalogue, routes, script_words

ROOT = Path(__file__).parent.parent


def script():
    spec = importlib.util.spec_from_file_location("translations_script", ROOT / "scripts/translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check = script()


def test_every_text_of_the_program_has_its_vietnamese():
    assert check.wrong() == []


def test_the_program_speaks_in_all_four_places():
    places = [place for text in check.texts().values() for place in text.places]
    for start in ("meetingroom/", "templates/", "static/js/"):
        assert sum(place.startswith(start) for place in places) > 30, start


def test_the_scripts_get_every_text_they_say():
    said = {text for text, found in check.texts().items() if any(p.startswith("static/js") for p in found.places)}
    known = catalogue.merge_areas(catalogue.area_files())
    vietnamese = {message.id[0] if isinstance(message.id, tuple) else message.id for message in known if message.id}
    assert said & vietnamese <= script_words.texts_of(ROOT / "static/js")


@pytest.fixture
def tree(tmp_path):
    """A small program with one text of each kind."""
    for folder in ("meetingroom/translations/vi/LC_MESSAGES", "templates", "static/js"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "meetingroom/a.py").write_text(
        '_("Hello %(name)s", name=x)\nngettext("%(num)d page", "%(num)d pages", 2)\n'
    )
    (tmp_path / "templates/a.html").write_text("{{ _('Good day') }}{% trans %}By night{% endtrans %}")
    (tmp_path / "static/js/a.js").write_text(
        'html`${x ? html`${t("Turn {n}", { n })}` : tn("{n} seat", "{n} seats", 2)}`\n// t("only remarked")\n'
    )
    return tmp_path


def put(tree: Path, area: str, *entries: str) -> None:
    path = tree / f"meetingroom/translations/vi/LC_MESSAGES/{area}.po"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"'
    path.write_text("\n\n".join((head, *entries)) + "\n", "utf-8")


GOOD = (
    'msgid "Hello %(name)s"\nmsgstr "Chào %(name)s"',
    'msgid "%(num)d page"\nmsgid_plural "%(num)d pages"\nmsgstr[0] "%(num)d trang"',
    'msgid "Good day"\nmsgstr "Chào"',
    'msgid "By night"\nmsgstr "Ban đêm"',
    'msgid "Turn {n}"\nmsgstr "Lật {n}"',
    'msgid "{n} seat"\nmsgid_plural "{n} seats"\nmsgstr[0] "{n} ghế"',
)


def test_a_complete_catalogue_has_nothing_wrong(tree):
    put(tree, "a", *GOOD)
    assert check.wrong(tree) == []


def test_texts_are_found_in_templates_within_templates_of_scripts(tree):
    assert set(check.texts(tree)) >= {"Turn {n}", "{n} seat"}


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (GOOD[1:], "missing: 'Hello %(name)s'"),
        ((*GOOD, 'msgid "Gone"\nmsgstr "Hết"'), "unused: 'Gone'"),
        ((*GOOD, GOOD[2]), "twice: 'Good day'"),
        ((*GOOD[1:], 'msgid "Hello %(name)s"\nmsgstr ""'), "empty: 'Hello %(name)s'"),
        ((*GOOD[1:], '#, fuzzy\nmsgid "Hello %(name)s"\nmsgstr "Chào %(name)s"'), "fuzzy: 'Hello %(name)s'"),
        ((*GOOD[1:], 'msgid "Hello %(name)s"\nmsgstr "Chào %(ten)s"'), "placeholders differ: 'Hello %(name)s'"),
        ((*GOOD[:4], GOOD[5], 'msgid "Turn {n}"\nmsgstr "Lật"'), "placeholders differ: 'Turn {n}'"),
        ((*GOOD[:5], 'msgid "{n} seat"\nmsgstr "{n} ghế"'), "one form here, two there: '{n} seat'"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tree, entries, problem):
    put(tree, "a", *entries)
    problems = check.wrong(tree)
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_two_areas_do_not_claim_the_same_text(tree):
    put(tree, "a", *GOOD)
    put(tree, "b", GOOD[2])
    assert [p.partition(":")[0] for p in check.wrong(tree)] == ["twice"]


def test_missing_texts_are_printed_as_entries_to_fill_in(tree):
    put(tree, "a", *GOOD[2:])
    stubs = check.stubs(tree)
    assert 'msgid "%(num)d page"\nmsgid_plural "%(num)d pages"\nmsgstr[0] ""' in stubs
    assert "Good day" not in stubs


# The catalogue that is made at the start


@pytest.fixture
def sources(tree):
    put(tree, "a", *GOOD)
    return tree / "meetingroom/translations"


def test_the_catalogue_is_made_anew_when_a_file_changed_and_only_then(sources, tmp_path):
    assert catalogue.compiled_folder(tmp_path / "data", sources) == sources
    made = sources / "vi/LC_MESSAGES/messages.mo"
    first = made.stat().st_ino
    catalogue.compiled_folder(tmp_path / "data", sources)
    assert made.stat().st_ino == first
    put(sources.parent.parent, "a", *GOOD[1:], 'msgid "Hello %(name)s"\nmsgstr "Xin chào %(name)s"')
    catalogue.compiled_folder(tmp_path / "data", sources)
    assert catalogue.translations(sources)["Hello %(name)s"] == "Xin chào %(name)s"


def test_a_program_folder_that_may_not_be_written_is_no_hindrance(sources, tmp_path, monkeypatch):
    def refuse(whole, path, write=catalogue.write_catalogue):
        if sources in path.parents:
            raise PermissionError(13, "Permission denied", str(path))
        write(whole, path)

    monkeypatch.setattr(catalogue, "write_catalogue", refuse)  # the tests may run as root, whom no mode stops
    found = catalogue.compiled_folder(tmp_path / "data", sources)
    assert found == tmp_path / "data/translations"
    assert catalogue.translations(found)["Good day"] == "Chào"


def test_a_broken_catalogue_is_made_anew(sources, tmp_path):
    made = sources / "vi/LC_MESSAGES/messages.mo"
    made.write_bytes(b"half a fi")
    catalogue.compiled_folder(tmp_path / "data", sources)
    assert catalogue.translations(sources)["Good day"] == "Chào"
    assert stat.S_IMODE(made.stat().st_mode) == 0o644


def test_a_file_that_is_no_catalogue_names_itself(sources):
    (sources / "vi/LC_MESSAGES/b.po").write_text("a list of words")
    with pytest.raises(ValueError, match=r"b\.po"):
        catalogue.merge_areas(catalogue.area_files(sources))


# Which language a reader gets


@pytest.fixture
def app(tmp_path):
    app = Flask("test")
    app.secret_key = b"key"
    app.extensions["meetingroom"] = SimpleNamespace(settings=Settings(data=tmp_path))
    translations.init_app(app)
    app.register_blueprint(routes.bp)

    @app.before_request
    def reader():
        g.user = app.config.get("READER")

    @app.get("/")
    def page():
        return f"{translations.language()} {translations.text_size()} {gettext('Sign out')}"

    return app


def test_vietnamese_is_spoken_unless_something_else_was_chosen(app):
    assert app.test_client().get("/").text == "vi 100 Đăng xuất"


def test_a_browser_keeps_its_language_and_size(app):
    visitor = app.test_client()
    visitor.set_cookie("language", "en")
    visitor.set_cookie("text", "130")
    assert visitor.get("/").text == "en 130 Sign out"


@pytest.mark.parametrize("cookie", [("language", "xx"), ("text", "9000"), ("text", "large")])
def test_a_spoilt_cookie_is_ignored(app, cookie):
    visitor = app.test_client()
    visitor.set_cookie(*cookie)
    assert visitor.get("/").text == "vi 100 Đăng xuất"


def test_a_persons_own_choice_comes_first(app):
    app.config["READER"] = SimpleNamespace(language="en", text_size=115)
    visitor = app.test_client()
    visitor.set_cookie("language", "vi")
    assert visitor.get("/").text == "en 115 Sign out"


def test_the_words_of_the_scripts_are_kept_under_an_address_of_their_own(app):
    with app.test_request_context():
        address = script_words.address("vi")
    answer = app.test_client().get(address)
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    catalogue = json.loads(json.loads(answer.text.strip().removeprefix("window.words = JSON.parse(").removesuffix(")")))
    assert catalogue["just now"] == "vừa xong"
    assert catalogue["{n} second ago"] == "{n} giây trước"
    assert "Sign out" not in catalogue  # said by templates only


def test_a_page_from_before_an_update_finds_todays_words(app):
    answer = app.test_client().get("/words/vi-0000000000.js")
    assert answer.status_code == 302
    assert answer.headers["Cache-Control"] == "no-cache"
    assert app.test_client().get("/words/fr-0000000000.js").status_code == 404


RIVALS = {
    "đồng chủ tọa": ("đồng chủ trì", "đồng chủ toạ", "cùng chủ tọa", "cùng chủ trì"),
    "lưu hồ sơ": ("lưu trữ", "lưu kho"),
    "dừng nhận đăng ký": ("khóa đăng ký", "đóng đăng ký", "ngừng đăng ký", "ngừng nhận đăng ký", "dừng đăng ký"),
    "theo thứ tự chức vụ": ("theo chức vụ", "thứ tự chức danh", "thứ tự cấp bậc", "theo chức danh"),
    "hủy lần biểu quyết": ("hủy phiếu biểu quyết", "hủy biểu quyết", "hủy cuộc biểu quyết"),
    "quyền trình chiếu": ("quyền trình bày", "lấy lại quyền", "quyền điều khiển"),
    "mất kết nối": ("mất liên lạc", "bị ngoại tuyến", "đang ngoại tuyến"),  # "gói ngoại tuyến": of a case
    "chưa vào": ("chưa tham gia", "chưa kết nối vào"),
    "chuyển góp ý bằng văn bản": ("chuyển sang văn bản", "chuyển thành ý kiến", "góp ý viết"),
}


def vietnamese():
    """Every Vietnamese sentence of the program: the catalogues, and what Python and scripts say themselves."""
    for message in catalogue.merge_areas(catalogue.area_files()):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        yield from ((str(message.id), text) for text in said if message.id)
    python = (path for path in (ROOT / "meetingroom").rglob("*.py") if "demo" not in path.parts)  # papers to read there
    places = (*python, *(ROOT / "scripts").glob("*.sh"), ROOT / "run.py")
    for path in (*places, *(ROOT / "templates").rglob("*.html"), *(ROOT / "static/js").rglob("*.js")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            yield f"{path.relative_to(ROOT)}:{number}", line


def test_the_program_asks_in_one_register():
    pleading = ("hãy", "vui lòng", "xin mời", "làm ơn")
    assert [where for where, text in vietnamese() if any(word in text.casefold() for word in pleading)] == []


def test_one_term_for_one_thing():
    said = "\n".join(text.casefold() for _, text in vietnamese())
    assert [term for term in RIVALS if term not in said] == []
    rivals = [rival for several in RIVALS.values() for rival in several]
    assert [(w, r) for w, text in vietnamese() for r in rivals if r in text.casefold()] == []

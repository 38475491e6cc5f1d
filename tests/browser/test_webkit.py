"""The engine of every iPad: the secretary writes, a delegate follows and votes, the wall shows. Seen before only there.

Two browsers of one family are no proof for a third: what a page does with cursors, pastes and pages of PDFs is the
engine's own. Skipped where Debian's `webkit2gtk-driver` is not installed (scripts/install-test-tools.sh installs it).
"""

import re

import pytest

from tests.browser import webkit
from tests.browser.rooms import PAINTED
from tests.browser.test_secretary import TEXT, items
from tests.browser.test_writing import PASTED, PHRASE, WORD
from tests.browser.webkit import BACKSPACE, CONTROL, END, ENTER, TAB, WebKit
from tests.rooms import PASSWORD

pytestmark = pytest.mark.skipif(bool(webkit.missing()), reason=f"not installed: {webkit.missing()}")
LIVE = "document.querySelector('connection-lamp [data-state=live]')"


@pytest.fixture
def tablet(tmp_path):
    tablet = WebKit(tmp_path)
    yield tablet
    tablet.close()
    assert tablet.complaints() == []


def test_webkit_writes_follows_votes_and_shows(opened, tablet):
    secretary_writes(opened, tablet)
    delegate_follows_and_votes(opened, tablet)
    wall_shows(opened, tablet)


def secretary_writes(opened, tablet):
    """Signed in by hand; letters as keyboard programs send them; looks, a table, a page of Word; all is there later."""
    item = items(opened)[0]
    opened.person("an").does("start_item", item=item)
    tablet.go(f"{opened.url}/sign-in?next=/meetings/{opened.meeting}/room")
    tablet.fill("[name=username]", "mai")
    tablet.fill("[name=password]", PASSWORD)
    tablet.click("main [type=submit].big")
    tablet.sees(LIVE)
    tablet.js("window.reports = []; addEventListener('securitypolicyviolation', (r) => reports.push(r.blockedURI))")
    # A long title in the list of items makes nothing wider.
    tablet.js("document.querySelector('.note-item').append(new Option('Báo cáo tổng kết '.repeat(20)))")
    assert tablet.js("const work = document.querySelector('.work'); return work.scrollWidth <= work.clientWidth")
    tablet.click(TEXT)
    for letter in PHRASE:
        bare = {"đ": "d", "Đ": "D"}.get(letter, letter)
        tablet.type(f"{bare}{BACKSPACE}{letter}" if bare != letter or ord(letter) > 127 else letter)
    tablet.type(ENTER)
    tablet.type("b", held=CONTROL)
    tablet.type("in đậm")
    tablet.type("b", held=CONTROL)
    tablet.type(ENTER)
    tablet.click("note-editor [data-tool=letter]")
    tablet.type(f"điểm a{ENTER}điểm b{ENTER}{ENTER}")
    tablet.click("note-editor .note-toolbar [aria-label='Bảng']")
    tablet.type(f"Đơn vị{TAB}Kết quả")
    tablet.type(END, held=CONTROL)
    tablet.js(
        """const clipboardData = new DataTransfer()
        clipboardData.setData("text/html", arguments[1])
        document.querySelector(arguments[0]).dispatchEvent(
          new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))""",
        TEXT,
        WORD,
    )
    written = (
        f"<p>{PHRASE}</p><p><strong>in đậm</strong></p>"
        '<ol data-k="letter"><li><p>điểm a</p></li><li><p>điểm b</p></li></ol>'
        "<table><tbody><tr><th><p>Đơn vị</p></th><th><p>Kết quả</p></th>"
    )

    def saved():
        found = opened.person("mai").get(f"/api/meetings/{opened.meeting}/notes/{item}").json()["html"]
        return found.startswith(written) and found.endswith(PASTED)

    tablet.until(saved)
    assert tablet.js("return reports") == []
    before = tablet.text(TEXT)
    tablet.go(f"{opened.url}/meetings/{opened.meeting}/room")
    tablet.sees(f"document.querySelector('{TEXT}')?.innerText.includes('Cuối')")
    assert tablet.text(TEXT) == before


def delegate_follows_and_votes(opened, tablet):
    an, em = opened.person("an"), opened.person("em")
    em.does("check_in", mode="onsite")
    tablet.sign_in(opened, "em")
    tablet.go(f"{opened.url}/meetings/{opened.meeting}/room?view=participant")
    tablet.sees(LIVE)
    for page in (2, 4):
        an.does("turn_page", page=page)
        tablet.sees(f"({PAINTED})({page})")
    opened.person("mai").does("draft_ballot", question="Thông qua Kế hoạch")
    [ballot] = an.read_view()["ballots"]["order"]
    an.does("open_ballot", ballot=ballot)
    tablet.click(".ballot-option")
    tablet.click(".ballot-paper [type=submit]")
    tablet.until(lambda: an.read_view()["ballots"]["items"][ballot]["cast"] == 1)
    an.does("close_ballot", ballot=ballot)


def wall_shows(opened, tablet):
    tablet.ask("DELETE", "/cookie")
    tablet.go(f"{opened.url}/projector")
    code = tablet.until(lambda: re.sub(r"\D", "", tablet.text(".pairing-digits")))
    paired = {"code": code, "name": "Tường"}
    assert opened.person("mai").post(f"/api/meetings/{opened.meeting}/screens", json=paired).status_code == 201
    tablet.sees("document.querySelector('canvas[aria-busy=false][aria-label^=\"Trang 4 \"]')")

"""Skeletons of text for the minutes: the organiser keeps them, everybody who writes may read them."""

import pytest

API = "/api/minutes-templates"
HEADERS = {"X-Meetingroom": "1"}
TEXT = '<ol data-k="letter"><li><p>Ý kiến</p></li></ol>'
HTML = f'<p data-from="7">1. Báo cáo</p>{TEXT}<div data-live="ballot" data-ref="b1"></div>'


def sent(client, **changes):
    body = {"kind": "conference", "title": "Hội nghị", "html": HTML, **changes}
    return client.post(API, json=body, headers=HEADERS)


@pytest.fixture
def dung(program):
    """An organiser of the agency."""
    with program.pool.writing() as db:
        db.conn.execute("update users set role = 'organiser' where id = ?", (program.ids["dung"],))
    return program.client("dung")


@pytest.fixture
def em(program):
    return program.client("em")


def test_an_organiser_keeps_templates_and_a_delegate_only_reads_them(dung, em):
    made = sent(dung)
    assert made.status_code == 201
    kept = made.get_json()
    assert kept["html"] == f"<p>1. Báo cáo</p>{TEXT}", "of no meeting"
    assert [each["title"] for each in em.get(API).get_json()["templates"]] == ["Hội nghị"]
    assert em.get(API).get_json()["keeps"] is False
    assert sent(em).status_code == 403
    address = f"{API}/{kept['id']}"
    assert em.delete(address, headers=HEADERS).status_code == 403
    changed = dung.put(
        address, json={"kind": "", "title": "Chung", "html": "<p>A<script>x</script></p>"}, headers=HEADERS
    ).get_json()
    assert (changed["kind"], changed["title"], changed["html"]) == ("", "Chung", "<p>A</p>")
    assert dung.delete(address, headers=HEADERS).status_code == 200
    assert dung.delete(address, headers=HEADERS).status_code == 404


def test_what_makes_no_template_is_refused_in_words(dung):
    assert sent(dung, title="  ").status_code == 422
    assert sent(dung, title="x" * 121).status_code == 422
    assert sent(dung, kind="party").status_code == 400
    assert sent(dung, html=5).status_code == 400
    wide = "<table><tr>" + "<td>x</td>" * 13 + "</tr></table>"
    assert sent(dung, html=wide).get_json()["error"]["code"] == "template_too_complex"

"""The secretary's text: a small tree with one spelling, whatever was pasted into it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.minutes import labels, rich
from meetingroom.minutes.rich import Cell, Doc, List, ListItem, Live, Para, Run, Sub, TooComplex
from meetingroom.minutes.rich_reading import parse

words = st.text(st.sampled_from("aăđệ ớ\u0309\u0323\n\t <>&\"'xX1\u200b\u00a0"), max_size=12)
runs = st.lists(st.builds(Run, words, st.booleans(), st.booleans(), st.booleans()), max_size=4).map(rich.tidy_runs)
paragraphs = runs.filter(bool).map(Para)
lists = st.recursive(
    st.builds(
        List,
        st.sampled_from(["number", "letter"]),
        st.lists(paragraphs.map(lambda p: ListItem((p,))), min_size=1, max_size=3).map(tuple),
        st.integers(1, 30),
    ),
    lambda inner: st.builds(
        List,
        st.just("dash"),
        st.lists(st.builds(lambda p, deeper: ListItem((p, deeper)), paragraphs, inner), min_size=1, max_size=2).map(
            tuple
        ),
    ),
    max_leaves=2,
)
cells = st.builds(
    Cell, st.lists(paragraphs, max_size=2).map(tuple), colspan=st.integers(1, 2), rowspan=st.integers(1, 2)
)
tables = st.builds(
    rich.fit_table,
    st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=3),
    st.booleans(),
    st.lists(st.integers(0, 90), max_size=4).map(tuple),
)
blocks = st.one_of(
    paragraphs,
    st.builds(Para, runs.filter(bool), st.integers(1, 9999)),
    runs.filter(bool).map(Sub),
    lists,
    tables,
    st.builds(Live, st.sampled_from(sorted(rich.LIVE))),
    st.builds(Live, st.sampled_from(["ballot", "opinion"]), st.sampled_from(["b1", "u.x-2"])),
    st.builds(Live, st.just("hidden"), st.integers(1, 9999).map(str)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks, max_size=5))
def test_what_is_written_is_read_as_it_was(found):
    doc = Doc(tuple(found))
    assert parse(rich.write(doc)) == doc


TAGS = ("p", "b", "em", "u", "h4", "ul", "ol", "li", "table", "tr", "td", "th", "div", "script", "span", "br")
soup = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            [
                "<td colspan=3>", "<td rowspan='2'>", "<ol start=4 data-k=letter>", "<table data-w='30,70'>",
                "<p data-from=12 onclick=x>", "<p data-told=roll@0123456789ab>", "<div data-live=roll>",
                "<!-- ", "-->", "&lt;", "&#0;", "<p style=x>",
            ]
        ),
        words,
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(soup)
def test_whatever_is_pasted_comes_to_one_spelling(text):
    try:
        once = rich.write(parse(text))
    except TooComplex:
        return
    assert rich.write(parse(once)) == once
    assert "<script" not in once
    assert "style" not in once
    assert "onclick" not in once


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("xin <b>chào</b>", "<p>xin <strong>chào</strong></p>"),
        ("<p class=MsoNormal style='mso-x:y'>a<o:p></o:p></p>", "<p>a</p>"),
        ("<p>a<img src=x onerror=alert(1)>b</p>", "<p>ab</p>"),
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
        ("<a href='javascript:x'>liên kết</a>", "<p>liên kết</p>"),
        ("<ul><li>x<ol><li>y</ol></ul>", "<ul><li><p>x</p><ol><li><p>y</p></li></ol></li></ul>"),
        ("<p>tiếng Việt</p>", "<p>tiếng Việt</p>"),
        ("<p>a<table><tr><td>t</table>b", "<p>a</p><table><tbody><tr><td><p>t</p></td></tr></tbody></table><p>b</p>"),
    ],
)  # fmt: skip
def test_a_pasted_text_keeps_its_structure_and_nothing_else(pasted, kept):
    assert rich.write(parse(pasted)) == kept


@pytest.mark.parametrize(
    ("pasted", "what"),
    [
        (f"<table><tr>{'<td>x' * 13}</table>", "columns"),
        ("<table><tr><td rowspan=2 colspan=12>x</tr><tr><td>y</table>", "columns"),
        ("<table><tr><td colspan=99999999>x</table>", "colspan"),
        ("<table><tr><td rowspan=51>x</table>", "rowspan"),
        (f"<table>{'<tr><td>x' * 501}</table>", "rows"),
        ("<table><tr><td>x</table>" * 61, "tables"),
        ("<ul><li>a" * 4, "levels"),
        ("<ul><li>a" * 3000, "levels"),
        ("<p>a</p>" * 5001, "blocks"),
        ("a" * 100_001, "letters"),
        (f"<table><tr><td>{'a' * 5001}</table>", "cell"),
        ("<div data-live=nobody></div>", "live"),
        ("<div data-live=hidden data-ref=x></div>", "live"),
    ],
)
def test_a_text_beyond_the_bounds_is_refused_and_says_of_what_there_is_too_much(pasted, what):
    with pytest.raises(TooComplex) as refused:
        parse(pasted)
    assert refused.value.what == what


def test_a_table_has_no_holes():
    doc = parse("<table data-w='1,3'><tr><th>A<th>B<tr><td rowspan=9>c<td>d<tr><td>e</table>")
    (table,) = doc.blocks
    assert (table.header, table.columns, table.widths) == (True, 2, (25, 75))
    assert [[(cell.colspan, cell.rowspan) for cell in row] for row in table.rows] == [
        [(1, 1), (1, 1)],
        [(1, 2), (1, 1)],
        [(1, 1)],
    ]


def test_points_have_the_letters_of_a_decree():
    assert "".join(labels.label_of("letter", n)[0] for n in range(1, 12)) == "abcdđeghikl"
    assert labels.label_of("letter", 24) == "aa)"
    assert [labels.label_of("dash", 1, level) for level in (1, 2, 3)] == ["-", "+", "-"]


def test_plain_text_reads_as_the_paper_does():
    doc = parse("<p>Đồng ý.</p><ol data-k=letter start=4><li>một<li>hai</ol><table><tr><td>x<td>y</table>")
    assert rich.plain(doc) == "Đồng ý.\nd) một\nđ) hai\nx | y"
    assert rich.plain(rich.from_plain("a\r\n\n b ")) == "a\nb"


def test_lines_of_the_log_that_the_text_has_used_are_known():
    doc = parse("<p data-from=12>a</p><div data-live=hidden data-ref=15></div><p>b</p>")
    assert rich.used_facts(doc) == {12, 15}

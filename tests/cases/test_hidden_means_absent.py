"""What an audience may not see of a map is in no answer that it can get: not in a page, a view, a file, a thumbnail."""

import io
import zipfile

import pypdfium2
import pytest

from tests.cases.test_on_the_stage import Session

FOR_OWNER, FOR_LEADERS, IN_NOTE, DRAFTED = "Xyzzikin", "Quuxandra", "Plughmore", "Frobnikor"
MAP = """Vụ án
\tLời khai (BL 2)
\t\tĐối chất
\tGiám định (BL 3)
"""
HIDDEN = f"""\tBí mật nguồn tin {FOR_OWNER} (BL 5)
\t\tNhánh dưới {FOR_OWNER}
\tÝ kiến nội bộ {FOR_LEADERS} (BL 4)
\tChứng cứ
"""
# who must not meet which words, whatever they ask for
FORBIDDEN = {
    "an": (FOR_OWNER,),
    "phuong": (FOR_OWNER, FOR_LEADERS, IN_NOTE, DRAFTED),
    "lan": (FOR_OWNER, FOR_LEADERS, IN_NOTE, DRAFTED),
    "nam": (),  # a helper of the case, and organiser of the meeting
    "admin": (FOR_OWNER, FOR_LEADERS, IN_NOTE, DRAFTED),
    None: (FOR_OWNER, FOR_LEADERS, IN_NOTE, DRAFTED),
}


@pytest.fixture
def shown(room):
    """A session at which a map with hidden branches has been presented, released as far as can be."""
    session = Session(room)
    session.document = room.filed(pages=5)
    session.numbers(session.document, 5)
    (session.volume,) = [each["id"] for each in room.api("em", "GET", room.at()).json["volumes"]]
    session.map = made(room, MAP + HIDDEN)
    nodes = texts(room, session.map)
    for text, fields in (
        (f"Bí mật nguồn tin {FOR_OWNER}", {"audience": "owner"}),
        (f"Ý kiến nội bộ {FOR_LEADERS}", {"audience": "leaders"}),
        ("Lời khai", {"note": f"Hỏi thêm {IN_NOTE}"}),
    ):
        edit(room, session.map, nodes[text], **fields)
    session.publish()
    edit(room, session.map, nodes["Chứng cứ"], text=f"Chứng cứ {DRAFTED}")
    session.does("em", "attach_case", case=room.case)
    session.does("an", "open_meeting")
    session.does("an", "release_case", case=room.case, level="anchored")
    session.does("an", "give_stage", person=room.people["em"])
    session.does("em", "show_map", case=room.case, map=session.map)
    hidden = session.refused("em", "show_node", node=nodes[f"Bí mật nguồn tin {FOR_OWNER}"])
    assert hidden == "hidden_node"
    session.does("em", "show_node", node=nodes["Lời khai"], levels=4)
    session.does("em", "show_evidence", case=room.case, document=session.document, page=2, node=nodes["Lời khai"])
    return session


def made(room, text) -> str:
    return room.api("em", "POST", room.at("/maps"), {"title": "Nội dung", "text": text}).json["id"]


def texts(room, map) -> dict[str, str]:
    nodes = room.api("em", "GET", room.at(f"/maps/{map}.json")).json["nodes"]
    return {node["text"]: key for key, node in nodes.items()}


def edit(room, map, node, **fields):
    rev = room.api("em", "GET", room.at(f"/maps/{map}.json")).json["rev"]
    op = {"id": f"op{rev}", "rev": rev, "edit": {"node": node, "set": fields}}
    assert room.api("em", "POST", room.at(f"/maps/{map}/ops"), op).status_code == 200


def addresses(room, session) -> list[str]:
    """Every GET address of a case, of a meeting, of a document, its places filled with those here; and the lists."""
    known = {
        "case": room.case, "meeting": session.meeting, "document": session.document, "map": session.map, "version": 1,
        "page": 2, "number": 2, "rev": 1, "volume": session.volume, "audience": "owner",
    }  # fmt: skip
    ends = {"ending": ("pdf", "xlsx", "jsonl"), "kind": ("xmind", "md", "pdf", "png", "docx")}
    found = []
    with room.app.test_request_context():
        urls = room.app.url_map.bind("localhost")
        for rule in room.app.url_map.iter_rules():
            if "GET" not in rule.methods or not rule.arguments & {"case", "meeting", "document"}:
                continue
            many = next((name for name in ends if name in rule.arguments), None)
            for end in ends.get(many, ("",)):
                values = {name: known.get(name, end or "1") for name in rule.arguments}
                found.append(urls.build(rule.endpoint, values))
    at = room.at(f"/maps/{session.map}")
    return [
        *found,
        *(
            f"{at}.{end}"
            for end in ("json?audience=owner", "xmind?format=8", "pdf?audience=owner", "docx?audience=leaders")
        ),
        f"{room.at('/cite')}?q=BL+5",
        f"{at}/ops?since=0",
        *(f"/api/search?q={word[:6]}" for word in (FOR_OWNER, DRAFTED)),
        *("/", "/api/cases", "/cases", "/api/meetings", "/api/tasks", "/tasks"),
    ]


def words_in(answer) -> str:
    """Everything that can be read in it: also in what is packed, and in PDF."""
    return unpacked(answer.get_data())


def unpacked(data: bytes) -> str:
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(name + unpacked(archive.read(name)) for name in archive.namelist())
    if data[:4] == b"%PDF":
        pages = pypdfium2.PdfDocument(io.BytesIO(data))
        said = [page.get_textpage().get_text_range() for page in pages]
        return "".join("".join(said).split()) + str(pages.get_metadata_dict())
    return data.decode("utf-8", "ignore")


def looked(room, session, when, names=tuple(FORBIDDEN)):
    """Asks for everything as everybody; what somebody met who may not, and how many answers were read."""
    wrong, read = [], dict.fromkeys(names, 0)
    for name in names:
        words = FORBIDDEN[name]
        browser = room.browser(name)
        for address in addresses(room, session):
            answer = browser.get(address)
            if answer.status_code != 200:
                continue
            read[name] += 1
            met = words_in(answer)
            wrong += [(when, name, address, word) for word in words if word in met]
    return wrong, read


def test_a_hidden_branch_is_in_nothing_that_another_audience_can_ask_for(shown, room):
    wrong, read = looked(room, shown, "while it runs")
    assert wrong == [], "\n".join(map(str, wrong))
    assert min(read["an"], read["phuong"]) > 50, read
    assert read["lan"] > 20 > read["admin"], read
    # The words are there to be found: whoever may see them does.
    at = room.at(f"/maps/{shown.map}")
    for name, word, kinds in (
        ("em", FOR_OWNER, "json xmind md pdf docx"), ("nam", FOR_OWNER, "json"), ("an", FOR_LEADERS, "json md pdf"),
        ("an", DRAFTED, "json xmind"), ("an", IN_NOTE, "json xmind"),
    ):  # fmt: skip
        for kind in kinds.split():
            assert word in words_in(room.browser(name).get(f"{at}.{kind}")), (name, word, kind)
    # The pages that only a hidden branch refers to are not on the tablets either.
    assert shown.sees("lan", shown.document, 2, 3, 4, 5) == [200, 200, 404, 404]
    shown.does("an", "close_meeting")
    wrong, _read = looked(room, shown, "after it", ("an", "lan"))
    assert wrong == []


def test_nothing_hidden_enters_the_log_of_a_meeting_or_what_is_sent_to_its_screens(shown, room):
    with room.pool.lend() as db:
        facts = "".join(str(tuple(row)) for row in db.conn.execute("select * from events"))
    for word in (FOR_OWNER, FOR_LEADERS, IN_NOTE, DRAFTED):
        assert word not in facts
    assert "Lời khai" in facts


def test_a_picture_is_that_of_a_map_without_the_hidden_branch(shown, room):
    """Drawn from what the audience sees: the same bytes as of a map that never had more."""
    plain = made(room, MAP + "\tChứng cứ\n")
    room.api("em", "POST", room.at(f"/maps/{plain}/versions"), {})
    reader = room.browser("phuong")
    seen, bare = (reader.get(room.at(f"/maps/{map}.png")).data for map in (shown.map, plain))
    assert seen == bare
    cut, whole = (thumbnail(reader, room.at(f"/maps/{map}.xmind")) for map in (shown.map, plain))
    assert cut == whole != thumbnail(room.browser("em"), room.at(f"/maps/{shown.map}.xmind"))


def thumbnail(browser, address: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(browser.get(address).data)) as archive:
        return archive.read("Thumbnails/thumbnail.png")

"""The demo's case in the case room: its sheet, its people, eight volumes of numbered sheets, and its mind map.

Laid out by the worker after the meetings' papers; what is there already is left alone, so that a killed worker goes on
where it was. Fiction, and of no class of state secrets.
"""

import datetime
import hashlib
from datetime import timedelta
from types import SimpleNamespace

from flask_babel import force_locale

from meetingroom import clock
from meetingroom.auth import account_store
from meetingroom.cases import dates as map_dates
from meetingroom.cases import importing, log_store, node_fields, numbers, store, store_maps, store_numbers, tree
from meetingroom.cases import money as map_money
from meetingroom.cases.numbering import Run
from meetingroom.cases.packages import acting
from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.demo import case_record, case_script, case_sheets, notebook, people
from meetingroom.documents import content_store
from meetingroom.jobs import queue

CASE, MAP, NUMBERING = "cdemo", "kdemo", "ndemo"
NUMBERING_NAME = "BL-CQĐT"
OWNER, HELPER = "delegate2", "assistant"
LEADERS = ("chair", "delegate1")
TITLE_OF_MAP = "Sơ đồ vụ án"
DAYS_LEFT, DAYS_SINCE = 3, 12  # to the deadline; since the session that sent the file back
DAYS_OUT = 10  # a package for court is asked for
# What the map's sums are made of: the loss is what five people paid, the rest is the loss without what came back.
LOSS, REST, PAID_BY, GIVEN_BACK = "N26", "N53", ("N11", "N12", "N13", "N14", "N15"), "N16"


def lay_out(settings: Settings, pool: Pool) -> list[str]:
    """Everything that is not there yet. Returns the documents whose pages are not counted yet."""
    first_run = notebook.begin(settings).first_run
    with pool.lend() as db:
        names = people.ids(db)
        known = store.find_case(db, CASE) is not None
    if not known:
        open_case(pool, names, first_run)
    take_in(settings, pool, names[OWNER])
    with pool.lend() as db:
        rows = store.list_documents(db, CASE)
        numbered = store_numbers.find_numbering(db, CASE, NUMBERING) is not None
    if not numbered:
        with pool.writing() as db:
            number(db, names[OWNER])
            draw_map(db, names[OWNER], first_run)
            ask_for_package(db, names[OWNER])
            case_script.lay_out(db, CASE, MAP, names[OWNER])
    uncounted = [row["document"] for row in rows if not row["pages"] and row["status"] == "processing"]
    if not uncounted:
        check_volumes(pool, names[OWNER])
    return uncounted


def open_case(pool: Pool, names: dict[str, str], first_run: int) -> None:
    today = clock.local(first_run).date()
    parties = [{"name": name, "status": status} for name, status in case_record.PARTIES]
    deadline = {"name": "Hạn quyết định việc truy tố", "date": (today + timedelta(days=DAYS_LEFT)).isoformat(),
                "done": False}  # fmt: skip
    with pool.writing() as db:
        owner = names[OWNER]
        unit = about(db, owner)["unit_name"]
        store.add_case(
            db, by=owner, id=CASE, code=case_record.CODE, title=case_record.TITLE, kind="criminal",
            stage="prosecution", charges=list(case_record.CHARGES), parties=parties, secrecy="no",
            deadlines=[deadline], unit=unit,
        )  # fmt: skip
        log_store.add(db, CASE, "created", owner, code=case_record.CODE, secrecy="no")
        for username, role in ((HELPER, "helper"), *((leader, "leader") for leader in LEADERS)):
            person = names[username]
            store.put_person(db, CASE, person, role)
            name = about(db, person)["name"]
            log_store.add(db, CASE, "right_given", owner, person=person, person_name=name, role=role)


def about(db, person: str) -> dict:
    return account_store.find_user(db, person) or {}


def take_in(settings: Settings, pool: Pool, owner: str) -> None:
    """The scanned documents, volume by volume, each with its row and the job that draws it."""
    with pool.lend() as db:
        known = {row["original"] for row in store.list_documents(db, CASE)}
    for volume, title in enumerate(case_record.VOLUMES, 1):
        wanted = [each for each in case_record.documents() if each.volume == volume and name_of(each) not in known]
        files = [(each, write(settings, each)) for each in wanted]
        if not files:
            continue
        with pool.writing() as db, force_locale("vi"):
            taken = []
            for each, file in files:
                said = {"volume": volume, "volume_title": title, "title": each.title, "date": each.day.isoformat(),
                        "bl_from": str(each.first), "bl_to": str(each.last)}  # fmt: skip
                document = importing.add(db, CASE, file, said, owner)
                taken.append({"name": file["filename"], "sha256": file["sha"], "document": document})
            log_store.add(db, CASE, "imported", owner, count=len(taken), files=taken)
        queue.wake_worker(settings)


def write(settings: Settings, each: case_record.Sheets) -> dict:
    """Draw a document and keep it among the files: what `importing.add` wants to know of it."""
    arrived = content_store.incoming_folder(settings) / f"demo-case-{each.first:03}.pdf"
    case_sheets.write_document(arrived, each)
    content = arrived.read_bytes()
    sha = hashlib.sha256(content).hexdigest()
    content_store.take_in(settings, arrived, sha)
    return {"id": upload_of(each), "filename": name_of(each), "sha": sha, "type": "pdf", "length": len(content)}


def name_of(each: case_record.Sheets) -> str:
    return f"T{each.volume}/BL {each.first:03}-{each.last:03}.pdf"


def upload_of(each: case_record.Sheets) -> str:
    return f"demo-{each.first:03}"


def number(db, owner: str) -> None:
    """Each page is the sheet whose number is stamped on it."""
    store_numbers.add_numbering(db, CASE, NUMBERING_NAME, owner, id=NUMBERING, default=True)
    row = numbers.current(db, CASE, NUMBERING)
    log_store.add(db, CASE, "numbering_made", owner, name=NUMBERING_NAME)
    runs = [
        Run(importing.document_id(upload_of(each)), 1, each.pages, start=each.first)
        for each in case_record.documents()
    ]  # fmt: skip
    numbers.write(db, CASE, row, runs, owner)


def draw_map(db, owner: str, first_run: int) -> None:
    """The map of 62 nodes, with its pages and its four cross-links; its first version is published."""
    due = clock.local(first_run).date() + timedelta(days=DAYS_LEFT - 2)
    map = with_anchors(db, the_map(f"{due:%d/%m/%Y}"))
    store_maps.add_map(db, CASE, TITLE_OF_MAP, map, owner, id=MAP)
    log_store.add(db, CASE, "map_made", owner, map=MAP, title=TITLE_OF_MAP)
    row = {"id": MAP, "case": CASE, "title": TITLE_OF_MAP, "rev": map["rev"], "map": map}
    version = store_maps.publish(db, row, owner)
    log_store.add(db, CASE, "map_published", owner, map=MAP, title=TITLE_OF_MAP, version=version)


def ask_for_package(db, owner: str) -> None:
    """The prosecutor asks for a package for the trial; it waits for the consent of a leader."""
    due = datetime.date.fromisoformat(store.today()) + timedelta(days=DAYS_OUT)
    body = {"purpose": "Trình chiếu chứng cứ khi xét hỏi, tranh luận", "court": "Tòa án nhân dân tỉnh Lạc Giang",
            "due": due.isoformat()}  # fmt: skip
    acting.ask(db, store.find_case(db, CASE) or {}, SimpleNamespace(id=owner, name=about(db, owner)["name"]), body)


def with_anchors(db, map: dict) -> dict:
    nodes = {
        id: node_fields.without_empty({**node, "anchors": store_maps.anchors_of(db, CASE, node.get("bl", ""))})
        for id, node in map["nodes"].items()
    }
    return {**map, "nodes": nodes}


def the_map(due: str) -> dict:
    """The map as the table of texts tells it; `due` is the day by which the direction is to be carried out."""
    map: dict = {}
    for row in case_record.rows("so-do"):
        if ">" in row[0]:
            one, other = row[0].split(" > ")
            between = {"id": f"l{one}", "from": one, "to": other, "kind": row[1], "text": row[2]}
            map = tree.apply(map, wish(map, "link", **between))
            continue
        id, parent, kind, bl, said = row
        text = said.replace("{due}", due)
        if parent == "-":
            map = tree.new_map(text, id)
            map["nodes"][id] = node_fields.new_node(text=text, kind=kind, bl=bl)
            continue
        node = {"id": id, "text": text, "kind": kind, **more(id, kind, text, "" if bl == "-" else bl)}
        map = tree.apply(map, wish(map, "add", node=node, parent=parent))
    return map


def wish(map: dict, name: str, **fields) -> dict:
    return {"id": f"demo-{map['rev']}", "rev": map["rev"], name: fields}


def more(id: str, kind: str, text: str, bl: str) -> dict:
    """What a node says besides its text: when, how much, for or against, in dispute."""
    amount = map_money.propose(text) if id in (*PAID_BY, GIVEN_BACK, LOSS, REST) else None
    sums = {
        LOSS: [[{"node": node} for node in PAID_BY]],
        REST: [[{"node": LOSS}, {"node": GIVEN_BACK, "sign": -1}]],
    }
    return node_fields.without_empty(
        {"bl": bl, "when": map_dates.propose(text) if kind in ("proc", "time") else None, "amount": amount,
         "stance": kind if kind in node_fields.STANCES else "", "sums": sums.get(id),
         "status": "conflict" if kind == "conf" and bl else ""}
    )  # fmt: skip


def check_volumes(pool: Pool, owner: str) -> None:
    """The owner has compared each volume with the paper file; of one that could not be drawn he says nothing."""
    with pool.writing() as db:
        name = about(db, owner)["name"]
        undrawn = {row["volume"] for row in store.list_documents(db, CASE) if not row["pages"]}
        for volume in store.list_volumes(db, CASE):
            if volume["id"] not in undrawn:
                numbers.check_volume(db, CASE, volume, owner, name, True)

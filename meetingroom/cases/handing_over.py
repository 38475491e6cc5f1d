"""A case goes to the next person in charge: started by the owner or a leader, done when that one confirms."""

from meetingroom.cases import log_store, parts, people_store, store
from meetingroom.cases.fields import REASON_LENGTH, Wrong, text
from meetingroom.web.errors import Problem

TEXTS = {"reason": text("reason", REASON_LENGTH, lines=True), "papers": text("papers", REASON_LENGTH, lines=True)}


def start(db, case: str, by: str, body: dict) -> str:
    """`{to, reason?, papers?, keep: [persons]}` → its id. Raises Wrong, Problem."""
    said = {key: read(body.get(key, "")) for key, read in TEXTS.items()}
    keep, to = body.get("keep", []), body.get("to")
    if not isinstance(keep, list) or not all(isinstance(each, str) for each in keep):
        raise Wrong("keep", "type")
    taker = people_store.find_candidate(db, to) if isinstance(to, str) else None
    giver = store.find_owner(db, case)
    if taker is None or taker["id"] == giver:
        raise Wrong("to", "choice")
    if people_store.find_open(db, case):
        raise Problem("handover_open", 409)
    helpers = {row["person"] for row in store.list_people(db, case) if row["role"] == "helper"}
    about = {"giver": giver, "taker": taker["id"], "by": by, "keep": sorted(helpers & set(keep)), **said}
    id = people_store.add_handover(db, case=case, **about)
    log_store.add(db, case, "handover_started", by, handover=id, taker=taker["id"], taker_name=taker["name"])
    return id


def confirm(db, row: dict) -> None:
    """The next owner takes it: from this moment on the case is theirs alone, with the helpers that were to stay."""
    case = row["case"]
    if store.find_owner(db, case) != row["giver"]:
        raise Problem("handover_over", 409)
    people = store.list_people(db, case)
    before = stands(db, case)
    leaving = [each for each in people if each["role"] == "helper" and each["person"] not in row["keep"]]
    for each in leaving:
        if each["person"] != row["taker"]:
            store.remove_person(db, case, each["person"])
    store.remove_person(db, case, row["giver"])
    store.put_person(db, case, row["taker"], "owner")
    people_store.end_handover(db, row["id"], "confirmed", before)
    log_store.add(
        db,
        case,
        "handed_over",
        row["taker"],
        handover=row["id"],
        giver=row["giver"],
        giver_name=row["giver_name"],
        taker=row["taker"],
        taker_name=row["taker_name"],
        kept=row["keep"],
        left=[each["person"] for each in leaving],
    )
    for pass_on in parts.HANDED_OVER:
        pass_on(db, case, row["giver"])


def stands(db, case: str) -> dict:
    """What the record says of the case: {volumes: [[no, title, documents, pages]], documents, pages, maps, last}."""
    documents = store.list_documents(db, case)
    volumes = []
    for volume in store.list_volumes(db, case):
        inside = [each for each in documents if each["volume"] == volume["id"]]
        pages = sum(each["pages"] for each in inside)
        volumes.append([volume["no"], volume["title"], len(inside), pages])
    last = log_store.last(db, case)
    return {
        "volumes": volumes,
        "documents": len(documents),
        "pages": sum(each["pages"] for each in documents),
        "seq": last["seq"],
        "hash": last["hash"],
    }


def start_for_nobody(db, code: str, username: str, reason: str) -> str:
    """Of a case whose owner's account is closed and which has no leader: from the server, by whoever may run commands
    there. The one who is named confirms it like any other. Returns the id; raises ValueError: no_case | not_orphaned |
    no_taker | no_reason | handover_open."""
    case, taker = people_store.find_by_names(db, code, username)
    if not case:
        raise ValueError("no_case")
    if {"owner", "leader"} & set(store.roles_in_case(db, case).values()):
        raise ValueError("not_orphaned")
    if not taker or not people_store.find_candidate(db, taker) or taker == store.find_owner(db, case):
        raise ValueError("no_taker")
    reason = reason.strip()[:500]
    if not reason:
        raise ValueError("no_reason")
    waits = people_store.find_open(db, case)
    if waits and not people_store.find_candidate(db, waits["taker"]):  # nobody is left to confirm it or to take it back
        people_store.end_handover(db, waits["id"], "withdrawn")
        log_store.add(db, case, "handover_withdrawn", "", handover=waits["id"], taker_name=waits["taker_name"])
    people = store.list_people(db, case)
    keep = [each["person"] for each in people if each["role"] == "helper"]
    try:
        id = start(db, case, "", {"to": taker, "reason": reason, "keep": keep})
    except Problem as problem:
        raise ValueError(problem.code) from None
    log_store.add(db, case, "handover_from_server", "", handover=id, reason=reason)
    return id

"""Every change of the schema, in order. A released migration is never edited; the next one is appended."""

from sqlite_utils import Migrations

migrations = Migrations("meetingroom")


@migrations(name="001_log")
def log(db):
    """The log of all meetings, and the answers already given (so that a repeated command is not done twice)."""
    db["events"].create(
        {"id": int, "meeting": str, "seq": int, "at": str, "by": str, "name": str, "data": str, "hash": str},
        pk="id",
        not_null={"meeting", "seq", "at", "by", "name", "data", "hash"},
    )
    db["events"].create_index(["meeting", "seq"], unique=True)
    db["answers"].create(
        {"meeting": str, "id": str, "by": str, "name": str, "answer": str},
        pk=("meeting", "id"),
        not_null={"by", "name", "answer"},
    )


@migrations(name="002_people")
def people(db):
    """Units, people and their sessions. `sort` columns hold Vietnamese sort keys."""
    db["units"].create(
        {"id": str, "name": str, "short": str, "parent": str, "position": int, "active": int},
        pk="id",
        not_null={"name", "active"},
    )
    db["users"].create(
        {
            "id": str,
            "username": str,
            "name": str,
            "title": str,
            "unit": str,
            "role": str,  # admin | organiser | member
            "password": str,  # argon2 hash; empty: cannot sign in by password
            "must_change": int,
            "active": int,
            "language": str,
            "text_size": int,  # per cent
            "email": str,
            "phone": str,
            "created_at": int,
        },
        pk="id",
        not_null={"username", "name", "role", "active"},
        foreign_keys=[("unit", "units", "id")],
    )
    db["users"].create_index(["username"], unique=True)
    db["sessions"].create(
        {"id": str, "user": str, "created_at": int, "seen_at": int, "expires_at": int, "address": str, "agent": str},
        pk="id",  # SHA-256 of the token in the cookie
        foreign_keys=[("user", "users", "id")],
    )
    db["sessions"].create_index(["user"])
    db["invitations"].create(
        # one-time sign-in links and the code of the first visit; `id` is the SHA-256 of the code
        {"id": str, "user": str, "kind": str, "created_at": int, "expires_at": int, "used_at": int},
        pk="id",
    )
    db["audit"].create(
        {"id": int, "at": int, "by": str, "name": str, "subject": str, "data": str},
        pk="id",
    )


@migrations(name="003_documents")
def documents(db):
    """Uploaded papers, their pages, and the slow work on them. `sha` names the files on disk."""
    db["documents"].create(
        {
            "id": str,
            "meeting": str,
            "item": str,
            "sha": str,
            "filename": str,
            "title": str,
            "type": str,  # pdf | image | office kinds by ending
            "bytes": int,
            "status": str,  # processing | ready | failed
            "stage": str,  # queued | checking | converting | rendering
            "progress": float,  # 0..1
            "pages": int,
            "shape": str,  # JSON: [[first page, width, height], ...] in points, run-length
            "error": str,  # code of what failed
            "detail": str,  # e.g. the page that failed
            "by": str,
            "at": int,
        },
        pk="id",
        not_null={"meeting", "sha", "filename", "status"},
    )
    db["documents"].create_index(["meeting"])
    db["pages"].create(
        {"document": str, "n": int, "width": float, "height": float, "status": str, "error": str, "text": str},
        pk=("document", "n"),
        foreign_keys=[("document", "documents", "id")],
    )
    db["jobs"].create(
        {
            "id": str,
            "kind": str,
            "subject": str,
            "status": str,  # queued | running | done | failed
            "attempt": int,
            "error": str,
            "created_at": int,
            "started_at": int,
            "heartbeat_at": int,
            "finished_at": int,
        },
        pk="id",
    )
    db["jobs"].create_index(["status"])


@migrations(name="004_projections")
def projections(db):
    """Tables made from the log; any may be dropped and rebuilt."""
    db["meetings"].create(
        {
            "id": str,
            "title": str,
            "kind": str,
            "status": str,
            "secrecy": str,
            "place": str,
            "starts_at": int,
            "ends_at": int,
            "created_by": str,
            "seq": int,
        },
        pk="id",
    )
    db["members"].create(
        {"meeting": str, "person": str, "role": str, "site": str},
        pk=("meeting", "person"),
    )
    db["members"].create_index(["person"])
    db["papers"].create(
        {"id": str, "meeting": str, "item": str, "document": str, "title": str, "readers": str, "download": int},
        pk="id",
    )
    db["papers"].create_index(["document"])


@migrations(name="005_screens")
def screens(db):
    """Projectors and other screens without a person, paired by a code."""
    db["screens"].create(
        {
            "id": str,  # SHA-256 of the token in the screen's cookie
            "code": str,  # shown on the screen until it is paired
            "code_expires_at": int,
            "meeting": str,
            "name": str,
            "paired_by": str,
            "paired_at": int,
            "seen_at": int,
        },
        pk="id",
    )


@migrations(name="006_sealed")
def sealed(db):
    """Secret ballots: the public half of a ballot's key, and the choices encrypted to it under random tokens."""
    db["seals"].create({"ballot": str, "public": bytes}, pk="ballot")
    db.conn.execute(
        "create table sealed_votes (ballot text not null, token text not null, box blob not null,"
        " primary key (ballot, token)) without rowid"
    )


@migrations(name="007_cards_and_tablets")
def cards_and_tablets(db):
    """Join codes of a meeting, sessions that open one meeting only, PINs, and tablets that several people share."""
    db["invitations"].add_column("meeting", str)  # of a code of kind "join", used as often as one likes
    db["invitations"].create_index(["meeting", "user"])
    db["users"].add_column("pin", str)  # argon2 hash; empty: has none
    for column in (
        "kind",  # card | tablet; empty: a sign-in like any other
        "meeting",  # the only meeting it opens; empty: all of the person's
        "origin",  # the invitation or the tablet it came by
        "done",  # of a tablet's: the one command it was for
    ):
        db["sessions"].add_column(column, str, not_null_default="")
    db["sessions"].create_index(["origin"])
    db["tablets"].create(
        {
            "id": str,  # SHA-256 of the token in the tablet's cookie
            "code": str,  # shown on it until it is enrolled
            "code_expires_at": int,
            "meeting": str,
            "name": str,
            "enrolled_by": str,
            "enrolled_at": int,
        },
        pk="id",
    )
    db["tablet_people"].create(
        {"tablet": str, "person": str, "position": int},
        pk=("tablet", "person"),
        foreign_keys=[("tablet", "tablets", "id")],
    )


@migrations(name="008_nothing_kept_of_who_only_waits")
def nothing_kept_of_who_only_waits(db):
    """A screen or tablet that shows a code is in memory only (devices/pairing.py); the others are found by meeting."""
    for table in ("screens", "tablets"):
        db[table].delete_where("meeting is null")
        db[table].create_index(["meeting"])


@migrations(name="009_warnings_of_documents")
def warnings_of_documents(db):
    """What the owner of a paper should know of it before it is released: [{code, page?, detail?}] as JSON."""
    db["documents"].add_column("warnings", str, not_null_default="[]")


@migrations(name="010_no_receipts_beside_names")
def no_receipts_beside_names(db):
    """The receipt of a secret vote stood in the remembered answer, beside the voter's name."""
    db.conn.execute(
        "update answers set answer = json_remove(answer, '$.receipt') where json_type(answer, '$.receipt') is not null"
    )


@migrations(name="011_minutes_approved")
def minutes_approved(db):
    """When the chair approved the minutes of a meeting; 0: they are a draft."""
    db["meetings"].add_column("approved_at", int, not_null_default=0)


@migrations(name="012_answers_by_person")
def answers_by_person(db):
    """Of one person's refused commands the last ones are kept (`log.remember_answer`)."""
    db["answers"].create_index(["meeting", "by"])


@migrations(name="013_what_came_of_a_card")
def what_came_of_a_card(db):
    """Whether its owner has shown more than a card; the card by which a PIN was chosen, a screen or tablet let in."""
    db["sessions"].add_column("proven", int, not_null_default=0)
    db["users"].add_column("pin_by", str, not_null_default="")
    for table in ("screens", "tablets"):
        db[table].add_column("by_card", str, not_null_default="")


@migrations(name="014_first_steps")
def first_steps(db):
    """How far the first administrator has come in the guided start: a row for whoever set up the system since then."""
    columns = {"person": str, "step": str, "request": str, "meeting": str}
    db["first_steps"].create(columns, pk="person", not_null={"step", "request", "meeting"}, defaults={"meeting": ""})


@migrations(name="015_texts_of_notes")
def texts_of_notes(db):
    """What the secretaries write, by its SHA-256; every version of an item's text; who is writing in an item now."""
    db["note_bodies"].create({"sha": str, "html": str, "plain": str}, pk="sha", not_null={"html", "plain"})
    db["note_revisions"].create(
        {
            "meeting": str,
            "item": str,
            "rev": int,
            "at": int,
            "by": str,
            "window": str,
            "sha": str,
            "kind": str,  # auto | checkpoint (the log has it) | restore | branch (set aside when another took over)
        },
        pk=("meeting", "item", "rev"),
        not_null={"at", "by", "window", "sha", "kind"},
    )
    db["note_revisions"].create_index(["sha"])
    db["note_holds"].create(
        {"meeting": str, "item": str, "by": str, "window": str, "since": int, "until": int},
        pk=("meeting", "item"),
        not_null={"by", "window", "since", "until"},
    )


@migrations(name="016_files_made")
def files_made(db):
    """Files of documents that the program made or checked, by their SHA-256; they lie among the originals."""
    db["made_files"].create(
        {
            "sha": str,
            "kind": str,  # pdf | docx | signed
            "document": str,
            "bytes": int,
            "meeting": str,
            "source": str,  # the digest of what the file was made of
            "at": int,
        },
        pk=("sha", "document"),
        not_null={"kind", "bytes", "meeting", "source", "at"},
    )
    db["made_files"].create_index(["document"])


@migrations(name="017_registers")
def registers(db):
    """Books of numbers, one series a year; what was entered in them by hand; and from the log: the numbers that
    meetings took, what was issued, where the minutes of each meeting stand."""
    db["registers"].create(
        {
            "id": str,
            "unit": str,  # "": the agency itself
            "kinds": str,  # of documents, with spaces between them
            "symbol": str,
            "title": str,
            "pattern": str,
            "mode": str,  # before: the number is printed in the file | after: room is left for it
            "closed": int,
        },
        pk="id",
        not_null={"unit", "kinds", "symbol", "title", "pattern", "mode", "closed"},
        defaults={"unit": "", "pattern": "{so:02}/{loai}-{co_quan}", "mode": "before", "closed": 0},
    )
    db["registers"].insert_all(
        [
            {"id": "bb", "kinds": "bien_ban ket_qua_phieu", "symbol": "BB", "title": "Biên bản"},
            {"id": "tb", "kinds": "thong_bao", "symbol": "TB", "title": "Thông báo"},
            {"id": "gm", "kinds": "giay_moi", "symbol": "GM", "title": "Giấy mời"},
            {"id": "nq", "kinds": "nghi_quyet", "symbol": "NQ", "title": "Nghị quyết"},
            {"id": "trs", "kinds": "trich_sao", "symbol": "TrS", "title": "Bản sao (SY, SL, TrS)"},
        ]
    )
    entry = {"register": str, "year": int, "number": int, "text": str, "at": int, "by": str, "void": str}
    required = {"text", "at", "by", "void"}
    db["register_manual"].create(
        {**entry, "subject": str}, pk=("register", "year", "number"), not_null={*required, "subject"}
    )
    db["register_entries"].create(
        {**entry, "meeting": str, "document": str},
        pk=("register", "year", "number"),
        not_null={*required, "meeting", "document"},
    )
    db["register_entries"].create_index(["meeting"])
    db["documents_issued"].create(
        {
            "document": str,
            "meeting": str,
            "kind": str,
            "number": str,
            "file": str,
            "at": int,
            "replaced_by": str,
            "reason": str,
        },
        pk="document",
        not_null={"meeting", "kind", "number", "file", "at", "replaced_by", "reason"},
    )
    db["documents_issued"].create_index(["meeting"])
    db["minutes_standing"].create(
        {"meeting": str, "standing": str, "version": int, "round": int, "until": int},
        pk="meeting",
        not_null={"standing", "version", "round", "until"},
    )
    db["minutes_standing"].create_index(["standing", "until"])
    db["users"].add_column("clerk", int, not_null_default=0)


@migrations(name="020_signatures")
def signatures(db):
    """Whom the agency trusts, whose certificate is whose, what was said of each signed file; one-time addresses for a
    signing program; how often a token was tried with a wrong PIN. Pictures are kept encrypted."""
    described = {"name": str, "issuer": str, "serial": str, "since": int, "until": int, "at": int, "by": str}
    db["trust"].create(
        {"sha": str, "kind": str, "der": bytes, **described, "confirmed": int},
        pk="sha",
        not_null={"kind", "der", *described, "confirmed"},
        defaults={"confirmed": 0},
    )
    db["signers"].create(
        {"serial": str, "person": str, "role": str, "name": str, "since": int, "by": str},  # role: person | agency
        pk="serial",
        not_null={"person", "role", "name", "since", "by"},
    )
    db["signers"].create_index(["person"])
    db["signing_pictures"].create(
        {"serial": str, "box": bytes, "at": int, "by": str}, pk="serial", not_null={"box", "at", "by"}
    )
    db["signed_files"].create(
        {"document": str, "sha": str, "verdict": str, "warnings": str, "reason": str, "at": int, "by": str},
        pk=("document", "sha"),
        not_null={"verdict", "warnings", "reason", "at", "by"},
    )
    token = {"document": str, "person": str, "field": str, "sha": str, "until": int, "fetched": int, "done": int}
    db["sign_tokens"].create(
        {"hash": str, **token, "told": str},
        pk="hash",
        not_null={*token, "told"},
        defaults={"fetched": 0, "done": 0, "told": ""},
    )
    db["token_tries"].create({"token": str, "failed": int, "at": int}, pk="token", not_null={"failed", "at"})


@migrations(name="030_tasks")
def tasks(db):
    """What conclusions became: the directives as the meetings gave them out (made from the log), the steps of each in a
    chain of its own. Who heads a unit, and which unit took its work over. What the office has chosen, by name."""
    texts = (
        # The directive; the names as they were when it was given out; units and cooperating are JSON; `due` is a day or
        # "", `due_as` how the conclusion says it (a day, week, regular).
        "id", "meeting", "conclusion", "text", "lead", "lead_unit", "units", "cooperating", "person", "due", "due_as",
        "deliverable", "item", "issued_by",
    )  # fmt: skip
    # `times`: how often it was given out, with other words each time.
    db["tasks"].create({**dict.fromkeys(texts, str), "issued_at": int, "times": int}, pk="id")
    db["tasks"].create_index(["meeting"])
    db["task_steps"].create(
        {"task": str, "n": int, "at": str, "by": str, "name": str, "data": str, "hash": str},
        pk=("task", "n"),
        not_null={"at", "by", "name", "data", "hash"},
    )
    db["units"].add_column("head", str, not_null_default="")
    db["units"].add_column("successor", str, not_null_default="")
    db["office_settings"].create({"name": str, "data": str}, pk="name", not_null={"data"})


@migrations(name="020_unit_layouts")
def unit_layouts(db):
    """How a unit's documents look, from a day (yyyy-mm-dd) on; as JSON (printing/layout.py)."""
    db["unit_layouts"].create(
        {"unit": str, "since": str, "data": str, "at": int, "by": str},
        pk=("unit", "since"),
        not_null={"data", "at", "by"},
    )


@migrations(name="021_copies_seen")
def copies_seen(db):
    """Which copies of the minutes (by the number of the fact that made them) a person has had on the screen."""
    db["minutes_seen"].create(
        {"meeting": str, "person": str, "seq": int, "at": int}, pk=("meeting", "person", "seq"), not_null={"at"}
    )


@migrations(name="031_series")
def series(db):
    """Meetings that come again: whom they gather, by which agenda, and what was left over."""
    db["meetings"].add_column("series", str, not_null_default="")
    texts = ("id", "name", "kind", "unit", "people", "template", "by")  # people: JSON [{person, role}, ...]
    db["series"].create(
        {**dict.fromkeys(texts, str), "active": int, "at": int}, pk="id", not_null={"name", "kind", "people", "active"}
    )
    # `meeting`: that did not come to it, "" where somebody entered it; `used`: the meeting that took it up.
    left_over = ("id", "series", "meeting", "title", "presenters", "used")
    db["series_backlog"].create(
        {**dict.fromkeys(left_over, str), "minutes": int, "at": int},
        pk="id",
        not_null={"series", "title", "used"},
        defaults={"used": ""},
    )
    db["series_backlog"].create_index(["series"])
    db["agenda_templates"].create({"id": str, "name": str, "items": str, "by": str, "at": int}, pk="id")


@migrations(name="032_reminders")
def reminders(db):
    """What is told to whom on which day, once, and whether it has gone out by mail; secret addresses of calendars."""
    db["outbox"].create(
        {
            "id": int,
            "person": str,
            "day": str,  # yyyy-mm-dd
            "address": str,
            "language": str,
            "data": str,  # JSON: {overdue, today, soon, tasks}
            "status": str,  # shown (in the program only) | queued | sent | failed
            "attempts": int,
            "next_at": int,
            "error": str,
            "created_at": int,
            "sent_at": int,
        },
        pk="id",
        not_null={"person", "day", "status"},
    )
    db["outbox"].create_index(["person", "day"], unique=True)
    db["outbox"].create_index(["status", "next_at"])
    db["calendar_tokens"].create({"hash": str, "person": str, "created_at": int}, pk="hash", not_null={"person"})
    db["calendar_tokens"].create_index(["person"], unique=True)

"""The changes of the schema for the case room, in order. Appended, never edited."""

from meetingroom.migrations_later import migrations


@migrations(name="070_cases")
def cases(db):
    """Case files, who may see them, what lies in them and what became of them; `home` says whose a document is that
    belongs to no meeting."""
    db["documents"].add_column("home", str, not_null_default="")  # "": a meeting's; "case:<id>"
    db["cases"].create(
        {
            "id": str,
            "code": str,
            "title": str,  # "" of a shell: nothing of a matter that may be a state secret is kept
            "kind": str,  # criminal | civil | administrative | marriage | business | labour | enforcement | complaint
            "stage": str,
            "charges": str,  # JSON: [{law, article, clause, point, version}]
            "parties": str,  # JSON: [{name, status}]
            "secrecy": str,  # no | unsure | yes
            "deadlines": str,  # JSON: [{name, date, done}]
            "unit": str,
            "opened_at": int,
            "closed_at": int,
            "by": str,
        },
        pk="id",
        not_null={"code", "title", "kind", "stage", "charges", "parties", "secrecy", "deadlines", "unit", "opened_at",
                  "closed_at", "by"},
        defaults={"title": "", "stage": "", "charges": "[]", "parties": "[]", "deadlines": "[]", "unit": "",
                  "closed_at": 0},
    )  # fmt: skip
    db["case_people"].create(
        {"case": str, "person": str, "role": str, "from": str, "until": str},  # owner | helper | leader | reader; days
        pk=("case", "person"),
        not_null={"role", "from", "until"},
        defaults={"from": "", "until": ""},
    )
    db["case_people"].create_index(["person"])
    db.conn.execute("create unique index case_owner on case_people (\"case\") where role = 'owner'")
    db["case_volumes"].create(
        {"id": str, "case": str, "no": int, "title": str, "checked_by": str, "checked_at": int},
        pk="id",
        not_null={"case", "no", "title", "checked_by", "checked_at"},
        defaults={"title": "", "checked_by": "", "checked_at": 0},
    )
    db["case_volumes"].create_index(["case", "no"], unique=True)
    db["case_documents"].create(
        {
            "document": str,
            "case": str,
            "volume": str,
            "place": int,  # in its volume
            "title": str,
            "kind": str,
            "date": str,  # yyyy-mm-dd; "" not said
            "bl_from": str,  # as typed in the list of documents of the file
            "bl_to": str,
            "original": str,  # the name that the file came by
            "sha": str,
            "by": str,
            "at": int,
        },
        pk="document",
        not_null={
            "case",
            "volume",
            "place",
            "title",
            "kind",
            "date",
            "bl_from",
            "bl_to",
            "original",
            "sha",
            "by",
            "at",
        },
        defaults={"kind": "", "date": "", "bl_from": "", "bl_to": "", "original": ""},
    )
    db["case_documents"].create_index(["case", "volume", "place"])
    db["case_log"].create(
        {"case": str, "seq": int, "at": str, "by": str, "name": str, "data": str, "hash": str},
        pk=("case", "seq"),
        not_null={"at", "by", "name", "data", "hash"},
    )
    db["case_reads"].create(
        {"case": str, "person": str, "document": str, "page": int, "minute": int, "how": str},  # opened | fetched
        pk=("case", "person", "document", "page", "minute"),
        not_null={"how"},
    )
    db["handovers"].create(
        {
            "id": str,
            "case": str,
            "giver": str,
            "taker": str,
            "by": str,  # who started it
            "at": int,
            "reason": str,
            "keep": str,  # JSON: helpers who stay
            "papers": str,  # what of the paper file goes with it
            "state": str,  # open | confirmed | declined | withdrawn
            "ended_at": int,
            "stands": str,  # JSON: what the record says, as it stood at the confirmation
        },
        pk="id",
        not_null={"case", "giver", "taker", "by", "at", "reason", "keep", "papers", "state", "ended_at", "stands"},
        defaults={"reason": "", "keep": "[]", "papers": "", "state": "open", "ended_at": 0, "stands": "{}"},
    )
    db["handovers"].create_index(["case"])
    db.conn.execute("create unique index handover_open on handovers (\"case\") where state = 'open'")
    db["case_uploads"].create(
        {
            "id": str,
            "case": str,
            "by": str,
            "at": int,
            "seen_at": int,
            "filename": str,
            "length": int,
            "offset": int,
            "state": str,  # arriving | checking | arrived | failed
            "error": str,
            "detail": str,  # JSON
            "type": str,
            "sha": str,
            "part_of": str,  # the ZIP that it came in
        },
        pk="id",
        not_null={"case", "by", "at", "seen_at", "filename", "length", "offset", "state", "error", "detail", "type",
                  "sha", "part_of"},
        defaults={"offset": 0, "state": "arriving", "error": "", "detail": "{}", "type": "", "sha": "", "part_of": ""},
    )  # fmt: skip
    db["case_uploads"].create_index(["case"])
    db["case_tombstones"].create(
        {"case": str, "code": str, "by": str, "at": int, "reason": str, "pages": int, "seq": int, "hash": str},
        pk="case",
        not_null={"code", "by", "at", "reason", "pages", "seq", "hash"},
    )


@migrations(name="085_exhibits")
def exhibits(db):
    """Which meetings that are not over have a case attached."""
    db["exhibits"].create({"case": str, "meeting": str}, pk=("case", "meeting"))
    db["exhibits"].create_index(["meeting"])


@migrations(name="075_numberings")
def numberings(db):
    """How the pages of a case are numbered (bút lục): the runs that somebody set, and each label by them."""
    db["numberings"].create(
        {
            "id": str,
            "case": str,
            "name": str,  # BL-CQĐT | BL-VKS | …
            "version": int,
            "is_default": int,
            "since": int,
            "replaced_at": int,  # 0: the version that counts
            "by": str,
            "reason": str,
        },
        pk="id",
        not_null={"case", "name", "version", "is_default", "since", "replaced_at", "by", "reason"},
        defaults={"is_default": 0, "replaced_at": 0, "reason": ""},
    )
    db["numberings"].create_index(["case", "name", "version"], unique=True)
    db["runs"].create(
        {
            "numbering": str,
            "position": int,
            "document": str,
            "first": int,
            "last": int,
            "start": int,
            "rule": str,  # page | sheet | one | none
            "suffix": str,
            "side": str,
        },
        pk=("numbering", "position"),
        not_null={"document", "first", "last", "start", "rule", "suffix", "side"},
    )
    db["runs"].create_index(["document"])
    db.conn.execute(
        "create table labels (numbering text not null, document text not null, page integer not null,"
        " number integer not null, suffix text not null, side text not null, sort integer not null,"
        " run integer not null, primary key (document, page, numbering)) without rowid"
    )
    db["labels"].create_index(["numbering", "sort"])


@migrations(name="076_page_looks")
def page_looks(db):
    """What the pictures of a case's pages told: numbers that were read in their corners (0: none), the part that is
    ink (negative: the page could not be drawn), a hash that a copy of the page has too."""
    db["page_looks"].create(
        {"sha": str, "page": int, "top": int, "bottom": int, "turned": int, "picture": str, "ink": float, "at": int},
        pk=("sha", "page"),
        not_null={"top", "bottom", "turned", "picture", "ink", "at"},
    )


@migrations(name="080_maps")
def maps(db):
    """Mind maps: as they are now, every operation in a chain, what was published, what came with an imported file."""
    db["maps"].create(
        {
            "id": str,
            "case": str,
            "title": str,
            "rev": int,
            "body": str,  # JSON: cases/tree.py
            "source": str,  # the name of the file it came from
            "source_sha": str,
            "by": str,
            "at": int,
            "changed_at": int,
            "removed_at": int,  # 0: it is there
        },
        pk="id",
        not_null={"case", "title", "rev", "body", "source", "source_sha", "by", "at", "changed_at", "removed_at"},
        defaults={"source": "", "source_sha": "", "removed_at": 0},
    )
    db["maps"].create_index(["case"])
    db["map_ops"].create(
        {"map": str, "rev": int, "id": str, "at": int, "by": str, "op": str, "back": str, "hash": str},
        pk=("map", "rev"),
        not_null={"id", "at", "by", "op", "back", "hash"},
    )
    db["map_ops"].create_index(["map", "id"], unique=True)
    db["map_versions"].create(
        {"map": str, "version": int, "rev": int, "at": int, "by": str, "owner": str, "leaders": str, "room": str},
        pk=("map", "version"),  # the last three: SHA-256 of what each audience may see
        not_null={"rev", "at", "by", "owner", "leaders", "room"},
    )
    db["map_bodies"].create({"map": str, "sha": str, "body": str}, pk=("map", "sha"), not_null={"body"})
    db["map_files"].create(
        {"map": str, "name": str, "sha": str, "type": str, "bytes": int, "data": bytes},
        pk=("map", "name"),  # the name in the file; "picture/<sha>" of one that was added here
        not_null={"sha", "type", "bytes", "data"},
    )
    # What was typed and could not be put where it was meant: it waits for its author.
    db["map_trays"].create(
        {"map": str, "id": str, "person": str, "at": int, "code": str, "op": str},
        pk=("map", "person", "id"),
        not_null={"at", "code", "op"},
    )


@migrations(name="088_case_reports")
def case_reports(db):
    """In which meetings a case is, or was, reported."""
    db["case_reports"].create({"case": str, "meeting": str}, pk=("case", "meeting"))
    db["case_reports"].create_index(["meeting"])
    # The versions of maps that were reported: what each audience saw of them, by hash.
    db["map_reports"].create(
        {"map": str, "version": int, "meeting": str, "at": int, "owner": str, "leaders": str, "room": str},
        pk=("map", "version", "meeting"),
        not_null={"at", "owner", "leaders", "room"},
    )


@migrations(name="090_case_media")
def case_media(db):
    """Photos, audio and video of a case; the ranges of them that have a name."""
    db["case_media"].create(
        {
            "id": str,
            "case": str,
            "place": int,
            "kind": str,  # photo | audio | video
            "title": str,
            "caption": str,
            "bl": str,  # as typed
            "filename": str,
            "sha": str,  # of the original at its arrival; "" of a still that is not made yet
            "bytes": int,
            "format": str,  # cases/media/formats.py
            "state": str,  # waiting | working | ready | failed
            "percent": int,
            "error": str,
            "detail": str,  # JSON
            "seconds": float,
            "width": int,
            "height": int,
            "transcoded": int,  # 1: what is shown is not as it was recorded
            "source": str,  # of a still: the video it was taken from …
            "second": float,  # … and where
            "by": str,
            "at": int,
        },
        pk="id",
        not_null={"case", "place", "kind", "title", "caption", "bl", "filename", "sha", "bytes", "format", "state",
                  "percent", "error", "detail", "seconds", "width", "height", "transcoded", "source", "second", "by",
                  "at"},
        defaults={"caption": "", "bl": "", "percent": 0, "error": "", "detail": "{}", "seconds": 0, "width": 0,
                  "height": 0, "transcoded": 0, "source": "", "second": 0},
    )  # fmt: skip
    db["case_media"].create_index(["case"])
    db["case_media"].create_index(["sha"])
    db["case_media_clips"].create(
        {"id": str, "case": str, "media": str, "title": str, "from": float, "to": float, "by": str, "at": int},
        pk="id",
        not_null={"case", "media", "title", "from", "to", "by", "at"},
    )
    db["case_media_clips"].create_index(["case", "media"])


@migrations(name="091_scripts")
def scripts(db):
    """Presentation scripts: as they are now, every operation; and the excerpts that are kept on a page of a case."""
    db["scripts"].create(
        # `is_default`: the one that is presented, unless another is chosen; `body`: JSON, cases/scripts/steps.py;
        # `removed_at` 0: it is there.
        {"id": str, "case": str, "title": str, "is_default": int, "rev": int, "body": str, "by": str, "at": int,
         "changed_at": int, "removed_at": int},
        pk="id",
        not_null={"case", "title", "is_default", "rev", "body", "by", "at", "changed_at", "removed_at"},
        defaults={"is_default": 0, "removed_at": 0},
    )  # fmt: skip
    db["scripts"].create_index(["case"])
    db["script_ops"].create(
        {"script": str, "rev": int, "case": str, "id": str, "at": int, "by": str, "op": str, "back": str},
        pk=("script", "rev"),
        not_null={"case", "id", "at", "by", "op", "back"},
    )
    db["script_ops"].create_index(["script", "id"], unique=True)
    # Which steps were painted on a big screen, as they are now: `place` says what the step showed then.
    db["script_painted"].create(
        {"script": str, "step": str, "case": str, "place": str, "screen": str, "at": int},
        pk=("script", "step"),
        not_null={"case", "place", "screen", "at"},
    )
    db["kept_callouts"].create(
        # `rects`: JSON, [[x, y, width, height]] in fractions of the page; `sha`: of the scan on which they were drawn,
        # or looked at since.
        {"id": str, "case": str, "document": str, "page": int, "name": str, "rects": str, "sha": str, "rev": int,
         "by": str, "at": int, "changed_at": int, "removed_at": int},
        pk="id",
        not_null={"case", "document", "page", "name", "rects", "sha", "rev", "by", "at", "changed_at", "removed_at"},
        defaults={"rev": 1, "removed_at": 0},
    )  # fmt: skip
    db["kept_callouts"].create_index(["document", "page"])


@migrations(name="092_case_packages")
def case_packages(db):
    """Packages of a case that leave the office: asked for, consented to, made, out, back. No column is named `case`:
    of a case that is deleted while its package is out, the line stays until it is back."""
    db["case_packages"].create(
        {
            "id": str,
            "of": str,  # the case; "" once it is deleted
            "code": str,
            "title": str,
            "state": str,  # asked | building | ready | out | returned | refused | withdrawn | failed
            "purpose": str,
            "court": str,
            "audience": str,  # owner | leaders | room: whose maps are in it
            "contents": str,  # script | map
            "maps": str,  # JSON: [{id, title, version}]
            "due": str,  # yyyy-mm-dd, the day by which it is back
            "holder": str,
            "holder_name": str,  # as on the day it was asked for
            "asked_at": int,
            "decided_by": str,
            "decided_name": str,
            "decided_at": int,
            "reason": str,  # why it was refused, withdrawn or could not be made
            "year": int,
            "number": int,  # of the consent, within the year; 0: there is none
            "folder": str,
            "sha": str,
            "bytes": int,
            "pages": int,
            "percent": int,
            "built_at": int,
            "out_at": int,  # first downloaded
            "returned_at": int,
            "returned_how": str,  # deleted | handed_back
            "returned_by": str,
        },
        pk="id",
        not_null={"of", "code", "title", "state", "purpose", "court", "audience", "contents", "maps", "due", "holder",
                  "holder_name", "asked_at", "decided_by", "decided_name", "decided_at", "reason", "year", "number",
                  "folder", "sha", "bytes", "pages", "percent", "built_at", "out_at", "returned_at", "returned_how",
                  "returned_by"},
        defaults={"decided_by": "", "decided_name": "", "decided_at": 0, "reason": "", "year": 0, "number": 0,
                  "folder": "", "sha": "", "bytes": 0, "pages": 0, "percent": 0, "built_at": 0, "out_at": 0,
                  "returned_at": 0, "returned_how": "", "returned_by": ""},
    )  # fmt: skip
    db["case_packages"].create_index(["of"])
    db["case_packages"].create_index(["holder"])
    # Numbers of consents are given once, also where the case is deleted.
    db["package_numbers"].create({"year": int, "last": int}, pk="year", not_null={"last"})


@migrations(name="093_court")
def court(db):
    """Trials that are followed: who observes them, what they wrote down, and what was before each change."""
    db["court_hearings"].create(
        {
            "id": str,
            "case": str,
            "court": str,
            "panel": str,
            "place": str,
            "days": str,  # JSON: [yyyy-mm-dd]
            "sites": str,  # JSON: [name]
            "prosecutors": str,  # JSON: [name]
            "people": str,  # JSON: [{role, name}]: who speaks
            "public": str,  # open | closed: to the public
            "by": str,
            "at": int,
            "closed_at": int,  # 0: entries are taken
            "rev": int,  # goes up with every change of it and of its entries
            "own_rev": int,  # its own last change, of that count
        },
        pk="id",
        not_null={"case", "court", "panel", "place", "days", "sites", "prosecutors", "people", "public", "by", "at",
                  "closed_at", "rev", "own_rev"},
        defaults={"panel": "", "place": "", "closed_at": 0, "rev": 0, "own_rev": 0},
    )  # fmt: skip
    db["court_hearings"].create_index(["case"])
    db["court_observers"].create(
        {"hearing": str, "case": str, "person": str, "site": str, "invited": int, "by": str, "at": int},
        pk=("hearing", "person"),  # invited: by name, from outside of the case's list
        not_null={"case", "site", "invited", "by", "at"},
    )
    db["court_observers"].create_index(["person"])
    db["court_observers"].create_index(["case"])
    db["court_entries"].create(
        {
            "id": str,
            "case": str,
            "hearing": str,
            "n": int,
            "rev": int,
            "at": int,  # when it reached the server
            "moment": int,  # when it was written, as far as is known: `at` less what it waited
            "typed_at": int,  # the same by the clock of the device
            "astray": int,  # by how much that clock was ahead of the server's; ms
            "phase": str,
            "place": int,  # of the phase in a trial
            "role": str,
            "name": str,
            "kind": str,
            "text": str,
            "bl": str,
            "site": str,
            "cited": str,  # JSON: [{label, result, document, page}]: the pages it meant when it came
            "plain": str,  # for the search: without marks
            "by": str,
            "edited_at": int,
            "edits": int,
            "removed_at": int,
            "marked": str,  # by whom; "": not
            "joined": str,  # the entry that it says the same as; "": stands for itself
            "joined_by": str,
        },
        pk="id",
        not_null={"case", "hearing", "n", "rev", "at", "moment", "typed_at", "astray", "phase", "place", "role", "name",
                  "kind", "text", "bl", "site", "cited", "plain", "by", "edited_at", "edits", "removed_at", "marked",
                  "joined", "joined_by"},
        defaults={"edited_at": 0, "edits": 0, "removed_at": 0, "marked": "", "joined": "", "joined_by": ""},
    )  # fmt: skip
    db["court_entries"].create_index(["hearing", "rev"])
    db["court_entries"].create_index(["hearing", "place", "moment", "n"])
    db["court_entries"].create_index(["hearing", "joined"])
    db["court_entries"].create_index(["case"])
    db["court_changes"].create(
        {"hearing": str, "op": str, "case": str, "entry": str, "at": int, "by": str, "what": str, "before": str},
        pk=("hearing", "op"),
        not_null={"case", "entry", "at", "by", "what", "before"},
    )
    db["court_changes"].create_index(["entry"])
    db["court_changes"].create_index(["case"])


@migrations(name="094_script_trials")
def script_trials(db):
    """What a big screen of a meeting said of each step of a script that was tried on it before."""
    db["script_trials"].create(
        {"meeting": str, "screen": str, "script": str, "step": str, "case": str, "place": str, "why": str, "at": int},
        pk=("meeting", "screen", "script", "step"),
        not_null={"case", "place", "why", "at"},
    )
    db["script_trials"].create_index(["case"])


@migrations(name="095_callout_labels")
def callout_labels(db):
    """What the page of a kept excerpt was called when it was drawn, or looked at since; "" of those from before."""
    db["kept_callouts"].add_column("label", str, not_null_default="")

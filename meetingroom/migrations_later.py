"""The changes of the schema since the record, in order; those before are in `migrations.py`. Appended, never edited."""

from meetingroom.migrations import migrations


@migrations(name="034_minutes_templates")
def minutes_templates(db):
    """Skeletons of text for the minutes, by kind of meeting."""
    db["minutes_templates"].create(
        {"id": str, "kind": str, "title": str, "html": str, "at": int, "by": str},
        pk="id",
        not_null={"kind", "title", "html", "at", "by"},
    )


@migrations(name="040_archives")
def archives(db):
    """Packages of archived meetings, what they are searched by, how long they are kept, what is left of those that were
    destroyed; what an administrator asked to be withheld; the backups that were made."""
    db["archives"].create(
        {
            "meeting": str,
            "title": str,
            "kind": str,
            "unit": str,
            "series": str,
            "started_at": int,
            "archived_at": int,
            "name": str,
            "file": str,  # SHA-256 of the package; "": not made yet
            "bytes": int,
            "sealed_at": int,
            "problem": str,  # why it could not be made
            "code": str,
            "keep_until": str,  # yyyy-mm-dd; "": for good, or no code
        },
        pk="meeting",
        not_null={"title", "kind", "unit", "series", "started_at", "archived_at", "name", "file", "bytes", "sealed_at",
                  "problem", "code", "keep_until"},
        defaults={"series": "", "name": "", "file": "", "bytes": 0, "sealed_at": 0, "problem": ""},
    )  # fmt: skip
    db["archives"].create_index(["started_at"])
    db["archives"].create_index(["keep_until"])
    db["archives"].create_index(["file"])
    db.conn.execute(
        "create virtual table archive_texts using fts5 (meeting unindexed, text, plain,"
        " tokenize = 'unicode61 remove_diacritics 0')"
    )
    db["retention_codes"].create(
        {"code": str, "title": str, "years": int, "position": int},  # years 0: for good
        pk="code",
        not_null={"title", "years", "position"},
    )
    db["retention_codes"].insert_all(
        {"code": code, "title": title, "years": years, "position": n}
        for n, (code, title, years) in enumerate(
            (
                ("VV", "Vĩnh viễn", 0),
                ("70N", "70 năm", 70),
                ("20N", "20 năm", 20),
                ("10N", "10 năm", 10),
                ("5N", "5 năm", 5),
            )
        )
    )
    db["destructions"].create(
        {"meeting": str, "decision": str, "date": str, "keep_title": int, "by": str, "at": int},
        pk="meeting",
        not_null={"decision", "date", "keep_title", "by", "at"},
    )
    db["tombstones"].create(
        {
            "meeting": str,
            "title": str,  # "" where it may not be said
            "numbers": str,  # JSON
            "started_at": int,
            "archived_at": int,
            "file": str,
            "code": str,
            "keep_until": str,
            "decision": str,
            "date": str,
            "by": str,
            "confirmed_by": str,
            "at": int,
        },
        pk="meeting",
    )
    db["redactions"].create(
        {"meeting": str, "seq": int, "reason": str, "by": str, "at": int},
        pk=("meeting", "seq"),
        not_null={"reason", "by", "at"},
    )
    db["backups"].create(
        {
            "file": str,
            "at": int,
            "bytes": int,
            "sha256": str,
            "problems": str,
            "second": str,
            "tried_at": int,
            "tried": str,
        },
        pk="file",
        not_null={"at", "bytes", "sha256", "problems", "second", "tried_at", "tried"},
        defaults={"problems": "", "second": "", "tried_at": 0, "tried": ""},
    )


@migrations(name="050_rows_of_archive_texts")
def rows_of_archive_texts(db):
    """Each archive knows the row of its text: a search asks FTS5 for row numbers alone and reads no text that is not
    shown (with the meeting's id, a word that stands in every archive read them all)."""
    db["archives"].add_column("text_row", int)
    db.conn.execute(
        "update archives set text_row = (select t.rowid from archive_texts t where t.meeting = archives.meeting)"
    )
    db["archives"].create_index(["text_row"], unique=True)


@migrations(name="051_backups_are_checked")
def backups_are_checked(db):
    """When a backup was last read through, and what came of it."""
    db["backups"].add_column("checked_at", int, not_null_default=0)
    db["backups"].add_column("checked", str, not_null_default="")


@migrations(name="052_supplements_of_archives")
def supplements_of_archives(db):
    """What came to a dossier after it was sealed: a small package of its own, `…-bs1`, beside the sealed one."""
    db["archive_supplements"].create(
        {
            "meeting": str,
            "n": int,
            "name": str,
            "file": str,  # SHA-256
            "bytes": int,
            "title": str,
            "belongs_to": str,  # SHA-256 of the package that it came after
            "at": int,
            "by": str,
        },
        pk=("meeting", "n"),
        not_null={"name", "file", "bytes", "title", "belongs_to", "at", "by"},
    )


@migrations(name="053_closes_and_conclusions_by_meeting")
def closes_and_conclusions_by_meeting(db):
    """Home asks of many meetings when they were closed and whether they came to conclusions: without reading their
    logs. Of these few facts only, so that a page turn writes no more than it did."""
    db.conn.execute(
        "create index closes_and_conclusions on events (meeting, name, at)"
        " where name in ('MeetingClosed', 'ConclusionRecorded', 'ConclusionRemoved')"
    )


@migrations(name="054_swapped_days")
def swapped_days(db):
    """Days off and working days that are otherwise than the kept list of holidays has them."""
    db["swapped_days"].create(
        {"day": str, "works": int, "reason": str, "by": str, "at": int},  # day: yyyy-mm-dd
        pk="day",
        not_null={"works", "reason", "by", "at"},
    )


@migrations(name="055_former_packages")
def former_packages(db):
    """Packages that were sealed anew since: whoever has a copy learns that another took its place."""
    db["former_packages"].create(
        {"file": str, "meeting": str, "name": str, "sealed_at": int, "replaced_at": int},
        pk="file",
        not_null={"meeting", "name", "sealed_at", "replaced_at"},
    )
    db.conn.execute(
        """
        insert or ignore into former_packages (file, meeting, name, sealed_at, replaced_at)
        select json_extract(data, '$.sha256'), meeting, json_extract(data, '$.file'),
            cast(strftime('%s', at) as integer) * 1000, cast(strftime('%s', later) as integer) * 1000
        from (select e.meeting, e.at, e.data,
                lead(e.at) over (partition by e.meeting order by e.seq) as later
            from events e join archives a on a.meeting = e.meeting where e.name = 'ArchiveSealed')
        where later is not null and json_extract(data, '$.sha256') is not null
            and json_extract(data, '$.sha256') not in (select file from archives)
        """
    )


@migrations(name="056_read_back_by_meeting")
def read_back_by_meeting(db):
    """Home asks of many meetings whether their conclusions were read back to the chair: of this one fact only."""
    db.conn.execute("create index read_back on events (meeting, name) where name = 'ConclusionsSubmitted'")


@migrations(name="057_invitations")
def invitations(db):
    """What was sent of a meeting's invitations (its number rises with every change), and to whom, with what became of
    it."""
    db["mailings"].create(
        {"meeting": str, "sequence": int, "state": str, "seen": str, "seen_at": int},
        pk="meeting",
        not_null={"sequence", "state", "seen", "seen_at"},
    )
    db["invitation_mails"].create(
        {
            "meeting": str,
            "person": str,
            "name": str,
            "address": str,
            "language": str,
            "sequence": int,
            "method": str,  # REQUEST | CANCEL
            "frame": str,  # digest of title, time and place
            "data": str,  # JSON: {title, starts_at, ends_at, place, chair, off}
            "status": str,  # queued | sent | failed
            "attempts": int,
            "next_at": int,
            "error": str,
            "at": int,
            "by": str,
            "sent_at": int,  # when the mail server last took one
        },
        pk=("meeting", "person"),
        not_null={"name", "address", "language", "sequence", "method", "frame", "data", "status", "attempts",
                  "next_at", "error", "at", "by", "sent_at"},
    )  # fmt: skip
    db["invitation_mails"].create_index(["status", "next_at"])


@migrations(name="058_text_state")
def text_state(db):
    """Which text of a document holds: `t` rises whenever its words change, and is part of their address. `source`: pdf
    or ocr; `done` of `of` pages have been read, `conf` (0 to 100) is how surely."""
    db["text_state"].create(
        {"document": str, "t": int, "source": str, "done": int, "of": int, "conf": int},
        pk="document",
        not_null={"t", "source", "done", "of", "conf"},
        defaults={"t": 1, "source": "pdf", "done": 0, "of": 0, "conf": 100},
    )
    db.conn.execute(
        "insert into text_state (document, t, source, done, of, conf)"
        " select id, 1, 'pdf', pages, pages, 100 from documents where status = 'ready'"
    )


@migrations(name="059_marks")
def marks(db):
    """What people mark for themselves alone. `rev` counts a person's changes; a dropped one (ms) is a tombstone without
    a body. `mark_ops`: what was answered to each act. `exports`: copies of a paper with marks that were asked for."""
    db["marks"].create(
        {
            "person": str,
            "id": str,
            "meeting": str,
            "paper": str,
            "document": str,
            "page": int,
            "kind": str,  # ink | highlight | note | bookmark
            "body": str,  # JSON
            "rev": int,
            "at": int,  # by the device's clock: shown only
            "from": str,  # the mark of an earlier version that this one was carried over from
            "dropped": int,
        },
        pk=("person", "id"),
        not_null={"meeting", "paper", "document", "page", "kind", "body", "rev", "at", "from", "dropped"},
    )
    db["marks"].create_index(["person", "paper", "rev"])
    db["marks"].create_index(["paper"])
    db["marks"].create_index(["meeting"])
    db["mark_revs"].create({"person": str, "rev": int, "swept": int}, pk="person", not_null={"rev", "swept"})
    db["mark_ops"].create(
        {"person": str, "op": str, "meeting": str, "answer": str, "at": int},
        pk=("person", "op"),
        not_null={"meeting", "answer", "at"},
    )
    db["exports"].create(
        {
            "id": str,
            "person": str,
            "meeting": str,
            "paper": str,
            "document": str,
            "what": str,  # ink | mine | both
            "kind": str,  # annots | flat
            "language": str,
            "status": str,  # queued | ready | failed
            "at": int,
        },
        pk="id",
        not_null={"person", "meeting", "paper", "document", "what", "kind", "language", "status", "at"},
    )
    db["exports"].create_index(["person", "status"])


@migrations(name="060_versions")
def versions(db):
    """Which documents were a paper before it was replaced, and what two documents have in common: `map` pairs their
    pages ([[old, new, count, same | changed]]), `pages` says of each changed page what is new there and gone."""
    db["paper_versions"].create(
        {"document": str, "paper": str, "meeting": str, "n": int},
        pk="document",
        not_null={"paper", "meeting", "n"},
    )
    db["paper_versions"].create_index(["paper"])
    db["matches"].create(
        {
            "old": str,
            "new": str,
            "status": str,  # comparing | done | failed
            "map": str,  # JSON
            "pages": str,  # JSON: {new page: {kind, numbers, added, removed, …}}
            "at": int,
        },
        pk=("old", "new"),
        not_null={"status", "map", "pages", "at"},
    )
    db["matches"].create_index(["new"])


@migrations(name="061_search")
def search(db):
    """What is found by its words: pages of papers, agendas, minutes, conclusions, ballots, own notes. `ref` is what a
    row is of, `scope` who may see it (search/scopes.py), `weight` what it counts for; ids grow with time. Two indexes
    are kept by triggers: without accents, and as it is written. `search_state` is how far which of it has been read."""
    db.conn.execute(
        "create table search_rows (id integer primary key, ref text not null unique, scope text not null,"
        " kind text not null, meeting text not null, document text not null, page integer not null,"
        " item text not null, weight real not null, title text not null, body text not null)"
    )
    db.conn.execute("create index search_rows_document on search_rows (document)")
    db.conn.execute("create index search_rows_meeting on search_rows (meeting)")
    for table, options in (
        ("search_folded", "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'"),
        ("search_exact", "tokenize = 'unicode61 remove_diacritics 0'"),
    ):
        db.conn.execute(
            f"create virtual table {table} using fts5 (title, body, content = 'search_rows', content_rowid = 'id',"
            f" {options})"
        )
        add = f"insert into {table} (rowid, title, body) values (new.id, new.title, new.body);"  # noqa: S608
        gone = "('delete', old.id, old.title, old.body)"
        remove = f"insert into {table} ({table}, rowid, title, body) values {gone};"  # noqa: S608
        for name, when, what in (
            ("added", "insert", add),
            ("removed", "delete", remove),
            ("changed", "update of title, body", remove + add),
        ):
            db.conn.execute(f"create trigger {table}_{name} after {when} on search_rows begin {what} end")
    db.conn.execute(
        "create trigger search_forgets_documents after delete on documents begin"
        " delete from search_rows where document = old.id and kind = 'page';"
        " delete from search_state where subject = old.id; end"
    )
    db["search_state"].create({"subject": str, "meeting": str, "t": int}, pk="subject", not_null={"meeting", "t"})
    # A note is found by whoever wrote it, from the transaction on in which it is kept.
    forget = "delete from search_rows where ref = 'note/' || old.person || '/' || old.id;"
    keep = (
        "delete from search_rows where ref = 'note/' || new.person || '/' || new.id;"
        " insert into search_rows (ref, scope, kind, meeting, document, page, item, weight, title, body)"
        " select 'note/' || new.person || '/' || new.id, 'u:' || new.person || ':' || new.meeting, 'note', new.meeting,"
        " new.document, new.page, '', 1, '', trim(coalesce(json_extract(new.body, '$.note'), '') || ' ' ||"
        " coalesce(json_extract(new.body, '$.text'), json_extract(new.body, '$.quote'), ''))"
        " where new.dropped = 0 and new.kind in ('note', 'highlight') and json_valid(new.body);"
    )
    for name, when, what in (("kept", "insert", keep), ("changed", "update", keep), ("gone", "delete", forget)):
        db.conn.execute(f"create trigger search_note_{name} after {when} on marks begin {what} end")
    db.conn.execute("update marks set kind = kind where kind in ('note', 'highlight')")


@migrations(name="062_rights_of_papers")
def rights_of_papers(db):
    """Of a paper: `limited` where more is to be asked than `readers` says, and when the bell rings next (ms)."""
    db["papers"].add_column("limited", int, not_null_default=0)
    db["papers"].add_column("rings_at", int, not_null_default=0)


@migrations(name="063_recognition")
def recognition(db):
    """Pages without words of their own, whose words are recognised. `of`: how many a file has; `announced`: whether a
    revision of the text of its documents has told of the page; `stamp`: of a state secret, found on it."""
    db["recognitions"].create({"sha": str, "of": int}, pk="sha", not_null={"of"})
    db["recognised_pages"].create(
        {"sha": str, "page": int, "conf": int, "stamp": str, "announced": int, "at": int},
        pk=("sha", "page"),
        not_null={"conf", "stamp", "announced", "at"},
    )


@migrations(name="064_letters_of_invitation")
def letters_of_invitation(db):
    """Whether the official letter went with an invitation: issued, made, missing; "" where none was to."""
    db["invitation_mails"].add_column("letter", str, not_null_default="")


@migrations(name="065_recognition_forgets")
def recognition_forgets(db):
    """Of a file that nobody has any more nothing is remembered."""
    db.conn.execute(
        "create trigger recognition_forgets_files after delete on documents"
        " when not exists (select 1 from documents where documents.sha = old.sha) begin"
        " delete from recognitions where sha = old.sha; delete from recognised_pages where sha = old.sha; end"
    )
    for table in ("recognitions", "recognised_pages"):
        db.conn.execute(f"delete from {table} where sha not in (select sha from documents)")  # noqa: S608 (names are ours)


@migrations(name="066_openings_and_recalls")
def openings_and_recalls(db):
    """Who opened which paper (of a restricted one each page, with the code that its picture bears); which devices have
    fetched what; which of them have confirmed that a recalled paper is gone. When the bell recalls a paper (ms)."""
    db["openings"].create(
        {
            "id": int,
            "meeting": str,
            "paper": str,
            "document": str,
            "page": int,
            "person": str,  # "" where a big screen shows it
            "device": str,
            "at": int,
            "code": str,  # "" of papers that are not restricted
        },
        pk="id",
        not_null={"meeting", "paper", "document", "page", "person", "device", "at", "code"},
    )
    db["openings"].create_index(["paper", "person"])
    db["openings"].create_index(["meeting"])
    db["kept"].create(
        {
            "device": str,
            "person": str,
            "document": str,
            "meeting": str,
            "pages": int,
            "store": str,  # browser | memory, where nothing may be kept
            "at": int,
        },
        pk=("document", "device", "person"),
        not_null={"meeting", "pages", "store", "at"},
    )
    db["kept"].create_index(["device"])
    db["kept"].create_index(["meeting"])
    db["receipts"].create(
        {"recall": str, "device": str, "person": str, "meeting": str, "pages": int, "failed": int, "at": int},
        pk=("recall", "device"),
        not_null={"person", "meeting", "pages", "failed", "at"},
    )
    db["receipts"].create_index(["meeting"])
    db["papers"].add_column("recall_at", int, not_null_default=0)
    db["papers"].add_column("recalled", str, not_null_default="")
    db.conn.execute("create index papers_recalled on papers (recalled) where recalled <> ''")
    db.conn.execute("create index papers_recall_at on papers (recall_at) where recall_at > 0")


@migrations(name="067_search_sight")
def search_sight(db):
    """Who may see a hit, and of what kind it is, without a look at the row, which has all the words of a page."""
    db.conn.execute("create index search_rows_sight on search_rows (id, scope, kind, document)")


@migrations(name="068_search_scope")
def search_scope(db):
    """The rows that somebody may see who sees few."""
    db.conn.execute("create index search_rows_scope on search_rows (scope, kind, document)")


@migrations(name="069_papers_of_a_meeting")
def papers_of_a_meeting(db):
    """What is asked with pages of the desk: the papers of some meetings, what the audit has of one kind."""
    db["papers"].create_index(["meeting"])
    db["audit"].create_index(["name"])

"""The changes of the schema for the case room since excerpts have marks, in order. Appended, never edited."""

import json

from meetingroom.migrations_cases import migrations


@migrations(name="096_marked_excerpts")
def marked_excerpts(db):
    """Words that are marked in a kept excerpt; and of excerpts that stand on a node of a map, on which scan they were
    drawn, or looked at since. Those of before count as drawn on the scan that is there now: it was never another."""
    # JSON, [[x, y, width, height]] in fractions of the page: the lines that are marked
    db["kept_callouts"].add_column("marks", str, not_null_default="[]")
    db["node_excerpts"].create(
        # `frame`: x, y, width, height in thousandths of the page, with commas; `label`: what the page was called.
        {"map": str, "node": str, "document": str, "page": int, "frame": str, "case": str, "sha": str, "label": str,
         "by": str, "at": int},
        pk=("map", "node", "document", "page", "frame"),
        not_null={"case", "sha", "label", "by", "at"},
    )  # fmt: skip
    db["node_excerpts"].create_index(["case"])
    framed = 'select id, "case", "by", changed_at, body from maps where body like \'%"rect":[%\''
    for map, case, by, at, body in db.conn.execute(framed).fetchall():
        for node, fields in json.loads(body)["nodes"].items():
            for anchor in fields.get("anchors", ()):
                for end in (anchor, anchor.get("left", {}), anchor.get("right", {})):
                    if not end.get("rect") or "document" not in end:
                        continue
                    frame = ",".join(str(round(value * 1000)) for value in end["rect"])
                    place = (map, node, end["document"], end["page"], frame)
                    db.conn.execute(
                        "insert or ignore into node_excerpts select ?, ?, ?, ?, ?, ?, sha, '', ?, ? from documents"
                        " where id = ?", (*place, case, by, at, end["document"]),
                    )  # fmt: skip


@migrations(name="097_joined_pictures")
def joined_pictures(db):
    """Pictures that are pages of one document wait beside it until it is confirmed, or taken apart again."""
    db["case_uploads"].add_column("joined", str, not_null_default="")  # the upload it is a page of


@migrations(name="098_pages_of_pictures")
def pages_of_pictures(db):
    """A TIFF may hold a whole file: its pages are counted when it comes."""
    db["case_uploads"].add_column("pages", int, not_null_default=1)


@migrations(name="099_refusals_alone")
def refusals_alone(db):
    """A command that is done writes its answer into one page instead of three. In which order they came is asked of
    refusals alone, by person (log.remember_answer)."""
    db.conn.execute("alter table answers rename to answers_before")
    db.conn.execute(
        "create table answers (meeting text, id text, by text not null, name text not null, answer text not null,"
        " refused integer, primary key (meeting, id)) without rowid"  # a number of that person's refusals; null: done
    )
    refusal = "answer like '{\"code\"%'"
    db.conn.execute(
        "insert into answers select meeting, id, by, name, answer,"  # noqa: S608
        f" iif({refusal}, row_number() over (partition by meeting, by, {refusal} order by rowid), null)"
        " from answers_before"
    )
    db.conn.execute("drop table answers_before")
    db.conn.execute("create index refusals on answers (meeting, by, refused) where refused is not null")


@migrations(name="100_failed_pages")
def failed_pages(db):
    """Every list of a case's documents names the pages that could not be drawn, of which there are hardly any."""
    db.conn.execute("create index pages_failed on pages (document, n) where status = 'failed'")

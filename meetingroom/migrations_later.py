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

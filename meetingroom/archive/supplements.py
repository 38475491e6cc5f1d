"""A paper that comes after the seal (a signed seal slip, a copy signed late) lies in a package of its own: `…-bs1.zip`.

The sealed package stays as it is. The supplement names it by its SHA-256, and is checked in the same ways.
"""

import json
import threading
from collections import defaultdict

from meetingroom import clock
from meetingroom.archive import bag, contents, store, supplement_store
from meetingroom.archive.bag import Member
from meetingroom.auth import account_store
from meetingroom.documents import content_store
from meetingroom.meeting import checks
from meetingroom.meeting.kernel import Refused
from meetingroom.web.errors import Problem

MOST = 50
README = """Phần bổ sung của gói hồ sơ {name}
SHA-256 của gói: {sha}

Kiểm tra: sha256sum -c manifest-sha256.txt, hoặc python3 data/verify.py.

A supplement to the sealed package above. To check it: sha256sum -c manifest-sha256.txt, or python3 data/verify.py.
"""
_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def add(context, meeting: str, arrival, file: dict, title: str, by) -> dict:
    """Makes the package of a file that has come and was looked at. Raises Problem, Refused."""
    title = checks.text(title, 300, field="title")
    with _turns[meeting]:
        with context.pool.lend() as db:
            row = store.find_archive(db, meeting)
            n = supplement_store.next_number(db, meeting)
        if not row or not row["file"]:
            raise Problem("archive_not_sealed", 409)
        if n > MOST:
            raise Refused("too_many", field="file", limit=MOST)
        at = clock.now()
        name = f"{row['name'].removesuffix('.zip')}-bs{n}"
        aside = content_store.work_folder(context.settings) / f"{name}.zip"
        try:
            made = context.in_thread(
                bag.write, aside, name, members(row, file, title, arrival.path, by.name, at),
                info(row, meeting, title, name, at), clock.local(at),
            )  # fmt: skip
            content_store.take_in(context.settings, aside, made.sha256)
        finally:
            aside.unlink(missing_ok=True)
        found = {"meeting": meeting, "n": n, "name": f"{name}.zip", "file": made.sha256, "bytes": made.bytes,
                 "title": title, "belongs_to": row["file"], "at": at, "by": by.id}  # fmt: skip
        with context.pool.writing() as db:
            supplement_store.add(db, found)
            account_store.write_audit_line(db, "archive_supplemented", by=by.id, meeting=meeting, name=found["name"])
    return found


def members(row: dict, file: dict, title: str, path, by: str, at: int) -> list[Member]:
    name = f"{contents.slug(title)}.{file['type']}"
    about = {
        "title": title, "file": f"documents/{name}", "filename": file["name"], "sha256": file["sha"], "by": by,
        "at": clock.iso(at), "supplement_to": {"name": row["name"], "sha256": row["file"]},
    }  # fmt: skip
    return [
        Member(f"data/documents/{name}", path),
        Member("data/supplement.json", (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()),
        Member("data/README.txt", README.format(name=row["name"], sha=row["file"]).encode()),
        Member("data/verify.py", (contents.VIEWER / "verify.txt").read_bytes()),
    ]


def info(row: dict, meeting: str, title: str, name: str, at: int) -> dict[str, str]:
    return {
        "External-Identifier": meeting,
        "External-Description": title,
        "Bagging-Date": f"{clock.local(at):%Y-%m-%d}",
        "Internal-Sender-Identifier": name,
        "Supplement-To": f"{row['name']} sha256:{row['file']}",
    }

"""What is done in a process of its own (`work_process`): a signed file is checked, a document prepared or signed."""

import base64
import contextlib
import datetime
import logging
import resource
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from meetingroom import clock, database
from meetingroom.config import MEGABYTE
from meetingroom.printing import printer
from meetingroom.signing import check, fields, pictures, sign, stamping, store, token

MEMORY = 1500 * MEGABYTE


def do(request: dict) -> tuple[dict, bytes]:
    """`{work: check | prepare | stamp | sign, …}` → (told, file)."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in ("pyhanko", "pyhanko_certvalidator"):  # which tell of every chain that ends nowhere
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return WORK[request["work"]](request)


def check_file(request: dict) -> tuple[dict, bytes]:
    """`{file, original, database, now, kept, ours?}` → the verdict."""
    original = Path(request["original"]).read_bytes() if request["original"] else None
    with lent(request["database"]) as db:
        trusted = store.read_trust(db)
    file = Path(request["file"]).read_bytes()
    ours = Path(request["ours"]).read_bytes() if request.get("ours") else b""
    return check.check(file, original, trusted, request["now"], tuple(request["kept"]), ours).as_json(), b""


def prepare_file(request: dict) -> tuple[dict, bytes]:
    """`{file, form, seal_mm, first}` → the file with its fields."""
    return {}, fields.prepare(Path(request["file"]).read_bytes(), request["form"], request["seal_mm"], request["first"])


def stamp_file(request: dict) -> tuple[dict, bytes]:
    """`{file, original, number, date, now}` → the file with number and date; its signatures count as before, or it is
    refused: no_room | other_symbol | stamped_already | stamp_breaks."""
    file, original = Path(request["file"]).read_bytes(), Path(request["original"]).read_bytes()
    try:
        stamped = stamping.stamp(file, original, request["number"], datetime.date.fromisoformat(request["date"]))
    except stamping.CannotStamp as cannot:
        raise printer.Refused(str(cannot)) from None
    if not check.keeps_signatures(stamped, file, request["now"]):
        raise printer.Refused("stamp_breaks")
    return {}, stamped


def sign_file(request: dict) -> tuple[dict, bytes]:
    """`{file, field, how: p12 | token, secret, p12 | module, label, database, key, attachment, number, now}` → the
    signed file. Refused with `code`, or `code:low` where the token says that few tries are left."""
    with lent(request["database"]) as db:
        chain = store.read_trust(db).intermediates

        def picture_of(serial: str) -> bytes | None:
            return pictures.unlock(Path(request["key"]), store.find_picture(db, serial))

        zone = clock.local(request["now"]).tzinfo or datetime.UTC
        look = sign.Look(picture_of, request["attachment"], request["number"], zone)
        file, field = Path(request["file"]).read_bytes(), request["field"]
        secret, now = request["secret"], request["now"]
        try:
            if request["how"] == "p12":
                signed = sign.sign_with_p12(file, field, base64.b64decode(request["p12"]), secret, look, chain, now)
            else:
                where = request["module"], request["label"]
                signed = token.sign_with_token(file, field, *where, secret, look, chain, now)
        except sign.CannotSign as cannot:
            raise printer.Refused(f"{cannot.code}:low" if cannot.low else cannot.code) from None
    return {"serial": signed.serial, "signer": signed.signer}, signed.file


@contextlib.contextmanager
def lent(path: str) -> Iterator[Database]:
    db = database.connect(Path(path))
    try:
        yield db
    finally:
        db.conn.close()


WORK = {"check": check_file, "prepare": prepare_file, "stamp": stamp_file, "sign": sign_file}

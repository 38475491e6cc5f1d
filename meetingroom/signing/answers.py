"""What the addresses of signing answer with."""

from meetingroom import clock
from meetingroom.meeting.issuing import being_replaced, number_of
from meetingroom.printing import printer
from meetingroom.signing import documents, places, signers, store, words, work_process
from meetingroom.signing.documents import Held, Outcome
from meetingroom.web.context import context
from meetingroom.web.dates import day
from meetingroom.web.errors import Problem
from meetingroom.web.messages import message

REASON = 500  # letters
KINDS = {
    "bien_ban": "bien-ban", "thong_bao": "thong-bao", "giay_moi": "giay-moi", "nghi_quyet": "nghi-quyet",
    "danh_sach": "danh-sach", "ket_qua_phieu": "bien-ban-kiem-phieu", "trich_sao": "trich-sao",
    "tiep_thu": "tiep-thu-giai-trinh", "nhiem_vu": "danh-muc-nhiem-vu", "chuong_trinh": "chuong-trinh",
    "y_kien": "y-kien-bang-van-ban",
}  # fmt: skip


def run_checked(function, *arguments):
    """The busy and the failing of the process in words of this area."""
    try:
        return function(*arguments)
    except printer.Refused as refused:
        raise Problem(str(refused).partition(":")[0], 422) from None


def check_size(size: int) -> None:
    if size > work_process.LARGEST:
        raise Problem("signed_file_too_large", 413)


def answer(outcome: Outcome) -> dict:
    """What was found; as an error where nothing was kept."""
    fields = {
        **words.as_json(outcome.verdict),
        "kept": outcome.kept,
        "file": outcome.sha,
        "warnings": [{"code": each.what, "field": each.field, "words": words.warned(each)} for each in outcome.warned],
    }
    if outcome.kept:
        return fields
    code, status = ("reason_needed", 409) if outcome.needs_reason else ("signed_file_refused", 422)
    verdict = fields.pop("code")
    head = message("reason_needed") if outcome.needs_reason else words.headline(outcome.verdict)
    raise Problem(code, status, **{**fields, "verdict": verdict, "headline": head, "message": refusal(outcome, head)})


def refusal(outcome: Outcome, head: str) -> str:
    """The first things that are wrong, in one paragraph."""
    if outcome.needs_reason:
        return " ".join([head, *(f"{words.warned(each)}." for each in outcome.warned)])
    return " ".join([head, *words.reasons(outcome.verdict)[:3]])


def describe(held: Held) -> dict:
    document = held.document
    with context().pool.lend() as db:
        rows = {each.file: store.find_signed(db, held.id, each.file) for each in document.signatures}
    return {
        "document": held.id,
        "kind": document.kind,
        "name": str(words.KINDS.get(document.kind, document.kind)),
        "number": held.number,
        "meeting": held.meeting,
        "title": held.state.meeting.title,
        "version": document.version,
        "issued": document.issued,
        "dated": day(clock.milliseconds(f"{document.dated}T12:00")) if document.dated else "",
        "replaced_by": document.replaced_by,
        "reason": document.reason,
        **replacements(held),
        "signatures": [
            {
                **vars(each),
                "place": words.place(each.field),
                "when": words.when(each.at),
                "words": words.grade(each.grade),
                "reason": (rows[each.file] or {}).get("reason", ""),
                "warnings": [words.problem(row["what"]) for row in warned_of(rows[each.file], each.field)],
            }
            for each in document.signatures
        ],
        "open": [{"field": each, "place": place_name(held, each)} for each in documents.open_places(held)],
        "files": {
            "pdf": f"/api/issued/{held.id}/file",
            "signed": f"/api/issued/{held.id}/file?signed=1" if held.current else "",
        },
    }


def place_name(held: Held, field: str) -> str:
    """Of one who was set to sign in the chair's place: the name."""
    named = signers.named_signer(held.state, held.document) if field == places.CHAIR else ""
    return named or words.place(field)


def replacements(held: Held) -> dict:
    """`{replaced_by_number, replaces: [{document, number, reason}]}`; `being_replaced`: why it is written anew."""
    state, mine = held.state, held.document.replaced_by
    before = being_replaced(state)
    return {
        "replaced_by_number": number_of(state, mine) if mine else "",
        "replaces": [
            {"document": key, "number": number_of(state, key), "reason": each.reason}
            for key, each in state.issuing.documents.items()
            if each.replaced_by == held.id
        ],
        "being_replaced": before.reason if before and before.document == held.id else "",
    }


def warned_of(row: dict | None, field: str) -> list[dict]:
    return [each for each in row["warnings"] if each["field"] == field] if row else []


def enabled_ways() -> dict:
    settings = context().settings
    return {"desktop": settings.sign_desktop, "p12": settings.sign_p12, "token": bool(settings.pkcs11)}


def file_name(held: Held) -> str:
    """`bien-ban-05-BB-VKS`."""
    number = "-".join(part for part in held.number.replace("/", "-").split("-") if part.isascii() and part.isalnum())
    return "-".join(part for part in (KINDS.get(held.document.kind, "van-ban"), number) if part)

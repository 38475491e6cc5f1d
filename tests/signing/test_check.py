"""Is it the same document plus signatures? Each way in which it is, and each in which it is not."""

import datetime
import subprocess
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.signing import check, fields, places
from meetingroom.signing.trust import Trust
from meetingroom.signing.verdict import Verdict, verdict_from
from tests.minutes.story import MINUTES
from tests.signing.authority import AN, MAI, NOW, intermediate, issue, person, revocations
from tests.signing.conftest import AT, signed

LATER = AT + 3_600_000
DAY = 86_400_000


def verdict(file: bytes, original: bytes, trusted: Trust, now: int = LATER, **more) -> Verdict:
    return check.check(file, original, trusted, now, **more)


def why(file: bytes, original: bytes, trusted: Trust, **more) -> list[str]:
    found = verdict(file, original, trusted, **more)
    assert not found.accepted
    return [each.what for each in found.reasons]


def saved_anew(pdf: bytes, change=lambda pdf: None) -> bytes:
    """As another program writes it: every byte is another one."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def second_page_first(pdf: pikepdf.Pdf) -> None:
    pdf.pages.insert(0, pdf.pages[1])
    del pdf.pages[2]


def note_on_the_first_page(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[60, 600, 300, 700], Contents="đã sửa"
    )
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))


def test_secretary_then_chair_both_count_and_the_text_is_ours_to_the_letter(by_both, original, trusted):
    found = verdict(by_both, original, trusted)
    assert (found.code, found.reasons) == ("exact", ())
    assert [(each.field, each.signer, each.grade, each.problems) for each in found.signatures] == [
        ("ThuKy", MAI, "trusted", ()),
        ("ChuTri", AN, "trusted", ()),
    ]
    assert found.signatures[0].at >= AT
    assert found.signatures[0].serial == person(MAI).serial
    assert verdict_from(found.as_json()) == found


def test_an_independent_reader_finds_both_valid(by_both, tmp_path):
    file = tmp_path / "signed.pdf"
    file.write_bytes(by_both)
    output = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=True).stdout
    assert output.count("Signature is Valid.") == 2
    assert output.count("Total document signed") == 1


def test_without_a_root_the_text_is_whole_and_the_signer_unknown(by_both, original):
    found = verdict(by_both, original, Trust())
    assert found.code == "exact"
    assert {(each.grade, each.problems) for each in found.signatures} == {("intact", ("no_root",))}


def test_what_is_signed_anywhere_in_a_field_of_its_own_is_told(original, trusted):
    elsewhere = fields.prepare(original, "bien_ban")
    found = verdict(signed(elsewhere, "CoQuan", "Văn thư"), original, trusted)
    assert found.code == "exact"
    assert found.fields == ("ChuTri", "CoQuan", "ThuKy")


def test_one_byte_changed_is_seen(by_both, original, trusted):
    torn = bytearray(by_both)
    torn[5000] ^= 1
    assert set(why(bytes(torn), original, trusted)) == {"broken"}


def test_a_page_changed_before_signing_is_named_with_its_words(original, trusted):
    other = minutes_pdf(replace(MINUTES, place="Phòng họp số 9"))
    joined = saved_anew(original, lambda pdf: replace_page(pdf, other))
    found = verdict(signed(fields.prepare(joined, "bien_ban"), "ThuKy", MAI), original, trusted)
    assert [(each.what, each.page) for each in found.reasons] == [("page_changed", 1)]
    assert "→" in found.reasons[0].detail


def replace_page(pdf: pikepdf.Pdf, other: bytes) -> None:
    with pikepdf.open(BytesIO(other)) as source:
        pdf.pages.append(source.pages[0])
        pdf.pages[0] = pdf.pages[-1]
        del pdf.pages[-1]


def test_pages_swapped_added_or_missing_are_named(trusted):
    original = minutes_pdf(replace(MINUTES, items=MINUTES.items * 12))

    def reasons(change) -> list[tuple[str, int]]:
        changed = fields.prepare(saved_anew(original, change), "bien_ban")
        found = verdict(signed(changed, "ThuKy", MAI), original, trusted)
        return [(each.what, each.page) for each in found.reasons]

    with pikepdf.open(BytesIO(original)) as pdf:
        pages = len(pdf.pages)
    assert pages >= 3
    assert reasons(second_page_first)[:2] == [("page_moved", 1), ("page_moved", 2)]
    assert reasons(lambda pdf: pdf.pages.remove(p=1))[0] == ("pages_missing", 0)
    assert reasons(lambda pdf: pdf.add_blank_page()) == [("pages_added", pages + 1)]


def test_a_note_added_before_or_after_signing_is_refused(original, by_both, trusted):
    before = fields.prepare(saved_anew(original, note_on_the_first_page), "bien_ban")
    found = verdict(signed(before, "ThuKy", MAI), original, trusted)
    assert [(each.what, each.page, each.detail) for each in found.reasons] == [("annotation", 1, "FreeText")]
    after = BytesIO()
    with pikepdf.open(BytesIO(by_both)) as pdf:
        note_on_the_first_page(pdf)
        pdf.save(after)
    assert "annotation" in why(after.getvalue(), original, trusted)


def test_a_note_appended_to_the_signed_file_is_refused(by_both, original, trusted):
    """Bytes of ours first, both signatures intact, and still not what was signed."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    name, number = generic.pdf_name, generic.NumberObject
    writer = IncrementalPdfFileWriter(BytesIO(by_both))
    page = writer.find_page_for_modification(0)[0].get_object()
    box = generic.ArrayObject(map(number, (60, 600, 300, 700)))
    note = {name("/Type"): name("/Annot"), name("/Subtype"): name("/Square"), name("/Rect"): box}
    page["/Annots"] = generic.ArrayObject([writer.add_object(generic.DictionaryObject(note))])
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    reasons = why(out.getvalue(), original, trusted)
    assert {"annotation", "changed_after"} <= set(reasons)


def test_rewritten_before_signing_counts_and_after_signing_does_not(original, by_both, trusted):
    rewritten = signed(fields.prepare(saved_anew(original), "bien_ban"), "ThuKy", MAI)
    found = verdict(rewritten, original, trusted)
    assert (found.code, found.signatures[0].grade) == ("rewritten", "trusted")
    assert set(why(saved_anew(by_both), original, trusted)) == {"resaved"}


def test_the_minutes_of_another_meeting_are_another_document(original, trusted):
    other = minutes_pdf(replace(MINUTES, title="Hội nghị giao ban tháng 11", items=()))
    assert why(signed(fields.prepare(other, "bien_ban"), "ThuKy", MAI), original, trusted) == ["other_document"]


@pytest.mark.parametrize(
    ("file", "reason"),
    [(b"", "not_a_pdf"), (b"PK\x03\x04" + b"0" * 99, "not_a_pdf"), (b"%PDF-1.7\n" + b"\0" * 999, "damaged")],
)
def test_what_is_no_pdf_is_said_to_be_none(file, reason, original, trusted):
    assert why(file, original, trusted) == [reason]


def test_a_file_without_signatures_or_with_a_password_is_refused(original, trusted):
    assert why(original, original, trusted) == ["unsigned"]
    out = BytesIO()
    with pikepdf.open(BytesIO(original)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert why(out.getvalue(), original, trusted) == ["encrypted"]


def test_a_signature_that_was_kept_must_still_be_there(prepared, by_mai, original, trusted):
    kept = tuple(each.id for each in verdict(by_mai, original, trusted).signatures)
    alone = signed(prepared, places.CHAIR, AN)
    assert why(alone, original, trusted, kept=kept) == ["lost_signature"]
    assert verdict(signed(by_mai, places.CHAIR, AN), original, trusted, kept=kept).accepted


def test_a_revoked_certificate_is_named_and_not_trusted(by_both, original, trusted):
    listed = replace(trusted, crls=(revocations(intermediate(), person(AN)),))
    mai, an = verdict(by_both, original, listed).signatures
    assert (mai.grade, mai.problems) == ("trusted", ())
    assert (an.grade, an.problems) == ("intact", ("revoked",))


def test_revoked_since_the_signature_is_another_word(by_both, original, trusted):
    after = NOW + datetime.timedelta(days=2)
    listed = replace(trusted, crls=(revocations(intermediate(), person(AN), at=after, made=after),))
    _mai, an = verdict(by_both, original, listed, now=AT + 5 * DAY).signatures
    assert (an.grade, an.problems) == ("trusted", ("revoked_since",))


def test_a_certificate_that_had_run_out_is_named(prepared, original, trusted):
    """A program that does not ask signs on."""
    old = person("Hết Hạn", years=1, since=NOW - datetime.timedelta(days=800))
    (found,) = verdict(check_free(prepared, old), original, trusted).signatures
    assert (found.grade, found.problems) == ("intact", ("expired",))


def check_free(pdf: bytes, holder) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    from tests.signing.authority import PASSWORD

    signer = signers.SimpleSigner.load_pkcs12_data(holder.p12(intermediate()), [], passphrase=PASSWORD)
    out = BytesIO()
    metadata = signers.PdfSignatureMetadata(field_name="ThuKy")
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer, output=out)
    return out.getvalue()


def test_a_root_that_names_itself_like_ours_is_not_ours(prepared, original, trusted):
    forged = issue("Tổ chức chứng thực gốc thử nghiệm", None, ca=True)
    forger = issue(MAI, issue("Tổ chức chứng thực thử nghiệm", forged, ca=True))
    (found,) = verdict(check_free(prepared, forger), original, trusted).signatures
    assert (found.signer, found.grade, found.problems) == (MAI, "intact", ("no_root",))

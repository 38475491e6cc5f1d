"""Every kind of official document of one fixed meeting, as both files; each made once."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from meetingroom.minutes.docx import minutes_docx
from meetingroom.minutes.model import Item, Line
from meetingroom.minutes.pdf import minutes_pdf
from meetingroom.official import kinds
from meetingroom.official.docx import official_docx
from meetingroom.official.pdf import official_pdf
from tests.minutes.story import MINUTES
from tests.official.test_kinds import FACTS, OFFICE, VOTED_ON, source
from tests.official.test_tables import ANSWERED, of

GOLDEN = Path(__file__).parent / "golden"
DOTS = 50  # an inch
MARKED = replace(OFFICE, urgency="KHẨN", circulation="LƯU HÀNH NỘI BỘ")


def sources() -> dict[str, kinds.Source]:
    adopted = tuple(
        replace(item, ballots=tuple(replace(ballot, verdict="adopted") for ballot in item.ballots))
        for item in VOTED_ON.items
    )
    wrote = Item("i9", "Thảo luận", lines=(Line(1, "Ý kiến bằng văn bản của đồng chí Em.", kind="wrote"),), number=4)
    plain = source(number="12/X-VKS")
    return {
        "thong_bao": source(number="12/TB-VKS", layout=MARKED),
        "giay_moi": of(*FACTS),
        "chuong_trinh": of(*FACTS),
        "danh_sach": source(),
        "ket_qua_phieu": source(VOTED_ON, item="i1"),
        "nghi_quyet": source(replace(VOTED_ON, items=adopted), item="i1", number="03/NQ-VKS"),
        "trich_sao": replace(plain, item="i1"),
        "y_kien": source(replace(MINUTES, items=(wrote,))),
        "tiep_thu": of(*ANSWERED),
        "nhiem_vu": source(),
    }


KINDS = ("bien_ban", *sources())


@cache
def made(kind: str) -> tuple[bytes, bytes]:
    """(PDF, DOCX)."""
    if kind == "bien_ban":
        return minutes_pdf(MINUTES), minutes_docx(MINUTES)
    document = kinds.build(kind, sources()[kind])
    return official_pdf(document), official_docx(document)


def first_page(kind: str) -> Image.Image:
    """In greys, at a low resolution."""
    page = pypdfium2.PdfDocument(made(kind)[0])[0]
    return page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")


def paint() -> None:
    """The stored pictures anew: `python scripts/golden.py`."""
    for kind in KINDS:
        first_page(kind).save(GOLDEN / f"{kind}.png", optimize=True)


# How two pictures are compared: where one has ink, the other has some within half a millimetre. Letters that a
# rasteriser draws a little otherwise have; the ends of a block that moved by three have not.
NEAR = 3  # pixels across
INK, PAPER = 120, 190  # of 255
STRAY = 5  # pixels


def differing(one: Image.Image, two: Image.Image) -> int:
    """How many pixels of ink one has and the other lacks; -1 if the paper has another size."""
    return stray(one, two) + stray(two, one) if one.size == two.size else -1


def stray(one: Image.Image, two: Image.Image) -> int:
    ink = one.point(lambda grey: 255 if grey < INK else 0)
    bare = two.filter(ImageFilter.MinFilter(NEAR)).point(lambda grey: 255 if grey > PAPER else 0)
    return ImageChops.darker(ink, bare).histogram()[255]


def are_alike(one: Image.Image, two: Image.Image) -> bool:
    return 0 <= differing(one, two) < STRAY

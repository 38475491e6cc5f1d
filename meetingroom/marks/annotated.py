"""A paper with marks on it, as a PDF: annotations that can be edited, or drawn into its pages. Runs in the process for
documents.

Every annotation has an appearance of its own: without one, ink is seen in no viewer but Acrobat. Drawn into a page are
the same operators.
"""

import hashlib
import json
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String
from PIL import Image

from meetingroom import clock
from meetingroom.marks import drawing, overlays
from meetingroom.marks.sheet import Sheet, sheet_of
from meetingroom.meeting import strokes
from meetingroom.printing.wording import words

BURST = 60_000  # ms: strokes that follow each other so are one annotation
SLIP = 18  # points: the sign of a note
PRINTED = 4  # the flag of an annotation that is printed as well
UNREADABLE = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, OSError)


def print_marks(request: dict) -> tuple[dict, bytes]:
    """`{file}` names a JSON file: `{source, pictures, shape, out, kind, language, title, written, strokes, highlights,
    notes, bookmarks, words?}` → ({}, b""); the PDF lies at `out` then."""
    about = json.loads(Path(request["file"]).read_bytes())
    out = Path(about["out"])
    aside = out.with_suffix(".new")
    with open_source(about) as pdf:
        annotate(pdf, about)
        pdf.save(aside, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    aside.rename(out)
    return {}, b""


def open_source(about: dict) -> Pdf:
    """The paper's file, or its pages as pictures where it is none that can be written on."""
    if about["source"]:
        try:
            pdf = pikepdf.open(about["source"])
            if len(pdf.pages) >= 1:
                return pdf
        except UNREADABLE:
            pass
    return of_pictures(about["pictures"], about["shape"])


def of_pictures(pictures: list[str], shape: list[list[float]]) -> Pdf:
    pdf = Pdf.new()
    for n, path in enumerate(pictures, 1):
        width, height = next(([w, h] for first, w, h in reversed(shape) if first <= n), [595.0, 842.0])
        with Image.open(path) as picture:
            data = BytesIO()
            picture.convert("RGB").save(data, "JPEG", quality=88)
            size = picture.size
        image = Stream(pdf, data.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1],
                       ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode)  # fmt: skip
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.Resources = Dictionary(XObject=Dictionary(P=image))
        page.obj.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode())
    return pdf


def annotate(pdf: Pdf, about: dict) -> None:
    _ = words(about["language"])
    was_signed = leave_signatures_out(pdf)
    numbered = number_notes(about)
    tops: dict[int, overlays.Top] = {}
    for n in range(1, len(pdf.pages) + 1):
        page = pdf.pages[n - 1]
        sheet = read_sheet(page)
        mine = [each for each in about["strokes"] if each["page"] == n]
        lines = [each for each in about["highlights"] if each["page"] == n]
        notes = [each for each in numbered if each["page"] == n]
        if about["kind"] == "annots":
            add_annotations(pdf, page, sheet, mine, lines, [each for each in about["notes"] if each["page"] == n])
        else:
            draw_into(pdf, page, sheet, mine, lines)
            if notes:
                tops[n] = overlays.Top(sheet.size, [(each["number"], *each["place"]) for each in notes], sheet.unit)
    for n in sorted(int(n) for n in about.get("words", {})):
        if n <= len(pdf.pages):
            tops[n] = overlays.Top(read_sheet(pdf.pages[n - 1]).size, words=about["words"][str(n)])
    if was_signed:
        said = _("A copy with remarks. The digital signature can be checked on the original file only.")
        if about.get("what") == "words":
            said = _("A copy that can be searched. The digital signature can be checked on the original file only.")
        first = tops.get(1) or overlays.Top(read_sheet(pdf.pages[0]).size)
        tops[1] = first.with_line(said)
    lay_over(pdf, tops, about["written"])
    if about["kind"] == "flat" and (numbered or about["bookmarks"]):
        listed = overlays.list_of_notes(about, numbered, words(about["language"]))
        with pikepdf.open(BytesIO(listed)) as more:
            pdf.pages.extend(more.pages)
    add_bookmarks(pdf, about["bookmarks"], _("Bookmarks of %(name)s", name=about["author"]))


def read_sheet(page: pikepdf.Page) -> Sheet:
    def box(name: str) -> list[float] | None:
        try:
            found: Any = getattr(page, name)
            return [float(edge) for edge in found]
        except UNREADABLE:
            return None

    try:
        turn = int(page.rotation)
    except UNREADABLE:
        turn = 0
    return sheet_of(box("mediabox"), box("cropbox"), turn)


def number_notes(about: dict) -> list[dict]:
    """Notes, and highlights with one, numbered through the paper; `place` is where the number stands."""
    found = [{**note, "place": (note["x"], note["y"]), "said": note["text"]} for note in about["notes"]]
    for each in about["highlights"]:
        if each.get("note"):
            x, y, width, _height = each["boxes"][-1]
            found.append({**each, "place": (x + width, y), "said": each["note"]})
    found.sort(key=lambda note: (note["page"], note["place"][1], note["place"][0], note["id"]))
    return [{**note, "number": n} for n, note in enumerate(found, 1)]


# Annotations


def add_annotations(pdf: Pdf, page: pikepdf.Page, sheet: Sheet, mine, lines, notes) -> None:
    found = [highlight_of(pdf, sheet, each) for each in lines]
    found += [ink_of(pdf, sheet, each) for each in bursts(mine)]
    found += [note_of(pdf, sheet, each) for each in notes]
    if not found:
        return
    there = page.obj.get("/Annots")
    if not isinstance(there, Array):
        there = page.obj.Annots = Array()
    for each in found:
        each.P = page.obj
        there.append(pdf.make_indirect(each))


def bursts(drawn: list[dict]) -> list[list[dict]]:
    """Strokes of one hand, look and moment: together they are one annotation."""

    def look(each):
        return (each["author"], each["t"] == "hl", each["c"], each["w"])

    found: list[list[dict]] = []
    # In the order in which they are drawn, for a later one lies over an earlier one.
    for _look, group in groupby(drawn, look):
        last = 0
        for each in group:
            if not last or each["at"] - last > BURST:
                found.append([])
            found[-1].append(each)
            last = each["at"] or 1
    return found


def ink_of(pdf: Pdf, sheet: Sheet, burst: list[dict]) -> Dictionary:
    first = burst[0]
    lists = [strokes.decode(each["d"]) for each in burst]
    rect = sheet.rect(*drawing.bounds((each["w"], points) for each, points in zip(burst, lists, strict=True)))
    shown = [drawing.stroke(e["t"], e["c"], e["w"], points) for e, points in zip(burst, lists, strict=True)]
    return annotation(
        pdf, Name.Ink, rect, first, "".join(shown), sheet, multiply=first["t"] == "hl",
        InkList=Array([Array([round(v, 3) for x, y, _p in points for v in sheet.place(x, y)]) for points in lists]),
        BS=Dictionary(W=round(first["w"] * sheet.unit, 3)),
    )  # fmt: skip


def highlight_of(pdf: Pdf, sheet: Sheet, each: dict) -> Dictionary:
    corners = [sheet.rect(x, y, x + width, y + height) for x, y, width, height in each["boxes"]]
    rect = [
        min(c[0] for c in corners),
        min(c[1] for c in corners),
        max(c[2] for c in corners),
        max(c[3] for c in corners),
    ]
    quads = [part for box in each["boxes"] for part in sheet.quad(*box)]
    return annotation(
        pdf, Name.Highlight, rect, {**each, "t": "hl"}, drawing.boxes(each["c"], each["boxes"]), sheet, multiply=True,
        QuadPoints=Array(quads), Contents=String(each.get("note", "")),
    )  # fmt: skip


def note_of(pdf: Pdf, sheet: Sheet, note: dict) -> Dictionary:
    side = SLIP / sheet.unit
    height = sheet.size[1] / sheet.unit
    x, y = max(0, min(note["x"], strokes.WIDTH - side)), max(0, min(note["y"], height - side))
    return annotation(
        pdf, Name.Text, sheet.rect(x, y, x + side, y + side), {**note, "t": "hl"}, drawing.slip(note["c"], x, y, side),
        sheet, Contents=String(note["text"]), Name=Name.Note,
    )  # fmt: skip


def annotation(
    pdf: Pdf, kind: Name, rect, about: dict, operators: str, sheet: Sheet, multiply=False, **more
) -> Dictionary:
    """With its appearance: a form in the page's own space, whose box is the annotation's."""
    when = pdf_time(about["at"])
    own = json.dumps([str(kind), about["id"], about["author"]]).encode()
    form = Stream(
        pdf, placed(operators, sheet, "/G gs " if multiply else ""), Type=Name.XObject, Subtype=Name.Form,
        BBox=Array(rect), Resources=Dictionary(ExtGState=Dictionary(G=blend(multiply))),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Annot, Subtype=kind, Rect=Array(rect), F=PRINTED, T=String(about["author"]), M=String(when),
        CreationDate=String(when), NM=String(hashlib.sha256(own).hexdigest()[:24]),
        C=Array(drawing.colour(about["t"], about["c"])), AP=Dictionary(N=pdf.make_indirect(form)), **more,
    )  # fmt: skip


def blend(multiply: bool) -> Dictionary:
    return Dictionary(Type=Name.ExtGState, BM=Name.Multiply if multiply else Name.Normal)


def placed(operators: str, sheet: Sheet, state: str = "") -> bytes:
    matrix = " ".join(f"{part:.6f}".rstrip("0").rstrip(".") for part in sheet.matrix)
    return f"q {state}{matrix} cm\n{operators}Q\n".encode()


def pdf_time(ms: int) -> str:
    moment = clock.local(ms)
    offset = moment.strftime("%z") or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:]}'"


# Drawn into the page


def draw_into(pdf: Pdf, page: pikepdf.Page, sheet: Sheet, mine: list[dict], lines: list[dict]) -> None:
    if not mine and not lines:
        return
    under = "".join(drawing.boxes(each["c"], each["boxes"]) for each in lines)
    shown = [(each, drawing.stroke(each["t"], each["c"], each["w"], strokes.decode(each["d"]))) for each in mine]
    under += "".join(text for each, text in shown if each["t"] == "hl")
    over = "".join(text for each, text in shown if each["t"] != "hl")
    state = add_resource(page, pdf.make_indirect(blend(True)), Name.ExtGState) if under else ""
    content = (placed(under, sheet, f"{state} gs ") if under else b"") + (placed(over, sheet) if over else b"")
    put_on_top(page, content)


def add_resource(page: pikepdf.Page, thing: Any, kind: Name) -> str:
    """Its name, which is the same every time (pikepdf's own are of chance)."""
    groups: list[Any] = list(page.resources.as_dict().values())
    # In no group of them: pikepdf takes a name away from the others.
    there = {key for group in groups if isinstance(group, Dictionary) for key in group.keys()}  # noqa: SIM118
    name = next(name for n in range(len(there) + 1) if (name := f"/Marks{n}") not in there)
    return str(page.add_resource(thing, kind, Name(name)))


def put_on_top(page: pikepdf.Page, content: bytes) -> None:
    """After all that the page draws, whatever that leaves behind."""
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + content)


def lay_over(pdf: Pdf, tops: dict[int, overlays.Top], written: int, *, black: bool = False) -> None:
    if not tops:
        return
    with pikepdf.open(BytesIO(overlays.draw(list(tops.values()), written, black=black))) as drawn:
        for top, n in enumerate(tops):
            page = pdf.pages[n - 1]
            form = pdf.copy_foreign(drawn.pages[top].as_form_xobject())
            name = add_resource(page, form, Name.XObject)
            matrix = " ".join(f"{part:.6f}" for part in read_sheet(page).upright)
            put_on_top(page, f"q {matrix} cm {name} Do Q\n".encode())


# What is in the file besides


def add_bookmarks(pdf: Pdf, bookmarks: list[dict], title: str) -> None:
    found = [each for each in bookmarks if each["page"] <= len(pdf.pages)]
    if not found:
        return
    try:
        with pdf.open_outline() as outline:
            parent = OutlineItem(title, found[0]["page"] - 1)
            for each in found:
                name = f"{each['page']}. {each['name']}" if each.get("name") else str(each["page"])
                parent.children.append(OutlineItem(name, each["page"] - 1))
            outline.root.append(parent)
    except UNREADABLE:  # an outline that runs in circles stays as it is
        return


def leave_signatures_out(pdf: Pdf) -> bool:
    """A signature is true of its own file alone: here its stamp stays as a picture. Whether there was any."""
    found = False
    for page in pdf.pages:
        for each in page.obj.get("/Annots", []):
            if isinstance(each, Dictionary) and is_signature(each):
                found = found or "/V" in each or "/V" in each.get("/Parent", {})
                for key in ("/FT", "/V", "/T", "/Ff", "/Parent", "/MK", "/DA", "/Lock", "/SV"):
                    if key in each:
                        del each[key]
                each.Subtype = Name.Stamp
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        kept = [
            each for each in form.get("/Fields", []) if not is_signature(each) and each.get("/Subtype") != Name.Stamp
        ]
        found = found or int(form.get("/SigFlags", 0)) & 1 != 0
        form.Fields = Array(kept)
        for key in ("/SigFlags", "/XFA"):
            if key in form:
                del form[key]
    for key in ("/Perms", "/DSS"):
        if key in pdf.Root:
            del pdf.Root[key]
            found = True
    return found


def is_signature(field: Any) -> bool:
    kind = field.get("/FT") or field.get("/Parent", {}).get("/FT")
    return kind == Name.Sig

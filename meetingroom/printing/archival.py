"""The last step of a PDF that is to be kept: PDF/A-2b with its structure, its language and its colours told.

ReportLab writes the pages; pikepdf adds what an archive asks for (ISO 19005-2, level B) and what a screen reader needs
(ISO 32000-1, 14.7-14.9). The same pages give the same bytes: nothing here knows a clock, a chance or an address.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from meetingroom.printing.tagging import Element, Tags

PROFILE = Path(__file__).parent / "colour" / "sRGB.icc"  # a file: Pillow's own profile holds the time of day

# Every namespace on its own element: with them on the properties, as pikepdf writes them, some validators refuse.
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreateDate>{date}</xmp:CreateDate>
   <xmp:ModifyDate>{date}</xmp:ModifyDate>
   <xmp:CreatorTool>{creator}</xmp:CreatorTool>
   <pdf:Producer>{producer}</pdf:Producer>
   <pdfaid:part>{part}</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def finish(file: bytes, tags: Tags, language: str, part: int = 2) -> bytes:
    """The file as PDF/A-2b, tagged. `part` 1 is for a test's independent validator: the same as PDF/A-1b."""
    with pikepdf.open(BytesIO(file)) as pdf:
        root = pdf.Root
        root.Lang = String(language)
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.OutputIntents = Array([output_intent(pdf)])
        root.Metadata = metadata(pdf, language, part)
        add_structure(pdf, tags)
        for page in pdf.pages:
            page.obj.Tabs = Name.S
        out = BytesIO()
        # Every object on its own: programs that sign add to such a file without writing it anew.
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            force_version="1.4" if part == 1 else "1.7",
        )
        return out.getvalue()


def output_intent(pdf: pikepdf.Pdf) -> Dictionary:
    profile = pdf.make_stream(profile_bytes())
    profile.N = 3
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )


@cache
def profile_bytes() -> bytes:
    return PROFILE.read_bytes()


def metadata(pdf: pikepdf.Pdf, language: str, part: int) -> pikepdf.Object:
    """XMP that says what the document's own information says, word for word."""
    info = pdf.docinfo
    for key in ("/Subject", "/Keywords", "/Trapped"):
        if key in info:
            del info[key]
    text = XMP.format(
        title=escape(str(info.get("/Title", ""))),
        author=escape(str(info.get("/Author", ""))),
        creator=escape(str(info.get("/Creator", ""))),
        producer=escape(str(info.get("/Producer", ""))),
        date=iso(str(info.get("/CreationDate", ""))),
        language=language,
        part=part,
    )
    return pdf.make_indirect(pdf.make_stream(text.encode(), Type=Name.Metadata, Subtype=Name.XML))


def iso(date: str) -> str:
    """`D:20261216110000+07'00'` → `2026-12-16T11:00:00+07:00`."""
    digits, zone = date[2:16], date[16:].replace("'", "")
    zone = f"{zone[:3]}:{zone[3:5]}" if len(zone) >= 5 else "Z"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}{zone}"


def add_structure(pdf: pikepdf.Pdf, tags: Tags) -> None:
    """The tree of elements, and from each page the way back to them (ISO 32000-1, 14.7.4.4)."""
    pages = [page.obj for page in pdf.pages]
    owners: list[dict[int, pikepdf.Object]] = [{} for _page in pages]
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    document.K = Array([build(pdf, each, document, pages, owners) for each in tags.elements if has_marks(each)])
    numbers = Array()
    for n, (page, owned) in enumerate(zip(pages, owners, strict=True)):
        page.StructParents = n
        numbers.append(n)
        numbers.append(pdf.make_indirect(Array([owned[mark] for mark in sorted(owned)])))
    tree.K = document
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = tree


def build(pdf: pikepdf.Pdf, element: Element, parent, pages: list, owners: list[dict]) -> pikepdf.Object:
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent))
    kids = Array()
    for page, number in element.marks:
        owners[page][number] = made
        kids.append(Dictionary(Type=Name.MCR, Pg=pages[page], MCID=number))
    for child in element.children:
        kids.append(build(pdf, child, made, pages, owners))
    made.K = kids
    if element.attributes:
        made.A = Dictionary({"/O": Name.Table, **dict(attributes_of(element))})
    return made


def attributes_of(element: Element) -> Iterator[tuple[str, object]]:
    for key, value in element.attributes.items():
        yield f"/{key}", Name(f"/{value}") if isinstance(value, str) else value


def has_marks(element: Element) -> bool:
    return bool(element.marks) or any(map(has_marks, element.children))

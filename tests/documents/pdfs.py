"""PDFs written by hand, object by object: what offices send and no library makes on purpose."""

from pathlib import Path

from PIL import Image

SHEET = "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def written(path: Path, objects: list[str | bytes], trailer: str = "") -> Path:
    """Objects 1, 2, …; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        body = each if isinstance(each, bytes) else each.encode("latin-1")
        out += b"%d 0 obj" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R %s>>startxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer.encode("latin-1"),
        start,
    )
    path.write_bytes(out)
    return path


def stream(data: str, extra: str = "") -> str:
    return f"<</Length {len(data)}{extra}>>stream\n{data}\nendstream"


def show(words: str, x: int = 60, y: int = 700, size: int = 20) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET "


def one_page(path: Path, content: str, *, page: str = "", catalog: str = "", more: tuple = (), trailer="") -> Path:
    """Object 3 is the page, 4 its content, 5 Helvetica as /F; `more` from 6 on."""
    resources = "" if "/Resources" in page else "/Resources<</Font<</F 5 0 R>>>>"
    return written(
        path,
        [
            f"<</Type/Catalog/Pages 2 0 R {catalog}>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            f"<<{SHEET}/Contents 4 0 R{resources}{page}>>",
            stream(content),
            HELVETICA,
            *more,
        ],
        trailer,
    )


def boxes(path: Path, *media: str) -> Path:
    """A page for each box, each with a word on it."""
    kids = " ".join(f"{5 + n} 0 R" for n in range(len(media)))
    sheets = [
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>" for box in media
    ]
    pages = f"<</Type/Pages/Kids[{kids}]/Count {len(media)}>>"
    return written(path, ["<</Type/Catalog/Pages 2 0 R>>", pages, stream(show("Trang")), HELVETICA, *sheets])


def font_left_out(path: Path, words: str, name: str) -> Path:
    """A font that is named and not there, its letters by name: what Word does with "do not embed common fonts"."""
    letters = sorted(set(words) - set(" ") - set(map(chr, range(33, 127))))
    codes = {letter: 128 + n for n, letter in enumerate(letters)}
    shown = "".join(f"{codes.get(each, ord(each)):02X}" for each in words)
    names = " ".join(f"/uni{ord(each):04X}" for each in letters)
    pairs = "".join(f"<{codes[each]:02X}><{ord(each):04X}>" for each in letters)
    cmap = f"begincmap 1 begincodespacerange <00><FF> endcodespacerange {len(letters)} beginbfchar {pairs} endbfchar"
    widths = " ".join(["556"] * (128 + len(letters) - 32))
    font = (
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 32/LastChar {127 + len(letters)}/Widths[{widths}]"
        f"/FontDescriptor 7 0 R/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[128 {names}]>>/ToUnicode 8 0 R>>"
    )
    about = (
        f"<</Type/FontDescriptor/FontName/{name}/Flags 32/FontBBox[-500 -300 1500 1000]/ItalicAngle 0/Ascent 891"
        "/Descent -216/CapHeight 700/StemV 80>>"
    )
    page = "/Resources<</Font<</F 6 0 R>>>>"
    return one_page(
        path, f"BT /F 12 Tf 30 700 Td <{shown}> Tj ET", page=page, more=(font, about, stream(f"{cmap} endcmap"))
    )


def signed(path: Path, *, form: bool) -> Path:
    """The stamp of a signature, on a page whose file has a form or has lost it."""
    stamp = stream(
        "1 0 0 RG 4 w 5 5 190 90 re S",
        "/Type/XObject/Subtype/Form/BBox[0 0 200 100]",
    )
    field = (
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(Sig1)/F 132/Rect[300 100 500 200]/P 3 0 R/AP<</N 6 0 R>>"
        "/V<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00>>>>>"
    )
    catalog = "/AcroForm<</Fields[7 0 R]/SigFlags 3>>" if form else ""
    return one_page(path, show("Signed"), page="/Annots[7 0 R]", catalog=catalog, more=(stamp, field))


def for_certificates(path: Path) -> Path:
    """Encrypted for certain people, not with a password."""
    lock = "/Encrypt<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s4/V 2/Length 128/R 3/Recipients[<3000>]>>"
    return one_page(path, show("Secret"), trailer=f"{lock}/ID[<00><00>]")


def layered(path: Path) -> Path:
    """Four words: on a layer for the screen, on one for print, on one switched off, on none; all but the last two
    in the same place; and one in a form that is switched off."""
    content = "".join(
        f"/OC /{name} BDC {show(words, y=700)} EMC "
        for name, words in (("V", "SCREEN"), ("P", "PRINT"), ("O", "HIDDEN"), ("M", "MEMBER"))
    )
    form = stream(
        show("FORMED", y=650),
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 8 0 R/Resources<</Font<</F 5 0 R>>>>",
    )
    states = {"/Event/View/Category[/View]": "6 0 R 7 0 R", "/Event/Print/Category[/Print]": "6 0 R 7 0 R"}
    rules = "".join(f"<<{what}/OCGs[{groups}]>>" for what, groups in states.items())
    return one_page(
        path,
        content + show("ALWAYS", y=600) + "/X Do",
        catalog=f"/OCProperties<</OCGs[6 0 R 7 0 R 8 0 R]/D<</Order[]/OFF[8 0 R]/AS[{rules}]>>>>",
        page="/Resources<</Font<</F 5 0 R>>/XObject<</X 10 0 R>>/Properties<</V 6 0 R/P 7 0 R/O 8 0 R/M 9 0 R>>>>",
        more=(
            "<</Type/OCG/Name(view)/Usage<</Print<</PrintState/OFF>>/View<</ViewState/ON>>>>>>",
            "<</Type/OCG/Name(print)/Usage<</Print<</PrintState/ON>>/View<</ViewState/OFF>>>>>>",
            "<</Type/OCG/Name(off)>>",
            "<</Type/OCMD/OCGs[8 0 R 7 0 R]/P/AnyOn>>",
            form,
        ),
    )


def xfa(path: Path) -> Path:
    """What Acrobat draws itself; everybody else sees "Please wait"."""
    template = '<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"/>'
    catalog = "/AcroForm<</Fields[]/XFA[(template) 6 0 R]>>/NeedsRendering true"
    return one_page(path, show("Please wait..."), catalog=catalog, more=(stream(template),))


def portfolio(path: Path, *, cover: bool = True) -> Path:
    """Two files in a folder; or (without the cover) two files beside a paper."""
    names = "/Names<</EmbeddedFiles<</Names[(a)6 0 R(b)6 0 R]>>>>"
    file = "<</Type/Filespec/F(a.pdf)/UF(a.pdf)/EF<</F 7 0 R>>>>"
    folder = "/Collection<</View/D>>" if cover else ""
    return one_page(path, show("Cover"), catalog=names + folder, more=(file, stream("x", "/Type/EmbeddedFile")))


def marked(path: Path) -> Path:
    """A stamp and a line without pictures of their own."""
    marks = (
        "<</Type/Annot/Subtype/Stamp/Name/Approved/Rect[58 480 260 540]/F 4>>",
        "<</Type/Annot/Subtype/Line/Rect[58 440 400 460]/L[60 450 390 450]/F 4>>",
    )
    return one_page(path, show("Marked"), page="/Annots[6 0 R 7 0 R]", more=marks)


def spelled(words: str) -> str:
    """A text of a PDF in UTF-16."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


def form(path: Path, value: str, *, drawn: str = "", free: str = "") -> Path:
    """A field with a value, drawn with what is given (if anything), and a free text."""
    look = stream(
        f"/Tx BMC BT /F 14 Tf 2 6 Td ({drawn}) Tj ET EMC",
        "/Type/XObject/Subtype/Form/BBox[0 0 400 24]/Resources<</Font<</F 5 0 R>>>>",
    )
    picture = "/AP<</N 6 0 R>>" if drawn else ""
    field = (
        f"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/F 4/Rect[60 600 460 624]/P 3 0 R/DA(/F 14 Tf 0 g)"
        f"/V {spelled(value)}{picture}>>"
    )
    note = (
        f"<</Type/Annot/Subtype/FreeText/F 4/Rect[60 500 460 530]/DA(/F 14 Tf 0 0 1 rg)/Contents {spelled(free)}>>"
        if free
        else "null"
    )
    catalog = "/AcroForm<</Fields[7 0 R]/NeedAppearances true/DR<</Font<</F 5 0 R>>>>/DA(/F 14 Tf 0 g)>>"
    annots = "/Annots[7 0 R 8 0 R]" if free else "/Annots[7 0 R]"
    return one_page(path, show("Form"), page=annots, catalog=catalog, more=(look, field, note))


def ink(picture: Image.Image, box: tuple[float, float, float, float]) -> int:
    """Dark pixels in a part of the page given in points from the top left."""
    factor = picture.width / 595
    part = picture.convert("L").crop(tuple(round(edge * factor) for edge in box))
    return sum(part.histogram()[:160])


def glyph_left_out(path: Path) -> Path:
    """“đồng ý” in a font that has no “ồ”."""
    letters = {0x41: "đ", 0x42: "ồ", 0x43: "n", 0x44: "g", 0x45: "ý"}
    pairs = "".join(f"<{code:02X}><{ord(each):04X}>" for code, each in letters.items())
    cmap = f"begincmap 1 begincodespacerange <00><FF> endcodespacerange 5 beginbfchar {pairs} endbfchar endcmap"
    glyph = stream("500 0 50 0 450 700 d1 50 0 400 700 re f")
    font = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a 7 0 R/e 9 0 R>>"
        "/Encoding<</Differences[65/a/e/a/a/a]>>/FirstChar 65/LastChar 69/Widths[500 500 500 500 500]/ToUnicode 8 0 R"
        "/Resources<<>>>>"
    )
    content = "BT /F 20 Tf 60 700 Td (ABCD) Tj 60 0 Td (E) Tj ET"
    page = "/Resources<</Font<</F 6 0 R>>>>"
    return one_page(path, content, page=page, more=(font, glyph, stream(cmap), stream("500 0 d0")))


def old_font(path: Path, words: str, name: str) -> Path:
    """Text in a font from before Unicode, which is not in the file."""
    said = words.encode("cp1252").hex()
    widths = " ".join(["556"] * 224)
    font = (
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255"
        f"/Widths[{widths}]>>"
    )
    page = "/Resources<</Font<</F 6 0 R>>>>"
    return one_page(path, f"BT /F 16 Tf 60 700 Td <{said}> Tj ET", page=page, more=(font,))


def scanned(path: Path, words: str) -> Path:
    """Words, then a picture of the whole page over them."""
    picture = stream(
        "\x7f\xff", "/Type/XObject/Subtype/Image/Width 1/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray"
    )
    page = "/Resources<</Font<</F 5 0 R>>/XObject<</P 6 0 R>>>>"
    return one_page(path, f"{words} q 595 0 0 842 0 0 cm /P Do Q", page=page, more=(picture,))

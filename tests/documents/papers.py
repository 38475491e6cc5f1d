"""Files as people bring them, and as attackers do; all made here."""

import base64
import io
import random
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path, PurePosixPath

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from meetingroom.documents.office import FONTS

LINE = "Viện kiểm sát nhân dân tỉnh báo cáo kết quả công tác kiểm sát hoạt động tư pháp"
WIDE = (960, 540)


@cache
def font() -> str:
    pdfmetrics.registerFont(TTFont("Serif-of-tests", str(FONTS / "LiberationSerif-Regular.ttf")))
    return "Serif-of-tests"


def pdf(path: Path, pages: int = 3, size=A4, text: str = LINE, lines: int = 30, **options) -> Path:
    """A report: text on every page, its number at the top. The same file each time."""
    canvas = Canvas(str(path), pagesize=size, **{"invariant": True, **options})
    for number in range(1, pages + 1):
        canvas.setFont(font(), 13)
        canvas.drawCentredString(size[0] / 2, size[1] - 40, f"Trang {number}")
        for line in range(lines):
            canvas.drawString(60, size[1] - 80 - line * 18, text)
        canvas.showPage()
    canvas.save()
    return path


def mixed_pdf(path: Path) -> Path:
    """Two upright pages, a wide one, an upright one."""
    canvas = Canvas(str(path))
    for size in (A4, A4, WIDE, A4):
        canvas.setPageSize(size)
        canvas.drawString(50, 50, "x")
        canvas.showPage()
    canvas.save()
    return path


def pdf_of_pictures(path: Path, pages: int = 1) -> Path:
    """A scan: a photograph fills each page."""
    canvas = Canvas(str(path), pagesize=A4)
    for _ in range(pages):
        canvas.drawImage(ImageReader(photograph(1000, 1414)), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return path


def photograph(width: int, height: int) -> Image.Image:
    noise = Image.effect_noise((width // 4, height // 4), 60).resize((width, height))
    light = Image.radial_gradient("L").resize((width, height))
    return Image.merge("RGB", (noise, light, Image.blend(noise, light, 0.5)))


def jpeg(path: Path, width: int = 400, height: int = 300, orientation: int = 1) -> Path:
    """Left half red, right half blue, as the camera saw it; `orientation` as in EXIF."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(path, "JPEG", quality=95, exif=exif)
    return path


# What a telephone writes, 64 x 32, its left half red; made with libheif, for nothing here writes HEVC.
HEIC = """
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERA
AAEAAQAAAAABoQABAAAAAAAAAIcAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAA
AHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq
5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAA
IAAAAAEAAAAAAAAAAv///+AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAAI9tZGF0AAAAgygBrxOA+BDhp//8TSj/
+nXPD9PMiYlW/qlxUfhij/89rY/JKRa6aLjI6mh8LZa/H9EEOpVIlW+HQUEtuQb/hdTDlbZrZhM/3ct4hE3uYR6YdHMyfpLKX4N7hFyMZtHJpQ7nV/TU
oZTg0LYllmhz/kKO5zORJX+rPrSSjUGTzz9cU/7W
"""


def heic(path: Path) -> Path:
    path.write_bytes(base64.b64decode(HEIC))
    return path


def fax(path: Path, pages: int = 3) -> Path:
    """A TIFF as scanners write it: A4 at 100 dots an inch, page 2 lying; each has one black square more."""
    sheets = []
    for number in range(1, pages + 1):
        sheet = Image.new("1", (827, 1169) if number != 2 else (1169, 827), 1)
        for n in range(number):
            sheet.paste(0, (100 * n + 20, 20, 100 * n + 80, 80))
        sheets.append(sheet)
    sheets[0].save(path, save_all=True, append_images=sheets[1:], compression="group4", dpi=(100, 100))
    return path


def docx(path: Path, paragraphs: int = 60, remote_picture: str = "") -> Path:
    import docx

    document = docx.Document()
    document.add_heading("Báo cáo tổng kết", 0)
    for _ in range(paragraphs):
        document.add_paragraph(f"{LINE}. " * 4)
    document.save(str(path))
    if remote_picture:
        link_picture(path, remote_picture)
    return path


def renamed(path: Path, old: str, new: str) -> Path:
    """A part of an OOXML file gets another name, and all lists say so."""
    was, becomes = PurePosixPath(old), PurePosixPath(new)
    kept = {}
    for name, data in entries(path).items():
        place = PurePosixPath(name)
        if name == old:
            name = new
        elif place.name == f"{was.name}.rels":
            name = str(place.with_name(f"{becomes.name}.rels"))
        kept[name] = data.replace(old.encode(), new.encode()) if name.endswith((".rels", "Types].xml")) else data
    return zipped(path, kept)


def white_bitmap(width: int = 2480, height: int = 3508) -> bytes:
    """A page of A4 at 300 dots, 26 MB of white."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "BMP")
    return out.getvalue()


def link_picture(path: Path, url: str) -> None:
    """Put a picture that lies on a web server into a DOCX."""
    kept = entries(path)
    relation = (
        f'<Relationship Id="rId99" TargetMode="External" Target="{url}"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    ).encode()
    rels = "word/_rels/document.xml.rels"
    kept[rels] = kept[rels].replace(b"</Relationships>", relation)
    drawing = (
        b'<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        b'wordprocessingDrawing"><wp:extent cx="990000" cy="990000"/><wp:docPr id="1" name="p"/>'
        b'<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData'
        b' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic'
        b' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
        b'<pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId99"/>'
        b"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/>"
        b"<a:ext cx='990000' cy='990000'/></a:xfrm><a:prstGeom prst='rect'/></pic:spPr></pic:pic>"
        b"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p><w:sectPr"
    )
    kept["word/document.xml"] = kept["word/document.xml"].replace(b"<w:sectPr", drawing, 1)
    zipped(path, kept)


def xlsx(path: Path, rows: int = 50, columns: int = 6) -> Path:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Số liệu")
    for row in range(rows):
        sheet.append([f"Đơn vị {row}", *range(columns - 1)])
    book.save(path)
    return path


def odt(path: Path, text: str = LINE) -> Path:
    """As small as an OpenDocument text can be."""
    return opendocument(path, "text", f"<office:text><text:p>{text}</text:p></office:text>")


def odp(path: Path, text: str = LINE) -> Path:
    """Two slides."""
    box = '<draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="3cm"><draw:text-box>'
    slide = f'<draw:page draw:name="n">{box}<text:p>{text}</text:p></draw:text-box></draw:frame></draw:page>'
    return opendocument(path, "presentation", f"<office:presentation>{slide * 2}</office:presentation>")


def opendocument(path: Path, kind: str, body: str) -> Path:
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text")}
    names |= {"draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"}
    names |= {"svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"}
    spaces = " ".join(f'xmlns:{short}="{name}"' for short, name in names.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" {spaces}>'
        f"<office:body>{body}</office:body></office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        f' manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zipped(path, {"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest})


def rtf(path: Path) -> Path:
    path.write_bytes(
        rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\f0\fs26 B\u225?o c\u225?o t\u7893?ng k\u7871?t\par}"
    )
    return path


# Attacks


def encrypted_pdf(path: Path, password: str = "mat-khau") -> Path:
    return pdf(path, encrypt=password)


def owner_locked_pdf(path: Path) -> Path:
    """Opens for everybody; only printing and copying are forbidden."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    return pdf(path, encrypt=StandardEncryption("", ownerPassword="chu", canPrint=0))


def encrypted_office(path: Path) -> Path:
    """What Word writes when a password is set: a container of the old format with these streams."""
    return ole(path, ["EncryptionInfo", "EncryptedPackage"])


def locked_workbook(path: Path, password: str = "VelvetSweatshop") -> Path:
    """A workbook as Excel locks it; with the password of its own when only the structure is protected."""
    from msoffcrypto.format.ooxml import OOXMLFile

    with xlsx(path.with_name("plain.xlsx"), rows=3).open("rb") as plain, path.open("wb") as locked:
        OOXMLFile(plain).encrypt(password, locked)
    return path


def ole(path: Path, names: list[str], first_stream: bytes = b"", far: bool = False) -> Path:
    """An OLE container with these streams, empty but for the first. `far`: its directory lies behind the first 109
    sectors of the allocation table, as in files above 7.1 MB."""
    entries_ = ["Root Entry", *names]
    data = first_stream + bytes(-len(first_stream) % 4096) if first_stream else b""
    directory_sectors, data_sectors = -(-len(entries_) // 4), len(data) // 512
    padding = 110 * 128 if far else 0  # sectors nobody uses, between the table and the directory
    tables = 1
    while tables * 128 < tables + more_tables(tables) + padding + directory_sectors + data_sectors:
        tables += 1
    lists = more_tables(tables)
    directory_at = tables + lists + padding
    data_at = directory_at + directory_sectors
    chain = [0xFFFFFFFD] * tables + [0xFFFFFFFC] * lists + [0xFFFFFFFF] * padding
    chain += [*range(directory_at + 1, data_at), 0xFFFFFFFE]
    chain += [*range(data_at + 1, data_at + data_sectors), 0xFFFFFFFE] if data else []
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    header = bytearray(b"\xff" * 512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[8:76] = bytes(68)
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, tables, directory_at)
    struct.pack_into("<II", header, 56, 4096, 0xFFFFFFFE)
    struct.pack_into("<III", header, 64, 0, tables if lists else 0xFFFFFFFE, lists)
    struct.pack_into(f"<{min(tables, 109)}I", header, 76, *range(min(tables, 109)))
    rest = list(range(109, tables))
    listed = b""
    for n in range(lists):
        part = rest[n * 127 : (n + 1) * 127]
        following = tables + n + 1 if n + 1 < lists else 0xFFFFFFFE
        listed += struct.pack("<128I", *part, *[0xFFFFFFFF] * (127 - len(part)), following)
    directory = b"".join(
        directory_entry(name, n, len(entries_), data_at if n == 1 and data else 0xFFFFFFFE, len(data) if n == 1 else 0)
        for n, name in enumerate(entries_)
    )
    directory += bytes(directory_sectors * 512 - len(directory))
    table = struct.pack(f"<{tables * 128}I", *chain)
    path.write_bytes(bytes(header) + table + listed + bytes(padding * 512) + directory + data)
    return path


def more_tables(tables: int) -> int:
    """Sectors that list the tables which the header has no room for."""
    return -(-max(tables - 109, 0) // 127)


def directory_entry(name: str, number: int, count: int, start: int, size: int) -> bytes:
    entry = bytearray(128)
    encoded = (name + "\0").encode("utf-16-le")
    entry[: len(encoded)] = encoded
    struct.pack_into("<HBB", entry, 64, len(encoded), 2 if number else 5, 1)
    following = number + 1 if 0 < number < count - 1 else 0xFFFFFFFF
    struct.pack_into("<III", entry, 68, 0xFFFFFFFF, following, 1 if number == 0 and count > 1 else 0xFFFFFFFF)
    struct.pack_into("<IQ", entry, 116, start, size)
    return bytes(entry)


def truncated(path: Path, part: float = 0.5) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    return path


def bit_flipped(path: Path) -> Path:
    """One byte in the middle of the first large entry of a ZIP is another."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = max(archive.infolist(), key=lambda each: each.compress_size)
    data[entry.header_offset + 60 + entry.compress_size // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    return path


def random_bytes(path: Path, size: int = 50_000) -> Path:
    path.write_bytes(random.Random(7).randbytes(size))
    return path


def with_document_xml(path: Path, xml: bytes) -> Path:
    """A DOCX whose text is what is given."""
    kept = entries(docx(path, paragraphs=1))
    kept["word/document.xml"] = xml
    return zipped(path, kept)


class Repeating:
    """In place of zlib, where the same block is packed thousands of times: it is packed once."""

    def __init__(self, block: bytes):
        packing = zlib.compressobj(level=9, wbits=-15)
        self.packed = packing.compress(block) + packing.flush(zlib.Z_FULL_FLUSH)  # ends on a byte, needs nothing before

    def compress(self, _) -> bytes:
        return self.packed

    def flush(self) -> bytes:
        return b"\x03\x00"  # the last block, empty


def add_repeated(archive: zipfile.ZipFile, name: str, block: bytes, times: int) -> None:
    """An entry that unfolds to so many times the block; no byte differs from what it says of itself."""
    with archive.open(name, "w", force_zip64=True) as entry:
        entry._compressor = Repeating(block)  # type: ignore[attr-defined]
        for _ in range(times):
            entry.write(block)


def zip_bomb(path: Path, megabytes: int = 1200) -> Path:
    """Paragraphs without end: some megabytes of ZIP that unfold to more than a gigabyte."""
    docx(path, paragraphs=1)
    block = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 30_000
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        add_repeated(archive, "word/media.xml", block, megabytes * 1_000_000 // len(block))
    return path


def lying_zip(path: Path) -> Path:
    """Its directory says 100 bytes; ten megabytes come out."""
    kept = entries(docx(path, paragraphs=1))
    kept["word/lie.xml"] = b" " * 10_000_000
    zipped(path, kept)
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", 10_000_000), struct.pack("<I", 100)))
    return path


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{entities}]><w>&l9;</w>'.encode()


def raw_pdf(path: Path, page: str, stream: bytes = b"", extra: str = "") -> Path:
    """A PDF written by hand: `page` are entries of its only page's dictionary."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/Contents 4 0 R {page}>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    if extra:
        objects.append(extra.encode("latin-1"))
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + each + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    path.write_bytes(out)
    return path


def picture_bomb_pdf(path: Path, edge: int = 60_000) -> Path:
    """A picture of 60,000 x 60,000 in a file of some megabytes."""
    data = zeros(edge, edge)
    picture = (
        f"<</Type/XObject/Subtype/Image/Width {edge}/Height {edge}/ColorSpace/DeviceGray/BitsPerComponent 8"
        f"/Filter/FlateDecode/Length {len(data)}>>stream\n{data.decode('latin-1')}\nendstream"
    )
    page = "/MediaBox[0 0 595 842]/Resources<</XObject<</I 5 0 R>>>>"
    return raw_pdf(path, page, b"q 595 0 0 842 0 0 cm /I Do Q", picture)


def zeros(length: int, times: int) -> bytes:
    """A zlib stream of length * times zeros, without packing them all: one packed line, many times over."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    line = packer.compress(bytes(length)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + line * times + packer.flush() + struct.pack(">HH", length * times % 65521, 1)


def endless_pdf(path: Path) -> Path:
    """A page whose drawing never ends: millions of transparent, dashed curves."""
    stream = b"[1 1] 0 d 0.1 w\n" + b"0 0 m 500 900 -300 900 595 0 c S\n" * 3_000_000
    return raw_pdf(path, "/MediaBox[0 0 595 842]", stream)


def png_bomb(path: Path, edge: int = 30_000) -> Path:
    """A PNG of 900 million pixels in some hundred kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", edge, edge, 1, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zeros(edge // 8 + 1, edge)) + chunk(b"IEND", b"")
    )
    return path


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, contents: dict) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path

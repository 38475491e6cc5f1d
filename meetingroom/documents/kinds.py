"""The kinds of file that can become a paper, and how each is known: by its ending and by its first bytes."""

from dataclasses import dataclass
from pathlib import PurePath

PDF = b"%PDF-"
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word, Excel, PowerPoint before 2007; also today's when encrypted
RTF = b"{\\rtf"
TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
HEIF = tuple(b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))


@dataclass(frozen=True)
class Kind:
    """One kind. `family`: pdf | image | zip | ole | rtf | text | folder; `magic` stands at byte `at`; `inside`: what a
    container of this kind must hold."""

    ending: str
    family: str
    magic: bytes | tuple[bytes, ...]
    mime: str
    inside: tuple[str, ...] = ()
    at: int = 0

    def begins(self, head: bytes) -> bool:
        return head.startswith(self.magic, self.at)

    @property
    def is_office(self) -> bool:
        """Whether LibreOffice must make a PDF of it first."""
        return self.family in {"zip", "ole", "rtf"}

    @property
    def is_converted(self) -> bool:
        """Whether a PDF is made of it first, by whomever."""
        return self.is_office or self.family == "text"

    @property
    def family_drawn(self) -> str:
        """What is drawn of it: "pdf" or "image"."""
        return "image" if self.family == "image" else "pdf"


OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."

KINDS = {
    kind.ending: kind
    for kind in (
        Kind("pdf", "pdf", PDF, "application/pdf"),
        Kind("png", "image", PNG, "image/png"),
        Kind("jpg", "image", JPEG, "image/jpeg"),
        Kind("jpeg", "image", JPEG, "image/jpeg"),
        Kind("jfif", "image", JPEG, "image/jpeg"),
        Kind("jpe", "image", JPEG, "image/jpeg"),
        Kind("tif", "image", TIFF, "image/tiff"),
        Kind("tiff", "image", TIFF, "image/tiff"),
        Kind("heic", "image", HEIF, "image/heic", at=4),
        Kind("heif", "image", HEIF, "image/heif", at=4),
        Kind("webp", "image", b"WEBP", "image/webp", at=8),
        Kind("txt", "text", b"", "text/plain"),
        Kind("zip", "folder", ZIP, "application/zip"),
        Kind("docx", "zip", ZIP, OOXML + "wordprocessingml.document", ("word/document.xml",)),
        Kind("pptx", "zip", ZIP, OOXML + "presentationml.presentation", ("ppt/presentation.xml",)),
        Kind("xlsx", "zip", ZIP, OOXML + "spreadsheetml.sheet", ("xl/workbook.xml",)),
        Kind("odt", "zip", ZIP, ODF + "text", ("content.xml", ODF + "text")),
        Kind("odp", "zip", ZIP, ODF + "presentation", ("content.xml", ODF + "presentation")),
        Kind("ods", "zip", ZIP, ODF + "spreadsheet", ("content.xml", ODF + "spreadsheet")),
        Kind("doc", "ole", OLE, "application/msword", ("WordDocument",)),
        Kind("ppt", "ole", OLE, "application/vnd.ms-powerpoint", ("PowerPoint Document",)),
        Kind("xls", "ole", OLE, "application/vnd.ms-excel", ("Workbook", "Book")),
        Kind("rtf", "rtf", RTF, "application/rtf"),
    )
}

# What stands under which name in every office, and opens there: Word's .doc may be RTF, a telephone's .png a JPEG.
SIBLINGS = {
    "doc": ("rtf", "docx"),
    "docx": ("doc", "rtf"),
    "rtf": ("doc", "docx"),
    "xls": ("xlsx",),
    "xlsx": ("xls",),
    "ppt": ("pptx",),
    "pptx": ("ppt",),
    **dict.fromkeys(("png", "heic", "heif", "webp"), ("jpg", "png", "heic", "webp")),
    **dict.fromkeys(("jpg", "jpeg", "jfif", "jpe"), ("png", "heic", "webp")),
    **dict.fromkeys(("tif", "tiff"), ("jpg", "png")),
    "txt": ("rtf", "pdf"),
}

# What Office saves besides documents: templates, shows, files with macros, binary ones. Each can be saved as …
SAVE_AS = {
    **dict.fromkeys(("docm", "dotx", "dotm", "dot", "wps", "wpt", "pages"), "docx"),
    **dict.fromkeys(("xlsm", "xltx", "xltm", "xlsb", "xlt", "xlam", "et", "ett", "numbers", "csv", "tsv"), "xlsx"),
    **dict.fromkeys(("pptm", "ppsx", "ppsm", "pps", "potx", "potm", "pot", "dps", "dpt", "key"), "pptx"),
    **{"ott": "odt", "fodt": "odt", "ots": "ods", "fods": "ods", "otp": "odp", "fodp": "odp"},
    **dict.fromkeys(("xps", "oxps", "vsd", "vsdx", "pub", "mpp", "odg", "html", "htm", "mht", "mhtml"), "pdf"),
    **dict.fromkeys(("bmp", "gif", "avif"), "jpg"),
}

ALWAYS = tuple(ending for ending, kind in KINDS.items() if not kind.is_office)
WITH_OFFICE = tuple(ending for ending, kind in KINDS.items() if kind.is_office)


def by_name(filename: str) -> Kind | None:
    """The kind a file name promises; None for a name nothing here can show."""
    return KINDS.get(ending_of(filename))


def ending_of(filename: str) -> str:
    return PurePath(filename).suffix.lower().lstrip(".")


def by_content(named: Kind, head: bytes) -> Kind | None:
    """What a file is that is not what its name says, where the programs of an office open it nevertheless."""
    others = (KINDS[ending] for ending in SIBLINGS.get(named.ending, ()))
    return next((kind for kind in others if kind.begins(head)), None)

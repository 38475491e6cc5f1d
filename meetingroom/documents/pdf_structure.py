"""What stands in a PDF beside its pages: layers, forms, other files. Read by qpdf; runs inside a render process.

PDFium draws a page as a screen shows it, yet reads the words of every layer, and knows Western letters only in forms.
What cannot be read here is as if it were not there: the pages are drawn in any case.
"""

import logging
import os
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf

from meetingroom.documents import appearances, jpeg_end
from meetingroom.documents.file_rejected import WARNINGS_LIMIT

DEEPEST = 8  # forms within forms
LARGEST = 60 * 1024 * 1024  # bytes of a file that is written anew, in memory
PICTURES, FORMS = 100, 1000  # that are looked at on a page
LOOK = (1920, 1920)  # as large as they are shown
HIDDEN = 2  # the flag of a mark that no screen shows
SHOWS = {"Tj", "TJ", "'", '"', "Do", "INLINE IMAGE"}
UNDRAWN = {"/Stamp", "/Line", "/Polygon", "/PolyLine", "/Caret"}  # PDFium makes no picture of these
SHORT = {"/DCT": "/DCTDecode", "/Fl": "/FlateDecode", "/A85": "/ASCII85Decode", "/AHx": "/ASCIIHexDecode"}
UNREADABLE = (pikepdf.PdfError, pikepdf.DependencyError, zlib.error, ValueError, TypeError, KeyError, AttributeError,
              IndexError, RuntimeError, RecursionError, UnicodeError, OverflowError, NotImplementedError)  # fmt: skip

logging.getLogger("pikepdf").setLevel(logging.ERROR)


class Anatomy:
    """An open PDF, seen from inside. `warnings` is what its owner should know; `mended` the file with forms drawn."""

    def __init__(self, path: Path | BinaryIO):
        self.warnings: list[dict] = []
        self.mended: bytes | None = None
        self._hidden: set[tuple[int, int]] = set()
        self._cut: dict[tuple[int, int], bool] = {}
        self._pdf: pikepdf.Pdf | None = None
        try:
            size = path.stat().st_size if isinstance(path, Path) else os.fstat(path.fileno()).st_size
            self._pdf = pikepdf.open(path)
        except (*UNREADABLE, OSError):
            return
        for look in (self._layers, self._files, self._forms):
            try:
                look(size)
            except UNREADABLE:
                continue

    @property
    def root(self):
        return self._pdf.Root if self._pdf else {}

    # Layers

    def _layers(self, size: int) -> None:
        properties = self.root.get("/OCProperties")
        if properties is None:
            return
        groups = list(properties.get("/OCGs", []))[:1000]
        off = [group for group in groups if not is_on(group, properties.get("/D", {}))]
        self._hidden = {group.objgen for group in off}
        names = list(dict.fromkeys(str(group.get("/Name", "?")) for group in off))
        if names:
            self.warnings.append({"code": "hidden_layers", "detail": ", ".join(names)})

    def visible(self, number: int) -> bytes | None:
        """A PDF of this page without what stands on hidden layers; None where nothing is hidden on it."""
        if not self._hidden or self._pdf is None:
            return None
        page = self._pdf.pages[number - 1]
        content, changed = self._shown(page, resources_of(page), 0)
        if not changed:
            return None
        single = pikepdf.new()
        page.obj.Contents = self._pdf.make_stream(content)
        single.pages.append(page)
        out = BytesIO()
        single.save(out)
        return out.getvalue()

    def _shown(self, stream, resources, depth: int) -> tuple[bytes, bool]:
        """The content without the words and pictures on hidden layers, and whether there were any."""
        layers, forms = resources.get("/Properties", {}), resources.get("/XObject", {})
        kept, open_marks, changed = [], [], False
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            operands = instruction.operands
            if operator in {"BDC", "BMC"}:
                layered = operator == "BDC" and str(operands[0]) == "/OC"
                open_marks.append(layered and self._is_hidden(layer_of(operands[1], layers)))
            elif operator == "EMC" and open_marks:
                open_marks.pop()
            elif operator in SHOWS and any(open_marks):
                changed = True
                continue
            elif operator == "Do" and str(operands[0]) in forms:
                form = forms[str(operands[0])]
                if self._is_hidden(form.get("/OC")):
                    changed = True
                    continue
                if form.get("/Subtype") == "/Form" and depth < DEEPEST:
                    content, other = self._shown(form, form.get("/Resources", resources), depth + 1)
                    if other:
                        form.write(content)
                        changed = True
            kept.append(instruction)
        return pikepdf.unparse_content_stream(kept) if changed else b"", changed

    def _is_hidden(self, layer) -> bool:
        """A layer, or a rule over layers (OCMD)."""
        if not isinstance(layer, pikepdf.Dictionary):
            return False
        if layer.get("/Type") != "/OCMD":
            return layer.objgen in self._hidden
        if (rule := layer.get("/VE")) is not None:
            return not self._holds(rule, 0)
        named: Any = layer.get("/OCGs", [])
        groups: list = [named] if isinstance(named, pikepdf.Dictionary) else list(named)
        on = [group.objgen not in self._hidden for group in groups if isinstance(group, pikepdf.Dictionary)]
        if not on:
            return False
        policies = {"/AllOn": all(on), "/AnyOff": not all(on), "/AllOff": not any(on)}
        return not policies.get(str(layer.get("/P", "/AnyOn")), any(on))

    def _holds(self, rule, depth: int) -> bool:
        if isinstance(rule, pikepdf.Dictionary):
            return rule.objgen not in self._hidden
        if depth > DEEPEST:
            return True
        word, *parts = list(rule)
        parts = [self._holds(part, depth + 1) for part in parts]
        return {"/Not": not parts[0], "/Or": any(parts)}.get(str(word), all(parts))

    # Pictures

    def has_cut_picture(self, number: int) -> bool:
        """Whether a JPEG on this page was cut off before it came into the file: PDFium draws the rest of it grey."""
        if self._pdf is None:
            return False
        try:
            return any(map(self._is_cut, islice(pictures_of(self._pdf.pages[number - 1]), PICTURES)))
        except UNREADABLE:
            return False

    def _is_cut(self, picture) -> bool:
        """Each is looked at once: an emblem is on every page."""
        name = picture.objgen
        if name not in self._cut:
            self._cut[name] = False  # also where it cannot be unpacked
            self._cut[name] = (file := jpeg_of(picture)) is not None and jpeg_end.is_cut(file, LOOK)
        return self._cut[name]

    # Other files

    def _files(self, size: int) -> None:
        files = len(self._pdf.attachments) if self._pdf else 0
        if "/Collection" in self.root:
            self.warnings.append({"code": "portfolio", "detail": files})
        elif files:
            self.warnings.append({"code": "attachments", "detail": files})

    # Forms and marks

    def _forms(self, size: int) -> None:
        form = self.root.get("/AcroForm", {})
        if "/XFA" in form and (not len(form.get("/Fields", [])) or self.root.get("/NeedsRendering") is True):
            self.warnings.append({"code": "xfa_form"})
        mended = size <= LARGEST and self._old_fonts()
        for number, mark in self._marks():
            kind = str(mark.get("/Subtype"))
            has_look = "/N" in mark.get("/AP", {})
            if kind in {"/Widget", "/FreeText"} and (words := appearances.needs_appearance(mark, form)):
                if size > LARGEST:
                    self._warn("letters_missing", number)
                    continue
                mark.AP = pikepdf.Dictionary(N=appearances.draw_appearance(self._pdf, mark, form, words))
                self._warn("form_redrawn", number)
                mended = True
            elif kind in UNDRAWN and not has_look:
                self._warn("mark_without_picture", number, kind.strip("/"))
        if mended and self._pdf:
            if "/NeedAppearances" in form:
                del form["/NeedAppearances"]
            out = BytesIO()
            self._pdf.save(out)
            self.mended = out.getvalue()

    def _old_fonts(self) -> bool:
        """Text in .VnTime without the font: named letters make the substitute draw what was meant."""
        mended = False
        for page in self._pdf.pages if self._pdf else ():
            for font in resources_of(page).get("/Font", {}).values():
                mended = appearances.name_font(font) or mended
        return mended

    def _marks(self) -> Iterator[tuple[int, pikepdf.Object]]:
        """(page, annotation) of all that a screen shows."""
        for number, page in enumerate(self._pdf.pages if self._pdf else (), 1):
            for mark in page.get("/Annots", []):
                if isinstance(mark, pikepdf.Dictionary) and not int(mark.get("/F", 0)) & HIDDEN:
                    yield number, mark

    def _warn(self, code: str, page: int, detail: str = "") -> None:
        if len(self.warnings) < WARNINGS_LIMIT:
            self.warnings.append({"code": code, "page": page, "detail": detail})


def resources_of(page: pikepdf.Page) -> Any:
    """Fonts, pictures and layers that a page names: its own, or those of the pages among which it is."""
    return page.resources


def pictures_of(page: pikepdf.Page) -> Iterator:
    """The JPEGs of a page, also those in forms, in patterns and in the looks of marks. Each form is read once."""
    ahead: list = [resources_of(page), *looks_of(page)]
    seen: set[tuple[int, int]] = set()
    while ahead:
        resources = ahead.pop()
        for each in (*resources.get("/XObject", {}).values(), *resources.get("/Pattern", {}).values()):
            if each.get("/Subtype") == "/Image":
                if filters_of(each)[-1:] == ["/DCTDecode"]:
                    yield each
            elif each.objgen not in seen and len(seen) < FORMS and (inner := each.get("/Resources")) is not None:
                seen.add(each.objgen)
                ahead.append(inner)


def looks_of(page: pikepdf.Page) -> list:
    """The resources of what the marks of a page look like."""
    marks: Any = page.get("/Annots", [])
    looks = [mark.get("/AP", {}).get("/N", {}).get("/Resources") for mark in islice(marks, FORMS)]
    return [each for each in looks if each is not None]


def filters_of(stream) -> list[str]:
    named: Any = stream.get("/Filter", [])
    names = [str(each) for each in named] if isinstance(named, pikepdf.Array) else [str(named)]
    return [SHORT.get(name, name) for name in names]


def jpeg_of(picture) -> bytes | None:
    """Its file; None where it is larger than what is looked at, or packed in a way in which nobody packs a JPEG."""
    if int(picture.get("/Length", 0)) > LARGEST:
        return None
    file: bytes = picture.read_raw_bytes()
    for packing in filters_of(picture)[:-1]:
        if packing == "/FlateDecode":
            file = zlib.decompressobj().decompress(file, LARGEST + 1)
        elif packing in {"/ASCII85Decode", "/ASCIIHexDecode"}:
            with pikepdf.new() as other:
                file = pikepdf.Stream(other, file, Filter=pikepdf.Name(packing)).read_bytes()
        else:
            return None
        if len(file) > LARGEST:
            return None
    return file


def layer_of(operand, layers):
    return layers.get(str(operand)) if isinstance(operand, pikepdf.Name) else operand


def is_on(group, config) -> bool:
    """Whether a layer is shown on a screen, as PDFium decides it."""
    intent = group.get("/Intent", "/View")
    intents = [str(each) for each in intent] if isinstance(intent, pikepdf.Array) else [str(intent)]
    if not {"/View", "/All"} & set(intents):
        return True
    state = group.get("/Usage", {}).get("/View", {}).get("/ViewState")
    if state is not None:
        return str(state) != "/OFF"
    on = str(config.get("/BaseState", "/ON")) != "/OFF"
    for key, becomes in (("/ON", True), ("/OFF", False)):
        if any(each.objgen == group.objgen for each in config.get(key, [])):
            on = becomes
    return on

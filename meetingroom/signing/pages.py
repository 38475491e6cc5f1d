"""What two PDF files show, compared: pages, fonts and pictures, and whatever else could show or do something. Pure.

Called in a process of its own (`work.py`): the files come from outside.
"""

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Stream

from meetingroom.signing.places import ROOMS

BOXES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
DEEPEST = 60
MOST_DIFFERENCES = 20
MOST_WORDS = 2000  # of a page
SCALE = 0.7  # of the pictures that are compared: 50 dots an inch
# What opens, runs or hides something; a signature needs none of it.
ACTIVE = ("/OpenAction", "/AA", "/OCProperties", "/Collection")
ACTIVE_NAMES = ("/JavaScript", "/EmbeddedFiles")


@dataclass(frozen=True)
class Difference:
    """`what`: other_document | pages_missing | pages_added | page_changed | page_moved | page_size | annotation |
    field | number_missing | active. `page` counts from 1; 0: the whole file."""

    what: str
    page: int = 0
    detail: str = ""


def compare(original: bytes, other: bytes, *, pixels: bool, ours: bytes = b"") -> list[Difference]:
    """What `other` has beside the original, its signatures, and what was put into its rooms in `ours`. Raises
    pikepdf.PdfError if one cannot be read."""
    with (
        pikepdf.open(BytesIO(original)) as one,
        pikepdf.open(BytesIO(other)) as two,
        pikepdf.open(BytesIO(ours or original)) as three,
    ):
        stamped, filled = rooms_of(three)
        before, after = [*map(page_key, one.pages)], [*map(page_key, two.pages)]
        found = [*of_pages(before, after)]
        if found and not set(before) & set(after) and first_id(one) != first_id(two):
            return [Difference("other_document")]
        for n, (page, changed) in enumerate(zip(one.pages, two.pages, strict=False), 1):
            if box_key(page) != box_key(changed):
                found.append(Difference("page_size", n))
        for n, page in enumerate(two.pages, 1):
            known = set(annotations(one.pages[n - 1])) if n <= len(one.pages) else set()
            kept = set()
            for key in annotations(page):
                kept.add(key)
                if key not in known and (n > 1 or key not in stamped):
                    found.append(Difference("annotation", n, key[0]))
            found += [Difference("annotation", n, key[0]) for key in known - kept]
            if n == 1 and filled - kept:
                found.append(Difference("number_missing"))
        rooms = other_fields(two) & other_fields(three)
        found += [Difference("field", 0, name) for name in sorted((other_fields(two) - rooms) ^ other_fields(one))]
        found += [Difference("active", 0, name) for name in active(one, two)]
    if pixels and not found:
        found += [Difference("page_changed", n) for n in unlike_pictures(original, other)]
    return [with_words(each, original, other) for each in found[:MOST_DIFFERENCES]]


def rooms_of(pdf: pikepdf.Pdf) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(those of number and date on the first page, those of them in which something stands)."""
    listed = pdf.pages[0].obj.get("/Annots") if len(pdf.pages) else None
    rooms = [
        each
        for each in (listed if isinstance(listed, Array) else ())
        if isinstance(each, Dictionary) and str(each.get("/T", "")) in ROOMS and each.get("/FT") == Name.Tx
    ]
    keys = {id(each): annotation_key(each) for each in rooms}
    return {*keys.values()}, {keys[id(each)] for each in rooms if str(each.get("/V", ""))}


def with_words(difference: Difference, original: bytes, other: bytes) -> Difference:
    """Of a page that was changed: the first words that differ."""
    if difference.what != "page_changed":
        return difference
    was, now = (words_of(file, difference.page) for file in (original, other))
    for kind, a, b, c, d in difflib.SequenceMatcher(None, was, now).get_opcodes():
        if kind != "equal":
            return replace(difference, detail=" → ".join(shorten(part) for part in (was[a:b], now[c:d])))
    return difference


def words_of(file: bytes, page: int) -> list[str]:
    pdf = pypdfium2.PdfDocument(file)
    try:
        return pdf[page - 1].get_textpage().get_text_range().split()[:MOST_WORDS]
    finally:
        pdf.close()


def shorten(words: list[str]) -> str:
    text = " ".join("".join(c for c in word if c.isprintable()) for word in words)
    return f"“{text if len(text) <= 60 else text[:60] + '…'}”"


def of_pages(before: list[str], after: list[str]) -> Iterator[Difference]:
    if len(after) < len(before):
        yield Difference("pages_missing", 0, str(len(before) - len(after)))
    if len(after) > len(before):
        yield Difference("pages_added", len(before) + 1, str(len(after) - len(before)))
    for n, (one, two) in enumerate(zip(before, after, strict=False), 1):
        if one != two:
            was = before.index(two) + 1 if two in before else 0
            yield Difference("page_moved", n, str(was)) if was else Difference("page_changed", n)


def first_id(pdf: pikepdf.Pdf) -> bytes:
    """What the program that made the file called it; who changes it leaves that alone."""
    ids = pdf.trailer.get("/ID")
    return bytes(ids[0]) if isinstance(ids, Array) and len(ids) else b""


def page_key(page: pikepdf.Page) -> str:
    """The same for pages that draw the same with the same."""
    hasher = hashlib.sha256()
    hasher.update(drawing(page.obj))
    hasher.update(digest(inherited(page.obj, "/Resources"), {}))
    return hasher.hexdigest()


def drawing(page: Object) -> bytes:
    """The instructions of a page in one spelling."""
    contents = page.get("/Contents")
    if contents is None or (isinstance(contents, Array) and not len(contents)):
        return b""
    return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page))


def box_key(page: pikepdf.Page) -> bytes:
    box = inherited(page.obj, "/MediaBox")
    known = {"/CropBox": box, "/Rotate": 0, "/UserUnit": 1}
    boxes = []
    for key in BOXES:
        found = inherited(page.obj, key)
        value: Any = known.get(key) if found is None else found
        boxes.append([round(float(n), 2) for n in value] if isinstance(value, Array) else float(value or 0))
    return repr(boxes).encode()


def inherited(page: Object, key: str) -> Object | None:
    """What a page has, or the branch of the tree that it hangs on."""
    node: Object | None = page
    for _ in range(DEEPEST):
        if node is None:
            return None
        if (found := node.get(key)) is not None:
            return found
        node = node.get("/Parent")
    return None


def digest(thing, seen: dict, depth: int = 0) -> bytes:
    """SHA-256 of an object with all it refers to, whatever the numbers and filters of the file."""
    if depth > DEEPEST:
        raise pikepdf.PdfError("nested too deep")
    if isinstance(thing, Object) and thing.is_indirect and isinstance(thing, Dictionary | Stream | Array):
        if thing.objgen not in seen:
            seen[thing.objgen] = b"again"
            seen[thing.objgen] = digest_here(thing, seen, depth)
        return seen[thing.objgen]
    return digest_here(thing, seen, depth)


def digest_here(thing, seen: dict, depth: int) -> bytes:
    hasher = hashlib.sha256(type(thing).__name__.encode())
    if isinstance(thing, Stream | Dictionary):
        unsaid = {"/Length", "/Filter", "/DecodeParms", "/Parent", "/P", "/StructParent", "/StructParents"}
        for key in sorted(set(thing.keys()) - (unsaid if isinstance(thing, Stream) else unsaid - {"/Filter"})):
            hasher.update(key.encode() + digest(thing[key], seen, depth + 1))
        if isinstance(thing, Stream):
            try:
                hasher.update(thing.read_bytes())
            except pikepdf.PdfError:  # a picture in a filter of its own
                hasher.update(thing.read_raw_bytes())
    elif isinstance(thing, Array):
        for each in thing:
            hasher.update(digest(each, seen, depth + 1))
    elif isinstance(thing, float) or type(thing).__name__ == "Decimal":
        hasher.update(f"{float(thing):.4f}".encode())
    else:
        hasher.update(str(thing).encode())
    return hasher.digest()


def annotations(page: pikepdf.Page) -> Iterator[tuple[str, str]]:
    """(kind, digest) of what lies on a page and is no signature."""
    listed = page.obj.get("/Annots")
    for each in listed if isinstance(listed, Array) else ():
        if isinstance(each, Dictionary) and not is_signature(each):
            yield annotation_key(each)


def annotation_key(each: Object) -> tuple[str, str]:
    target = {key: each.get(key) for key in ("/Subtype", "/Rect", "/A", "/Dest", "/Contents", "/AP", "/FT", "/V")}
    key = b"".join(digest(value, {}) for value in target.values() if value is not None)
    return str(each.get("/Subtype", "?")).lstrip("/"), key.hex()


def is_signature(widget: Object) -> bool:
    """Also where the field and its place on the page are two objects."""
    node: Object | None = widget
    for _ in range(DEEPEST):
        if node is None or widget.get("/Subtype") != Name.Widget:
            return False
        if node.get("/FT") is not None:
            return bool(node.get("/FT") == Name.Sig) and "/AA" not in widget and "/A" not in widget
        node = node.get("/Parent")
    return False


def fields(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Object]]:
    """(full name, field) of every form field that has no fields below it."""
    form = pdf.Root.get("/AcroForm")
    waiting = [("", each, 0) for each in (form.get("/Fields") or [])] if isinstance(form, Dictionary) else []
    while waiting:
        above, field, depth = waiting.pop()
        if not isinstance(field, Dictionary) or depth > DEEPEST:
            continue
        name = ".".join(part for part in (above, str(field.get("/T", ""))) if part)
        below = [kid for kid in field.get("/Kids") or [] if isinstance(kid, Dictionary) and "/T" in kid]
        if below:
            waiting += [(name, kid, depth + 1) for kid in below]
        else:
            yield name, field


def marks(pdf: pikepdf.Pdf) -> dict[str, tuple[int, float]]:
    """Where signatures are seen: {full name of the field: (page from 1, share of the page that the mark covers)}."""
    found = {}
    for n, page in enumerate(pdf.pages, 1):
        listed, box = page.obj.get("/Annots"), [float(each) for each in page.mediabox]
        whole = abs((box[2] - box[0]) * (box[3] - box[1])) or 1
        for each in listed if isinstance(listed, Array) else ():
            if isinstance(each, Dictionary) and is_signature(each) and len(each.get("/Rect") or ()) == 4:
                left, low, right, high = (float(edge) for edge in each.Rect)
                found[full_name(each)] = (n, abs((right - left) * (high - low)) / whole)
    return found


def full_name(widget: Object) -> str:
    parts: list[str] = []
    node: Object | None = widget
    for _ in range(DEEPEST):
        if node is None:
            break
        if node.get("/T") is not None:
            parts.insert(0, str(node.get("/T")))
        node = node.get("/Parent")
    return ".".join(parts)


def other_fields(pdf: pikepdf.Pdf) -> set[str]:
    """Names of form fields that are no signatures."""
    found = {name for name, field in fields(pdf) if field_type(field) != Name.Sig}
    form = pdf.Root.get("/AcroForm")
    return found | ({"XFA"} if isinstance(form, Dictionary) and "/XFA" in form else set())


def field_type(field: Object) -> Object | None:
    node: Object | None = field
    for _ in range(DEEPEST):
        if node is None or node.get("/FT") is not None:
            return None if node is None else node.get("/FT")
        node = node.get("/Parent")
    return None


def active(one: pikepdf.Pdf, two: pikepdf.Pdf) -> Iterator[str]:
    """What the second file would open, run or hide, and the first would not."""
    for key in ACTIVE:
        before, after = one.Root.get(key), two.Root.get(key)
        if after is not None and key == "/OpenAction" and isinstance(after, Array):
            continue  # a page to begin with
        if (before is None) != (after is None) or (after is not None and plain(before) != plain(after)):
            yield key.lstrip("/")
    for key in ACTIVE_NAMES:
        names = [pdf.Root.get("/Names") for pdf in (one, two)]
        before, after = (each.get(key) if isinstance(each, Dictionary) else None for each in names)
        if after is not None and (before is None or digest(before, {}) != digest(after, {})):
            yield key.lstrip("/")


def plain(thing) -> bytes:
    return digest(thing, {})


def unlike_pictures(original: bytes, other: bytes) -> Iterator[int]:
    """Numbers of pages that look different without what lies on them."""
    one, two = pypdfium2.PdfDocument(original), pypdfium2.PdfDocument(other)
    try:
        for n in range(min(len(one), len(two))):
            if picture(one, n) != picture(two, n):
                yield n + 1
    finally:
        one.close()
        two.close()


def picture(pdf: pypdfium2.PdfDocument, n: int) -> bytes:
    page = pdf[n]
    try:
        # One size whatever the page says of itself: a page of a kilometre is no reason to run out of memory.
        scale = min(SCALE, 2000 / max(page.get_size()))
        return bytes(page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False).buffer)
    finally:
        page.close()

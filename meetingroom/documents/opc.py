"""Names inside Word, Excel and PowerPoint files. To Office "Word/Document.XML" and "word/document.xml" are one, to
LibreOffice two."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

LARGEST = 10 * 1024 * 1024  # of a list of names
PART = re.compile(rb"\bPartName\s{0,9}=\s{0,9}[\"']([^\"'<>]{1,1000})")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]{0,4000}>")
TARGET = re.compile(rb"\bTarget\s{0,9}=\s{0,9}[\"']([^\"'<>]{1,2000})")
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
TYPES, ROOT = "[Content_Types].xml", "_rels/.rels"


def fold_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def restore_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """{the name of an entry: as the file's own lists spell it}, where these differ."""
    there = {fold_name(name): name for name in archive.namelist()}
    if fold_name(TYPES) not in there:
        return {}
    right: dict[str, str] = {}
    waiting = [TYPES, ROOT, *list_parts(archive, there)]
    while waiting:
        name = waiting.pop()
        if fold_name(name) not in there or fold_name(name) in right:
            continue
        right[fold_name(name)] = name
        folder, base = posixpath.split(name)
        if base.endswith(".rels") and posixpath.basename(folder) == "_rels":
            waiting += list_targets(archive, there[fold_name(name)], posixpath.dirname(folder))
        else:
            waiting.append(posixpath.join(folder, "_rels", f"{base}.rels"))
    return {there[key]: name for key, name in right.items() if there[key] != name}


def list_parts(archive: zipfile.ZipFile, there: dict[str, str]) -> Iterator[str]:
    for found in PART.finditer(read_small(archive, there[fold_name(TYPES)])):
        yield unquote(found[1].decode("utf-8", "replace")).lstrip("/")


def list_targets(archive: zipfile.ZipFile, rels: str, folder: str) -> Iterator[str]:
    for relation in RELATION.findall(read_small(archive, rels)):
        target = TARGET.search(relation)
        if target and not EXTERNAL.search(relation):
            name = unquote(target[1].decode("utf-8", "replace"))
            yield name.lstrip("/") if name.startswith("/") else posixpath.normpath(posixpath.join(folder, name))


def read_small(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if archive.getinfo(name).file_size <= LARGEST else b""

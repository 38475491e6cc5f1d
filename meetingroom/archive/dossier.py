"""metadata/dossier.xml: the dossier and its documents, in the terms of NĐ 30/2020/NĐ-CP, annex VI. Pure."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from meetingroom import clock
from meetingroom.archive.naming import document_title
from meetingroom.archive.snapshot_store import Snapshot
from meetingroom.meeting.checks import SHAPELESS
from meetingroom.meeting.issuing import number_of, taken_for
from meetingroom.meeting.sealed_state import Archive
from meetingroom.printing.letterhead import Letterhead

LANGUAGE = "Tiếng Việt"


def dossier_xml(snapshot: Snapshot) -> bytes:
    """Fields without a value are there, empty: whoever imports it finds them all."""
    state = snapshot.state
    letters = snapshot.minutes.letterhead if snapshot.minutes else Letterhead()
    root = Element("Dossier")
    fields = {
        "FileCode": state.id,
        "FileCatalog": str(clock.local(state.meeting.opened_at or state.archive.at).year),
        "FileNotation": state.archive.code,
        "Title": state.meeting.title[:500],
        "Maintenance": period(state.archive),
        "Rights": "Công khai" if state.meeting.secrecy == "none" else "Hạn chế",
        "Creator": letters.issuing.replace("\n", " ")[:200],
        "Language": LANGUAGE,
        "StartDate": day(state.meeting.opened_at or state.meeting.starts_at),
        "EndDate": day(state.archive.at),
        "DocTotal": str(len(state.issuing.documents) + len(snapshot.papers)),
        "PageTotal": str(sum(paper.pages for paper in snapshot.papers)),
        "Format": "Điện tử",
    }  # fmt: skip
    add_all(root, fields)
    documents = SubElement(root, "Documents")
    ordinal = 0
    for key, document in state.issuing.documents.items():
        ordinal += 1
        number = number_of(state, key)
        code, _, notation = number.partition("/")
        taken = taken_for(state, key)
        one = SubElement(documents, "Document")
        fields = {
            "DocOrdinal": str(ordinal),
            "TypeName": document_title(state, key).partition(" số ")[0],
            "CodeNumber": code,
            "CodeNotation": notation,
            "IssuedDate": day(document.issued_at or (taken.at if taken else 0) or document.at),
            "OrganName": letters.issuing.replace("\n", " ")[:200],
            "Subject": state.meeting.title[:500],
            "Language": LANGUAGE,
            "PageAmount": "",
        }
        add_all(one, fields)
        signers = SubElement(one, "SignerInfo")
        for signature in document.signatures:
            add_all(
                SubElement(signers, "Signer"),
                {"FullName": signature.signer, "Serial": signature.serial, "Time": clock.iso(signature.at)},
            )
    for paper in snapshot.papers:
        ordinal += 1
        one = SubElement(documents, "Document")
        fields = {
            "DocOrdinal": str(ordinal),
            "TypeName": "Tài liệu cuộc họp",
            "CodeNumber": "",
            "CodeNotation": "",
            "IssuedDate": day(state.meeting.starts_at),
            "OrganName": "",
            "Subject": paper.title[:500],
            "Language": LANGUAGE,
            "PageAmount": str(paper.pages),
        }
        add_all(one, fields)
        SubElement(one, "SignerInfo")
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"


def period(archive: Archive) -> str:
    if archive.keep_until:
        return f"{archive.code}, đến {archive.keep_until}"
    return "Vĩnh viễn" if archive.code else ""


def add_all(parent: Element, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        SubElement(parent, name).text = SHAPELESS.sub("", value) or None


def day(ms: int) -> str:
    return f"{clock.local(ms):%d/%m/%Y}" if ms else ""

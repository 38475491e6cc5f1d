"""A small case on a running server: two volumes of four pages with their numbers, a map of ten nodes, published."""

import io
import time
from dataclasses import dataclass, field

from reportlab.pdfgen.canvas import Canvas

from tests.rooms import Person, Room

SHEET = {
    "code": "LG-2026-017",
    "title": "Vụ án Nguyễn Văn A",
    "secrecy": "no",
    "kind": "criminal",
    "stage": "prosecution",
    "charges": [{"name": "Lừa đảo chiếm đoạt tài sản", "law": "BLHS", "article": "174", "clause": "4", "point": "a"}],
}
MAP = """Vụ án Nguyễn Văn A
\tQuá trình tố tụng
\t\tTố giác của bị hại (BL 121)
\t\tKhởi tố vụ án (BL 122)
\tLời khai
\t\tLời khai của A (BL 123-124)
\t\tA và B mâu thuẫn (BL 121 ↔ 133)
\tVật chứng
\t\tSổ ghi nợ (BL 134)
\tTrả hồ sơ để đối chất A và B (BL 133)
"""
FIRST = {1: 121, 2: 131}  # the number of the first page, by volume
PAGES = 4


def volume(first: int, pages: int = PAGES) -> bytes:
    """A scan: each page with its stamp in the corner, and words that say which page it is."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    for n in range(first, first + pages):
        canvas.setFont("Helvetica-Bold", 22)
        canvas.drawString(510, 800, str(n))
        canvas.setFont("Helvetica", 30)
        for line in range(12):
            canvas.drawString(60, 700 - 50 * line, f"But luc {n}, dong {line + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@dataclass
class CaseFile:
    room: Room
    owner: Person
    id: str
    map: str = ""
    numbering: str = ""
    documents: dict[int, str] = field(default_factory=dict)  # by volume

    def known(self) -> dict:
        """What makes it another CaseFile on a copy of its data folder, with the room and the owner there."""
        return {name: getattr(self, name) for name in ("id", "map", "numbering", "documents")}

    def at(self, path: str = "") -> str:
        return f"/api/cases/{self.id}{path}"

    def sends(self, method: str, path: str, body=None) -> dict:
        answer = self.owner.session.request(method, self.room.url + self.at(path), json=body, timeout=60)
        assert answer.status_code < 300, (path, answer.status_code, answer.text)
        return answer.json()

    def place(self, label: int) -> dict:
        """{document, page} of a number."""
        no = max(no for no, first in FIRST.items() if first <= label)
        return {"document": self.documents[no], "page": label - FIRST[no] + 1}

    def files(self) -> None:
        """Both volumes come in, and their pages are drawn."""
        for no, first in FIRST.items():
            sent = self.owner.post(
                self.at("/documents"),
                files={"file": (f"T{no}.pdf", volume(first), "application/pdf")},
                data={"volume": str(no), "title": f"Tập {no}"},
            )
            assert sent.status_code == 202, sent.text
            self.documents[no] = sent.json()["id"]
        for document in self.documents.values():
            place = self.at(f"/documents/{document}")
            while self.owner.get(place).json()["status"] != "ready":
                time.sleep(0.3)  # who asks all the time keeps the worker, which is more polite, from drawing

    def numbers(self) -> None:
        self.numbering = self.sends("POST", "/numberings", {"name": "BL-CQĐT"})["id"]
        runs = [
            {"document": self.documents[no], "first": 1, "last": PAGES, "start": first} for no, first in FIRST.items()
        ]
        self.sends("PUT", f"/numberings/{self.numbering}/runs", {"runs": runs})

    def maps(self, text: str = MAP) -> None:
        self.map = self.sends("POST", "/maps", {"title": "Nội dung vụ án", "text": text})["id"]
        if proposal := self.nodes().get("Trả hồ sơ để đối chất A và B"):
            self.edits(proposal, kind="prop")
        self.publish()

    def edits(self, node: str, **fields) -> None:
        rev = self.sends("GET", f"/maps/{self.map}.json")["rev"]
        self.sends(
            "POST", f"/maps/{self.map}/ops", {"id": f"op{rev}", "rev": rev, "edit": {"node": node, "set": fields}}
        )

    def publish(self) -> int:
        return self.sends("POST", f"/maps/{self.map}/versions", {})["version"]

    def nodes(self) -> dict[str, str]:
        """The ids of the map's nodes by their text."""
        return {node["text"]: key for key, node in self.sends("GET", f"/maps/{self.map}.json")["nodes"].items()}


def case_file(room: Room, owner: str = "em", numbered: bool = True, **sheet) -> CaseFile:
    """A case of `owner`; with its numbers and its map unless they are what the test is about."""
    person = room.person(owner)
    made = person.post("/api/cases", json={**SHEET, **sheet})
    assert made.status_code == 201, made.text
    case = CaseFile(room, person, made.json()["id"])
    case.files()
    if numbered:
        case.numbers()
        case.maps()
    return case

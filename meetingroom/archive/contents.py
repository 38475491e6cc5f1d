"""The files of a package, from a snapshot: papers, documents, results, and the page that opens without the program.

Pure but for the files named by the snapshot; everything a person reads is in the agency's official language.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from meetingroom import clock
from meetingroom.archive import facts as log_lines
from meetingroom.archive import inked, replay
from meetingroom.archive.bag import Member
from meetingroom.archive.dossier import dossier_xml
from meetingroom.archive.naming import KIND_WORDS, ROLE_WORDS, document_title
from meetingroom.archive.snapshot_store import PaperFile, Snapshot, as_json, documents_shown, members_view
from meetingroom.meeting.state import MeetingState
from meetingroom.minutes import outline, rich, timeline
from meetingroom.minutes.approval import OFFICIAL
from meetingroom.minutes.draft import model_conclusion
from meetingroom.printing.cells import harmless
from meetingroom.printing.wording import words
from meetingroom.spelling import decompose

VIEWER = Path(__file__).parent / "viewer"


@dataclass(frozen=True)
class Place:
    """A file of the package that is named elsewhere in it, relative to `data/`."""

    path: str
    source: Path


def members(snapshot: Snapshot) -> Iterator[Member]:
    """Everything but BagIt's own files."""
    state = snapshot.state
    kept_back = log_lines.withheld(snapshot.facts, state)
    documents = list(list_documents(snapshot))
    papers = {paper.document: folder for paper, folder in paper_folders(snapshot)}
    minutes = list(minutes_parts(snapshot))
    for _title, place, _note in documents:
        yield Member(f"data/{place.path}", place.source)
    for paper, folder in paper_folders(snapshot):
        yield from paper_members(paper, folder)
    for part in minutes:
        yield Member(f"data/{part['file']}", page_of(part["title"], part["html"]))
    lines = log_lines.write_lines(snapshot.rows, snapshot.facts, state, kept_back)
    yield Member("data/log.jsonl", "".join(f"{line}\n" for line in lines).encode())
    yield Member("data/roll.csv", roll_csv(state))
    yield Member("data/ballots.json", as_json(members_view(state)["ballots"]))
    yield Member("data/directives.json", as_json(directives(state)))
    replayed = replay.build(state.id, snapshot.facts)
    yield Member("data/replay.json", json.dumps(replayed, ensure_ascii=False).encode())
    data = reader_data(snapshot, kept_back, documents, papers, minutes, replayed)
    yield Member("data/archive.js", reader_script(data))
    for name in ("index.html", "archive.css", "README.txt"):
        yield Member(f"data/{name}", (VIEWER / name).read_bytes())
    yield Member("data/verify.py", (VIEWER / "verify.txt").read_bytes())
    yield Member("metadata/dossier.xml", dossier_xml(snapshot))


def list_documents(snapshot: Snapshot) -> Iterator[tuple[str, Place, str]]:
    """(title, where it lies in the package, note) of every final file and signed copy."""
    state = snapshot.state
    for number, (key, document) in enumerate(state.issuing.documents.items(), 1):
        title = document_title(state, key)
        base = f"documents/{number:02}-{slug(document.kind)}-v{document.version}"
        files = [(document.pdf, f"{base}.pdf", ""), (document.docx, f"{base}.docx", "")]
        files += [
            (signature.file, f"{base}-signed-{n}.pdf", f"bản ký số {n}")
            for n, signature in enumerate(document.signatures, 1)
        ]
        files.append((document.stamped, f"{base}-numbered.pdf", "bản đã đóng số, ngày"))
        seen = set()
        for sha, path, note in files:
            if sha in snapshot.files and sha not in seen:
                seen.add(sha)
                yield title, Place(path, snapshot.files[sha]), replaced_note(document, note)


def replaced_note(document, note: str) -> str:
    return "; ".join(part for part in (note, "đã thay" if document.replaced_by else "") if part)


def paper_folders(snapshot: Snapshot) -> Iterator[tuple[PaperFile, str]]:
    for number, paper in enumerate(snapshot.papers, 1):
        yield paper, f"papers/{number:02}-{slug(paper.title)}"


def paper_members(paper: PaperFile, folder: str) -> Iterator[Member]:
    yield Member(f"data/{folder}/original.{paper.ending}", paper.original)
    if paper.pdf:
        yield Member(f"data/{folder}/shown.pdf", paper.pdf)
    for page, picture in paper.pictures.items():
        yield Member(f"data/{folder}/pages/{page:04}.webp", picture)


def minutes_parts(snapshot: Snapshot) -> Iterator[dict]:
    """`{file, title, html, text}`: the head, each item, the conclusions."""
    if snapshot.minutes is None:
        return
    minutes, _ = outline.at_home(snapshot.minutes), words(OFFICIAL)
    parts = [("00-dau-bien-ban", "Biên bản", list(outline.opening(minutes, _)))]
    before = [outline.Block("text", text) for text in minutes.opening]
    before += [outline.Block("fact", line.text) for line in minutes.lines]
    if before:
        parts.append(("01-khai-mac", "Khai mạc", before))
    for item in minutes.items:
        title = f"{item.number}. {item.title}" if item.number else item.title
        blocks = [block for _at, block in outline.entries(item, minutes, _)]
        parts.append((slug(f"{len(parts) + 1:02} {title}"), title, blocks))
    if ending := [*outline.outcome(minutes, _), outline.Block("last", outline.ending(minutes, _))]:
        parts.append((slug(f"{len(parts) + 1:02} ket luan"), "Kết luận và kết thúc", ending))
    for name, title, blocks in parts:
        html = "".join(map(block_html, blocks))
        yield {
            "file": f"minutes/{name}.html",
            "title": title,
            "html": html,
            "text": "\n".join(block.text for block in blocks),
        }


def block_html(block: outline.Block) -> str:
    """Tags that this program writes itself."""
    if block.body:
        return rich.write_block(block.body)
    kind = "fact" if block.style == "fact" else "say"
    tag = "h3" if block.style in ("item", "sub", "section") else "p"
    aside = f" <em>{escape(block.aside)}</em>" if block.aside else ""
    return f'<{tag} class="{kind}">{escape(block.text)}{aside}</{tag}>'


def page_of(title: str, html: str) -> bytes:
    head = (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' file:\">"
    )
    return (
        f'{head}<title>{escape(title)}</title><link rel="stylesheet" href="../archive.css"></head>\n'
        f'<body><main class="text"><h1>{escape(title)}</h1>\n{html}\n'
        '<p><a href="../index.html">Hồ sơ cuộc họp</a></p></main></body></html>\n'
    ).encode()


def roll_csv(state: MeetingState) -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(ROLL)
    for key in state.roll.order:
        person = state.roll.people[key]
        table.writerow(
            map(
                harmless,
                (
                    person.name,
                    person.title,
                    person.unit,
                    ROLE_WORDS.get(person.role, person.role),
                    PRESENCE.get(person.presence, person.presence),
                    moment(person.at),
                    moment(person.left_at),
                    person.reason,
                    person.substitute,
                ),
            )
        )
    return out.getvalue().encode("utf-8-sig")


PRESENCE = {"waiting": "Vắng", "onsite": "Tại phòng họp", "online": "Trực tuyến", "excused": "Vắng có lý do",
            "left": "Rời họp trước khi kết thúc"}  # fmt: skip


OPTIONS = {"yes": "Tán thành", "no": "Không tán thành", "other": "Ý kiến khác", "not_voting": "Không biểu quyết",
           "invalid": "Phiếu không hợp lệ"}  # fmt: skip
ROLL = ("Họ và tên", "Chức vụ", "Đơn vị", "Vai trò", "Có mặt", "Giờ đến", "Giờ rời", "Lý do", "Người dự thay")


def moment(ms: int) -> str:
    return f"{clock.local(ms):%H:%M %d/%m/%Y}" if ms else ""


def directives(state: MeetingState) -> dict:
    """The conclusions in their order, and those that were given out, by directive."""
    record = state.record
    return {
        "conclusions": [{"id": key, **conclusion_fields(record.conclusions[key])} for key in record.order],
        "directives": {
            record.directives[key]: {"conclusion": key, **conclusion_fields(conclusion)}
            for key, conclusion in record.issued.items()
            if key in record.directives
        },
    }


def conclusion_fields(conclusion) -> dict:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in vars(conclusion).items()}


def reader_script(content: dict) -> bytes:
    """A classic script: the data, then what draws them."""
    data = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return b"window.ARCHIVE = " + data.encode() + b";\n" + (VIEWER / "viewer.js").read_bytes()


def reader_data(
    snapshot: Snapshot, kept_back: dict, documents: list, folders: dict[str, str], minutes: list, replayed: dict
) -> dict:
    state, _ = snapshot.state, words(OFFICIAL)
    frame = state.meeting
    lines = list(timeline_lines(snapshot, kept_back, folders))
    conclusions = [model_conclusion(state.record.conclusions[key], _) for key in state.record.order]
    said = [[c.text, c.lead, ", ".join(c.cooperating), c.due, c.deliverable] for c in conclusions]
    search = [{"where": part["title"], "text": line, "file": part["file"]}
              for part in minutes for line in part["text"].split("\n") if line]  # fmt: skip
    search += [{"where": "Diễn biến", "text": line["text"], "at": line["at"]} for line in lines]
    search += [{"where": "Kết luận", "text": row[0]} for row in said]
    search += [{"where": "Tài liệu", "text": paper.title} for paper in snapshot.papers]
    return {
        "meeting": state.id,
        "agency": snapshot.minutes.letterhead.issuing.replace("\n", " ") if snapshot.minutes else first_unit(state),
        "kind": _(KIND_WORDS.get(frame.kind, frame.kind)),
        "title": frame.title or "Cuộc họp",
        "when": f"{moment(frame.opened_at or frame.starts_at)} – {moment(frame.closed_at)}",
        "place": frame.place,
        "sealed": f"Đóng hồ sơ lúc {moment(state.archive.at)}.",
        "without_minutes": state.archive.without_minutes,
        "timeline": lines,
        "replay": replayed,
        "pictures": pictures_of(snapshot, folders),
        "ink": inked.build(state.id, snapshot.facts, folders.keys()),
        "labels": OPTIONS,
        "minutes": [{key: part[key] for key in ("file", "title", "html")} for part in minutes],
        "documents": [document_line(*each) for each in documents],
        "conclusions": said,
        "ballots": list(ballot_lines(state)),
        "papers": [paper_line(paper, folders[paper.document]) for paper in snapshot.papers],
        "people": [
            [p.name, p.title, p.unit, ROLE_WORDS.get(p.role, p.role), PRESENCE.get(p.presence, p.presence)]
            for p in (state.roll.people[key] for key in state.roll.order)
        ],
        "search": search,
    }  # fmt: skip


def document_line(title: str, place: Place, note: str) -> dict:
    form = place.path.rpartition(".")[2].upper()
    return {"title": title, "file": place.path, "note": f"{form}; {note}" if note else form}


def timeline_lines(snapshot: Snapshot, kept_back: dict, folders: dict[str, str]) -> Iterator[dict]:
    pictures = {paper.document: paper.pictures for paper in snapshot.papers}
    shown = documents_shown(snapshot.facts)
    for facts in timeline.gathered([fact for fact in snapshot.facts if fact.seq not in kept_back]):
        line = timeline.narrate(facts, snapshot.state, OFFICIAL)
        row = {"at": line.at, "text": line.text, "strong": line.strong}
        document, page = next(iter(shown.get(facts[0].seq, ())), ("", 0))
        if page in pictures.get(document, {}):
            row["picture"] = picture_path(folders[document], page)
        yield row


def picture_path(folder: str, page: int) -> str:
    return f"{folder}/pages/{page:04}.webp"


def pictures_of(snapshot: Snapshot, folders: dict[str, str]) -> dict[str, dict]:
    """Of each document the pictures of its pages that were shown."""
    return {
        paper.document: {str(page): picture_path(folders[paper.document], page) for page in paper.pictures}
        for paper in snapshot.papers
    }


def paper_line(paper: PaperFile, folder: str) -> dict:
    return {
        "title": paper.title,
        "document": paper.document,
        "pages": paper.pages,
        "original": f"{folder}/original.{paper.ending}",
        "pdf": f"{folder}/shown.pdf" if paper.pdf else "",
        "shown": [{"page": page, "picture": picture_path(folder, page)} for page in paper.pictures],
        "note": STANDINGS.get(paper.standing, ""),
    }


STANDINGS = {
    "restricted": "Tài liệu hạn chế: các trang trong gói này không mang tên người xem.",
    "recalled": "Tài liệu đã thu hồi từ người dự họp; bản lưu trong hồ sơ được giữ lại.",
}


def ballot_lines(state: MeetingState) -> Iterator[dict]:
    """As everybody saw them."""
    seen = members_view(state)["ballots"]
    for key in seen["order"]:
        ballot = seen["items"][key]
        names = {o["key"]: o.get("label") or OPTIONS.get(o["key"], o["key"]) for o in ballot["options"]} | {
            "invalid": OPTIONS["invalid"]
        }
        result = ballot.get("result", {})
        yield {
            "question": ballot["question"],
            "how": ("Bỏ phiếu kín" if ballot.get("secret") else "Biểu quyết công khai")
            + (f", đóng lúc {moment(ballot['closed_at'])}" if ballot.get("closed_at") else "")
            + (f". Đã hủy: {ballot['reason']}" if ballot["state"] == "annulled" else ""),
            "counts": [[names.get(option, option), count] for option, count in ballot.get("counts", {}).items()],
            "sentence": (result.get("sentence") or {}).get("vi", ""),
            "votes": [[name_of(state, who), vote_of(vote, names)] for who, vote in ballot.get("votes", {}).items()],
            "receipts": ballot.get("receipts", []),
        }  # fmt: skip


def vote_of(vote: dict, names: dict[str, str]) -> str:
    said = [*(names.get(choice, choice) for choice in vote.get("choices", [])), vote.get("text", "")]
    return "; ".join(filter(None, said))


def name_of(state: MeetingState, person: str) -> str:
    known = state.roll.people.get(person)
    return known.name if known else person


def first_unit(state: MeetingState) -> str:
    return next((p.unit for p in state.roll.people.values() if p.role == "chair" and p.unit), "")


def slug(text: str) -> str:
    """ASCII, as it is the same on every computer."""
    plain = decompose(text.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:48].rstrip("-") or "x"

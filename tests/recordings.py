"""A case with a recording and a map, attached to a meeting that runs; em is in charge of it."""

import contextlib
import shutil
import sqlite3
import subprocess
from pathlib import Path

from meetingroom.cases.media.place import MediaPlace
from meetingroom.config import Settings

SECONDS = 90  # of the film: a slow machine is not at its end before it has been looked at
MAP = "Vụ án\n\tDiễn biến\n\tGiám định\n"
NODE = "N2"  # Diễn biến
SHEET = {"code": "LG-2026-017", "title": "Vụ án Nguyễn Văn A", "secrecy": "no", "stage": "prosecution"}


def film(path: Path, seconds: int = SECONDS, size: str = "320x180", rate: int = 15) -> Path:
    """A moving picture with a tone, as every browser plays it, a key frame each second."""
    sources = ["-f", "lavfi", "-i", f"testsrc=size={size}:rate={rate}:duration={seconds}"]
    sources += ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"]
    how = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", str(rate), "-c:a", "aac"]
    command = ["ffmpeg", "-v", "error", "-y", *sources, *how, "-movflags", "+faststart", "-shortest", str(path)]
    subprocess.run(command, check=True, timeout=120)
    return path


def make_ready(data: Path, media: str, film: Path, seconds: int) -> None:
    """What the worker makes of it: the film fits as it is."""
    with contextlib.closing(sqlite3.connect(data / "meetingroom.db", timeout=30)) as db:
        [(sha,)] = db.execute("select sha from case_media where id = ?", (media,))
        view = MediaPlace(Settings(data=data), sha).view("video")
        view.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(film, view)
        db.execute("update case_media set state = 'ready', kind = 'video', seconds = ? where id = ?", (seconds, media))
        db.commit()


def attach(room, film: Path, seconds: int = SECONDS) -> dict[str, str]:
    """{case, media, map, node} once the recording can be shown, without a worker; the node of the map leads to it."""
    em, an = room.person("em"), room.person("an")
    case = em.post("/api/cases", json=SHEET).json()["id"]
    with film.open("rb") as file:
        sent = em.post(
            f"/api/cases/{case}/media", files={"file": ("hoi-cung.mp4", file)}, data={"title": "Hỏi cung bị can A"}
        )
    assert sent.status_code == 201, sent.text
    media = sent.json()["id"]
    map = em.post(f"/api/cases/{case}/maps", json={"title": "Nội dung vụ án", "text": MAP}).json()["id"]
    edit = {"node": NODE, "set": {"anchors": [{"media": media}]}}
    assert em.post(f"/api/cases/{case}/maps/{map}/ops", json={"id": "op1", "rev": 0, "edit": edit}).status_code == 200
    assert em.post(f"/api/cases/{case}/maps/{map}/versions", json={}).status_code == 201
    em.does("attach_case", case=case)
    an.does("open_meeting")
    make_ready(room.data, media, film, seconds)
    return {"case": case, "media": media, "map": map, "node": NODE}

"""Photos, audio and video of the demo's case: the two photographs of exhibits, a call, and what a shop's camera saw.

Drawn and sounded by the program; the video only where ffmpeg can put its pictures together, as a recorder would.
"""

import hashlib
import io
import math
import shutil
import struct
import subprocess
import tempfile
import wave
from functools import cache
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

from meetingroom.cases import log_store
from meetingroom.cases.media import arriving, ffmpeg, store
from meetingroom.config import Settings
from meetingroom.database import Pool
from meetingroom.demo import case_photographs, typeset
from meetingroom.documents import content_store
from meetingroom.jobs import queue

SIZE, RATE, SECONDS = (640, 360), 10, 12
WALL, FLOOR, COUNTER, SHELF, COAT = (74, 80, 84), (108, 106, 100), (62, 50, 42), (92, 98, 102), (34, 40, 52)
TONE, RING = 8000, 425  # samples a second; hertz, of the tone while it rings at the other end

CASE_FILES = (
    ("anh-vat-chung-241.jpg", "jpg", "Ảnh vật chứng: máy in và phôi giấy", "241",
     "Chụp tại nơi khám xét ngày 09/12/2025; có thước tỷ lệ."),
    ("anh-vat-chung-242.jpg", "jpg", "Ảnh vật chứng: con dấu và điện thoại", "242",
     "Chụp tại nơi khám xét ngày 09/12/2025; có thước tỷ lệ."),
    ("cuoc-goi.wav", "wav", "Ghi âm cuộc gọi trích từ điện thoại của A", "353-370",
     "Âm thanh minh họa do chương trình tạo."),
    ("camera-02.avi", "avi", "Camera 02 của cửa hàng Hòa Phát", "201-203",
     "Hình minh họa do chương trình vẽ: khách vào quầy và để lại một phong bì."),
)  # fmt: skip


def lay_out(settings: Settings, pool: Pool, case: str, owner: str) -> None:
    """What is not there yet."""
    for name, type, title, bl, caption in CASE_FILES:
        with pool.lend() as db:
            known = store.find(db, case, arriving.medium_id(upload_of(name)))
        if known or (type == "avi" and not ffmpeg.available()):
            continue
        content = made(name)
        sha = hashlib.sha256(content).hexdigest()
        arrived = content_store.incoming_folder(settings) / f"demo-{name}"
        arrived.write_bytes(content)
        file = {"id": upload_of(name), "filename": name, "sha": sha, "type": type, "length": len(content)}
        with pool.writing() as db:
            content_store.take_in(settings, arrived, sha)
            id = arriving.add(db, case, file, {"title": title, "bl": bl, "caption": caption}, owner)
            log_store.add(db, case, "media_added", owner, title=title, media=id, sha256=sha)
        queue.wake_worker(settings)


def upload_of(name: str) -> str:
    return f"demo-{name}"


def made(name: str) -> bytes:
    if name.endswith(".jpg"):
        return case_photographs.taken(int(name[-7:-4]))
    return call() if name.endswith(".wav") else surveillance()


def call() -> bytes:
    """It rings twice, then somebody speaks who cannot be understood."""
    random = Random(7)  # noqa: S311 - a voice, not a secret
    syllables = [(3.4 + 0.31 * k, random.choice((118, 131, 147, 165)), random.uniform(0.12, 0.26)) for k in range(15)]
    samples = []
    for n in range(TONE * 9):
        at = n / TONE
        ringing = at < 1 or 2 <= at < 3
        level = 0.16 * math.sin(math.tau * RING * at) if ringing else 0.0
        for begin, pitch, length in syllables:
            if begin <= at < begin + length:
                swell = math.sin(math.pi * (at - begin) / length)
                level += 0.07 * swell * sum(math.sin(math.tau * pitch * k * at) / k for k in (1, 2, 3, 5))
        samples.append(int(32000 * max(-1, min(1, level))))
    found = io.BytesIO()
    with wave.open(found, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(TONE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return found.getvalue()


def surveillance() -> bytes:
    """Twelve seconds of a shop's camera with a running clock and a soft tone, as the recorder writes them: AVI."""
    pictures = b"".join(frame(n) for n in range(RATE * SECONDS))
    tone = ["-f", "lavfi", "-i", f"sine=frequency=220:duration={SECONDS},volume=0.06"]
    with tempfile.TemporaryDirectory() as folder:
        # Not into a pipe: the length in its head is written last.
        path = Path(folder) / "camera.avi"
        command = [
            str(shutil.which("ffmpeg")), "-v", "error", "-f", "mjpeg", "-framerate", str(RATE), "-i", "pipe:0", *tone,
            "-c:v", "copy", "-c:a", "pcm_s16le", "-ar", "8000", "-shortest", "-fflags", "+bitexact", "-f", "avi",
            str(path),
        ]  # fmt: skip
        subprocess.run(command, input=pictures, capture_output=True, check=True, timeout=120)
        return path.read_bytes()


@cache
def shop() -> Image.Image:
    """Seen from above the till: shelves, the door, the counter."""
    sheet = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(sheet)
    draw.polygon([(0, 210), (640, 170), (640, 360), (0, 360)], fill=FLOOR)
    for k in range(4):
        draw.rectangle((24 + 96 * k, 62, 106 + 96 * k, 196 - 6 * k), fill=SHELF)
        for row in range(4):
            top = 72 + 30 * row
            draw.rectangle((30 + 96 * k, top, 100 + 96 * k, top + 20), fill=(120 + 9 * row, 116, 96 + 12 * k))
    draw.rectangle((470, 40, 560, 176), fill=(150, 168, 176))
    draw.rectangle((478, 48, 552, 172), fill=(186, 202, 206))
    draw.polygon([(40, 290), (330, 268), (330, 360), (40, 360)], fill=COUNTER)
    draw.polygon([(40, 290), (330, 268), (346, 276), (60, 300)], fill=(104, 84, 66))
    draw.rectangle((90, 240, 150, 290), fill=(40, 44, 50))
    return sheet


def frame(n: int) -> bytes:
    """One picture: the customer comes from the door to the counter, lays something down, and goes."""
    sheet = shop().copy()
    draw = ImageDraw.Draw(sheet)
    at = n / RATE
    along = min(1, max(0, at / 4)) if at < 7 else max(0, 1 - (at - 7) / 4)
    x, y, tall = 514 - 190 * along, 150 + 70 * along, 92 + 44 * along
    step = 5 * math.sin(at * 9) * (0 < along < 1)
    draw.ellipse((x - 30, y + tall - 8, x + 30, y + tall + 8), fill=(84, 82, 78))
    draw.rounded_rectangle((x - 20, y + step * 0.3, x + 20, y + tall * 0.66), 12, fill=COAT)
    for side in (-1, 1):
        foot = x + side * (9 + step * 0.6)
        draw.line([(x + side * 8, y + tall * 0.6), (foot, y + tall)], fill=(28, 30, 36), width=11)
    draw.ellipse((x - 13, y - 24, x + 13, y + 4), fill=(150, 122, 102))
    draw.pieslice((x - 14, y - 26, x + 14, y + 2), 180, 360, fill=(24, 24, 26))
    if at >= 5:
        draw.polygon([(262, 276), (306, 273), (312, 281), (268, 284)], fill=(224, 216, 196))
    labels(draw, n)
    found = io.BytesIO()
    sheet.save(found, "JPEG", quality=78)
    return found.getvalue()


def labels(draw: ImageDraw.ImageDraw, n: int) -> None:
    face = font()
    clock = f"03/10/2025  14:22:{7 + n // RATE:02}"
    for at, text in (((12, 10), "CAM 02 · QUẦY"), ((444, 10), clock), ((12, 334), "HÌNH MINH HỌA")):
        draw.text((at[0] + 1, at[1] + 1), text, font=face, fill=(0, 0, 0))
        draw.text(at, text, font=face, fill=(240, 240, 236))


@cache
def font():
    return ImageFont.truetype(typeset.HERE / "fonts" / "BeVietnamPro-Regular.ttf", 16)

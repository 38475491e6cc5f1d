"""Tiny recordings, made by ffmpeg once: a second or two of a moving picture and a tone."""

import shutil
import subprocess

import pytest

from meetingroom.cases.media import jobs as media_jobs  # noqa: F401  (registers)
from tests.cases.conftest import CaseRoom, room  # noqa: F401
from tests.people.conftest import hashed  # noqa: F401

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-profile:v", "main")
RECIPES = {
    # What every screen plays already …
    "fits.mp4": (*H264, "-c:a", "aac"),
    # … and what telephones and recorders deliver.
    "phone.mov": ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-c:a", "aac"),
    "camera.avi": ("-c:v", "mpeg4", "-c:a", "pcm_s16le"),
    "recorder.wav": ("-vn", "-c:a", "pcm_s16le"),
    "voice.m4a": ("-vn", "-c:a", "aac"),
}


@pytest.fixture(scope="session")
def clips(tmp_path_factory):
    """{name: path}; a path that is not there could not be made here."""
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed")
    folder = tmp_path_factory.mktemp("clips")
    for name, recipe in RECIPES.items():
        sources = ["-f", "lavfi", "-i", "testsrc=size=96x64:rate=10:duration=1.5"]
        sources += ["-f", "lavfi", "-i", "sine=frequency=440:duration=1.5"]
        command = ["ffmpeg", "-v", "error", "-y", *sources, *recipe, "-shortest", str(folder / name)]
        subprocess.run(command, check=True, timeout=60)
    return {name: folder / name for name in RECIPES}

"""What a recording is, and what is done to it: by its first bytes, never by its name. Pure."""

import pytest

from meetingroom.cases.media import formats
from meetingroom.cases.media.plan import Plan, fitted, missing, plan
from meetingroom.documents.file_rejected import FileRejected

H264 = {"index": 0, "codec_type": "video", "codec_name": "h264", "profile": "High", "level": 40, "pix_fmt": "yuv420p",
        "width": 1920, "height": 1080, "avg_frame_rate": "25/1"}  # fmt: skip
AAC = {"index": 1, "codec_type": "audio", "codec_name": "aac", "profile": "LC", "channels": 2, "sample_rate": "48000"}


def planned(*streams, demuxer="mov", seconds="60") -> Plan:
    return plan({"streams": list(streams), "format": {"duration": seconds}}, demuxer, 12)


def test_what_fits_is_only_packed_anew():
    found = planned(H264, AAC)
    assert (found.kind, found.video, found.audio, found.transcoded) == ("video", "copy", "copy", False)


@pytest.mark.parametrize(
    "other",
    [
        {"codec_name": "hevc"},
        {"level": 51},
        {"pix_fmt": "yuv420p10le"},
        {"width": 3840, "height": 2160},
        {"profile": "High 4:2:2"},
    ],
)
def test_what_does_not_fit_is_made_anew_with_its_sound(other):
    found = planned(H264 | other, AAC)
    assert (found.video, found.audio, found.transcoded) == ("encode", "encode", True)
    assert max(found.width, found.height) <= 1920


def test_a_telephone_held_upright_stays_upright():
    turned = H264 | {"codec_name": "hevc", "side_data_list": [{"rotation": -90}]}
    assert (planned(turned).width, planned(turned).height) == (1080, 1920)
    assert fitted(3841, 2161) == (1920, 1080)


def test_sound_with_the_picture_of_a_cover_is_sound():
    cover = {"index": 0, "codec_type": "video", "codec_name": "mjpeg", "width": 300, "height": 300,
             "disposition": {"attached_pic": 1}}  # fmt: skip
    assert planned(cover, AAC).kind == "audio"


@pytest.mark.parametrize(("streams", "seconds", "code"), [((), "60", "damaged"), ((H264,), "90000", "media_too_long")])
def test_what_cannot_be_played_is_refused_with_the_reason(streams, seconds, code):
    with pytest.raises(FileRejected) as refused:
        planned(*streams, seconds=seconds)
    assert refused.value.code == code


def test_what_a_recording_lacks_of_the_length_it_says_is_counted_in_seconds():
    assert missing(60, 21.5, "mov") == 38.5
    assert missing(3600, 3590, "matroska") == 0  # its streams do not end together
    assert missing(3600, 3500, "matroska") == 100
    assert missing(0, 12, "matroska") == 0  # it does not say
    assert missing(27564, 8, "avi", b"RIFF\xff\xff\xff\xffAVI ") == 0  # what lost its power said nothing in the end
    assert missing(12, 7, "avi", b"RIFF\x38\xa3\x11\x00AVI ") == 5
    assert missing(60, 21.5, "mp3") == 0  # a guess of the program, from the bit rate


@pytest.mark.parametrize(
    "head",
    [b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd", b"ffconcat version 1.0\nfile '/etc/passwd'", b"<MPD>",
     b"<svg xmlns='http://www.w3.org/2000/svg'>", b"\x00\x00\x00\x1cftypheic", b"%PDF-1.7", b"", b"G"],
)  # fmt: skip
def test_a_playlist_a_drawing_and_a_paper_are_no_recordings(head):
    assert formats.of_head(head) is None


@pytest.mark.parametrize(
    ("head", "name"),
    [(b"\x00\x00\x00\x14ftypqt  ", "mp4"), (b"RIFF\x10\x00\x00\x00AVI LIST", "avi"), (b"#!AMR\n", "amr"),
     (b"RIFF\x10\x00\x00\x00WAVEfmt ", "wav"), (b"ID3\x04", "mp3"), (b"\x1aE\xdf\xa3", "mkv"),
     (b"G" + b"\x00" * 187 + b"G" + b"\x00" * 187 + b"G" + b"\x00" * 187 + b"G", "ts")],
)  # fmt: skip
def test_recordings_are_known_by_how_they_begin(head, name):
    assert formats.of_head(head).name == name
